//! A figure as it takes part in an inferred tie.

use crate::document::NodeId;
use crate::figure::{Figure, Number, Ratio, Reach};
use crate::tie::Operand;

/// The figure of a place, with the values that it can stand for in the base of its unit.
pub fn operand(node: NodeId, figure: Figure) -> Option<Operand> {
    let exponent = figure.unit.map_or(0, |unit| unit.exponent);
    let value = figure.value.mul(Ratio::from(Number::power_of_ten(exponent)?))?;
    let reach = if figure.is_exact() {
        Reach::exact(value)
    } else {
        Reach::half_unit(value, figure.decimals.checked_sub(exponent)?)?
    };
    Some(Operand { node, figure: Some(figure), reach, value })
}
