//! The schemas that come with the binary, and those that packs name for their documents.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, DirEntry, File, include_dir};

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
    schemas: Schemas,
}

impl PackSchema {
    /// Stands for its `$id` while it has none.
    const ID: &str = "urn:tieout:of-the-pack";

    /// The schema in a file; it is compiled at first use.
    pub fn new(source: &Arc<Source>) -> Self {
        let own = (Self::ID.into(), source.text().to_owned().into());
        Self { name: source.name().to_owned(), schemas: Schemas::new(embedded().chain([own])) }
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
