//! A folder of checks may name the schema of its documents.

use insta::assert_snapshot;

use crate::desk::{Desk, GOOD, VAT};

const PACK: &str = "title = { en = \"Tax\", zh = \"税\" }\nfiles = [\"vat.toml\"]\nschema = \"tax.schema.json\"\n";

/// It has an id of its own, and refers to a schema that comes with the program.
const SCHEMA: &str = r##"{
  "$id": "https://example.org/tax",
  "properties": {"net": {"$ref": "#/$defs/money"}, "vat": {"$ref": "#/$defs/money"}, "gross": {"$ref": "#/$defs/money"}},
  "required": ["net", "vat", "gross", "payer"],
  "$defs": {"money": {"$ref": "urn:tieout:performance-evaluation:figure"}}
}
"##;

fn desk(schema: &str) -> Desk {
    Desk::bare().with("own/pack.toml", PACK).with("own/vat.toml", VAT).with("own/tax.schema.json", schema)
}

#[test]
fn every_document_is_held_against_it() {
    let desk = desk(SCHEMA).with("data.json", GOOD).with("right.json", GOOD.replace('}', ", \"payer\": \"ACME\"}"));
    assert_snapshot!(desk.run("check --checks own data.json right.json --format short").all(), @r"
    data.json:1:1: error[schema/missing-field]: the required field `payer` is missing
    ---
    2 files, 6 figures, 2 ties: 2 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 finding; 100% of figures tied
    => 1
    ");
    let desk = desk.with("word.json", r#"{"net": "many", "vat": "19.00", "gross": "119.00", "payer": "ACME"}"#);
    assert_snapshot!(desk.run("check --checks own word.json --format short").all(), @r"
    word.json:1:10: error[schema/not-a-figure]: many stands where a figure is due
    word.json:1:43: warning[vat/gross]: “net + vat = gross” could not be checked: “many” is not a figure
    ---
    1 file, 1 figure, 1 tie: 0 exact, 0 rounded, 0 broken, 0 implied, 1 undecided; 2 findings; 0% of figures tied
    => 1
    ");
}

#[test]
fn a_schema_of_an_older_draft_means_what_it_meant() {
    let older = r#"{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"list": {"items": [{"type": "string"}]}}}"#;
    let desk = desk(older).with("data.json", GOOD.replace('}', ", \"list\": [1, 2]}"));
    assert_snapshot!(desk.run("check --checks own data.json --format short").all(), @r"
    data.json:1:63: error[schema/type]: 1 is not string
    ---
    1 file, 5 figures, 1 tie: 1 exact, 0 rounded, 0 broken, 0 implied, 0 undecided; 1 finding; 60% of figures tied
    => 1
    ");
}

#[test]
fn what_is_no_schema_is_told_once() {
    for schema in ["{", r#"{"type": "nothing"}"#, r##"{"$ref": "other.json"}"##] {
        let run = desk(schema).with("a.json", GOOD).with("b.json", GOOD).run("check --checks own a.json b.json");
        assert_eq!((run.err.matches("schema/broken").count(), run.status), (1, 2), "{}", run.err);
        assert!(run.err.contains("own/tax.schema.json is no JSON Schema"), "{}", run.err);
        assert!(run.err.contains("2 ties: 2 exact"), "the checks are made all the same: {}", run.err);
    }
    let missing = Desk::bare().with("own/pack.toml", PACK).with("own/vat.toml", VAT).with("a.json", GOOD);
    let run = missing.run("check --checks own a.json");
    assert!(run.err.contains("own/tax.schema.json is missing"), "{}", run.err);
    assert_eq!(run.status, 2);
}
