//! Where the sentences of a text end, and which brackets and quotation marks belong together.

use std::ops::Range;

/// Opening and closing marks; those of quotations and titles last.
const MARKS: [(char, char); 12] = [
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('〔', '〕'),
    ('【', '】'),
    ('［', '］'),
    ('{', '}'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
];

/// Words that end in a point and no sentence.
const SHORT: [&str; 34] = [
    "no", "nos", "mr", "mrs", "ms", "dr", "vs", "fig", "figs", "approx", "inc", "ltd", "co", "corp", "jr", "sr", "st",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "art", "sec", "para", "cf",
    "incl",
];

/// A pair of marks, by the bytes they start at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    pub open: usize,
    pub close: usize,
    pub mark: char,
}

impl Pair {
    /// Whether it is the pair of a title, whose words are a name.
    pub fn is_title(&self) -> bool {
        matches!(self.mark, '《' | '〈')
    }

    /// Whether it is a pair of quotation marks.
    pub fn is_quote(&self) -> bool {
        matches!(self.mark, '“' | '「' | '『')
    }
}

/// The pairs of a text, in the order they open; a mark without its partner is none.
pub fn pairs(text: &str) -> Vec<Pair> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut waiting = [0usize; MARKS.len()];
    let mut pairs = Vec::new();
    for (at, each) in text.char_indices() {
        if let Some(kind) = MARKS.iter().position(|(mark, _)| *mark == each) {
            open.push((kind, at));
            waiting[kind] += 1;
        } else if let Some(kind) = MARKS.iter().position(|(_, mark)| *mark == each) {
            // What was opened inside and never closed is no bracket.
            while waiting[kind] > 0
                && let Some((inner, start)) = open.pop()
            {
                waiting[inner] -= 1;
                if inner == kind {
                    pairs.push(Pair { open: start, close: at, mark: MARKS[kind].0 });
                    break;
                }
            }
        }
    }
    pairs.sort_by_key(|pair| pair.open);
    pairs
}

/// The sentences of a text, without the blanks around them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let pairs = pairs(text);
    let mut pairs = pairs.iter().peekable();
    let (mut start, mut inside) = (0, 0);
    let mut found = Vec::new();
    for (at, each) in text.char_indices() {
        while let Some(pair) = pairs.next_if(|pair| pair.open < at) {
            inside = inside.max(pair.close);
        }
        let end = at + each.len_utf8();
        let ends = match each {
            '\n' => true,
            '。' | '！' | '？' => at >= inside,
            '!' | '?' => at >= inside && breaks(text, end),
            '.' => at >= inside && breaks(text, end) && !is_short(text.get(start..at).unwrap_or_default()),
            _ => false,
        };
        if ends {
            found.push(trimmed(text, start..end));
            start = end;
        }
    }
    found.push(trimmed(text, start..text.len()));
    found.retain(|range| !range.is_empty());
    found
}

fn breaks(text: &str, end: usize) -> bool {
    let rest = text.get(end..).unwrap_or_default();
    rest.chars().find(|each| !matches!(each, '"' | '”' | ')' | '）')).is_none_or(char::is_whitespace)
}

/// Whether a point behind this ends a word and not the sentence: `No.`, `U.S.`, `e.g.`, `1.` at the start.
fn is_short(before: &str) -> bool {
    let parts = |each: char| each.is_whitespace() || "(（“\"；;：:".contains(each);
    let word = before.rsplit(parts).next().unwrap_or_default();
    let head = before.get(..before.len() - word.len()).unwrap_or_default().trim_end();
    let serial = word.len() <= 2 && (head.is_empty() || head.ends_with(['；', ';', '：']));
    let is_serial = serial && word.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let is_initials =
        word.split('.').all(|part| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_known = word.len() <= 6 && SHORT.iter().any(|short| short.eq_ignore_ascii_case(word));
    is_serial || is_known || (is_initials && word != "I")
}

/// The range without the blanks at its ends.
pub fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + part.len() - part.trim_start().len();
    start..(range.start + part.trim_end().len()).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_end_at_their_marks_and_nowhere_else() {
        assert_eq!(split("共 5 人。其中 3 人！见《通知。试行》。"), ["共 5 人。", "其中 3 人！", "见《通知。试行》。"]);
        assert_eq!(
            split("Sales of 1.5 in the U.S. rose, e.g. to No. 3. Then 4."),
            ["Sales of 1.5 in the U.S. rose, e.g. to No. 3.", "Then 4."]
        );
        assert_eq!(split("1. 收入 5 万元。 2. 支出"), ["1. 收入 5 万元。", "2. 支出"]);
        assert_eq!(split("甲；2. 乙"), ["甲；2. 乙"]);
        assert_eq!(split("in 2018. In 2019"), ["in 2018.", "In 2019"]);
        assert_eq!(split("“没有右引号。第二句。"), ["“没有右引号。", "第二句。"]);
        assert!(split(" \n ").is_empty());
    }

    #[test]
    fn marks_without_partners_are_no_pairs() {
        let found = |text| pairs(text).iter().map(|pair| (pair.open, pair.close)).collect::<Vec<_>>();
        assert_eq!(found("(a[b)]"), [(0, 4)]);
        assert_eq!(found(")(()"), [(2, 3)]);
    }
}
