//! Units of figures and how they convert.

/// What a unit measures; only figures of one dimension can be added or compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Money, in 元 (or the report's own currency).
    Money,
    /// Things and people that are counted.
    Count,
    /// A ratio: percent, per mille or plain.
    Ratio,
    /// Points of a score.
    Points,
    /// Days.
    Days,
    /// Area.
    Area,
}

/// A unit: a dimension and a power of ten of its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// One of it is `10^exponent` of the base.
    pub exponent: i32,
    /// As it is shown.
    pub name: &'static str,
}

const fn unit(name: &'static str, dimension: Dimension, exponent: i32) -> Unit {
    Unit { dimension, exponent, name }
}

static UNITS: &[Unit] = &[
    unit("元", Dimension::Money, 0),
    unit("千元", Dimension::Money, 3),
    unit("万元", Dimension::Money, 4),
    unit("百万元", Dimension::Money, 6),
    unit("亿元", Dimension::Money, 8),
    unit("yuan", Dimension::Money, 0),
    unit("thousand yuan", Dimension::Money, 3),
    unit("10,000 yuan", Dimension::Money, 4),
    unit("million yuan", Dimension::Money, 6),
    unit("EUR", Dimension::Money, 0),
    unit("thousand EUR", Dimension::Money, 3),
    unit("million EUR", Dimension::Money, 6),
    unit("USD", Dimension::Money, 0),
    unit("thousand USD", Dimension::Money, 3),
    unit("million USD", Dimension::Money, 6),
    unit("人", Dimension::Count, 0),
    unit("万人", Dimension::Count, 4),
    unit("人次", Dimension::Count, 0),
    unit("份", Dimension::Count, 0),
    unit("个", Dimension::Count, 0),
    unit("项", Dimension::Count, 0),
    unit("台", Dimension::Count, 0),
    unit("辆", Dimension::Count, 0),
    unit("批次", Dimension::Count, 0),
    unit("persons", Dimension::Count, 0),
    unit("forms", Dimension::Count, 0),
    unit("items", Dimension::Count, 0),
    unit("vehicles", Dimension::Count, 0),
    unit("分", Dimension::Points, 0),
    unit("points", Dimension::Points, 0),
    unit("天", Dimension::Days, 0),
    unit("days", Dimension::Days, 0),
    unit("平方米", Dimension::Area, 0),
    unit("㎡", Dimension::Area, 0),
    unit("m²", Dimension::Area, 0),
    unit("%", Dimension::Ratio, -2),
    unit("percent", Dimension::Ratio, -2),
    unit("‰", Dimension::Ratio, -3),
    unit("个百分点", Dimension::Ratio, -2),
    unit("百分点", Dimension::Ratio, -2),
    unit("percentage points", Dimension::Ratio, -2),
];

impl Unit {
    /// The unit of a name, as reports print it.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let name = name.trim();
        UNITS.iter().find(|unit| unit.name.eq_ignore_ascii_case(name))
    }

    /// All names of units, for messages.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        UNITS.iter().map(|unit| unit.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_found_by_the_names_they_are_printed_under() {
        let exponent = |name| Unit::named(name).map(|unit| (unit.dimension, unit.exponent));
        assert_eq!(exponent(" 万元 "), Some((Dimension::Money, 4)));
        assert_eq!(exponent("million eur"), Some((Dimension::Money, 6)));
        assert_eq!((exponent("%"), exponent("percent")), (Some((Dimension::Ratio, -2)), Some((Dimension::Ratio, -2))));
        assert_eq!((exponent("‰"), exponent("furlongs")), (Some((Dimension::Ratio, -3)), None));
        assert!(Unit::names().iter().all(|name| Unit::named(name).is_some_and(|unit| unit.name == *name)));
        assert_eq!(Unit::names().len(), UNITS.len());
    }
}
