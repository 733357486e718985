//! Violations as findings: the rules they break, and where.

use std::sync::{Arc, LazyLock};

use crate::document::{Document, NodeId, Value};
use crate::fault::Bilingual;
use crate::finding::{Finding, Matter, Place, Severity, Spot, Violation, fingerprint};
use crate::rule::Rule;
use crate::source::{Span, shorten};

/// Findings that are told before the rest is counted.
const MOST: usize = 100;

/// One finding a violation, and one for those that were left out.
pub(super) fn findings(document: &Document, violations: Vec<(NodeId, Violation)>) -> Vec<Finding> {
    let left_out = violations.len().saturating_sub(MOST);
    let mut findings: Vec<Finding> = violations
        .into_iter()
        .take(MOST)
        .map(|(node, violation)| finding(document, node, rule(&violation), violation))
        .collect();
    if left_out > 0 {
        let message = Bilingual::new(
            format!("{left_out} more violations of the schema were left out"),
            format!("另有 {left_out} 处不符合模式，未逐一列出"),
        );
        let rule = Arc::new(Rule { message: Some(message), ..Rule::clone(&RULES.other) });
        let violation = Violation::Other { keyword: "more".to_owned(), found: left_out.to_string() };
        findings.push(finding(document, document.root(), rule, violation));
    }
    findings
}

fn finding(document: &Document, node: NodeId, rule: Arc<Rule>, violation: Violation) -> Finding {
    let spot = spot(document, node, &violation);
    let mut path = general_path(document, node);
    if let Violation::Missing { field } = &violation {
        path = path + "/" + field;
    }
    let fingerprint = fingerprint([rule.id.as_str(), &path, &spot.literal]);
    Finding::at(spot, rule, Matter::Schema(violation), fingerprint)
}

fn spot(document: &Document, node: NodeId, violation: &Violation) -> Spot {
    let value = document.node(node);
    let is_holder = matches!(value.value, Value::Object | Value::List);
    let (span, literal) = match violation {
        Violation::Unknown { field, .. } => (value.key_span, field.clone()),
        // An object of many lines is pointed at by its bracket.
        _ if is_holder => (Span { start: value.span.start, end: value.span.start + 1 }, String::new()),
        _ => (document.printed_span(node), shorten(document.printed(node), 200)),
    };
    let label = document.upwards(node).map(|each| document.key(each)).find(|key| !key.is_empty());
    let label = label.unwrap_or_default().to_owned();
    Spot {
        place: Place {
            source: Arc::clone(document.source()),
            span,
            pointer: document.pointer(node),
            grid: None,
            origin: None,
        },
        literal,
        value: None,
        percent: false,
        unit: None,
        term: None,
        label_en: label.clone(),
        label_zh: label,
    }
}

/// The pointer with `*` for every place in a list, so that it survives edits elsewhere.
fn general_path(document: &Document, node: NodeId) -> String {
    let mut parts: Vec<&str> = document
        .upwards(node)
        .filter(|each| document.parent(*each).is_some())
        .map(|each| document.node(each).key.map_or("*", |key| document.name(key)))
        .collect();
    parts.reverse();
    parts.iter().fold(String::new(), |path, part| path + "/" + part)
}

struct Rules {
    unknown: Arc<Rule>,
    missing: Arc<Rule>,
    type_: Arc<Rule>,
    not_a_figure: Arc<Rule>,
    not_allowed: Arc<Rule>,
    limit: Arc<Rule>,
    other: Arc<Rule>,
}

fn rule(violation: &Violation) -> Arc<Rule> {
    Arc::clone(match violation {
        Violation::Unknown { .. } => &RULES.unknown,
        Violation::Missing { .. } => &RULES.missing,
        Violation::Type { .. } => &RULES.type_,
        Violation::NotAFigure { .. } => &RULES.not_a_figure,
        Violation::NotAllowed { .. } => &RULES.not_allowed,
        Violation::Limit { .. } => &RULES.limit,
        Violation::Other { .. } => &RULES.other,
    })
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    unknown: declare(
        "schema/unknown-field",
        ("unknown field", "未知字段"),
        ("a figure under a name that no check knows is never checked", "名称不在模式中的数字不会参与任何核对"),
    ),
    missing: declare(
        "schema/missing-field",
        ("missing field", "缺少字段"),
        ("the checks of this report need it; a blank is written `null`", "本报告的核对需要该字段；空白请写 `null`"),
    ),
    type_: declare(
        "schema/type",
        ("wrong type", "类型不符"),
        ("a value of another type cannot mean what its name says", "类型不符的值无法表示该字段的含义"),
    ),
    not_a_figure: declare(
        "schema/not-a-figure",
        ("not a figure", "不是数字"),
        ("words where a figure is due are never checked", "应为数字处的文字不会参与任何核对"),
    ),
    not_allowed: declare(
        "schema/not-allowed",
        ("value not allowed", "取值不在允许范围"),
        ("the checks know only the values that the schema lists", "核对只认识模式列出的取值"),
    ),
    limit: declare(
        "schema/limit",
        ("outside its limits", "超出限制"),
        ("the value or its form is outside what the schema allows", "取值或写法超出模式的限制"),
    ),
    other: declare(
        "schema/other",
        ("not as the schema says", "不符合模式"),
        ("data of another shape cannot be checked", "结构不符的数据无法核对"),
    ),
});

fn declare(id: &str, title: (&str, &str), because: (&str, &str)) -> Arc<Rule> {
    Arc::new(Rule {
        id: id.to_owned(),
        title: Bilingual::new(title.0, title.1),
        because: Bilingual::new(because.0, because.1),
        severity: Severity::Error,
        decision: false,
        message: None,
    })
}
