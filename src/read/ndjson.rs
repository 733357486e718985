//! NDJSON: one document a line, read in chunks so that memory does not grow with the file.

use std::io::BufRead;
use std::sync::Arc;

use crate::fault::Fault;
use crate::source::Source;

use super::file::{Limits, text_at, too_large};

/// One line that holds a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// The byte of the file that it starts at.
    pub start: u64,
    /// Its bytes, without the line break.
    pub bytes: Vec<u8>,
}

impl Line {
    /// The line as a source of its own, whose positions are those of the file.
    ///
    /// # Errors
    /// Fault `read/encoding` if it is not UTF-8.
    pub fn source(self, name: impl Into<String>) -> Result<Arc<Source>, Fault> {
        text_at(name.into(), self.bytes, self.number, self.start)
    }
}

/// The lines of an NDJSON input, blank ones left out. A line over the limit is a fault and is
/// passed over without being held.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    name: String,
    limit: u64,
    number: u32,
    read: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of a reader; the name is for faults.
    pub fn new(reader: R, name: impl Into<String>, limits: &Limits) -> Self {
        Self {
            reader,
            name: name.into(),
            limit: limits.bytes.min(u64::from(u32::MAX)),
            number: 0,
            read: 0,
            ended: false,
        }
    }

    /// The next lines, until they hold so many bytes together; none at the end.
    pub fn chunk(&mut self, bytes: usize) -> Vec<Result<Line, Fault>> {
        let mut held = 0;
        let mut lines = Vec::new();
        while held < bytes
            && let Some(line) = self.next()
        {
            // A fault counts too, so that a file of nothing but faults comes in chunks as well.
            held += line.as_ref().map_or(1024, |line| line.bytes.len() + 1);
            lines.push(line);
        }
        lines
    }

    /// Appends to `line` up to its break, and says whether it fitted in the limit; `None` at the end.
    fn read_line(&mut self, line: &mut Vec<u8>) -> std::io::Result<Option<bool>> {
        let (mut any, mut fits) = (false, true);
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                return Ok(any.then_some(fits));
            }
            any = true;
            let end = memchr::memchr(b'\n', buffer);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            fits = fits && (line.len() + part.len()) as u64 <= self.limit;
            if fits {
                line.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            self.read += used as u64;
            if end.is_some() {
                return Ok(Some(fits));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Line, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let (mut bytes, start) = (Vec::new(), self.read);
            let read = self.read_line(&mut bytes);
            self.number = self.number.saturating_add(1);
            let number = self.number;
            match read {
                Ok(None) => self.ended = true,
                Ok(Some(false)) => return Some(Err(too_large(&format!("{}:{number}", self.name), self.limit))),
                Ok(Some(true)) => {
                    if bytes.last() == Some(&b'\r') {
                        bytes.pop();
                    }
                    if !bytes.trim_ascii().is_empty() && bytes != b"\xEF\xBB\xBF" {
                        return Some(Ok(Line { number, start, bytes }));
                    }
                }
                Err(error) => {
                    self.ended = true;
                    let name = &self.name;
                    return Some(Err(Fault::new(
                        "read/unreadable",
                        format!("`{name}` cannot be read past line {}: {error}", number - 1),
                        format!("`{name}` 第 {} 行之后无法读取：{error}", number - 1),
                    )));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8], limit: u64, buffer: usize) -> Vec<(u32, String)> {
        let reader = std::io::BufReader::with_capacity(buffer, text);
        Lines::new(reader, "a.ndjson", &Limits { bytes: limit, ..Limits::default() })
            .map(|line| match line {
                Ok(line) => (line.number, String::from_utf8(line.bytes).unwrap()),
                Err(fault) => (0, fault.message.en),
            })
            .collect()
    }

    #[test]
    fn blank_lines_are_left_out_and_counted() {
        for buffer in 1..9 {
            let read = lines(b"{}\r\n\n  \n[1]\n\n2", 100, buffer);
            assert_eq!(read, [(1, "{}".into()), (4, "[1]".into()), (6, "2".into())]);
        }
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let long = format!("1\n[{}]\n2\n", "0,".repeat(500));
        for buffer in [1, 7, 4096] {
            let read = lines(long.as_bytes(), 100, buffer);
            assert_eq!(read, [(1, "1".into()), (0, "`a.ndjson:2` is larger than 100 bytes".into()), (3, "2".into())]);
        }
    }

    #[test]
    fn a_line_keeps_its_number_as_a_source() {
        let mut lines = Lines::new(&b"\xEF\xBB\xBF{}\n{\"a\": 1.50}"[..], "a", &Limits::default());
        let first = lines.next().unwrap().unwrap().source("a").unwrap();
        assert_eq!((first.text(), first.position(0).line), ("{}", 1));
        let second = lines.next().unwrap().unwrap().source("a").unwrap();
        assert_eq!((second.position(6).line, second.byte(6)), (2, 12));
        assert!(lines.next().is_none());
        let line = Line { number: 9, start: 0, bytes: vec![b'"', 0xFF] };
        assert!(line.source("a").unwrap_err().message.en.contains("byte 1 (line 9)"));
    }

    #[test]
    fn chunks_end_after_so_many_bytes() {
        let mut lines = Lines::new(&b"11\n22\n33\n"[..], "a", &Limits::default());
        assert_eq!(lines.chunk(4).len(), 2);
        assert_eq!(lines.chunk(4).len(), 1);
        assert!(lines.chunk(4).is_empty());
    }
}
