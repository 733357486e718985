//! What a number in a sentence is: a figure, a year, or a number that measures nothing: dates, serials,
//! codes, references, names.

use super::numeral::{Numeral, is_digit};
use super::sentences::Pair;
use crate::figure;

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A figure.
    Figure,
    /// A year; `None` for one end of several years.
    Year(Option<u16>),
    /// A day, a month, a time.
    Date,
    /// `表 1`, `Note 5`: others may follow in a list.
    Reference,
    /// Anything else that measures nothing.
    Silent,
}

/// What refers to something by its number.
const REFERENCES: [&str; 15] = [
    "表", "图", "附件", "附表", "附图", "附录", "附注", "公式", "编号", "序号", "专栏", "案例", "文号", "证号", "页码",
];
const REFERENCES_IN_LETTERS: [&str; 48] = [
    "note",
    "notes",
    "table",
    "tables",
    "figure",
    "figures",
    "fig",
    "section",
    "sections",
    "item",
    "items",
    "part",
    "chapter",
    "level",
    "levels",
    "tier",
    "page",
    "pages",
    "phase",
    "step",
    "article",
    "articles",
    "appendix",
    "exhibit",
    "schedule",
    "rule",
    "form",
    "topic",
    "no",
    "nos",
    "ifrs",
    "ias",
    "asc",
    "asu",
    "sfas",
    "frs",
    "ifric",
    "volume",
    "stage",
    "class",
    "category",
    "version",
    "regulation",
    "paragraph",
    "para",
    "annex",
    "s&p",
    "interpretation",
];
const MONTHS: [&str; 23] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Sept",
    "Oct",
    "Nov",
];
/// What makes an ordinal, a date or a number of the number before it.
const BEHIND: [&str; 14] = ["号", "月", "日", "时", "点", "季度", "级", "版", "届", "楼", "路", "章", "节", "年级"];
/// Names that hold a numeral in words.
const NAMES: [&str; 16] = [
    "四个意识",
    "四个自信",
    "四个全面",
    "两个维护",
    "两个确立",
    "三个代表",
    "五个一",
    "两个一百",
    "三个责任",
    "八项规定",
    "九个坚持",
    "六个",
    "两个责任",
    "三个区分",
    "十个明确",
    "四个伟大",
];
const DASHES: [&str; 10] = ["-", "–", "—", "~", "～", "－", "至", "到", "to", "−"];
const LISTS: [&str; 9] = ["、", ",", "，", "和", "及", "与", "and", "or", "&"];

/// The roles of the numbers of a sentence. A range lends its unit to the first of its two.
pub fn roles(text: &str, numerals: &mut [Numeral], pairs: &[Pair]) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::with_capacity(numerals.len());
    let mut pairs = pairs.iter().peekable();
    let (mut title, mut quote) = (0, 0);
    for numeral in numerals.iter_mut() {
        while let Some(pair) = pairs.next_if(|pair| pair.open < numeral.digits.start) {
            title = if pair.is_title() { title.max(pair.close) } else { title };
            quote = if pair.is_quote() { quote.max(pair.close) } else { quote };
        }
        let named = numeral.digits.start < title || (numeral.words && numeral.digits.start < quote);
        let around = Around { text, at: numeral.digits.start, end: numeral.digits.end };
        let role = around.role(numeral);
        roles.push(if named && role == Role::Figure { Role::Silent } else { role });
    }
    for at in 1..numerals.len() {
        let (before, this) = numerals.split_at_mut(at);
        if let (Some(before), Some(this)) = (before.last_mut(), this.first()) {
            join(text, (before, this), &mut roles, at);
        }
    }
    chains(text, numerals, &mut roles);
    backwards(text, numerals, &mut roles);
    roles
}

/// What stands between two numbers, without blanks.
fn between<'a>(text: &'a str, before: &Numeral, this: &Numeral) -> &'a str {
    text.get(before.end()..this.start()).unwrap_or_default().trim()
}

/// A number that follows another in a range or a list.
fn join(text: &str, (before, this): (&mut Numeral, &Numeral), roles: &mut [Role], at: usize) {
    let between = between(text, before, this);
    let dash = DASHES.contains(&between);
    let (Some(first), Some(second)) = (roles.get(at - 1).copied(), roles.get(at).copied()) else { return };
    let bare = before.unit.is_none() && !before.percent;
    let tight = text.get(before.end()..this.start()).is_some_and(|between| !between.contains(' '));
    let role = match (first, second) {
        (Role::Reference, Role::Figure) if (dash && tight) || (LISTS.contains(&between) && this.unit.is_none()) => {
            Role::Reference
        }
        (Role::Silent, Role::Figure) if dash && tight && bare => Role::Silent,
        // `2019-20`: one year of accounts.
        (Role::Year(_), Role::Figure) if dash && tight && this.unit.is_none() && !this.percent => Role::Date,
        // `2018年-2019年`: the mark of the year stands between.
        (Role::Year(_), Role::Year(_))
            if dash || between.strip_prefix('年').is_some_and(|rest| DASHES.contains(&rest.trim())) =>
        {
            if let Some(role) = roles.get_mut(at - 1) {
                *role = Role::Year(None);
            }
            Role::Year(None)
        }
        (Role::Figure, Role::Figure)
            if (dash || ["and", "or"].contains(&between)) && bare && before.money.is_none() =>
        {
            let sign = this.digits.end..this.literal.end;
            before.unit = this.unit.clone().or_else(|| this.percent.then_some(sign));
            Role::Figure
        }
        _ => second,
    };
    if let Some(old) = roles.get_mut(at) {
        *old = role;
    }
}

/// Three and more numbers with dashes between: a telephone number, a date, a code.
fn chains(text: &str, numerals: &[Numeral], roles: &mut [Role]) {
    let mut start = 0;
    for at in 1..=numerals.len() {
        let joined = numerals.get(at - 1).zip(numerals.get(at)).is_some_and(|(before, this)| {
            let code = |each: &Numeral| {
                (each.unit.is_none() || each.unit.as_ref().is_some_and(|unit| unit.start > this.digits.start))
                    && !each.percent
            };
            code(before) && matches!(text.get(before.digits.end..this.digits.start), Some("-" | "–" | "/"))
        });
        if !joined {
            if at - start > 2 {
                roles.get_mut(start..at).into_iter().flatten().for_each(|role| *role = Role::Silent);
            }
            start = at;
        }
    }
}

/// `1-12 月`, `24 and 31 March`: a date makes one of what stands before it.
fn backwards(text: &str, numerals: &[Numeral], roles: &mut [Role]) {
    for at in (1..numerals.len()).rev() {
        let (Some(before), Some(this)) = (numerals.get(at - 1), numerals.get(at)) else { continue };
        let short = before.whole(text).is_some_and(|value| value <= 31) && before.unit.is_none();
        if short
            && roles.get(at) == Some(&Role::Date)
            && roles.get(at - 1) == Some(&Role::Figure)
            && (DASHES.contains(&between(text, before, this)) || LISTS.contains(&between(text, before, this)))
            && let Some(role) = roles.get_mut(at - 1)
        {
            *role = Role::Date;
        }
    }
}

/// The text around a number.
struct Around<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Around<'_> {
    fn head(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    fn rest(&self) -> &str {
        self.text.get(self.end..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.head().chars().next_back()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The word in letters before it, over a blank and a point.
    fn word(&self) -> &str {
        let head = self.head().trim_end_matches([' ', '.', ':', '\u{a0}']);
        let start = head
            .rfind(|each: char| !(each.is_ascii_alphabetic() || each == '&'))
            .map_or(0, |at| at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        head.get(start..).unwrap_or_default()
    }

    fn role(&self, numeral: &mut Numeral) -> Role {
        let literal = self.text.get(numeral.literal.clone()).unwrap_or_default();
        if numeral.words {
            let name = NAMES.iter().any(|name| self.text.get(self.at..).is_some_and(|rest| rest.starts_with(name)));
            return if name { Role::Silent } else { Role::Figure };
        }
        if numeral.dotted || figure::read(literal).is_err() || self.is_month_of_year(numeral) {
            return Role::Silent;
        }
        if let Some(year) = self.year(numeral) {
            return Role::Year(Some(year));
        }
        if self.is_date(numeral) {
            return Role::Date;
        }
        if self.is_glued(numeral) || self.is_serial(numeral) || self.is_constant(numeral) {
            return Role::Silent;
        }
        if self.is_reference(numeral) {
            return Role::Reference;
        }
        self.span(numeral)
    }

    /// `3 年`, `15 年以内` is a span of time; `19 年` may be a year.
    fn span(&self, numeral: &mut Numeral) -> Role {
        let rest = self.rest().trim_start();
        let Some(behind) = rest.strip_prefix('年').filter(|_| numeral.unit.is_none() && !numeral.percent) else {
            return Role::Figure;
        };
        let behind = behind.trim_start();
        let digits = numeral.digits.len();
        let lasts = digits == 1 || ["以", "内", "期", "来", "左右", "之"].iter().any(|word| behind.starts_with(word));
        if behind.starts_with(is_digit) || digits > 2 || !lasts {
            return Role::Date;
        }
        let start = self.text.len() - rest.len();
        numeral.unit = Some(start..start + '年'.len_utf8());
        Role::Figure
    }

    fn year(&self, numeral: &Numeral) -> Option<u16> {
        let year = numeral.whole(self.text).filter(|year| (1900..2100).contains(year))?;
        let plain = numeral.digits.len() == 4 && numeral.literal == numeral.digits && numeral.money.is_none();
        let rest = self.rest().trim_start();
        let word = self.word();
        let glued = self.before().is_some_and(|each| each.is_ascii_alphabetic() || each == '_') && word != "FY";
        let behind = self.next().is_some_and(|each| each.is_ascii_alphabetic()) || rest.starts_with('号');
        let counts = numeral.unit.is_some() && !rest.starts_with("项目");
        let dated = ["in", "since", "fiscal", "during", "for", "FY", "year"].contains(&word) || is_month(word);
        (plain && !glued && !behind && (!counts || dated)).then_some(year)
    }

    /// `2019.3`: a year and a month.
    fn is_month_of_year(&self, numeral: &Numeral) -> bool {
        let digits = self.text.get(numeral.digits.clone()).unwrap_or_default();
        let Some((year, month)) = digits.split_once('.') else { return false };
        let month = month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
        let year = year.len() == 4 && year.parse::<u16>().is_ok_and(|year| (1980..2060).contains(&year));
        month && year && numeral.unit.is_none() && !numeral.percent
    }

    fn is_date(&self, numeral: &Numeral) -> bool {
        let Some(value) = numeral.whole(self.text).filter(|value| *value < 60) else { return false };
        let rest = self.rest().trim_start();
        let calendar = ["月", "日", "号", "时", "点", "季度", "年度"];
        if numeral.unit.is_none() && calendar.iter().any(|mark| rest.starts_with(mark)) && !rest.starts_with("日均") {
            return true;
        }
        let end = rest.find(|each: char| !each.is_ascii_alphabetic()).unwrap_or(rest.len());
        let month = is_month(self.word()) || is_month(rest.get(..end).unwrap_or_default());
        month && value <= 31 && numeral.unit.is_none() && numeral.money.is_none() && !numeral.percent
    }

    /// Part of a name, a code, an address, a time, a fraction.
    fn is_glued(&self, numeral: &Numeral) -> bool {
        let head = self.head();
        let mut back = head.chars().rev();
        let (last, second) = (back.next(), back.next());
        let letter = |each: Option<char>| each.is_some_and(|each| each.is_ascii_alphanumeric());
        let money = numeral.money.is_some();
        let before = match last {
            Some(each) if each.is_ascii_alphabetic() || "_{#№^@'’\\".contains(each) => !money,
            Some('-' | '–' | '.' | '/' | ':' | '+') => letter(second) && !self.follows_figure(),
            _ => false,
        };
        let mut rest = self.rest().chars();
        let (next, after) = (rest.next(), rest.next());
        let adjoins = numeral.unit.as_ref().is_some_and(|unit| unit.start == self.end);
        let behind = match next {
            Some(each) if each.is_ascii_alphabetic() => !adjoins,
            Some('-' | '.' | '(' | '_') => after.is_some_and(|each| each.is_ascii_alphabetic()),
            Some('/' | '／') => after.is_some_and(is_digit),
            Some(':' | '：') => self.is_clock(),
            _ => false,
        };
        // A minus that is drawn before the sign of money is not read.
        let negative = money && head.get(..numeral.start()).is_some_and(|head| head.ends_with(['-', '−']));
        let digits = self.text.get(numeral.digits.clone()).unwrap_or_default();
        let number = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
        let long = digits.len() > 8 && digits.bytes().all(|byte| byte.is_ascii_digit()) && numeral.unit.is_none();
        before || behind || negative || number || long
    }

    /// Whether the dash before it stands behind a digit, so that the two are a range.
    fn follows_figure(&self) -> bool {
        let mut back = self.head().chars().rev();
        let dash = back.next().is_some_and(|each| "-–".contains(each));
        dash && back.next().is_some_and(is_digit)
    }

    fn is_clock(&self) -> bool {
        let rest: String = self.rest().chars().skip(1).take(3).collect();
        self.end - self.at <= 2 && rest.chars().take_while(|each| each.is_ascii_digit()).count() == 2
    }

    /// `（1）`, `1)`, `1.` at the start of a clause, `1.2` at the start of a heading, `[3]`.
    fn is_serial(&self, numeral: &Numeral) -> bool {
        if numeral.percent || numeral.money.is_some() {
            return false;
        }
        let (head, rest) = (self.head().trim_end(), self.rest().trim_start());
        let short = self.end - self.at <= 2 && numeral.whole(self.text).is_some();
        let opened = head.ends_with(['(', '（', '[', '［', '〔']);
        let closed = rest.starts_with([')', '）', ']', '］', '〕']);
        let border = head.is_empty() || head.ends_with(['；', ';', '：', ':', '。', '\n']);
        let spaced = self.before() == Some(' ');
        let point = rest
            .strip_prefix(['.', '．'])
            .is_some_and(|rest| !rest.is_empty() && (head.is_empty() || !rest.starts_with(is_digit)));
        let heading =
            head.is_empty() && numeral.unit.is_none() && self.next().is_none_or(|next| next == ' ' || !next.is_ascii());
        let decimal =
            self.text.get(numeral.digits.clone()).is_some_and(|digits| digits.len() <= 4 && !digits.contains(','));
        (short && closed && (opened || border || spaced))
            || (short && (border || spaced) && point)
            || (short && border && rest.starts_with(['、', ')', '）']))
            || (heading && decimal && self.text.len() > self.end)
    }

    /// `×100%` of a formula that was not read.
    fn is_constant(&self, numeral: &Numeral) -> bool {
        self.text.get(numeral.digits.clone()) == Some("100") && self.head().trim_end().ends_with(['×', '*'])
    }

    fn is_reference(&self, numeral: &Numeral) -> bool {
        let rest = self.rest().trim_start();
        if BEHIND.iter().any(|word| rest.starts_with(word)) && numeral.unit.is_none() && !numeral.percent {
            return true;
        }
        let head = self.head().trim_end();
        if head.ends_with('第') || (rest.starts_with('号') && !numeral.percent) {
            return true;
        }
        let counts = numeral.unit.as_ref().and_then(|unit| self.text.get(unit.clone()));
        let short = self.text.get(self.at..self.end).is_some_and(|digits| digits.len() <= 5 && !digits.contains(','));
        let bare = !numeral.percent && numeral.money.is_none() && short;
        let refers = REFERENCES.iter().any(|word| head.ends_with(word));
        let letters = REFERENCES_IN_LETTERS.iter().any(|word| word.eq_ignore_ascii_case(self.word()));
        let sheets = counts.is_some_and(|unit| ["份", "张", "个", "项", "幅", "套"].contains(&unit));
        bare && ((refers && !sheets) || (letters && self.word().len() < head.len() + 1 && counts.is_none()))
    }
}

pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word) || word == "Dec"
}
