//! Packs: a folder of checks with its vocabulary; those that come with the binary, compiled when asked for.

use std::collections::HashMap;
use std::path::{Component, Path};
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use serde::Deserialize;

use super::declaration::Check;
use super::faults::Faults;
use super::layout;
use super::load::load;
use super::terms;
use super::types;
use crate::fault::{Bilingual, Fault};
use crate::source::{Source, Span};
use crate::term::Vocabulary;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/checks");

/// Checks with the vocabulary they are written in.
#[derive(Debug, Default)]
pub struct Pack {
    /// Its name; empty for a user's own checks.
    pub name: String,
    /// What it is for.
    pub title: Bilingual,
    /// Its vocabulary.
    pub vocabulary: Arc<Vocabulary>,
    /// Its checks, in the order of its files.
    pub checks: Vec<Check>,
    /// The JSON Schema of the documents that it is for.
    pub schema: Option<Arc<Source>>,
    by_id: HashMap<String, usize>,
    /// What is wrong in its files.
    pub faults: Vec<Fault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    title: Title,
    files: Vec<String>,
    schema: Option<String>,
    #[serde(default)]
    vocabulary: Openness,
    #[serde(default)]
    prose: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Title {
    en: String,
    zh: String,
}

#[derive(Deserialize, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Openness {
    #[default]
    Open,
    Closed,
}

/// Names of the packs that come with the binary.
#[must_use]
pub fn names() -> Vec<&'static str> {
    EMBEDDED.dirs().filter_map(|dir| dir.path().to_str()).collect()
}

/// A pack that comes with the binary, compiled at first use.
#[must_use]
pub fn embedded(name: &str) -> Option<&'static Pack> {
    static PACKS: OnceLock<Vec<(&'static str, OnceLock<Pack>)>> = OnceLock::new();
    let packs = PACKS.get_or_init(|| names().into_iter().map(|name| (name, OnceLock::new())).collect());
    let (name, cell) = packs.iter().find(|(known, _)| *known == name)?;
    Some(cell.get_or_init(|| {
        let file = |file: &str| EMBEDDED.get_file(format!("{name}/{file}")).and_then(include_dir::File::contents_utf8);
        compile(name, &format!("checks/{name}"), &|path| Ok(file(path).map(str::to_owned)))
    }))
}

/// Compiles a pack from its files, given by their names in its folder; `None` where there is no such file.
pub fn compile(name: &str, folder: &str, file: &dyn Fn(&str) -> Result<Option<String>, Fault>) -> Pack {
    let mut pack = Pack { name: name.to_owned(), ..Pack::default() };
    let path = |file: &str| format!("{folder}/{file}");
    let Some(source) = pack.source("pack/manifest", path("pack.toml"), file("pack.toml")) else { return pack };
    let manifest = match toml::from_str::<Manifest>(source.text()) {
        Ok(manifest) => manifest,
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let fault = Fault::new("pack/manifest", error.message(), error.message());
            pack.faults.push(fault.at(&source, Span::new(span.start, span.end)));
            return pack;
        }
    };
    pack.title = Bilingual::new(manifest.title.en, manifest.title.zh);
    let terms = file("terms.toml");
    if !matches!(terms, Ok(None))
        && let Some(source) = pack.source("pack/file", path("terms.toml"), terms)
    {
        match terms::load(&source) {
            Ok(vocabulary) => pack.vocabulary = Arc::new(vocabulary),
            Err(fault) => pack.faults.push(*fault),
        }
    }
    let sections = file("sections.toml");
    if !matches!(sections, Ok(None))
        && let Some(source) = pack.source("pack/file", path("sections.toml"), sections)
    {
        match layout::load(&source, &pack.vocabulary) {
            Ok(layout) => Arc::make_mut(&mut pack.vocabulary).layout = layout,
            Err(fault) => pack.faults.push(*fault),
        }
    }
    let vocabulary = Arc::make_mut(&mut pack.vocabulary);
    vocabulary.closed = manifest.vocabulary == Openness::Closed;
    vocabulary.prose = manifest.prose;
    // A fault shows what stands in a file, so none is read outside the folder.
    let inside = |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    let found = |name: &str| if inside(name) { file(name) } else { Ok(None) };
    for name in &manifest.files {
        if let Some(source) = pack.source("pack/file", path(name), found(name)) {
            pack.add(&source);
        }
    }
    if let Some(name) = &manifest.schema {
        pack.schema = pack.source("pack/file", path(name), found(name));
    }
    pack
}

/// A user's check files without a manifest, given by name and text; a file `terms.toml` is their vocabulary.
///
/// # Errors
/// There is no check file, or the vocabulary is wrong.
pub fn loose(name: &str, files: &mut dyn Iterator<Item = (String, Result<String, Fault>)>) -> Result<Pack, Fault> {
    let mut pack = Pack { name: name.to_owned(), ..Pack::default() };
    let mut sources = Vec::new();
    for (path, text) in files {
        let text = match text {
            Ok(text) => text,
            Err(fault) => {
                pack.faults.push(fault);
                continue;
            }
        };
        let source = Arc::new(Source::new(path, text));
        if source.name().ends_with("terms.toml") {
            pack.vocabulary = Arc::new(terms::load(&source).map_err(|fault| *fault)?);
        } else {
            sources.push(source);
        }
    }
    if sources.is_empty() && pack.faults.is_empty() {
        let fault = Fault::new(
            "check/no-files",
            format!("there is no check file in {name}"),
            format!("{name} 中没有审核公式文件"),
        );
        return Err(fault.help(
            "a check file is TOML: `tieout init` shows one",
            "审核公式文件为 TOML 格式，可用 tieout init 生成示例",
        ));
    }
    sources.iter().for_each(|source| pack.add(source));
    Ok(pack)
}

impl Pack {
    /// The source of a file that must be there.
    fn source(
        &mut self,
        code: &'static str,
        path: String,
        found: Result<Option<String>, Fault>,
    ) -> Option<Arc<Source>> {
        let missing = || Fault::new(code, format!("{path} is missing"), format!("缺少 {path}"));
        match found.and_then(|text| text.ok_or_else(missing)) {
            Ok(text) => Some(Arc::new(Source::new(path, text))),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    /// Adds the checks of a file, after looking at each with the vocabulary.
    pub fn add(&mut self, source: &Arc<Source>) {
        let mut found = Faults::default();
        for check in load(source, &mut found) {
            if let Some(first) = self.by_id.get(&check.rule.id).map(|at| &self.checks[*at]) {
                let line = first.source.line(first.span.start);
                let fault = Fault::new(
                    "check/duplicate-id",
                    format!("the id `{}` is taken by the check at {}:{}", check.rule.id, first.source.name(), line),
                    format!("id `{}` 已被 {}:{} 处的审核公式使用", check.rule.id, first.source.name(), line),
                );
                let fault = fault.help("give one of the two another id", "请更换其中一条的 id");
                found.push(fault.at(&check.source, check.span));
                continue;
            }
            let faults = types::faults(&check, &self.vocabulary);
            if faults.is_empty() {
                self.by_id.insert(check.rule.id.clone(), self.checks.len());
                self.checks.push(check);
            }
            faults.into_iter().for_each(|fault| found.push(fault));
        }
        self.faults.extend(found.finish());
    }
}
