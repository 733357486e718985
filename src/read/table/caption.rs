//! Captions and units: the words around a table that say what it is of, and in what.

use std::ops::Range;

use super::cell::has_digit;
use crate::document::Passage;
use crate::figure::Unit;

/// Longer paragraphs are no captions, in bytes.
const LONGEST: usize = 240;

/// Whether words name a unit: `万元`, `人`, `台、辆`, `元/人`.
pub fn is_unit(text: &str) -> bool {
    const ENDS: &str = "元人个台辆项份次米里吨克亩户套件家天页张座条只株升时年月分‰%％㎡";
    let text = text.trim();
    if Unit::named(text).is_some() {
        return true;
    }
    let count = text.chars().count();
    let names = |part: &str| {
        let part = part.trim().trim_start_matches("人民币");
        part.chars().count() <= 4 && part.chars().last().is_some_and(|last| ENDS.contains(last))
    };
    (1..=12).contains(&count) && !has_digit(text) && text.split(['、', ',', '，', '/', '和', '或']).all(names)
}

/// The unit in the brackets at the end of a label: `数量（台）`.
pub fn bracketed_unit(label: &Passage) -> Option<Passage> {
    let (inside, _) = brackets(label.text())?;
    let text = label.text().get(inside.clone())?;
    let text = text.strip_prefix("单位").map_or(text, |rest| rest.trim_start_matches([':', '：', ' ']));
    is_unit(text).then(|| label.part(inside.end - text.len()..inside.end).trimmed())
}

/// What is in the brackets at the end, and where they open.
fn brackets(text: &str) -> Option<(Range<usize>, usize)> {
    let plain = text.trim_end();
    let close = plain.chars().last().filter(|last| matches!(last, ')' | '）'))?;
    let open = plain.rfind(['(', '（'])?;
    let inside = open + plain.get(open..)?.chars().next()?.len_utf8()..plain.len() - close.len_utf8();
    Some((inside, open))
}

/// A unit stated at the end of a line, and where the statement begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Stated {
    /// The unit.
    pub unit: Range<usize>,
    /// Where the statement begins: what stands before may be a caption.
    pub start: usize,
}

/// The unit that the end of a short paragraph states: `单位：万元`, `（单位：元）`, `(in millions)`.
pub fn stated(text: &str) -> Option<Stated> {
    if text.len() > LONGEST {
        return None;
    }
    chinese(text).or_else(|| {
        let (inside, open) = brackets(text).unwrap_or((0..text.len(), 0));
        let words = text.get(inside.clone())?;
        let ends_caption = open > 0 && is_unit(words);
        (is_english(words) || ends_caption).then_some(Stated { unit: inside, start: open })
    })
}

fn chinese(text: &str) -> Option<Stated> {
    let at = text.rfind("单位")?;
    let behind = text.get(at + "单位".len()..)?;
    let value = behind.trim_start().strip_prefix([':', '：'])?.trim_start();
    let start = text.len() - value.len();
    let end =
        value.find(['）', ')', ';', '；', '。']).into_iter().chain(value.find("币种")).min().unwrap_or(value.len());
    let unit = value.get(..end)?.trim_end();
    // Nothing but the currency may follow.
    let rest = value.get(end..)?.trim_start_matches([')', '）', ';', '；', '。', ' ']);
    let ends = rest.is_empty() || (rest.starts_with("币种") && rest.len() <= 40);
    let mut before = text.get(..at)?;
    for kind in ["金额", "货币", "计量", "数量", "面积"] {
        before = before.strip_suffix(kind).unwrap_or(before);
    }
    // `填报单位：` is the unit that reports.
    let alone = before.chars().last().is_none_or(|last| !last.is_alphanumeric() || last == '表');
    let before = before.trim_end_matches(['(', '（', ' ', '\u{3000}', '\t', '\n']);
    (ends && alone && is_unit(unit)).then_some(Stated { unit: start..start + unit.len(), start: before.len() })
}

/// `in millions`, `Dollars in thousands, except per share`, `U.S. $ in 000s`: few words before the size.
fn is_english(words: &str) -> bool {
    const SIZES: [&str; 9] =
        ["million", "thousand", "billion", "hundred", "000", "usd", "eur", "percent", "u.s. dollars"];
    let words = words.trim().to_ascii_lowercase();
    let size = match words.strip_prefix("in ") {
        Some(size) => Some(size),
        None => words.split_once(" in ").filter(|(before, _)| before.split(' ').count() <= 3).map(|(_, size)| size),
    };
    let size = size.map(|size| size.trim_start_matches(['$', '€', '£', ' ']));
    words.len() <= 80 && size.is_some_and(|size| SIZES.iter().any(|known| size.starts_with(known)))
}

/// The line of a form that says who filled it in: what stands before it may be a caption.
fn form(text: &str) -> Option<usize> {
    ["编制部门", "编制单位", "填报单位", "填报部门", "部门名称", "单位名称", "公开部门", "预算单位", "部门", "单位"]
        .iter()
        .filter_map(|name| {
            let at = text.find(name)?;
            let behind = text.get(at + name.len()..)?.trim_start();
            let colon =
                behind.starts_with([':', '：']) || behind.starts_with("(公章)") || behind.starts_with("（公章）");
            let opens = text.get(..at)?.chars().last().is_none_or(char::is_whitespace);
            (colon && opens).then_some(at)
        })
        .min()
}

/// Whether it is nothing but the line of a form.
pub fn is_form(text: &str) -> bool {
    text.len() <= LONGEST && form(text) == Some(0)
}

/// The caption that a paragraph before a table is, without the unit behind it.
pub fn caption(paragraph: &Passage) -> Option<Passage> {
    let text = paragraph.text();
    if text.len() > LONGEST {
        return None;
    }
    let text = stated(text).map_or(text, |stated| text.get(..stated.start).unwrap_or_default());
    let text = form(text).map_or(text, |at| text.get(..at).unwrap_or_default()).trim_end();
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..)?;
    is_caption(line).then(|| paragraph.part(start..text.len()).trimmed())
}

fn is_caption(line: &str) -> bool {
    let line = line.trim();
    let ends = line.ends_with(['。', '；', '：', '，', ';', ',', ':']);
    !line.is_empty()
        && line.chars().count() <= 80
        && !ends
        && !line.contains(['。', '；'])
        && (is_numbered(line) || names_table(line))
}

/// `表 1-8 …`, `附表：…`, `Table 3. …`, `附件 2：…`.
pub fn is_numbered(line: &str) -> bool {
    let line = line.trim();
    let number = |rest: &str| {
        let rest = rest.trim_start();
        let first = rest.chars().next();
        first.is_some_and(|first| first.is_ascii_digit() || "一二三四五六七八九十".contains(first))
    };
    let chinese = ["续表", "附表", "附件", "表"].iter().find_map(|start| line.strip_prefix(start));
    if let Some(rest) = chinese {
        let behind =
            rest.trim_start_matches(|each: char| each.is_ascii_digit() || "一二三四五六七八九十-–—.． ".contains(each));
        // `表 1 显示，…` and `表 1 为 …` are sentences.
        let says =
            ["显示", "列示", "所示", "表明", "中", "可见", "为", "是"].iter().any(|verb| behind.starts_with(verb));
        return (number(rest) || rest.trim_start().starts_with([':', '：'])) && !says && !line.ends_with('。');
    }
    let rest =
        line.strip_prefix("Table ").or_else(|| line.strip_prefix("TABLE ")).or_else(|| line.strip_prefix("Exhibit "));
    rest.is_some_and(|rest| {
        let behind =
            rest.trim_start_matches(|each: char| each.is_ascii_digit() || matches!(each, '.' | '-' | ':' | ' '));
        number(rest) && behind.chars().next().is_none_or(|next| !next.is_ascii_lowercase())
    })
}

/// A line that ends in the word for a table, and does not refer to one.
fn names_table(line: &str) -> bool {
    const REFERS: [&str; 8] = ["详见", "如下", "下表", "上表", "见附表", "见表", "列表", "代表"];
    let named = ["（续）", "(续)", "续"].iter().find_map(|mark| line.strip_suffix(mark)).unwrap_or(line).trim_end();
    named.ends_with('表') && named.chars().count() >= 3 && !REFERS.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Option<&str> {
        stated(text).map(|stated| &text[stated.unit])
    }

    #[test]
    fn units_are_stated_at_the_end_of_a_line() {
        for (text, expected) in [
            ("单位：万元", "万元"),
            ("单位: 万元 ", "万元"),
            ("（单位：元）", "元"),
            ("收支总表 编制部门：某局 单位：元", "元"),
            ("金额单位：人民币万元", "人民币万元"),
            ("单位：元 币种：人民币", "元"),
            ("固定资产表（万元）", "万元"),
            ("(In millions)", "In millions"),
            ("in thousands of EUR", "in thousands of EUR"),
            ("($ in millions, except per share)", "$ in millions, except per share"),
            ("(U.S. $ in thousands)", "U.S. $ in thousands"),
        ] {
            assert_eq!(unit(text), Some(expected), "{text}");
        }
        for text in [
            "填报单位：某市生态环境局",
            "单位：某局",
            "评价单位：3 人",
            "（万元）",
            "in the year",
            "单位",
            "预算 5 万元",
        ] {
            assert_eq!(unit(text), None, "{text}");
        }
    }

    #[test]
    fn captions_are_told_from_sentences() {
        let caption = |text: &str| caption(&Passage::plain(text, 0)).map(|passage| passage.text().to_owned());
        for (text, expected) in [
            ("表 1-8 某局支出情况", "表 1-8 某局支出情况"),
            ("2019 年结转资金明细表", "2019 年结转资金明细表"),
            ("附件 3：某表", "附件 3：某表"),
            ("附表：人员", "附表：人员"),
            ("收支总表 编制部门：某局 单位：元", "收支总表"),
            ("人员情况表（单位：人）", "人员情况表"),
            ("第一行\n收入总表\n单位：万元", "收入总表"),
            ("Table 3. Assets", "Table 3. Assets"),
        ] {
            assert_eq!(caption(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "表 1 显示，支出增加",
            "具体情况见下表",
            "预算 5 万元，详见附表",
            "表明支出增加",
            "表达意见",
            "职工代表",
            "Table 3 shows that sales grew",
            "收入决算数为 5 万元。支出表",
            "单位：万元",
            "",
        ] {
            assert_eq!(caption(text), None, "{text}");
        }
    }

    #[test]
    fn a_header_states_the_unit_of_its_column() {
        let unit = |text: &str| bracketed_unit(&Passage::plain(text, 0)).map(|passage| passage.text().to_owned());
        assert_eq!(unit("数量（台）").as_deref(), Some("台"));
        assert_eq!(unit("金额(万元)").as_deref(), Some("万元"));
        assert_eq!(unit("金额（单位：万元）").as_deref(), Some("万元"));
        assert_eq!((unit("管理 (7 分)"), unit("车辆（含）"), unit("数量"), unit("（")), (None, None, None, None));
    }
}
