//! The figures of a sentence with the words, clause and year that they stand in.

use std::ops::Range;

use super::formula::Draft;
use super::numeral::Numeral;
use super::role::Role;
use super::sentences::{Pair, trimmed};
use super::year::{Year, inherit, respectively, years};
use crate::document::Mention;

/// Words of a clause that name nothing: `，为 5 万元` is about what the clause before names.
const FILLERS: [&str; 35] = [
    "分别",
    "共计",
    "合计",
    "总计",
    "大约",
    "超过",
    "达到",
    "截至",
    "截止",
    "年度",
    "年底",
    "年末",
    "为",
    "是",
    "共",
    "计",
    "达",
    "约",
    "近",
    "仅",
    "有",
    "了",
    "已",
    "年",
    "末",
    "底",
    "其中",
    "was",
    "were",
    "is",
    "are",
    "of",
    "to",
    "approximately",
    "about",
];
const HEDGES: [&str; 19] = [
    "more than",
    "less than",
    "approximately",
    "nearly",
    "almost",
    "roughly",
    "around",
    "about",
    "over",
    "some",
    "大约",
    "大概",
    "将近",
    "接近",
    "超过",
    "约",
    "近",
    "逾",
    "超",
];
const HEDGES_BEHIND: [&str; 3] = ["左右", "上下", "or so"];
/// What ends with the character of a hedge and is none.
const OTHERWISE: [&str; 12] =
    ["最近", "附近", "邻近", "临近", "靠近", "相近", "节约", "制约", "合约", "契约", "不超过", "no more than"];

/// A mark between clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Between parts: `；`.
    Part,
    /// `。` inside a quotation.
    Hard,
    Colon,
    Comma,
    /// `、`
    Pause,
}

#[derive(Clone, Copy, Debug)]
struct Stop {
    at: usize,
    end: usize,
    mark: Mark,
}

/// Where the words before a figure may start.
#[derive(Clone, Copy, Debug)]
struct Border {
    end: usize,
    /// The end of the innermost bracket that it stands in; behind that it is none.
    close: usize,
    kind: Edge,
}

/// What a border is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Comma,
    /// `：`, or a bracket that opens: what stands right behind it alone is named by what stands before it.
    Colon,
    /// A figure, or the end of a part.
    Wall,
}

/// The figures of a sentence. The figures of formulas are among them, and the formulas are told their places.
pub fn mentions(
    text: &str,
    numerals: &[Numeral],
    roles: &[Role],
    pairs: &[Pair],
    drafts: &mut [Draft],
) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let stops = stops(text, numerals, roles);
    let mut walk = Walk::new(text, stops, pairs, years(text, numerals, roles));
    let is_figure = |at: usize| roles.get(at) == Some(&Role::Figure);
    let mut drafts = drafts.iter_mut().peekable();
    let starts: Vec<usize> =
        numerals.iter().enumerate().filter(|(at, _)| is_figure(*at)).map(|(_, each)| each.start()).collect();
    let mut number = 0;
    loop {
        let next = numerals.get(number);
        if let Some(draft) = drafts.next_if(|draft| next.is_none_or(|next| draft.formula.range.start <= next.start())) {
            let end = draft.formula.range.end;
            walk.advance(draft.formula.range.start);
            let (clause, part, year) = (walk.clause, walk.part, walk.year());
            let first = found.len();
            found.extend(draft.numerals.iter().enumerate().map(|(index, numeral)| {
                let literal = numeral.literal.clone();
                let is_result = draft.formula.result == Some(index);
                let before = if is_result { draft.formula.name.clone() } else { literal.start..literal.start };
                let after = numeral.end()..numeral.end();
                Mention {
                    literal,
                    unit: numeral.unit.clone(),
                    before,
                    after,
                    clause,
                    part,
                    year,
                    in_formula: true,
                    ..Mention::default()
                }
            }));
            draft.counted_from(first);
            // The result stands right before it, if it is a figure at all.
            let before = first.checked_sub(1).filter(|before| draft.result.as_ref() == Some(&found[*before].literal));
            if let Some(result) = before {
                draft.formula.result = Some(result);
                draft.formula.name = found[result].before.clone();
            }
            walk.pass(end);
            while numerals.get(number).is_some_and(|numeral| numeral.start() < end) {
                number += 1;
            }
            continue;
        }
        let Some(numeral) = next else { break };
        if is_figure(number) {
            walk.advance(numeral.start());
            let limit =
                starts.get(starts.partition_point(|start| *start < numeral.literal.end)).copied().unwrap_or(text.len());
            let limit = drafts.peek().map_or(limit, |draft| limit.min(draft.formula.range.start));
            // A unit that two figures share stands behind the second.
            let own = numeral.unit.as_ref().filter(|unit| unit.start < limit).map_or(0, |unit| unit.end);
            found.push(walk.mention(numeral, limit.max(own)));
            walk.pass(numeral.literal.end.max(own));
        }
        number += 1;
    }
    inherit(text, &mut found);
    respectively(text, &walk.years, &mut found);
    found
}

/// The marks between clauses; a comma inside a number or a date is none.
fn stops(text: &str, numerals: &[Numeral], roles: &[Role]) -> Vec<Stop> {
    let mut stops = Vec::new();
    let mut next = 0;
    for (at, each) in text.char_indices() {
        let mark = match each {
            '；' | ';' => Mark::Part,
            '：' | ':' => Mark::Colon,
            '。' | '！' | '？' | '!' | '?' | '\n' => Mark::Hard,
            '，' | ',' => Mark::Comma,
            '、' => Mark::Pause,
            _ => continue,
        };
        while numerals.get(next).is_some_and(|numeral| numeral.digits.end <= at) {
            next += 1;
        }
        let inside = numerals.get(next).is_some_and(|numeral| numeral.digits.start < at);
        let blank = |from: usize, to: usize| text.get(from..to).is_some_and(|between| between.trim().is_empty());
        let follows = numerals.get(next).is_some_and(|year| blank(at + 1, year.digits.start));
        let year = matches!(roles.get(next), Some(Role::Year(_))) && follows;
        let day = next.checked_sub(1).is_some_and(|before| {
            roles.get(before) == Some(&Role::Date) && numerals.get(before).is_some_and(|day| blank(day.digits.end, at))
        });
        let date = each == ',' && year && day;
        if !(inside || date) {
            stops.push(Stop { at, end: at + each.len_utf8(), mark });
        }
    }
    stops
}

/// A walk through a sentence that knows where words start and which year it is.
struct Walk<'a> {
    text: &'a str,
    stops: Vec<Stop>,
    pairs: &'a [Pair],
    /// Where round brackets open.
    opens: Vec<usize>,
    years: Vec<Year>,
    next: (usize, usize, usize),
    scopes: Vec<usize>,
    borders: Vec<Border>,
    stated: Vec<(Option<u16>, usize)>,
    clause: u32,
    part: u32,
    /// Where the figure before ended.
    last: usize,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, stops: Vec<Stop>, pairs: &'a [Pair], years: Vec<Year>) -> Self {
        let round = |pair: &&Pair| !pair.is_title() && !pair.is_quote();
        let opens = pairs.iter().filter(round).map(|pair| pair.open).collect();
        let start = Border { end: 0, close: usize::MAX, kind: Edge::Wall };
        Self {
            text,
            stops,
            pairs,
            opens,
            years,
            next: (0, 0, 0),
            scopes: Vec::new(),
            borders: vec![start],
            stated: Vec::new(),
            clause: 0,
            part: 0,
            last: 0,
        }
    }

    /// Walks up to a byte.
    fn advance(&mut self, to: usize) {
        loop {
            let stop = self.stops.get(self.next.0).copied().filter(|stop| stop.at < to);
            let pair = self.pairs.get(self.next.1).copied().filter(|pair| pair.open < to);
            let year = self.years.get(self.next.2).copied().filter(|year| year.at < to);
            let first = [stop.map(|stop| stop.at), pair.map(|pair| pair.open), year.map(|year| year.at)];
            let Some(at) = first.into_iter().flatten().min() else { break };
            self.leave(at);
            if let Some(stop) = stop.filter(|stop| stop.at == at) {
                self.next.0 += 1;
                self.clause += u32::from(!matches!(stop.mark, Mark::Hard | Mark::Colon));
                self.part += u32::from(stop.mark == Mark::Part);
                match stop.mark {
                    Mark::Comma => self.border(stop.end, Edge::Comma),
                    Mark::Colon => self.border(stop.end, Edge::Colon),
                    Mark::Part | Mark::Hard => self.border(stop.end, Edge::Wall),
                    // `甲（20 分）、乙`: the figure of the one before is done.
                    Mark::Pause
                        if self.text.get(self.last..stop.at).is_some_and(|rest| [")", "）"].contains(&rest.trim())) =>
                    {
                        self.border(stop.end, Edge::Comma);
                    }
                    Mark::Pause => {}
                }
            } else if let Some(pair) = pair.filter(|pair| pair.open == at) {
                self.next.1 += 1;
                self.scopes.push(pair.close);
                self.border(pair.open + pair.mark.len_utf8(), Edge::Colon);
            } else if let Some(year) = year {
                self.next.2 += 1;
                let value = if year.prior { self.year().map(|year| year.saturating_sub(1)) } else { year.value };
                let close = self.scopes.last().copied().unwrap_or(usize::MAX);
                // The year before is said of one figure; the next word for it counts from the same year.
                if !year.prior || value.is_some() {
                    self.stated.push((value, close));
                }
            }
        }
        self.leave(to);
    }

    /// What stood in brackets that close before a byte is behind.
    fn leave(&mut self, at: usize) {
        self.scopes.truncate(self.scopes.iter().rposition(|close| *close >= at).map_or(0, |last| last + 1));
        while self.borders.len() > 1 && self.borders.last().is_some_and(|border| border.close < at) {
            self.borders.pop();
        }
        while self.stated.last().is_some_and(|(_, close)| *close < at) {
            self.stated.pop();
        }
    }

    fn border(&mut self, end: usize, kind: Edge) {
        let close = self.scopes.last().copied().unwrap_or(usize::MAX);
        self.borders.push(Border { end, close, kind });
    }

    /// Walks past a figure or a formula.
    fn pass(&mut self, end: usize) {
        self.advance(end);
        self.border(end, Edge::Wall);
        self.last = end;
    }

    fn year(&self) -> Option<u16> {
        self.stated.last().and_then(|(year, _)| *year)
    }

    fn mention(&self, numeral: &Numeral, limit: usize) -> Mention {
        let shared = numeral.unit.as_ref().is_some_and(|unit| unit.start >= limit);
        let start = if shared { numeral.literal.end } else { numeral.end() };
        let after = self.after(start, limit);
        let words = self.text.get(after.clone()).unwrap_or_default();
        // Where and when it is does not name it.
        let aside = ["以", "左右", "等", "上下", "in ", "for ", "at ", "as ", "during ", "on ", "and", "to", "or"];
        let named = !words.is_empty() && !aside.iter().any(|word| words.starts_with(word));
        let before = self.before(numeral.start(), named);
        let year = self.year_behind(&after).unwrap_or_else(|| self.year());
        let hedge = self.hedge(&before, numeral, &after);
        Mention {
            literal: numeral.literal.clone(),
            unit: numeral.unit.clone(),
            before,
            after,
            clause: self.clause,
            part: self.part,
            year,
            hedge,
            in_formula: false,
            at: None,
        }
    }

    /// The words before a figure; over a comma, a colon or a bracket where no word stands behind that and the
    /// words behind the figure do not name it (`，9 项已完成`).
    fn before(&self, end: usize, named: bool) -> Range<usize> {
        let mut borders = self.borders.iter().rev();
        let mut border = borders.next();
        while let Some(last) = border.filter(|border| border.kind != Edge::Wall) {
            let words = self.text.get(last.end..end).unwrap_or_default();
            let verb = last.kind == Edge::Comma && !words.trim().is_empty();
            if words.len() > 48 || !is_empty(words) {
                break;
            }
            if named && !verb {
                return end..end;
            }
            border = borders.next();
        }
        let start = border.map_or(0, |border| border.end.min(end));
        let words = self.text.get(start..end).unwrap_or_default();
        let words = words.trim_start_matches(|each: char| each.is_whitespace() || "，、,。；;)）".contains(each));
        let words = words.trim_end_matches(|each: char| each.is_whitespace() || "：:（(，,".contains(each));
        if !words.contains(char::is_alphabetic) {
            return end..end;
        }
        let end = start + self.text.get(start..end).map_or(0, |all| all.find(words).unwrap_or(0)) + words.len();
        end - words.len()..end
    }

    fn after(&self, start: usize, limit: usize) -> Range<usize> {
        let stop = self.stops.get(self.stops.partition_point(|stop| stop.at < start)).map(|stop| stop.at);
        let open = self.opens.get(self.opens.partition_point(|open| *open < start)).copied();
        let close = self.scopes.last().copied();
        let end =
            [stop, open, close].into_iter().flatten().filter(|end| *end >= start).min().unwrap_or(limit).min(limit);
        let words = self.text.get(start..end).unwrap_or_default();
        let words = words.trim_end_matches(|each: char| each.is_whitespace() || ".。！？!?".contains(each));
        // A dash of a range or a bracket is no word.
        let length = if words.contains(char::is_alphabetic) { words.len() } else { 0 };
        trimmed(self.text, start..start + length)
    }

    /// `$5 in 2019`: the year behind; `Some(None)` where there are several.
    fn year_behind(&self, after: &Range<usize>) -> Option<Option<u16>> {
        let at = self.years.partition_point(|year| year.at < after.start);
        let year = self.years.get(at).filter(|year| year.end <= after.end && !year.prior)?;
        let words = self.text.get(after.start..year.at)?;
        let word = words.trim_end().rsplit([' ', ',']).next()?;
        let other = ["before", "after", "since", "until", "prior"];
        if words.split(' ').any(|word| other.contains(&word)) {
            return None;
        }
        let says = ["in", "for", "during", "of", "fiscal", "year", "at", "by", "ended", "FY", "through", "and"];
        let dated = word.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        // A date has its day before a comma.
        let dated = dated || words.trim_end().ends_with(',');
        (says.contains(&word) || dated).then_some(year.value)
    }

    fn hedge(&self, before: &Range<usize>, numeral: &Numeral, after: &Range<usize>) -> Option<Range<usize>> {
        let words = self.text.get(before.clone())?;
        let words = words.strip_suffix('为').unwrap_or(words);
        let other = OTHERWISE.iter().any(|word| words.ends_with(word));
        let whole = |word: &str| {
            let head = words.get(..words.len() - word.len()).unwrap_or_default();
            !word.is_ascii() || !head.ends_with(|each: char| each.is_ascii_alphanumeric())
        };
        let known = HEDGES.iter().find(|word| !other && words.ends_with(**word) && whole(word));
        if let Some(word) = known {
            let end = before.start + words.len();
            return Some(end - word.len()..end);
        }
        let behind = self.text.get(after.clone())?;
        let known = HEDGES_BEHIND.iter().find(|word| behind.starts_with(**word));
        numeral.about.clone().or_else(|| known.map(|word| after.start..after.start + word.len()))
    }
}

fn is_empty(words: &str) -> bool {
    let ignored = |each: char| each.is_whitespace() || each.is_ascii_digit() || "，,、：:（(".contains(each);
    let mut rest = words.trim_start_matches(ignored);
    while let Some(next) = FILLERS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = next.trim_start_matches(ignored);
    }
    rest.is_empty()
}
