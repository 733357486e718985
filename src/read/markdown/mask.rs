//! What a Markdown parser must not touch: tables, comments and formulas. Each is found here and covered, byte
//! for byte, with a comment or letters, so that blank lines, pipes and backslashes in it mean nothing to the
//! parser and every place stays what it is.

use std::ops::Range;

use super::pipe;
use crate::read::html::{Token, Tokens};

/// A text with what was found in it.
#[derive(Debug, Default)]
pub struct Masked {
    /// The text, covered.
    pub text: String,
    /// What is covered with a comment, in the order of the text.
    pub regions: Vec<Region>,
}

/// A part of a text that is no Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A pipe table.
    Pipe,
    /// A table in HTML.
    Html,
    /// A comment, a script, a style: nothing to read.
    Skip,
}

impl Masked {
    /// Covers a whole text.
    pub fn document(text: &str) -> Self {
        let mut mask = Mask::new(text);
        mask.tables = tables(text);
        mask.front_matter();
        mask.lines();
        mask.finish()
    }

    /// Covers the text of a cell, in which no table is looked for.
    pub fn cell(text: &str) -> Self {
        let mut mask = Mask::new(text);
        mask.inline(text.len());
        mask.finish()
    }
}

struct Mask<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    /// The tables in HTML, and where those that never end start.
    tables: Tables,
    /// How many of them are passed.
    passed: usize,
    /// Up to where the text is looked at.
    at: usize,
    /// Up to where it is copied.
    copied: usize,
    masked: Masked,
}

impl<'a> Mask<'a> {
    fn new(text: &'a str) -> Self {
        let tokens = Tokens::new(text, 0..text.len());
        let masked = Masked { text: String::with_capacity(text.len()), regions: Vec::new() };
        Self { text, tokens, tables: Tables::default(), passed: 0, at: 0, copied: 0, masked }
    }

    fn finish(mut self) -> Masked {
        self.cover(self.text.len()..self.text.len(), |_, _| {});
        self.masked
    }

    /// Copies up to a range, covers it, and goes on behind it.
    fn cover(&mut self, range: Range<usize>, with: impl FnOnce(&mut String, usize)) {
        self.masked.text.push_str(self.text.get(self.copied..range.start).unwrap_or_default());
        with(&mut self.masked.text, range.len());
        (self.copied, self.at) = (range.end, range.end);
    }

    fn region(&mut self, kind: Kind, range: Range<usize>) {
        self.masked.regions.push(Region { kind, range: range.clone() });
        self.cover(range, |text, length| {
            // `<!---->` is the shortest comment.
            if let Some(inside) = length.checked_sub(7) {
                text.push_str("<!--");
                text.extend(std::iter::repeat_n('x', inside));
                text.push_str("-->");
            } else {
                blank(text, length);
            }
        });
    }

    fn letters(&mut self, range: Range<usize>) {
        self.cover(range, |text, length| text.extend(std::iter::repeat_n('x', length)));
    }

    /// `---`, keys with values, `---` at the start of the text.
    fn front_matter(&mut self) {
        let mut at = 0;
        for (number, line) in self.text.split_inclusive('\n').take(200).enumerate() {
            let written = line.trim_end();
            match (number, written) {
                (0, "---") => {}
                (0, _) => return,
                (1, "---") => return,
                (_, "---" | "...") => return self.cover(0..at + written.len(), blank),
                _ if written.is_empty() || written.starts_with(['#', '-', ' ', '\t']) => {}
                _ => {
                    let key = written.split_once(':').map_or("", |(key, _)| key);
                    if key.is_empty()
                        || !key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_. ".contains(&byte))
                    {
                        return;
                    }
                }
            }
            at += line.len();
        }
    }

    /// All lines: fences, pipe tables, and what stands inside lines.
    fn lines(&mut self) {
        let mut code: Option<&str> = None;
        // The end of the last table, while nothing but blanks, comments and marks of pages stand behind it.
        let mut behind = false;
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let line = rest.split_inclusive('\n').next().unwrap_or(rest);
            let written = line.trim();
            let indent = line.len() - line.trim_start().len();
            if written.is_empty() {
                self.at += line.len();
                continue;
            }
            if let Some(fence) = fence(written) {
                match code {
                    Some(open) if written.starts_with(open) && written.len() == fence.len() => code = None,
                    Some(_) => {}
                    None if is_text(written.trim_start_matches(['`', '~'])) => {
                        // Converters put a fence around what is no code: its marks are taken off.
                        let start = self.at + indent;
                        self.cover(start..start + written.len(), blank);
                        continue;
                    }
                    None => code = Some(fence),
                }
                self.at += line.len();
                continue;
            }
            if code.is_some() {
                self.at += line.len();
                continue;
            }
            let table = pipe::end(self.text, self.at + indent, behind);
            if let Some(end) = table {
                self.region(Kind::Pipe, self.at + indent..end);
                behind = true;
            } else {
                let regions = self.masked.regions.len();
                let end = self.at + line.len();
                if defines(written) {
                    self.letters(self.at + indent..self.at + indent + 1);
                }
                self.inline(end);
                let skips = self.masked.regions.len() > regions;
                behind &= skips || written.bytes().all(|byte| b"-*_ 0123456789".contains(&byte));
                behind |= self.masked.regions.last().is_some_and(|last| last.kind == Kind::Html && skips);
            }
        }
    }

    /// What stands inside lines up to a byte, or beyond it where something reaches further.
    fn inline(&mut self, end: usize) {
        while self.at < end {
            let Some(found) = self.text.get(self.at..end).and_then(|rest| rest.find(['<', '$', '\\', '*'])) else {
                break;
            };
            self.at += found;
            let rest = self.text.get(self.at..).unwrap_or_default();
            if let Some(length) = formula(rest) {
                self.letters(self.at..self.at + length);
                continue;
            }
            if rest.starts_with('\\') {
                // What is escaped opens nothing.
                self.at += 1 + usize::from(rest.as_bytes().get(1).is_some_and(u8::is_ascii_punctuation));
                continue;
            }
            if rest.starts_with('*') {
                match self.multiplies() {
                    true => self.letters(self.at..self.at + 1),
                    false => self.at += 1,
                }
                continue;
            }
            match self.tokens.at(self.at) {
                Some(Token::Skip(range)) => self.region(Kind::Skip, range),
                Some(Token::Open(tag)) => match self.table(&tag.range) {
                    Some(range) if tag.name == "table" => self.region(Kind::Html, range),
                    _ => self.at = tag.range.end,
                },
                Some(Token::Close(tag)) => self.at = tag.range.end,
                // A comment that never ends would hide all that stands behind it.
                None if rest.starts_with("<!--") => self.letters(self.at..self.at + 4),
                _ => self.at += 1,
            }
        }
        self.at = self.at.max(end);
    }

    /// Whether a star stands between two numbers, and is no mark of emphasis.
    fn multiplies(&self) -> bool {
        let before = self.text.get(..self.at).and_then(|text| text.chars().next_back());
        let after = self.text.get(self.at + 1..).and_then(|text| text.chars().next());
        before.is_some_and(|each| each.is_ascii_digit() || ")）%".contains(each))
            && after.is_some_and(|each| each.is_ascii_digit() || "(（".contains(each))
    }

    /// All of the table that starts with a tag.
    fn table(&mut self, tag: &Range<usize>) -> Option<Range<usize>> {
        let tables = &self.tables.0;
        while tables.get(self.passed)?.start < tag.start {
            self.passed += 1;
        }
        let table = tables.get(self.passed).filter(|table| table.start == tag.start)?;
        if table.end > table.start {
            return Some(table.clone());
        }
        // It never ends: up to a blank line, or the next table.
        let next = tables.get(self.passed + 1).map_or(self.text.len(), |next| next.start);
        let mut end = tag.end;
        for line in self.text.get(tag.end..next)?.split_inclusive('\n') {
            if end > tag.end && line.trim().is_empty() {
                break;
            }
            end += line.len();
        }
        Some(tag.start..end)
    }
}

fn blank(text: &mut String, length: usize) {
    text.extend(std::iter::repeat_n(' ', length));
}

/// Tables in HTML that stand in no other, by their start; one that never ends is empty.
#[derive(Debug, Default)]
struct Tables(Vec<Range<usize>>);

fn tables(text: &str) -> Tables {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = Vec::new();
    for token in Tokens::new(text, 0..text.len()) {
        match token {
            Token::Open(tag) if tag.name == "table" => {
                open.push(found.len());
                found.push(tag.range.start..tag.range.start);
            }
            Token::Close(tag) if tag.name == "table" => {
                if let Some(at) = open.pop() {
                    found.truncate(at + 1);
                    found.last_mut().into_iter().for_each(|table| table.end = tag.range.end);
                }
            }
            _ => {}
        }
    }
    Tables(found)
}

/// The marks of a fence that a line starts with.
fn fence(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    let (fence, info) = line.split_at_checked(length)?;
    (length >= 3 && !info.contains('`')).then_some(fence)
}

/// Whether what a fence says is between them is a text with tables, and no code.
fn is_text(info: &str) -> bool {
    matches!(info.trim().to_ascii_lowercase().as_str(), "" | "markdown" | "md" | "html" | "text" | "txt" | "plaintext")
}

/// `[1]: 含上年结转`: Markdown would take it for the address of a link, and print nothing.
fn defines(line: &str) -> bool {
    line.starts_with('[')
        && !line.starts_with("[^")
        && line.find(']').is_some_and(|end| line.get(end + 1..).is_some_and(|rest| rest.starts_with(':')))
}

/// Length of the formula in LaTeX that a text starts with: `$\times 100\%$`. Dollars around anything else are
/// amounts.
fn formula(text: &str) -> Option<usize> {
    let (open, close) = match text.as_bytes() {
        [b'$', b'$', ..] => ("$$", "$$"),
        [b'$', ..] => ("$", "$"),
        [b'\\', b'(', ..] => ("\\(", "\\)"),
        [b'\\', b'[', ..] => ("\\[", "\\]"),
        _ => return None,
    };
    let inside = text.get(open.len()..)?;
    let bytes = inside.as_bytes();
    let mut at = 0;
    let mut latex = false;
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        if bytes.get(at..)?.starts_with(close.as_bytes()) {
            return latex.then_some(open.len() + at + close.len());
        }
        match byte {
            // Only what stands on lines of its own has several.
            b'\n' if open.ends_with(['$', '(']) && open != "$$" => return None,
            b'\n' if next == b'\n' || next == b'\r' => return None,
            b'\\' if bytes.get(at..)?.starts_with(open.as_bytes()) => return None,
            b'\\' => {
                latex |= next.is_ascii_alphabetic() || next == b'%';
                at += 1;
            }
            b'^' => latex = true,
            b'_' => latex |= next == b'{',
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(text: &str) -> Vec<(Kind, &str)> {
        let masked = Masked::document(text);
        assert_eq!(masked.text.len(), text.len());
        masked.regions.into_iter().map(|region| (region.kind, &text[region.range])).collect()
    }

    #[test]
    fn tables_are_covered_whole() {
        let table = "<table>\n\n    <tr><td>1 | 2</td></tr>\n\n</table>";
        let text = format!("前{table}后 <b>x</b>\n\n| a |\n|---|\n| 1 |\n");
        assert_eq!(regions(&text), [(Kind::Html, table), (Kind::Pipe, "| a |\n|---|\n| 1 |")]);
        assert!(Masked::document(&text).text.starts_with("前<!--xx"));
        let nested = "<table><tr><td><TABLE></TABLE></td></tr></table >";
        assert_eq!(regions(nested), [(Kind::Html, nested)]);
    }

    #[test]
    fn a_table_that_never_ends_takes_no_more_than_its_lines() {
        assert_eq!(regions("<table><tr>\n<td>1\n\n后文"), [(Kind::Html, "<table><tr>\n<td>1\n")]);
        let two = "<table><tr><td>1 <table><tr><td>2</table>";
        assert_eq!(regions(two), [(Kind::Html, &two[..17]), (Kind::Html, &two[17..])]);
    }

    #[test]
    fn comments_that_end_are_skipped() {
        assert_eq!(regions("a <!-- | \n\n x --> b"), [(Kind::Skip, "<!-- | \n\n x -->")]);
        assert_eq!(Masked::document("a <!-- b").text, "a xxxx b");
        assert_eq!(regions("a < b, PM2.5<35, 1<2>"), []);
    }

    #[test]
    fn formulas_are_letters_and_amounts_are_not() {
        let cell = |text: &str| Masked::cell(text).text;
        assert_eq!(cell(r"a $\times 1\%$ b"), "a xxxxxxxxxxxx b");
        assert_eq!(cell(r"\(x^2\) and \(see 1\)"), r"xxxxxxx and \(see 1\)");
        for text in ["$5 and $6", "US\\$5 \\% $6", "$708 | $657", "$a^2", "$$a^2\n\n$$"] {
            assert_eq!(cell(text), text);
        }
        assert_eq!(cell("$$\na^2\n$$"), "xxxxxxxxx");
    }

    #[test]
    fn stars_between_numbers_multiply() {
        let cell = |text: &str| Masked::cell(text).text;
        assert_eq!(cell("(1/2)*100%=2*3"), "(1/2)x100%=2x3");
        for text in ["**12.5**3", "*12*", "共*5 万元*", "5**", "2 * 3"] {
            assert_eq!(cell(text), text);
        }
    }

    #[test]
    fn fences_around_text_are_taken_off_and_code_is_left() {
        assert_eq!(regions("```markdown\n| a |\n|---|\n```\n"), [(Kind::Pipe, "| a |\n|---|")]);
        assert_eq!(regions("```python\n| a |\n|---|\n```\n<table></table>"), [(Kind::Html, "<table></table>")]);
        assert_eq!(Masked::document("```\na\n").text, "   \na\n");
    }

    #[test]
    fn front_matter_is_no_text() {
        assert_eq!(Masked::document("---\ntitle: x\n---\na").text, " ".repeat(16) + "\na");
        for text in ["---\n\n本年 12\n\n---\n", "---\n---\n", "a: b\n---\n"] {
            assert_eq!(Masked::document(text).text, text);
        }
    }

    #[test]
    fn lines_behind_a_table_may_go_on_with_it() {
        let table = "| a | b |\n|---|---|\n| 1 | 2 |";
        let count = |between: &str| regions(&format!("{table}{between}| 3 | 4 |\n")).len();
        assert_eq!((count("\n\n"), count("\n\n---\n\n12\n\n"), count("\n\n<!-- page -->\n\n")), (2, 2, 3));
        assert_eq!(count("\n\n合计如下：\n\n"), 1);
    }
}
