//! The plan of the house: which room of `src/` may know which, and what every file looks like.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each knows only those before it.
const NOUNS: [&str; 9] = ["source", "fault", "figure", "term", "document", "rule", "tie", "finding", "audit"];
/// Each knows nouns, and no other verb.
const VERBS: [&str; 7] = ["read", "bind", "schema", "check", "infer", "diagnose", "report"];
/// Each knows nouns only.
const HOUSE: [&str; 2] = ["config", "walk"];
/// The only one that knows verbs.
const PIPELINE: &str = "pipeline";
/// Doors, which know nouns, the configuration and the pipeline.
const DOORS: [&str; 1] = ["cli"];
/// They declare all, and use nothing of their own.
const ROOTS: [&str; 2] = ["lib", "main"];

const LONGEST: usize = 560;
const NAMELESS: [&str; 5] = ["utils", "helpers", "common", "misc", "manager"];

/// Why one room must not know another; `None` if it may.
fn forbidden(from: &str, to: &str) -> Option<String> {
    let place = |room: &str| NOUNS.iter().position(|noun| *noun == room);
    let is_verb = |room: &str| VERBS.contains(&room);
    let is_house = |room: &str| HOUSE.contains(&room);
    let is_door = |room: &str| DOORS.contains(&room);
    let is_room =
        |room: &str| place(room).is_some() || is_verb(room) || is_house(room) || is_door(room) || room == PIPELINE;
    let (may, rule) =
        if let Some(stranger) = [to, from].into_iter().find(|room| !is_room(room) && !ROOTS.contains(room)) {
            return Some(format!("`{stranger}` is not a room of the plan"));
        } else if let Some(above) = place(from) {
            (place(to).is_some_and(|to| to < above), "a noun knows only the nouns above it")
        } else if is_verb(from) {
            (place(to).is_some(), "a verb knows nouns and no other verb")
        } else if is_house(from) {
            (place(to).is_some(), "config and walk know nouns only")
        } else if from == PIPELINE {
            (!is_door(to), "nobody knows a door")
        } else if is_door(from) {
            (place(to).is_some() || to == "config" || to == PIPELINE, "a door knows nouns, config and pipeline")
        } else {
            (false, "lib.rs and main.rs use nothing of their own")
        };
    (!may && from != to).then(|| rule.to_owned())
}

/// The room a file is in: the first folder or the name of the file.
fn room(path: &Path) -> String {
    let first = path.iter().next().map(|first| first.to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// `src/x.rs` and `src/x/mod.rs`, where `super` is the whole crate.
fn is_root_of_room(path: &Path) -> bool {
    let parts = path.iter().count();
    parts == 1 || (parts == 2 && path.ends_with("mod.rs"))
}

/// The line without a comment, which may say what it likes.
fn code(line: &str) -> &str {
    line.find("//").filter(|at| !line[..*at].contains('"')).map_or(line, |at| &line[..at])
}

/// The names after each `crate::` of a line.
fn known(line: &str) -> impl Iterator<Item = &str> {
    let word = |rest: &str| rest.find(|next: char| !(next.is_alphanumeric() || next == '_')).unwrap_or(rest.len());
    line.match_indices("crate::").map(move |(at, token)| &line[at + token.len()..]).map(move |rest| &rest[..word(rest)])
}

/// Everything wrong with the edges of one file; the tests in it keep to the plan as well.
fn edges(path: &Path, text: &str) -> Vec<String> {
    let from = room(path);
    let mut wrong = Vec::new();
    // In a module within the file, `super` is the file and not the crate.
    let mut within = false;
    for (number, line) in text.lines().enumerate().map(|(index, line)| (index + 1, code(line))) {
        let at = format!("src/{}:{number}", path.display());
        within |= line.trim_start().starts_with("mod ") && line.trim_end().ends_with('{');
        if line.contains("crate::{") {
            wrong.push(format!("{at}: `crate::{{` hides edges: one `use crate::room::…` for each room"));
        }
        if line.contains("super::super") {
            wrong.push(format!("{at}: `super::super` hides edges: `crate::room::…` says where it leads"));
        }
        if line.contains("super::") && is_root_of_room(path) && !within {
            wrong.push(format!("{at}: `super::` in the root file of a room is the crate: `crate::room::…`"));
        }
        for to in known(line).filter(|to| !to.is_empty()) {
            wrong.extend(forbidden(&from, to).map(|rule| format!("{at}: {from} → {to}: {rule}")));
        }
    }
    wrong
}

/// Everything wrong with the form of one file.
fn form(path: &Path, text: &str) -> Vec<String> {
    let at = format!("src/{}", path.display());
    let mut wrong = Vec::new();
    if !text.lines().next().is_some_and(|first| first.starts_with("//! ")) {
        wrong.push(format!("{at}:1: the first line of a file says what it is: `//! …`"));
    }
    let length = text.lines().count();
    if length > LONGEST {
        wrong.push(format!("{at}: {length} lines: past about 500 a file is two rooms"));
    }
    for part in path.with_extension("").iter().filter(|part| NAMELESS.iter().any(|name| *part == *name)) {
        wrong.push(format!("{at}: `{}` names nothing: say what is in it", part.to_string_lossy()));
    }
    wrong
}

fn files() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                into.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "src has files");
    let read = |path: &PathBuf| fs::read_to_string(path).expect("Rust is UTF-8");
    paths.iter().map(|path| (path.strip_prefix(&src).expect("below src").to_owned(), read(path))).collect()
}

#[test]
fn every_room_knows_only_what_it_may() {
    let wrong: Vec<String> = files().iter().flat_map(|(path, text)| edges(path, text)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_is_short() {
    let wrong: Vec<String> = files().iter().flat_map(|(path, text)| form(path, text)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_library_declares_every_room_and_no_other() {
    let files = files();
    let (_, lib) = files.iter().find(|(path, _)| path == Path::new("lib.rs")).expect("lib.rs");
    let module = |line: &str| Some(line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?.to_owned());
    let mut declared: Vec<String> = lib.lines().filter_map(module).collect();
    let mut table: Vec<&str> = NOUNS.iter().chain(&VERBS).chain(&HOUSE).chain(&DOORS).copied().collect();
    table.push(PIPELINE);
    declared.sort();
    table.sort_unstable();
    assert_eq!(declared, table, "lib.rs and the table of rooms differ");
}

#[test]
fn the_plan_is_as_it_is_written() {
    for edge in "fault→source tie→rule audit→finding check→tie report→audit config→finding walk→fault pipeline→report \
                 pipeline→walk pipeline→config cli→pipeline cli→config cli→audit tie→tie read→read"
        .split_whitespace()
    {
        let (from, to) = edge.split_once('→').expect("an edge");
        assert_eq!(forbidden(from, to), None, "{edge}");
    }
    for edge in "source→fault figure→tie tie→check audit→config check→diagnose report→config read→cli config→walk \
                 walk→read walk→pipeline pipeline→cli cli→walk cli→check lib→cli main→tie check→attic attic→tie"
        .split_whitespace()
    {
        let (from, to) = edge.split_once('→').expect("an edge");
        assert!(forbidden(from, to).is_some(), "{edge}");
    }
}

#[test]
fn a_breach_is_named_by_file_edge_and_rule() {
    let text = "//! x\nuse crate::cli::main;\nuse crate::{tie, rule};\nuse super::super::y;\n// crate::report\n\
                use super::bind;\nmod tests {\n    use super::*;\n    use crate::tie::Tie;\n}\n";
    assert_eq!(
        edges(Path::new("check/mod.rs"), text),
        [
            "src/check/mod.rs:2: check → cli: a verb knows nouns and no other verb",
            "src/check/mod.rs:3: `crate::{` hides edges: one `use crate::room::…` for each room",
            "src/check/mod.rs:4: `super::super` hides edges: `crate::room::…` says where it leads",
            "src/check/mod.rs:4: `super::` in the root file of a room is the crate: `crate::room::…`",
            "src/check/mod.rs:6: `super::` in the root file of a room is the crate: `crate::room::…`",
        ]
    );
    assert!(edges(Path::new("check/load.rs"), "use super::types;\n").is_empty());
    assert_eq!(form(Path::new("check/utils.rs"), "use x;\n").len(), 2);
    assert_eq!(form(Path::new("tie/mod.rs"), &"//! x\n".repeat(LONGEST + 1)).len(), 1);
}
