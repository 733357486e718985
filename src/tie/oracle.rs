//! Decisions against an exhaustive oracle in plain integers: every figure is a whole number whose
//! reach is half a unit, every combination of its ends and middles is tried.

use proptest::prelude::*;

use super::*;
use crate::document::NodeId;
use crate::figure::{Figure, Kind, Number, Rounding};

/// A figure `value` that is exact, or stands for `value ± ½`.
fn operand(value: i64, exact: bool) -> Operand {
    let printed = Ratio::from(Number::from(i128::from(value)));
    let reach = if exact { Some(Reach::exact(printed)) } else { Reach::half_unit(printed, 0) };
    let kind = if exact { Kind::Parameter } else { Kind::Amount };
    let figure = Figure { value: printed, decimals: 0, kind, unit: None, bound: None, percent: false };
    Operand { node: NodeId(0), figure: Some(figure), reach: reach.unwrap(), value: printed }
}

fn verdict(left: &Expression, relation: Relation, right: &Expression, operands: &[Operand]) -> Verdict {
    let target = right.single();
    decide(left, relation, right, operands, target, &Settings::default(), Blanks::default()).verdict
}

/// Twice each value a figure can stand for: its ends and its middle.
fn stands_for(value: i64, exact: bool) -> Vec<i64> {
    if exact { vec![2 * value] } else { vec![2 * value - 1, 2 * value, 2 * value + 1] }
}

/// Every combination of the values the figures can stand for, doubled.
fn combinations(figures: &[(i64, bool)]) -> Vec<Vec<i64>> {
    figures.iter().fold(vec![Vec::new()], |all, (value, exact)| {
        all.iter()
            .flat_map(|head| stands_for(*value, *exact).into_iter().map(|next| [&head[..], &[next]].concat()))
            .collect()
    })
}

/// What a continuous gap says: zero as printed, of both signs over the reaches, or neither.
fn expected(figures: &[(i64, bool)], gap: impl Fn(&[i64]) -> i64) -> Verdict {
    let printed: Vec<i64> = figures.iter().map(|(value, _)| 2 * value).collect();
    if gap(&printed) == 0 {
        return Verdict::Exact;
    }
    let gaps: Vec<i64> = combinations(figures).iter().map(|values| gap(values)).collect();
    let crosses = gaps.iter().any(|gap| *gap <= 0) && gaps.iter().any(|gap| *gap >= 0);
    if crosses { Verdict::Rounded } else { Verdict::Broken }
}

fn each(index: usize) -> Box<Expression> {
    Box::new(Expression::Operand(index))
}

fn operands(figures: &[(i64, bool)]) -> Vec<Operand> {
    figures.iter().map(|(value, exact)| operand(*value, *exact)).collect()
}

fn figures(count: usize, least: i64) -> impl Strategy<Value = Vec<(i64, bool)>> {
    proptest::collection::vec((least..9i64, any::<bool>()), count)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn signed_sums(list in figures(4, -9), signs in proptest::collection::vec(any::<bool>(), 3)) {
        let parts = signs.iter().enumerate().map(|(index, sign)| (*sign, Expression::Operand(index))).collect();
        let found = verdict(&Expression::Sum(parts), Relation::Equal, &Expression::Operand(3), &operands(&list));
        let oracle = expected(&list, |v| {
            signs.iter().zip(v).map(|(negative, value)| if *negative { -value } else { *value }).sum::<i64>() - v[3]
        });
        prop_assert_eq!(found, oracle);
    }

    #[test]
    fn a_figure_that_stands_twice_is_one(list in figures(2, -9)) {
        // a + a − b = a, that is a = b
        let left = Expression::Sum(vec![(false, *each(0)), (false, *each(0)), (true, *each(1))]);
        let found = verdict(&left, Relation::Equal, &each(0), &operands(&list));
        prop_assert_eq!(found, expected(&list, |v| v[0] - v[1]));
    }

    #[test]
    fn negative_coefficients(list in figures(3, -9), factor in -3i64..4) {
        let constant = Expression::Constant(Number::from(i128::from(factor)).into());
        let left = Expression::Sum(vec![(false, Expression::Product(Box::new(constant), each(0))), (false, *each(1))]);
        let found = verdict(&left, Relation::Equal, &each(2), &operands(&list));
        prop_assert_eq!(found, expected(&list, |v| factor * v[0] + v[1] - v[2]));
    }

    #[test]
    fn products(list in figures(3, -9)) {
        let found = verdict(&Expression::Product(each(0), each(1)), Relation::Equal, &each(2), &operands(&list));
        // doubled values: a·b is four times, c twice
        prop_assert_eq!(found, expected(&list, |v| v[0] * v[1] - 2 * v[2]));
    }

    #[test]
    fn quotients(list in figures(3, -9)) {
        let found = verdict(&Expression::Quotient(each(0), each(1)), Relation::Equal, &each(2), &operands(&list));
        if list[1].0 == 0 {
            prop_assert_eq!(found, Verdict::Undecided);
        } else {
            prop_assert_eq!(found, expected(&list, |v| 2 * v[0] - v[2] * v[1]));
        }
    }

    #[test]
    fn shares_of_a_sum_that_holds_the_part(list in figures(3, 0)) {
        // a ÷ (a + b) = c
        let whole = Expression::Sum(vec![(false, *each(0)), (false, *each(1))]);
        let found = verdict(&Expression::Quotient(each(0), Box::new(whole)), Relation::Equal, &each(2), &operands(&list));
        if list[0].0 + list[1].0 == 0 {
            prop_assert_eq!(found, Verdict::Undecided);
        } else if combinations(&list).iter().any(|v| v[0] + v[1] <= 0) {
            prop_assert!(matches!(found, Verdict::Exact | Verdict::Rounded), "a divisor near zero excuses: {:?}", found);
        } else {
            prop_assert_eq!(found, expected(&list, |v| 2 * v[0] - v[2] * (v[0] + v[1])));
        }
    }

    #[test]
    fn orders(list in figures(2, -9)) {
        let found = verdict(&each(0), Relation::AtMost, &each(1), &operands(&list));
        let holds = |v: &[i64]| v[0] <= v[1];
        let oracle = if list[0].0 <= list[1].0 {
            Verdict::Exact
        } else if combinations(&list).iter().any(|v| holds(v)) {
            Verdict::Rounded
        } else {
            Verdict::Broken
        };
        prop_assert_eq!(found, oracle);
    }

    #[test]
    fn only_the_target_is_rounded_under_result(list in figures(3, -9)) {
        let left = Expression::Sum(vec![(false, *each(0)), (true, *each(1))]);
        let settings = Settings { rounding: Rounding::Result, within: None };
        let found = decide(&left, Relation::Equal, &each(2), &operands(&list), Some(2), &settings, Blanks::default()).verdict;
        let exact = [(list[0].0, true), (list[1].0, true), list[2]];
        prop_assert_eq!(found, expected(&exact, |v| v[0] - v[1] - v[2]));
    }
}

#[test]
fn difference_allowance_and_recomputed_are_the_targets() {
    let list = [(1061, false), (586_403, false), (587_764, false)];
    let left = Expression::Sum(vec![(false, *each(0)), (false, *each(1))]);
    let outcome =
        decide(&left, Relation::Equal, &each(2), &operands(&list), Some(2), &Settings::default(), Blanks::default());
    assert_eq!(outcome.verdict, Verdict::Broken);
    let shown = |value: Option<Ratio>| value.and_then(Ratio::exact).map(|number| number.to_string());
    assert_eq!(shown(outcome.recomputed), Some("587464".into()));
    assert_eq!(shown(outcome.difference), Some("300".into()));
    assert_eq!(shown(outcome.allowance), Some("1.5".into()));
}

#[test]
fn blanks_of_a_sum_are_implied_counted_or_excused() {
    let list = [(5, true), (9, true)];
    let decide = |total: i64, count, can_be_negative| {
        let operands = operands(&[list[0], (total, true)]);
        decide(
            &each(0),
            Relation::Equal,
            &each(1),
            &operands,
            Some(1),
            &Settings::default(),
            Blanks { count, can_be_negative, on_right: false },
        )
    };
    assert_eq!(decide(9, 1, false).implied, Some(Number::from(4).into()));
    assert_eq!(decide(9, 2, false).reason, Some(Reason::Blanks(2)));
    assert!(decide(5, 2, false).partial);
    assert_eq!(decide(3, 1, false).verdict, Verdict::Broken);
    assert_eq!(decide(3, 1, true).verdict, Verdict::Implied);
}
