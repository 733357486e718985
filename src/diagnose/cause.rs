//! Likely causes of a broken tie: what one change would make it hold, and what speaks for it.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::repair::{Effect, Trial};
use super::spot::Known;
use crate::document::{NodeId, Value};
use crate::figure::{Figure, Number, Ratio, read, short};
use crate::finding::{Cause, CauseKind};
use crate::tie::{Expression, Tie, TieKind, Verdict};

/// A repair: one figure, what it would print, and how the printed form came about.
#[derive(Clone, Debug)]
struct Repair {
    node: NodeId,
    kind: CauseKind,
    literal: String,
    effect: Effect,
    restated: Option<NodeId>,
}

/// With more figures than this, their single changes are too many to mean anything.
const MOST_SUSPECTS: usize = 60;

/// The causes of a broken tie that nothing contradicts, and how many single changes would mend it.
pub fn causes(tie: &Tie, trial: &Trial<'_>, known: Known<'_>) -> (Vec<Cause>, Option<usize>) {
    if tie.outcome.difference.is_none() || trial.is_exhausted() {
        return (Vec::new(), None);
    }
    let found = search(tie, trial, known);
    if trial.is_exhausted() { (Vec::new(), None) } else { found }
}

fn search(tie: &Tie, trial: &Trial<'_>, known: Known<'_>) -> (Vec<Cause>, Option<usize>) {
    if let Some(cause) = swapped(tie, trial, known).or_else(|| repeated(tie, known)) {
        return (vec![cause], None);
    }
    let mut repairs: Vec<Repair> = Vec::new();
    // In a long sum any item could be off: only the total is looked at.
    let all = tie.operands.len() <= MOST_SUSPECTS;
    for (_, operand) in tie.operands.iter().enumerate().filter(|(at, _)| all || tie.targets.contains(at)) {
        if let Some(figure) = operand.figure {
            repairs.extend(misprints(tie, operand.node, &figure, trial, known));
        }
    }
    let total = repairs.len();
    // What mends more, or is printed elsewhere, speaks louder than a mere possibility.
    let best = repairs.iter().map(|repair| (repair.effect.mended, repair.restated.is_some())).max();
    repairs.retain(|repair| Some((repair.effect.mended, repair.restated.is_some())) == best);
    let corroborated = best.is_some_and(|(mended, restated)| mended > 1 || restated);
    if !corroborated {
        let structural = structural(tie, known);
        if !structural.is_empty() {
            return (structural, None);
        }
        // A figure that other broken ties speak of too is not mended by what suits this one.
        let elsewhere = |repair: &Repair| {
            trial.network().of(repair.node).filter(|(_, tie)| tie.outcome.verdict == Verdict::Broken).count()
                > repair.effect.mended
        };
        if repairs.iter().any(elsewhere) {
            return (Vec::new(), None);
        }
    }
    match (&repairs[..], corroborated || total == 1) {
        ([repair], true) => (vec![repair.cause(corroborated, known)], None),
        _ => (Vec::new(), Some(total)),
    }
}

impl Repair {
    fn cause(&self, corroborated: bool, known: Known<'_>) -> Cause {
        Cause {
            kind: self.kind,
            figure: known.spot(self.node),
            repaired: Some(self.literal.clone()),
            corroborated,
            restated: self.restated.map(|node| known.spot(node)),
        }
    }
}

/// One misprint that was carried over to several places.
fn repeated(tie: &Tie, known: Known<'_>) -> Option<Cause> {
    let (first, rest) = tie.targets.split_first()?;
    let (printed, wanted) = (&tie.operands[*first], tie.outcome.recomputed?);
    let alike = rest.iter().all(|index| tie.operands[*index].value == printed.value);
    if tie.kind != TieKind::Equal || rest.is_empty() || !alike {
        return None;
    }
    let literal = known.document.printed(printed.node);
    let (kind, literal) = variants(literal, None)
        .into_iter()
        .map(|variant| (variant.kind, variant.literal(literal)))
        .find(|(_, literal)| read(literal).is_ok_and(|literal| literal.value == wanted))?;
    let figure = known.spot(printed.node);
    Some(Cause { kind, figure, repaired: Some(literal), corroborated: true, restated: None })
}

/// Misprints of one figure that would mend the tie and break none that holds; and the value that is
/// needed, where the report prints it elsewhere.
fn misprints(tie: &Tie, node: NodeId, figure: &Figure, trial: &Trial<'_>, known: Known<'_>) -> Vec<Repair> {
    let Some(needed) = needed(tie, node, figure) else { return Vec::new() };
    let printed = known.document.printed(node);
    let exact = needed.exact();
    let copied = exact.filter(|value| restated(tie, node, *value, trial, known).is_some());
    let copied = copied.map(|value| Variant::written(CauseKind::Stale, as_printed(value, figure.percent)));
    let mut found: Vec<(Ratio, Repair)> = Vec::new();
    let mut margins = (figure.decimals, margin(tie, figure, figure.decimals));
    let mut is_far = |value: Number, decimals: i32| {
        if margins.0 != decimals {
            margins = (decimals, margin(tie, figure, decimals));
        }
        let Some(margin) = margins.1 else { return false };
        if let (Some(exact), Some(margin)) = (exact, margin.plain()) {
            return value.sub(exact).is_some_and(|distance| distance.abs().compare(margin) == Ordering::Greater);
        }
        let distance = Ratio::from(value).sub(needed);
        distance.is_some_and(|distance| distance.abs().compare(margin) == Ordering::Greater)
    };
    let near = short(printed).zip(exact).and_then(|(short, exact)| {
        let margin = margin(tie, figure, short.scale().into())?.plain()?;
        Some((short.scale(), exact.sub(margin)?, exact.add(margin)?))
    });
    let near = near.and_then(|(scale, low, high)| Some(units(low, scale)?.1..=units(high, scale)?.0));
    for variant in variants(printed, near).into_iter().chain(copied) {
        // Nearly all changes lead too far away to be looked at.
        if variant.value.is_some_and(|(value, decimals)| is_far(value, decimals)) {
            continue;
        }
        let (kind, literal) = (variant.kind, variant.literal(printed));
        let Ok(candidate) = read(&literal) else { continue };
        let Some(value) = candidate.value.exact() else { continue };
        if is_far(value, candidate.decimals) {
            continue;
        }
        if trial.with(tie, node, value, candidate.decimals).is_none_or(|verdict| verdict > Verdict::Rounded) {
            continue;
        }
        let effect = trial.effect(node, value, candidate.decimals);
        if effect.broken > 0 || found.iter().any(|(other, _)| *other == candidate.value) {
            continue;
        }
        let restated = restated(tie, node, value, trial, known);
        found.push((candidate.value, Repair { node, kind, literal, effect, restated }));
    }
    // Only the repair nearest to what is needed, of several that rounding lets through.
    if found.len() > 1 {
        found.retain(|(value, _)| *value == needed);
    }
    found.into_iter().map(|(_, repair)| repair).collect()
}

/// How far from what is needed a value may be for rounding to explain the rest, if that can be told.
fn margin(tie: &Tie, figure: &Figure, decimals: i32) -> Option<Ratio> {
    // In an agreement of many each has its own reach.
    if tie.kind == TieKind::Equal && tie.operands.len() > 2 {
        return None;
    }
    let half = |decimals: i32| Number::new(5, 1).shift(decimals.checked_neg()?).map(Ratio::from);
    tie.outcome.allowance?.add(half(decimals)?)?.add(half(figure.decimals)?)
}

/// A value as its figure would print it.
fn as_printed(value: Number, percent: bool) -> String {
    match value.shift(2).filter(|_| percent) {
        Some(hundredfold) => format!("{}%", hundredfold.grouped()),
        None => value.grouped(),
    }
}

/// The value that a figure must have for the tie to hold exactly, others unchanged, if it stands alone.
fn needed(tie: &Tie, node: NodeId, figure: &Figure) -> Option<Ratio> {
    let difference = tie.outcome.difference?;
    let at = tie.operands.iter().position(|operand| operand.node == node)?;
    let target = *tie.targets.first()?;
    if tie.kind == TieKind::Equal && tie.operands.len() > 2 {
        return tie.outcome.recomputed.filter(|_| tie.targets[..] == [at]);
    }
    if at == target {
        return tie.outcome.recomputed;
    }
    let unit = tie.operands.get(target)?.figure?.unit;
    if unit != figure.unit {
        return None;
    }
    let rest = if tie.right.single() == Some(target) { &tie.left } else { &tie.right };
    match sign(rest, at)? {
        true => figure.value.sub(difference),
        false => figure.value.add(difference),
    }
}

/// Whether an operand is subtracted in a plain sum.
fn sign(expression: &Expression, operand: usize) -> Option<bool> {
    let Expression::Sum(parts) = expression else { return None };
    parts.iter().find(|(_, part)| part.single() == Some(operand)).map(|(negative, _)| *negative)
}

/// A printed form one slip away from a literal.
struct Variant {
    kind: CauseKind,
    form: Form,
    /// Its value and decimals, where they are known without reading it.
    value: Option<(Number, i32)>,
}

/// How a literal is changed.
enum Form {
    /// One digit for another, at a byte.
    Digit(usize, char),
    /// Two digits for each other, at their bytes.
    Swapped(usize, usize),
    /// A number written anew, with what stands behind it.
    Number(Number, &'static str),
    /// Written anew.
    Written(String),
}

impl Variant {
    fn written(kind: CauseKind, literal: String) -> Self {
        Self { kind, form: Form::Written(literal), value: None }
    }

    /// The literal with its change.
    fn literal(self, of: &str) -> String {
        let digit = |at: usize| of.get(at..=at).unwrap_or_default();
        let with = |at: usize, digit: &str| [&of[..at], digit, &of[at + 1..]].concat();
        match self.form {
            Form::Written(literal) => literal,
            Form::Number(number, suffix) => number.grouped() + suffix,
            Form::Digit(at, changed) => with(at, changed.encode_utf8(&mut [0; 4])),
            Form::Swapped(first, second) => {
                [&of[..first], digit(second), &of[first + 1..second], digit(first), &of[second + 1..]].concat()
            }
        }
    }
}

/// How many units of the last of so many digits after the point a number is, rounded down and up.
fn units(number: Number, scale: u8) -> Option<(i128, i128)> {
    let rest = number.scale().saturating_sub(scale.into());
    let unit = Number::power_of_ten(i32::try_from(rest).ok()?)?.mantissa();
    let digits = number.pad(scale.into());
    let is_padded = digits.scale() == rest + u32::from(scale);
    let mantissa = digits.mantissa();
    is_padded.then(|| (mantissa.div_euclid(unit), -(-mantissa).div_euclid(unit)))
}

/// Printed forms one slip away from a literal. Of those in which digits are changed, only those whose digits are
/// within the range, if one is given.
fn variants(literal: &str, near: Option<RangeInclusive<i128>>) -> Vec<Variant> {
    let digits = literal.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit());
    let digits: Vec<(usize, i128)> = digits.map(|(at, byte)| (at, i128::from(byte - b'0'))).collect();
    // The last of short digits counts once, the one before it ten times …
    let (plain, sign) = (short(literal), if literal.starts_with('-') { -1 } else { 1 });
    let changed = |at: usize, by: i128| {
        let short = plain?;
        let place = Number::power_of_ten(i32::try_from(digits.len() - 1 - at).ok()?)?;
        Some((i128::from(short.mantissa()) + sign * by * place.mantissa(), short.scale()))
    };
    let is_near = |changed: Option<(i128, u8)>| {
        near.as_ref().zip(changed).is_none_or(|(near, (mantissa, _))| near.contains(&mantissa))
    };
    let value = |(mantissa, scale): (i128, u8)| (Number::new(mantissa, scale.into()), i32::from(scale));
    let mut found = Vec::new();
    for (place, (at, old)) in digits.iter().enumerate() {
        for (new, digit) in (0..).zip('0'..='9').filter(|(new, _)| new != old) {
            let changed = changed(place, new - old);
            if is_near(changed) {
                let form = Form::Digit(*at, digit);
                found.push(Variant { kind: CauseKind::Digit, form, value: changed.map(value) });
            }
        }
    }
    for (place, pair) in digits.windows(2).enumerate() {
        let [(first, left), (second, right)] = *pair else { continue };
        if left != right {
            // What the one gains ten times over the other loses.
            let changed = changed(place + 1, 9 * (right - left));
            if is_near(changed) {
                let form = Form::Swapped(first, second);
                found.push(Variant { kind: CauseKind::Transposed, form, value: changed.map(value) });
            }
        }
    }
    if let Ok(plain) = read(literal)
        && let Some(value) = plain.value.exact()
    {
        let suffix = if plain.percent { "%" } else { "" };
        let printed = if plain.percent { value.shift(2) } else { Some(value) };
        let anew = |kind, number: Number| {
            let decimals = i32::try_from(number.scale()).unwrap_or_default();
            let value = if plain.percent {
                number.shift(-2).map(|value| (value, decimals + 2))
            } else {
                Some((number, decimals))
            };
            Variant { kind, form: Form::Number(number, suffix), value }
        };
        let scaled = [1, -1, 2, -2, 4, -4].iter().filter_map(|exponent| printed?.shift(*exponent));
        found.extend(scaled.map(|scaled| anew(CauseKind::Scale, scaled.trim())));
        let negative = printed.filter(|value| !value.is_zero()).map(Number::neg);
        found.extend(negative.map(|negative| anew(CauseKind::Sign, negative)));
    }
    found
}

/// Another place that prints the repaired value of the same term for the same year. Where nothing
/// says what a name means, the same number elsewhere is no evidence.
fn restated(tie: &Tie, node: NodeId, value: Number, trial: &Trial<'_>, known: Known<'_>) -> Option<NodeId> {
    let document = known.document;
    let name = document.field_name(node);
    known.vocabulary.term(name)?;
    let year = |at: NodeId| document.context(at, "year").map(|at| document.printed(at));
    let outside =
        |other: NodeId| tie.kind == TieKind::Equal || !tie.operands.iter().any(|operand| operand.node == other);
    let mut places = trial.network().printed(name, value).iter().copied().filter(|_| significant(value));
    places.find(|other| *other != node && year(*other) == year(node) && outside(*other))
}

/// Small whole numbers are repeated by chance.
fn significant(value: Number) -> bool {
    value.trim().to_string().chars().filter(char::is_ascii_digit).count() >= 3
}

/// Causes that lie in how the figures were put together.
fn structural(tie: &Tie, known: Known<'_>) -> Vec<Cause> {
    let plain =
        |kind, node| Cause { kind, figure: known.spot(node), repaired: None, corroborated: false, restated: None };
    let Some(difference) = tie.outcome.difference else { return Vec::new() };
    match tie.kind {
        TieKind::Ratio => inverted(tie, known).into_iter().collect(),
        TieKind::Sum => {
            let target = tie.targets.first().map(|at| tie.operands[*at].node);
            let unit =
                tie.targets.first().and_then(|at| tie.operands[*at].figure?.unit).map_or(0, |unit| unit.exponent);
            let Some(scale) = Number::power_of_ten(-unit) else { return Vec::new() };
            let same = |value: Ratio, wanted: Ratio| {
                value.mul(scale.into()).is_some_and(|value| value == wanted) && !value.is_zero()
            };
            let items = tie.operands.iter().filter(|operand| Some(operand.node) != target && operand.figure.is_some());
            let left_out: Vec<NodeId> = items
                .clone()
                .filter(|operand| same(operand.value, difference.neg()))
                .map(|operand| operand.node)
                .collect();
            let twice: Vec<NodeId> =
                items.filter(|operand| same(operand.value, difference)).map(|operand| operand.node).collect();
            match (&left_out[..], &twice[..]) {
                ([only], []) => vec![plain(CauseKind::LeftOut, *only)],
                ([], [only]) => vec![plain(CauseKind::CountedTwice, *only)],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// A ratio upside down: the printed value is the divisor over the dividend.
fn inverted(tie: &Tie, known: Known<'_>) -> Option<Cause> {
    let target = *tie.targets.first()?;
    let printed = &tie.operands[target];
    let turned = Ratio::from(Number::ONE).div(tie.outcome.recomputed?)?;
    let other = crate::figure::Reach::half_unit(turned, printed.figure?.decimals)?;
    let close = printed.reach.holds(turned) || other.holds(printed.value);
    // The printed digits are those of the turned ratio: no accident if there are several of them.
    let corroborated = printed.figure?.value.exact().is_some_and(significant);
    close.then(|| Cause {
        kind: CauseKind::Inverted,
        figure: known.spot(printed.node),
        repaired: None,
        corroborated,
        restated: None,
    })
}

/// Two cells changed places: another figure of the same name beside this one prints what this one
/// should, and is broken because it should print what this one does.
fn swapped(tie: &Tie, trial: &Trial<'_>, known: Known<'_>) -> Option<Cause> {
    let [target] = tie.targets[..] else { return None };
    let (node, printed) = (tie.operands[target].node, tie.operands[target].figure?.value);
    let needed = tie.outcome.recomputed?;
    let document = known.document;
    let list = document.upwards(node).find(|at| document.node(*at).value == Value::List)?;
    let name = document.field_name(node);
    let wants = |other: NodeId, value: Ratio| {
        trial.network().of(other).any(|(_, tie)| {
            let is_target = matches!(tie.targets[..], [at] if tie.operands[at].node == other);
            is_target && tie.outcome.verdict == Verdict::Broken && tie.outcome.recomputed == Some(value)
        })
    };
    let mends = |node: NodeId, value: Ratio| {
        value.exact().is_some_and(|value| {
            let decimals = i32::try_from(value.scale()).unwrap_or_default();
            let effect = trial.effect(node, value, decimals);
            effect.mended > 0 && effect.broken == 0
        })
    };
    let printing = trial.network().printed(name, needed.exact()?);
    let before = |end: NodeId| printing.partition_point(|other| *other < end);
    let inside = printing.get(before(list)..before(document.end(list)))?;
    let mut candidates = inside.iter().copied().take(MOST_SUSPECTS);
    let other = candidates.find(|other| {
        *other != node
            && !tie.operands.iter().any(|operand| operand.node == *other)
            && wants(*other, printed)
            && mends(node, needed)
            && mends(*other, printed)
    })?;
    Some(Cause {
        kind: CauseKind::Swapped,
        figure: known.spot(node),
        repaired: None,
        corroborated: true,
        restated: Some(known.spot(other)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_digit_is_worth_what_its_literal_says() {
        for literal in ["7", "1250", "-13.05", "0.50", "100", "1,250", "12.5%"] {
            let all = variants(literal, None);
            assert!(all.len() >= 10, "{literal}");
            for variant in all {
                let (value, written) = (variant.value, variant.literal(literal));
                let read = read(&written).ok().and_then(|read| Some((read.value.exact()?, read.decimals)));
                assert!(value.is_none() || value == read, "{literal} as {written}");
            }
        }
        let changed = |near| {
            let digits = |variant: &Variant| matches!(variant.form, Form::Digit(..) | Form::Swapped(..));
            let all: Vec<Variant> = variants("-13.05", near).into_iter().filter(digits).collect();
            all.into_iter().map(|variant| variant.literal("-13.05")).collect::<Vec<_>>()
        };
        let range = units(Number::new(-130_801, 4), 2).unwrap().0..=units(Number::new(-13, 0), 2).unwrap().1;
        assert_eq!(range, -1309..=-1300);
        let inside = |literal: &String| {
            read(literal).unwrap().value.exact().is_some_and(|value| range.contains(&value.pad(2).mantissa()))
        };
        assert_eq!(changed(Some(range.clone())), changed(None).into_iter().filter(inside).collect::<Vec<_>>());
        assert_eq!(units(Number::new(-130_801, 4), 2), Some((-1309, -1308)));
        let swapped = |literal| {
            let all = variants(literal, None).into_iter().filter(|variant| variant.kind == CauseKind::Transposed);
            all.map(|variant| variant.literal(literal)).collect::<Vec<_>>()
        };
        assert_eq!(swapped("1,258"), ["2,158", "1,528", "1,285"]);
        assert_eq!(swapped("-13.30"), ["-31.30", "-13.03"]);
    }
}
