//! The units that stand behind a number, or before it, in a sentence.

use std::ops::Range;

use crate::figure::Unit;

/// Chinese measure words and units, and what must not follow because the two are another word.
const MEASURES: &[(&str, &str)] = &[
    ("个百分点", ""),
    ("个工作日", ""),
    ("个基点", ""),
    ("个月", ""),
    ("个小时", ""),
    ("百分点", ""),
    ("工作日", ""),
    ("平方公里", ""),
    ("平方千米", ""),
    ("立方米", ""),
    ("平方米", ""),
    ("千瓦时", ""),
    ("美元", ""),
    ("欧元", ""),
    ("港元", ""),
    ("港币", ""),
    ("日元", ""),
    ("英镑", ""),
    ("人民币", ""),
    ("小时", ""),
    ("分钟", ""),
    ("公里", ""),
    ("千米", ""),
    ("公斤", ""),
    ("千克", ""),
    ("公顷", ""),
    ("千瓦", ""),
    ("蒸吨", ""),
    ("课时", ""),
    ("学时", ""),
    ("人次", ""),
    ("批次", ""),
    ("户次", ""),
    ("台次", ""),
    ("场次", ""),
    ("台套", ""),
    ("件次", ""),
    ("车次", ""),
    ("人天", ""),
    ("大类", ""),
    ("元", "旦月素器"),
    ("角", "度色落"),
    ("个", "人性别体税"),
    ("项", ""),
    ("人", "员口均力才民大工事文数类社行民"),
    ("份", "额"),
    ("辆", ""),
    ("台", "湾风账阶历"),
    ("天", "津然气空"),
    ("分", "析别布类项局配解部段为工之期管年享割散担流级步支公值数钟行会成两三多"),
    ("户", "籍口外均主型"),
    ("座", "谈位"),
    ("次", "日年月要序数生"),
    ("起", "来点始草诉到"),
    ("家", "庭具属里长"),
    ("吨", ""),
    ("亩", ""),
    ("㎡", ""),
    ("名", "称单额誉义录"),
    ("条", "件例款约"),
    ("件", ""),
    ("处", "理置于罚级室"),
    ("所", "有属得在需以"),
    ("套", ""),
    ("批", "准复示发"),
    ("场", "所地馆景合"),
    ("种", "类植子"),
    ("类", "型别似"),
    ("篇", ""),
    ("册", ""),
    ("本", "年次级部单项市公报期局着身科区县省校院单"),
    ("张", ""),
    ("间", "接隔断"),
    ("栋", ""),
    ("幢", ""),
    ("株", ""),
    ("棵", ""),
    ("只", "有是能要"),
    ("头", ""),
    ("支", "出付持撑队部"),
    ("门", "诊户槛"),
    ("门次", ""),
    ("位", "于置列居"),
    ("笔", "试记"),
    ("宗", "旨教"),
    ("组", "织成建"),
    ("队", ""),
    ("班", "子"),
    ("期", "间末初限望内"),
    ("盏", ""),
    ("块", ""),
    ("片", "区"),
    ("幅", "度"),
    ("轮", ""),
    ("艘", ""),
    ("架", "构"),
    ("床", ""),
    ("村", "级民委镇"),
    ("米", ""),
    ("升", "级至"),
    ("克", "服"),
    ("股", "东份权本"),
    ("倍", ""),
    ("层", "级面次"),
    ("岁", ""),
    ("周", "年边期围岁"),
    ("页", ""),
    ("字", ""),
    ("口", "径"),
    ("孔", ""),
    ("根", "据"),
    ("副", "主局"),
    ("例", "如外"),
    ("宗地", ""),
    ("地块", ""),
];

/// Measure words that a Chinese numeral in words may stand before, when it counts.
const COUNTED: [&str; 22] = [
    "个", "项", "名", "家", "辆", "份", "套", "座", "人", "种", "所", "位", "篇", "批", "宗", "幅", "棵", "栋", "幢",
    "艘", "大类", "天",
];

/// Units in letters; those of money may follow a magnitude.
const MONEY: [&str; 18] = [
    "yuan", "renminbi", "rmb", "euro", "euros", "eur", "usd", "dollars", "dollar", "pounds", "gbp", "hkd", "yen",
    "jpy", "francs", "chf", "rupees", "kronor",
];
const LETTERS: [&str; 70] = [
    "percentage points",
    "percentage point",
    "basis points",
    "basis point",
    "square feet",
    "square metres",
    "square meters",
    "square foot",
    "per cent",
    "percent",
    "shares",
    "employees",
    "people",
    "persons",
    "customers",
    "stores",
    "countries",
    "vehicles",
    "items",
    "points",
    "forms",
    "units",
    "times",
    "years",
    "year",
    "months",
    "month",
    "weeks",
    "days",
    "day",
    "hours",
    "minutes",
    "barrels",
    "acres",
    "tonnes",
    "tons",
    "miles",
    "bps",
    "pp",
    "kg",
    "g",
    "km",
    "km²",
    "m²",
    "m³",
    "m",
    "mm",
    "cm",
    "kW",
    "kWh",
    "MW",
    "MWh",
    "GW",
    "GWh",
    "GB",
    "TB",
    "t",
    "μg/m³",
    "µg/m³",
    "ug/m3",
    "μ g/m³",
    "mg/m³",
    "mg/m3",
    "mg/L",
    "mg/l",
    "mg/kg",
    "dB",
    "m3",
    "m2",
    "km2",
];
const MAGNITUDES: [&str; 10] = ["thousand", "million", "billion", "trillion", "mn", "bn", "m", "b", "k", "tn"];

/// Signs of money that stand before a number, the longest first.
const BEFORE: [&str; 22] = [
    "US$", "HK$", "NT$", "A$", "C$", "S$", "R$", "$", "€", "£", "¥", "￥", "＄", "RMB", "USD", "EUR", "GBP", "HKD",
    "JPY", "CHF", "CNY", "Rs.",
];

/// The unit that starts here in the text.
pub fn behind(text: &str, at: usize) -> Option<Range<usize>> {
    let (start, rest) = skip(text, at);
    chinese(rest).or_else(|| letters(rest, start == at)).map(|length| start..over(text, start, start + length))
}

/// The measure word that a numeral in words counts, from here.
pub fn counted(text: &str, at: usize) -> Option<Range<usize>> {
    let (start, rest) = skip(text, at);
    let length = chinese(rest)?;
    COUNTED.contains(&rest.get(..length)?).then_some(start..start + length)
}

/// Magnitude of money in letters: `million`, `bn`, `million euros`; `m` and its like only right behind.
pub fn magnitude(text: &str, at: usize, money: bool) -> Option<Range<usize>> {
    let (start, rest) = skip(text, at);
    let known = MAGNITUDES.iter().find(|known| is_word(rest, known) && (known.len() > 2 || (start == at && money)))?;
    let end = start + known.len();
    let (next, rest) = skip(text, end);
    let noun = MONEY.iter().chain(&LETTERS).find(|noun| next > end && noun.len() > 2 && is_word(rest, noun));
    Some(start..noun.map_or(end, |noun| next + noun.len()))
}

/// The sign of money that ends here.
pub fn before(text: &str, at: usize) -> Option<Range<usize>> {
    let head = text.get(..at)?;
    let head = head.trim_end_matches([' ', '\u{a0}']);
    let sign = BEFORE.iter().find(|sign| head.ends_with(**sign))?;
    let start = head.len() - sign.len();
    let joined = sign.starts_with(|each: char| each.is_ascii_alphabetic())
        && head.get(..start).is_some_and(|head| head.ends_with(|each: char| each.is_ascii_alphabetic()));
    (at - head.len() <= 1 && !joined).then_some(start..head.len())
}

fn skip(text: &str, at: usize) -> (usize, &str) {
    let rest = text.get(at..).unwrap_or_default();
    let blank = rest.chars().take(2).take_while(|each| *each == ' ' || *each == '\u{a0}' || *each == '\u{3000}');
    let start = at + blank.map(char::len_utf8).sum::<usize>();
    (start, text.get(start..).unwrap_or_default())
}

fn chinese(rest: &str) -> Option<usize> {
    let ends = |length: &usize| {
        let Some(name) = rest.get(..*length) else { return false };
        let next = rest.get(*length..).and_then(|rest| rest.chars().next());
        match MEASURES.iter().find(|(known, _)| *known == name) {
            Some((_, not)) => next.is_none_or(|next| !not.contains(next)),
            None => name.chars().all(|each| !each.is_ascii() && !each.is_whitespace()) && Unit::named(name).is_some(),
        }
    };
    let lengths: Vec<usize> = rest.char_indices().take(4).map(|(at, each)| at + each.len_utf8()).collect();
    lengths.into_iter().rev().find(ends)
}

fn letters(rest: &str, adjoins: bool) -> Option<usize> {
    let first = rest.chars().next()?;
    if !(first.is_ascii_alphabetic() || matches!(first, 'μ' | 'µ')) {
        return None;
    }
    let known = |list: &[&str]| list.iter().filter(|name| is_word(rest, name)).map(|name| name.len()).max();
    // A single letter is a unit only right behind its number.
    known(&LETTERS).filter(|length| *length > 1 || adjoins).or_else(|| known(&MONEY))
}

/// Whether the text starts with the word; a short one (`m`, `GB`) in this very case.
fn is_word(rest: &str, word: &str) -> bool {
    let Some(head) = rest.get(..word.len()) else { return false };
    let same = if word.len() > 3 { head.eq_ignore_ascii_case(word) } else { head == word };
    let next = rest.get(word.len()..).and_then(|rest| rest.chars().next());
    let or_upper = same || (word.len() == 3 && head.eq_ignore_ascii_case(word));
    or_upper && next.is_none_or(|next| !(next.is_ascii_alphanumeric() || next == '-' || next == '³' || next == '²'))
}

/// A unit by the unit: `元/人`, `吨/年`. It is not `元`.
fn over(text: &str, start: usize, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let Some(under) = rest.strip_prefix(['/', '／']) else { return end };
    let at = text.len() - under.len();
    if text.get(start..end).is_some_and(|unit| unit.contains('/')) {
        return end;
    }
    let length = chinese(under).or_else(|| letters(under, true));
    let calendar = || under.chars().next().filter(|each| "年月日时".contains(*each)).map(char::len_utf8);
    length.or_else(calendar).map_or(end, |length| at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unit_behind_is_taken() {
        let found = |text: &'static str| behind(text, 0).map(|range| &text[range]);
        for (text, unit) in [
            (" 万元，", Some("万元")),
            ("人次", Some("人次")),
            ("个百分点", Some("个百分点")),
            ("元/人", Some("元/人")),
            ("吨/年", Some("吨/年")),
            (" μg/m³ 。", Some("μg/m³")),
            (" μ g/m³，", Some("μ g/m³")),
            ("人员", None),
            ("分析", None),
            ("分，", Some("分")),
            (" percentage points", Some("percentage points")),
            ("kg", Some("kg")),
            (" m", None),
            (" meters", None),
            ("项目", Some("项")),
        ] {
            assert_eq!(found(text), unit, "{text}");
        }
        assert_eq!(counted("个", 0), Some(0..3));
        assert_eq!(counted("分", 0), None);
    }

    #[test]
    fn money_in_letters_and_signs() {
        let found = |text: &'static str, money| magnitude(text, 0, money).map(|range| &text[range]);
        assert_eq!(found(" million in", true), Some("million"));
        assert_eq!(found("m at", true), Some("m"));
        assert_eq!((found("m at", false), found(" m", true)), (None, None));
        assert_eq!(found(" million yuan.", false), Some("million yuan"));
        assert_eq!(before("of US$", 6), Some(3..6));
        assert_eq!(before("of RMB ", 7), Some(3..6));
        assert_eq!(before("alarm", 5), None);
    }
}
