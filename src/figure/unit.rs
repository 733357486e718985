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

const UNITS: &[(&str, Dimension, i32)] = &[
    ("元", Dimension::Money, 0),
    ("千元", Dimension::Money, 3),
    ("万元", Dimension::Money, 4),
    ("百万元", Dimension::Money, 6),
    ("亿元", Dimension::Money, 8),
    ("yuan", Dimension::Money, 0),
    ("thousand yuan", Dimension::Money, 3),
    ("10,000 yuan", Dimension::Money, 4),
    ("million yuan", Dimension::Money, 6),
    ("EUR", Dimension::Money, 0),
    ("thousand EUR", Dimension::Money, 3),
    ("million EUR", Dimension::Money, 6),
    ("USD", Dimension::Money, 0),
    ("thousand USD", Dimension::Money, 3),
    ("million USD", Dimension::Money, 6),
    ("人", Dimension::Count, 0),
    ("万人", Dimension::Count, 4),
    ("人次", Dimension::Count, 0),
    ("份", Dimension::Count, 0),
    ("个", Dimension::Count, 0),
    ("项", Dimension::Count, 0),
    ("台", Dimension::Count, 0),
    ("辆", Dimension::Count, 0),
    ("批次", Dimension::Count, 0),
    ("persons", Dimension::Count, 0),
    ("forms", Dimension::Count, 0),
    ("items", Dimension::Count, 0),
    ("vehicles", Dimension::Count, 0),
    ("分", Dimension::Points, 0),
    ("points", Dimension::Points, 0),
    ("天", Dimension::Days, 0),
    ("days", Dimension::Days, 0),
    ("平方米", Dimension::Area, 0),
    ("㎡", Dimension::Area, 0),
    ("m²", Dimension::Area, 0),
    ("%", Dimension::Ratio, -2),
    ("percent", Dimension::Ratio, -2),
    ("‰", Dimension::Ratio, -3),
];

impl Unit {
    /// The unit of a name, as reports print it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        let found = UNITS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))?;
        Some(Self { dimension: found.1, exponent: found.2, name: found.0 })
    }

    /// All names of units, for messages.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        UNITS.iter().map(|(name, ..)| *name).collect()
    }
}
