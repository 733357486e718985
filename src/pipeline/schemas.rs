//! The schemas that come with the binary, and those that packs name for their documents.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, DirEntry, File, include_dir};
use serde_json::Value;

use crate::check::Shape;
use crate::document::Document;
use crate::fault::Fault;
use crate::finding::Finding;
use crate::schema::Schemas;
use crate::source::Source;

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/schemas");

fn files() -> Vec<&'static File<'static>> {
    fn walk(dir: &'static Dir<'static>, into: &mut Vec<&'static File<'static>>) {
        for entry in dir.entries() {
            match entry {
                DirEntry::Dir(dir) => walk(dir, into),
                DirEntry::File(file) => into.push(file),
            }
        }
    }
    let mut files = Vec::new();
    walk(&EMBEDDED, &mut files);
    files.sort_by_key(|file| file.path());
    files
}

fn name(file: &File<'static>) -> Option<&'static str> {
    file.path().to_str()?.strip_suffix(".schema.json")
}

/// Names of the schemas: their paths, `performance-evaluation/report`.
#[must_use]
pub fn schema_names() -> Vec<&'static str> {
    files().into_iter().filter_map(name).collect()
}

/// A schema by name.
#[must_use]
pub fn schema(wanted: &str) -> Option<&'static str> {
    files().into_iter().find(|file| name(file) == Some(wanted)).and_then(File::contents_utf8)
}

/// All schemas, each compiled at first use.
pub fn all() -> &'static Schemas {
    static ALL: OnceLock<Schemas> = OnceLock::new();
    ALL.get_or_init(|| Schemas::new(embedded()))
}

/// Ids and texts.
fn embedded() -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, str>)> {
    files().into_iter().filter_map(|file| Some((id(file)?.into(), file.contents_utf8()?.into())))
}

/// `urn:tieout:` and the name, its parts joined by colons, which is the `$id` of each.
fn id(file: &File<'static>) -> Option<String> {
    name(file).map(|name| format!("urn:tieout:{}", name.replace('/', ":")))
}

/// The pack that an embedded schema belongs to.
pub fn pack_of(id: &str) -> Option<&str> {
    id.strip_prefix("urn:tieout:")?.split(':').next()
}

/// The schema that a pack names; it may refer to those that come with the binary.
#[derive(Debug)]
pub struct PackSchema {
    name: String,
    text: String,
    schemas: Schemas,
}

impl PackSchema {
    /// Stands for its `$id` while it has none.
    const ID: &str = "urn:tieout:of-the-pack";

    /// The schema in a file; it is compiled at first use.
    pub fn new(source: &Arc<Source>) -> Self {
        let own = (Self::ID.into(), source.text().to_owned().into());
        Self {
            name: source.name().to_owned(),
            text: source.text().to_owned(),
            schemas: Schemas::new(embedded().chain([own])),
        }
    }

    /// Compiles it.
    ///
    /// # Errors
    /// It is no schema.
    pub fn compile(&self) -> Result<(), Fault> {
        self.schemas.compile(Self::ID).map_err(|error| {
            let (en, zh) = (
                format!("{} is no JSON Schema: {error}", self.name),
                format!("{} 不是有效的 JSON Schema：{error}", self.name),
            );
            Fault::new("schema/broken", en, zh)
        })
    }

    /// What in a document is not as it says.
    ///
    /// # Errors
    /// It is no schema.
    pub fn validate(&self, document: &Document) -> Result<Vec<Finding>, Fault> {
        self.compile()?;
        self.schemas.validate(Self::ID, document)
    }
}

/// The objects that the schemas of a pack describe, by the names of their fields.
pub fn shapes(pack: &str, own: Option<&PackSchema>) -> Vec<Shape> {
    let embedded = files().into_iter().filter(|file| id(file).is_some_and(|id| pack_of(&id) == Some(pack)));
    let texts = embedded.filter_map(File::contents_utf8).chain(own.map(|schema| schema.text.as_str()));
    let mut shapes = Vec::new();
    for schema in texts.filter_map(|text| serde_json::from_str::<Value>(text).ok()) {
        gather(&schema, &schema, &mut shapes);
    }
    shapes
}

fn gather(schema: &Value, whole: &Value, into: &mut Vec<Shape>) {
    let fields = fields(schema, whole, 0);
    if !fields.is_empty() {
        into.push(fields);
    }
    match schema {
        Value::Object(object) => object.values().for_each(|value| gather(value, whole, into)),
        Value::Array(list) => list.iter().for_each(|value| gather(value, whole, into)),
        _ => {}
    }
}

/// The fields of an object, those of the parts that it is put together from included.
fn fields(schema: &Value, whole: &Value, depth: usize) -> Shape {
    let mut fields: Shape =
        schema["properties"].as_object().into_iter().flat_map(serde_json::Map::keys).cloned().collect();
    // A schema that refers to itself describes nothing new.
    if depth < 8 {
        let parts = ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
        let referred = schema["$ref"].as_str().and_then(|to| whole.pointer(to.strip_prefix('#')?));
        for part in parts.chain(referred) {
            fields.append(&mut self::fields(part, whole, depth + 1));
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_compiles_and_its_id_is_its_path() {
        for file in files() {
            let text = file.contents_utf8().unwrap();
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(value["$id"].as_str().map(str::to_owned), id(file), "{}", file.path().display());
            all().compile(&id(file).unwrap()).unwrap();
        }
    }
}
