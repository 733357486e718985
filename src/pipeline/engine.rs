//! The checks of a run, compiled once; audits inputs in parallel, their output in order.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::allowed::Allowed;
use super::document::audit;
use super::input::{Input, Sources};
use super::memory::Memory;
use super::schemas::{PackSchema, shapes};
use super::{CheckInfo, Options};
use crate::audit::{Audit, Summary};
use crate::check::{self, Check, Pack};
use crate::fault::Fault;
use crate::read::{self, Limits};
use crate::term::Vocabulary;
use crate::walk;

/// Documents are audited in chunks of so many bytes a thread.
const CHUNK: usize = 1 << 20;

/// A file of checks or terms has at most so many bytes.
const CHECK_FILE: u64 = 64 << 20;

/// Compiled checks and how to use them.
#[derive(Debug)]
pub struct Engine {
    /// What was asked for.
    pub(super) options: Options,
    /// Checks of the user's folders.
    pub(super) own: Vec<Set>,
    /// Checks of the packs, compiled when a document asks for one.
    packs: Vec<(&'static str, OnceLock<Set>)>,
    /// What is wrong in the user's check files; the checks that are right are made all the same.
    faults: Vec<Fault>,
    /// Findings that are allowed.
    pub(super) allowed: Allowed,
    pool: rayon::ThreadPool,
}

/// The checks of one pack or folder that are to be made, with their severities.
#[derive(Debug)]
pub struct Set {
    /// Pack or folder.
    pub name: String,
    /// Its vocabulary.
    pub vocabulary: Arc<Vocabulary>,
    /// Its checks.
    pub checks: Cow<'static, [Check]>,
    /// The schema of its documents.
    pub schema: Option<PackSchema>,
}

/// A set, and what is wrong in its files; or why there is none.
type Compiled = Result<(Set, Vec<Fault>), Box<Fault>>;

impl Set {
    /// The checks of a user's folder, and what is wrong in its files.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn of_folder(folder: &Path, options: &Options) -> Compiled {
        let pack = folder_pack(folder)?;
        let mut wrong = pack.faults;
        let mut set = Self {
            name: pack.name,
            checks: chosen(Cow::Owned(pack.checks), options),
            vocabulary: pack.vocabulary,
            schema: pack.schema.as_ref().map(PackSchema::new),
        };
        // Told once, not for every document.
        if let Some(Err(fault)) = set.schema.as_ref().map(PackSchema::compile) {
            wrong.push(fault);
            set.schema = None;
        }
        Ok((set, wrong))
    }
}

impl Engine {
    /// Compiles the user's checks and those of the packs named; others wait for a document that asks.
    ///
    /// # Errors
    /// A fault for every pack or folder that is not there. What is wrong inside a check file does not
    /// stop the others: see [`Engine::faults`].
    pub fn new(options: Options) -> Result<Self, Vec<Fault>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(options.jobs.unwrap_or(0)).build();
        let pool = pool.map_err(|error| {
            let (en, zh) = (format!("no threads: {error}"), format!("无法创建线程：{error}"));
            vec![Fault::new("run/threads", en, zh)]
        })?;
        let compile = || options.check_folders.par_iter().map(|folder| Set::of_folder(folder, &options)).collect();
        let compiled: Vec<Compiled> = pool.install(compile);
        let (mut faults, mut wrong_files): (Vec<Fault>, Vec<Fault>) = (Vec::new(), Vec::new());
        let mut own = Vec::new();
        for each in compiled {
            match each {
                Ok((set, wrong)) => {
                    own.push(set);
                    wrong_files.extend(wrong);
                }
                Err(fault) => faults.push(*fault),
            }
        }
        let known = check::names();
        for name in &options.packs {
            match check::embedded(name) {
                Some(pack) => faults.extend(pack.faults.iter().cloned()),
                None => faults.push(
                    Fault::new("usage/pack", format!("there is no pack `{name}`"), format!("没有审核公式集“{name}”"))
                        .help(format!("known: {}", known.join(", ")), format!("可用：{}", known.join("、"))),
                ),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let packs = known.into_iter().map(|name| (name, OnceLock::new())).collect();
        let allowed = Allowed::new(options.allow.clone());
        Ok(Self { options, own, packs, faults: wrong_files, allowed, pool })
    }

    /// What is wrong in the user's check files.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The checks of a pack that comes with the binary.
    pub(super) fn pack(&self, name: &str) -> Option<&Set> {
        let (name, cell) = self.packs.iter().find(|(known, _)| *known == name)?;
        let pack = check::embedded(name)?;
        Some(cell.get_or_init(|| Set {
            name: pack.name.clone(),
            checks: chosen(Cow::Borrowed(&pack.checks), &self.options),
            vocabulary: Arc::clone(&pack.vocabulary),
            schema: pack.schema.as_ref().map(PackSchema::new),
        }))
    }

    /// The sets of checks for commands that only speak of them: what was named, else every pack.
    pub(super) fn named(&self) -> Vec<&Set> {
        let all = self.options.packs.is_empty() && self.own.is_empty();
        let packs = self
            .packs
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| all || self.options.packs.iter().any(|named| named == name));
        packs.filter_map(|name| self.pack(name)).chain(&self.own).collect()
    }

    /// Audits the inputs and gives each audit, in their order, to `each`.
    ///
    /// # Errors
    /// When `each` fails.
    pub fn run(&self, inputs: &[walk::Input], each: &mut dyn FnMut(Audit) -> io::Result<()>) -> io::Result<Summary> {
        let mut summary = Summary::default();
        let limits = Limits::default();
        let mut sources = Sources::new(inputs, &limits);
        let bytes = CHUNK * self.pool.current_num_threads();
        let mut chunk: Vec<Input> = sources.chunk(bytes);
        while !chunk.is_empty() {
            let all = || {
                let audits = chunk.into_par_iter();
                audits.map_init(Memory::default, |memory, input| audit(self, input, &limits, memory)).collect()
            };
            // The next are read in the meantime.
            let (audits, next): (Vec<Audit>, _) = self.pool.install(|| rayon::join(all, || sources.chunk(bytes)));
            chunk = next;
            for audit in audits {
                let nothing = audit.ties.total() == 0 && audit.faults.is_empty();
                summary.untied += usize::from(nothing);
                summary.add(&audit);
                each(audit)?;
            }
        }
        summary.files = sources.files();
        if let Some(audit) = self.allowed.unused() {
            summary.findings[1] += audit.findings.len();
            each(audit)?;
        }
        Ok(summary)
    }

    /// What is of no use in the checks: what cannot bind in their schemas, what nothing names, what is said twice.
    #[must_use]
    pub fn lint(&self) -> Vec<Fault> {
        let of = |set: &Set| check::lint(&set.checks, &set.vocabulary, &shapes(&set.name, set.schema.as_ref()));
        self.named().into_iter().flat_map(of).collect()
    }

    /// All checks.
    #[must_use]
    pub fn checks(&self) -> Vec<CheckInfo> {
        let info = |set: &Set, check: &Check| CheckInfo {
            id: check.rule.id.clone(),
            rule: Arc::clone(&check.rule),
            pack: set.name.clone(),
            expression: check.readings.iter().map(|reading| reading.text.as_str()).collect::<Vec<_>>().join("\n"),
            examples: check.examples.len(),
        };
        self.named().into_iter().flat_map(|set| set.checks.iter().map(move |check| info(set, check))).collect()
    }
}

/// The checks that the options leave, with the severities they set.
fn chosen(checks: Cow<'static, [Check]>, options: &Options) -> Cow<'static, [Check]> {
    if options.select.is_empty() && options.ignore.is_empty() && options.severity.is_empty() {
        return checks;
    }
    let chosen = |check: &Check| {
        let rule = options.rule(&check.rule)?;
        Some(Check { rule, ..check.clone() })
    };
    checks.iter().filter_map(chosen).collect()
}

/// The pack that a user's folder is: with a `pack.toml`, or plain check files in the order of their names.
fn folder_pack(folder: &Path) -> Result<Pack, Box<Fault>> {
    let shown = folder.display().to_string();
    let read = |path: &Path| {
        let limits = Limits { bytes: CHECK_FILE, ..Limits::default() };
        read::text(path.display().to_string(), read::bytes(path, &limits)?).map(|source| source.text().to_owned())
    };
    if folder.join("pack.toml").exists() {
        let there = |path: PathBuf| path.exists().then(|| read(&path)).transpose();
        return Ok(check::compile(&shown, &shown, &|file| there(folder.join(file))));
    }
    let missing = |error: &io::Error| {
        Box::new(
            Fault::new(
                "path/not-found",
                format!("the folder of checks {shown} cannot be read: {error}"),
                format!("无法读取审核公式目录 {shown}：{error}"),
            )
            .help("`checks` and --checks name a folder of TOML files", "checks 和 --checks 应指向存放 TOML 文件的目录"),
        )
    };
    let mut files: Vec<PathBuf> = if folder.is_file() {
        vec![folder.to_owned()]
    } else {
        std::fs::read_dir(folder)
            .map_err(|error| missing(&error))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect()
    };
    files.retain(|path| {
        path.extension().is_some_and(|ending| ending == "toml")
            && path.file_name().is_some_and(|name| name != "tieout.toml")
    });
    files.sort();
    check::loose(&shown, &mut files.iter().map(|path| (path.display().to_string(), read(path)))).map_err(Box::new)
}
