//! From a path to the text of a source: what may be read, how much of it, and in which encoding.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use crate::fault::Fault;
use crate::source::Source;

/// How much of an input is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Levels of nesting.
    pub depth: usize,
    /// Bytes of one file, or of one line of NDJSON.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 512, bytes: 1 << 30 }
    }
}

/// The bytes of a file.
///
/// # Errors
/// Faults `read/not-found`, `read/unsupported` (a format that is not read), `read/too-large` and
/// `read/unreadable`.
pub fn file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Fault> {
    if path.is_file() {
        supported(path)?;
    }
    bytes(path, limits)
}

/// Opens a file, with its length.
///
/// # Errors
/// Faults `read/not-found` and `read/unreadable`: also of a pipe or a device, which may never say anything,
/// or never end.
pub fn open(path: &Path) -> Result<(File, u64), Fault> {
    let meta = path.metadata().map_err(|error| unreadable(path, &error))?;
    let name = path.display();
    if meta.is_dir() {
        return Err(Fault::new("read/unreadable", format!("`{name}` is a folder"), format!("`{name}` 是文件夹")));
    }
    if !meta.is_file() {
        let (en, zh) =
            (format!("`{name}` is a pipe or a device, not a file"), format!("`{name}` 是管道或设备，不是文件"));
        return Err(Fault::new("read/unreadable", en, zh)
            .help("name `-` and let it be standard input", "请用 `-`，并将其作为标准输入"));
    }
    Ok((File::open(path).map_err(|error| unreadable(path, &error))?, meta.len()))
}

/// The bytes of a file of any format.
///
/// # Errors
/// Faults `read/not-found`, `read/too-large` and `read/unreadable`.
pub fn bytes(path: &Path, limits: &Limits) -> Result<Vec<u8>, Fault> {
    let (file, length) = open(path)?;
    // Places are 32 bits wide, so no limit can lie above.
    let limit = limits.bytes.min(u64::from(u32::MAX));
    if length > limit {
        return Err(too_large(&path.display().to_string(), limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    // It may grow while it is read.
    match file.take(limit + 1).read_to_end(&mut bytes) {
        Err(error) => Err(unreadable(path, &error)),
        Ok(count) if count as u64 > limit => Err(too_large(&path.display().to_string(), limit)),
        Ok(_) => Ok(bytes),
    }
}

/// The source of a file's bytes, which are UTF-8. A byte order mark at its start is taken off, so
/// columns count from the character behind it.
///
/// # Errors
/// Fault `read/encoding` names the first byte that is no UTF-8.
pub fn text(name: impl Into<String>, bytes: Vec<u8>) -> Result<Arc<Source>, Fault> {
    text_at(name.into(), bytes, 1, 0)
}

/// The same for a part of a file that starts at the given line and byte.
pub(super) fn text_at(name: String, mut bytes: Vec<u8>, line: u32, byte: u64) -> Result<Arc<Source>, Fault> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let en = format!("`{name}` is UTF-16, not UTF-8 (byte 0, line {line})");
        return Err(encoding(en, format!("`{name}` 是 UTF-16 编码，不是 UTF-8（字节 0，第 {line} 行）")));
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    bytes.drain(..mark);
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..at).unwrap_or_default();
        let line = line as usize + before.iter().filter(|byte| **byte == b'\n').count();
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        encoding(
            format!("`{name}` is not UTF-8: byte {at} (line {line}) is 0x{byte:02X}"),
            format!("`{name}` 不是 UTF-8 编码：字节 {at}（第 {line} 行）是 0x{byte:02X}"),
        )
    })?;
    Ok(Arc::new(Source::part(name, text, line, byte + mark as u64)))
}

fn encoding(en: String, zh: String) -> Fault {
    Fault::new("read/encoding", en, zh).help("save the file as UTF-8", "请将文件另存为 UTF-8 编码")
}

pub(super) fn too_large(what: &str, limit: u64) -> Fault {
    Fault::new(
        "read/too-large",
        format!("`{what}` is larger than {limit} bytes"),
        format!("`{what}` 超过 {limit} 字节"),
    )
    .help("split it, or write many documents as NDJSON, one a line", "请拆分，或将多个文档写成 NDJSON，每行一个")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let path = path.display();
    if error.kind() == ErrorKind::NotFound {
        return Fault::new("read/not-found", format!("`{path}` does not exist"), format!("`{path}` 不存在"));
    }
    Fault::new("read/unreadable", format!("`{path}` cannot be read: {error}"), format!("`{path}` 无法读取：{error}"))
}

/// Refuses the formats that are known and not read, and says what to do.
fn supported(path: &Path) -> Result<(), Fault> {
    let extension = path.extension().map(|each| each.to_string_lossy().to_lowercase()).unwrap_or_default();
    let fault = |en: &str, zh: &str| {
        Fault::new("read/unsupported", format!("`{}` {en}", path.display()), format!("`{}` {zh}", path.display()))
    };
    match extension.as_str() {
        "doc" | "wps" => {
            let fault = fault("is in an old word processor format that is not read", "是不支持的旧文字处理格式");
            Err(fault
                .help("save it as .docx, and extract its figures to JSON", "请另存为 .docx，并将其中的数字提取为 JSON"))
        }
        "xls" | "et" => {
            let fault = fault("is in an old spreadsheet format that is not read", "是不支持的旧表格格式");
            Err(fault
                .help("save it as .xlsx, and extract its figures to JSON", "请另存为 .xlsx，并将其中的数字提取为 JSON"))
        }
        "xlsx" | "docx" | "pdf" | "html" | "htm" | "csv" | "tsv" => {
            let fault = fault(&format!("is a .{extension} file, which is not read yet"), "的格式尚不支持");
            Err(fault.help("extract its figures to JSON", "请先将其中的数字提取为 JSON"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(result: Result<Vec<u8>, Fault>) -> &'static str {
        result.err().map_or("", |fault| fault.code)
    }

    #[test]
    fn a_file_is_read_within_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        std::fs::write(&path, "[1.50]").unwrap();
        assert_eq!(file(&path, &Limits::default()).unwrap(), b"[1.50]");
        assert_eq!(file(&path, &Limits { bytes: 6, ..Limits::default() }).unwrap(), b"[1.50]");
        assert_eq!(code(file(&path, &Limits { bytes: 5, ..Limits::default() })), "read/too-large");
        assert_eq!(code(file(folder.path(), &Limits::default())), "read/unreadable");
        assert_eq!(code(file(&folder.path().join("b.doc"), &Limits::default())), "read/not-found");
    }

    #[test]
    fn formats_that_are_not_read_are_refused_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        for (name, word) in [("a.doc", ".docx"), ("a.WPS", ".docx"), ("a.xls", ".xlsx"), ("a.pdf", "JSON")] {
            let path = folder.path().join(name);
            std::fs::write(&path, "x").unwrap();
            let fault = file(&path, &Limits::default()).unwrap_err();
            assert_eq!(fault.code, "read/unsupported");
            assert!(fault.help.unwrap().en.contains(word), "{name}");
        }
        for name in ["a.txt", "a.text", "a.MD", "a.markdown"] {
            let path = folder.path().join(name);
            std::fs::write(&path, "x").unwrap();
            assert!(file(&path, &Limits::default()).is_ok(), "{name}");
        }
    }

    #[test]
    fn text_is_utf8_without_its_mark() {
        assert_eq!(text("a", b"\xEF\xBB\xBF{}".to_vec()).unwrap().text(), "{}");
        assert_eq!(text("a", "支出".into()).unwrap().text(), "支出");
    }

    #[test]
    fn other_encodings_name_the_byte_and_the_line() {
        let fault = text("a", b"{}\n\n \xD6\xD0".to_vec()).unwrap_err();
        assert_eq!(fault.message.en, "`a` is not UTF-8: byte 5 (line 3) is 0xD6");
        assert!(fault.help.is_some());
        let fault = text("a", b"\xFF\xFE{\0".to_vec()).unwrap_err();
        assert_eq!(
            (fault.code, fault.message.en.as_str()),
            ("read/encoding", "`a` is UTF-16, not UTF-8 (byte 0, line 1)")
        );
    }
}
