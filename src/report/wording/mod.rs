//! Every sentence of a report, written by hand in each language.

mod en;
mod extracted;
mod values;
mod zh;

pub use extracted::{Extracted, extracted, raw};

use crate::audit::Summary;
use crate::fault::Bilingual;
use crate::figure::Number;
use crate::finding::{Cause, Confidence, Finding, Matter, Severity, Spot, Violation};
use crate::report::Lang;
use crate::tie::{Reason, Verdict};

/// The text of a language.
#[must_use]
pub fn pick(lang: Lang, text: &Bilingual) -> &str {
    match lang {
        Lang::En => &text.en,
        Lang::Zh => &text.zh,
    }
}

/// What a person calls the figure.
#[must_use]
pub fn label(lang: Lang, spot: &Spot) -> &str {
    match lang {
        Lang::En => &spot.label_en,
        Lang::Zh => &spot.label_zh,
    }
}

/// The headline of a finding, which stands alone.
#[must_use]
pub fn headline(lang: Lang, finding: &Finding) -> String {
    // A check words what it found broken; what could not be decided is worded alike for all.
    let broken = !matches!(finding.matter, Matter::Tie { verdict, .. } if verdict != Verdict::Broken);
    let message = finding.rule.message.as_ref().filter(|_| broken);
    if let Some(template) = message.map(|message| pick(lang, message)).filter(|text| !text.is_empty())
        && let Some(filled) = values::fill(lang, template, finding)
    {
        return filled;
    }
    match (&finding.matter, lang) {
        (Matter::Tie { kind, verdict, reason, .. }, Lang::En) => {
            en::headline(finding, *kind, *verdict, reason.as_ref())
        }
        (Matter::Tie { kind, verdict, reason, .. }, Lang::Zh) => {
            zh::headline(finding, *kind, *verdict, reason.as_ref())
        }
        (Matter::Schema(violation), Lang::En) => en::violation(violation),
        (Matter::Schema(violation), Lang::Zh) => zh::violation(violation, finding.severity),
    }
}

/// What is said at a figure that should agree with the rest.
#[must_use]
pub fn target(lang: Lang, finding: &Finding, spot: &Spot) -> String {
    match (&finding.matter, lang) {
        (Matter::Tie { kind, verdict, .. }, Lang::En) => en::target(finding, spot, *kind, *verdict),
        (Matter::Tie { kind, verdict, .. }, Lang::Zh) => zh::target(finding, spot, *kind, *verdict),
        (Matter::Schema(violation), Lang::En) => en::violation_label(violation),
        (Matter::Schema(violation), Lang::Zh) => zh::violation_label(violation),
    }
}

/// Everything below the excerpt but the help, one note each.
#[must_use]
pub fn notes(lang: Lang, finding: &Finding) -> Vec<String> {
    let mut notes: Vec<String> = finding.recomputation.clone().into_iter().collect();
    if let Matter::Tie { reading: Some(reading), .. } = &finding.matter {
        notes.push(match lang {
            Lang::En => en::reading(reading),
            Lang::Zh => zh::reading(reading),
        });
    }
    if finding.decision {
        notes.push(match lang {
            Lang::En => en::decision(),
            Lang::Zh => zh::decision(),
        });
    }
    notes.extend(finding.causes.iter().map(|each| cause(lang, finding, each)));
    let unlisted = finding.repairs.filter(|count| *count == 0 || *count > finding.causes.len());
    notes.extend(unlisted.map(|count| match lang {
        Lang::En => en::repairs(count, finding.causes.len()),
        Lang::Zh => zh::repairs(count, finding.causes.len()),
    }));
    notes.extend(finding.assumed.iter().map(|axis| match lang {
        Lang::En => en::assumed(axis),
        Lang::Zh => zh::assumed(axis),
    }));
    notes
}

/// What may have happened, with its evidence.
#[must_use]
pub fn cause(lang: Lang, finding: &Finding, cause: &Cause) -> String {
    match lang {
        Lang::En => en::cause(finding, cause),
        Lang::Zh => zh::cause(finding, cause),
    }
}

/// Where the figures came from before they were written to the file.
#[must_use]
pub fn origin(lang: Lang, place: &str) -> String {
    match lang {
        Lang::En => format!("from {place}"),
        Lang::Zh => format!("出自 {place}"),
    }
}

/// So many operands have no label.
#[must_use]
pub fn unlabelled(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En => format!("{count} more {} not shown", en::plural(count, "figure", "figures")),
        Lang::Zh => format!("另有 {count} 个分项未列示"),
    }
}

/// A further tie of the same finding, on its own line.
#[must_use]
pub fn member(lang: Lang, line: Option<u32>, member: &Finding) -> String {
    let headline = headline(lang, member);
    match (lang, line) {
        (_, None) => headline,
        (Lang::En, Some(line)) => format!("line {line}: {headline}"),
        (Lang::Zh, Some(line)) => format!("第 {line} 行：{headline}"),
    }
}

/// What to do about a violation, where that is known.
#[must_use]
pub fn help(lang: Lang, finding: &Finding) -> Option<String> {
    match &finding.matter {
        Matter::Schema(Violation::Unknown { nearest: Some(nearest), .. }) => Some(match lang {
            Lang::En => format!("did you mean `{nearest}`?"),
            Lang::Zh => format!("是否为“{nearest}”？"),
        }),
        Matter::Schema(_) | Matter::Tie { .. } => None,
    }
}

/// A help line.
#[must_use]
pub fn help_line(lang: Lang, text: &str) -> String {
    match lang {
        Lang::En => format!("help: {text}"),
        Lang::Zh => format!("建议：{text}"),
    }
}

/// What is said in brackets behind a line.
#[must_use]
pub fn aside(lang: Lang, text: &str) -> String {
    match lang {
        Lang::En => format!(" ({text})"),
        Lang::Zh => format!("（{text}）"),
    }
}

/// The second place of a fault.
#[must_use]
pub fn other_place(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "and here",
        Lang::Zh => "另见此处",
    }
}

/// A severity.
#[must_use]
pub fn severity(lang: Lang, severity: Severity) -> &'static str {
    match (lang, severity) {
        (Lang::En, Severity::Error) => "error",
        (Lang::En, Severity::Warning) => "warning",
        (Lang::En, Severity::Note) => "note",
        (Lang::Zh, Severity::Error) => "不一致",
        (Lang::Zh, Severity::Warning) => "待核实",
        (Lang::Zh, Severity::Note) => "提示",
    }
}

/// A fault.
#[must_use]
pub fn fault(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "fault",
        Lang::Zh => "运行问题",
    }
}

/// A verdict.
#[must_use]
pub fn verdict(lang: Lang, verdict: Verdict) -> &'static str {
    match (lang, verdict) {
        (Lang::En, Verdict::Exact) => "exact",
        (Lang::En, Verdict::Rounded) => "rounded",
        (Lang::En, Verdict::Implied) => "implied",
        (Lang::En, Verdict::Undecided) => "undecided",
        (Lang::En, Verdict::Broken) => "broken",
        (Lang::Zh, Verdict::Exact) => "一致",
        (Lang::Zh, Verdict::Rounded) => "尾差",
        (Lang::Zh, Verdict::Implied) => "可推算",
        (Lang::Zh, Verdict::Undecided) => "无法判定",
        (Lang::Zh, Verdict::Broken) => "不一致",
    }
}

/// A confidence.
#[must_use]
pub fn confidence(lang: Lang, confidence: Confidence) -> &'static str {
    match (lang, confidence) {
        (Lang::En, Confidence::Declared) => "declared",
        (Lang::En, Confidence::Strong) => "strong",
        (Lang::En, Confidence::Weak) => "weak",
        (Lang::Zh, Confidence::Declared) => "明示",
        (Lang::Zh, Confidence::Strong) => "较强",
        (Lang::Zh, Confidence::Weak) => "较弱",
    }
}

/// A value as programs read it, with no fewer decimals than the figure it belongs to.
#[must_use]
pub fn plain(number: Number, spot: Option<&Spot>) -> String {
    spot.map_or(number, |spot| number.pad(values::decimals(spot))).to_string()
}

/// Why a tie could not be decided.
#[must_use]
pub fn reason(lang: Lang, reason: &Reason) -> String {
    match lang {
        Lang::En => en::reason(reason),
        Lang::Zh => zh::reason(reason),
    }
}

/// The line that ends every run and hides nothing.
#[must_use]
pub fn summary(lang: Lang, summary: &Summary) -> String {
    match lang {
        Lang::En => en::summary(summary),
        Lang::Zh => zh::summary(summary),
    }
}

/// The checks that bound nothing.
#[must_use]
pub fn unbound(lang: Lang, checks: &[String]) -> String {
    let list = checks.join(", ");
    match lang {
        Lang::En => format!("{} that bound nothing: {list}", en::plural(checks.len(), "check", "checks")),
        Lang::Zh => format!("未适用的勾稽关系：{list}"),
    }
}

/// Records that have all but one of the figures of a check.
#[must_use]
pub fn nearly_bound(lang: Lang, check: &str, count: usize) -> String {
    match lang {
        Lang::En => {
            let (records, lack) = (en::plural(count, "record", "records"), en::plural(count, "lacks", "lack"));
            format!("{check}: {count} {records} {lack} just one of its figures")
        }
        Lang::Zh => format!("{check}：有 {count} 条记录仅缺一个数字，未能适用"),
    }
}

/// Whether the run is clean: every tie could be decided and holds.
fn is_clean(summary: &Summary) -> bool {
    summary.finding_count() == 0 && summary.faults == 0 && summary.ties.broken == 0
}
