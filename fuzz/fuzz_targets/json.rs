//! The JSON reader: it agrees with `serde_json`, and every value is a slice of its source.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use serde_json::Value as Other;
use tieout::document::{Document, NodeId, Value};
use tieout::read::{Limits, json};
use tieout::source::Source;
use tieout_fuzz::{examine, slice};

fuzz_target!(|text: &str| {
    let source = Arc::new(Source::new("fuzz.json", text));
    let (document, faults) = json(&source, &Limits::default());
    assert_eq!(document.is_none(), !faults.is_empty(), "a document, or what is wrong with it");
    examine(&faults);
    let other = serde_json::from_str::<Other>(text);
    match (&document, &other) {
        (Some(document), Ok(other)) => same(document, document.root(), other),
        (None, Ok(_)) => {
            let stricter = |code| matches!(code, "json/duplicate-key" | "json/too-deep");
            // Beyond so many faults the rest is left out, which is said in one more.
            let last = faults
                .iter()
                .filter(|fault| !stricter(fault.code))
                .all(|fault| fault.message.en.starts_with("more than"));
            assert!(last, "{faults:?}");
        }
        // It holds no number as a float, and no stack that ends.
        (Some(_), Err(error)) => {
            let error = error.to_string();
            assert!(error.contains("out of range") || error.contains("recursion limit"), "{error}");
        }
        (None, Err(_)) => {}
    }
    for id in document.iter().flat_map(Document::ids) {
        place(document.as_ref().expect("it has ids"), id);
    }
});

/// A value stands inside the one that holds it, and where its pointer says.
fn place(document: &Document, id: NodeId) {
    let (source, node) = (document.source(), document.node(id));
    slice(source, node.span);
    slice(source, document.printed_span(id));
    if let Some(parent) = document.parent(id) {
        let outer = document.node(parent).span;
        assert!(outer.start < node.span.start && node.span.end < outer.end, "{node:?} in {outer:?}");
    }
    if node.key.is_some() {
        assert!(slice(source, node.key_span).starts_with('"') && node.key_span.end < node.span.start);
    }
    assert_eq!(document.at(&document.pointer(id)), Some(id));
}

fn same(document: &Document, id: NodeId, other: &Other) {
    match (document.node(id).value, other) {
        (Value::Null, Other::Null) => {}
        (Value::Bool(left), Other::Bool(right)) => assert_eq!(left, *right),
        (Value::Number, Other::Number(right)) => {
            let left: f64 = document.printed(id).parse().expect("a number");
            assert_eq!(Some(left), right.as_f64());
        }
        (Value::Text(_), Other::String(right)) => assert_eq!(document.text(id), Some(right.as_str())),
        (Value::List, Other::Array(right)) => {
            assert_eq!(document.children(id).count(), right.len());
            document.children(id).zip(right).for_each(|(left, right)| same(document, left, right));
        }
        (Value::Object, Other::Object(right)) => {
            assert_eq!(document.children(id).count(), right.len());
            document.children(id).for_each(|child| same(document, child, &right[document.key(child)]));
        }
        (left, right) => panic!("{left:?} is not {right}"),
    }
}
