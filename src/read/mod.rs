//! Reads sources into documents, one file a format.

mod block;
mod encoding;
mod extracted;
mod file;
mod flow;
mod html;
mod json;
mod markdown;
mod markup;
mod ndjson;
mod report;
mod statement;
mod table;
mod text;
mod wrapped;

pub use encoding::report_text;
pub use extracted::{SCHEMA, extracted};
pub use file::{Limits, bytes, file, open, text};
pub use json::{json, json_knowing};
pub use ndjson::{Line, Lines};
pub use report::{Format, report};
