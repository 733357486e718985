//! What the validator says, made into what a person can act on: one violation for one mistake.

use std::collections::HashSet;

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use crate::document::{self, Document, NodeId};
use crate::finding::Violation;
use crate::source::shorten;

use super::Texts;

/// Characters of a value that are shown.
const SHOWN: usize = 60;

/// The violations of one document.
#[derive(Debug)]
pub(super) struct Violations<'a> {
    texts: &'a Texts,
    document: &'a Document,
    found: Vec<(NodeId, Violation)>,
}

impl<'a> Violations<'a> {
    pub(super) fn new(texts: &'a Texts, document: &'a Document) -> Self {
        Self { texts, document, found: Vec::new() }
    }

    /// The violations in the order of the source, each with the value it is about (of an unknown
    /// field: the value it holds).
    pub(super) fn in_order(mut self) -> Vec<(NodeId, Violation)> {
        // Values are numbered in the order of the source.
        self.found.sort_by_key(|(node, _)| *node);
        self.found.dedup();
        self.found
    }

    pub(super) fn add(&mut self, error: &ValidationError<'_>) {
        let Some(node) = self.node(error) else { return };
        let violation = match error.kind() {
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => return self.add_choice(error, node, context),
            Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
                return self.add_unknown(error, node, unexpected);
            }
            Kind::PropertyNames { error: inner } => {
                let names: Vec<String> = inner.instance().as_str().map(str::to_owned).into_iter().collect();
                return self.add_unknown(error, node, &names);
            }
            Kind::FalseSchema if self.document.node(node).key.is_some() => {
                Violation::Unknown { field: self.document.key(node).to_owned(), nearest: None }
            }
            Kind::Required { property } => Violation::Missing { field: bare(property) },
            Kind::Type { kind } => Violation::Type { found: self.shown_raw(node), expected: types(kind) },
            Kind::Constant { expected_value } => {
                Violation::NotAllowed { found: self.shown(node), allowed: vec![bare(expected_value)] }
            }
            Kind::Enum { options } => Violation::NotAllowed { found: self.shown(node), allowed: choices(options) },
            Kind::Pattern { .. } if self.is_text(node) && self.is_figure(error) => {
                Violation::NotAFigure { found: self.shown(node) }
            }
            kind => match limit(kind) {
                Some(limit) => Violation::Limit { found: self.shown(node), keyword: kind.keyword().to_owned(), limit },
                None => Violation::Other { keyword: kind.keyword().to_owned(), found: self.shown(node) },
            },
        };
        self.found.push((node, violation));
    }

    /// A value that fits none of several schemas: told by the one that was most likely meant.
    fn add_choice(&mut self, error: &ValidationError<'_>, node: NodeId, branches: &[Vec<ValidationError<'static>>]) {
        if self.is_text(node) && self.is_figure(error) {
            return self.found.push((node, Violation::NotAFigure { found: self.shown(node) }));
        }
        let fitting: Vec<_> = branches.iter().filter(|branch| !self.is_other_type(branch, node)).collect();
        if fitting.is_empty() {
            let mut expected = Vec::new();
            branches.iter().flatten().for_each(|error| self.expected_types(error, node, &mut expected));
            return self.found.push((node, Violation::Type { found: self.shown_raw(node), expected }));
        }
        let allowed: Vec<_> = fitting.iter().map(|branch| self.allowed(branch, node)).collect();
        if let Some(allowed) = allowed.into_iter().collect::<Option<Vec<_>>>() {
            let allowed = allowed.concat();
            return self.found.push((node, Violation::NotAllowed { found: self.shown(node), allowed }));
        }
        // A wrong constant inside speaks for another branch: constants tell branches apart.
        let constants = |branch: &&&Vec<ValidationError<'_>>| {
            branch.iter().filter(|error| matches!(error.kind(), Kind::Constant { .. } | Kind::Enum { .. })).count()
        };
        if let Some(branch) = fitting.iter().min_by_key(|branch| (constants(branch), branch.len())) {
            branch.iter().for_each(|error| self.add(error));
        }
    }

    fn add_unknown(&mut self, error: &ValidationError<'_>, node: NodeId, names: &[String]) {
        let names: HashSet<&str> = names.iter().map(String::as_str).collect();
        let schema = self.schema_of(error);
        let known = schema.and_then(|schema| schema.get("properties")?.as_object());
        let present: HashSet<&str> = self.document.children(node).map(|field| self.document.key(field)).collect();
        // A name that is there already is hardly the one that was meant.
        let known: Vec<&str> = known
            .into_iter()
            .flat_map(|known| known.keys().map(String::as_str))
            .filter(|name| !present.contains(name))
            .collect();
        for field in self.document.children(node) {
            let name = self.document.key(field);
            if names.contains(name) {
                let nearest = nearest(name, &known);
                self.found.push((field, Violation::Unknown { field: name.to_owned(), nearest }));
            }
        }
    }

    /// The value an error is about: the tree gives the validator its number in place of the value.
    fn node(&self, error: &ValidationError<'_>) -> Option<NodeId> {
        let number = u32::try_from(error.instance().as_u64()?).ok()?;
        ((number as usize) < self.document.len()).then_some(NodeId(number))
    }

    /// Whether the errors say that the value is of another type than the schema is about.
    fn is_other_type(&self, branch: &[ValidationError<'_>], node: NodeId) -> bool {
        branch.iter().filter(|error| self.node(error) == Some(node)).any(|error| match error.kind() {
            Kind::Type { .. } | Kind::FalseSchema => true,
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                context.iter().all(|branch| self.is_other_type(branch, node))
            }
            _ => false,
        })
    }

    fn expected_types(&self, error: &ValidationError<'_>, node: NodeId, expected: &mut Vec<String>) {
        match error.kind() {
            Kind::Type { kind } if self.node(error) == Some(node) => {
                for each in types(kind) {
                    if !expected.contains(&each) {
                        expected.push(each);
                    }
                }
            }
            Kind::AnyOf { context } | Kind::OneOfNotValid { context } => {
                context.iter().flatten().for_each(|error| self.expected_types(error, node, expected));
            }
            _ => {}
        }
    }

    /// What a branch allows, if it is about nothing but the values allowed.
    fn allowed(&self, branch: &[ValidationError<'_>], node: NodeId) -> Option<Vec<String>> {
        match branch {
            [error] if self.node(error) == Some(node) => match error.kind() {
                Kind::Constant { expected_value } => Some(vec![bare(expected_value)]),
                Kind::Enum { options } => Some(choices(options)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The schema object whose keyword gave the error.
    fn schema_of(&self, error: &ValidationError<'_>) -> Option<&'a Value> {
        let (schema, _keyword) = error.absolute_keyword_location()?.as_str().rsplit_once('/')?;
        self.texts.at(schema)
    }

    /// Whether the schema that gave the error is that of a figure, or one of its branches.
    fn is_figure(&self, error: &ValidationError<'_>) -> bool {
        let is_figure = |schema: &Value| {
            schema.get("x-figure") == Some(&Value::Bool(true))
                || schema.get("$id").and_then(Value::as_str).is_some_and(|id| id.ends_with(":figure"))
        };
        let Some(schema) = error.absolute_keyword_location().and_then(|uri| Some(uri.as_str().rsplit_once('/')?.0))
        else {
            return false;
        };
        let parts: Vec<&str> = schema.rsplitn(3, '/').collect();
        let choice = match parts[..] {
            [_, "anyOf" | "oneOf" | "allOf", choice] => Some(choice),
            _ => None,
        };
        std::iter::once(schema).chain(choice).any(|each| self.texts.at(each).is_some_and(is_figure))
    }

    fn is_text(&self, node: NodeId) -> bool {
        matches!(self.document.node(node).value, document::Value::Text(_))
    }

    /// The value in a line, a text without its quotes.
    fn shown(&self, node: NodeId) -> String {
        cut(self.document.printed(node))
    }

    /// The value in a line, as it stands: `"12"` is another type than `12`.
    fn shown_raw(&self, node: NodeId) -> String {
        cut(self.document.source().slice(self.document.node(node).span))
    }
}

/// The beginning of a text that may be very long, on a line.
fn cut(text: &str) -> String {
    let end = text.char_indices().nth(SHOWN * 8).map_or(text.len(), |(at, _)| at);
    shorten(&text[..end], SHOWN)
}

/// A value of a schema; a text without quotes.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn choices(options: &Value) -> Vec<String> {
    options.as_array().map(|options| options.iter().map(bare).collect()).unwrap_or_default()
}

fn types(kind: &TypeKind) -> Vec<String> {
    match kind {
        TypeKind::Single(each) => vec![each.to_string()],
        TypeKind::Multiple(all) => all.iter().map(|each| each.to_string()).collect(),
    }
}

/// What a keyword that sets a limit says.
fn limit(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Minimum { limit } | Kind::Maximum { limit } => limit.to_string(),
        Kind::ExclusiveMinimum { limit } | Kind::ExclusiveMaximum { limit } => limit.to_string(),
        Kind::MinLength { limit } | Kind::MaxLength { limit } => limit.to_string(),
        Kind::MinItems { limit } | Kind::MaxItems { limit } => limit.to_string(),
        Kind::MinProperties { limit } | Kind::MaxProperties { limit } => limit.to_string(),
        Kind::AdditionalItems { limit } => limit.to_string(),
        Kind::MultipleOf { multiple_of } => multiple_of.to_string(),
        Kind::Pattern { pattern } => pattern.clone(),
        Kind::Format { format } => format.clone(),
        Kind::UniqueItems => "true".to_owned(),
        _ => return None,
    })
}

/// The known name that differs least, if it differs by no more than a slip or two.
fn nearest(name: &str, known: &[&str]) -> Option<String> {
    // Comparing takes time by the product of lengths, and no field has so long a name.
    if name.len() > 200 {
        return None;
    }
    let distance = |other: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase());
    let (distance, best) = known.iter().map(|other| (distance(other), *other)).min()?;
    let length = name.chars().count().max(best.chars().count());
    (distance <= (length / 3).max(1) && distance < length).then(|| best.to_owned())
}
