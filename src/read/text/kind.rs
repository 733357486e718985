//! What a line or paragraph is by its words: heading, item of a list, caption, unit, note.

use super::lines::{is_blank, trim};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading, if it stands alone, and how deep it stands.
    Heading(u8),
    /// Starts with a number or sign of its own.
    Item,
    /// `表 1-8 …`, `Table 3: …`
    Caption,
    /// `单位：万元`, `(In millions)`
    Unit,
    /// `数据来源：…`, `注：…`
    Note,
    /// Anything else.
    Plain,
}

/// Longest heading, in characters.
const HEADING: usize = 60;

/// What a line is by its words.
pub fn kind(text: &str) -> Kind {
    let text = trim(text);
    if is_unit(text) {
        return Kind::Unit;
    }
    if is_note(text) {
        return Kind::Note;
    }
    if is_caption(text) {
        return Kind::Caption;
    }
    match mark(text) {
        Some((depth, rest)) if is_heading(text, depth, rest) => Kind::Heading(depth),
        Some(_) => Kind::Item,
        None if is_shouted(text) => Kind::Heading(2),
        None if is_announced(text) => Kind::Heading(5),
        None => Kind::Plain,
    }
}

/// Whether a text ends as a sentence, or a part of one that may stand alone, does.
pub fn ends_sentence(text: &str) -> bool {
    let inside = trim(text).trim_end_matches(|each| is_blank(each) || CLOSERS.contains(&each));
    inside.ends_with(['。', '！', '？', '；', '：', '.', '!', '?', ';', ':', '…'])
}

const CLOSERS: [char; 14] = ['”', '’', '」', '』', '）', ')', ']', '】', '"', '\'', '》', '〉', '〕', '>'];
/// Which pair of brackets a character belongs to, and whether it opens one.
fn bracket(each: char) -> Option<(usize, bool)> {
    Some(match each {
        '(' | '（' => (0, true),
        ')' | '）' => (0, false),
        '《' => (1, true),
        '》' => (1, false),
        '“' => (2, true),
        '”' => (2, false),
        '[' | '〔' | '【' => (3, true),
        ']' | '〕' | '】' => (3, false),
        '「' | '『' => (4, true),
        '」' | '』' => (4, false),
        _ => return None,
    })
}

/// A few words and a colon that announce what follows: `受益群众：`.
fn is_announced(text: &str) -> bool {
    let Some(words) = text.strip_suffix([':', '：']) else { return false };
    (2..=24).contains(&words.chars().count())
        && !words.contains(|each: char| is_digit(each) || "，。；：,;:（(".contains(each))
}

/// How many brackets of each pair a text leaves open, and how many it closes that it did not open.
fn brackets(text: &str) -> [(usize, usize); 5] {
    let mut counts = [(0_usize, 0_usize); 5];
    for (pair, opens) in text.chars().filter_map(bracket) {
        if let Some((open, close)) = counts.get_mut(pair) {
            match open.checked_sub(1) {
                _ if opens => *open += 1,
                Some(less) => *open = less,
                None => *close += 1,
            }
        }
    }
    counts
}

/// Whether a bracket that a text leaves open is closed by the next.
pub fn is_closed_by(text: &str, next: &str) -> bool {
    let before = brackets(text);
    before.iter().any(|(open, _)| *open > 0)
        && before.iter().zip(&brackets(next)).any(|((open, _), (_, close))| *open > 0 && *close > 0)
}

/// Starts as a note does.
fn is_note(text: &str) -> bool {
    let words = [
        "注：",
        "注:",
        "备注：",
        "备注:",
        "说明：",
        "说明:",
        "数据来源",
        "资料来源",
        "Source:",
        "Sources:",
        "Note:",
        "Notes:",
    ];
    words.iter().any(|word| text.starts_with(word))
}

/// Says who filled in the form that stands below: `编制部门：某局`.
pub fn is_form(text: &str) -> bool {
    const ACTS: [&str; 6] = ["编制", "填报", "公开", "预算", "报送", "主管"];
    let who = ACTS.iter().find_map(|act| text.strip_prefix(act));
    let name = who.and_then(|who| ["部门", "单位"].iter().find_map(|word| who.strip_prefix(word)));
    text.len() <= 240 && !text.ends_with('。') && name.is_some_and(|name| name.trim_start().starts_with([':', '：']))
}

/// Ends with, or is, the statement of a unit.
pub fn is_unit(text: &str) -> bool {
    if text.len() > 150 || text.ends_with('。') {
        return false;
    }
    let is_stated = ["单位：", "单位:", "计量单位", "货币单位"]
        .iter()
        .any(|word| text.rfind(word).is_some_and(|at| text.get(at..).is_some_and(|rest| rest.chars().count() <= 24)));
    let lower = text.to_ascii_lowercase();
    let word = lower.trim_start_matches(['(', '（', '$', ' ']);
    let is_english = lower.starts_with(['(', '（'])
        && (word.starts_with("in ") || word.starts_with("amounts in") || word.starts_with("dollars in"))
        && ["million", "thousand", "billion", "dollar", "euro", "percent", "units"]
            .iter()
            .any(|unit| word.contains(unit));
    is_stated || is_english
}

/// `表 1-8 …` and its like, with the number behind the word.
fn is_caption(text: &str) -> bool {
    if text.len() > 240 || text.ends_with(['。', '；', '，', '.']) {
        return false;
    }
    let rest = ["续表", "附表", "表", "图", "Table ", "TABLE ", "Figure ", "FIGURE ", "Exhibit ", "Chart "]
        .iter()
        .find_map(|word| text.strip_prefix(word));
    let Some(rest) = rest.map(str::trim_start) else { return false };
    let is_number =
        |each: char| each.is_ascii_digit() || NUMERALS.contains(&each) || matches!(each, '-' | '－' | '–' | '—' | '.');
    let name = rest.trim_start_matches(is_number);
    // `表 1 所示` is a sentence that goes on.
    name.len() < rest.len() && !name.trim_start().starts_with(['所', '可', '中', '显', '和', '与', '为', '、'])
}

const NUMERALS: [char; 13] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '〇', '零'];

fn is_digit(each: char) -> bool {
    each.is_ascii_digit()
}

/// The text behind one or more numerals of a kind.
fn past(text: &str, is_numeral: impl Fn(char) -> bool, most: usize) -> Option<&str> {
    let count = text.chars().take_while(|each| is_numeral(*each)).count();
    let rest = text.trim_start_matches(is_numeral);
    (1..=most).contains(&count).then_some(rest)
}

/// The number that a heading or item starts with, as the depth that its style stands for; and what follows it.
pub fn mark(text: &str) -> Option<(u8, &str)> {
    let is_numeral = |each: char| NUMERALS.contains(&each);
    if let Some(rest) = ["附件", "附录", "附注"].iter().find_map(|word| text.strip_prefix(word)) {
        let rest = rest.trim_start();
        let rest = past(rest, |each| is_digit(each) || is_numeral(each), 4).unwrap_or(rest).trim_start();
        return (rest.is_empty() || rest.starts_with([':', '：'])).then(|| (1, rest.trim_start_matches([':', '：'])));
    }
    if let Some(rest) = text.strip_prefix('第') {
        let rest = past(rest.trim_start(), |each| is_digit(each) || is_numeral(each), 4)?.trim_start();
        let shallow = ["部分", "章", "篇", "编"].iter().find_map(|word| rest.strip_prefix(word)).map(|rest| (1, rest));
        return shallow.or_else(|| rest.strip_prefix('节').map(|rest| (2, rest)));
    }
    if let Some(rest) = past(text, is_numeral, 4) {
        return rest.strip_prefix(['、', '．', '.']).map(|rest| (2, rest));
    }
    if let Some(inside) = text.strip_prefix(['（', '(']) {
        let deep = past(inside, is_numeral, 4).map(|rest| (3, rest));
        let (depth, rest) = deep.or_else(|| past(inside, is_digit, 2).map(|rest| (5, rest)))?;
        return rest.strip_prefix(['）', ')']).map(|rest| (depth, rest));
    }
    if text.starts_with(|each| matches!(each, '①'..='⑳' | '●' | '•' | '■' | '◆')) {
        return Some((6, text.get(3..).unwrap_or_default()));
    }
    if let Some(rest) = text.strip_prefix('Q').and_then(|rest| past(rest, is_digit, 3)) {
        return rest.strip_prefix([':', '：', '.', '、']).map(|rest| (6, rest));
    }
    numbered(text).or_else(|| english(text))
}

/// `1.…`, `1、…`, `1.2 …`
fn numbered(text: &str) -> Option<(u8, &str)> {
    let mut rest = past(text, is_digit, 3)?;
    let mut depth = 4_u8;
    // `2.2019 年…` is point 2, not 2.2019; and a figure such as `1.5 万元` is no point at all.
    while depth < 7
        && let Some(after) = rest.strip_prefix('.').and_then(|after| past(after, is_digit, 2))
    {
        (rest, depth) = (after, depth + 1);
    }
    match rest.strip_prefix(['.', '．', '、']) {
        Some(rest) if !rest.starts_with(is_digit) || past(rest, is_digit, 4).is_some() => Some((depth, rest)),
        None if depth > 4 && rest.starts_with(is_blank) && !rest.trim_start().starts_with(MEASURES) => {
            Some((depth, rest))
        }
        _ => None,
    }
}

/// `Part II`, `Note 5`
fn english(text: &str) -> Option<(u8, &str)> {
    let (word, rest) = text.split_once(' ')?;
    let depth = match word.to_ascii_lowercase().as_str() {
        "part" | "chapter" | "appendix" | "annex" | "schedule" => 1,
        "section" | "note" | "item" => 2,
        _ => return None,
    };
    if !word.starts_with(|each: char| each.is_ascii_uppercase()) {
        return None;
    }
    let number = rest.split([' ', '.', ':', '—', '–', '-']).next()?;
    let is_number = number.len() <= 5
        && !number.is_empty()
        && (number.chars().all(|each| matches!(each, 'I' | 'V' | 'X'))
            || number.starts_with(|each: char| each.is_ascii_digit())
            || number.len() == 1 && number.starts_with(|each: char| each.is_ascii_uppercase()));
    is_number.then(|| (depth, rest.get(number.len()..).unwrap_or_default()))
}

const MEASURES: [char; 18] =
    ['万', '亿', '元', '个', '人', '项', '辆', '台', '套', '份', '户', '家', '分', '天', '吨', '%', '％', '‰'];

/// Something is measured in it, so that it says more than a heading does: `共 12 辆`, `5.3`.
fn has_quantity(text: &str) -> bool {
    let mut before = ' ';
    let mut rest = text;
    while let Some(each) = rest.chars().next() {
        if each.is_ascii_digit() {
            let after = rest.trim_start_matches(|each: char| each.is_ascii_digit() || each == ',');
            let is_decimal = after.strip_prefix('.').is_some_and(|after| after.starts_with(is_digit));
            if !before.is_ascii_alphabetic() && (is_decimal || after.trim_start().starts_with(MEASURES)) {
                return true;
            }
            (before, rest) = ('0', after);
        } else {
            (before, rest) = (each, rest.get(each.len_utf8()..).unwrap_or_default());
        }
    }
    false
}

fn is_heading(text: &str, depth: u8, rest: &str) -> bool {
    let rest = trim(rest);
    let (stops, colons) = (['。', '；', ';'], ['：', ':']);
    text.len() <= HEADING * 3
        && text.chars().count() <= HEADING
        && (depth == 1 || !rest.is_empty())
        && !text.starts_with(|each| matches!(each, '①'..='⑳' | '●' | '•' | '■' | '◆'))
        && !rest.ends_with(['，', ',', '、', '！', '!', '.'])
        && !rest.contains(stops)
        && (depth == 1 || !rest.trim_end_matches(colons).contains(colons))
        && brackets(text).iter().all(|(open, close)| *open == 0 && *close == 0)
        && !has_quantity(rest)
}

/// A short line in capitals.
fn is_shouted(text: &str) -> bool {
    let letters = || text.chars().filter(|each| each.is_alphabetic());
    text.len() <= HEADING
        && letters().count() >= 4
        && letters().all(|each| each.is_ascii_uppercase())
        && text.split(' ').any(|word| word.len() >= 4)
        && !text.ends_with(['.', ',', ';'])
        && !text.chars().any(is_digit)
        && !text.contains("  ")
        && !text.contains('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_told_by_their_numbers() {
        for (text, depth) in [
            ("附件 3：支出明细表", 1),
            ("第二部分  决算表", 1),
            ("第一章 总则", 1),
            ("Part II", 1),
            ("三、评价结论", 2),
            ("Note 5 – Leases", 2),
            ("CASH FLOW STATEMENT", 2),
            ("（二）评价依据", 3),
            ("(十一) 其他", 3),
            ("1. 2019 年收支情况", 4),
            ("2.2019 年度目标", 4),
            ("4、资产管理", 4),
            ("4.人员情况", 4),
            ("1.2 背景", 5),
            ("(3) 访谈实施", 5),
            ("（1）效能目标：", 5),
            ("Q3:您的学历是？", 6),
        ] {
            assert_eq!(kind(text), Kind::Heading(depth), "{text}");
        }
    }

    #[test]
    fn the_line_of_a_form_says_who_filled_it_in() {
        assert!(is_form("编制部门：某局") && is_form("填报单位: 某局"));
        for text in ["编制部门预算", "部门：某局", "编制单位：某局负责编制。", "本年由编制部门：某局编制"]
        {
            assert!(!is_form(text), "{text}");
        }
    }

    #[test]
    fn sentences_and_items_are_no_headings() {
        for text in [
            "1. 共有房屋 4 平方米，价值 5.4 万元",
            "（一）财政拨款收入：是本年度取得的拨款。",
            "3. 《关于印发办法的通知》；",
            "2.比较法。是指比较的方法",
            "（3）购置车辆 2 辆",
            "6. 《通知》（国发",
            "①2019 年完成",
        ] {
            assert_eq!(kind(text), Kind::Item, "{text}");
        }
        for text in [
            "1.5 万元用于培训",
            "2019 年，预算执行良好",
            "(2016) 31 号",
            "IBM 2019",
            "第一，要加强",
            "Parties agree",
            "三公经费",
        ] {
            assert_eq!(kind(text), Kind::Plain, "{text}");
        }
    }

    #[test]
    fn captions_units_and_notes_are_told_apart() {
        for text in ["表 1-8 支出情况表", "表3：明细", "图 2 年龄", "Table 4: Revenue", "表一 收入", "附表1 收入"]
        {
            assert_eq!(kind(text), Kind::Caption, "{text}");
        }
        for text in [
            "单位：万元",
            "（单位：人）",
            "编制部门：某局    单位:元",
            "(In millions, except per share data)",
            "金额单位：元",
        ] {
            assert_eq!(kind(text), Kind::Unit, "{text}");
        }
        for text in ["数据来源《决算表》", "注：本表反映收入。", "Source: annual report"] {
            assert_eq!(kind(text), Kind::Note, "{text}");
        }
        for text in ["表 1 所示，支出增长。", "表示满意的有 36 人", "图书馆新购图书", "(in the year)", "表1所示情况"]
        {
            assert_eq!(kind(text), Kind::Plain, "{text}");
        }
    }

    #[test]
    fn a_sentence_ends_before_its_brackets() {
        assert!(ends_sentence("如下。”") && ends_sentence("done.)") && ends_sentence("包括："));
        assert!(!ends_sentence("（国发") && !ends_sentence("的通知》"));
        assert!(is_closed_by("通知（国发", "〔2016〕1 号）") && !is_closed_by("通知（国发", "第 1 号"));
    }
}
