//! How fast made reports are audited, beside parsing them alone: `cargo bench` prints it.
//!
//! Every measure is a process from its start to its end. The measures of a round follow one another, a
//! ratio is one of two measures of the same round, and medians of the rounds are printed, beside the least
//! time, which is nearer to the truth on a machine that has other things to do. Nothing is asserted of
//! times; what is found is asserted to be what was planted, every time. `cargo bench -- 20000` takes so
//! many reports.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

#[path = "work/audit.rs"]
mod audit;
#[path = "work/generate.rs"]
mod generate;
#[path = "work/process.rs"]
mod process;

use audit::{Found, of_project};
use generate::{RELATIONS, planted, report};
use process::{Task, WORD};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Reports that are also files of their own.
const FILES: usize = 1_000;
const ALL: &str = "all.ndjson";
const QUARTER: &str = "quarter.ndjson";

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|word| word == WORD) {
        return process::answer(&arguments[1..]);
    }
    // Run as a test, it only shows that it runs.
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let (reports, rounds) = if is_bench { (2_000, 5) } else { (40, 1) };
    let asked = arguments.iter().find_map(|argument| argument.parse().ok());
    let work = Work::new(asked.unwrap_or(reports))?;
    let (reports, planted) = (work.sizes.len(), work.planted.len());
    let mut out = io::stdout();
    writeln!(
        out,
        "{reports} reports, {} MB, {} relations, {planted} of them broken on purpose; medians of {rounds} rounds",
        work.bytes(reports) / 1_000_000,
        reports * RELATIONS,
    )?;
    table(&mut out, "all reports in one file of lines", rounds, &work.lines())?;
    table(&mut out, &format!("{} files", reports.min(FILES)), rounds, &work.files())?;
    table(&mut out, "one report", 8 * rounds, &work.single())?;
    Ok(())
}

/// Reports on disk.
struct Work {
    folder: tempfile::TempDir,
    sizes: Vec<usize>,
    planted: Vec<Found>,
}

/// Something to measure.
struct Case<'a> {
    name: &'a str,
    threads: Option<usize>,
    /// What it reads, where its speed says something.
    bytes: Option<usize>,
    /// Which of the cases it is compared with.
    beside: Option<usize>,
    budget: &'a str,
    run: Box<dyn Fn() -> Outcome<Sample> + 'a>,
}

/// How long it took, and the most memory it held in KiB, where that is known.
#[derive(Clone, Copy)]
struct Sample {
    micros: u128,
    peak: Option<u64>,
}

impl Work {
    fn new(reports: usize) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| folder.path().join(name);
        let create = |path| File::create(path).map(BufWriter::new);
        fs::create_dir(path("files"))?;
        let (mut all, mut quarter) = (create(path(ALL))?, create(path(QUARTER))?);
        let mut sizes = Vec::with_capacity(reports);
        for number in 0..reports {
            let text = report(number).text + "\n";
            all.write_all(text.as_bytes())?;
            if number < reports / 4 {
                quarter.write_all(text.as_bytes())?;
            }
            if number < FILES {
                fs::write(path(&format!("files/{number:05}.json")), &text)?;
            }
            sizes.push(text.len());
        }
        all.flush()?;
        quarter.flush()?;
        Ok(Self { folder, sizes, planted: planted(reports) })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Bytes of the first reports.
    fn bytes(&self, reports: usize) -> usize {
        self.sizes.iter().take(reports).sum()
    }

    /// What was planted in the first reports.
    fn planted(&self, reports: usize) -> Vec<Found> {
        self.planted.iter().filter(|(number, ..)| *number < reports).cloned().collect()
    }

    /// The program with all checks, with places, and the schema, on one thread and on two, beside parsing alone; and
    /// whether the memory grows that the library holds.
    fn lines(&self) -> Vec<Case<'_>> {
        let all = self.sizes.len();
        let mut cases = Vec::new();
        for (threads, jobs) in [(1, "1"), (2, "2")] {
            let first = cases.len();
            for (task, budget) in [(Task::Parse, ""), (Task::Checks, "≤ 0.50"), (Task::ChecksAndSchema, "≤ 1.00")] {
                cases.push(Case {
                    name: task.name(),
                    threads: Some(threads),
                    bytes: Some(self.bytes(all)),
                    beside: (task != Task::Parse).then_some(first),
                    budget,
                    run: match task {
                        Task::Parse => Box::new(move || self.apart(task, threads, ALL, all)),
                        _ => Box::new(move || self.program(task, &["--jobs", jobs, ALL], all)),
                    },
                });
            }
        }
        for (name, file, reports) in [("  held at most", ALL, all), ("  held of a quarter of them", QUARTER, all / 4)] {
            cases.push(Case {
                name,
                threads: Some(2),
                bytes: None,
                beside: None,
                budget: "≤ 64 MiB",
                run: Box::new(move || self.apart(Task::ChecksAndSchema, 2, file, reports)),
            });
        }
        cases
    }

    /// The program on a folder.
    fn files(&self) -> Vec<Case<'_>> {
        let files = self.sizes.len().min(FILES);
        let case = |task: Task| Case {
            name: task.name(),
            threads: Some(2),
            bytes: Some(self.bytes(files)),
            beside: (task != Task::Parse).then_some(0),
            budget: if task == Task::Parse { "" } else { "≤ 100 ms" },
            run: match task {
                Task::Parse => Box::new(move || self.apart(task, 2, "files", files)),
                _ => Box::new(move || self.program(task, &["--jobs", "2", "files"], files)),
            },
        };
        Task::ALL.map(case).into()
    }

    /// The program on one report, beside a process that does nothing.
    fn single(&self) -> Vec<Case<'_>> {
        let case = |name, budget, run| Case { name, threads: None, bytes: None, beside: None, budget, run };
        let one = "files/00000.json";
        let check = |task| move || self.program(task, &[one], 1);
        vec![
            case("an empty process", "", Box::new(empty)),
            case("parse alone", "", Box::new(move || self.apart(Task::Parse, 1, one, 1))),
            case("no checks", "≤ 4 ms", Box::new(move || self.program(Task::Parse, &[one], 0))),
            case("checks", "", Box::new(check(Task::Checks))),
            case("checks and schema", "≤ 6 ms", Box::new(check(Task::ChecksAndSchema))),
            case("a report as text", "≤ 30 ms", Box::new(text)),
        ]
    }

    /// A task on the first reports; what is found must be what was planted.
    fn apart(&self, task: Task, threads: usize, name: &str, reports: usize) -> Outcome<Sample> {
        let (micros, told) = timed(|| process::apart(task, threads, &self.path(name)));
        let (peak, found) = told?;
        if task != Task::Parse {
            assert_eq!(found, self.planted(reports), "{} of {name}", task.name());
        }
        Ok(Sample { micros, peak })
    }

    /// The program itself on the first reports; what it prints must be of what was planted.
    fn program(&self, task: Task, arguments: &[&str], reports: usize) -> Outcome<Sample> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        command.args(["check", "--format", "ndjson"]).current_dir(self.folder.path());
        for pack in task.packs() {
            command.arg("--checks").arg(of_project(pack));
        }
        let (micros, output) = timed(|| command.args(arguments).output());
        let output = output?;
        let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut documents = lines.map(serde_json::from_slice).collect::<Result<Vec<Value>, _>>()?;
        let summary = documents.pop().ok_or("nothing was printed")?;
        let planted: BTreeSet<Found> = self.planted(reports).into_iter().collect();
        assert_eq!(summary["summary"]["ties"]["broken"], planted.len(), "{} of {arguments:?}", task.name());
        for (number, document) in documents.iter().enumerate() {
            for finding in document["findings"].as_array().into_iter().flatten() {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let found = (number, text(&finding["check"]), text(&finding["targets"][0]["place"]["pointer"]));
                assert!(planted.contains(&found), "{found:?} was not planted");
            }
        }
        Ok(Sample { micros, peak: None })
    }
}

/// The made report of the corpus as plain text, with the pack that it is recognised by: it has findings.
fn text() -> Outcome<Sample> {
    let report = of_project("corpus/performance-evaluation/shuozhou-2019/retold.txt");
    let (micros, output) = timed(|| Command::new(env!("CARGO_BIN_EXE_tieout")).arg("check").arg(report).output());
    assert_eq!(output?.status.code(), Some(1), "the findings of the report");
    Ok(Sample { micros, peak: None })
}

/// A process that does nothing.
fn empty() -> Outcome<Sample> {
    let (micros, status) = timed(|| Command::new("true").status());
    status?;
    Ok(Sample { micros, peak: None })
}

fn timed<T>(run: impl FnOnce() -> T) -> (u128, T) {
    let start = Instant::now();
    let done = run();
    (start.elapsed().as_micros(), done)
}

/// Measures the cases in turn, so many rounds, and prints a line for each.
fn table(out: &mut dyn Write, title: &str, rounds: usize, cases: &[Case<'_>]) -> Outcome {
    let round = |_| cases.iter().map(|case| (case.run)()).collect::<Outcome<Vec<Sample>>>();
    let rounds = (0..rounds).map(round).collect::<Outcome<Vec<_>>>()?;
    let median = |of: &dyn Fn(&[Sample]) -> u128| {
        let mut values: Vec<u128> = rounds.iter().map(|round| of(round)).collect();
        values.sort_unstable();
        values[values.len() / 2]
    };
    writeln!(out, "\n{title:<36}threads       ms    least     MB/s  × parse  budget    MiB")?;
    for (at, case) in cases.iter().enumerate() {
        let micros = median(&|round| round[at].micros).max(1);
        let ratio = |first: usize| median(&|round| 100 * round[at].micros / round[first].micros.max(1));
        let least = rounds.iter().map(|round| round[at].micros).min().unwrap_or(0);
        let peak = rounds.iter().filter_map(|round| round[at].peak).max();
        writeln!(
            out,
            "  {:<34}{:>7}{:>9}{:>9}{:>9}{:>9}  {:<8}{:>5}",
            case.name,
            case.threads.map_or(String::new(), |threads| threads.to_string()),
            decimal(micros / 100, 1),
            decimal(least / 100, 1),
            // A byte in a microsecond is a megabyte in a second.
            case.bytes.map_or(String::new(), |bytes| decimal(10 * bytes as u128 / micros, 1)),
            case.beside.map_or(String::new(), |first| decimal(ratio(first), 2)),
            case.budget,
            peak.map_or(String::new(), |peak| (peak / 1_024).to_string()),
        )?;
    }
    Ok(())
}

/// A whole number of tenths or hundredths as it is read.
fn decimal(value: u128, places: u32) -> String {
    let one = 10_u128.pow(places);
    format!("{}.{:0width$}", value / one, value % one, width = places as usize)
}
