//! Made municipal reports, about 20 KB of JSON each, and what is wrong in a tenth of them.
//!
//! Every figure is a whole number of hundredths or of people, and every relation is decided in whole
//! numbers, apart from the library: what is planted here, and nothing else, must be found.

use std::array::from_fn;

/// A report, and the relations that one misprint in it breaks.
#[derive(Debug)]
pub struct Report {
    /// Its JSON, in one line.
    pub text: String,
    /// What must be found: the id of the check, and the pointer to the figure that does not agree.
    pub planted: Vec<(&'static str, String)>,
}

/// Relations of every report.
pub const RELATIONS: usize = 269;

/// The report of a number, always the same.
#[must_use]
pub fn report(number: usize) -> Report {
    let mut random = Random::new(number as u64);
    let mut page = Page::default();
    page.object(|page| {
        page.record("report", |page| {
            page.text("entity", &format!("Stadtgemeinde {number:05}"));
            page.text("period", &format!("{FIRST_YEAR}-{}", FIRST_YEAR + YEARS - 1));
            page.text("unit", "thousand EUR");
        });
        staffing(page, &mut random);
        budget(page, &mut random);
        projects(page, &mut random);
        survey(page, &mut random);
        scores(page, &mut random);
    });
    debug_assert_eq!(page.relations.len(), RELATIONS);
    if random.below(10) == 0 {
        page.misprint(&mut random);
    }
    Report { planted: page.broken(), text: page.print() }
}

/// What must be found in so many reports, from the first on: the number of the report, the check, the pointer.
#[must_use]
pub fn planted(reports: usize) -> Vec<(usize, String, String)> {
    let of = |number| report(number).planted.into_iter().map(move |(check, at)| (number, check.to_owned(), at));
    let mut planted: Vec<_> = (0..reports).flat_map(of).collect();
    planted.sort();
    planted
}

const FIRST_YEAR: usize = 2021;
const YEARS: usize = 3;
const UNITS: [&str; 15] = [
    "Treasury",
    "Schools",
    "Roads",
    "Waterworks",
    "Parks",
    "Archéologie",
    "Fire service",
    "Civil registry",
    "Bäderamt",
    "Museums",
    "Harbour",
    "Youth",
    "水务",
    "Planning",
    "Markets",
];
const LINES: [&str; 8] =
    ["Salaries", "Supplies", "Works", "Subsidies", "Interest", "Löschfahrzeuge", "Pensions", "Rents"];
const PROJECTS: [&str; 9] =
    ["Footbridge", "Kindergarten", "Tramway", "Swimming pool", "Cycle path", "Well", "Brücke", "Town hall", "Theatre"];
const QUARTERS: [&str; 6] = ["Old Town", "Hillside", "Riverbank", "Station", "Meadows", "Neustadt"];
const QUESTIONS: [&str; 4] = [
    "How content are you with the opening hours of the offices that you went to in person",
    "How easy was it to find out which papers you had to bring along for your request",
    "How likely is it that you would use the online forms the next time you need a permit",
    "How well were you kept informed while your application was being decided upon",
];
const ANSWERS: [&str; 5] = ["Very much so", "Rather so", "Neither nor", "Rather not", "Not at all"];

fn staffing(page: &mut Page, random: &mut Random) {
    page.record("staffing", |page| {
        let units = page.rows("units", random.some(&UNITS, 12), |page, name| {
            page.text("name", name);
            let quota = page.hundredths("quota", random.between(500, 60_000));
            let actual = page.hundredths("actual", random.between(400, 60_000));
            [quota, actual, page.hundredths("temporary", random.between(0, 9_000))]
        });
        page.record("total", |page| {
            page.total("staffing/quota-total", "quota", units.iter().map(|unit| unit[0]));
            page.total("staffing/actual-total", "actual", units.iter().map(|unit| unit[1]));
            page.total("staffing/temporary-total", "temporary", units.iter().map(|unit| unit[2]));
        });
    });
}

/// The figures of a line or a total of the budget, in the order of [`COLUMNS`].
type Line = [Id; 7];

const COLUMNS: [&str; 7] = ["opening", "initial", "adjustment", "adjusted", "revenue", "expenditure", "closing"];

fn budget(page: &mut Page, random: &mut Random) {
    let names = random.some(&LINES, 6);
    let mut prior: Vec<Line> = Vec::new();
    page.record("budget", |page| {
        page.rows("years", 0..YEARS, |page, year| {
            page.number("year", FIRST_YEAR + year);
            let lines = page.rows("lines", 0..names.len(), |page, at| {
                page.text("name", names[at]);
                let [.., closing] = prior.get(at).copied().unwrap_or_default();
                let carried = if year == 0 { random.between(0, 900_000_000) } else { page.value(closing) };
                let line = budget_line(page, random, carried);
                if year > 0 {
                    page.relate("budget/carried-forward", line[0], Form::Sum(vec![(1, closing)]));
                }
                line
            });
            page.record("total", |page| {
                let total = from_fn(|column| {
                    page.total("budget/total", COLUMNS[column], lines.iter().map(|line| line[column]))
                });
                relate_line(page, total);
            });
            prior = lines;
        });
    });
}

fn budget_line(page: &mut Page, random: &mut Random, carried: i64) -> Line {
    let first = random.between(10_000, 2_000_000_000);
    let change = random.between(-first / 4, first / 4);
    let income = random.between(0, 2_000_000_000);
    let spent = random.between(0, carried + income);
    let values = [carried, first, change, first + change, income, spent, carried + income - spent];
    let line = from_fn(|column| page.hundredths(COLUMNS[column], values[column]));
    relate_line(page, line);
    line
}

fn relate_line(page: &mut Page, [opening, initial, adjustment, adjusted, revenue, expenditure, closing]: Line) {
    page.relate("budget/adjusted", adjusted, Form::Sum(vec![(1, initial), (1, adjustment)]));
    page.relate("budget/closing", closing, Form::Sum(vec![(1, opening), (1, revenue), (-1, expenditure)]));
}

fn projects(page: &mut Page, random: &mut Random) {
    let amounts: Vec<i64> = (0..30).map(|_| random.between(100, 90_000_000)).collect();
    let whole = amounts.iter().sum();
    page.record("projects", |page| {
        let items = page.rows("items", amounts, |page, amount| {
            page.text("name", &format!("{} {}", random.one(&PROJECTS), random.one(&QUARTERS)));
            (page.hundredths("amount", amount), page.hundredths("share", share(amount, whole)))
        });
        page.record("total", |page| {
            let whole = page.total("projects/amount-total", "amount", items.iter().map(|item| item.0));
            for (part, share) in &items {
                page.relate("projects/share", *share, Form::Share { part: *part, whole });
            }
            let shares = page.hundredths("share", 10_000);
            page.relate("projects/share-total", shares, Form::Shares(items.iter().map(|item| item.1).collect()));
        });
    });
}

fn survey(page: &mut Page, random: &mut Random) {
    page.record("survey", |page| {
        page.rows("questions", 1..=20, |page, number| {
            let asked = random.one(&QUESTIONS);
            page.text(
                "text",
                &format!("{number}. {asked} (one answer each; asked at all counters from March to May)?"),
            );
            // Many percentages are halves exactly, such as 1 of 800.
            let people = if random.below(2) == 0 { random.between(50, 5_000) } else { *random.one(&[400, 800, 1_600]) };
            let respondents = page.people("respondents", people);
            let mut cuts: Vec<i64> = (1..ANSWERS.len()).map(|_| random.between(0, people)).collect();
            cuts.extend([0, people]);
            cuts.sort_unstable();
            let counts = page.rows("options", 0..ANSWERS.len(), |page, at| {
                page.text("label", ANSWERS[at]);
                let chosen = cuts[at + 1] - cuts[at];
                let part = page.people("count", chosen);
                let percent = page.hundredths("percent", share(chosen, people));
                page.relate("survey/percent", percent, Form::Share { part, whole: respondents });
                (1, part)
            });
            page.relate("survey/respondents", respondents, Form::Sum(counts));
        });
    });
}

fn scores(page: &mut Page, random: &mut Random) {
    page.record("scores", |page| {
        let indicators = page.rows("indicators", 1..=36, |page, number| {
            page.text("code", &format!("I-{number:02}"));
            let most = if random.below(2) == 0 { random.between(100, 1_000) } else { *random.one(&[400, 800, 1_600]) };
            let reached = random.between(0, most);
            let (whole, part) = (page.hundredths("weight", most), page.hundredths("score", reached));
            let rate = page.hundredths("rate", share(reached, most));
            page.relate("scores/rate", rate, Form::Share { part, whole });
            (whole, part)
        });
        page.record("total", |page| {
            let whole = page.total("scores/total", "weight", indicators.iter().map(|indicator| indicator.0));
            let part = page.total("scores/total", "score", indicators.iter().map(|indicator| indicator.1));
            let rate = page.hundredths("rate", share(page.value(part), page.value(whole)));
            page.relate("scores/rate", rate, Form::Share { part, whole });
        });
    });
}

/// A part in hundredths of a percent of the whole, halves upwards.
fn share(part: i64, whole: i64) -> i64 {
    (20_000 * part + whole) / (2 * whole)
}

/// A figure of a page, by its number.
type Id = usize;

#[derive(Debug)]
struct Figure {
    value: i64,
    /// Whether it counts hundredths, and is printed with two decimals.
    hundredths: bool,
    /// Where in the text it is to be printed.
    at: usize,
    pointer: String,
}

impl Figure {
    fn print(&self) -> String {
        let (sign, digits) = (if self.value < 0 { "-" } else { "" }, self.value.unsigned_abs());
        if self.hundredths { format!("{sign}{}.{:02}", digits / 100, digits % 100) } else { self.value.to_string() }
    }
}

/// What the target of a relation must be.
#[derive(Debug)]
enum Form {
    /// The sum of the figures, each with its sign.
    Sum(Vec<(i64, Id)>),
    /// A part of a whole in percent, rounded.
    Share { part: Id, whole: Id },
    /// The sum of rounded figures, and rounded itself.
    Shares(Vec<Id>),
}

#[derive(Debug)]
struct Relation {
    check: &'static str,
    target: Id,
    form: Form,
}

/// A report while it is being written: its JSON without the figures, the figures, and what relates them.
#[derive(Debug, Default)]
struct Page {
    text: String,
    pointer: String,
    figures: Vec<Figure>,
    relations: Vec<Relation>,
}

impl Page {
    fn object<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        self.text.push('{');
        let written = write(self);
        self.text.push('}');
        written
    }

    /// What is written at one more step of the pointer.
    fn below<T>(&mut self, step: &str, write: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(step);
        if !self.text.ends_with(['{', '[']) {
            self.text.push_str(", ");
        }
        let written = write(self);
        self.pointer.truncate(length);
        written
    }

    fn field<T>(&mut self, name: &str, write: impl FnOnce(&mut Self) -> T) -> T {
        self.below(name, |page| {
            page.text.push_str(&format!("\"{name}\": "));
            write(page)
        })
    }

    fn record<T>(&mut self, name: &str, write: impl FnOnce(&mut Self) -> T) -> T {
        self.field(name, |page| page.object(write))
    }

    /// A list of objects, one for each item.
    fn rows<I, T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = I>,
        mut write: impl FnMut(&mut Self, I) -> T,
    ) -> Vec<T> {
        self.field(name, |page| {
            page.text.push('[');
            let rows = items.into_iter().enumerate();
            let written =
                rows.map(|(at, item)| page.below(&at.to_string(), |page| page.object(|page| write(page, item))));
            let written = written.collect();
            page.text.push(']');
            written
        })
    }

    fn text(&mut self, name: &str, text: &str) {
        self.field(name, |page| page.text.push_str(&format!("\"{text}\"")));
    }

    /// A number that is no figure.
    fn number(&mut self, name: &str, number: usize) {
        self.field(name, |page| page.text.push_str(&number.to_string()));
    }

    fn hundredths(&mut self, name: &str, value: i64) -> Id {
        self.figure(name, value, true)
    }

    fn people(&mut self, name: &str, value: i64) -> Id {
        self.figure(name, value, false)
    }

    fn figure(&mut self, name: &str, value: i64, hundredths: bool) -> Id {
        self.field(name, |page| {
            let (at, pointer) = (page.text.len(), page.pointer.clone());
            page.figures.push(Figure { value, hundredths, at, pointer });
            page.figures.len() - 1
        })
    }

    /// A figure in hundredths that is the sum of others.
    fn total(&mut self, check: &'static str, name: &str, parts: impl Iterator<Item = Id>) -> Id {
        let parts: Vec<(i64, Id)> = parts.map(|part| (1, part)).collect();
        let total = self.hundredths(name, parts.iter().map(|(_, part)| self.value(*part)).sum());
        self.relate(check, total, Form::Sum(parts));
        total
    }

    fn relate(&mut self, check: &'static str, target: Id, form: Form) {
        self.relations.push(Relation { check, target, form });
    }

    fn value(&self, id: Id) -> i64 {
        self.figures[id].value
    }

    fn holds(&self, relation: &Relation) -> bool {
        let target = self.value(relation.target);
        match &relation.form {
            Form::Sum(parts) => parts.iter().map(|(sign, part)| sign * self.value(*part)).sum::<i64>() == target,
            // Half a hundredth of a percent, in hundredths of a percent of twice the whole.
            Form::Share { part, whole } => {
                let (part, whole) = (self.value(*part), self.value(*whole));
                (2 * target * whole - 20_000 * part).abs() <= whole
            }
            // Half a unit for each part, and for the target.
            Form::Shares(parts) => {
                let off = parts.iter().map(|part| self.value(*part)).sum::<i64>() - target;
                2 * off.abs() <= parts.len() as i64 + 1
            }
        }
    }

    fn broken(&self) -> Vec<(&'static str, String)> {
        let broken = self.relations.iter().filter(|relation| !self.holds(relation));
        broken.map(|relation| (relation.check, self.figures[relation.target].pointer.clone())).collect()
    }

    /// Prints one of the last three digits of some figure wrong, so that something breaks.
    fn misprint(&mut self, random: &mut Random) {
        while self.broken().is_empty() {
            let id = random.below(self.figures.len() as u64) as Id;
            let right = self.value(id);
            let place = *random.one(&[1, 10, 100]);
            let digit = right.abs() / place % 10;
            let wrong = right.abs() + (random.between(0, 9) - digit) * place;
            // What others are divided by must not vanish.
            self.figures[id].value = match wrong {
                0 => right,
                _ if right < 0 => -wrong,
                _ => wrong,
            };
            if self.broken().is_empty() {
                self.figures[id].value = right;
            }
        }
    }

    /// The JSON with its figures.
    fn print(&self) -> String {
        let mut printed = String::with_capacity(self.text.len() + 10 * self.figures.len());
        let mut from = 0;
        for figure in &self.figures {
            printed.push_str(&self.text[from..figure.at]);
            printed.push_str(&figure.print());
            from = figure.at;
        }
        printed.push_str(&self.text[from..]);
        printed
    }
}

/// Numbers that look random, and are the same for the same seed (SplitMix64).
#[derive(Debug)]
struct Random(u64);

impl Random {
    /// Seeds that follow each other have nothing in common.
    fn new(seed: u64) -> Self {
        let mut first = Self(seed);
        Self(first.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Ends included.
    fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(least.abs_diff(most) + 1) as i64
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len() as u64) as usize]
    }

    /// So many of the list, each once, in any order.
    fn some<T: Copy>(&mut self, list: &[T], count: usize) -> Vec<T> {
        let mut left = list.to_vec();
        (0..count).map(|_| left.swap_remove(self.below(left.len() as u64) as usize)).collect()
    }
}
