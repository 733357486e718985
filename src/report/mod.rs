//! Writes audits for people and programs, one file a format.

mod escape;
mod excerpt;
pub mod extract;
mod json;
mod ndjson;
pub mod reference;
mod short;
pub mod show;
mod terminal;
pub mod wording;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use std::io;

use rayon::prelude::*;

use crate::audit::{Audit, Summary};
use crate::fault::Fault;

/// So many findings are written out at once.
const AT_ONCE: usize = 256;

/// A language of the reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English.
    En,
    /// Chinese.
    Zh,
}

/// A format of the reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excerpts with labels, for people.
    Terminal,
    /// One line a finding.
    Short,
    /// One JSON object, `schemas/output/v1.schema.json`.
    Json,
    /// One JSON object a document, then one with the summary.
    Ndjson,
}

/// How a report is written.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The format.
    pub format: Format,
    /// The language of its sentences.
    pub lang: Lang,
    /// Colours, where the format has any.
    pub color: bool,
    /// Whether every tie is written.
    pub ties: bool,
    /// Leaves out the summary line.
    pub quiet: bool,
    /// Says more about what was not checked.
    pub verbose: bool,
}

/// Writes what comes of each document, in order. Findings go to `out`; in the formats for people
/// faults and the summary go to `err`.
pub struct Report<'a> {
    settings: Settings,
    out: &'a mut dyn io::Write,
    err: &'a mut dyn io::Write,
    collected: json::Collected,
}

impl<'a> Report<'a> {
    /// A report of nothing yet.
    pub fn start(settings: Settings, out: &'a mut dyn io::Write, err: &'a mut dyn io::Write) -> Self {
        Self { settings, out, err, collected: json::Collected::default() }
    }

    /// Writes, or for some formats collects, what came of one document.
    ///
    /// # Errors
    /// When writing fails.
    pub fn audit(&mut self, audit: &Audit) -> io::Result<()> {
        let lang = self.settings.lang;
        match self.settings.format {
            Format::Terminal => {
                for some in audit.findings.chunks(AT_ONCE) {
                    let shown =
                        some.par_iter().with_min_len(8).map(|finding| terminal::finding(finding, &self.settings));
                    shown.collect::<Vec<_>>().iter().try_for_each(|shown| self.out.write_all(shown.as_bytes()))?;
                }
            }
            Format::Short => {
                for finding in &audit.findings {
                    writeln!(self.out, "{}", short::finding(finding, &audit.name, lang))?;
                }
            }
            Format::Json => {
                self.collected.add(audit, &self.settings);
                return Ok(());
            }
            Format::Ndjson => return ndjson::audit(audit, &self.settings, self.out),
        }
        if self.settings.ties {
            for tie in &audit.tie_records {
                writeln!(self.out, "{}", short::tie(tie, &audit.name, lang))?;
            }
        }
        audit.faults.iter().try_for_each(|fault| self.fault(fault))?;
        if self.settings.verbose {
            for line in short::remarks(audit, lang) {
                writeln!(self.err, "{line}")?;
            }
        }
        Ok(())
    }

    /// Writes, or collects, a fault that belongs to no document.
    ///
    /// # Errors
    /// When writing fails.
    pub fn fault(&mut self, fault: &Fault) -> io::Result<()> {
        match self.settings.format {
            Format::Terminal => {
                // What was found so far comes first, where both streams are one terminal.
                self.out.flush()?;
                write!(self.err, "{}", terminal::fault(fault, &self.settings))
            }
            Format::Short => {
                self.out.flush()?;
                writeln!(self.err, "{}", short::fault(fault, self.settings.lang))
            }
            Format::Json | Format::Ndjson => {
                self.collected.fault(fault, self.settings.lang);
                Ok(())
            }
        }
    }

    /// Ends the report with the summary of the run.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self, summary: &Summary) -> io::Result<()> {
        match self.settings.format {
            Format::Json => std::mem::take(&mut self.collected).finish(summary, &self.settings, self.out)?,
            Format::Ndjson => ndjson::finish(&self.collected, summary, self.out)?,
            Format::Terminal | Format::Short => {}
        }
        self.out.flush()?;
        if self.settings.format.is_for_people() {
            if self.settings.verbose && !summary.unbound.is_empty() {
                writeln!(self.err, "{}", wording::unbound(self.settings.lang, &summary.unbound))?;
            }
            if !self.settings.quiet {
                writeln!(self.err, "{}", wording::summary(self.settings.lang, summary))?;
            }
        }
        self.err.flush()
    }
}

impl Format {
    /// Whether it is read by people, so that faults and the summary stand apart from the findings.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Terminal | Self::Short)
    }
}
