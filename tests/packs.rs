//! The packs that come with the binary: their files are as the schemas say, their examples do as they
//! say, and every check speaks both languages.

use std::collections::BTreeSet;
use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tieout::check::names;
use tieout::figure::Unit;
use tieout::finding::Confidence;
use tieout::pipeline::{Engine, Options, schema};

type Outcome = Result<(), Box<dyn Error>>;

/// The TOML files of all packs.
fn files() -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let checks = Path::new(env!("CARGO_MANIFEST_DIR")).join("checks");
    let mut found = Vec::new();
    for pack in names() {
        for entry in fs::read_dir(checks.join(pack))? {
            found.push(entry?.path());
        }
    }
    found.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    found.sort();
    Ok(found)
}

fn json(toml: &str) -> Result<Value, Box<dyn Error>> {
    Ok(serde_json::to_value(toml::from_str::<toml::Value>(toml)?)?)
}

/// What an embedded schema says against a value.
fn violations(name: &str, value: &Value) -> Result<Vec<String>, Box<dyn Error>> {
    let text = schema(name).ok_or("no such schema")?;
    let validator = jsonschema::draft202012::new(&serde_json::from_str(text)?)?;
    Ok(validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect())
}

/// Every check of every pack, as it stands in its file.
fn checks() -> Result<Vec<Value>, Box<dyn Error>> {
    let mut found = Vec::new();
    for path in files()? {
        let value = json(&fs::read_to_string(path)?)?;
        found.extend(value["check"].as_array().cloned().unwrap_or_default());
    }
    Ok(found)
}

#[test]
fn the_files_of_packs_are_as_their_schemas_say() -> Outcome {
    let mut seen = BTreeSet::new();
    for path in files()? {
        let schema = match path.file_name().and_then(OsStr::to_str) {
            Some("pack.toml") => "pack",
            Some("terms.toml") => "terms",
            Some("sections.toml") => "sections",
            _ => "check",
        };
        let found = violations(schema, &json(&fs::read_to_string(&path)?)?)?;
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
        seen.insert(schema);
    }
    assert_eq!(seen.len(), 4);
    Ok(())
}

#[test]
fn the_schema_of_checks_refuses_what_makes_no_check() -> Outcome {
    let check = |body: &str| json(&format!("[[check]]\nid = \"a/b\"\n{body}"));
    for right in [
        "for = [\"x\", \"y\"]\nrequire = \"x = y\"",
        "for = \"x\"\nreading.one = \"x = 1\"\nreading.two = \"x = 2\"",
        "each = \"rows[*]\"\nlet.a = \"b\"\nwhen = \"exists(a)\"\nrequire = \"a = x\"\nwithin = \"0.01\"\nmissing = \"ignore\"",
        "agree = [\"term\", \"year\"]\namong = [\"rows[*]\"]\nfor = [\"x\"]",
        "title = \"t\"\nfor = \"x\"\nrequire = \"x = 1\"\nmore = [{ breaks = \"{}\", breaks-at = \"/x\" }]",
    ] {
        let found = violations("check", &check(right)?)?;
        assert!(found.is_empty(), "{right}: {found:#?}");
    }
    for wrong in [
        "for = [\"x\"]",
        "require = \"x = 1\"",
        "for = [\"x\"]\neach = \"y\"\nrequire = \"x = 1\"",
        "for = [\"x\"]\nrequier = \"x = 1\"\nrequire = \"x = 1\"",
        "for = [\"x\"]\nrequire = \"x = 1\"\nseverity = \"bad\"",
        "for = [\"x\"]\nrequire = \"x = 1\"\nwithin = 0.01",
        "for = [\"x\"]\nrequire = \"x = 1\"\nexample.breaks-at = \"/x\"",
        "for = [\"x\"]\nrequire = \"x = 1\"\namong = [\"y[*]\"]",
        "agree = [\"term\"]\nrequire = \"x = 1\"",
    ] {
        assert!(!violations("check", &check(wrong)?)?.is_empty(), "{wrong}");
    }
    for id in ["", "A/b", "a//b", "a b", "a_b"] {
        let value = json(&format!("[[check]]\nid = \"{id}\"\nfor = \"x\"\nrequire = \"x = 1\""))?;
        assert!(!violations("check", &value)?.is_empty(), "{id}");
    }
    Ok(())
}

#[test]
fn the_schema_of_terms_knows_the_units_that_are_known() -> Outcome {
    let text = schema("terms").ok_or("no schema of terms")?;
    let value: Value = serde_json::from_str(text)?;
    assert_eq!(value["$defs"]["term"]["properties"]["unit"]["enum"], serde_json::to_value(Unit::names())?);
    for wrong in ["[term.a]\nkind = \"money\"", "[term.a]\nunit = \"bushel\"", "[terms.a]", "[axis.a]\nvalues.b = []"] {
        assert!(!violations("terms", &json(wrong)?)?.is_empty(), "{wrong}");
    }
    Ok(())
}

#[test]
fn every_example_does_as_it_says() -> Outcome {
    let options = Options {
        packs: names().into_iter().map(str::to_owned).collect(),
        check_folders: Vec::new(),
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Weak,
        keep_ties: false,
        jobs: None,
        severity: Vec::new(),
        allow: Vec::new(),
    };
    let engine = Engine::new(options).map_err(|faults| format!("{faults:#?}"))?;
    let report = engine.examples();
    let failures: Vec<&str> = report.failures.iter().map(|fault| fault.message.en.as_str()).collect();
    assert!(failures.is_empty(), "{failures:#?}");
    // One that holds and one that breaks, of each.
    assert!(report.passed >= 2 * engine.checks().len());
    assert_eq!(engine.checks().len(), checks()?.len());
    Ok(())
}

#[test]
fn every_check_has_its_title_and_reason_in_both_languages() -> Outcome {
    for check in checks()? {
        for field in ["title", "because"] {
            for language in ["en", "zh"] {
                let text = check[field][language].as_str().unwrap_or_default();
                assert!(!text.trim().is_empty(), "{}: {field}.{language}", check["id"]);
            }
        }
    }
    Ok(())
}

#[test]
fn ids_are_kebab_case_paths_and_used_once() -> Outcome {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let mut seen = BTreeSet::new();
    for check in checks()? {
        let id = check["id"].as_str().unwrap_or_default().to_owned();
        let is_path = id.contains('/') && id.split('/').all(|part| part.split('-').all(is_word));
        assert!(is_path, "{id:?} is no kebab-case path");
        assert!(seen.insert(id.clone()), "{id} is used twice");
    }
    Ok(())
}
