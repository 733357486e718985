//! `tieout check`: audit files and folders.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::status::{self, FailOn};
use super::{Color, Console, Look};
use crate::config::{self, Config};
use crate::fault::Fault;
use crate::finding::Confidence;
use crate::pipeline::report::{Format, Report, Settings};
use crate::pipeline::walk::{self, Filter};
use crate::pipeline::{Engine, Options};

/// Audit files and folders
#[derive(Args)]
pub struct Check {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "terminal")]
    format: FormatName,
    /// Write every tie too, not only the findings
    #[arg(long)]
    ties: bool,
    /// Write the findings to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    checks: Selection,
    /// Check only ids that are this or start with it
    #[arg(long, value_name = "ID")]
    select: Vec<String>,
    /// Leave out ids that are this or start with it
    #[arg(long, value_name = "ID")]
    ignore: Vec<String>,
    /// The least that makes the exit status 1; each includes those before it
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "warning")]
    fail_on: FailOn,
    /// The least confidence that is shown
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "strong")]
    strictness: Strictness,
    /// Threads [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    look: Look,
    /// Leave out the summary line
    #[arg(short, long)]
    quiet: bool,
    /// Say more about what was not checked
    #[arg(short, long)]
    verbose: bool,
}

/// Which checks there are.
#[derive(Args)]
pub struct Selection {
    /// Pack of checks, instead of those that the configuration names
    #[arg(long, value_name = "NAME")]
    pack: Vec<String>,
    /// Folder of check files, instead of those that the configuration names
    #[arg(long, value_name = "DIR")]
    checks: Vec<PathBuf>,
    /// Configuration file [default: the nearest tieout.toml upwards]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum FormatName {
    Terminal,
    Short,
    Json,
    Ndjson,
}

#[derive(Clone, Copy, ValueEnum)]
enum Strictness {
    Declared,
    Strong,
    Weak,
}

impl Selection {
    /// The configuration, with what the command line says instead.
    pub fn config(&self) -> Result<Config, Vec<Fault>> {
        let found = || std::env::current_dir().ok().and_then(|folder| config::find(&folder));
        let mut config = match self.config.clone().or_else(found) {
            Some(path) => config::read(&path)?,
            None => Config::default(),
        };
        if !self.pack.is_empty() {
            config.packs.clone_from(&self.pack);
        }
        if !self.checks.is_empty() {
            config.checks.clone_from(&self.checks);
        }
        Ok(config)
    }

    /// The engine of all checks, for commands that only speak of them.
    pub fn engine(&self) -> Result<Engine, Vec<Fault>> {
        let engine = Engine::new(options(self.config()?))?;
        if engine.faults().is_empty() { Ok(engine) } else { Err(engine.faults().to_vec()) }
    }
}

/// The options of a configuration.
pub fn options(config: Config) -> Options {
    Options {
        packs: config.packs,
        check_folders: config.checks,
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Weak,
        keep_ties: false,
        jobs: None,
        severity: config.severity,
        allow: config.allow,
    }
}

impl Check {
    pub fn run(&self, console: &mut Console<'_>) -> io::Result<u8> {
        let settings = self.settings();
        let Some(path) = &self.output else { return self.report(console, settings) };
        match File::create(path) {
            Ok(file) => {
                let mut file = BufWriter::new(file);
                let status = self.report(&mut Console { out: &mut file, err: console.err }, settings)?;
                file.flush().map(|()| status)
            }
            Err(error) => {
                let name = path.display();
                let en = format!("{name} cannot be written: {error}");
                let fault = Fault::new("path/unwritable", en, format!("无法写入 {name}：{error}"));
                console.faults(&[fault], settings)
            }
        }
    }

    fn settings(&self) -> Settings {
        let format = match self.format {
            FormatName::Terminal => Format::Terminal,
            FormatName::Short => Format::Short,
            FormatName::Json => Format::Json,
            FormatName::Ndjson => Format::Ndjson,
        };
        let color = self.look.color() && (self.output.is_none() || self.look.color == Color::Always);
        let (ties, quiet, verbose) = (self.ties, self.quiet, self.verbose);
        Settings { format, lang: self.look.lang(), color, ties, quiet, verbose }
    }

    fn report(&self, console: &mut Console<'_>, settings: Settings) -> io::Result<u8> {
        let (filter, engine) = match self.prepare() {
            Ok(ready) => ready,
            Err(faults) => return console.faults(&faults, settings),
        };
        let (inputs, faults) = walk::walk(&self.paths, &filter);
        let mut report = Report::start(settings, console.out, console.err);
        engine.faults().iter().chain(&faults).try_for_each(|fault| report.fault(fault))?;
        let mut summary = engine.run(&inputs, &mut |audit| report.audit(&audit))?;
        summary.faults += engine.faults().len() + faults.len();
        if summary.ties.total() == 0 && summary.faults == 0 {
            report.fault(&nothing_tied())?;
            summary.faults += 1;
        }
        report.finish(&summary)?;
        Ok(status::of(&summary, self.fail_on))
    }

    fn prepare(&self) -> Result<(Filter, Engine), Vec<Fault>> {
        let config = self.checks.config()?;
        let filter = Filter::new(&config.folder, &config.include, &config.exclude)?;
        let strictness = match self.strictness {
            Strictness::Declared => Confidence::Declared,
            Strictness::Strong => Confidence::Strong,
            Strictness::Weak => Confidence::Weak,
        };
        let engine = Engine::new(Options {
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            strictness,
            keep_ties: self.ties,
            jobs: self.jobs.map(NonZeroUsize::get),
            ..options(config)
        })?;
        Ok((filter, engine))
    }
}

/// An exit status of 2 is never without a word.
fn nothing_tied() -> Fault {
    Fault::new("check/nothing-tied", "nothing at all could be tied", "没有任何可勾稽的数据").help(
        "name a report (.json, .ndjson), a pack (--pack NAME) or a folder of your own checks (--checks DIR)",
        "请指定报告文件（.json、.ndjson），并用 --pack 指定审核公式集，或用 --checks 指定自备公式目录",
    )
}
