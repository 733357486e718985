//! One JSON object a document, written as soon as it is audited, then one with the summary of the run.

use std::io::{self, Write};

use serde::Serialize;

use super::Settings;
use super::escape::Escape;
use super::json::{self, Collected};
use crate::audit;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    source: &'a str,
    findings: Vec<json::Finding>,
    faults: Vec<json::Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<Vec<json::Tie>>,
}

#[derive(Serialize)]
struct Last<'a> {
    version: u32,
    summary: json::Summary,
    faults: &'a [json::Fault],
}

/// Writes one document; ids of ties are unique in it.
pub fn audit(audit: &audit::Audit, settings: &Settings, out: &mut dyn io::Write) -> io::Result<()> {
    let lang = settings.lang;
    let document = Document {
        version: json::VERSION,
        source: &audit.name,
        findings: audit.findings.iter().map(|each| json::Finding::new(each, 0, lang)).collect(),
        faults: audit.faults.iter().map(|each| json::Fault::new(each, lang)).collect(),
        ties: settings.ties.then(|| json::ties(audit, 0, lang).collect()),
    };
    // Written in one piece, as it is put together from many small ones.
    let mut line = serde_json::to_vec(&document)?;
    line.push(b'\n');
    Escape(out).write_all(&line)
}

/// Writes the summary, with the faults that belong to no document.
pub fn finish(collected: &Collected, summary: &audit::Summary, out: &mut dyn io::Write) -> io::Result<()> {
    let last = Last { version: json::VERSION, summary: json::Summary::new(summary), faults: &collected.faults };
    serde_json::to_writer(Escape(out), &last)?;
    writeln!(out)
}
