//! From paths to the inputs they name, always in the same order.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use walkdir::{DirEntry, WalkDir};

use crate::fault::Fault;

/// Endings of the files that are picked in a folder.
const ENDINGS: &[&str] = &["json", "ndjson", "jsonl", "txt", "text", "md", "markdown"];

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File {
        /// Its path as given, or below the folder as given.
        path: PathBuf,
        /// Whether it was named itself, so that it must hold something to tie.
        named: bool,
    },
    /// Standard input.
    Stdin,
    /// What is at hand already, under the name of a file, whose ending says how it is read.
    Bytes {
        /// The name shown to people.
        name: String,
        /// What would stand in the file.
        bytes: Arc<[u8]>,
    },
}

impl Input {
    /// The name shown to people.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File { path, .. } => path.display().to_string(),
            Self::Stdin => "<stdin>".into(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }

    /// Whether it was named itself rather than found in a folder.
    #[must_use]
    pub fn is_named(&self) -> bool {
        !matches!(self, Self::File { named: false, .. })
    }
}

/// Which files of a folder are taken.
#[derive(Clone, Debug)]
pub struct Filter {
    include: Gitignore,
    exclude: Gitignore,
    root: PathBuf,
}

impl Filter {
    /// Globs as in `.gitignore`, which start at the folder; without an include everything is.
    ///
    /// # Errors
    /// A fault for a glob that cannot be read.
    pub fn new(root: &Path, include: &[String], exclude: &[String]) -> Result<Self, Vec<Fault>> {
        let root = absolute(root);
        let globs = |lines: &[String]| {
            let mut builder = GitignoreBuilder::new(&root);
            for line in lines {
                builder.add_line(None, line).map_err(|error| vec![wrong_glob(line, &error)])?;
            }
            builder.build().map_err(|error| vec![wrong_glob(&lines.join(" "), &error)])
        };
        Ok(Self { include: globs(include)?, exclude: globs(exclude)?, root: root.clone() })
    }

    fn takes(&self, path: &Path) -> bool {
        // A glob says nothing of what is outside its folder.
        if !path.starts_with(&self.root) {
            return true;
        }
        let included = self.include.is_empty() || self.include.matched_path_or_any_parents(path, false).is_ignore();
        included && !self.exclude.matched_path_or_any_parents(path, false).is_ignore()
    }
}

fn wrong_glob(glob: &str, error: &ignore::Error) -> Fault {
    Fault::new("config/glob", format!("`{glob}` is not a glob: {error}"), format!("“{glob}”不是有效的通配符：{error}"))
}

fn absolute(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The inputs that the paths name, in the order of the paths and sorted in each folder; `-` is standard input.
#[must_use]
pub fn walk(paths: &[PathBuf], filter: &Filter) -> (Vec<Input>, Vec<Fault>) {
    let (mut inputs, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
        } else if path.is_dir() {
            folder(path, filter, &mut inputs, &mut faults);
        } else if path.exists() {
            inputs.push(Input::File { path: path.clone(), named: true });
        } else {
            let name = path.display();
            faults.push(Fault::new("path/not-found", format!("there is no {name}"), format!("找不到 {name}")).help(
                "a path starts at the current folder, unless it starts with /",
                "路径从当前目录算起（以 / 开头者除外），请核对名称",
            ));
        }
    }
    let named: HashSet<PathBuf> = inputs.iter().filter(|each| each.is_named()).filter_map(key).collect();
    let mut seen = HashSet::new();
    // A file that is both named and walked is read once, as named.
    inputs.retain(|each| match key(each) {
        Some(key) => (each.is_named() || !named.contains(&key)) && seen.insert(key),
        None => true,
    });
    (inputs, faults)
}

fn key(input: &Input) -> Option<PathBuf> {
    match input {
        Input::File { path, .. } => Some(absolute(path)),
        Input::Stdin | Input::Bytes { .. } => None,
    }
}

/// Adds the files of a folder. Links are not followed, so there are no loops; hidden ones are left out.
fn folder(root: &Path, filter: &Filter, inputs: &mut Vec<Input>, faults: &mut Vec<Fault>) {
    let whole = absolute(root);
    let mut ignores = Ignores::above(&whole);
    let place = |entry: &DirEntry| whole.join(entry.path().strip_prefix(root).unwrap_or(entry.path()));
    let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let name = error.path().unwrap_or(root).display().to_string();
                let cause = error.io_error().map(ToString::to_string).unwrap_or_default();
                let en = format!("{name} cannot be read: {cause}");
                faults.push(Fault::new("path/unreadable", en, format!("无法读取 {name}：{cause}")));
                continue;
            }
        };
        let (path, is_folder) = (place(&entry), entry.file_type().is_dir());
        ignores.leave(entry.depth());
        let is_hidden = entry.file_name().to_str().is_some_and(|name| name.starts_with('.'));
        if entry.depth() > 0 && (is_hidden || ignores.ignore(&path, is_folder)) {
            if is_folder {
                entries.skip_current_dir();
            }
        } else if is_folder {
            ignores.enter(&path, entry.depth());
        } else if entry.file_type().is_file() && is_data(&path) && filter.takes(&path) {
            let path = entry.path().strip_prefix(".").unwrap_or(entry.path()).to_owned();
            inputs.push(Input::File { path, named: false });
        }
    }
}

fn is_data(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// The `.gitignore` files that hold where the walk is, each with the depth of its folder.
struct Ignores(Vec<(Option<usize>, Gitignore)>);

impl Ignores {
    /// Those of the folders above, up to the root of the repository.
    fn above(folder: &Path) -> Self {
        let Some(root) = folder.ancestors().find(|each| each.join(".git").exists()) else { return Self(Vec::new()) };
        let mut above: Vec<&Path> = folder.ancestors().skip(1).take_while(|each| each.starts_with(root)).collect();
        above.reverse();
        Self(above.into_iter().filter_map(read).map(|ignore| (None, ignore)).collect())
    }

    fn enter(&mut self, folder: &Path, depth: usize) {
        self.0.extend(read(folder).map(|ignore| (Some(depth), ignore)));
    }

    fn leave(&mut self, depth: usize) {
        self.0.retain(|(of, _)| of.is_none_or(|of| of < depth));
    }

    /// The innermost that says something decides.
    fn ignore(&self, path: &Path, is_folder: bool) -> bool {
        let matches = self.0.iter().rev().map(|(_, ignore)| ignore.matched(path, is_folder));
        matches.into_iter().find(|each| !each.is_none()).is_some_and(|each| matches!(each, Match::Ignore(_)))
    }
}

fn read(folder: &Path) -> Option<Gitignore> {
    let file = folder.join(".gitignore");
    // A line that cannot be read is left out, as git does.
    file.is_file().then(|| Gitignore::new(file).0)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use crate::fault::Fault;
    use crate::walk::{Filter, Input, walk};

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        folder
    }

    fn names(folder: &Path, paths: &[&str], include: &[&str], exclude: &[&str]) -> (Vec<String>, Vec<Fault>) {
        let owned = |all: &[&str]| all.iter().map(|each| (*each).to_owned()).collect::<Vec<_>>();
        let filter = Filter::new(folder, &owned(include), &owned(exclude)).expect("globs");
        let paths: Vec<PathBuf> = paths.iter().map(|each| folder.join(each)).collect();
        let (inputs, faults) = walk(&paths, &filter);
        let relative = |input: &Input| match input {
            Input::File { path, named } => {
                let path = path.strip_prefix(folder).expect("below").display().to_string();
                if *named { path + "!" } else { path }
            }
            Input::Stdin | Input::Bytes { .. } => "-".into(),
        };
        (inputs.iter().map(relative).collect(), faults)
    }

    #[test]
    fn folders_are_sorted_and_ignored_files_left_out() {
        let folder = tree(&[
            (".git/x.json", ""),
            (".gitignore", "out/\n*.tmp.json\n"),
            ("b.json", ""),
            ("a.NDJSON", ""),
            ("c.pdf", ""),
            ("d.md", ""),
            ("e.txt", ""),
            ("x.tmp.json", ""),
            ("out/d.json", ""),
            ("sub/.gitignore", "!keep.tmp.json\n"),
            ("sub/keep.tmp.json", ""),
            ("sub/lines.jsonl", ""),
            (".hidden/e.json", ""),
        ]);
        let all = names(folder.path(), &[""], &[], &[]).0;
        assert_eq!(all, ["a.NDJSON", "b.json", "d.md", "e.txt", "sub/keep.tmp.json", "sub/lines.jsonl"]);
        assert_eq!(names(folder.path(), &["sub"], &[], &["*.jsonl"]).0, ["sub/keep.tmp.json"]);
        assert_eq!(names(folder.path(), &[""], &["sub/"], &[]).0, ["sub/keep.tmp.json", "sub/lines.jsonl"]);
    }

    #[test]
    fn named_files_are_taken_as_they_are_and_once() {
        let folder = tree(&[("a.txt", ""), ("b.json", "")]);
        let (all, faults) = names(folder.path(), &["", "b.json", "a.txt", "none.json"], &[], &["*"]);
        assert_eq!(all, ["b.json!", "a.txt!"]);
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["path/not-found"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let folder = tree(&[("sub/a.json", "")]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/loop")).expect("a link");
        assert_eq!(names(folder.path(), &[""], &[], &[]).0, ["sub/a.json"]);
    }
}
