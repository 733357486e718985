//! Reads sources into documents, one file a format.

mod file;
mod json;
mod ndjson;

pub use file::{Limits, bytes, file, open, text};
pub use json::json;
pub use ndjson::{Line, Lines};
