//! The language of checks: parsing ends, points between characters, and what parses can be made.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use tieout::check::{Check, Expr, Node, Plan, Reading, Scope, parse};
use tieout::fault::Bilingual;
use tieout::rule::{Rule, Severity};
use tieout::source::{Source, Span};
use tieout::term::Vocabulary;
use tieout::tie::Settings;
use tieout_fuzz::make;

fuzz_target!(|text: &str| {
    let expr = match parse(text) {
        Ok(expr) => expr,
        Err(error) => {
            assert!(text.get(error.range.clone()).is_some(), "{error:?} is no part of {text:?}");
            assert!(!error.expected.0.is_empty() && !error.expected.1.is_empty());
            return;
        }
    };
    expr.each(&mut |part| {
        let written = text.get(part.range.clone()).unwrap_or_else(|| panic!("{part:?} is no part of {text:?}"));
        // A part is what stands at its place.
        if let Node::Number(value) = &part.node {
            assert!(matches!(parse(written).map(|again| again.node), Ok(Node::Number(again)) if again == *value));
        }
    });
    make(&[check(text, expr)], &Vocabulary::default());
});

/// A check that asks this of the whole document.
fn check(text: &str, expr: Expr) -> Check {
    let source = Arc::new(Source::new("fuzz.toml", text));
    let mut check = Check {
        rule: Arc::new(Rule {
            id: "fuzz/expression".into(),
            title: Bilingual::default(),
            because: Bilingual::default(),
            severity: Severity::Error,
            message: None,
        }),
        scope: Scope::Each(parse("this").expect("a path")),
        lets: vec![("named".into(), parse("net + vat").expect("a sum"))],
        when: None,
        readings: vec![Reading { name: String::new(), expr, text: text.to_owned() }],
        missing_ignored: false,
        blank_is_zero: text.len() % 2 == 0,
        settings: Settings::default(),
        examples: Vec::new(),
        span: Span::new(0, source.text().len()),
        source,
        plan: None,
    };
    check.plan = Plan::new(&check);
    check
}
