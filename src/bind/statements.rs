//! Sentences whose figures are named by terms, as records.

use super::body::Body;
use super::draft::{Printed, Record};
use super::label::{Label, take_year};
use super::lexicon::{Lexicon, Meaning, Scope};
use crate::document::{Mention, Passage, Statement};
use crate::figure::{Dimension, Kind, Unit};
use crate::term::{ALL, Content, Stated, Term, Vocabulary, plain};

/// Words between the name of a figure and the figure, which say nothing of what it is.
const FILLERS: [&str; 34] = [
    "为",
    "是",
    "共",
    "共计",
    "合计",
    "总计",
    "达到",
    "达",
    "数",
    "有",
    "等于",
    "占",
    "了",
    "计",
    "分别",
    "分别为",
    "金额",
    "总额",
    "资金",
    "人数",
    "由",
    "约",
    "was",
    "were",
    "is",
    "are",
    "of",
    "to",
    "totalled",
    "totaled",
    "amounted",
    "的",
    "仅",
    "个",
];

/// What a name may follow without being a part of a longer one: the end of who or when it is of.
const BORDERS: [&str; 36] = [
    "年", "年度", "年底", "年末", "月底", "日", "局", "部门", "单位", "中心", "院", "厅", "委", "办", "处", "站", "所",
    "校", "队", "会", "县", "市", "区", "省", "其中", "及", "和", "与", "的", "全年", "本年", "当年", "指标", "另有",
    "本次", "共",
];

/// Words behind which the parts of what was said before them follow; and what 分为 ends in 得分为 and its like.
const PARTS: [&str; 6] = ["其中", "分为", "包括", "包含", "of which", "including"];
const SCORES: [char; 7] = ['得', '总', '评', '满', '均', '扣', '百'];

/// How the clause begins and ends that says by what a sentence divides what was said before it; a longer one says more.
const DIVIDING: ([char; 3], [char; 2]) = (['按', '分', '从'], ['分', '看']);
const LONGEST_CLAUSE: usize = 12;

/// A sentence of more figures is a list that lost its lines, and names none of them.
const MOST: usize = 256;

/// A figure that a term names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The term.
    pub term: String,
    /// Axes that the words state, in order of their names.
    pub axes: Vec<(String, String)>,
}

/// Reads sentences in the words of a vocabulary.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// What is known of words.
    pub lexicon: &'a Lexicon<'a>,
    /// The vocabulary.
    pub vocabulary: &'a Vocabulary,
    /// The year that the report is of.
    pub year: Option<&'a Printed>,
    /// The body that it is about.
    pub body: Body<'a>,
}

impl<'a> Reader<'a> {
    /// The records of a sentence, each with the words that name the first of its figures.
    #[must_use]
    pub fn records(&self, statement: &Statement, stated: &'a Stated) -> Vec<(Record, Passage)> {
        if statement.grid.is_some() && !stated.cells {
            return Vec::new();
        }
        let mut records: Vec<(Key, Record, Passage)> = Vec::new();
        for (mention, named) in statement.mentions.iter().zip(self.named(statement, stated)) {
            let Some(Named { term, axes }) = named.filter(|_| is_meant(statement, mention)) else {
                continue;
            };
            let key = Key { part: mention.part, year: mention.year, axes };
            let found = records.iter().position(|(known, record, _)| *known == key && record.get(&term).is_none());
            let at = found.unwrap_or_else(|| {
                let words = statement.passage.part(mention.before.clone());
                records.push((key.clone(), self.context(statement, mention, &key), words));
                records.len() - 1
            });
            records[at].1.print(&term, printed(statement, mention));
        }
        records.into_iter().map(|(_, record, words)| (record, words)).collect()
    }

    /// What names each figure of a sentence.
    #[must_use]
    pub fn named(&self, statement: &Statement, stated: &'a Stated) -> Vec<Option<Named>> {
        if statement.mentions.len() > MOST {
            return vec![None; statement.mentions.len()];
        }
        let scope = Scope { terms: Some(&stated.terms), labels: &stated.labels, only: stated.only };
        let text = statement.passage.text();
        let mut before: Option<(u32, Named)> = None;
        let mut above: Vec<(String, String)> = Vec::new();
        let mut elsewhere: Option<u32> = None;
        let mut all: Vec<Option<Named>> = Vec::new();
        for mention in &statement.mentions {
            let words = named_by(text.get(mention.before.clone()).unwrap_or_default());
            let named_by = plain(words);
            let longest = self.longest(&named_by, scope, 3);
            let head = longest.as_ref().map(|(_, head)| *head);
            let mut named = longest.and_then(|(meaning, head)| self.name(&named_by, &meaning, head, stated));
            // 局机关编制 42 名，实有 40 人: what has no name of its own is of the same body.
            if head.is_some_and(|head| self.body.is_another(head)) {
                elsewhere = Some(mention.part);
            }
            let goes_on_elsewhere = head.is_some_and(str::is_empty) && elsewhere == Some(mention.part);
            // 下设 8 个直属事业单位: a count may be named by what is counted.
            if named.is_none() && stated.terms.iter().any(|term| self.counts(term)) {
                let after = plain(text.get(mention.after.clone()).unwrap_or_default());
                let meaning = self.lexicon.meaning(&after, scope);
                let term = meaning.term.filter(|_| meaning.understood == after.len() && meaning.axes.is_empty());
                named =
                    term.filter(|term| self.counts(term)).map(|term| Named { term: term.to_owned(), axes: Vec::new() });
            }
            // 因公出国费 0 万元，年初预算 2 万元: what may be an axis of the figure before is one.
            if let Some((part, known)) = &before
                && *part == mention.part
                && let Some(own) = &named
                && self.subject(&own.term) != self.subject(&known.term)
                && let Some(axes) = self.axes(words, stated)
                && axes.iter().all(|(axis, _)| !self.fixes(&known.term, axis))
            {
                named = Some(Named { term: known.term.clone(), axes });
            }
            // 预算数为 17.79 万元，决算数为 16.65 万元: the second is of the term of the first.
            let follows = named.is_none() && before.as_ref().is_some_and(|(part, _)| *part == mention.part);
            if let Some(axes) = follows.then(|| self.axes(words, stated)).flatten() {
                named = before
                    .as_ref()
                    .filter(|(part, _)| *part == mention.part)
                    .map(|(_, before)| Named { term: before.term.clone(), axes });
            }
            let fits = |named: &Named| {
                self.vocabulary.term(&named.term).is_some_and(|term| measures(term, statement, mention))
            };
            let Some(known) = named.filter(fits) else {
                all.push(None);
                continue;
            };
            let said = &text[..mention.literal.start];
            let unnamed =
                || statement.mentions.iter().zip(&all).filter(|(_, named)| named.is_none()).map(|(other, _)| other);
            let of_another =
                |_: &Named| goes_on_elsewhere || self.body.is_of_another(statement, mention, head, unnamed());
            let begins = plain(said);
            let is_alone = |word: &String| {
                let rest = begins.strip_prefix(word.as_str());
                rest.is_some_and(|rest| rest.is_empty() || FILLERS.contains(&rest))
            };
            let is_of_paragraph = mention.year.is_none() && (stated.alone.iter().any(is_alone) || divides(said));
            let mut named = Some(known).filter(|named| !is_of_paragraph && !of_another(named));
            let whole = parts(said).filter(|(at, word)| goes_on(&said[*at..], word.len())).map(|(at, _)| at).max();
            if let Some(at) = whole {
                let last = statement.mentions.iter().zip(&all).rfind(|(other, _)| other.literal.end <= at);
                let of = last.and_then(|(_, named): (_, &Option<Named>)| named.as_ref());
                // The parts of what nobody knows are of nobody knows what; those of people are no units.
                named = named.filter(|named| match of {
                    Some(of) => self.may_be_part(&named.term, &of.term),
                    None => !named.axes.is_empty(),
                });
            }
            if let Some(named) = &mut named {
                let fixed = self.vocabulary.term(&named.term).map(|term| term.axes.clone()).unwrap_or_default();
                if whole.is_some() {
                    // What is said 其中 is of what was said before it.
                    let missing = above
                        .iter()
                        .filter(|(axis, _)| named.axes.iter().chain(&fixed).all(|(known, _)| known != axis));
                    let missing: Vec<(String, String)> = missing.cloned().collect();
                    named.axes.extend(missing);
                } else {
                    let stays = |(axis, _): &&(String, String)| stated.axes.contains(axis);
                    above = named.axes.iter().chain(&fixed).filter(stays).cloned().collect();
                }
                named.axes.sort();
                before = Some((mention.part, named.clone()));
            }
            all.push(named);
        }
        self.once(statement, &mut all);
        all
    }

    /// What a sentence says several times with different figures is of several units, or of a whole and its parts: it
    /// counts for neither.
    fn once(&self, statement: &Statement, all: &mut [Option<Named>]) {
        let text = statement.passage.text();
        let literal = |at: usize| text.get(statement.mentions[at].literal.clone()).unwrap_or_default();
        let year = |at: usize| statement.mentions[at].year;
        // What a formula says is no other statement: it ought to be the same.
        let in_formula = |at: usize| statement.mentions[at].in_formula;
        let clashes: Vec<bool> = (0..all.len())
            .map(|at| {
                let is_like = |other: &usize| all[*other] == all[at] && year(*other) == year(at);
                let mut others = (0..all.len()).filter(|other| is_like(other) && in_formula(*other) == in_formula(at));
                all[at].is_some() && others.any(|other| literal(other) != literal(at))
            })
            .collect();
        all.iter_mut().zip(clashes).filter(|(_, clashes)| *clashes).for_each(|(named, _)| *named = None);
    }

    /// Whether a part may be of a term where its whole is of another: things that are counted are counted as the whole
    /// is, as `编制 414 个，其中直属事业单位 368 个` are all posts.
    fn may_be_part(&self, part: &str, whole: &str) -> bool {
        let unit = |term: &str| self.vocabulary.term(term).and_then(|term| term.unit);
        let counted = unit(part)
            .zip(unit(whole))
            .filter(|(part, whole)| part.dimension == Dimension::Count && whole.dimension == Dimension::Count);
        counted.is_none_or(|(part, whole)| part == whole)
    }

    /// Whether a term is of things that are counted.
    fn counts(&self, term: &str) -> bool {
        self.vocabulary.term(term).is_some_and(|term| term.content == Content::Figure(Kind::Count))
    }

    /// Whether a term is of one value of an axis only.
    fn fixes(&self, term: &str, axis: &str) -> bool {
        self.vocabulary.term(term).is_some_and(|term| term.axes.iter().any(|(known, _)| known == axis))
    }

    /// The subject that a term reduces to.
    fn subject(&self, term: &str) -> Option<&str> {
        self.vocabulary.term(term).map(|term| term.subject.as_str())
    }

    /// The term that the plain words before a figure name, and the axes they state with it; `head` is what stands before
    /// the words that are understood.
    fn name(&self, words: &str, meaning: &Meaning<'a>, head: &str, stated: &Stated) -> Option<Named> {
        if stated.ignore.iter().any(|ignored| words.ends_with(ignored.as_str())) {
            return None;
        }
        // 对服务态度的满意度 is the satisfaction with something.
        let narrowed = head.ends_with('的') && head.contains('对');
        let border = !narrowed && (head.is_empty() || BORDERS.iter().any(|border| head.ends_with(border)));
        let term = meaning.term.filter(|_| border && self.is_plain(meaning, stated))?;
        Some(Named { term: term.to_owned(), axes: kept(meaning, stated) })
    }

    /// Whether words say nothing of the figure but what sentences state: 其他支出 is not the expenditure.
    fn is_plain(&self, meaning: &Meaning<'_>, stated: &Stated) -> bool {
        meaning.axes.iter().all(|(axis, value)| {
            let default = self
                .vocabulary
                .axes
                .iter()
                .find(|known| known.name == *axis)
                .and_then(|known| known.default.as_deref());
            stated.axes.iter().any(|known| known == axis) || *value == ALL || default == Some(*value)
        })
    }

    /// What the sentence says of a record besides its figures.
    fn context(&self, statement: &Statement, mention: &Mention, key: &Key) -> Record {
        let span = statement.passage.whole();
        let mut record = Record::at(span);
        // What the headings say is only worth saying where it is another than that of the report.
        let year = year(statement, mention)
            .filter(|year| mention.year.is_some() || self.year.is_none_or(|own| own.text != year.text));
        if let Some(year) = year {
            record.print("year", year);
        }
        for (axis, value) in &key.axes {
            record.print(axis, Printed::said(value, statement.passage.span(mention.before.clone())));
        }
        let in_cell = statement.headings.last().filter(|_| statement.grid.is_some());
        let coded =
            in_cell.into_iter().chain(&statement.lead).find_map(|text| Some((text, Label::read(text.text()).code?)));
        if let Some((text, code)) = coded {
            let name = text.text().trim().trim_start_matches(code.as_str()).trim();
            record.print("indicator", Printed { text: code.clone(), ..Printed::context(text) });
            if !name.is_empty() {
                record.print("name", Printed { text: name.to_owned(), ..Printed::context(text) });
            }
        }
        record
    }

    /// The axes that words state which name no term.
    fn axes(&self, before: &str, stated: &Stated) -> Option<Vec<(String, String)>> {
        let words = plain(before);
        let scope = Scope { terms: Some(&[]), labels: &[], only: false };
        let whole = |words: &str| {
            let meaning = self.lexicon.meaning(words, scope);
            (meaning.understood == words.len() && !meaning.axes.is_empty()).then(|| kept(&meaning, stated))
        };
        let stripped = FILLERS.iter().filter_map(|filler| words.strip_suffix(filler)).find_map(whole);
        whole(&words).or(stripped).filter(|axes| !axes.is_empty())
    }

    /// The reading that understands most of the words, fillers at their end left out; and what is before it.
    fn longest<'b>(&self, words: &'b str, scope: Scope<'a>, fillers: u8) -> Option<(Meaning<'a>, &'b str)> {
        let own = self.lexicon.meaning(words, scope);
        let head = &words[..words.len() - own.understood];
        let mut best = own.term.is_some().then_some((own, head));
        if fillers > 0 {
            for filler in FILLERS {
                let Some(rest) = words.strip_suffix(filler) else { continue };
                let Some(found) = self.longest(rest, scope, fillers - 1) else { continue };
                if best.as_ref().is_none_or(|(known, _)| known.understood < found.0.understood) {
                    best = Some(found);
                }
            }
        }
        best
    }
}

/// Whether a sentence begins with how it divides what was said before it: `按资金级次划分，`, `分季度看，`.
pub fn divides(text: &str) -> bool {
    let text = text.trim_start();
    let clause = text.find(['，', '：', ',', ':']).map_or("", |end| text[..end].trim_end());
    let (begins, ends) = DIVIDING;
    let is_of_score = clause.strip_suffix('分').is_some_and(|rest| rest.ends_with(SCORES));
    clause.starts_with(begins) && clause.ends_with(ends) && !is_of_score && clause.chars().count() <= LONGEST_CLAUSE
}

/// The words that name a figure: those before a bracket that only explains them, `其他支出（彩票公益金安排的支出）628.35 万元`.
fn named_by(words: &str) -> &str {
    let open = words.trim_end().ends_with(['）', ')']).then(|| words.rfind(['（', '('])).flatten();
    open.map_or(words, |open| &words[..open])
}

/// The words behind which parts follow, each with where it stands last.
pub fn parts(said: &str) -> impl Iterator<Item = (usize, &'static str)> + '_ {
    let is_of_score = |at: usize| said[..at].ends_with(SCORES);
    PARTS.iter().filter_map(move |word| {
        let mut found = said.rmatch_indices(word);
        found.find(|(at, word)| *word != "分为" || !is_of_score(*at)).map(|(at, _)| (at, *word))
    })
}

/// Whether parts that follow a word go on: those behind a colon to the end of the sentence, others to a semicolon.
fn goes_on(said: &str, word: usize) -> bool {
    said[word..].trim_start().starts_with([':', '：']) || !said.contains(['；', ';'])
}

/// The axes of a meaning that sentences state.
fn kept(meaning: &Meaning<'_>, stated: &Stated) -> Vec<(String, String)> {
    let mut axes: Vec<(String, String)> = meaning
        .axes
        .iter()
        .filter(|(axis, _)| stated.axes.iter().any(|known| known == axis))
        .map(|(axis, value)| ((*axis).to_owned(), (*value).to_owned()))
        .collect();
    axes.sort();
    axes
}

/// Whether a figure with its unit can be one of a term.
fn measures(term: &Term, statement: &Statement, mention: &Mention) -> bool {
    let text = statement.passage.text();
    let literal = text.get(mention.literal.clone()).unwrap_or_default();
    let percent = literal.ends_with(['%', '‰']);
    let unit = mention.unit.as_ref().and_then(|unit| text.get(unit.clone())).map(str::trim);
    let stated = unit.and_then(Unit::named).map(|unit| unit.dimension);
    if term.content == Content::Figure(Kind::Ratio) {
        return percent;
    }
    if percent {
        return false;
    }
    match (term.unit.map(|unit| unit.dimension), stated) {
        // Sentences name the unit of money and of points.
        (Some(Dimension::Money), stated) => stated == Some(Dimension::Money) || mention.in_formula,
        (Some(Dimension::Points), stated) => stated == Some(Dimension::Points) || mention.in_formula,
        (Some(own), Some(stated)) => own == stated,
        (Some(_), None) => true,
        (None, stated) => stated.is_none(),
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    part: u32,
    year: Option<u16>,
    axes: Vec<(String, String)>,
}

/// The year that a figure is of: as its sentence says, else as the nearest heading does.
pub fn year(statement: &Statement, mention: &Mention) -> Option<Printed> {
    let said = |year: u16, passage: &Passage| {
        let digits = year.to_string();
        let at = passage.text().rfind(&digits);
        let span = at.map_or_else(|| passage.whole(), |at| passage.span(at..at + digits.len()));
        Printed::said(&digits, span)
    };
    if let Some(year) = mention.year {
        return Some(said(year, &statement.passage));
    }
    statement.headings.iter().rev().find_map(|heading| Some(said(take_year(heading.text()).0?, heading)))
}

/// Words behind a figure by which it is a limit, `90 分（含）以上`, and between two that are the limits of a range.
const LIMITS: [&str; 10] =
    ["以上", "及以上", "或以上", "以下", "及以下", "以内", "and above", "or above", "or more", "or below"];
const TO: &str = "至";

/// Whether a mention says what something is: on its own, and neither about what nor between which limits.
pub fn is_meant(statement: &Statement, mention: &Mention) -> bool {
    let text = statement.passage.text();
    let end = mention.unit.as_ref().unwrap_or(&mention.literal).end;
    let after = text.get(end..).unwrap_or_default().trim_start();
    let after = ["（含）", "(含)", "（含", "含"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    let is_limit = LIMITS.iter().any(|word| after.starts_with(word))
        || after.trim_start_matches(['）', ')']).starts_with(TO)
        || text.get(mention.before.clone()).unwrap_or_default().trim_matches(|letter| " （含）()".contains(letter))
            == TO;
    !mention.in_formula && mention.hedge.is_none() && !is_limit
}

/// The figure of a mention with its unit.
pub fn printed(statement: &Statement, mention: &Mention) -> Printed {
    let text = statement.passage.text();
    let literal = text.get(mention.literal.clone()).unwrap_or_default().trim();
    let unit = mention.unit.as_ref().and_then(|unit| text.get(unit.clone())).unwrap_or_default().trim();
    let known = Unit::named(unit).is_some() && !literal.ends_with(['%', '‰']);
    let text = if known { format!("{literal}{unit}") } else { literal.to_owned() };
    let span = statement.passage.span(mention.literal.clone());
    Printed { text, span, grid: statement.grid, at: mention.at, ..Printed::default() }
}
