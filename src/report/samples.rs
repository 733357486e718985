//! Audits made by hand, for the tests of the formats.

use std::sync::Arc;

use crate::audit::{Audit, Summary, TieCounts, TieRecord};
use crate::fault::{Bilingual, Fault};
use crate::figure::Number;
use crate::finding::{
    Cause, CauseKind, Confidence, Finding, Matter, Origin, Place, Severity, Spot, Violation, fingerprint,
};
use crate::rule::Rule;
use crate::source::{Source, Span};
use crate::tie::{Reason, TieKind, Verdict};

/// Where the nth occurrence of a text stands.
pub fn find(source: &Arc<Source>, text: &str, nth: usize) -> Span {
    let (at, _) = source.text().match_indices(text).nth(nth).expect("the sample holds the text");
    Span::new(at, at + text.len())
}

/// A figure as its value is held: exact, percent divided by one hundred.
pub fn number(text: &str) -> Number {
    Number::read(text).expect("the sample is a number")
}

/// A figure of a source: its literal, which of the equal ones, pointer, labels.
pub fn spot(source: &Arc<Source>, literal: &str, nth: usize, pointer: &str, en: &str, zh: &str) -> Spot {
    let read = crate::figure::read(literal).ok();
    Spot {
        place: Place {
            source: Arc::clone(source),
            span: find(source, literal, nth),
            pointer: pointer.into(),
            grid: None,
            origin: None,
        },
        literal: literal.into(),
        value: read.and_then(|literal| literal.value.exact()),
        percent: read.is_some_and(|literal| literal.percent),
        unit: None,
        term: pointer.rsplit('/').next().map(str::to_owned),
        label_en: en.into(),
        label_zh: zh.into(),
    }
}

/// A rule.
pub fn rule(id: &str, en: &str, zh: &str, severity: Severity) -> Arc<Rule> {
    let title = Bilingual::new(en, zh);
    Arc::new(Rule { id: id.into(), title, because: Bilingual::default(), severity, decision: false, message: None })
}

/// A finding of a tie, with nothing but its figures.
pub fn tie(rule: &Arc<Rule>, kind: TieKind, verdict: Verdict, targets: Vec<Spot>, operands: Vec<Spot>) -> Finding {
    let literals = targets.iter().chain(&operands).map(|spot| spot.literal.as_str());
    let fingerprint = fingerprint(std::iter::once(rule.id.as_str()).chain(literals));
    Finding {
        rule: Arc::clone(rule),
        severity: rule.severity,
        confidence: Confidence::Declared,
        matter: Matter::Tie { kind, verdict, reason: None, reading: None },
        targets,
        operands,
        recomputation: None,
        recomputed: None,
        difference: None,
        allowance: None,
        decision: false,
        assumed: Vec::new(),
        causes: Vec::new(),
        repairs: None,
        ties: vec![0],
        fingerprint,
        members: Vec::new(),
    }
}

/// A report as JSON over several lines.
pub fn report() -> Arc<Source> {
    let text = r#"{
  "unit": "万元",
  "lines": [
    {"label": "基本支出", "opening": "1.20", "adjustment": "10.61"},
    {"label": "项目支出", "opening": "2.30", "adjustment": "5,864.03"},
    {"label": "小计", "opening": "", "adjustment": "5,877.64"}
  ],
  "total": {"label": "合计", "adjustment": "5,874.64"},
  "record": {"opening": 93.75, "initial": 1129.08, "added": 62.82, "adjusted": 1258.65, "rate": "47.01%", "valid": 112, "satisfied": 46},
  "projects": {"stated": 12, "list": ["甲", "乙"], "code": "PM2.5"}
}
"#;
    Arc::new(Source::new("figures.json", text))
}

/// The subtotal of the blueprint, with its cause.
pub fn sum(source: &Arc<Source>) -> Finding {
    let rule = rule("budget/subtotal", "A subtotal is the sum of its lines", "小计等于所属各行之和", Severity::Error);
    let mut target = spot(source, "5,877.64", 0, "/lines/2/adjustment", "小计 · adjusted budget", "小计 · 预算调整数");
    target.unit = Some("万元");
    target.place.origin = Some(Origin {
        source: "report.txt".into(),
        line: 466,
        column: Some(20),
        span: None,
        sha256: None,
        report: None,
    });
    let operands = vec![
        spot(source, "10.61", 0, "/lines/0/adjustment", "基本支出 · adjusted budget", "基本支出 · 预算调整数"),
        spot(source, "5,864.03", 0, "/lines/1/adjustment", "项目支出 · adjusted budget", "项目支出 · 预算调整数"),
    ];
    let mut finding = tie(&rule, TieKind::Sum, Verdict::Broken, vec![target.clone()], operands);
    finding.recomputation = Some("10.61 + 5,864.03 = 5,874.64".into());
    finding.recomputed = Some(number("5874.64"));
    finding.difference = Some(number("3"));
    finding.allowance = Some(number("0.015"));
    finding.causes = vec![Cause {
        kind: CauseKind::Digit,
        figure: target,
        repaired: Some("5,874.64".into()),
        corroborated: true,
        restated: Some(spot(source, "5,874.64", 0, "/total/adjustment", "合计", "合计")),
    }];
    finding
}

/// A chain of additions under an elected reading, two digits changed places; it has a member.
pub fn difference(source: &Arc<Source>) -> Finding {
    let rule = rule("budget/adjusted", "Adjusted budget", "调整后预算", Severity::Error);
    let at = |literal, pointer, en, zh| spot(source, literal, 0, pointer, en, zh);
    let target = at("1258.65", "/record/adjusted", "adjusted budget", "调整后预算");
    let operands = vec![
        at("93.75", "/record/opening", "opening balance", "年初结转结余"),
        at("1129.08", "/record/initial", "initial budget", "年初预算"),
        at("62.82", "/record/added", "adjustment", "预算调整"),
    ];
    let mut finding = tie(&rule, TieKind::Difference, Verdict::Broken, vec![target.clone()], operands);
    finding.matter = Matter::Tie {
        kind: TieKind::Difference,
        verdict: Verdict::Broken,
        reason: None,
        reading: Some("with-opening".into()),
    };
    finding.recomputation = Some("93.75 + 1,129.08 + 62.82 = 1,285.65".into());
    finding.recomputed = Some(number("1285.65"));
    finding.difference = Some(number("-27"));
    finding.allowance = Some(number("0.02"));
    finding.assumed = vec!["fund".into()];
    finding.decision = true;
    finding.repairs = Some(3);
    finding.causes = vec![Cause {
        kind: CauseKind::Transposed,
        figure: target,
        repaired: Some("1,285.65".into()),
        corroborated: false,
        restated: None,
    }];
    let mut member = sum(source);
    member.causes.clear();
    finding.members = vec![member];
    finding
}

/// A rate that its own operands contradict.
pub fn percent(source: &Arc<Source>) -> Finding {
    let rule = rule("survey/share", "A share follows from its counts", "占比等于份数之比", Severity::Warning);
    let at = |literal, pointer, en, zh| spot(source, literal, 0, pointer, en, zh);
    let target = at("47.01%", "/record/rate", "satisfied · share", "满意 · 占比");
    let operands = vec![
        at("46", "/record/satisfied", "satisfied", "满意份数"),
        at("112", "/record/valid", "valid forms", "有效问卷"),
    ];
    let mut finding = tie(&rule, TieKind::Ratio, Verdict::Broken, vec![target], operands);
    finding.operands[0].place.span = find(source, "46}", 0);
    finding.operands[0].place.span.end -= 1;
    finding.recomputation = Some("46 ÷ 112 = 41.07%".into());
    finding.recomputed = Some(number("0.4107"));
    finding.difference = Some(number("0.0594"));
    finding.allowance = Some(number("0.00005"));
    finding.repairs = Some(0);
    finding
}

/// The same figure in three places without a majority, so all are targets.
pub fn equal(source: &Arc<Source>) -> Finding {
    let rule = rule("agree/adjustment", "One figure, one value", "同一数字各处应一致", Severity::Error);
    let at = |literal, pointer| spot(source, literal, 0, pointer, "adjusted budget", "预算调整数");
    let targets = vec![
        at("5,864.03", "/lines/1/adjustment"),
        at("5,877.64", "/lines/2/adjustment"),
        at("5,874.64", "/total/adjustment"),
    ];
    tie(&rule, TieKind::Equal, Verdict::Broken, targets, Vec::new())
}

/// A number of records.
pub fn count(source: &Arc<Source>) -> Finding {
    let rule = rule("projects/count", "As many as are listed", "项数等于所列项数", Severity::Error);
    let target = spot(source, "12", 3, "/projects/stated", "number of projects", "项目数");
    let mut finding = tie(&rule, TieKind::Count, Verdict::Broken, vec![target], Vec::new());
    finding.operands = vec![spot(source, "[\"甲\", \"乙\"]", 0, "/projects/list", "list of projects", "项目清单")];
    finding.recomputed = Some(number("2"));
    finding.difference = Some(number("10"));
    finding.allowance = Some(number("0"));
    finding
}

/// A promised check without one of its operands.
pub fn missing(source: &Arc<Source>) -> Finding {
    let rule = rule("budget/opening-agrees", "Opening = prior closing", "年初等于上年年末", Severity::Warning);
    let target = spot(source, "93.75", 0, "/record/opening", "opening balance", "年初结转结余");
    let mut finding = tie(&rule, TieKind::Equal, Verdict::Undecided, vec![target], Vec::new());
    finding.matter = Matter::Tie {
        kind: TieKind::Equal,
        verdict: Verdict::Undecided,
        reason: Some(Reason::Missing("closing_balance".into())),
        reading: None,
    };
    finding
}

/// A tie that holds only thanks to rounding, unlike its siblings.
pub fn rounded(source: &Arc<Source>) -> Finding {
    let mut finding = sum(source);
    finding.severity = Severity::Note;
    finding.matter = Matter::Tie { kind: TieKind::Sum, verdict: Verdict::Rounded, reason: None, reading: None };
    finding.recomputed = Some(number("5877.65"));
    finding.difference = Some(number("-0.01"));
    finding.recomputation = None;
    finding.causes.clear();
    finding
}

/// A blank whose value a sum gives.
pub fn implied(source: &Arc<Source>) -> Finding {
    let rule = rule("budget/subtotal", "A subtotal is the sum of its lines", "小计等于所属各行之和", Severity::Note);
    let mut target = spot(source, "\"\"", 0, "/lines/2/opening", "小计 · opening balance", "小计 · 年初结转结余");
    target.literal = String::new();
    let operands = vec![
        spot(source, "1.20", 0, "/lines/0/opening", "基本支出", "基本支出"),
        spot(source, "2.30", 0, "/lines/1/opening", "项目支出", "项目支出"),
    ];
    let mut finding = tie(&rule, TieKind::Sum, Verdict::Implied, vec![target], operands);
    finding.recomputed = Some(number("3.50"));
    finding
}

/// A field that the schema does not know.
pub fn schema(source: &Arc<Source>) -> Finding {
    let rule = rule("schema/unknown-field", "Known fields only", "仅限规定字段", Severity::Warning);
    let target = spot(source, "\"added\"", 0, "/record/added", "added", "added");
    let mut finding = tie(&rule, TieKind::Other, Verdict::Broken, vec![target], Vec::new());
    let nearest = Some("adjustment".into());
    finding.matter = Matter::Schema(Violation::Unknown { field: "added".into(), nearest });
    finding.ties.clear();
    finding
}

/// A fault with two places.
pub fn fault(source: &Arc<Source>) -> Fault {
    Fault::new("json/duplicate-key", "the key `label` stands twice in one object", "同一对象中键“label”重复")
        .at(source, find(source, "\"label\"", 1))
        .and(find(source, "\"label\"", 0))
        .help("keep one of them", "只保留其中一个")
}

/// One document with every kind of matter, and its summary.
pub fn audit() -> (Audit, Summary) {
    let source = report();
    let mut audit = Audit::new("figures.json");
    let makers = [difference, sum, equal, count, percent, missing, schema, rounded, implied];
    audit.findings = makers.iter().map(|make| make(&source)).collect();
    audit.faults = vec![fault(&source)];
    audit.ties = TieCounts { exact: 540, rounded: 31, broken: 5, implied: 1, undecided: 1 };
    audit.figures = 904;
    audit.measured = 900;
    audit.tied = 819;
    audit.allowed = 3;
    audit.nearly_bound = vec![("budget/adjusted".into(), 2)];
    audit.unbound = vec!["scoring/total".into()];
    let sum = sum(&source);
    audit.tie_records = vec![TieRecord {
        check: sum.rule.id.clone(),
        kind: TieKind::Sum,
        confidence: Confidence::Declared,
        verdict: Verdict::Broken,
        reason: None,
        partial: false,
        expression: "10.61 + 5,864.03 = 5,877.64".into(),
        targets: sum.targets,
        operands: sum.operands,
        recomputed: Some("5874.64".into()),
        difference: Some("3.00".into()),
        allowance: Some("0.015".into()),
        implied: None,
        fingerprint: "v1:0123456789abcdef".into(),
    }];
    audit.source = Some(source);
    let mut summary = Summary { files: 1, ..Summary::default() };
    summary.add(&audit);
    (audit, summary)
}
