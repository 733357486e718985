//! Reads a vocabulary: `terms.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::fault::{Bilingual, Fault};
use crate::figure::{Kind, Unit};
use crate::source::{Source, Span};
use crate::term::{Axis, Content, Direction, Nature, Term, Vocabulary};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    axis: BTreeMap<String, AxisEntry>,
    #[serde(default)]
    term: BTreeMap<String, TermEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AxisEntry {
    default: Option<String>,
    #[serde(default)]
    values: BTreeMap<String, Labels>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Labels {
    #[serde(default)]
    zh: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermEntry {
    kind: Option<KindName>,
    unit: Option<toml::Spanned<String>>,
    nature: Option<NatureName>,
    direction: Option<DirectionName>,
    sign: Option<SignName>,
    decimals: Option<u32>,
    blank: Option<BlankName>,
    is: Option<toml::Spanned<String>>,
    #[serde(default)]
    axes: BTreeMap<String, String>,
    #[serde(default)]
    default: BTreeMap<String, String>,
    #[serde(default)]
    labels: Labels,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Amount,
    Count,
    Ratio,
    Parameter,
    Serial,
    Text,
    Date,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum NatureName {
    Flow,
    Stock,
    Rate,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum DirectionName {
    Up,
    Down,
    Toward,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum SignName {
    Positive,
    Any,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum BlankName {
    Zero,
    Unknown,
}

/// Reads a vocabulary.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn load(source: &Arc<Source>) -> Result<Vocabulary, Box<Fault>> {
    let fault = |span: std::ops::Range<usize>, en: String, zh: String| {
        Box::new(Fault::new("terms/invalid", en, zh).at(source, Span::new(span.start, span.end)))
    };
    let file: File = toml::from_str(source.text()).map_err(|error| {
        fault(error.span().unwrap_or(0..0), error.message().to_owned(), format!("词汇表有误：{}", error.message()))
    })?;
    let mut terms = Vec::new();
    for (name, entry) in &file.term {
        let base = match &entry.is {
            Some(is) => Some(file.term.get(is.get_ref()).ok_or_else(|| {
                fault(is.span(), format!("there is no term `{}`", is.get_ref()), format!("没有术语 `{}`", is.get_ref()))
            })?),
            None => None,
        };
        let unit = entry.unit.as_ref().or(base.and_then(|base| base.unit.as_ref()));
        let unit = match unit {
            Some(unit) => Some(Unit::named(unit.get_ref()).ok_or_else(|| {
                let known = Unit::names().join(", ");
                fault(
                    unit.span(),
                    format!("unknown unit `{}`; known are {known}", unit.get_ref()),
                    format!("未知单位 `{}`；已知：{known}", unit.get_ref()),
                )
            })?),
            None => None,
        };
        let inherited = |own: Option<KindName>| own.or(base.and_then(|base| base.kind));
        let content = match inherited(entry.kind) {
            Some(KindName::Amount) | None => Content::Figure(Kind::Amount),
            Some(KindName::Count) => Content::Figure(Kind::Count),
            Some(KindName::Ratio) => Content::Figure(Kind::Ratio),
            Some(KindName::Parameter) => Content::Figure(Kind::Parameter),
            Some(KindName::Serial) => Content::Serial,
            Some(KindName::Text) => Content::Text,
            Some(KindName::Date) => Content::Date,
        };
        let first = |labels: &[String]| labels.first().cloned().unwrap_or_default();
        let subject = entry.is.as_ref().map_or_else(|| name.clone(), |is| is.get_ref().clone());
        terms.push(Term {
            name: name.clone(),
            content,
            unit,
            nature: entry.nature.or(base.and_then(|base| base.nature)).map(|nature| match nature {
                NatureName::Flow => Nature::Flow,
                NatureName::Stock => Nature::Stock,
                NatureName::Rate => Nature::Rate,
            }),
            direction: entry.direction.or(base.and_then(|base| base.direction)).map(|direction| match direction {
                DirectionName::Up => Direction::Up,
                DirectionName::Down => Direction::Down,
                DirectionName::Toward => Direction::Toward,
            }),
            can_be_negative: !matches!(entry.sign.or(base.and_then(|base| base.sign)), Some(SignName::Positive)),
            decimals: entry.decimals.or(base.and_then(|base| base.decimals)),
            blank_is_zero: matches!(entry.blank.or(base.and_then(|base| base.blank)), Some(BlankName::Zero)),
            subject,
            axes: entry.axes.clone().into_iter().collect(),
            default: entry.default.clone().into_iter().collect(),
            label: Bilingual::new(first(&entry.labels.en), first(&entry.labels.zh)),
            labels: entry.labels.zh.iter().chain(&entry.labels.en).cloned().collect(),
        });
    }
    let axes = file.axis.into_iter().map(|(name, entry)| Axis {
        name,
        default: entry.default,
        labels: entry
            .values
            .iter()
            .flat_map(|(value, labels)| labels.zh.iter().chain(&labels.en).map(|label| (label.clone(), value.clone())))
            .collect(),
        values: entry
            .values
            .into_iter()
            .map(|(value, labels)| {
                let first = |labels: &[String]| labels.first().cloned().unwrap_or_default();
                (value, Bilingual::new(first(&labels.en), first(&labels.zh)))
            })
            .collect(),
    });
    Ok(Vocabulary::new(terms, axes.collect()))
}
