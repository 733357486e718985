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

/// Whether two whole numbers stand in an order.
type Order = fn(i64, i64) -> bool;

/// The orders, and what they ask of two whole numbers.
const ORDERS: [(Relation, Order); 5] = [
    (Relation::AtMost, |left, right| left <= right),
    (Relation::Less, |left, right| left < right),
    (Relation::AtLeast, |left, right| left >= right),
    (Relation::Greater, |left, right| left > right),
    (Relation::Unequal, |left, right| left != right),
];

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
    fn orders(list in figures(2, -9), which in 0..ORDERS.len()) {
        let (relation, holds) = ORDERS[which];
        let found = verdict(&each(0), relation, &each(1), &operands(&list));
        let oracle = if holds(list[0].0, list[1].0) {
            Verdict::Exact
        } else if combinations(&list).iter().any(|v| holds(v[0], v[1])) {
            Verdict::Rounded
        } else {
            Verdict::Broken
        };
        prop_assert_eq!(found, oracle, "{:?}", relation);
    }

    #[test]
    fn means(list in figures(3, -9)) {
        let found = verdict(&Expression::Mean(vec![*each(0), *each(1)]), Relation::Equal, &each(2), &operands(&list));
        prop_assert_eq!(found, expected(&list, |v| v[0] + v[1] - 2 * v[2]));
    }

    #[test]
    fn functions_that_keep_the_order(list in figures(3, -9), least in any::<bool>()) {
        let function = if least { Function::Min } else { Function::Max };
        let left = Expression::Call(function, vec![*each(0), *each(1)]);
        let found = verdict(&left, Relation::Equal, &each(2), &operands(&list));
        let choose = |v: &[i64]| if least { v[0].min(v[1]) } else { v[0].max(v[1]) };
        prop_assert_eq!(found, expected(&list, |v| choose(v) - v[2]));
    }

    #[test]
    fn sizes_without_their_sign(list in figures(2, -9)) {
        let found = verdict(&Expression::Call(Function::Abs, vec![*each(0)]), Relation::Equal, &each(1), &operands(&list));
        prop_assert_eq!(found, expected(&list, |v| v[0].abs() - v[1]));
    }

    #[test]
    fn the_target_may_stand_on_the_left(list in figures(3, -9)) {
        let right = Expression::Sum(vec![(false, *each(1)), (false, *each(2))]);
        let found = decide(&each(0), Relation::Equal, &right, &operands(&list), Some(0), &Settings::default(), Blanks::default());
        prop_assert_eq!(found.verdict, expected(&list, |v| v[0] - v[1] - v[2]));
        let difference = list[0].0 - list[1].0 - list[2].0;
        prop_assert_eq!(found.difference, Some(Number::from(i128::from(difference)).into()));
    }

    #[test]
    fn only_the_target_is_rounded_under_result(list in figures(3, -9)) {
        let left = Expression::Sum(vec![(false, *each(0)), (true, *each(1))]);
        let settings = Settings { rounding: Rounding::Result, within: None };
        let found = decide(&left, Relation::Equal, &each(2), &operands(&list), Some(2), &settings, Blanks::default()).verdict;
        let exact = [(list[0].0, true), (list[1].0, true), list[2]];
        prop_assert_eq!(found, expected(&exact, |v| v[0] - v[1] - v[2]));
    }

    #[test]
    fn the_target_is_rounded_under_result_and_under_exact_it_is_not(list in figures(2, -9)) {
        let two = Box::new(Expression::Constant(Number::from(2).into()));
        let left = Expression::Quotient(each(0), two);
        let found = |rounding| {
            let settings = Settings { rounding, within: None };
            decide(&left, Relation::Equal, &each(1), &operands(&list), Some(1), &settings, Blanks::default()).verdict
        };
        let gap = |v: &[i64]| v[0] - 2 * v[1];
        prop_assert_eq!(found(Rounding::Result), expected(&[(list[0].0, true), list[1]], gap));
        prop_assert_eq!(found(Rounding::Exact), expected(&[(list[0].0, true), (list[1].0, true)], gap));
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
            Blanks { count, can_be_negative, ..Blanks::default() },
        )
    };
    assert_eq!(decide(9, 1, false).implied, Some(Number::from(4).into()));
    assert_eq!(decide(9, 2, false).reason, Some(Reason::Blanks(2)));
    assert_eq!(decide(9, 2, false).implied, Some(Number::from(4).into()), "what they add up to");
    assert!(decide(5, 2, false).partial);
    assert_eq!(decide(3, 1, false).verdict, Verdict::Broken);
    assert_eq!(decide(3, 1, true).verdict, Verdict::Implied);
}

#[test]
fn a_blank_adds_to_the_side_it_stands_on() {
    let operands = operands(&[(5, true), (9, true)]);
    let implied = |target, on_right| {
        let blanks = Blanks { count: 1, can_be_negative: true, on_right, on_both: false };
        let outcome = decide(&each(0), Relation::Equal, &each(1), &operands, target, &Settings::default(), blanks);
        outcome.implied.and_then(Ratio::exact).and_then(Number::whole)
    };
    // 5 + blank = 9, and 5 = 9 + blank
    assert_eq!((implied(Some(1), false), implied(Some(1), true)), (Some(4), Some(-4)));
    assert_eq!((implied(Some(0), false), implied(Some(0), true)), (Some(4), Some(-4)));
    assert_eq!((implied(None, false), implied(None, true)), (Some(4), Some(-4)));
}

#[test]
fn blanks_are_zero_where_the_rest_holds_exactly_and_they_cannot_cancel() {
    let decide = |total: i64, exact, count, can_be_negative| {
        let operands = operands(&[(5, exact), (total, exact)]);
        let blanks = Blanks { count, can_be_negative, ..Blanks::default() };
        let outcome = decide(&each(0), Relation::Equal, &each(1), &operands, Some(1), &Settings::default(), blanks);
        (outcome.verdict, outcome.partial, outcome.zeros)
    };
    assert_eq!(decide(5, true, 1, true), (Verdict::Exact, true, true));
    assert_eq!(decide(5, true, 2, false), (Verdict::Exact, true, true));
    assert_eq!(decide(5, true, 2, true), (Verdict::Exact, true, false));
    assert_eq!(decide(5, true, 0, false), (Verdict::Exact, false, false));
    // Within rounding, any of them may still be a little more than nothing.
    assert_eq!(decide(6, false, 1, false), (Verdict::Rounded, true, false));
    // A total of less than its items is no blank's doing, unless that can be negative.
    assert_eq!(decide(3, true, 2, false), (Verdict::Broken, false, false));
    assert_eq!(decide(3, true, 2, true), (Verdict::Undecided, false, false));
    let operands = operands(&[(5, true), (9, true)]);
    let blanks = Blanks { count: 1, can_be_negative: true, ..Blanks::default() };
    let order = super::decide(&each(0), Relation::Greater, &each(1), &operands, None, &Settings::default(), blanks);
    assert_eq!((order.verdict, order.partial), (Verdict::Broken, false), "an order has no blanks to fill");
}

#[test]
fn what_is_found_is_in_the_unit_of_the_target() {
    let unit = crate::figure::Unit::named("万元");
    let in_unit = |value: i64| {
        let plain = operand(value, true);
        let value = plain.value.mul(Number::from(10_000).into()).unwrap();
        let figure = plain.figure.map(|figure| Figure { unit, ..figure });
        Operand { value, reach: Reach::around(value, Number::from(5000).into()).unwrap(), figure, ..plain }
    };
    let operands = [in_unit(5), in_unit(9)];
    let shown = |value: Option<Ratio>| value.and_then(Ratio::exact).map(|number| number.to_string());
    let found = |target, within: Option<i128>, count| {
        let settings = Settings { within: within.map(|within| Number::from(within).into()), ..Settings::default() };
        let blanks = Blanks { count, can_be_negative: true, ..Blanks::default() };
        let outcome = decide(&each(0), Relation::Equal, &each(1), &operands, target, &settings, blanks);
        (outcome.verdict, [outcome.recomputed, outcome.difference, outcome.allowance, outcome.implied].map(shown))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(found(Some(1), None, 0), (Verdict::Broken, [some("5"), some("4"), some("1"), None]));
    assert_eq!(found(Some(1), None, 1), (Verdict::Implied, [some("5"), some("4"), some("1"), some("4")]));
    assert_eq!(found(Some(1), Some(3), 0), (Verdict::Rounded, [some("5"), some("4"), some("4"), None]));
    assert_eq!(found(None, None, 0), (Verdict::Broken, [None, some("-40000"), some("10000"), None]));
}

#[test]
fn a_value_between_the_corners_is_not_ruled_out() {
    // 2a² − a is 0 at a = 0 and at most 1 by it, but −⅛ at ¼, within half a unit of 0.
    let twice = Expression::Product(Box::new(Expression::Constant(Number::from(2).into())), each(0));
    let factor = Expression::Sum(vec![(false, twice), (true, Expression::Constant(Number::ONE.into()))]);
    let left = Expression::Product(each(0), Box::new(factor));
    let verdict = |tenths: i128| {
        let right = Expression::Constant(Number::new(tenths, 1).into());
        verdict(&left, Relation::Equal, &right, &operands(&[(0, false)]))
    };
    assert_eq!((verdict(-1), verdict(10), verdict(-20)), (Verdict::Rounded, Verdict::Rounded, Verdict::Broken));
}

#[test]
fn corners_are_tried_of_up_to_eight_figures() {
    // Shares of a in a + b + …, which by the corners is less than a range around dividend and divisor says.
    let share = |count: usize, thousandths: i128| {
        let whole = Expression::Sum((0..count).map(|index| (false, Expression::Operand(index))).collect());
        let left = Expression::Quotient(each(0), Box::new(whole));
        let right = Expression::Constant(Number::new(thousandths, 3).into());
        verdict(&left, Relation::Equal, &right, &operands(&vec![(1, false); count]))
    };
    // Of eight: 1.5 ÷ 5 by the corners, 1.5 ÷ 4 around.
    assert_eq!((share(8, 300), share(8, 301), share(8, 376)), (Verdict::Rounded, Verdict::Broken, Verdict::Broken));
    // Of nine: 1.5 ÷ 5.5 by the corners, 1.5 ÷ 4.5 around; the latter must do.
    assert_eq!((share(9, 333), share(9, 334)), (Verdict::Rounded, Verdict::Broken));
}

#[test]
fn what_is_divided_by_zero_says_so() {
    let left = Expression::Quotient(each(0), each(1));
    let list = operands(&[(5, true), (0, false), (9, true)]);
    let outcome = decide(&left, Relation::Equal, &each(2), &list, Some(2), &Settings::default(), Blanks::default());
    assert_eq!((outcome.verdict, outcome.reason), (Verdict::Undecided, Some(Reason::ZeroDivisor)));
}
