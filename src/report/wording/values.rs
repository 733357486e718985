//! Figures as sentences show them: grouped, padded to the decimals of their target, in its unit.

use crate::figure::{Number, read};
use crate::finding::{Finding, Spot};
use crate::report::Lang;
use crate::source::shorten;

/// The longest text from a report that a sentence repeats.
const TEXT: usize = 60;

/// What the report prints, on one line and not too long.
pub(super) fn word(text: &str) -> String {
    shorten(text, TEXT)
}

/// Decimals that the figure was printed with, counted for its value.
pub fn decimals(spot: &Spot) -> u32 {
    let printed = read(&spot.literal).ok().map_or(0, |literal| {
        let hidden = if spot.percent && !literal.percent { 2 } else { 0 };
        literal.decimals + hidden
    });
    u32::try_from(printed).unwrap_or(0)
}

/// A value beside the figure: with its decimals, and in percent if it is.
pub fn beside(number: Number, spot: &Spot) -> String {
    let padded = number.pad(decimals(spot));
    if !spot.percent {
        return padded.grouped();
    }
    padded.shift(2).map_or_else(|| padded.grouped(), |percent| percent.grouped() + "%")
}

/// The value of a blank, with the decimals of the figures that give it.
pub fn implied(number: Number, finding: &Finding, spot: &Spot) -> String {
    let finest = finding.operands.iter().filter(|operand| operand.percent == spot.percent).map(decimals).max();
    beside(number.trim().pad(finest.unwrap_or(0)), spot)
}

/// The figure as printed, without its unit; a text in quotation marks.
pub fn printed(spot: &Spot) -> String {
    let literal = read(&spot.literal).ok();
    match spot.value {
        Some(value) if literal.is_none_or(|literal| literal.bound.is_none() && !literal.fraction) => {
            beside(value, spot)
        }
        Some(_) => shorten(&spot.literal, TEXT),
        None => format!("“{}”", shorten(&spot.literal, TEXT)),
    }
}

/// The figure as printed, with its unit once.
pub fn with_unit(spot: &Spot) -> String {
    let unit = unit(spot);
    // A figure printed with its unit says it already.
    if spot.literal.trim_end().ends_with(unit.trim_start()) { printed(spot) } else { printed(spot) + &unit }
}

/// The unit, as it stands behind a value; nothing where the value says it.
pub fn unit(spot: &Spot) -> String {
    match spot.unit {
        Some(sign @ ("%" | "‰")) if !spot.percent && !spot.literal.ends_with(sign) => sign.to_owned(),
        Some(unit) if !spot.percent && !matches!(unit, "%" | "‰") => format!(" {unit}"),
        _ => String::new(),
    }
}

/// The size of a difference, in percentage points where the figure is in percent.
pub fn difference(number: Number, spot: &Spot) -> String {
    beside(number.abs(), spot).trim_end_matches('%').to_owned()
}

/// What rounding could explain, with no more decimals than it has.
pub fn allowance(number: Number, spot: &Spot) -> String {
    let shifted = if spot.percent { number.shift(2).unwrap_or(number) } else { number };
    shifted.abs().trim().grouped()
}

/// Whether the figures of the finding are fields of one record rather than lines of a table.
pub fn in_one_record(finding: &Finding) -> bool {
    let holder = |spot: &Spot| spot.place.pointer.rsplit_once('/').map(|(holder, _)| holder.to_owned());
    let mut holders = finding.targets.iter().chain(&finding.operands).map(holder);
    let first = holders.next();
    first.is_some() && holders.all(|each| Some(each) == first)
}

/// Values that a sentence lists; more are left out.
const VALUES: usize = 4;

/// The printed values, each once, in order, with the words between them.
pub fn distinct(spots: &[Spot], comma: &str, and: &str) -> String {
    let mut all: Vec<String> = Vec::new();
    for text in spots.iter().map(printed) {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    if all.len() > VALUES {
        all.truncate(VALUES);
        return all.join(comma) + " …";
    }
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{and}{last}", rest.join(comma)),
        _ => all.concat(),
    }
}

/// The one run of characters by which two printed figures differ: `7` and `4`; `None` if their lengths differ.
pub fn changed(old: &str, new: &str) -> Option<(String, String)> {
    let digits = |text: &str| text.chars().filter(|each| *each != ',').collect::<Vec<char>>();
    let (old, new) = (digits(old), digits(new));
    let differs: Vec<usize> = (0..old.len().min(new.len())).filter(|at| old[*at] != new[*at]).collect();
    let (first, last) = (*differs.first()?, *differs.last()?);
    (old.len() == new.len()).then(|| (old[first..=last].iter().collect(), new[first..=last].iter().collect()))
}

/// A message written by hand in a check file, with the values of the finding in it; `None` if it names
/// a value that the finding does not have.
pub fn fill(lang: Lang, template: &str, finding: &Finding) -> Option<String> {
    let spot = finding.targets.first();
    let show = |number: Option<Number>| Some(beside(number?, spot?));
    // One pass over the template, so that a label that holds a placeholder is not filled again.
    let mut filled = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, after) = rest.split_at(at);
        filled.push_str(before);
        let names = [
            ("{target}", spot.map(|spot| super::label(lang, spot).to_owned())),
            ("{printed}", spot.map(with_unit)),
            ("{recomputed}", show(finding.recomputed)),
            ("{difference}", finding.difference.zip(spot).map(|(number, spot)| difference(number, spot))),
        ];
        match names.into_iter().find(|(name, _)| after.starts_with(name)) {
            Some((name, value)) => {
                filled.push_str(&value?);
                rest = &after[name.len()..];
            }
            None => {
                filled.push('{');
                rest = &after[1..];
            }
        }
    }
    Some(filled + rest)
}
