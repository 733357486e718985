//! Tags, text and entities of HTML, as people and converters write it, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Text up to the next tag; entities are still in it.
    Text(Range<usize>),
    /// `<td colspan="2">`
    Open(Tag<'a>),
    /// `</td>`
    Close(Tag<'a>),
    /// A comment, a declaration, or a script or style with what is in it.
    Skip(Range<usize>),
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Where it stands, brackets included.
    pub range: Range<usize>,
    /// Its name in small letters.
    pub name: Cow<'a, str>,
    attributes: &'a str,
}

impl Tag<'_> {
    /// The number that an attribute states: `colspan="2"`.
    pub fn number(&self, name: &str) -> Option<u32> {
        let mut rest = self.attributes;
        while let Some(equals) = rest.find('=') {
            let (before, after) = (rest.get(..equals)?, rest.get(equals + 1..)?.trim_start());
            let quoted = after.strip_prefix(['"', '\'']);
            let value = quoted.unwrap_or(after).trim_start();
            if before.trim_end().rsplit([' ', '\t', '\n', '\r', '"', '\'']).next()?.eq_ignore_ascii_case(name) {
                let digits = value.find(|each: char| !each.is_ascii_digit()).unwrap_or(value.len());
                let digits = value.get(..digits)?;
                // What has more digits than fit is a large number.
                return (!digits.is_empty()).then(|| digits.parse().unwrap_or(u32::MAX));
            }
            let end = match quoted {
                Some(quoted) => quoted.find(['"', '\'']).and_then(|end| quoted.get(end + 1..)),
                None => after.find(char::is_whitespace).and_then(|end| after.get(end..)),
            };
            rest = end?;
        }
        None
    }
}

/// The pieces of a part of a text. It never goes back, and never looks twice for what is not there.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Comments, scripts and styles of which no end is left in the text.
    endless: [bool; 3],
}

impl<'a> Tokens<'a> {
    /// The pieces of the text up to `range.end`, from `range.start` on.
    pub fn new(text: &'a str, range: Range<usize>) -> Self {
        let text = text.get(..range.end).unwrap_or(text);
        Self { text, at: range.start, endless: [false; 3] }
    }

    /// The tag or what is to be skipped that starts exactly at a byte.
    pub fn at(&mut self, at: usize) -> Option<Token<'a>> {
        let rest = self.text.get(at..)?;
        let name = rest.strip_prefix('<')?;
        if name.starts_with("!--") {
            return self.until(0, at, at + 4, "-->");
        }
        if name.starts_with(['!', '?']) {
            let end = rest.find(['>', '\n']).filter(|end| rest.as_bytes().get(*end) == Some(&b'>'))?;
            return Some(Token::Skip(at..at + end + 1));
        }
        let (close, name) = name.strip_prefix('/').map_or((false, name), |name| (true, name));
        if !name.starts_with(|each: char| each.is_ascii_alphabetic()) {
            return None;
        }
        let length = end_of_tag(name)?;
        let end = at + (rest.len() - name.len()) + length;
        let inside = name.get(..length - 1)?;
        let letters = inside.find(|each: char| !each.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(letters);
        let name = if name.bytes().any(|each| each.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let skipped = match name.as_ref() {
            _ if close => None,
            "script" => self.until(1, at, end, "</script>"),
            "style" => self.until(2, at, end, "</style>"),
            _ => None,
        };
        let tag = Tag { range: at..end, name, attributes };
        Some(skipped.unwrap_or(if close { Token::Close(tag) } else { Token::Open(tag) }))
    }

    fn until(&mut self, kind: usize, start: usize, from: usize, end: &str) -> Option<Token<'a>> {
        let endless = self.endless.get_mut(kind).filter(|endless| !**endless)?;
        let bytes = self.text.as_bytes().get(from..)?;
        let found = bytes.windows(end.len()).position(|window| window.eq_ignore_ascii_case(end.as_bytes()));
        *endless = found.is_none();
        found.map(|found| Token::Skip(start..from + found + end.len()))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.at;
        let mut end = start;
        while let Some(found) = self.text.get(end..)?.find('<') {
            end += found;
            let Some(token) = self.at(end) else {
                end += 1;
                continue;
            };
            if start < end {
                self.at = end;
                return Some(Token::Text(start..end));
            }
            self.at = match &token {
                Token::Text(range) | Token::Skip(range) => range.end,
                Token::Open(tag) | Token::Close(tag) => tag.range.end,
            };
            return Some(token);
        }
        self.at = self.text.len();
        (start < self.at).then_some(Token::Text(start..self.at))
    }
}

/// Length of the rest of a tag, its bracket included. A bracket in quotes belongs to the quotes, unless
/// the quotes are never closed before the next tag.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut quoted_end = None;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'<' => break,
            b'>' if quote.is_none() => return Some(at + 1),
            b'>' => quoted_end = quoted_end.or(Some(at + 1)),
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            _ if quote == Some(byte) => quote = None,
            _ => {}
        }
    }
    quoted_end
}

/// What an entity at the start of a text stands for, and how long it is.
pub fn entity(text: &str) -> Option<(Cow<'static, str>, usize)> {
    // The longest name has 31 letters.
    let name = text.bytes().take(33).position(|byte| byte == b';').filter(|_| text.starts_with('&'))?;
    let written = text.get(..=name)?;
    let known = match written {
        "&nbsp;" => "\u{A0}",
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        // The Markdown parser knows all the others.
        _ => {
            let Some(Event::Text(text)) = Parser::new(written).nth(1) else { return None };
            let decoded = *text != *written && *text != *"&";
            return decoded.then(|| (Cow::Owned(text.into_string()), written.len()));
        }
    };
    Some((Cow::Borrowed(known), written.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_text_have_their_places() {
        let text = "甲<TD colspan='2' x>1 < 2</td><!-- <td> --><style>td{}</STYLE>";
        let shown: Vec<String> = Tokens::new(text, 0..text.len())
            .map(|token| match token {
                Token::Text(range) => text[range].to_owned(),
                Token::Open(tag) => format!("+{} {:?} {}", tag.name, tag.number("colspan"), &text[tag.range.clone()]),
                Token::Close(tag) => format!("-{}", tag.name),
                Token::Skip(range) => format!("skip {}", &text[range]),
            })
            .collect();
        let skipped = ["skip <!-- <td> -->", "skip <style>td{}</STYLE>"];
        assert_eq!(shown[..4], ["甲", "+td Some(2) <TD colspan='2' x>", "1 < 2", "-td"]);
        assert_eq!(shown[4..], skipped);
    }

    #[test]
    fn what_is_no_tag_is_text() {
        for text in ["PM2.5<35 且 x>1", "a<b", "<", "<!--", "</", "<1>", "<td", "<td \">", "<!a"] {
            let tokens: Vec<Token> = Tokens::new(text, 0..text.len()).collect();
            let expected = if text == "<td \">" { None } else { Some(Token::Text(0..text.len())) };
            assert!(expected.is_none_or(|expected| tokens == [expected]), "{text}: {tokens:?}");
        }
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let number = |text: &str| match Tokens::new(text, 0..text.len()).next() {
            Some(Token::Open(tag)) => tag.number("rowspan"),
            _ => None,
        };
        assert_eq!(number("<td rowspan=3>"), Some(3));
        assert_eq!(number("<td style=\"a=b\" ROWSPAN = \"12\">"), Some(12));
        assert_eq!(number("<td class=x rowspan='99999999999'>"), Some(u32::MAX));
        assert_eq!(number("<td data-rowspan=3>"), None);
        assert_eq!(number("<td title=\"rowspan=3\">"), None);
        assert_eq!(number("<td rowspan=\"\">"), None);
    }

    #[test]
    fn entities_are_decoded() {
        let entity = |text| entity(text).map(|(text, length)| (text.into_owned(), length));
        assert_eq!(entity("&amp;lt"), Some(("&".to_owned(), 5)));
        assert_eq!(entity("&#8212;"), Some(("—".to_owned(), 7)));
        assert_eq!(entity("&#x4e2D;"), Some(("中".to_owned(), 8)));
        assert_eq!(entity("&times;"), Some(("×".to_owned(), 7)));
        for text in ["&", "&;", "&nope;", "& a;", "&#;", "R&D 12;", "amp;"] {
            assert_eq!(entity(text), None, "{text}");
        }
    }
}
