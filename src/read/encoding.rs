//! Which encoding a report is in: UTF-8, UTF-16 or GB18030.

use std::sync::Arc;

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::file::{text, too_large};
use crate::fault::Fault;
use crate::source::Source;

/// How many characters that are no ASCII say that a text is UTF-8, though it is damaged further on.
const SURE: usize = 4;

/// The source of a report's bytes: text or Markdown in UTF-8, UTF-16 or GB18030, told from what it holds.
///
/// # Errors
/// Faults `read/unsupported` (no text at all) and `read/encoding`, which names the first byte that is in
/// none of them.
pub fn report_text(name: impl Into<String>, bytes: Vec<u8>) -> Result<Arc<Source>, Fault> {
    let name = name.into();
    if let Some(what) = Binary::of(&bytes) {
        return Err(what.fault(&name));
    }
    if let Some(encoding) = utf16(&bytes) {
        return source(name, decode(encoding, &bytes), &bytes, "UTF-16");
    }
    if bytes.contains(&0) {
        return Err(Binary::Other.fault(&name));
    }
    let error = match std::str::from_utf8(&bytes) {
        Ok(_) => return text(name, bytes),
        Err(error) => error,
    };
    let valid = bytes.get(..error.valid_up_to()).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    // What was cut inside a character, or is well-formed for long, is UTF-8.
    let cut = error.error_len().is_none() && !valid.is_ascii();
    if cut || valid.chars().filter(|each| !each.is_ascii()).take(SURE).count() == SURE {
        return text(name, bytes);
    }
    source(name, decode(GB18030, &bytes), &bytes, "UTF-8, UTF-16 or GB18030")
}

fn source(name: String, text: Result<String, usize>, bytes: &[u8], expected: &str) -> Result<Arc<Source>, Fault> {
    match text {
        // Places are 32 bits wide.
        Ok(text) if u32::try_from(text.len()).is_err() => Err(too_large(&name, u64::from(u32::MAX))),
        Ok(text) => Ok(Arc::new(Source::new(name, text))),
        Err(at) => {
            let line = 1 + lines(bytes.get(..at).unwrap_or_default(), expected == "UTF-16");
            let byte = bytes.get(at).copied().unwrap_or_default();
            Err(Fault::new(
                "read/encoding",
                format!("`{name}` is not {expected}: byte {at} (line {line}) is 0x{byte:02X}"),
                format!("`{name}` 不是 {expected} 编码：字节 {at}（第 {line} 行）是 0x{byte:02X}"),
            )
            .help("save the file as UTF-8", "请将文件另存为 UTF-8 编码"))
        }
    }
}

/// The ends of lines in bytes of one encoding.
fn lines(bytes: &[u8], wide: bool) -> usize {
    if wide {
        let ends = |pair: &&[u8]| matches!(pair, [b'\n', 0] | [0, b'\n']);
        return bytes.chunks_exact(2).filter(ends).count();
    }
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// The text of bytes without a byte order mark; or the first byte that is wrong.
fn decode(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::new();
    text.reserve(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()));
    let mut read = 0;
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (result, count) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += count;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len().max(16)),
            DecoderResult::Malformed(length, behind) => {
                return Err(read.saturating_sub(usize::from(length) + usize::from(behind)));
            }
        }
    }
    text.shrink_to_fit();
    Ok(text)
}

/// UTF-16 by its byte order mark, or by the zeros beside its letters and digits.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let start =
        bytes.get(..bytes.len().min(1 << 16)).filter(|start| start.contains(&0) && bytes.len().is_multiple_of(2))?;
    let ascii = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let (mut little, mut big) = (0_usize, 0_usize);
    for pair in start.chunks_exact(2) {
        match pair {
            [0, 0] => return None,
            [byte, 0] if ascii(*byte) => little += 1,
            [0, byte] if ascii(*byte) => big += 1,
            _ => {}
        }
    }
    // `一` has a zero as well, on the other side.
    let encoding = if little > big { UTF_16LE } else { UTF_16BE };
    (little != big && decode(encoding, bytes).is_ok()).then_some(encoding)
}

/// What is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binary {
    Pdf,
    Zip,
    Ole,
    Image,
    Other,
}

impl Binary {
    fn of(bytes: &[u8]) -> Option<Self> {
        const MARKS: &[(&[u8], Binary)] = &[
            (b"%PDF-", Binary::Pdf),
            (b"PK\x03\x04", Binary::Zip),
            (b"\xD0\xCF\x11\xE0", Binary::Ole),
            (b"\x89PNG", Binary::Image),
            (b"\xFF\xD8\xFF", Binary::Image),
        ];
        MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, what)| *what)
    }

    fn fault(self, name: &str) -> Fault {
        let (en, zh, help_en, help_zh) = match self {
            Self::Pdf => (
                "is a PDF, not text",
                "是 PDF，不是文本",
                "extract its text, as `pdftotext -layout` does",
                "请先提取其文本，例如用 `pdftotext -layout`",
            ),
            Self::Zip => (
                "is a zip archive (.docx and .xlsx are), not text",
                "是 zip 压缩文件（.docx、.xlsx 也是），不是文本",
                "save it as text or Markdown",
                "请另存为文本或 Markdown",
            ),
            Self::Ole => (
                "is in an old office format, not text",
                "是旧版办公文件格式，不是文本",
                "save it as text or Markdown",
                "请另存为文本或 Markdown",
            ),
            Self::Image => (
                "is an image, not text",
                "是图片，不是文本",
                "recognise its text first (OCR), and save that as Markdown",
                "请先识别其中的文字（OCR），并存为 Markdown",
            ),
            Self::Other => (
                "is not text: it holds zero bytes",
                "不是文本：其中有零字节",
                "save it as text or Markdown in UTF-8",
                "请另存为 UTF-8 编码的文本或 Markdown",
            ),
        };
        Fault::new("read/unsupported", format!("`{name}` {en}"), format!("`{name}` {zh}")).help(help_en, help_zh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一、收入\n1,262.50 万元\n";

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    fn text(bytes: &[u8]) -> Result<String, String> {
        report_text("a", bytes.to_vec()).map(|source| source.text().to_owned()).map_err(|fault| {
            assert!(fault.help.is_some());
            format!("{} {}", fault.code, fault.message.en)
        })
    }

    #[test]
    fn reports_are_read_in_each_encoding() {
        let gb18030 = GB18030.encode(TEXT).0.into_owned();
        let marked = |big| [utf16("\u{FEFF}", big), utf16(TEXT, big)].concat();
        let utf8 = TEXT.as_bytes().to_vec();
        let bom = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        for bytes in [utf8, bom, gb18030, utf16(TEXT, true), utf16(TEXT, false), marked(true), marked(false)] {
            assert_eq!(text(&bytes).as_deref(), Ok(TEXT), "{bytes:?}");
        }
        assert_eq!(text(b"").as_deref(), Ok(""));
    }

    #[test]
    fn the_first_byte_that_is_wrong_is_named() {
        let wrong = |bytes: &[u8]| text(bytes).unwrap_err();
        let neither = "read/encoding `a` is not UTF-8, UTF-16 or GB18030: byte 4 (line 2) is 0xFF";
        assert_eq!(wrong(b"ab\n \xFF\xFF"), neither);
        let damaged = ["收入支出".as_bytes(), b"\n\xD6\xD0"].concat();
        assert_eq!(wrong(&damaged), "read/encoding `a` is not UTF-8: byte 13 (line 2) is 0xD6");
        assert_eq!(wrong(&"收入".as_bytes()[..5]), "read/encoding `a` is not UTF-8: byte 3 (line 1) is 0xE5");
        let lone = [&utf16("\u{FEFF}a\n", false)[..], &[0x00, 0xDC, 0x61, 0x00]].concat();
        assert_eq!(wrong(&lone), "read/encoding `a` is not UTF-16: byte 6 (line 2) is 0x00");
    }

    #[test]
    fn what_is_no_text_is_told_with_what_to_do() {
        let files: [&[u8]; 6] =
            [b"%PDF-1.7", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1", b"\xFF\xD8\xFF\xE0", b"a\0\0", b"a\0b\0\0\0"];
        for bytes in files {
            assert!(text(bytes).unwrap_err().starts_with("read/unsupported"), "{bytes:?}");
        }
    }
}
