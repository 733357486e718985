//! The sentences in English.

use super::values::{
    allowance, beside, changed, difference, distinct, implied, in_one_record, printed, unit, with_unit, word,
};
use crate::audit::Summary;
use crate::finding::{Cause, CauseKind, Finding, Spot, Violation};
use crate::tie::{Reason, TieKind, Verdict};

/// The word for one or for many.
pub fn plural<'a>(count: usize, one: &'a str, many: &'a str) -> &'a str {
    if count == 1 { one } else { many }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", plural(count, one, many))
}

/// The headline of a tie.
pub fn headline(finding: &Finding, kind: TieKind, verdict: Verdict, why: Option<&Reason>) -> String {
    // The whole document has no name.
    let is_named = |spot: &&Spot| verdict != Verdict::Undecided || !spot.label_en.is_empty();
    let Some(spot) = finding.targets.first().filter(is_named) else {
        if verdict == Verdict::Broken {
            return format!("“{}” does not hold", finding.rule.title.en);
        }
        let why = why.map(|why| format!(": {}", reason(why))).unwrap_or_default();
        return format!("“{}” could not be checked{why}", finding.rule.title.en);
    };
    let label = &spot.label_en;
    match verdict {
        Verdict::Broken => broken(finding, spot, kind),
        Verdict::Exact => format!("{label} is {}, and {}", with_unit(spot), recomputed(finding, spot, kind)),
        Verdict::Rounded => format!(
            "{label} is {} and {}, which only rounding explains; all its neighbours agree exactly",
            with_unit(spot),
            recomputed(finding, spot, kind)
        ),
        Verdict::Implied => match finding.recomputed {
            Some(value) => {
                format!(
                    "{label} is blank; if the other figures are right it is {}",
                    implied(value, finding, spot) + &unit(spot)
                )
            }
            None => format!("{label} is blank; the other figures give its value"),
        },
        Verdict::Undecided => match why {
            Some(why) => format!("{label} could not be checked: {}", reason(why)),
            None => format!("{label} could not be checked"),
        },
    }
}

fn broken(finding: &Finding, spot: &Spot, kind: TieKind) -> String {
    let label = &spot.label_en;
    let count = finding.targets.len();
    match kind {
        TieKind::Equal if finding.recomputed.is_none() => {
            let values = distinct(&finding.targets, ", ", " and ");
            format!("{label} is stated differently in {} places: {values}", count + finding.operands.len())
        }
        TieKind::Distinct => {
            let places = counted(count + finding.operands.len(), "place", "places");
            format!("{} stands in {places}, where each should be different", printed(spot))
        }
        TieKind::Text => match finding.operands.first() {
            Some(other) => format!("{label} says {}, but {} says {}", printed(spot), other.label_en, printed(other)),
            None => format!("{label} says {}, but “{}” does not hold", printed(spot), finding.rule.title.en),
        },
        TieKind::Order => match finding.operands.first() {
            Some(other) => format!(
                "{label} is {} beside {} {}, but “{}” does not hold",
                with_unit(spot),
                other.label_en,
                printed(other),
                finding.rule.title.en
            ),
            None => format!("{label} is {}, but “{}” does not hold", with_unit(spot), finding.rule.title.en),
        },
        TieKind::Sum
        | TieKind::Difference
        | TieKind::Average
        | TieKind::Ratio
        | TieKind::RelativeChange
        | TieKind::Share
        | TieKind::Equal
        | TieKind::Count
        | TieKind::Other => {
            format!("{label} is {}, but {}", with_unit(spot), recomputed(finding, spot, kind))
        }
    }
}

/// What the other figures give, as a clause.
fn recomputed(finding: &Finding, spot: &Spot, kind: TieKind) -> String {
    let Some(value) = finding.recomputed else {
        return format!("“{}” does not hold", finding.rule.title.en);
    };
    let value = beside(value, spot);
    let count = finding.operands.len();
    let one_record = in_one_record(finding);
    match kind {
        TieKind::Sum if count == 0 => format!("it works out to {value}"),
        TieKind::Sum if one_record => {
            format!("its {} {} up to {value}", counted(count, "part", "parts"), plural(count, "adds", "add"))
        }
        TieKind::Sum => {
            format!("its {} {} up to {value}", counted(count, "line", "lines"), plural(count, "adds", "add"))
        }
        TieKind::Difference => format!("it works out to {value}"),
        TieKind::Average => format!("the average of its {} is {value}", counted(count, "figure", "figures")),
        TieKind::Ratio => format!("its own operands give {value}"),
        TieKind::RelativeChange => format!("the figures it compares give {value}"),
        TieKind::Share => format!("the part over its whole is {value}"),
        TieKind::Equal => match &finding.operands[..] {
            [] => format!("it should be {value}"),
            [other] => format!("{} is {value}", other.label_en),
            _ => format!("{count} other places say {value}"),
        },
        TieKind::Count => {
            // The number of records is known even where each is not listed.
            format!("{value} {} listed", if value == "1" { "is" } else { "are" })
        }
        TieKind::Order | TieKind::Distinct | TieKind::Text | TieKind::Other => format!("it works out to {value}"),
    }
}

/// What is said at the target.
pub fn target(finding: &Finding, spot: &Spot, kind: TieKind, verdict: Verdict) -> String {
    match verdict {
        Verdict::Exact => "agrees".into(),
        Verdict::Undecided => "not checked".into(),
        Verdict::Implied => match finding.recomputed {
            Some(value) => format!("blank; the rest gives {}", implied(value, finding, spot)),
            None => "blank".into(),
        },
        Verdict::Rounded => match finding.difference {
            Some(value) => apart(finding, spot, &format!("{} apart", points(&difference(value, spot), spot))),
            None => "agrees only by rounding".into(),
        },
        Verdict::Broken => match (finding.difference, kind) {
            (Some(value), _) if !value.is_zero() => {
                let size = points(&difference(value, spot), spot);
                let side = match (value.signum() > 0, kind, spot.percent) {
                    (true, TieKind::Equal, _) => "more than elsewhere",
                    (false, TieKind::Equal, _) => "less than elsewhere",
                    (true, TieKind::Count, _) => "too many",
                    (false, TieKind::Count, _) => "too few",
                    (true, _, true) => "too high",
                    (false, _, true) => "too low",
                    (true, _, false) => "too much",
                    (false, _, false) => "too little",
                };
                apart(finding, spot, &format!("{size} {side}"))
            }
            (_, TieKind::Equal | TieKind::Distinct) => format!("{} here", printed(spot)),
            _ => "does not agree".into(),
        },
    }
}

fn points(size: &str, spot: &Spot) -> String {
    let word = if size == "1" { "point" } else { "points" };
    if spot.percent { format!("{size} percentage {word}") } else { size.to_owned() }
}

fn apart(finding: &Finding, spot: &Spot, size: &str) -> String {
    match finding.allowance.filter(|allowance| !allowance.is_zero()) {
        Some(value) => format!("{size}; rounding explains at most {}", allowance(value, spot)),
        None => size.to_owned(),
    }
}

/// The reading of the definition.
pub fn reading(name: &str) -> String {
    format!("read as “{name}”, as most records of this report are")
}

/// The finding moves a grade.
pub fn decision() -> String {
    "this changes the grade, a pass mark or a target met".into()
}

/// How many single changes would mend it, and how many of them were named.
pub fn repairs(count: usize, named: usize) -> String {
    match count {
        _ if named > 0 => format!("{count} different single changes would mend it in all"),
        0 => "no single change mends this".into(),
        1 => "one single change would mend it".into(),
        _ => format!("{count} different single changes would mend it, so none is suggested"),
    }
}

/// An axis that was assumed to agree.
pub fn assumed(axis: &str) -> String {
    format!("same {axis} assumed: the report does not say it in every place")
}

/// What may have happened.
pub fn cause(finding: &Finding, cause: &Cause) -> String {
    let likely = if cause.corroborated { "likely" } else { "possibly" };
    let figure = &cause.figure;
    let own = finding.targets.iter().any(|spot| spot.place.pointer == figure.place.pointer);
    let at = if own { String::new() } else { format!(" in {}", figure.label_en) };
    let repaired = cause.repaired.as_deref();
    let agrees = repaired.map(|value| format!(": {value} would agree")).unwrap_or_default();
    let what = match cause.kind {
        CauseKind::Digit => match repaired.and_then(|new| changed(&figure.literal, new)) {
            Some((old, new)) => format!("{likely} a misprint{at}: one digit ({old} → {new}) makes it agree"),
            None => format!("{likely} a misprint of one digit{at}{agrees}"),
        },
        CauseKind::Transposed => format!("{likely} two digits that changed places{at}{agrees}"),
        CauseKind::Scale => format!("{likely} a decimal point or a unit that slipped{at}{agrees}"),
        CauseKind::Sign => format!("{likely} a sign{at}{agrees}"),
        CauseKind::Swapped => format!("{likely} two cells that changed places{at}{agrees}"),
        CauseKind::Shifted => format!("{likely} a cell that shifted{at}"),
        CauseKind::Inverted => format!("{likely} the ratio is upside down{at}{agrees}"),
        CauseKind::LeftOut => format!("{likely} {} ({}) was left out", figure.label_en, printed(figure)),
        CauseKind::CountedTwice => format!("{likely} {} ({}) was counted twice", figure.label_en, printed(figure)),
        CauseKind::Stale => format!("{likely} another value stands in its place{at}{agrees}"),
        CauseKind::DuplicateRow => format!("{likely} {} stands twice", figure.label_en),
        CauseKind::Truncated => format!("agrees if the figure{at} was cut instead of rounded"),
    };
    match &cause.restated {
        Some(spot) if cause.kind == CauseKind::Shifted => {
            format!("{what}: in {}, which is blank, it would agree", spot.label_en)
        }
        Some(spot) => format!("{what}, and {} prints {}", spot.label_en, printed(spot)),
        None => what,
    }
}

/// Why a tie could not be decided.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Missing(name) => format!("there is no `{name}`"),
        Reason::Ambiguous(path) => format!("`{path}` leads to several records where one is needed"),
        Reason::Blank(name) => format!("{name} is blank"),
        Reason::Blanks(count) => format!("{} blank", counted(*count, "operand is", "operands are")),
        Reason::NotADate(text) => format!("“{}” is not a date", word(text)),
        Reason::NotAFigure(text) => format!("“{}” is not a figure", word(text)),
        Reason::TooLong(text) => format!("{} has more digits than can be held exactly", word(text)),
        Reason::Overflow => "the result does not fit in exact arithmetic".into(),
        Reason::ZeroDivisor => "the divisor is zero".into(),
        Reason::UnlikeUnits(left, right) => format!("{left} and {right} are unlike units"),
        Reason::LeftOut(column) => {
            format!("the difference is what the column “{}” says, which is left out", word(column))
        }
        Reason::OfAPart(part) => format!("one of the figures is that of “{}” elsewhere", word(part)),
        Reason::NoReading => "no reading of the definition is kept by most records".into(),
        Reason::FewVotes => "too few records tell which reading of the definition is meant".into(),
        Reason::TooMuchWork => "it takes more work than a check is given".into(),
        Reason::RoundedTest => "a test that holds only thanks to rounding cannot be negated".into(),
    }
}

/// The headline of a violation of a schema.
pub fn violation(violation: &Violation) -> String {
    match violation {
        Violation::Unknown { field, .. } => format!("`{field}` is not a field of the schema"),
        Violation::Missing { field } => format!("the required field `{field}` is missing"),
        Violation::Type { found, expected } => format!("{found} is not {}", either(expected)),
        Violation::NotAFigure { found } => format!("{found} stands where a figure is due"),
        Violation::NotAllowed { found, allowed } => format!("{found} is not one of {}", allowed.join(", ")),
        Violation::Limit { found, keyword, limit } => {
            format!("{found} is outside what the schema allows: {keyword} {limit}")
        }
        Violation::Other { keyword, found } => format!("{found} does not satisfy `{keyword}` of the schema"),
    }
}

/// What is said at the place of a violation.
pub fn violation_label(violation: &Violation) -> String {
    match violation {
        Violation::Unknown { .. } => "unknown field".into(),
        Violation::Missing { field } => format!("`{field}` is missing here"),
        Violation::Type { expected, .. } => format!("expected {}", either(expected)),
        Violation::NotAFigure { .. } => "expected a figure".into(),
        Violation::NotAllowed { .. } => "not an allowed value".into(),
        Violation::Limit { keyword, limit, .. } => format!("{keyword} is {limit}"),
        Violation::Other { keyword, .. } => format!("does not satisfy `{keyword}`"),
    }
}

fn either(all: &[String]) -> String {
    all.join(" or ")
}

/// The line that ends every run.
pub fn summary(summary: &Summary) -> String {
    let ties = &summary.ties;
    let others = summary.finding_count() - summary.disagreements;
    let mut head = vec![counted(summary.files, "file", "files")];
    if summary.documents != summary.files {
        head.push(counted(summary.documents, "document", "documents"));
    }
    head.push(counted(summary.figures, "figure", "figures"));
    let clean = super::is_clean(summary);
    let mut parts = if clean && ties.total() > 0 && ties.implied + ties.undecided == 0 {
        let rounded =
            if ties.rounded > 0 { format!(", {} of them thanks to rounding", ties.rounded) } else { String::new() };
        let holds =
            if ties.total() == 1 { "the only tie holds".into() } else { format!("all {} ties hold", ties.total()) };
        vec![format!("{}; nothing disagrees: {holds}{rounded}", head.join(", "))]
    } else {
        head.push(counted(ties.total(), "tie", "ties"));
        let changes = match summary.decisions {
            0 => String::new(),
            count => format!(" ({count} {} the grade)", plural(count, "changes", "change")),
        };
        let findings = match summary.disagreements {
            0 => String::new(),
            findings => format!(" in {}{changes}", counted(findings, "finding", "findings")),
        };
        vec![format!(
            "{}: {} exact, {} rounded, {} broken{findings}, {} implied, {} undecided",
            head.join(", "),
            ties.exact,
            ties.rounded,
            ties.broken,
            ties.implied,
            ties.undecided
        )]
    };
    let mut extra = |count: usize, text: String| {
        if count > 0 {
            parts.push(text);
        }
    };
    // Findings that come of no broken tie: of a schema, or of checks that could not be made.
    extra(
        others,
        counted(
            others,
            if summary.disagreements > 0 { "other finding" } else { "finding" },
            if summary.disagreements > 0 { "other findings" } else { "findings" },
        ),
    );
    extra(summary.faults, counted(summary.faults, "fault", "faults"));
    extra(summary.raw_tables, format!("{} not understood", counted(summary.raw_tables, "table", "tables")));
    extra(summary.allowed, format!("{} allowed", summary.allowed));
    extra(summary.baselined, format!("{} baselined", summary.baselined));
    extra(summary.untied, format!("{} without ties", counted(summary.untied, "file", "files")));
    extra(summary.unbound.len(), format!("{} bound nothing", counted(summary.unbound.len(), "check", "checks")));
    if clean && ties.implied + ties.undecided > 0 {
        parts.push("nothing disagrees".into());
    }
    parts.extend(summary.coverage().map(|share| format!("{share}% of figures tied")));
    parts.join("; ")
}
