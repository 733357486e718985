//! The text of a paragraph or a cell, without the marks of Markdown.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::mask::Masked;
use crate::document::Passage;
use crate::read::flow::{Joined, wide};
use crate::read::html::{Token, Tokens, is_block};
use crate::source::Span;

/// Reads the events inside a block.
#[derive(Debug)]
pub struct Inline<'a> {
    text: &'a str,
    masked: &'a str,
    /// The place in the source of the first byte of the text that stands there.
    start: usize,
    /// How many bytes of the text stand before that, and only help the parser.
    before: usize,
    /// How many images are open: what stands for one is no text.
    images: usize,
    /// Inside a block of code.
    pub code: bool,
}

impl<'a> Inline<'a> {
    /// For a text, and the same with what is no Markdown covered.
    pub fn new(text: &'a str, masked: &'a str) -> Self {
        Self { text, masked, start: 0, before: 0, images: 0, code: false }
    }

    fn place(&self, at: usize) -> usize {
        self.start + at.saturating_sub(self.before)
    }

    /// Adds what an event says. This is the one place where the text of Markdown is made.
    pub fn event(&mut self, event: &Event, range: Range<usize>, into: &mut Joined) {
        let place = Span::new(self.place(range.start), self.place(range.end));
        let original = self.text.get(range.clone()).unwrap_or_default();
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            _ if self.images > 0 => {}
            Event::Text(text) if self.masked.get(range.clone()) == Some(text) => self.plain(range, into),
            Event::Text(text) => into.decoded(text, place),
            Event::Code(code) => match original.find(code.as_ref()).filter(|_| !code.is_empty()) {
                Some(at) => into.text(code, self.place(range.start + at)),
                None => into.decoded(code, place),
            },
            Event::InlineHtml(_) => match Tokens::new(self.text, range.clone()).at(range.start) {
                Some(Token::Open(tag) | Token::Close(tag)) if tag.name == "br" || is_block(&tag.name) => {
                    into.joint(place);
                }
                _ => {}
            },
            Event::SoftBreak | Event::HardBreak => into.joint(place),
            _ => {}
        }
    }

    /// Text as it stands. Marks of bold that Markdown does not see, since Chinese has no blanks around words,
    /// are taken off.
    fn plain(&self, range: Range<usize>, into: &mut Joined) {
        let mut at = range.start.max(self.before);
        while let Some(found) = self.text.get(at..range.end).and_then(|rest| rest.find('*')) {
            let mark = at + found;
            let end = if self.is_bold(mark) { mark } else { mark + 1 };
            into.text(self.text.get(at..end).unwrap_or_default(), self.place(at));
            at = mark + 1;
        }
        into.text(self.text.get(at..range.end).unwrap_or_default(), self.place(at));
    }

    /// Whether a star is one of two or three that touch Chinese.
    fn is_bold(&self, mark: usize) -> bool {
        let (before, after) = (self.text.get(..mark).unwrap_or_default(), self.text.get(mark..).unwrap_or_default());
        let stars = |bytes: &mut dyn Iterator<Item = u8>| bytes.take(4).take_while(|byte| *byte == b'*').count();
        let (left, right) = (stars(&mut before.bytes().rev()), stars(&mut after.bytes()));
        let before = before.get(..before.len() - left).and_then(|text| text.chars().next_back());
        let after = after.get(right..).and_then(|text| text.chars().next());
        matches!(left + right, 2 | 3) && (before.is_some_and(wide) || after.is_some_and(wide))
    }
}

/// The text of a cell.
pub fn cell(source: &str, range: Range<usize>) -> Passage {
    let text = source.get(range.clone()).unwrap_or_default();
    if !text.contains(['\\', '*', '_', '`', '&', '<', '[']) {
        return Passage::plain(text, range.start);
    }
    // Behind a pipe nothing is a list, a heading or a quotation.
    let text = format!("|{text}");
    let masked = Masked::cell(&text);
    let mut inline = Inline { start: range.start, before: 1, ..Inline::new(&text, &masked.text) };
    let mut joined = Joined::default();
    for (event, at) in Parser::new(&masked.text).into_offset_iter() {
        inline.event(&event, at, &mut joined);
    }
    joined.take_cell()
}
