//! The lines of a plain text that carry its content: page numbers, running headers and contents lists left out.

use foldhash::HashMap;

use unicode_width::UnicodeWidthChar;

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Its text with the blanks before it, without those behind it.
    pub text: &'a str,
    /// Where it starts in the source.
    pub start: usize,
    /// How far its first character stands from the left margin of its page.
    pub indent: u32,
    /// How many blank lines stand before it, where it matters: at most 255.
    pub blanks: u8,
    /// It is the first of its page.
    pub page: bool,
}

impl<'a> Line<'a> {
    /// The text without the blanks around it.
    pub fn trimmed(&self) -> &'a str {
        trim(self.text)
    }

    /// Where the text without blanks starts in the source.
    pub fn trimmed_start(&self) -> usize {
        self.start + self.text.len() - self.text.trim_start_matches(is_blank).len()
    }

    /// Something stands between it and the line before: a blank line, or the end of a page.
    pub fn apart(&self) -> bool {
        self.blanks > 0 || self.page
    }
}

/// Blanks, and characters that print nothing.
pub fn is_blank(each: char) -> bool {
    each.is_whitespace() || each.is_control() || matches!(each, '\u{200B}' | '\u{FEFF}')
}

/// The text without the blanks around it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// How many columns a text takes.
pub fn width(text: &str) -> usize {
    let width = width_in(text);
    text.chars().map(width).sum()
}

/// How many columns a character of a text takes, a Chinese one two; so do signs of either width (`“`, `·`, `①`) where the
/// text has wide letters.
pub fn width_in(text: &str) -> impl Fn(char) -> usize + use<> {
    let has_wide = text.chars().any(|each| each.width() == Some(2));
    move |each| if has_wide { each.width_cjk() } else { each.width() }.unwrap_or(0)
}

/// The lines of a text.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = split(text);
    // Without form feeds a page ends at its number.
    let is_paged = lines.iter().any(|line| line.page);
    leave_out(&mut lines, !is_paged, page_numbers);
    leave_out(&mut lines, false, running_headers);
    leave_out(&mut lines, false, contents);
    set_indents(&mut lines);
    lines
}

/// Lines end at LF, CR, CRLF and form feeds.
fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut start, mut blanks, mut page) = (0, 0_u8, false);
    for (end, ending) in breaks(text) {
        let line = text.get(start..end).unwrap_or_default().trim_end_matches(|each| each != '\t' && is_blank(each));
        if trim(line).is_empty() {
            blanks = blanks.saturating_add(1);
        } else {
            lines.push(Line { text: line, start, indent: 0, blanks, page });
            (blanks, page) = (0, false);
        }
        page |= ending == "\u{C}";
        start = end + ending.len();
    }
    lines
}

/// Where each line ends, and with what.
fn breaks(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let ends = std::iter::from_fn(move || {
        let from = bytes.get(at..)?;
        let end = at + from.iter().position(|byte| matches!(byte, b'\n' | b'\r' | 0x0C))?;
        let length = if bytes.get(end..end + 2) == Some(b"\r\n") { 2 } else { 1 };
        at = end + length;
        Some((end, text.get(end..end + length).unwrap_or_default()))
    });
    ends.chain(std::iter::once((text.len(), "")))
}

/// Takes out the lines that are marked; the ends of pages and the gaps they leave stay. They may end a page themselves.
fn leave_out(lines: &mut Vec<Line>, ends_page: bool, marked: fn(&[Line]) -> Vec<bool>) {
    let marked = marked(lines);
    if !marked.contains(&true) {
        return;
    }
    let (mut blanks, mut page, mut at) = (0_u8, false, 0);
    lines.retain_mut(|line| {
        line.blanks = line.blanks.max(blanks);
        line.page |= page;
        let is_out = marked.get(at).copied().unwrap_or_default();
        at += 1;
        (blanks, page) = if is_out { (line.blanks.max(1), line.page || ends_page) } else { (0, false) };
        !is_out
    });
}

/// A number that says of itself that it is of a page (`第 3 页`, `- 3 -`, `Page 3 of 9`) is one anywhere; a bare
/// one at the edge of a page, or, where pages have no edges, alone between blank lines and one more than the
/// number before or one less than the next.
fn page_numbers(lines: &[Line]) -> Vec<bool> {
    let has_pages = lines.iter().any(|line| line.page);
    let apart_below = |at: usize| lines.get(at + 1).is_none_or(Line::apart);
    let candidates: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|(at, line)| (*at == 0 || line.apart()) && apart_below(*at))
        .filter_map(|(at, line)| bare_number(line.trimmed()).map(|number| (at, number)))
        .collect();
    let mut marked: Vec<bool> = lines.iter().map(|line| says_page(line.trimmed())).collect();
    let mut mark = |at: usize| {
        if let Some(mark) = marked.get_mut(at) {
            *mark = true;
        }
    };
    for pair in candidates.windows(2) {
        if let [(first, one), (second, two)] = *pair
            && two == one + 1
            && !has_pages
        {
            mark(first);
            mark(second);
        }
    }
    if has_pages {
        for (at, line) in lines.iter().enumerate() {
            let at_edge = line.page || lines.get(at + 1).is_none_or(|next| next.page);
            if at_edge && bare_number(line.trimmed()).is_some() {
                mark(at);
            }
        }
    }
    marked
}

fn bare_number(text: &str) -> Option<u32> {
    (text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// `第 3 页`, `第 3 页 共 9 页`, `- 3 -`, `Page 3 of 9`.
fn says_page(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let words: String = text.chars().filter(|each| !is_blank(*each)).flat_map(char::to_lowercase).collect();
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let rest: String = words.chars().map(|each| if each.is_ascii_digit() { '#' } else { each }).collect();
    let mut shape = rest;
    while shape.contains("##") {
        shape = shape.replace("##", "#");
    }
    let dashes = shape.trim_matches(['-', '—', '–', '－', '·']);
    (1..=8).contains(&digits)
        && (matches!(
            shape.as_str(),
            "第#页" | "第#页共#页" | "第#页,共#页" | "第#页，共#页" | "第#页/共#页" | "page#" | "page#of#"
        ) || dashes == "#" && shape.len() > 2 && digits <= 4)
}

/// The same line at the top, or the bottom, of three pages or more and of a third of all, unless it is a table's.
fn running_headers(lines: &[Line]) -> Vec<bool> {
    let mut marked = vec![false; lines.len()];
    let tops = lines.iter().enumerate().filter(|(_, line)| line.page).map(|(at, _)| at);
    let bottoms = lines.iter().enumerate().filter(|(_, line)| line.page).filter_map(|(at, _)| at.checked_sub(1));
    for edge in [tops.collect::<Vec<_>>(), bottoms.collect()] {
        let mut counts: HashMap<&str, usize> = HashMap::default();
        let text =
            |at: usize| lines.get(at).map(Line::trimmed).filter(|text| !text.contains(['\t']) && !text.contains("  "));
        for each in edge.iter().filter_map(|at| text(*at)) {
            *counts.entry(each).or_default() += 1;
        }
        for &at in &edge {
            let count = text(at).and_then(|text| counts.get(text)).copied().unwrap_or_default();
            if let Some(mark) = marked.get_mut(at)
                && count >= 3.max(edge.len().div_ceil(3))
            {
                *mark = true;
            }
        }
    }
    marked
}

/// Lines with leaders to a page number, in a row whose numbers do not fall; below a heading `目录`, without leaders too.
fn contents(lines: &[Line]) -> Vec<bool> {
    let mut marked = vec![false; lines.len()];
    let (mut last, mut below_heading) = (0, false);
    for (at, line) in lines.iter().enumerate() {
        let text = line.trimmed();
        let entry = entry(text).filter(|(page, has_leaders)| *page >= last && (*has_leaders || below_heading));
        if let Some((page, _)) = entry
            && let Some(mark) = marked.get_mut(at)
        {
            (*mark, last) = (true, page);
        } else {
            let name: String = text.chars().filter(|each| !is_blank(*each)).take(20).collect();
            below_heading = matches!(name.to_lowercase().as_str(), "目录" | "目次" | "contents" | "tableofcontents");
            last = 0;
        }
    }
    marked
}

/// The page that a line of a contents list names, and whether leaders lead to it.
fn entry(text: &str) -> Option<(u32, bool)> {
    let before = text.trim_end_matches(|each: char| each.is_ascii_digit());
    let page = bare_number(text.get(before.len()..)?)?;
    let name = before.trim_end_matches(|each| is_blank(each) || matches!(each, '.' | '…' | '·' | '⋯'));
    let leaders = before.get(name.len()..)?;
    let dots = leaders.chars().filter(|each| !is_blank(*each)).count();
    let has_leaders = dots >= 3 || leaders.contains("……");
    let is_apart = has_leaders || leaders.contains('\t') || leaders.contains("  ");
    (is_apart && !name.is_empty() && !name.contains('\t')).then_some((page, has_leaders))
}

/// Counts indents from the leftmost line of the page.
fn set_indents(lines: &mut [Line]) {
    let indent = |line: &Line| {
        let text = line.text.get(..line.trimmed_start() - line.start).unwrap_or_default();
        u32::try_from(width(text)).unwrap_or(u32::MAX)
    };
    let mut rest = lines;
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(|line| line.page).map_or(rest.len(), |at| at + 1);
        let (page, after) = rest.split_at_mut(end);
        let margin = page.iter().map(indent).min().unwrap_or_default();
        for line in page {
            line.indent = indent(line) - margin;
        }
        rest = after;
    }
}
