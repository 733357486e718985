//! The years that a sentence states, and which figures they are of.

use std::ops::Range;

use super::numeral::Numeral;
use super::role::{Role, is_month};
use crate::document::Mention;

/// A year that the sentence states.
#[derive(Clone, Copy, Debug)]
pub struct Year {
    pub at: usize,
    pub end: usize,
    pub value: Option<u16>,
    /// `上年`: the year before the one that was stated.
    pub prior: bool,
}

/// All of them, in the order they stand.
pub fn years(text: &str, numerals: &[Numeral], roles: &[Role]) -> Vec<Year> {
    let stated = numerals.iter().zip(roles).filter_map(|(numeral, role)| match role {
        Role::Year(value) => {
            Some(Year { at: numeral.digits.start, end: numeral.digits.end, value: *value, prior: false })
        }
        _ => None,
    });
    let prior = ["上年", "去年", "上一年"].into_iter().flat_map(|word| {
        // 上年结转 is this year's figure: what was carried over to it.
        let is_name = |at: usize| {
            let rest = text.get(at + word.len()..).unwrap_or_default().trim_start_matches('度');
            ["结转", "结余", "结存", "末"].iter().any(|name| rest.starts_with(name))
        };
        text.match_indices(word).filter(move |(at, _)| !is_name(*at)).map(|(at, word)| Year {
            at,
            end: at + word.len(),
            value: None,
            prior: true,
        })
    });
    let mut years: Vec<Year> = stated.chain(prior).collect();
    years.retain(|year| !is_aside(text, year));
    years.sort_by_key(|year| year.at);
    years
}

/// Whether it is a year that figures are compared with, and not the year that they are of: `比上年增加`,
/// `compared with 2018`; or part of a name: `the 2015 plan`.
fn is_aside(text: &str, year: &Year) -> bool {
    let (head, rest) = (text.get(..year.at).unwrap_or_default(), text.get(year.end..).unwrap_or_default());
    let head = head.trim_end();
    if head.ends_with(['比', '较', '与', '同', '从', '由']) {
        let change = |each: char| "增减升降多少提相平变".contains(each);
        return rest.chars().take(10).any(change);
    }
    let mut words = head.rsplit(' ').map(|word| word.trim_matches(',')).filter(|word| *word != "fiscal");
    let (last, before) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let compared = matches!(last, "from" | "than" | "versus" | "vs" | "over")
        || (matches!(last, "to" | "with") && before.starts_with("compar"));
    let named =
        matches!(last, "the" | "our" | "its") && rest.trim_start().starts_with(|each: char| each.is_ascii_alphabetic());
    compared || named
}

/// `rose $2 to $11 in 2018`: the year behind the second is of both.
pub fn inherit(text: &str, mentions: &mut [Mention]) {
    for at in (1..mentions.len()).rev() {
        let (before, rest) = mentions.split_at_mut(at);
        if let (Some(this), Some(next)) = (before.last_mut(), rest.first())
            && this.year.is_none()
            && this.clause == next.clause
            && matches!(text.get(this.after.clone()), Some("to" | "and" | "or"))
        {
            this.year = next.year;
        }
    }
}

/// `$5 and $4 in 2019 and 2018, respectively`; `2018 年、2019 年分别为 4 元、5 元`: as many figures as years.
pub fn respectively(text: &str, years: &[Year], mentions: &mut [Mention]) {
    let mut start = 0;
    for at in 1..=years.len() {
        let joined = years.get(at - 1).zip(years.get(at)).is_some_and(|(before, this)| {
            let between = text.get(before.end..this.at).unwrap_or_default();
            let between = between.trim().trim_start_matches("年度").trim_start_matches('年').trim();
            let dated = |word: &str| {
                word.is_empty() || word == "and" || is_month(word) || word.bytes().all(|byte| byte.is_ascii_digit())
            };
            !this.prior
                && between.len() < 24
                && (["、", "，", "和", "及", "与", "&"].contains(&between)
                    || (!between.is_empty() && between.split([' ', ',']).all(dated)))
        });
        if joined {
            continue;
        }
        if let Some(list) = years.get(start..at).filter(|list| list.len() > 1) {
            deal(text, list, start == 0, mentions);
        }
        start = at;
    }
}

fn deal(text: &str, list: &[Year], only: bool, mentions: &mut [Mention]) {
    let (Some(first), Some(last)) = (list.first(), list.last()) else { return };
    let behind = mentions.partition_point(|mention| mention.literal.start < first.at);
    let next = mentions.get(behind).map_or(text.len(), |mention| mention.literal.start);
    let said = text.get(last.end..next).unwrap_or_default();
    let to = |mentions: &mut [Mention], range: Range<usize>| {
        let even = mentions.get(range.clone()).is_some_and(|group| is_group(text, group, list.len()));
        for (index, mention) in mentions.get_mut(range).into_iter().flatten().enumerate() {
            mention.year = if even { list.get(index).and_then(|year| year.value) } else { None };
        }
    };
    let before = behind.checked_sub(list.len()).unwrap_or(behind);
    let near = mentions.get(..behind).and_then(|all| all.last()).is_some_and(|last| last.after.end >= first.at);
    // Without the word, a figure may stand for both of two years, where another was stated before.
    let respectively = text.contains("respectively") || text.contains("分别");
    let alone = mentions.get(before).is_some_and(|mention| only && mention.literal.start < first.at);
    if near && !said.contains("分别") {
        if respectively || alone {
            to(mentions, before..behind);
        } else if let Some(last) = behind.checked_sub(1).and_then(|last| mentions.get_mut(last)) {
            last.year = None;
        }
    } else if said.contains("分别") || text.is_ascii() {
        to(mentions, behind..(behind + list.len()).min(mentions.len()));
    }
}

/// Whether so many figures stand in a row, with nothing but a mark or a word between.
fn is_group(text: &str, group: &[Mention], count: usize) -> bool {
    let mut pairs = group.windows(2);
    let joined = |pair: &[Mention]| {
        let [before, this] = pair else { return false };
        let own = before.unit.as_ref().filter(|unit| unit.end <= this.literal.start).map_or(0, |unit| unit.end);
        let end = own.max(before.literal.end);
        text.get(end..this.literal.start).is_some_and(|between| between.trim().chars().count() <= 8)
    };
    group.len() == count && pairs.all(joined)
}
