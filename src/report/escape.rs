//! JSON in which characters that could steer a terminal are written as escapes, which mean the same.

use std::io;

use crate::source::steers;

/// A writer that is given JSON.
pub struct Escape<'a>(pub &'a mut dyn io::Write);

impl io::Write for Escape<'_> {
    /// A fragment of JSON: outside its texts there are none of these characters, and inside an escape may
    /// stand for each.
    fn write(&mut self, fragment: &[u8]) -> io::Result<usize> {
        let Ok(text) = std::str::from_utf8(fragment) else { return self.0.write(fragment) };
        let (mut rest, mut from) = (text, 0);
        // Nearly all is plain ASCII, which is passed over byte by byte.
        while let Some(at) = rest.bytes().skip(from).position(|byte| byte >= 0x7f).map(|at| from + at) {
            let (before, after) = rest.split_at(at);
            let Some(each) = after.chars().next() else { break };
            from = at + each.len_utf8();
            if steers(each) {
                self.0.write_all(before.as_bytes())?;
                for unit in each.encode_utf16(&mut [0; 2]) {
                    write!(self.0, "\\u{unit:04x}")?;
                }
                (rest, from) = (&rest[from..], 0);
            }
        }
        self.0.write_all(rest.as_bytes())?;
        Ok(fragment.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn what_is_written_means_the_same() {
        let text = "支出 \u{1b}[2J\u{9b}\u{202e}\u{7f}\u{e0041}\u{2028}\n";
        let mut written = Vec::new();
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        Escape(&mut written).write_all(json.as_bytes()).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert!(written.contains("支出") && !written.chars().any(|each| each != '\n' && steers(each)), "{written}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&written).unwrap(), [text]);
    }
}
