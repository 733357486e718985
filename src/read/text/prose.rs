//! Headings and paragraphs: lines put together that a page or the width of a page cut.

use super::kind::{Kind, ends_sentence, is_closed_by, is_form, kind};
use super::lines::{Line, width};
use crate::document::Passage;
use crate::read::block::Block;
use crate::read::markup;
use crate::source::Span;

/// A line of so many columns may have been cut at the width of the page; shorter ones end where they should.
const FULL: usize = 52;
/// The same where signs say that the sentence goes on.
const HALF: usize = 20;

/// What no line starts with, unless the one before goes on.
const NEVER_FIRST: [char; 13] = ['，', '。', '、', '；', '：', '！', '？', '）', '》', '”', '％', '%', ','];

/// A paragraph that may go on.
#[derive(Debug, Default)]
pub struct Prose<'a> {
    first: Option<(Line<'a>, Kind)>,
    last: Option<Line<'a>>,
    count: usize,
    passage: Passage,
}

impl<'a> Prose<'a> {
    /// Adds a line: to the paragraph, or to a new one.
    pub fn add(&mut self, line: Line<'a>, blocks: &mut Vec<Block>) {
        if !self.goes_on(&line) {
            self.end(blocks);
            self.first = Some((line, kind(line.trimmed())));
        }
        join(&mut self.passage, &line);
        self.last = Some(line);
        self.count += 1;
    }

    /// Ends the paragraph.
    pub fn end(&mut self, blocks: &mut Vec<Block>) {
        let prose = std::mem::take(self);
        let passage = prose.passage.trimmed();
        if passage.is_blank() {
            return;
        }
        blocks.push(match prose.first {
            Some((_, Kind::Heading(depth))) if prose.count == 1 => Block::Heading(passage, depth),
            _ => Block::Paragraph(passage),
        });
    }

    fn goes_on(&self, next: &Line) -> bool {
        let (Some((first, first_kind)), Some(last)) = (&self.first, &self.last) else { return false };
        let (text, next_text) = (last.trimmed(), next.trimmed());
        let next_kind = kind(next_text);
        if matches!(first_kind, Kind::Caption | Kind::Unit)
            || matches!(next_kind, Kind::Caption | Kind::Unit | Kind::Note)
        {
            return false;
        }
        // The line of a form is one of its own, behind the title of the form as well as before the table.
        if is_form(text) || is_form(next_text) {
            return false;
        }
        if next_text.starts_with(NEVER_FIRST) || is_closed_by(text, next_text) {
            return true;
        }
        if next_kind != Kind::Plain || is_spaced(text) || is_spaced(next_text) {
            return false;
        }
        let (is_full, is_half) = (is_as_wide(text, FULL), is_as_wide(text, HALF));
        let is_open = !ends_sentence(text);
        // Where the first lines of paragraphs are set in, a line that is not goes on.
        if self.is_set_out(first, next) && (is_full || is_half && is_open && !next.apart()) {
            return true;
        }
        if !is_open || self.is_set_in(first, next) {
            return false;
        }
        if matches!(first_kind, Kind::Heading(_) | Kind::Note) && self.count == 1 {
            return is_full && !next.apart();
        }
        let hangs = text.ends_with(['，', ',', '、', '—', '《', '“', '（', '(', '-'])
            || next_text.starts_with(|each: char| each.is_ascii_lowercase());
        let starts_anew = next.apart() && next_text.starts_with(|each: char| each.is_ascii_uppercase()) && !hangs;
        (is_full || hangs && (is_half || !next.apart())) && !starts_anew
    }

    /// The line stands further left than the first of the paragraph, as all others of it do.
    fn is_set_out(&self, first: &Line, next: &Line) -> bool {
        let is_as_before = self.count == 1 || self.last.is_some_and(|last| last.indent == next.indent);
        first.indent >= next.indent + 2 && is_as_before
    }

    /// The line is set in as the first of a paragraph is.
    fn is_set_in(&self, first: &Line, next: &Line) -> bool {
        let last = self.last.map_or(0, |last| last.indent);
        if self.count > 1 {
            return next.indent >= last + 2;
        }
        let is_item = mark_hangs(first);
        (first.indent >= 2 && next.indent >= first.indent && !is_item) || (next.indent >= first.indent + 2 && !is_item)
    }
}

/// The lines below the first of an item may stand under its words.
fn mark_hangs(first: &Line) -> bool {
    kind(first.trimmed()) == Kind::Item && first.indent < 2
}

/// A text takes so many columns or more.
fn is_as_wide(text: &str, columns: usize) -> bool {
    text.len() >= columns * 4 || width(text) >= columns
}

/// It has gaps as the cells of a table have.
fn is_spaced(text: &str) -> bool {
    text.contains("    ") || text.contains('\t')
}

/// Adds a line to a text: Latin words are joined by a blank, Chinese by nothing.
pub fn join(passage: &mut Passage, line: &Line) {
    let text = line.trimmed();
    let start = line.trimmed_start();
    let (last, next) = (passage.text().chars().next_back(), text.chars().next());
    if let (Some(last), Some(next)) = (last, next)
        && !last.is_whitespace()
        && is_narrow(last)
        && is_narrow(next)
        && !(last == '-' && next.is_ascii_lowercase())
    {
        let before = passage.span(passage.text().len() - last.len_utf8()..passage.text().len());
        passage.push_decoded(" ", Span::new(before.range().end, start));
    }
    markup::append(passage, text, start);
}

/// Of a script that puts blanks between its words.
fn is_narrow(each: char) -> bool {
    unicode_width::UnicodeWidthChar::width(each).unwrap_or(0) < 2 && !matches!(each, '“' | '”' | '‘' | '’' | '—' | '…')
}
