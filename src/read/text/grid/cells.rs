//! The cells of one line: what stands between gaps of two spaces or more.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::read::text::lines::is_blank;
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
}

/// Words of a line with the places they stand at: what single blanks separate.
pub fn words(text: &str) -> Vec<Segment> {
    let mut words: Vec<Segment> = Vec::new();
    let (mut characters, mut screen) = (0, 0);
    let mut open = false;
    for (at, each) in text.char_indices() {
        let wide = each.width().unwrap_or(0);
        let end = (at + each.len_utf8(), characters + 1, screen + wide);
        if is_blank(each) || is_leader(text, at, each) {
            open = false;
        } else if let Some(word) = words.last_mut().filter(|_| open) {
            (word.bytes.end, word.characters.end, word.screen.end) = end;
        } else {
            open = true;
            words.push(Segment {
                bytes: at..end.0,
                characters: characters..end.1,
                screen: screen..end.2,
                is_figure: false,
            });
        }
        (characters, screen) = (end.1, end.2);
    }
    for word in &mut words {
        word.is_figure = is_figure(text.get(word.bytes.clone()).unwrap_or_default());
    }
    words
}

/// A dot among dots, which leads from a label to its figure.
fn is_leader(text: &str, at: usize, each: char) -> bool {
    let is_dot = |near: Option<&str>| near.is_some_and(|near| near == "..");
    each == '.'
        && (is_dot(text.get(at + 1..at + 3))
            || is_dot(at.checked_sub(2).and_then(|from| text.get(from..at)))
            || at.checked_sub(1).and_then(|from| text.get(from..at + 2)) == Some("..."))
}

/// The cells of a line. A currency sign apart from its figure belongs to it.
pub fn segments(text: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for word in words(text) {
        let inside = |segment: &Segment| text.get(segment.bytes.clone()).unwrap_or_default();
        let joins = segments.last().is_some_and(|last| {
            let is_sign = matches!(inside(last), "$" | "¥" | "￥" | "€" | "£");
            let closes = matches!(inside(&word), ")" | "%" | ")%");
            let is_near =
                word.screen.start - last.screen.end < 2 && text.get(last.bytes.end..word.bytes.start) == Some(" ");
            is_near || is_sign && word.is_figure || closes && last.screen.end + 3 > word.screen.start
        });
        match segments.last_mut().filter(|_| joins) {
            Some(last) => {
                last.bytes.end = word.bytes.end;
                last.characters.end = word.characters.end;
                last.screen.end = word.screen.end;
                last.is_figure = is_figure(text.get(last.bytes.clone()).unwrap_or_default());
            }
            None => segments.push(word),
        }
    }
    segments
}

/// A line with a figure behind another cell.
pub fn is_data(row: &[Segment]) -> bool {
    row.iter().skip(1).any(|segment| segment.is_figure)
}
