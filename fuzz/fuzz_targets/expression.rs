//! The language of checks: parsing ends, points between characters, and what parses can be made.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tieout::check::{Check, Expr, Node, Plan, Reading, loose, parse};
use tieout::term::Vocabulary;
use tieout_fuzz::make;

/// A check that asks something of the whole document.
static CHECK: LazyLock<Check> = LazyLock::new(|| {
    let text =
        "[[check]]\nid = \"fuzz/expression\"\neach = \"this\"\nlet.named = \"net + vat\"\nrequire = \"net = net\"";
    let pack = loose("fuzz", &mut std::iter::once(("fuzz.toml".to_owned(), Ok(text.to_owned()))));
    pack.expect("a check").checks.remove(0)
});

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

/// The check that asks this instead.
fn check(text: &str, expr: Expr) -> Check {
    let readings = vec![Reading { name: String::new(), expr, text: text.to_owned() }];
    let mut check = Check { readings, blank_is_zero: text.len() % 2 == 0, ..CHECK.clone() };
    check.plan = Plan::new(&check);
    check
}
