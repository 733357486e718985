//! Tests over small schemas: each kind of violation, its place, and hostile documents.

use std::fmt::Write;

use super::*;

use crate::finding::{Matter, Violation};
use crate::source::{Source, Span};

const FIGURE: &str = r#"{"$id": "urn:test:figure", "anyOf": [
    {"type": "null"},
    {"type": "number"},
    {"type": "string", "pattern": "^-?[0-9][0-9,]*(\\.[0-9]+)?%?$"},
    {"type": "object", "properties": {"value": {"type": ["string", "number"]}, "$at": {"type": "object"}},
     "required": ["value"], "additionalProperties": false}]}"#;

/// Places its document in the source without the reader, which is another verb.
fn document(text: &str) -> Document {
    use crate::document::{Builder, Value as Kind};
    fn add(builder: &mut Builder, at: &mut usize, value: &Value) {
        let literal = value.to_string();
        match value {
            Value::Array(items) => {
                builder.open(Kind::List, *at);
                *at += 1;
                for item in items {
                    add(builder, at, item);
                    *at += 1;
                }
                *at += usize::from(items.is_empty());
                builder.close(*at);
            }
            Value::Object(fields) => {
                builder.open(Kind::Object, *at);
                *at += 1;
                for (name, field) in fields {
                    let length = Value::from(name.as_str()).to_string().len();
                    builder.key(name, Span::new(*at, *at + length));
                    *at += length + 1;
                    add(builder, at, field);
                    *at += 1;
                }
                *at += usize::from(fields.is_empty());
                builder.close(*at);
            }
            scalar => {
                let span = Span::new(*at, *at + literal.len());
                match scalar {
                    Value::String(decoded) => builder.decoded(decoded.clone(), span),
                    Value::Number(_) => builder.scalar(Kind::Number, span),
                    Value::Bool(value) => builder.scalar(Kind::Bool(*value), span),
                    _ => builder.scalar(Kind::Null, span),
                };
                *at += literal.len();
            }
        }
    }
    let value: Value = serde_json::from_str(text).unwrap();
    let printed = value.to_string();
    let mut builder = Builder::new(Arc::new(Source::new("a.json", printed.as_str())));
    add(&mut builder, &mut 0, &value);
    builder.finish()
}

/// A document that is one number, with its literal as it stands.
fn number(literal: &str) -> Document {
    use crate::document::{Builder, Value as Kind};
    let mut builder = Builder::new(Arc::new(Source::new("a.json", literal)));
    builder.scalar(Kind::Number, Span::new(0, literal.len()));
    builder.finish()
}

fn schemas(schema: &str) -> Schemas {
    Schemas::new([("urn:test:root".to_owned(), schema.to_owned()), ("urn:test:figure".into(), FIGURE.into())])
}

fn held(schema: &str, document: &Document) -> Vec<Finding> {
    schemas(schema).validate("urn:test:root", document).unwrap()
}

/// Each finding as `rule @ pointer: text at its place`.
fn told(schema: &str, text: &str) -> Vec<String> {
    held(schema, &document(text)).iter().map(line).collect()
}

fn line(finding: &Finding) -> String {
    let place = &finding.targets[0].place;
    format!("{} @ {}: {}", finding.rule.id, place.pointer, place.source.slice(place.span))
}

fn violation(schema: &str, text: &str) -> Violation {
    let findings = held(schema, &document(text));
    match findings.as_slice() {
        [Finding { matter: Matter::Schema(violation), .. }] => violation.clone(),
        other => panic!("{text}: {other:?}"),
    }
}

fn strings<const N: usize>(list: [&str; N]) -> Vec<String> {
    list.map(str::to_owned).to_vec()
}

#[test]
fn an_unknown_field_is_told_at_its_key_with_the_nearest_name() {
    let schema = r#"{"$id": "urn:test:root", "type": "object", "additionalProperties": false,
        "properties": {"$schema": {}, "opening_balance": {"$ref": "urn:test:figure"}, "closing": {}, "上年结转": {}}}"#;
    let unknown = |field: &str, nearest: Option<&str>| Violation::Unknown {
        field: field.into(),
        nearest: nearest.map(str::to_owned),
    };
    assert_eq!(
        told(schema, r#"{"opening_balence": 1}"#),
        [r#"schema/unknown-field @ /opening_balence: "opening_balence""#]
    );
    assert_eq!(violation(schema, r#"{"opening_balence": 1}"#), unknown("opening_balence", Some("opening_balance")));
    assert_eq!(violation(schema, r#"{"上年结余": 1}"#), unknown("上年结余", Some("上年结转")));
    assert_eq!(told(schema, r#"{"上年结余": 1}"#), [r#"schema/unknown-field @ /上年结余: "上年结余""#]);
    assert_eq!(violation(schema, r#"{"x/y~z": 1}"#), unknown("x/y~z", None));
    assert_eq!(told(schema, r#"{"x/y~z": 1}"#), [r#"schema/unknown-field @ /x~1y~0z: "x/y~z""#]);
    assert_eq!(violation(schema, r#"{"closing": 1, "closing_": 1}"#), unknown("closing_", None), "it is there already");
    assert!(told(schema, r#"{"$schema": "urn:test:root", "上年结转": 0}"#).is_empty());
}

#[test]
fn a_missing_field_is_told_at_the_object() {
    let schema = r#"{"type": "object", "properties": {"rows": {"items": {"required": ["名称", "total"]}}}}"#;
    assert_eq!(
        told(schema, r#"{"rows": [{"名称": "a", "total": 1}, {}]}"#),
        ["schema/missing-field @ /rows/1: {", "schema/missing-field @ /rows/1: {"]
    );
    let findings = held(schema, &document(r#"{"rows": [{"total": 1}]}"#));
    let Matter::Schema(Violation::Missing { field }) = &findings[0].matter else { panic!() };
    assert_eq!(field, "名称");
    assert_eq!(findings[0].targets[0].label_zh, "rows");
}

#[test]
fn a_wrong_type_is_told_with_what_was_expected() {
    let schema = r#"{"properties": {"a": {"type": "integer"}, "b": {"type": ["string", "null"]}}}"#;
    assert_eq!(told(schema, r#"{"a": "12"}"#), ["schema/type @ /a: 12"]);
    assert_eq!(
        violation(schema, r#"{"a": "12"}"#),
        Violation::Type { found: "\"12\"".into(), expected: strings(["integer"]) }
    );
    assert_eq!(
        violation(schema, r#"{"b": [1, 2]}"#),
        Violation::Type { found: "[1,2]".into(), expected: strings(["null", "string"]) }
    );
    assert_eq!(told(schema, r#"{"a": 1.5, "b": true}"#), ["schema/type @ /a: 1.5", "schema/type @ /b: true"]);
}

#[test]
fn words_where_a_figure_is_due_are_one_violation() {
    let schema = r#"{"properties": {"a": {"$ref": "urn:test:figure"},
        "b": {"anyOf": [{"$ref": "urn:test:figure"}, {"type": "array", "items": {"$ref": "urn:test:figure"}}]},
        "c": {"type": "string", "pattern": "^[0-9]+$", "x-figure": true},
        "d": {"oneOf": [{"type": "object"}, {"type": "string", "pattern": "^[0-9]+$", "x-figure": true}]}}}"#;
    let figure = |text: &str| Violation::NotAFigure { found: text.into() };
    for text in [
        r#"{"a": "约三成"}"#,
        r#"{"b": "约三成"}"#,
        r#"{"b": [1, "约三成"]}"#,
        r#"{"c": "约三成"}"#,
        r#"{"d": "约三成"}"#,
    ] {
        assert_eq!(violation(schema, text), figure("约三成"), "{text}");
    }
    assert_eq!(told(schema, r#"{"b": [1, "约三成"]}"#), ["schema/not-a-figure @ /b/1: 约三成"]);
    assert!(told(schema, r#"{"a": "5,877.64", "b": [null, {"value": "1", "$at": {}}]}"#).is_empty());
    let Violation::Type { expected, .. } = violation(schema, r#"{"a": true}"#) else { panic!() };
    assert_eq!(expected, ["null", "number", "string", "object"]);
    assert_eq!(told(schema, r#"{"a": {"valu": 1, "value": 1}}"#), ["schema/unknown-field @ /a/valu: \"valu\""]);
}

#[test]
fn values_that_are_not_allowed_are_told_with_those_that_are() {
    let schema = r#"{"properties": {"a": {"enum": ["高", "低", 1.50]}, "b": {"const": {"x": [1]}},
        "c": {"anyOf": [{"const": "x"}, {"enum": ["y", "z"]}]}}}"#;
    let allowed = |found: &str, allowed| Violation::NotAllowed { found: found.into(), allowed };
    assert_eq!(violation(schema, r#"{"a": "中"}"#), allowed("中", strings(["高", "低", "1.5"])));
    assert_eq!(violation(schema, r#"{"b": {"x": [2]}}"#), allowed("{\"x\":[2]}", strings(["{\"x\":[1]}"])));
    assert_eq!(violation(schema, r#"{"c": "w"}"#), allowed("w", strings(["x", "y", "z"])));
    assert!(told(schema, r#"{"a": 1.5, "b": {"x": [1.0]}, "c": "z"}"#).is_empty());
}

#[test]
fn limits_are_told_with_their_keyword() {
    for (keyword, schema, text, limit) in [
        ("minimum", r#"{"minimum": 0}"#, "-1", "0"),
        ("maximum", r#"{"maximum": 100}"#, "100.01", "100"),
        ("exclusiveMaximum", r#"{"exclusiveMaximum": 1}"#, "1", "1"),
        ("minLength", r#"{"minLength": 3}"#, r#""支出""#, "3"),
        ("maxItems", r#"{"maxItems": 1}"#, "[1, 2]", "1"),
        ("minProperties", r#"{"minProperties": 1}"#, "{}", "1"),
        ("pattern", r#"{"pattern": "^a"}"#, r#""b""#, "^a"),
        ("uniqueItems", r#"{"uniqueItems": true}"#, r#"[{"a": 1}, 2, {"a": 1.0}]"#, "true"),
        ("multipleOf", r#"{"multipleOf": 0.01}"#, "14.905", "0.01"),
    ] {
        let Violation::Limit { keyword: found, limit: said, .. } = violation(schema, text) else { panic!("{text}") };
        assert_eq!((found.as_str(), said.as_str()), (keyword, limit));
    }
    assert!(told(r#"{"uniqueItems": true}"#, r#"[1, "1", [1], {"a": 1}, {"a": 2}]"#).is_empty());
}

#[test]
fn anything_else_is_told_by_its_keyword() {
    let other = |keyword: &str, found: &str| Violation::Other { keyword: keyword.into(), found: found.into() };
    assert_eq!(violation(r#"{"contains": {"const": 1}}"#, "[2]"), other("contains", "[2]"));
    assert_eq!(violation(r#"{"oneOf": [{"type": "number"}, {"minimum": 0}]}"#, "2"), other("oneOf", "2"));
    assert_eq!(violation(r#"{"not": {"type": "number"}}"#, "2"), other("not", "2"));
    let names = violation(r#"{"propertyNames": {"pattern": "^a"}}"#, r#"{"a": 1, "b": 2}"#);
    assert_eq!(names, Violation::Unknown { field: "b".into(), nearest: None });
    let never = violation(r#"{"properties": {"b": false}}"#, r#"{"a": 1, "b": 2}"#);
    assert_eq!(never, Violation::Unknown { field: "b".into(), nearest: None });
}

#[test]
fn numbers_are_read_by_their_literal() {
    let hundredths = r#"{"multipleOf": 0.01}"#;
    for good in ["14.90", "0.1", "1.15", "-0.00", "123456789012345678901234.01", "1e2"] {
        assert!(held(hundredths, &number(good)).is_empty(), "{good}");
    }
    assert_eq!(held(hundredths, &number("14.905")).len(), 1);
    let long = "1".repeat(10_000);
    for (schema, good, bad) in [
        (r#"{"type": "integer"}"#, "1e400", "1.5"),
        (r#"{"type": "integer"}"#, long.as_str(), "1e-400"),
        (r#"{"type": "integer"}"#, "100.00", "100.01"),
        (r#"{"type": "integer", "minimum": 0}"#, "18446744073709551616", "-18446744073709551616"),
        (r#"{"const": 14.9}"#, "14.900", "14.91"),
        (r#"{"maximum": 9007199254740993}"#, "9007199254740993", "9007199254740994"),
        (r#"{"minimum": 0}"#, "1e400", "-1e400"),
    ] {
        assert!(held(schema, &number(good)).is_empty(), "{schema} {good}");
        assert_eq!(held(schema, &number(bad)).len(), 1, "{schema} {bad}");
    }
    assert_eq!(line(&held(hundredths, &number("14.905"))[0]), "schema/limit @ : 14.905");
}

#[test]
fn findings_come_in_the_order_of_the_source_and_are_counted_past_100() {
    let schema = r#"{"properties": {"b": {"type": "string"}, "a": {"items": {"type": "string"}}}, "required": ["z"]}"#;
    assert_eq!(
        told(schema, r#"{"a": [1], "b": 2}"#),
        ["schema/missing-field @ : {", "schema/type @ /a/0: 1", "schema/type @ /b: 2"]
    );
    let findings = held(r#"{"items": {"type": "string"}}"#, &document(&format!("[{}1]", "1,".repeat(149))));
    assert_eq!(findings.len(), 101);
    assert_eq!(findings[100].rule.message.as_ref().unwrap().en, "50 more violations of the schema were left out");
}

#[test]
fn one_mistake_seen_by_two_schemas_is_told_once() {
    let schema = r#"{"allOf": [{"type": "string"}, {"type": "string"}]}"#;
    assert_eq!(told(schema, "1").len(), 1);
}

#[test]
fn fingerprints_survive_a_new_row_and_know_the_value() {
    let schema = r#"{"items": {"properties": {"a": {"type": "string"}}, "required": ["a"]}}"#;
    let marks = |text: &str| held(schema, &document(text)).into_iter().map(|f| f.fingerprint).collect::<Vec<_>>();
    assert_eq!(marks(r#"[{"a": 1}]"#), marks(r#"[{"a": "x"}, {"a": 1}]"#));
    assert_ne!(marks(r#"[{"a": 1}]"#), marks(r#"[{"a": 2}]"#));
    assert_ne!(marks(r#"[{"a": 1}]"#), marks(r"[{}]"));
}

#[test]
fn schemas_that_are_unknown_or_broken_are_faults() {
    let code = |schemas: &Schemas, id: &str| schemas.validate(id, &number("1")).err().map(|fault| fault.code);
    let list = Schemas::new([
        ("urn:a", "{"),
        ("urn:b", r#"{"$ref": "urn:nowhere"}"#),
        ("urn:c", r#"{"type": "nothing"}"#),
        ("urn:d", r#"{"$ref": "https://example.com/schema.json"}"#),
        ("urn:e", r#"{"$ref": "urn:f#/$defs/%E9%87%91%E9%A2%9D"}"#),
        ("urn:f", r#"{"$defs": {"金额": {"type": "string"}}}"#),
    ]);
    assert_eq!(code(&list, "urn:z"), Some("schema/unknown"));
    for id in ["urn:a", "urn:b", "urn:c", "urn:d"] {
        assert_eq!(code(&list, id), Some("schema/broken"), "{id}");
    }
    assert_eq!(list.validate("urn:e", &number("1")).unwrap().len(), 1);
    assert!(list.knows("urn:f") && !list.knows("urn:z"));
}

#[test]
fn a_document_names_its_schema() {
    assert_eq!(embedded_id(&document(r#"{"$schema": "urn:a"}"#)), Some("urn:a"));
    assert_eq!(embedded_id(&document(r#"{"$schema": 1}"#)), None);
    assert_eq!(embedded_id(&document("[]")), None);
}

#[test]
fn hostile_documents_are_judged_fast() {
    let start = std::time::Instant::now();
    let schema = r#"{"properties": {"rows": {"items": {"anyOf": [
        {"type": "object", "properties": {"a": {"$ref": "urn:test:figure"}}, "additionalProperties": false},
        {"$ref": "urn:test:figure"}]}}}, "additionalProperties": {"type": "number"}}"#;
    let list = format!("{{\"rows\": [{}1]}}", r#"{"a": "x", "b": 1}, "words", "#.repeat(10_000));
    assert_eq!(held(schema, &document(&list)).len(), 101);
    let wide = (0..100_000).fold(String::from("{\"rows\": []"), |mut text, at| {
        let _ = write!(text, ", \"k{at}\": \"x\"");
        text
    }) + "}";
    assert_eq!(held(schema, &document(&wide)).len(), 101);
    let unknown = r#"{"properties": {"rows": {}, "columns": {}}, "additionalProperties": false}"#;
    assert_eq!(held(unknown, &document(&wide)).len(), 101);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

#[test]
fn recursive_schemas_follow_deep_documents() {
    let schema = r#"{"$id": "urn:test:root", "anyOf": [{"type": "number"}, {"type": "array", "items": {"$ref": "urn:test:root"}}]}"#;
    let mut builder = crate::document::Builder::new(Arc::new(Source::new("a", "[".repeat(512))));
    for at in 0..512 {
        builder.open(crate::document::Value::List, at);
    }
    assert!(held(schema, &builder.finish()).is_empty());
}
