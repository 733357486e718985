//! The body that a report is about, and figures of sentences that are of something else than their words alone say: of
//! another body, of one of several, of what is left or of a part of the year.

use super::label::Label;
use crate::document::{Mention, Statement};
use crate::figure::{Dimension, Unit};
use crate::term::plain;

/// How the names of bodies end that have figures of their own, and what stands before that where it is the report's own
/// or any of them: `我局`, `各校`.
const BODIES: [&str; 15] =
    ["局", "委", "院", "厅", "中心", "站", "所", "校", "队", "会", "社", "园", "馆", "公司", "学"];
const GENERIC: &str = "我本该全各市县区省州两其此";

/// What a body is called without those below it, whoever names it so.
const ALONE: [&str; 2] = ["机关", "本级"];

/// The last so many letters of a name tell it.
const TELLING: usize = 3;

/// Parts of a year.
const PARTS_OF_YEARS: [&str; 7] = ["季度", "上半年", "下半年", "单月", "当月", "月份", "quarter"];

/// Words behind which a score is with what is added to it, and figures are those of a part: `追加部分中，基本支出…`.
const WITH: &str = "加分";
const IN_PART: &str = "部分中";

/// What a sentence is restricted to stands between these: `仅就财政拨款而言`, not `总体而言`.
const RESTRICTED: (&str, &str) = ("就", "而言");
const AT_LARGE: [&str; 3] = ["总体", "整体", "全局"];

/// Words that stand before a figure of several, and of what a figure is compared with.
const RESPECTIVELY: [&str; 3] = ["分别为", "分别是", "分别"];
const COMPARED: [&str; 3] = ["较", "比", "涉及"];

/// Words behind which an amount is without what stands between them.
const WITHOUT: [&str; 5] = ["剔除", "扣除", "扣减", "除去", "excluding"];
const BEHIND: &str = "后";

/// How a bracket begins by which an amount is without what it says: `调整后预算（不含上年结转）`.
const NOT_WITH: [&str; 5] = ["不含", "不包括", "不计", "未含", "不包含"];

/// What a project is called, and what may stand between that and its figure.
const PROJECTS: [&str; 3] = ["项目", "工程", "课题"];
const THIS_YEAR: [&str; 5] = ["全年", "本年", "当年", "年度", "累计"];

/// What a figure went from, and how it went on from there.
const FROM: [&str; 2] = ["由", "从"];
const ONWARDS: [&str; 11] = ["逐", "增", "减", "降", "升", "变", "调整", "提高", "下降", "扩", "缩"];

/// The names of the body that a report is about, in plain words.
#[derive(Clone, Copy)]
pub struct Body<'a> {
    /// The title of the report.
    pub title: &'a str,
    /// Its captions and headings, too.
    pub names: &'a str,
}

impl Body<'_> {
    /// Whether a figure is of something else than the term that names it says. `head` is what stands before the term
    /// in its words, and `unnamed` are the figures before it that no term names.
    pub fn is_of_another<'b>(
        self,
        statement: &'b Statement,
        mention: &Mention,
        head: Option<&str>,
        unnamed: impl Iterator<Item = &'b Mention>,
    ) -> bool {
        let said = &statement.passage.text()[..mention.literal.start];
        is_of_one_or_rest(said)
            || mention.year.is_none() && RESPECTIVELY.iter().any(|word| said.trim_end().ends_with(word))
            || is_left_behind(statement, mention)
            || excludes(statement, mention)
            || is_in_brackets_of(said).is_some_and(|name| !self.is_own(&name))
            || head.is_some_and(|head| {
                let is_bare = head.is_empty();
                self.is_another(head)
                    || is_compared(head)
                    || is_of_each(head)
                    || is_of_years(head)
                    || is_of_project(head)
                    || is_bare && (begins_indicator(statement, mention) || is_of_counted(statement, mention, unnamed))
            })
    }

    /// Whether words end with the name of a body that is not the report's own.
    pub fn is_another(self, words: &str) -> bool {
        let names = BODIES.iter().filter_map(|body| words.strip_suffix(body));
        let is_body = names.into_iter().any(|name| name.ends_with(|letter: char| !GENERIC.contains(letter)));
        let start = words.char_indices().rev().nth(TELLING - 1).map(|(at, _)| at);
        let is_alone = ALONE.iter().any(|word| words.ends_with(word) && !self.title.contains(word));
        is_alone || is_body && start.is_some_and(|start| !self.is_own(&words[start..]))
    }

    /// Whether the last letters of a name stand in the report's title, a caption or a heading.
    fn is_own(self, name: &str) -> bool {
        // 市卫健委 is short for 市卫生健康委员会: its letters stand in the title in their order.
        let mut letters = self.title.chars();
        let is_of_title = name.chars().all(|letter| letters.any(|other| other == letter));
        self.names.is_empty() || self.names.contains(name) || is_of_title
    }
}

/// Whether what is said before a figure makes it that of the first or last of several, `执行率最低的为公立医院，调整后预算…`,
/// of a part of the year, `三季度支出…`, or of what is left, `剔除上级追加后，预算调整数为…`.
fn is_of_one_or_rest(said: &str) -> bool {
    let clauses = said.rsplit(['；', ';']).next().unwrap_or(said);
    let is_of_one = clauses.match_indices('最').any(|(at, most)| {
        let behind: String = clauses[at + most.len()..].chars().skip(1).take(2).collect();
        behind.starts_with(['为', '是']) || ["的为", "的是", "的有"].contains(&behind.as_str())
    });
    let part = PARTS_OF_YEARS.iter().filter_map(|word| Some((clauses.rfind(word)?, *word))).max();
    let said_behind =
        |(at, word): (usize, &str)| clauses[at + word.len()..].contains('年') || clauses[at..].contains("累计");
    let is_of_part = part.is_some_and(|part| !said_behind(part));
    let is_rest = WITHOUT.iter().filter_map(|word| clauses.rfind(word)).any(|at| clauses[at..].contains(BEHIND));
    is_of_one || is_of_part || is_rest || clauses.contains(WITH) || clauses.contains(IN_PART) || is_restricted(said)
}

/// Whether the words that name an amount end in a bracket by which it is without something.
fn excludes(statement: &Statement, mention: &Mention) -> bool {
    let words = statement.passage.text().get(mention.before.clone()).unwrap_or_default().trim_end();
    let bracket = words.ends_with(['）', ')']).then(|| words.rfind(['（', '('])).flatten();
    let inside = bracket.map_or("", |open| words[open..].trim_start_matches(['（', '(']));
    NOT_WITH.iter().chain(&WITHOUT).any(|word| inside.starts_with(word))
}

/// Whether a sentence says that it is of a part only.
fn is_restricted(said: &str) -> bool {
    let (from, to) = RESTRICTED;
    let part = said.split_once(to).and_then(|(before, _)| before.rsplit_once(from)).map(|(_, part)| part);
    part.is_some_and(|part| !AT_LARGE.iter().any(|word| part.ends_with(word)))
}

/// Whether what stands before a term is only that something is compared with it, `较2019年支出数51.68万元减少`, or that it
/// takes part: it is of what the sentence is about.
fn is_compared(head: &str) -> bool {
    let words =
        head.trim_end_matches("度").trim_end_matches('年').trim_end_matches(|letter: char| letter.is_ascii_digit());
    COMPARED.iter().any(|word| words.ends_with(word))
}

/// Whether an amount is of each of many, `人均年支出8,287.92元`.
fn is_of_each(head: &str) -> bool {
    head.trim_end_matches(['年', '月', '度', '日']).ends_with(['均', '每'])
}

/// Whether an amount is that of several years, `三年支出合计266,262.38万元`.
fn is_of_years(head: &str) -> bool {
    let rest = head.trim_end_matches("间").trim_end_matches("来");
    rest.strip_suffix('年').is_some_and(|count| count.ends_with(['两', '三', '四', '五', '几', '多', '历', '近']))
}

/// Whether an amount is that of a project, whichever it is: `项目全年支出298.65万元`.
fn is_of_project(head: &str) -> bool {
    let of = THIS_YEAR.iter().find_map(|word| head.strip_suffix(word)).unwrap_or(head);
    PROJECTS.iter().any(|word| of.ends_with(word))
}

/// Whether a figure is what something was before it changed, `由612.48万元增至720.05万元`.
fn is_left_behind(statement: &Statement, mention: &Mention) -> bool {
    let text = statement.passage.text();
    let end = mention.unit.as_ref().unwrap_or(&mention.literal).end;
    let (before, after) = (text[..mention.literal.start].trim_end(), text[end..].trim_start());
    FROM.iter().any(|word| before.ends_with(word)) && ONWARDS.iter().any(|word| after.starts_with(word))
}

/// The last letters of the name of a body behind which a figure stands in brackets:
/// `代管的县供销合作社（在编15人、支出286.40万元）`.
fn is_in_brackets_of(said: &str) -> Option<String> {
    let open = said.rfind(['（', '(']).filter(|open| !said[*open..].contains(['）', ')']))?;
    let before: Vec<char> = said[..open].chars().rev().take(TELLING + 1).collect();
    let name: String = before.iter().take(TELLING).rev().collect();
    let is_name = before.len() > TELLING && before.iter().all(|letter| ('一'..='鿿').contains(letter));
    Some(name).filter(|name| is_name && BODIES.iter().chain(&ALONE).any(|body| name.ends_with(body)))
}

/// Whether a figure begins a sentence about an indicator with nothing but its name, `项目支出449.35万元，平均每个…`: it may
/// be that of what the indicator is about.
fn begins_indicator(statement: &Statement, mention: &Mention) -> bool {
    let text = statement.passage.text();
    let (before, words) = (&text[..mention.literal.start], text.get(mention.before.clone()).unwrap_or_default());
    let is_of_indicator = statement.lead.as_ref().is_some_and(|lead| Label::read(lead.text()).code.is_some());
    let is_first = plain(before) == plain(words) && mention.year.is_none();
    is_of_indicator && is_first && !before.contains(['：', ':', '，', ',']) && !mention.in_formula
}

/// Whether an amount is that of things which were counted before it, and which nobody knows:
/// `重点项目 9 个，支出 7,872.25 万元`.
fn is_of_counted<'b>(statement: &Statement, mention: &Mention, mut unnamed: impl Iterator<Item = &'b Mention>) -> bool {
    let text = statement.passage.text();
    let unit = |mention: &Mention| text.get(mention.unit.clone()?).map(str::trim);
    let dimension = |mention: &Mention| unit(mention).and_then(Unit::named).map(|unit| unit.dimension);
    let end = text[..mention.literal.start].rfind(['；', ';']).unwrap_or(0);
    let is_count = |other: &Mention| {
        let is_rate = text.get(other.literal.clone()).is_some_and(|literal| literal.ends_with(['%', '‰']));
        matches!(dimension(other), None | Some(Dimension::Count | Dimension::Area)) && !is_rate
    };
    dimension(mention) == Some(Dimension::Money)
        && !mention.in_formula
        && unnamed.any(|other| other.literal.end > end && is_count(other))
}
