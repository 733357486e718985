//! A report as it was read, before any check.

use std::path::Path;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::engine::Engine;
use super::tables::pack_of;
use crate::bind::typed;
use crate::document::{Document, Report};
use crate::fault::Fault;
use crate::read::{self, Format, Limits};
use crate::source::Source;
use crate::term::Vocabulary;

/// A report that was read.
#[derive(Debug)]
pub struct Extract {
    /// Its text.
    pub source: Arc<Source>,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// Its tables and statements.
    pub report: Report,
}

impl Extract {
    /// Reads a report.
    ///
    /// # Errors
    /// It cannot be read, or is in a format that is no report: fault `extract/format`.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let name = path.display().to_string();
        let Some(format) = Format::of(&name) else {
            let (en, zh) = (format!("`{name}` is no report that is read"), format!("`{name}` 不是可读取的报告格式"));
            return Err(Fault::new("extract/format", en, zh)
                .help("reports are text (.txt) or Markdown (.md)", "报告应为文本（.txt）或 Markdown（.md）"));
        };
        let bytes = read::file(path, &Limits::default())?;
        let sha256 = hash(&bytes);
        let source = read::report_text(name, bytes)?;
        let report = read::report(&source, format);
        Ok(Self { source, sha256, report })
    }

    /// Its records as checks see them: by the pack that is asked for, else the one it is recognised by.
    #[must_use]
    pub fn typed(&self, engine: &Engine) -> Document {
        let asked = engine.options.packs.first().map(String::as_str);
        let set = asked.or_else(|| pack_of(engine, &self.report)).and_then(|name| engine.pack(name));
        let none = Vocabulary::default();
        typed(&self.report, &self.source, set.map_or(&none, |set| &set.vocabulary), None)
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hash, byte| hash + &format!("{byte:02x}"))
}
