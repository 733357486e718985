//! Text that flows into blocks: parts joined to paragraphs, tables that follow each other, marks of pages.

use unicode_width::UnicodeWidthChar;

use super::block::{Block, RawRow, RawTable};
use super::wrapped::is_wrapped;
use crate::document::Passage;
use crate::source::Span;

/// No number is longer, with the blanks between its lines.
const LONGEST_NUMBER: usize = 64;

/// Text put together from parts. Where two lines meet is a joint: a blank between words, nothing between
/// Chinese characters.
#[derive(Debug, Default)]
pub struct Joined {
    passage: Passage,
    joint: Option<Joint>,
    /// The joints that are blanks.
    blanks: Vec<Joint>,
}

#[derive(Clone, Copy, Debug)]
struct Joint {
    source: Span,
    /// The source says that a line ends here, and does not merely end one itself.
    wanted: bool,
}

impl Joined {
    /// Adds text that stands in the source as it is, from a byte on.
    pub fn text(&mut self, text: &str, start: usize) {
        self.join(text);
        self.passage.push(text, start);
    }

    /// Adds text that stands in the source in another form.
    pub fn decoded(&mut self, text: &str, source: Span) {
        self.join(text);
        self.passage.push_decoded(text, source);
    }

    /// A part ends here, as the source says: `<br>`.
    pub fn joint(&mut self, source: Span) {
        self.joint = Some(Joint { source, wanted: true });
    }

    /// A line of the source ends here.
    pub fn line(&mut self, source: Span) {
        let wanted = self.joint.is_some_and(|joint| joint.wanted);
        self.joint = Some(Joint { source, wanted });
    }

    /// The text so far, without the blanks around it; the next starts anew.
    pub fn take(&mut self) -> Passage {
        self.joint = None;
        self.blanks.clear();
        std::mem::take(&mut self.passage).trimmed()
    }

    /// The same for the text of a cell, which may be one number in several lines.
    pub fn take_cell(&mut self) -> Passage {
        let blanks = std::mem::take(&mut self.blanks);
        let passage = self.take();
        // What is cut off before the text is no joint, and no number is as long.
        let text = passage.text();
        if blanks.is_empty()
            || text.len() > LONGEST_NUMBER
            || text.bytes().filter(|byte| *byte == b' ').count() != blanks.len()
        {
            return passage;
        }
        let lines: Vec<&str> = text.split(' ').collect();
        if !is_wrapped(&lines, blanks.iter().any(|joint| joint.wanted)) {
            return passage;
        }
        let mut at = 0;
        let mut whole = Passage::new();
        for line in lines {
            whole.append(&passage.part(at..at + line.len()));
            at += line.len() + 1;
        }
        whole
    }

    fn join(&mut self, text: &str) {
        let Some(after) = text.chars().next() else { return };
        let before = self.passage.text().chars().next_back();
        let word = |each: char| !wide(each) && !each.is_whitespace();
        if let Some(joint) = self.joint.take().filter(|_| before.is_some_and(word) && word(after)) {
            self.passage.push_decoded(" ", joint.source);
            self.blanks.push(joint);
        }
    }
}

/// Chinese, Japanese or Korean, and its punctuation.
pub fn wide(each: char) -> bool {
    each.width() == Some(2)
}

/// Blocks while they are made.
#[derive(Debug, Default)]
pub struct Flow {
    /// The paragraph or heading that is being read.
    pub text: Joined,
    blocks: Vec<Block>,
}

impl Flow {
    /// The paragraph ends. One that only numbers a page is none.
    pub fn paragraph(&mut self) {
        let passage = self.text.take();
        if !passage.is_blank() && !numbers_a_page(passage.text()) {
            self.blocks.push(Block::Paragraph(passage));
        }
    }

    /// What was read is a heading.
    pub fn heading(&mut self, level: u8) {
        let passage = self.text.take();
        if !passage.is_blank() {
            self.blocks.push(Block::Heading(passage, level));
        }
    }

    /// A table, whose first rows are its header.
    pub fn table(&mut self, rows: Vec<RawRow>, header: usize) {
        self.paragraph();
        if rows.iter().any(|row| !row.cells.is_empty()) {
            let follows = matches!(self.blocks.last(), Some(Block::Table(_)));
            self.blocks.push(Block::Table(RawTable { rows, header, follows }));
        }
    }

    /// All blocks.
    pub fn finish(mut self) -> Vec<Block> {
        self.paragraph();
        self.blocks
    }
}

/// `12`, `- 12 -`, `{3}-----`, `第 3 页 共 10 页`, `Page 3 of 10`.
fn numbers_a_page(text: &str) -> bool {
    // The longest of these is short; a number of four digits may be a year.
    if text.len() > 200 {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let decorated = |each: char| each.is_whitespace() || "-–—－·_{}[]()/|".contains(each);
    let words: String =
        text.chars().filter(|each| !each.is_ascii_digit() && !decorated(*each)).flat_map(char::to_lowercase).collect();
    match words.as_str() {
        "" => digits > 0 && digits <= 3 || text.starts_with('{') && text.ends_with("---"),
        "第页" | "第页共页" | "第页，共页" | "共页第页" | "page" | "pageof" => digits > 0 && digits <= 8,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(parts: &[&str]) -> String {
        let mut joined = Joined::default();
        for part in parts {
            joined.text(part, 0);
            joined.joint(Span::default());
        }
        joined.take().text().to_owned()
    }

    #[test]
    fn lines_meet_with_a_blank_only_between_words() {
        assert_eq!(joined(&["预算", "执行率"]), "预算执行率");
        assert_eq!(joined(&["total", "revenue"]), "total revenue");
        assert_eq!(joined(&["预算", "2019 年"]), "预算2019 年");
        assert_eq!(joined(&["rose ", "5%"]), "rose 5%");
        assert_eq!(joined(&["", "a", ""]), "a");
    }

    #[test]
    fn a_number_in_several_lines_is_one_in_a_cell() {
        let source = "70,00\n0,000\n.00";
        let mut joined = Joined::default();
        for (part, at) in [("70,00", 0), ("0,000", 6), (".00 ", 12)] {
            joined.text(part, at);
            joined.line(Span::new(at + 5, at + 6));
        }
        let cell = joined.take_cell();
        assert_eq!((cell.text(), &source[cell.whole().range()]), ("70,000,000.00", source));
        for part in ["1,200", "300"] {
            joined.text(part, 0);
            joined.line(Span::default());
        }
        assert_eq!(joined.take_cell().text(), "1,200 300");
    }

    #[test]
    fn a_number_alone_is_of_a_page_and_a_figure_is_none() {
        let pages = ["12", "- 12 -", "— 7 —", "第 3 页 共 10 页", "Page 3 of 10", "3/10", "{12}--------------------"];
        pages.iter().for_each(|text| assert!(numbers_a_page(text), "{text}"));
        let others = ["2019", "5,877", "12.5", "3%", "(46) million", "第 3 页表", "—", "Page"];
        others.iter().for_each(|text| assert!(!numbers_a_page(text), "{text}"));
    }
}
