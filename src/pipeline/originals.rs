//! The reports that figures were taken from (`$at`), so that findings can show the line their author has to change.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::finding::{Finding, Origin, Spot};
use crate::read::{self, Limits};
use crate::source::{Source, Span};

/// A report is read for an excerpt up to so many bytes.
const MOST: u64 = 64 << 20;

/// The reports that one document names, each read once.
struct Originals<'a> {
    /// Folder that the names are relative to.
    folder: &'a Path,
    by_name: HashMap<(String, String), Option<Arc<Source>>>,
}

/// Adds to the findings of a document the places in its reports, of those that are there and whose hash agrees.
pub fn show(findings: &mut [Finding], document: &str) {
    let folder = Path::new(document).parent().unwrap_or(Path::new(""));
    let mut originals = Originals { folder, by_name: HashMap::new() };
    findings.iter_mut().for_each(|finding| originals.add(finding));
}

impl Originals<'_> {
    fn add(&mut self, finding: &mut Finding) {
        for spot in finding.targets.iter_mut().chain(&mut finding.operands) {
            let Spot { place, literal, .. } = spot;
            if let Some(origin) = &mut place.origin
                && let Some(source) = self.source(origin)
                && let Some(span) = place_in(&source, origin, literal)
            {
                origin.report = Some((source, span));
            }
        }
        finding.members.iter_mut().for_each(|member| self.add(member));
    }

    fn source(&mut self, origin: &Origin) -> Option<Arc<Source>> {
        let key = (origin.source.clone(), origin.sha256.clone()?);
        let folder = self.folder;
        self.by_name.entry(key).or_insert_with_key(|(name, hash)| source(&folder.join(name), hash)).clone()
    }
}

/// A report, if its hash agrees; anything else is no fault, as the figures can be shown where they are.
fn source(path: &Path, hash: &str) -> Option<Arc<Source>> {
    let bytes = read::bytes(path, &Limits { bytes: MOST, ..Limits::default() }).ok()?;
    let found = Sha256::digest(&bytes).iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"));
    (found == hash).then(|| read::text(path.display().to_string(), bytes).ok())?
}

/// The bytes that `$at` names; else the literal on its line, if it stands there once; else the line.
fn place_in(source: &Source, origin: &Origin, literal: &str) -> Option<Span> {
    if let Some(span) = origin.span.filter(|span| !source.slice(*span).is_empty()) {
        return Some(span);
    }
    let line = source.line_span((origin.line as usize).checked_sub(1)?)?;
    let text = source.slice(line);
    let at = |start: usize, length: usize| Span::new(line.start as usize + start, line.start as usize + start + length);
    let column = origin.column.and_then(|column| text.char_indices().nth((column as usize).checked_sub(1)?));
    if let Some((start, _)) = column.filter(|(start, _)| !literal.is_empty() && text[*start..].starts_with(literal)) {
        return Some(at(start, literal.len()));
    }
    let digit = |each: Option<char>| each.is_some_and(|each| each.is_ascii_digit());
    let whole = |start: usize| {
        let (before, after) = (&text[..start], &text[start + literal.len()..]);
        !digit(before.trim_end_matches(['.', ',']).chars().next_back())
            && !digit(after.trim_start_matches(['.', ',']).chars().next())
    };
    let mut places = text.match_indices(literal).map(|(start, _)| start).filter(|start| whole(*start));
    match (places.next(), places.next()) {
        (Some(start), None) if !literal.is_empty() => Some(at(start, literal.len())),
        _ => {
            let trimmed = text.trim();
            Some(at(text.len() - text.trim_start().len(), trimmed.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, literal: &str, column: Option<u32>, span: Option<Span>) -> Option<String> {
        let source = Source::new("report.txt", text);
        let origin = Origin { source: "report.txt".into(), line: 2, column, span, sha256: None, report: None };
        let span = place_in(&source, &origin, literal)?;
        Some(format!("{}:{}", span.start, source.slice(span)))
    }

    #[test]
    fn a_figure_is_found_on_its_line() {
        let text = "一\n  小计\t5.10\t15.10\t7\t7\n";
        assert_eq!(shown(text, "5.10", None, None).as_deref(), Some("13:5.10"));
        assert_eq!(shown(text, "7", Some(19), None).as_deref(), Some("26:7"));
        assert_eq!(shown(text, "x", None, Some(Span { start: 0, end: 3 })).as_deref(), Some("0:一"));
        assert_eq!(shown(text, "7", None, None).as_deref(), Some("6:小计\t5.10\t15.10\t7\t7"), "it stands there twice");
        assert_eq!(shown("one line", "5", None, None), None);
    }
}
