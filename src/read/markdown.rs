//! Markdown with pipe and HTML tables, as converters and OCR write it.

mod inline;
mod line;
mod mask;
mod pipe;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use self::inline::{Inline, cell};
use self::line::Lines;
use self::mask::{Kind, Masked, Region};
use super::block::{Block, RawCell, RawRow};
use super::flow::Flow;
use super::html::html;
use super::text::kind as words;
use crate::source::{Source, Span};

/// The blocks of a Markdown text.
pub fn markdown(source: &Source) -> Vec<Block> {
    let masked = Masked::document(source.text());
    let inline = Inline::new(source.text(), &masked.text);
    let (flow, lines) = (Flow::default(), Lines::default());
    let mut reader = Reader { text: source.text(), regions: &masked.regions, inline, flow, lines, list: Vec::new() };
    for (event, range) in Parser::new_ext(&masked.text, Options::ENABLE_FOOTNOTES).into_offset_iter() {
        reader.event(&event, range, &masked.text);
    }
    reader.flow.finish().into_iter().map(headed).collect()
}

/// A heading that is written as a paragraph, by its number or its form, stands below those that are marked.
fn headed(block: Block) -> Block {
    match block {
        Block::Paragraph(passage) => match words::kind(passage.text()) {
            words::Kind::Heading(depth) => Block::Heading(passage, depth + DEEPEST),
            _ => Block::Paragraph(passage),
        },
        other => other,
    }
}

/// Markdown marks headings of so many depths.
const DEEPEST: u8 = 6;

struct Reader<'a> {
    text: &'a str,
    regions: &'a [Region],
    inline: Inline<'a>,
    flow: Flow,
    lines: Lines,
    /// The open lists, and whether their items are numbered.
    list: Vec<bool>,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event, range: Range<usize>, masked: &str) {
        match event {
            Event::Start(Tag::HtmlBlock) => {
                self.flow.paragraph();
                self.raw(range);
                self.flow.paragraph();
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.flow.paragraph();
                self.inline.code = true;
            }
            Event::End(TagEnd::CodeBlock) => self.inline.code = false,
            Event::Text(_) if self.inline.code => {
                let mut start = range.start;
                // A table is covered, so it is on one line.
                for line in masked.get(range).unwrap_or_default().split_inclusive('\n') {
                    self.raw(start..start + line.len());
                    self.flow.paragraph();
                    start += line.len();
                }
            }
            Event::InlineHtml(_) => self.raw(range),
            Event::SoftBreak | Event::HardBreak => {
                if self.lines.end(self.text, range.start, range.end, *event == Event::HardBreak) {
                    self.flow.paragraph();
                } else {
                    self.flow.text.line(Span::new(range.start, range.end));
                }
            }
            Event::End(TagEnd::Heading(level)) if !is_sentence(self.text.get(range.clone()).unwrap_or_default()) => {
                self.flow.heading(*level as u8);
            }
            Event::Start(tag) if is_block(tag) => {
                self.flow.paragraph();
                self.lines = Lines::default();
                match tag {
                    Tag::List(first) => self.list.push(first.is_some()),
                    Tag::Item if self.list.last() == Some(&true) => self.number(range),
                    _ => {}
                }
            }
            Event::End(tag) if is_block_end(*tag) => {
                self.flow.paragraph();
                if matches!(tag, TagEnd::List(_)) {
                    self.list.pop();
                }
            }
            Event::Rule => self.flow.paragraph(),
            _ => self.inline.event(event, range, &mut self.flow.text),
        }
    }

    /// A part that is no Markdown: HTML, with the tables in it.
    fn raw(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let first = self.regions.partition_point(|region| region.range.start < range.start);
        let inside = self.regions.get(first..).unwrap_or_default();
        for region in inside.iter().take_while(|region| region.range.start < range.end) {
            html(self.text, at..region.range.start, &mut self.flow);
            match region.kind {
                Kind::Skip => {}
                Kind::Html => {
                    self.flow.paragraph();
                    html(self.text, region.range.clone(), &mut self.flow);
                }
                Kind::Pipe => self.pipe(region.range.clone()),
            }
            at = region.range.end;
        }
        if at < range.end {
            html(self.text, at..range.end, &mut self.flow);
        }
    }

    fn pipe(&mut self, range: Range<usize>) {
        let (rows, header) = pipe::rows(self.text, range);
        let row = |cells: Vec<Range<usize>>| {
            let cells = cells.into_iter().zip(0..);
            let cell = |(range, column)| RawCell { passage: cell(self.text, range), column, rows: 1, columns: 1 };
            RawRow { cells: cells.map(cell).collect() }
        };
        let rows: Vec<RawRow> = rows.into_iter().map(row).collect();
        // A row of dashes must have a row above it, which is blank where there is no header.
        let blank = rows.first().is_none_or(|row| row.cells.iter().all(|cell| cell.passage.is_blank()));
        self.flow.table(rows, usize::from(header && !blank));
    }

    /// The number of an item, which is printed.
    fn number(&mut self, item: Range<usize>) {
        let text = self.text.get(item.clone()).unwrap_or_default();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(number) = text.get(..digits + 1).filter(|_| digits > 0) {
            self.flow.text.text(number, item.start);
            let end = item.start + number.len();
            self.flow.text.decoded(" ", Span::new(end, end));
        }
    }
}

/// A paragraph with a line of dashes below it, which ends a page, is no heading.
fn is_sentence(heading: &str) -> bool {
    let heading = heading.trim();
    let text = heading.trim_end_matches('-').trim_end();
    !heading.starts_with('#')
        && text.len() < heading.len()
        && text.ends_with(['。', '；', '：', '，', ';', ':', '.', ','])
}

fn is_block(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
    )
}

fn is_block_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
    )
}

#[cfg(test)]
mod tests;
