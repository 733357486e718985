//! Reads check files; every fault points into the file and says what was meant.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::declaration::{Agreement, Check, Example, Reading, Scope};
use super::extent::{MOST_PARTS, too_large};
use super::faults::Faults;
use super::plan::Plan;
use super::syntax::{Expr, Node, Range, SyntaxError, parse};
use crate::fault::{Bilingual, Fault};
use crate::figure::{Rounding, read};
use crate::rule::{Rule, Severity};
use crate::source::{Source, Span, shorten};
use crate::tie::Settings;

const FIELDS: [&str; 20] = [
    "among", "id", "title", "for", "each", "agree", "when", "let", "require", "reading", "severity", "because",
    "rounding", "within", "missing", "message", "example", "more", "blank", "decision",
];

const VALID: &str =
    "[[check]]\nid = \"sales/total\"\nfor = [\"net\", \"vat\", \"gross\"]\nrequire = \"net + vat = gross\"";

/// Loads all checks of a file that are right, and adds what is wrong to the faults.
pub fn load(source: &Arc<Source>, faults: &mut Faults) -> Vec<Check> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let mut loader = Loader { source: Arc::clone(source), faults };
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let message = error.message().to_owned();
        loader.fault(
            span,
            "check/syntax",
            (format!("this is not TOML: {message}"), format!("不是有效的 TOML：{message}")),
        );
    }
    if loader.faults.count() > 0 {
        // What was recovered from a broken file would be blamed for the break.
        return Vec::new();
    }
    let mut checks = Vec::new();
    for (key, value) in sorted(table.get_ref()) {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("check", DeValue::Array(list)) => {
                checks.extend(list.iter().filter_map(|item| match item.get_ref() {
                    DeValue::Table(table) => loader.check(table, item.span()),
                    _ => loader.wrong(item, ("a check is due here", "此处应为一条审核公式")),
                }));
            }
            (name, _) => loader.unknown(key, name, &["check"]),
        }
    }
    if checks.is_empty() && loader.faults.count() == 0 {
        loader.fault(
            0..0,
            "check/empty",
            ("there is no [[check]] in this file".into(), "文件中没有任何 [[check]]".into()),
        );
    }
    checks
}

type Entry<'a, 'i> = (&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>);

/// Entries in the order of the file.
fn sorted<'a, 'i>(table: &'a DeTable<'i>) -> Vec<Entry<'a, 'i>> {
    let mut entries: Vec<Entry<'a, 'i>> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

struct Loader<'f> {
    source: Arc<Source>,
    faults: &'f mut Faults,
}

impl Loader<'_> {
    fn fault(&mut self, span: std::ops::Range<usize>, code: &'static str, message: (String, String)) {
        let fault = Fault::new(code, message.0, message.1)
            .at(&self.source, Span::new(span.start, span.end))
            .help(format!("a valid check is:\n{VALID}"), format!("一条有效的审核公式：\n{VALID}"));
        self.faults.push(fault);
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, name: &str, known: &[&str]) {
        let meant = nearest(name, known);
        let en = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        let zh = meant.map_or(String::new(), |meant| format!("；是否为 `{meant}`？"));
        self.fault(
            key.span(),
            "check/unknown-field",
            (format!("unknown field `{name}`{en}"), format!("未知字段 `{name}`{zh}")),
        );
    }

    /// A value of the wrong type.
    fn wrong<T>(&mut self, value: &Spanned<DeValue<'_>>, (en, zh): (&str, &str)) -> Option<T> {
        self.fault(value.span(), "check/type", (en.to_owned(), zh.to_owned()));
        None
    }

    fn text(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text.to_string());
        }
        self.fault(value.span(), "check/type", ("a text in quotes is due here".into(), "此处应为带引号的文本".into()));
        None
    }

    fn texts(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
        match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|item| self.text(item)).collect(),
            _ => Some(vec![self.text(value)?]),
        }
    }

    /// A list of expressions.
    fn paths(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<Expr>> {
        match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|item| Some(self.expression(item)?.0)).collect(),
            _ => Some(vec![self.expression(value)?.0]),
        }
    }

    fn bilingual(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Bilingual> {
        let DeValue::Table(table) = value.get_ref() else {
            let text = self.text(value)?;
            return Some(Bilingual::new(text.clone(), text));
        };
        let mut found = Bilingual::default();
        for (key, value) in sorted(table) {
            match key.get_ref().as_ref() {
                "en" => found.en = self.text(value)?,
                "zh" => found.zh = self.text(value)?,
                name => self.unknown(key, name, &["en", "zh"]),
            }
        }
        if found.en.is_empty() {
            found.en.clone_from(&found.zh);
        }
        if found.zh.is_empty() {
            found.zh.clone_from(&found.en);
        }
        Some(found)
    }

    fn expression(&mut self, value: &Spanned<DeValue<'_>>) -> Option<(Expr, String)> {
        let text = self.text(value)?;
        match parse(&text) {
            Ok(expr) => {
                self.zero_divisors(&expr, &text, value.span());
                Some((expr, text))
            }
            Err(SyntaxError { range, found, expected }) => {
                let found = shorten(&found, 40);
                let found_en = if found.is_empty() { "the end".to_owned() } else { format!("`{found}`") };
                let found_zh = if found.is_empty() { "结尾".to_owned() } else { format!("“{found}”") };
                self.fault(
                    self.inside(&text, value.span(), range),
                    "check/expression",
                    (
                        format!("{} was expected here, found {found_en}", expected.0),
                        format!("此处应为{}，实为{found_zh}", expected.1),
                    ),
                );
                None
            }
        }
    }

    /// Where a part of the text of a quoted value stands: behind its quotes, and the line break behind three of
    /// them. Where escapes make the text another than what stands there, the whole value.
    fn inside(&self, text: &str, span: Range, part: Range) -> Range {
        let raw = &self.source.text()[span.clone()];
        let triple = raw.starts_with("\"\"\"") || raw.starts_with("'''");
        let quotes = if triple { 3 } else { 1 };
        let behind = raw.get(quotes..).unwrap_or_default();
        let line_break = if triple && behind.starts_with('\n') { 1 } else { 0 };
        if !behind[line_break..].starts_with(text) {
            return span;
        }
        let start = span.start + quotes + line_break;
        // The end of the text is shown at the quote behind it.
        start + part.start..start + part.end.max(part.start + 1)
    }

    /// A literal zero divisor can never be decided.
    fn zero_divisors(&mut self, expr: &Expr, text: &str, span: Range) {
        expr.each(&mut |part| {
            if let Node::Binary(super::Operator::Divide, _, under) = &part.node
                && matches!(&under.node, Node::Number(value) if value.is_zero())
            {
                let range = self.inside(text, span.clone(), under.range.clone());
                self.fault(range, "check/zero-divisor", ("a division by zero".into(), "除数为零".into()));
            }
        });
    }

    fn check(&mut self, table: &DeTable<'_>, span: std::ops::Range<usize>) -> Option<Check> {
        let mut rule = Rule {
            id: String::new(),
            title: Bilingual::default(),
            because: Bilingual::default(),
            severity: Severity::Error,
            decision: false,
            message: None,
        };
        let mut scopes: Vec<Scope> = Vec::new();
        let (mut terms, mut agree, mut among) = (Vec::new(), None, Vec::new());
        let (mut lets, mut when, mut readings, mut examples) = (Vec::new(), None, Vec::new(), Vec::new());
        let (mut missing_ignored, mut blank_is_zero, mut settings) = (false, false, Settings::default());
        let before = self.faults.count();
        for (key, value) in sorted(table) {
            match key.get_ref().as_ref() {
                "id" => rule.id = self.text(value)?,
                "title" => rule.title = self.bilingual(value)?,
                "because" => rule.because = self.bilingual(value)?,
                "message" => rule.message = Some(self.bilingual(value)?),
                "severity" => rule.severity = self.severity(value)?,
                "decision" => match value.get_ref() {
                    DeValue::Boolean(decision) => rule.decision = *decision,
                    _ => self.wrong(value, ("`true` or `false` is due here", "此处应为 true 或 false"))?,
                },
                "for" => {
                    terms = self.texts(value)?;
                    scopes.push(Scope::For(terms.clone()));
                }
                "each" => scopes.push(Scope::Each(self.expression(value)?.0)),
                "agree" => agree = Some(self.texts(value)?),
                "among" => among = self.paths(value)?,
                "when" => when = Some(self.expression(value)?.0),
                "let" => lets = self.named(value)?.into_iter().map(|reading| (reading.name, reading.expr)).collect(),
                "require" => {
                    let (expr, text) = self.expression(value)?;
                    readings.push(Reading { name: String::new(), expr, text });
                }
                "reading" => readings.extend(self.named(value)?),
                "rounding" => settings.rounding = self.rounding(value)?,
                "within" => {
                    let text = self.text(value)?;
                    match read(&text) {
                        Ok(literal) => settings.within = Some(literal.value),
                        Err(_) => self.fault(
                            value.span(),
                            "check/type",
                            (
                                "a number in quotes is due, `\"0.01\"`".into(),
                                "此处应为带引号的数字，如 \"0.01\"".into(),
                            ),
                        ),
                    }
                }
                "missing" => match self.text(value)?.as_str() {
                    "ignore" => missing_ignored = true,
                    "warn" => {}
                    _ => self.fault(
                        value.span(),
                        "check/type",
                        ("`ignore` or `warn` is due here".into(), "此处应为 ignore 或 warn".into()),
                    ),
                },
                "blank" => match self.text(value)?.as_str() {
                    "zero" => blank_is_zero = true,
                    "unknown" => {}
                    _ => self.fault(
                        value.span(),
                        "check/type",
                        ("`zero` or `unknown` is due here".into(), "此处应为 zero 或 unknown".into()),
                    ),
                },
                "example" => self.examples(value, &mut examples),
                "more" => match value.get_ref() {
                    DeValue::Array(list) => list.iter().for_each(|item| self.examples(item, &mut examples)),
                    _ => self.wrong(value, ("a list of examples is due here", "此处应为示例列表"))?,
                },
                name => self.unknown(key, name, &FIELDS),
            }
        }
        // The header, or the first line of a table that has none.
        let line = self.source.text()[span.clone()].lines().next().map_or(0, str::len);
        let at = span.start..span.start + line;
        if rule.id.is_empty() || !rule.id.split('/').all(is_kebab) {
            self.fault(
                at.clone(),
                "check/id",
                (
                    "a check needs an `id` in kebab-case, such as `sales/total`".into(),
                    "审核公式需要 kebab-case 形式的 id，如 sales/total".into(),
                ),
            );
        }
        if agree.is_some()
            && (when.is_some()
                || !lets.is_empty()
                || !readings.is_empty()
                || scopes.iter().any(|scope| matches!(scope, Scope::Each(_))))
        {
            self.fault(
                at.clone(),
                "check/scope",
                (
                    "`agree` goes with `for` and `among` only: it says itself what must hold".into(),
                    "agree 只能与 for、among 同用：它本身即为要求".into(),
                ),
            );
        }
        if agree.is_none() && !among.is_empty() {
            self.fault(at.clone(), "check/scope", ("`among` goes with `agree`".into(), "among 须与 agree 同用".into()));
        }
        if readings.len() > 1 && readings.iter().any(|reading| reading.name.is_empty()) {
            self.fault(
                at.clone(),
                "check/require",
                (
                    "a check has one `require` or several `reading.NAME`, not both".into(),
                    "一条审核公式只能有一个 require，或若干 reading.名称".into(),
                ),
            );
        }
        if let Some(keys) = agree {
            // `agree` with `for`: only figures of these terms.
            scopes = vec![Scope::Agree(Agreement { keys, terms, among })];
        } else if readings.is_empty() {
            self.fault(
                at.clone(),
                "check/require",
                (
                    "a check needs a `require` or several `reading.NAME`".into(),
                    "审核公式需要 require 或若干 reading.名称".into(),
                ),
            );
        }
        if scopes.len() != 1 {
            self.fault(
                at.clone(),
                "check/scope",
                ("a check needs one of `for`, `each` and `agree`".into(), "审核公式需要 for、each、agree 之一".into()),
            );
        }
        let exprs = readings.iter().map(|reading: &Reading| &reading.expr).chain(&when);
        if let Some((_, size)) = too_large(&lets, exprs.chain(scopes.iter().filter_map(Scope::path))) {
            self.fault(
                at.clone(),
                "check/too-large",
                (
                    format!("with its names written out, an expression of this check has {size} parts, more than {MOST_PARTS}"),
                    format!("将名称展开后，该公式的一个表达式有 {size} 个部分，超过 {MOST_PARTS}"),
                ),
            );
        }
        if rule.title.en.is_empty() {
            let text = readings.first().map_or(rule.id.clone(), |reading| reading.text.clone());
            rule.title = Bilingual::new(text.clone(), text);
        }
        let scope = scopes.pop().filter(|_| self.faults.count() == before)?;
        let span = Span::new(span.start, span.end);
        let source = Arc::clone(&self.source);
        let mut check = Check {
            rule: Arc::new(rule),
            scope,
            lets,
            when,
            readings,
            missing_ignored,
            blank_is_zero,
            settings,
            plan: None,
            examples,
            source,
            span,
        };
        check.plan = Plan::new(&check);
        Some(check)
    }

    fn named(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Vec<Reading>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.fault(
                value.span(),
                "check/type",
                (
                    "a name and an expression are due: `let.prior = \"…\"`".into(),
                    "此处应为名称和表达式：let.prior = \"…\"".into(),
                ),
            );
            return None;
        };
        sorted(table)
            .into_iter()
            .map(|(key, value)| {
                let (expr, text) = self.expression(value)?;
                Some(Reading { name: key.get_ref().to_string(), expr, text })
            })
            .collect()
    }

    fn severity(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Severity> {
        match self.text(value)?.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "note" => Some(Severity::Note),
            _ => {
                self.fault(
                    value.span(),
                    "check/type",
                    ("`error`, `warning` or `note` is due here".into(), "此处应为 error、warning 或 note".into()),
                );
                None
            }
        }
    }

    fn rounding(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Rounding> {
        match self.text(value)?.as_str() {
            "half" => Some(Rounding::Half),
            "result" => Some(Rounding::Result),
            "exact" => Some(Rounding::Exact),
            _ => {
                self.fault(
                    value.span(),
                    "check/type",
                    ("`half`, `result` or `exact` is due here".into(), "此处应为 half、result 或 exact".into()),
                );
                None
            }
        }
    }

    fn examples(&mut self, value: &Spanned<DeValue<'_>>, into: &mut Vec<Example>) {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong::<()>(
                value,
                ("`holds`, `breaks` and `breaks-at` are due here", "此处应为 holds、breaks、breaks-at"),
            );
            return;
        };
        let mut at = None;
        for (key, value) in sorted(table) {
            let span = Span::new(value.span().start, value.span().end);
            match key.get_ref().as_ref() {
                "breaks-at" => at = self.text(value),
                name @ ("holds" | "breaks") => {
                    if let Some(json) = self.text(value) {
                        into.push(Example { holds: name == "holds", json, at: None, span });
                    }
                }
                name => self.unknown(key, name, &["holds", "breaks", "breaks-at"]),
            }
        }
        if let (Some(at), Some(example)) = (at, into.iter_mut().rfind(|example| !example.holds)) {
            example.at = Some(at);
        }
    }
}

fn is_kebab(part: &str) -> bool {
    !part.is_empty()
        && part.chars().all(|each| {
            each.is_ascii_lowercase()
                || each.is_ascii_digit()
                || each == '-'
                || (!each.is_ascii() && each.is_alphanumeric())
        })
}

/// The known name nearest to one that is not known, if it is near.
#[must_use]
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let distance = |known: &&str| strsim::damerau_levenshtein(name, known);
    let best = known.iter().min_by_key(|known| distance(known))?;
    (distance(best) <= 1 + name.chars().count() / 4).then_some(*best)
}

#[cfg(test)]
mod tests;
