//! One task in a process of its own, which tells the most memory that it held, and what it found.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;
use serde_json::Value;

use crate::audit::{CHECKS, Found, SCHEMA, audit};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Parsing into `serde_json::Value`, and nothing else.
    Parse,
    /// All checks.
    Checks,
    /// All checks, and validation by the schema.
    ChecksAndSchema,
}

impl Task {
    /// All; the others are compared with the first.
    pub const ALL: [Self; 3] = [Self::Parse, Self::Checks, Self::ChecksAndSchema];

    /// As it is called in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse alone",
            Self::Checks => "checks",
            Self::ChecksAndSchema => "checks and schema",
        }
    }

    /// The packs that it takes.
    #[must_use]
    pub fn packs(self) -> &'static [&'static str] {
        match self {
            Self::Parse => &[],
            Self::Checks => &[CHECKS],
            Self::ChecksAndSchema => &[CHECKS, SCHEMA],
        }
    }
}

/// The word by which a process knows that it is to do a task.
pub const WORD: &str = "task";

/// What a process tells of its task: the most memory that it held, in KiB, where the system says so, and what
/// it found.
pub type Told = (Option<u64>, Vec<Found>);

/// Does a task on the files of a path in another process.
///
/// # Errors
/// It fails.
pub fn apart(task: Task, threads: usize, path: &Path) -> Result<Told, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args([WORD, task.name(), &threads.to_string()]).arg(path).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// What the other process does.
///
/// # Errors
/// It is asked for something else, or fails.
pub fn answer(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [name, threads, path] = arguments else { return Err("a task, threads and a path are needed".into()) };
    let task = Task::ALL.into_iter().find(|task| task.name() == name).ok_or("there is no such task")?;
    let (threads, path) = (threads.parse()?, Path::new(path));
    let found = match task {
        Task::Parse => parse(threads, path).map(|()| Vec::new())?,
        Task::Checks | Task::ChecksAndSchema => audit(task.packs(), threads, path, &mut io::sink())?.0,
    };
    let told: Told = (peak(), found);
    Ok(serde_json::to_writer(io::stdout().lock(), &told)?)
}

/// The most memory that this process held, in KiB.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Parses each line of a file, or each file of a folder; files are read in chunks.
fn parse(threads: usize, path: &Path) -> Result<(), Box<dyn Error>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    if path.is_dir() {
        let files: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        return Ok(pool.install(|| files.par_iter().try_for_each(|file| value(&fs::read(file)?)))?);
    }
    let mut file = File::open(path)?;
    let mut chunk = Vec::new();
    while file.by_ref().take(CHUNK * threads as u64).read_to_end(&mut chunk)? > 0 {
        let whole = chunk.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let lines = chunk[..whole].par_split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        pool.install(|| lines.try_for_each(value))?;
        chunk.drain(..whole);
    }
    if chunk.is_empty() { Ok(()) } else { Ok(value(&chunk)?) }
}

/// Bytes a thread.
const CHUNK: u64 = 1 << 20;

fn value(bytes: &[u8]) -> io::Result<()> {
    let value: Value = serde_json::from_slice(bytes)?;
    std::hint::black_box(&value);
    Ok(())
}
