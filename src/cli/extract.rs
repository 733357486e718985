//! `tieout extract`: what is read of a report.

use std::io;
use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::{Console, Look};
use crate::config::Config;
use crate::fault::Fault;
use crate::pipeline::report::{extract, show};
use crate::pipeline::{Engine, Extract as Read, Options};

/// Write a report's figures as JSON, each with its place (schema `document`)
#[derive(Args)]
pub struct Extract {
    /// The report: text (.txt) or Markdown (.md)
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// Write the records that checks see in place of tables and sentences
    #[arg(long)]
    typed: bool,
    /// Print what was read for a person to look at
    #[arg(long, conflicts_with = "typed")]
    show: bool,
    /// Pack whose words are used [default: the one that the report is recognised by]
    #[arg(long, value_name = "NAME")]
    pack: Option<String>,
    /// Write to a file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
}

impl Extract {
    pub fn run(&self, console: &mut Console<'_>) -> io::Result<u8> {
        let read = match Read::read(&self.report) {
            Ok(read) => read,
            Err(fault) => return console.faults(&[fault], self.look.settings()),
        };
        let name = self.name();
        let text = if self.show {
            show::show(&read.report, &read.source, self.look.lang())
        } else if self.typed {
            let packs = self.pack.iter().cloned().collect();
            let options = Options { packs, ..super::check::options(Config::default()) };
            match Engine::new(options) {
                Ok(engine) => extract::typed(&read.typed(&engine), &name, &read.sha256),
                Err(faults) => return console.faults(&faults, self.look.settings()),
            }
        } else {
            extract::extract(&read.report, &read.source, &name, &read.sha256)
        };
        match &self.output {
            None => write!(console.out, "{text}")?,
            Some(path) => {
                if let Err(error) = std::fs::write(path, text) {
                    let name = path.display();
                    let (en, zh) =
                        (format!("`{name}` cannot be written: {error}"), format!("`{name}` 无法写入：{error}"));
                    return console.faults(&[Fault::new("usage/output", en, zh)], self.look.settings());
                }
            }
        }
        Ok(0)
    }

    /// The report as the file that is written names it: relative to its folder.
    fn name(&self) -> String {
        let folder = self.output.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let up = folder.components().filter(|part| matches!(part, Component::Normal(_))).count();
        if self.report.is_absolute() || folder.is_absolute() || up == 0 {
            return self.report.display().to_string();
        }
        let shared = folder.components().zip(self.report.components()).take_while(|(one, other)| one == other).count();
        let rest: PathBuf = self.report.components().skip(shared).collect();
        let name: PathBuf = std::iter::repeat_n("..", up - shared).map(Path::new).chain([rest.as_path()]).collect();
        name.display().to_string()
    }
}
