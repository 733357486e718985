//! Findings and faults for people: a headline, every figure labelled at its own place, notes.

use std::sync::Arc;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as Level};
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{self, Config};

use super::excerpt::Excerpts;
use super::{Settings, wording};
use crate::fault::Fault;
use crate::finding::{Finding, Place, Severity, Spot};
use crate::source::{Source, Span, safe};

/// Labels of operands in one finding; the rest are counted.
const OPERANDS: usize = 12;
/// Labels of targets, as a figure may stand in any number of places.
const TARGETS: usize = 12;

/// A label before its place is known in the excerpt.
struct Mark<'a> {
    source: &'a Arc<Source>,
    span: Span,
    style: LabelStyle,
    text: String,
}

impl<'a> Mark<'a> {
    fn at(spot: &'a Spot, style: LabelStyle, text: String) -> Self {
        let (source, span) = spot.place.shown();
        Self { source, span, style, text }
    }
}

/// A finding as printed.
pub fn finding(finding: &Finding, settings: &Settings) -> String {
    let lang = settings.lang;
    let mut marks: Vec<Mark<'_>> = Vec::new();
    for spot in finding.targets.iter().take(TARGETS) {
        marks.push(Mark::at(spot, LabelStyle::Primary, wording::target(lang, finding, spot)));
    }
    for spot in finding.operands.iter().take(OPERANDS) {
        marks.push(Mark::at(spot, LabelStyle::Secondary, wording::label(lang, spot).to_owned()));
    }
    let unlabelled = finding.targets.len().saturating_sub(TARGETS) + finding.operands.len().saturating_sub(OPERANDS);

    let mut notes = wording::notes(lang, finding);
    if unlabelled > 0 {
        notes.push(wording::unlabelled(lang, unlabelled));
    }
    notes.extend(finding.members.iter().map(|member| {
        let line = member.targets.first().or(member.operands.first()).map(|spot| line_of(&spot.place));
        wording::member(lang, line, member)
    }));
    notes.extend(origins(finding).iter().map(|place| wording::origin(lang, place)));
    notes.extend(wording::help(lang, finding).map(|text| wording::help_line(lang, &text)));

    let level = match finding.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    };
    let word = wording::severity(lang, finding.severity);
    print(level, word, &finding.rule.id, &wording::headline(lang, finding), &marks, &one_lines(&notes), settings.color)
}

/// A fault as printed.
pub fn fault(fault: &Fault, settings: &Settings) -> String {
    let lang = settings.lang;
    let mut marks = Vec::new();
    if let Some((source, span)) = &fault.place {
        marks.push(Mark { source, span: *span, style: LabelStyle::Primary, text: String::new() });
        marks.extend(fault.other.map(|span| Mark {
            source,
            span,
            style: LabelStyle::Secondary,
            text: wording::other_place(lang).to_owned(),
        }));
    }
    let help = fault.help.as_ref().map(|help| wording::help_line(lang, wording::pick(lang, help)));
    // An example of TOML keeps its lines: on one line it would be wrong.
    let notes: Vec<String> =
        help.iter().map(|help| help.lines().map(one_line).collect::<Vec<_>>().join("\n")).collect();
    print(
        Level::Bug,
        wording::fault(lang),
        fault.code,
        wording::pick(lang, &fault.message),
        &marks,
        &notes,
        settings.color,
    )
}

fn line_of(place: &Place) -> u32 {
    let (source, span) = place.shown();
    source.line(span.start)
}

/// Where the targets came from, each once, if the excerpt does not show it.
fn origins(finding: &Finding) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for origin in finding.targets.iter().filter_map(|spot| spot.place.origin.as_ref()) {
        if origin.report.is_some() {
            continue;
        }
        let column = origin.column.map(|column| format!(":{column}")).unwrap_or_default();
        let text = format!("{}:{}{column}", origin.source, origin.line);
        if !all.contains(&text) {
            all.push(text);
        }
    }
    all
}

fn one_line(text: &str) -> String {
    safe(text).replace('\n', " ")
}

fn one_lines(notes: &[String]) -> Vec<String> {
    notes.iter().map(|note| one_line(note)).collect()
}

fn print(
    level: Level,
    word: &str,
    code: &str,
    headline: &str,
    marks: &[Mark<'_>],
    notes: &[String],
    color: bool,
) -> String {
    let excerpts = Excerpts::new(marks.iter().map(|mark| (mark.source, mark.span)));
    let labels = marks.iter().filter_map(|mark| {
        let (file, range) = excerpts.locate(mark.source, mark.span)?;
        Some(Label::new(mark.style, file, range).with_message(one_line(&mark.text)))
    });
    let diagnostic = Diagnostic::new(level)
        .with_code(one_line(code))
        .with_message(one_line(headline))
        .with_labels(labels.collect())
        .with_notes(notes.to_vec());
    let config = Config::default();
    let mut buffer = Vec::new();
    let written = if color {
        term::emit_to_write_style(&mut Ansi::new(&mut buffer), &config, &excerpts, &diagnostic)
    } else {
        term::emit_to_io_write(&mut buffer, &config, &excerpts, &diagnostic)
    };
    let text = String::from_utf8_lossy(&buffer).lines().fold(String::new(), |text, line| text + line.trim_end() + "\n");
    match written {
        // The words for severities are codespan's own; the first in its output is the one to change.
        Ok(()) => text.replacen(level_word(level), word, 1),
        Err(_) => format!("{word}[{code}]: {}\n\n", one_line(headline)),
    }
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Bug => "bug",
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
        Level::Help => "help",
    }
}
