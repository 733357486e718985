//! What a label says besides its words: year, unit, outline, code, figure in brackets.

use crate::term::plain;

/// A label taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Its words, without spaces, punctuation, outline, year and bracketed unit, and in narrow letters.
    pub words: String,
    /// The year it states.
    pub year: Option<u16>,
    /// How deep its outline number stands: `一、` 1, `（一）` 2, `1.` 3, `（1）` 4, `①` 5.
    pub outline: Option<u8>,
    /// Starts with `其中`.
    pub of_which: bool,
    /// The code it starts with, `A101`.
    pub code: Option<String>,
    /// What stands in its last brackets, where that holds a digit: bytes of the label.
    pub bracket: Option<std::ops::Range<usize>>,
}

impl Label {
    /// Takes a label apart.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut label = Self::default();
        let (outline, rest) = outline(text.trim());
        label.outline = outline;
        let rest = rest.trim_start();
        let (of_which, rest) = ["其中", "of which", "Of which"]
            .iter()
            .find_map(|word| rest.strip_prefix(word))
            .map_or((false, rest), |rest| (true, rest.trim_start_matches([':', '：', ' '])));
        label.of_which = of_which;
        // What follows 其中 may be numbered itself.
        let rest = if of_which { self::outline(rest).1 } else { rest };
        let code = code(rest);
        label.code = code.map(str::to_owned);
        let rest = &rest[code.map_or(0, str::len)..];
        label.bracket = bracket(text);
        let (year, words) = words(rest);
        label.year = year;
        label.words = words;
        label
    }
}

/// The depth of an outline number, and what stands behind it.
pub fn outline(text: &str) -> (Option<u8>, &str) {
    const CHINESE: &str = "一二三四五六七八九十";
    let none = (None, text);
    let Some(first) = text.chars().next() else { return none };
    if ('①'..='⑳').contains(&first) {
        return (Some(5), &text[first.len_utf8()..]);
    }
    let bracketed = text.strip_prefix(['(', '（']);
    let inner = bracketed.unwrap_or(text);
    let end = |is: &dyn Fn(char) -> bool| inner.find(|letter| !is(letter)).unwrap_or(inner.len());
    let (chinese, digits) = (end(&|letter| CHINESE.contains(letter)), end(&|letter| letter.is_ascii_digit()));
    let (length, depth) = match (bracketed.is_some(), chinese > 0, digits > 0) {
        (false, true, _) => (chinese, 1),
        (true, true, _) => (chinese, 2),
        (false, _, true) => (digits, 3),
        (true, _, true) => (digits, 4),
        _ => return none,
    };
    let rest = &inner[length..];
    let closed =
        if bracketed.is_some() { rest.strip_prefix([')', '）']) } else { rest.strip_prefix(['、', '.', '．']) };
    match closed {
        // `1.5` is a number.
        Some(rest) if bracketed.is_some() || !rest.starts_with(|letter: char| letter.is_ascii_digit()) => {
            (Some(depth), rest)
        }
        _ => none,
    }
}

/// A code of an indicator at the start of a label: a capital letter, digits and perhaps points.
fn code(text: &str) -> Option<&str> {
    let mut letters = text.char_indices();
    letters.next().filter(|(_, first)| first.is_ascii_uppercase())?;
    let end = letters
        .find(|(_, letter)| !(letter.is_ascii_digit() || *letter == '.' || *letter == '-'))
        .map_or(text.len(), |(at, _)| at);
    let rest = &text[end..];
    // `PM2.5` and `CO` are no codes: what follows one is a space or a word that is not Latin.
    let is_alone = rest.is_empty() && end > 1;
    let parted = is_alone || rest.starts_with(|letter: char| !letter.is_ascii_alphanumeric());
    let code = text[..end].trim_end_matches(['.', '-']);
    (parted && !code.is_empty()).then_some(code)
}

/// What stands in the last brackets, where it holds a digit.
fn bracket(text: &str) -> Option<std::ops::Range<usize>> {
    let open = text.rfind(['(', '（'])?;
    let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
    let end = start + text[start..].find([')', '）']).unwrap_or(text.len() - start);
    text[start..end].contains(|letter: char| letter.is_ascii_digit()).then_some(start..end)
}

/// The year, and the words without it and without what stands in brackets that is no word of the name.
fn words(text: &str) -> (Option<u16>, String) {
    let mut kept = String::new();
    let mut depth = 0_u32;
    let mut bracketed = String::new();
    for letter in text.chars() {
        match letter {
            '(' | '（' | '[' => {
                depth += 1;
                if depth == 1 {
                    bracketed.clear();
                }
            }
            ')' | '）' | ']' if depth > 0 => {
                depth -= 1;
                // Words in brackets belong to the name, 因公出国（境）费; units, years and figures do not.
                if depth == 0 && !is_aside(&bracketed) {
                    kept.push_str(&bracketed);
                }
            }
            _ if depth > 0 => bracketed.push(letter),
            _ => kept.push(letter),
        }
    }
    if depth > 0 && !is_aside(&bracketed) {
        kept.push_str(&bracketed);
    }
    let (year, rest) = take_year(&kept);
    (year.or_else(|| take_year(text).0), plain(&rest))
}

/// Whether what stands in brackets says a unit or a figure.
fn is_aside(text: &str) -> bool {
    let text = text.trim();
    let units = ["台", "辆", "台、辆", "平方米", "单位", "含", "份", "户", "分"];
    text.contains(|letter: char| letter.is_ascii_digit())
        || crate::figure::Unit::named(text).is_some()
        || text.starts_with("单位")
        || units.contains(&text)
}

/// The first year in a text, and the text without it.
#[must_use]
pub fn take_year(text: &str) -> (Option<u16>, String) {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for at in 0..bytes.len().saturating_sub(3) {
        let alone = (at == 0 || !digit(at - 1)) && !digit(at + 4);
        if alone && (at..at + 4).all(digit) {
            let year = text[at..at + 4].parse::<u16>().ok().filter(|year| (1949..2100).contains(year));
            let behind = text[at + 4..].trim_start();
            let behind = behind.strip_prefix("年度").or_else(|| behind.strip_prefix('年'));
            let (Some(year), true) = (year, behind.is_some() || text.len() == 4) else { continue };
            return (Some(year), format!("{}{}", &text[..at], behind.unwrap_or_default()));
        }
    }
    (None, text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_its_words_without_what_stands_beside_them() {
        let words = |text: &str| Label::read(text).words;
        for (text, expected) in [
            ("年初结转 结余数", "年初结转结余数"),
            ("因公出国（境）费", "因公出国境费"),
            ("“三公”经费", "三公经费"),
            ("2018 年 决算数", "决算数"),
            ("1.公务用车购置和 维护经费", "公务用车购置和维护经费"),
            ("其中：公车购置", "公车购置"),
            ("(一) 房屋 (平方米)", "房屋"),
            ("金额（万元）", "金额"),
            ("B1 预算编制管理 (7 分)", "预算编制管理"),
            ("PM2.5 平均浓度值", "pm25平均浓度值"),
            ("①公务用车购置费", "公务用车购置费"),
            ("1.5 倍", "15倍"),
            ("Total Assets", "totalassets"),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_beside_the_words_is_kept() {
        let label = Label::read("B1 预算编制管理 (7 分)");
        assert_eq!((label.code.as_deref(), label.bracket), (Some("B1"), Some(23..28)));
        assert_eq!(Label::read("A 履职效能").code.as_deref(), Some("A"));
        assert_eq!(Label::read("B103“三公经费”变动率").code.as_deref(), Some("B103"));
        assert_eq!(Label::read("CO2 排放").code, None);
        assert_eq!(Label::read("2018 年 决算数").year, Some(2018));
        assert_eq!(Label::read("2019年在职人数").year, Some(2019));
        assert!(Label::read("其中：公车购置").of_which && !Label::read("公车购置").of_which);
        let depth = |text: &str| Label::read(text).outline;
        assert_eq!(
            (depth("一、收入"), depth("(一) 房屋"), depth("1. 轿车"), depth("（1）甲")),
            (Some(1), Some(2), Some(3), Some(4))
        );
        assert_eq!((depth("一般公共预算"), depth("2018 年"), depth("1.5 倍")), (None, None, None));
    }
}
