//! A folder of one's own to run the program in.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A check over any JSON with these three fields.
pub const VAT: &str = r#"[[check]]
id = "vat/gross"
for = ["net", "vat", "gross"]
require = "net + vat = gross"
"#;

/// A document that ties.
pub const GOOD: &str = r#"{"net": "100.00", "vat": "19.00", "gross": "119.00"}"#;

/// A temporary folder; the program runs in it, so no path of the machine is printed.
pub struct Desk {
    folder: TempDir,
}

/// What a run left.
pub struct Run {
    pub out: String,
    pub err: String,
    pub status: i32,
}

impl Run {
    /// Both streams and the exit status, as a snapshot shows them.
    pub fn all(&self) -> String {
        format!("{}---\n{}=> {}", self.out, self.err, self.status)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.all()))
    }
}

impl Desk {
    /// An empty folder.
    pub fn bare() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// A folder with the three-line check and the document that ties.
    pub fn new() -> Self {
        Self::bare().with("tieout.toml", "checks = [\"checks\"]\n").with("checks/vat.toml", VAT).with("good.json", GOOD)
    }

    /// With a file.
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, about to run here, in a language and look that do not depend on the machine.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        command.args(line.split_whitespace()).current_dir(self.folder.path());
        command.env_clear().env("LC_ALL", "C").stdin(Stdio::null());
        command
    }

    /// Runs the program with the words of a line.
    pub fn run(&self, line: &str) -> Run {
        self.finish(&mut self.command(line), b"")
    }

    /// Runs the program with something on standard input.
    pub fn run_with(&self, line: &str, input: &[u8]) -> Run {
        self.finish(self.command(line).stdin(Stdio::piped()), input)
    }

    fn finish(&self, command: &mut Command, input: &[u8]) -> Run {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input).expect("it reads");
        }
        let output = child.wait_with_output().expect("the program ends");
        // A configuration that was found is named by its whole path, which is of the machine.
        let real = self.folder.path().canonicalize().expect("it is there");
        let here = [format!("{}/", real.display()), format!("{}/", self.folder.path().display())];
        let text = |bytes| {
            let text = String::from_utf8(bytes).expect("it prints UTF-8");
            here.iter().fold(text, |text, here| text.replace(here, ""))
        };
        let status = output.status.code().expect("it was not killed");
        Run { out: text(output.stdout), err: text(output.stderr), status }
    }

    /// Audits one bad file between two good ones: it has a fault or finding of the given code, and the
    /// exit status; the others are audited all the same. Gives what was printed.
    pub fn beside_good(self, name: &str, content: impl AsRef<[u8]>, code: &str, status: i32) -> String {
        let desk = self.with(name, content).with("zz.json", GOOD);
        let run = desk.run(&format!("check good.json {name} zz.json"));
        assert_eq!(run.status, status, "{}", run.all());
        let json = desk.run(&format!("check good.json {name} zz.json --format json --ties")).json();
        let codes = |list: &str, key: &str| -> Vec<String> {
            let all = json[list].as_array().expect("a list");
            all.iter().filter_map(|each| Some(each[key].as_str()?.to_owned())).collect()
        };
        let mut found = codes("faults", "code");
        found.extend(codes("findings", "check"));
        assert!(found.iter().any(|each| each == code), "{code} in {found:?}");
        let exact = |file: &str| {
            let of =
                |tie: &&serde_json::Value| tie["targets"][0]["place"]["source"] == file && tie["verdict"] == "exact";
            json["ties"].as_array().expect("ties").iter().filter(of).count()
        };
        assert_eq!((exact("good.json"), exact("zz.json")), (1, 1), "the others are audited: {json:#}");
        run.all()
    }
}
