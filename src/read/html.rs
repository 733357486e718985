//! HTML, as it stands inside Markdown: its tables, and its text as paragraphs.

mod grid;
mod token;

use std::ops::Range;

use self::grid::Grid;
pub use self::token::{Tag, Token, Tokens};
use super::flow::{Flow, Joined};
use crate::source::Span;

/// Adds a part of a text that is HTML.
pub fn html(text: &str, range: Range<usize>, flow: &mut Flow) {
    let mut table: Option<Grid> = None;
    for token in Tokens::new(text, range) {
        match (token, &mut table) {
            (Token::Skip(_), _) => {}
            (Token::Text(range), table) => {
                // What stands in a table and in no cell, as its caption does, stands before it.
                let cell = table.as_mut().and_then(Grid::text);
                words(text, range, cell.unwrap_or(&mut flow.text));
            }
            (Token::Open(tag), Some(grid)) => {
                grid.open(&tag);
                if grid.text().is_none() && is_block(&tag.name) {
                    flow.paragraph();
                }
            }
            (Token::Close(tag), Some(grid)) => {
                if grid.close(&tag) {
                    end(table.take(), flow);
                } else if tag.name == "caption" {
                    flow.paragraph();
                }
            }
            (Token::Open(tag), None) => match tag.name.as_ref() {
                "table" => table = Some(Grid::default()),
                "br" => flow.text.joint(place(&tag)),
                name if is_block(name) => flow.paragraph(),
                _ => {}
            },
            (Token::Close(tag), None) => match heading(&tag.name) {
                Some(level) => flow.heading(level),
                None if is_block(&tag.name) => flow.paragraph(),
                None => {}
            },
        }
    }
    end(table, flow);
}

fn end(table: Option<Grid>, flow: &mut Flow) {
    if let Some((rows, header)) = table.map(Grid::finish) {
        flow.table(rows, header);
    }
}

/// Where a tag stands.
pub fn place(tag: &Tag) -> Span {
    Span::new(tag.range.start, tag.range.end)
}

/// Text between tags: entities are decoded, and the ends of lines mean nothing.
fn words(text: &str, range: Range<usize>, into: &mut Joined) {
    let Range { start: mut at, mut end } = range;
    // `<td>**合计**</td>`
    let bold = text.get(at..end).and_then(|text| text.strip_prefix("**")?.strip_suffix("**"));
    if bold.is_some_and(|inside| !inside.is_empty() && !inside.contains('*')) {
        (at, end) = (at + 2, end - 2);
    }
    while let Some(rest) = text.get(at..end).filter(|rest| !rest.is_empty()) {
        let plain = rest.find(['&', '\n']).unwrap_or(rest.len());
        let (plain, special) = rest.split_at(plain);
        if special.starts_with('\n') {
            let blanks = special.len() - special.trim_start().len();
            into.text(plain.trim_end(), at);
            at += plain.len();
            into.line(Span::new(at, at + blanks));
            at += blanks;
            continue;
        }
        into.text(plain, at);
        at += plain.len();
        if let Some((decoded, length)) = token::entity(special) {
            into.decoded(&decoded, Span::new(at, at + length));
            at += length;
        } else if !special.is_empty() {
            into.text("&", at);
            at += 1;
        }
    }
}

/// Whether what stands before such a tag and what stands behind it are apart.
pub fn is_block(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ];
    heading(name).is_some() || NAMES.contains(&name)
}

fn heading(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
