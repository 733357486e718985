//! The cells of one line: what stands between gaps of two spaces or more.

use std::ops::Range;

use crate::read::text::lines::{is_blank, width_in};
use crate::read::text::tabs::is_figure;

/// Columns are counted in characters, as programs do that place each character in a cell of a raster, or by
/// what they take on a screen, where a Chinese character takes two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// In characters.
    Characters,
    /// In columns of a screen.
    Screen,
}

/// A cell on a line.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Its bytes in the line.
    pub bytes: Range<usize>,
    /// Where it stands, in characters.
    characters: Range<usize>,
    /// Where it stands, in columns of a screen.
    screen: Range<usize>,
    /// It is a figure.
    pub is_figure: bool,
}

impl Segment {
    /// Where it stands.
    pub fn place(&self, measure: Measure) -> Range<usize> {
        match measure {
            Measure::Characters => self.characters.clone(),
            Measure::Screen => self.screen.clone(),
        }
    }

    fn extend(&mut self, text: &str, by: &Self) {
        self.bytes.end = by.bytes.end;
        self.characters.end = by.characters.end;
        self.screen.end = by.screen.end;
        self.is_figure = is_figure(inside(text, self));
    }
}

/// Words of a line with the places they stand at: what single blanks separate. A sign apart from its figure belongs
/// to it.
pub fn words(text: &str) -> Vec<Segment> {
    let mut words: Vec<Segment> = Vec::new();
    for mut word in pieces(text) {
        word.is_figure = is_figure(inside(text, &word));
        let joins = words.last().is_some_and(|last| {
            let is_sign = matches!(inside(text, last), "$" | "¥" | "￥" | "€" | "£");
            let closes = matches!(inside(text, &word), ")" | "%" | ")%") && last.screen.end + 3 > word.screen.start;
            is_sign && word.is_figure || closes && !inside(text, last).contains(is_letter)
        });
        match words.last_mut().filter(|_| joins) {
            Some(last) => last.extend(text, &word),
            None => words.push(word),
        }
    }
    words
}

fn is_letter(each: char) -> bool {
    each.is_alphabetic()
}

fn inside<'a>(text: &'a str, segment: &Segment) -> &'a str {
    text.get(segment.bytes.clone()).unwrap_or_default()
}

/// What blanks of any width separate.
fn pieces(text: &str) -> Vec<Segment> {
    let mut pieces: Vec<Segment> = Vec::new();
    let (mut characters, mut screen) = (0, 0);
    let (mut open, width) = (false, width_in(text));
    for (at, each) in text.char_indices() {
        let wide = width(each);
        let end = (at + each.len_utf8(), characters + 1, screen + wide);
        if is_blank(each) || is_leader(text, at, each) {
            open = false;
        } else if let Some(piece) = pieces.last_mut().filter(|_| open) {
            (piece.bytes.end, piece.characters.end, piece.screen.end) = end;
        } else {
            open = true;
            let (characters, screen) = (characters..end.1, screen..end.2);
            pieces.push(Segment { bytes: at..end.0, characters, screen, is_figure: false });
        }
        (characters, screen) = (end.1, end.2);
    }
    pieces
}

/// A dot among dots, which leads from a label to its figure.
fn is_leader(text: &str, at: usize, each: char) -> bool {
    let is_dot = |near: Option<&str>| near.is_some_and(|near| near == "..");
    each == '.'
        && (is_dot(text.get(at + 1..at + 3))
            || is_dot(at.checked_sub(2).and_then(|from| text.get(from..at)))
            || at.checked_sub(1).and_then(|from| text.get(from..at + 2)) == Some("..."))
}

/// The cells of a line.
pub fn segments(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for word in words(text) {
        let joins = segments.last().is_some_and(|last| {
            // `1 234` may be one figure; other figures side by side are two.
            let is_whole = |segment: &Segment| inside(text, segment).contains(['.', ',']);
            let are_two =
                last.is_figure && word.is_figure && (word.bytes.len() != 3 || is_whole(last) || is_whole(&word));
            !are_two && text.get(last.bytes.end..word.bytes.start) == Some(" ")
        });
        match segments.last_mut().filter(|_| joins) {
            Some(last) => last.extend(text, &word),
            None => segments.push(word),
        }
    }
    segments
}

/// A line with a figure behind another cell.
pub fn is_data(row: &[Segment]) -> bool {
    row.iter().skip(1).any(|segment| segment.is_figure)
}
