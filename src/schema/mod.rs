//! Holds documents against JSON Schemas and says what differs, at the place where it differs.

mod findings;
mod number;
mod tree;
mod violations;

use std::borrow::Cow;
use std::error::Error;
use std::sync::{Arc, OnceLock};

use jsonschema::{PatternOptions, Retrieve, Uri, Validator};
use serde_json::Value;

use crate::document::Document;
use crate::fault::Fault;
use crate::finding::Finding;

use tree::{Item, Tree};
use violations::Violations;

/// Schemas that know each other by their ids. A schema is parsed when it is first referred to and
/// compiled when it is first used, so those of other packs cost nothing; nothing is ever fetched.
#[derive(Debug)]
pub struct Schemas {
    texts: Arc<Texts>,
    compiled: Vec<OnceLock<Result<Validator<Tree>, String>>>,
}

impl Schemas {
    /// The schemas of the given ids and texts.
    pub fn new<I, T>(list: impl IntoIterator<Item = (I, T)>) -> Self
    where
        I: Into<Cow<'static, str>>,
        T: Into<Cow<'static, str>>,
    {
        let texts: Vec<Text> = list
            .into_iter()
            .map(|(id, text)| Text { id: id.into(), text: text.into(), value: OnceLock::new() })
            .collect();
        let compiled = texts.iter().map(|_| OnceLock::new()).collect();
        Self { texts: Arc::new(Texts(texts)), compiled }
    }

    /// The ids of all schemas.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.texts.0.iter().map(|text| text.id.as_ref())
    }

    /// Whether there is a schema of the id.
    #[must_use]
    pub fn knows(&self, id: &str) -> bool {
        self.ids().any(|each| each == id)
    }

    /// What in the document is not as the schema says, in the order of the source; at most 100
    /// findings, and one that says how many were left out.
    ///
    /// # Errors
    /// Fault `schema/unknown` if there is no schema of the id, and `schema/broken` if it does not
    /// compile: a document that could not be checked must not pass for one that was.
    pub fn validate(&self, id: &str, document: &Document) -> Result<Vec<Finding>, Fault> {
        let validator = match self.compiled(id) {
            Some(Ok(validator)) => validator,
            Some(Err(error)) => {
                let en = format!("the schema `{id}` does not compile: {error}");
                return Err(Fault::new("schema/broken", en, format!("模式 `{id}` 无法编译：{error}")));
            }
            None => {
                let (en, zh) = (format!("there is no schema `{id}`"), format!("没有模式 `{id}`"));
                return Err(Fault::new("schema/unknown", en, zh));
            }
        };
        if document.is_empty() || validator.is_valid(Item::root(document)) {
            return Ok(Vec::new());
        }
        let mut violations = Violations::new(&self.texts, document);
        for error in validator.iter_errors(Item::root(document)) {
            violations.add(&error);
        }
        Ok(findings::findings(document, violations.in_order()))
    }

    /// Compiles the schema, which `validate` does when it is first needed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn compile(&self, id: &str) -> Result<(), String> {
        match self.compiled(id) {
            Some(compiled) => compiled.as_ref().map(|_| ()).map_err(Clone::clone),
            None => Err(format!("there is no schema `{id}`")),
        }
    }

    fn compiled(&self, id: &str) -> Option<&Result<Validator<Tree>, String>> {
        let index = self.ids().position(|each| each == id)?;
        Some(self.compiled[index].get_or_init(|| self.texts.compile(id)))
    }
}

/// The schema that a document names: the text of its `$schema`.
#[must_use]
pub fn embedded_id(document: &Document) -> Option<&str> {
    if document.is_empty() {
        return None;
    }
    document.text(document.get(document.root(), "$schema")?)
}

/// The texts of all schemas, each parsed once.
#[derive(Debug)]
struct Texts(Vec<Text>);

#[derive(Debug)]
struct Text {
    id: Cow<'static, str>,
    text: Cow<'static, str>,
    value: OnceLock<Result<Value, String>>,
}

impl Texts {
    fn get(&self, id: &str) -> Result<&Value, String> {
        let text = self.0.iter().find(|text| text.id == id).ok_or_else(|| format!("there is no schema `{id}`"))?;
        let value = text.value.get_or_init(|| serde_json::from_str(&text.text).map_err(|error| error.to_string()));
        value.as_ref().map_err(Clone::clone)
    }

    fn compile(self: &Arc<Self>, id: &str) -> Result<Validator<Tree>, String> {
        // Without a `$schema` of its own it is of the latest draft, 2020-12.
        jsonschema::options_for::<Tree>()
            .with_base_uri(id)
            // Data are hostile: patterns run in linear time, or are refused when compiled.
            .with_pattern_options(PatternOptions::regex())
            .with_retriever(Embedded(Arc::clone(self)))
            .build(self.get(id)?)
            .map_err(|error| error.to_string())
    }

    /// The part of a schema at an absolute location, such as `urn:a#/properties/b`.
    fn at(&self, location: &str) -> Option<&Value> {
        let (id, pointer) = location.split_once('#').unwrap_or((location, ""));
        let whole = self.get(id).ok().or_else(|| {
            // A schema may also hold others with an id of their own.
            let parsed = self.0.iter().filter_map(|text| text.value.get()?.as_ref().ok());
            parsed.into_iter().find_map(|value| with_id(value, id))
        })?;
        whole.pointer(&percent_decoded(pointer))
    }
}

/// The schema of the id inside another.
fn with_id<'a>(value: &'a Value, id: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) if fields.get("$id").and_then(Value::as_str) == Some(id) => Some(value),
        Value::Object(fields) => fields.values().find_map(|field| with_id(field, id)),
        Value::Array(items) => items.iter().find_map(|item| with_id(item, id)),
        _ => None,
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Finds referenced schemas among the embedded ones, and nowhere else.
struct Embedded(Arc<Texts>);

impl Retrieve for Embedded {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        Ok(self.0.get(uri.as_str())?.clone())
    }
}

#[cfg(test)]
mod tests;
