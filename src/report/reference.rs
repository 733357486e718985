//! Checks for people: one line each, and what one means.

use super::{Lang, wording};
use crate::rule::Rule;
use crate::source::safe;

/// A check in a list: id, severity, title.
#[must_use]
pub fn line(lang: Lang, rule: &Rule) -> String {
    let severity = wording::severity(lang, rule.severity);
    safe(&format!("{}  [{severity}]  {}", rule.id, wording::pick(lang, &rule.title)))
}

/// What a check means and why.
#[must_use]
pub fn explain(lang: Lang, rule: &Rule, expression: &[String]) -> String {
    let mut text = line(lang, rule) + "\n";
    if !expression.is_empty() {
        text.push('\n');
    }
    for each in expression {
        text += &format!("    {}\n", safe(each));
    }
    let because = wording::pick(lang, &rule.because);
    if !because.is_empty() {
        text += &format!("\n{}\n", safe(because));
    }
    text
}

/// An example that holds.
#[must_use]
pub fn holds(lang: Lang, example: &str) -> String {
    let title = match lang {
        Lang::En => "Holds:",
        Lang::Zh => "相符示例：",
    };
    format!("\n{title}\n\n    {}\n", safe(example))
}

/// An example that breaks, above its diagnostic.
#[must_use]
pub fn breaks(lang: Lang, example: &str) -> String {
    let title = match lang {
        Lang::En => "Breaks:",
        Lang::Zh => "不符示例：",
    };
    format!("\n{title}\n\n    {}\n\n", safe(example))
}

/// What came of the examples.
#[must_use]
pub fn examples(lang: Lang, passed: usize, failed: usize) -> String {
    match lang {
        Lang::En if passed + failed == 1 => format!("1 example: {passed} passed, {failed} failed"),
        Lang::En => format!("{} examples: {passed} passed, {failed} failed", passed + failed),
        Lang::Zh => format!("{} 个示例：{passed} 个符合，{failed} 个不符合", passed + failed),
    }
}
