//! What a pack is made of, and what is told of files that are wrong, missing or not its own.

use tieout::check::{Pack, compile, loose};
use tieout::fault::Fault;

const MANIFEST: &str = "title = { en = \"Test\", zh = \"试\" }\nfiles = [\"checks.toml\"]\n";
const CHECK: &str = "[[check]]\nid = \"t/t\"\nfor = [\"a\", \"b\"]\nrequire = \"a = b\"\n";

/// A pack of these files.
fn pack(files: &[(&str, &str)]) -> Pack {
    let file = |wanted: &str| files.iter().find(|(name, _)| *name == wanted).map(|(_, text)| (*text).to_owned());
    compile("test", "own", &|name| Ok(file(name)))
}

/// The codes of faults, and where they point or what they say.
fn told(faults: &[Fault]) -> Vec<(&str, String)> {
    let at = |fault: &Fault| {
        let place = fault.place.as_ref().map(|(source, span)| source.slice(*span).to_owned());
        place.unwrap_or_else(|| fault.message.en.clone())
    };
    faults.iter().map(|fault| (fault.code, at(fault))).collect()
}

#[test]
fn a_pack_has_its_title_and_its_checks() {
    let found = pack(&[("pack.toml", MANIFEST), ("checks.toml", CHECK)]);
    assert_eq!((found.name.as_str(), found.title.en.as_str(), found.title.zh.as_str()), ("test", "Test", "试"));
    assert_eq!((found.checks.len(), told(&found.faults)), (1, vec![]));
}

#[test]
fn a_manifest_that_is_wrong_or_missing_is_told() {
    assert_eq!(told(&pack(&[]).faults), [("pack/manifest", "own/pack.toml is missing".to_owned())]);
    let wrong = pack(&[("pack.toml", &MANIFEST.replace("files", "flies")), ("checks.toml", CHECK)]);
    assert_eq!(told(&wrong.faults), [("pack/manifest", "flies".to_owned())]);
}

#[test]
fn a_file_that_is_named_must_be_there_and_in_the_folder() {
    assert_eq!(
        told(&pack(&[("pack.toml", MANIFEST)]).faults),
        [("pack/file", "own/checks.toml is missing".to_owned())]
    );
    for outside in ["../checks.toml", "/checks.toml", "more/../../checks.toml"] {
        let manifest = MANIFEST.replace("checks.toml", outside);
        let found = pack(&[("pack.toml", &manifest), (outside, CHECK)]);
        assert_eq!(told(&found.faults), [("pack/file", format!("own/{outside} is missing"))]);
        assert!(found.checks.is_empty(), "{outside}");
    }
    let schema = format!("{MANIFEST}schema = \"../schema.json\"\n");
    let found = pack(&[("pack.toml", &schema), ("checks.toml", CHECK), ("../schema.json", "{}")]);
    assert_eq!(told(&found.faults), [("pack/file", "own/../schema.json is missing".to_owned())]);
    assert!(found.schema.is_none());
}

#[test]
fn a_check_that_is_wrong_is_told_and_not_made() {
    let wrong = CHECK.replace("a = b", "summ(a) = b").replace("t/t", "t/wrong");
    let found = pack(&[("pack.toml", MANIFEST), ("checks.toml", &format!("{CHECK}{wrong}"))]);
    assert_eq!(told(&found.faults), [("check/unknown-function", "summ".to_owned())]);
    assert_eq!(found.checks.iter().map(|check| check.rule.id.as_str()).collect::<Vec<_>>(), ["t/t"]);
}

#[test]
fn of_loose_files_those_that_can_be_read_are_checks() {
    let unreadable = || Err(Fault::new("read/unreadable", "it may not be read", "无法读取"));
    let found = |files: Vec<(&str, Result<String, Fault>)>| {
        loose("own", &mut files.into_iter().map(|(name, text)| (name.to_owned(), text)))
    };
    let both = found(vec![("a.toml", unreadable()), ("b.toml", Ok(CHECK.to_owned()))]).unwrap();
    assert_eq!(
        (both.checks.len(), told(&both.faults)),
        (1, vec![("read/unreadable", "it may not be read".to_owned())])
    );
    let none = found(vec![("a.toml", unreadable())]).unwrap();
    assert_eq!(
        (none.checks.len(), told(&none.faults)),
        (0, vec![("read/unreadable", "it may not be read".to_owned())])
    );
    assert_eq!(found(vec![]).unwrap_err().code, "check/no-files");
    let terms = "[term.a]\nunit = \"万元\"\n[term.b]\nunit = \"人\"\n";
    let unlike = found(vec![("b.toml", Ok(CHECK.to_owned())), ("terms.toml", Ok(terms.to_owned()))]).unwrap();
    assert_eq!((unlike.checks.len(), unlike.faults[0].code), (0, "check/unlike-units"), "the vocabulary is read first");
}
