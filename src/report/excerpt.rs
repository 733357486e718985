//! The parts of sources that a finding shows: whole lines, or windows of long ones, safe to print.

use std::ops::Range;
use std::sync::Arc;

use codespan_reporting::files::{Error, Files};

use crate::source::{Source, Span, safe};

/// Lines of at most so many characters are shown whole.
const WHOLE: usize = 120;
/// Characters shown before a figure on a longer line.
const BEFORE: usize = 40;
/// Characters shown of the place itself, then after it.
const WITHIN: usize = 60;
const AFTER: usize = 24;
/// Windows that are nearer than so many bytes become one.
const NEAR: u32 = 12;

/// Excerpts of every source of a finding, for codespan, which would print long lines whole.
pub struct Excerpts {
    files: Vec<Excerpt>,
}

struct Excerpt {
    source: Arc<Source>,
    name: String,
    text: String,
    windows: Vec<Window>,
}

struct Window {
    /// Line index for codespan: consecutive only for lines that are, so that it marks the gaps.
    index: usize,
    /// The line or a part of it, in the source.
    span: Span,
    /// The same in the text of the excerpt.
    shown: Range<usize>,
    /// Bytes of the excerpt before the first character of the source.
    lead: usize,
}

impl Excerpts {
    /// The excerpts that hold all these places.
    pub fn new<'a>(places: impl Iterator<Item = (&'a Arc<Source>, Span)>) -> Self {
        let mut by_source: Vec<(&Arc<Source>, Vec<Span>)> = Vec::new();
        for (source, span) in places {
            let window = window(source, on_one_line(source, span));
            match by_source.iter_mut().find(|(known, _)| Arc::ptr_eq(known, source)) {
                Some((_, windows)) => windows.push(window),
                None => by_source.push((source, vec![window])),
            }
        }
        Self { files: by_source.into_iter().map(|(source, windows)| Excerpt::new(source, windows)).collect() }
    }

    /// The file and the range in its excerpt that show the place.
    pub fn locate(&self, source: &Arc<Source>, span: Span) -> Option<(usize, Range<usize>)> {
        let file = self.files.iter().position(|file| Arc::ptr_eq(&file.source, source))?;
        let (excerpt, span) = (&self.files[file], on_one_line(source, span));
        let window =
            excerpt.windows.iter().find(|each| each.span.start <= span.start && span.start <= each.span.end)?;
        let end = span.end.min(window.span.end).max(span.start);
        let length = |from: u32, to: u32| safe(source.slice(Span { start: from, end: to })).len();
        let start = window.shown.start + window.lead + length(window.span.start, span.start);
        Some((file, start..start + length(span.start, end)))
    }

    fn file(&self, id: usize) -> Result<&Excerpt, Error> {
        self.files.get(id).ok_or(Error::FileMissing)
    }
}

impl Excerpt {
    fn new(source: &Arc<Source>, mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        let mut merged: Vec<Span> = Vec::new();
        for span in spans {
            match merged.last_mut() {
                Some(last) if near(source, *last, span) => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        let (mut text, mut windows, mut index) = (String::new(), Vec::<Window>::new(), 0);
        for span in merged {
            if let Some(last) = windows.last() {
                let lines = source.line_index(span.start) - source.line_index(last.span.start);
                index += if lines <= 1 { 1 } else { 3 };
            }
            let line = source.line_span(source.line_index(span.start)).unwrap_or(span);
            let (cut_left, cut_right) = (span.start > line.start, span.end < line.end);
            let start = text.len();
            text.push_str(if cut_left { "…" } else { "" });
            let lead = text.len() - start;
            text.push_str(&safe(source.slice(span)));
            text.push_str(if cut_right { "…" } else { "" });
            windows.push(Window { index, span, shown: start..text.len(), lead });
            text.push('\n');
        }
        Self { source: Arc::clone(source), name: safe(source.name()).replace('\n', " "), text, windows }
    }

    fn window(&self, index: usize) -> Result<&Window, Error> {
        let found = self.windows.iter().find(|window| window.index == index);
        found.ok_or(Error::LineTooLarge { given: index, max: self.windows.len() })
    }
}

/// The part of a place that is on its first line.
fn on_one_line(source: &Source, span: Span) -> Span {
    let line = source.line_span(source.line_index(span.start)).unwrap_or(span);
    let start = boundary(source, span.start.clamp(line.start, line.end));
    Span { start, end: boundary(source, span.end.clamp(start, line.end)) }
}

/// The character that holds the byte starts here.
fn boundary(source: &Source, byte: u32) -> u32 {
    (0..=byte).rev().find(|at| source.text().is_char_boundary(*at as usize)).unwrap_or(0)
}

fn window(source: &Source, span: Span) -> Span {
    let line = source.line_span(source.line_index(span.start)).unwrap_or(span);
    if source.slice(line).chars().nth(WHOLE).is_none() {
        return line;
    }
    let left = source.slice(Span { start: line.start, end: span.start });
    let start = left.char_indices().rev().nth(BEFORE).map_or(0, |(at, each)| at + each.len_utf8());
    let within = source.slice(span).char_indices().nth(WITHIN).map(|(at, _)| span.start as usize + at);
    let end = within.unwrap_or_else(|| {
        let right = source.slice(Span { start: span.end, end: line.end });
        span.end as usize + right.char_indices().nth(AFTER).map_or(right.len(), |(at, _)| at)
    });
    Span::new(line.start as usize + start, end)
}

fn near(source: &Source, left: Span, right: Span) -> bool {
    source.line_index(left.start) == source.line_index(right.start) && right.start <= left.end.saturating_add(NEAR)
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.file(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let file = self.file(id)?;
        let window = file.windows.iter().find(|window| byte <= window.shown.end).or(file.windows.last());
        window.map(|window| window.index).ok_or(Error::FileMissing)
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        let file = self.file(id)?;
        Ok(file.source.line(file.window(index)?.span.start) as usize)
    }

    fn column_number(&'a self, id: usize, index: usize, byte: usize) -> Result<usize, Error> {
        let file = self.file(id)?;
        let window = file.window(index)?;
        // The safe copy has the characters of the source one for one, but not its bytes.
        let first = file.source.position(window.span.start).column as usize;
        let before = file.text.get(window.shown.start + window.lead..byte).unwrap_or_default();
        Ok(first + before.chars().count())
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        self.file(id)?.window(index).map(|window| window.shown.clone())
    }
}
