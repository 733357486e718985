//! Inputs in chunks: a file is one document, each line of an NDJSON file is one.

use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use crate::fault::Fault;
use crate::read::{self, Format, Limits, Lines};
use crate::source::Source;
use crate::walk;

/// One document to audit, or why there is none.
#[derive(Debug)]
pub struct Input {
    /// Name of its file.
    pub name: String,
    /// Whether its file was named itself, so that it must hold something to tie.
    pub named: bool,
    /// Its text.
    pub source: Result<Arc<Source>, Box<Fault>>,
}

/// A file of lines being read: its name, whether it was named itself, its lines.
type Open = (String, bool, Lines<Box<dyn BufRead + Send>>);

/// All documents of all inputs, in order.
pub struct Sources<'a> {
    inputs: std::slice::Iter<'a, walk::Input>,
    limits: &'a Limits,
    open: Option<Open>,
    files: usize,
}

impl<'a> Sources<'a> {
    /// The documents of the inputs.
    pub fn new(inputs: &'a [walk::Input], limits: &'a Limits) -> Self {
        Self { inputs: inputs.iter(), limits, open: None, files: 0 }
    }

    /// Files opened so far.
    pub fn files(&self) -> usize {
        self.files
    }

    /// The next documents, until they hold so many bytes together; none at the end.
    pub fn chunk(&mut self, bytes: usize) -> Vec<Input> {
        let mut chunk = Vec::new();
        let mut held = 0;
        while held < bytes {
            if let Some((name, named, mut lines)) = self.open.take() {
                let read = lines.chunk(bytes - held);
                let ended = read.is_empty();
                for line in read {
                    let source = line.and_then(|line| {
                        held += line.bytes.len() + 1;
                        line.source(name.as_str())
                    });
                    chunk.push(Input { name: name.clone(), named, source: source.map_err(Box::new) });
                }
                if !ended {
                    self.open = Some((name, named, lines));
                }
                continue;
            }
            let Some(input) = self.inputs.next() else { break };
            self.files += 1;
            match self.open(input) {
                Ok(None) => {}
                Ok(Some(source)) => {
                    held += source.text().len() + 1;
                    chunk.push(Input { name: input.name(), named: input.is_named(), source: Ok(source) });
                }
                Err(fault) => {
                    chunk.push(Input { name: input.name(), named: input.is_named(), source: Err(Box::new(fault)) })
                }
            }
        }
        chunk
    }

    /// The document of a file; `None` if it is one of lines, which are read next.
    fn open(&mut self, input: &walk::Input) -> Result<Option<Arc<Source>>, Fault> {
        let name = input.name();
        match input {
            walk::Input::Stdin => {
                let mut bytes = Vec::new();
                let limit = self.limits.bytes;
                let read = io::stdin().lock().take(limit.saturating_add(1)).read_to_end(&mut bytes);
                match read {
                    Ok(_) if bytes.len() as u64 > limit => {
                        Err(Fault::new("read/too-large", "standard input is too large", "标准输入过大"))
                    }
                    Ok(_) => read::text(name, bytes).map(Some),
                    Err(error) => Err(Fault::new(
                        "read/unreadable",
                        format!("standard input: {error}"),
                        format!("标准输入：{error}"),
                    )),
                }
            }
            walk::Input::File { path, named } if is_lines(path) => {
                let (file, _) = read::open(path)?;
                let reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(1 << 16, file));
                self.open = Some((name.clone(), *named, Lines::new(reader, name, self.limits)));
                Ok(None)
            }
            walk::Input::Bytes { bytes, .. } if is_lines(Path::new(&name)) => {
                let reader: Box<dyn BufRead + Send> = Box::new(io::Cursor::new(Arc::clone(bytes)));
                self.open = Some((name.clone(), true, Lines::new(reader, name, self.limits)));
                Ok(None)
            }
            walk::Input::Bytes { bytes, .. } => text(name, bytes.to_vec()).map(Some),
            walk::Input::File { path, .. } => text(name, read::file(path, self.limits)?).map(Some),
        }
    }
}

fn is_lines(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ["ndjson", "jsonl"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The source of a file: a report in any encoding that reports are written in, anything else in UTF-8.
fn text(name: String, bytes: Vec<u8>) -> Result<Arc<Source>, Fault> {
    if Format::of(&name).is_some() { read::report_text(name, bytes) } else { read::text(name, bytes) }
}
