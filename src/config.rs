//! `tieout.toml`: packs, check folders, files, severities, and what is allowed for a reason.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::Fault;
use crate::finding::Severity;
use crate::source::{Source, Span};

/// Name of the file, looked for from the current folder upwards.
pub const NAME: &str = "tieout.toml";

/// What `tieout.toml` says; empty without one.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Folder of the file: its globs start here.
    pub folder: PathBuf,
    /// Packs of checks by name.
    pub packs: Vec<String>,
    /// Folders of check files.
    pub checks: Vec<PathBuf>,
    /// Globs of the only files to walk; empty for all.
    pub include: Vec<String>,
    /// Globs of files not to walk.
    pub exclude: Vec<String>,
    /// Severity by check or prefix; `None` switches it off.
    pub severity: Vec<(String, Option<Severity>)>,
    /// Broken ties that are allowed.
    pub allow: Vec<Allow>,
}

/// A broken tie that is allowed, as long as its figures stay as they are.
#[derive(Clone, Debug)]
pub struct Allow {
    /// Id of the check.
    pub check: String,
    /// Labels of the target.
    pub at: Vec<String>,
    /// Figures of the target, as printed.
    pub figures: Vec<String>,
    /// Why.
    pub reason: String,
    /// Where it is said: one that matches nothing is a warning.
    pub place: (Arc<Source>, Span),
}

/// The nearest `tieout.toml`, from the folder upwards, named relative to it.
#[must_use]
pub fn find(from: &Path) -> Option<PathBuf> {
    let steps = from.ancestors().position(|folder| folder.join(NAME).is_file())?;
    Some(std::iter::repeat_n("..", steps).collect::<PathBuf>().join(NAME))
}

/// Reads a configuration file.
///
/// # Errors
/// A fault for everything that is wrong with it.
pub fn read(path: &Path) -> Result<Config, Vec<Fault>> {
    let name = path.display().to_string();
    if path.metadata().is_ok_and(|meta| !meta.is_file()) {
        // A pipe or a device may never say anything, or never end.
        let (en, zh) = (format!("{name} is no file"), format!("{name} 不是文件"));
        return Err(vec![Fault::new("config/unreadable", en, zh)]);
    }
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidData => {
            vec![Fault::new("config/encoding", format!("{name} is not UTF-8"), format!("{name} 不是 UTF-8 编码"))]
        }
        _ => vec![Fault::new(
            "config/unreadable",
            format!("{name} cannot be read: {error}"),
            format!("无法读取 {name}：{error}"),
        )],
    })?;
    parse(&Arc::new(Source::new(name, text)), path.parent().unwrap_or(Path::new("")))
}

/// Reads the text of a configuration file of a folder.
///
/// # Errors
/// A fault for everything that is wrong with it.
pub fn parse(source: &Arc<Source>, folder: &Path) -> Result<Config, Vec<Fault>> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let mut reader = Reader { source, faults: Vec::new() };
    for error in errors {
        let span = error.span().map_or_else(Span::default, |range| Span::new(range.start, range.end));
        let message = error.message();
        reader.faults.push(
            Fault::new("config/syntax", format!("this is not TOML: {message}"), format!("TOML 语法有误：{message}"))
                .at(source, span),
        );
    }
    if !reader.faults.is_empty() {
        // What was recovered from a broken file would be blamed for the break.
        return Err(reader.faults);
    }
    let config = reader.config(table.get_ref(), folder);
    if reader.faults.is_empty() { Ok(config) } else { Err(reader.faults) }
}

const KEYS: &[&str] = &["packs", "checks", "include", "exclude", "severity", "allow"];
const ALLOW_KEYS: &[&str] = &["check", "at", "figures", "reason"];
const SEVERITIES: &[&str] = &["error", "warning", "note", "off"];

struct Reader<'a> {
    source: &'a Arc<Source>,
    faults: Vec<Fault>,
}

fn span<T>(spanned: &Spanned<T>) -> Span {
    Span::new(spanned.span().start, spanned.span().end)
}

impl Reader<'_> {
    fn config(&mut self, table: &DeTable<'_>, folder: &Path) -> Config {
        self.known(table, KEYS);
        let mut texts = |key: &str| table.get(key).map(|value| self.texts(key, value)).unwrap_or_default();
        let mut config = Config {
            folder: folder.to_owned(),
            packs: texts("packs"),
            checks: texts("checks").iter().map(|path| folder.join(path)).collect(),
            include: texts("include"),
            exclude: texts("exclude"),
            ..Config::default()
        };
        if let Some(value) = table.get("severity") {
            config.severity = self.severities(value);
        }
        if let Some(value) = table.get("allow") {
            match value.get_ref().as_array() {
                Some(list) => config.allow = list.iter().filter_map(|each| self.allow(each)).collect(),
                None => self.expected("allow", value, "`[[allow]]` tables", "若干 `[[allow]]` 表"),
            }
        }
        config
    }

    fn severities(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(String, Option<Severity>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.expected(
                "severity",
                value,
                "a table: `\"budget/total\" = \"note\"`",
                "表，如 `\"budget/total\" = \"note\"`",
            );
            return Vec::new();
        };
        let mut all = Vec::new();
        for (check, value) in table {
            match value.get_ref().as_str() {
                Some("error") => all.push((check.get_ref().to_string(), Some(Severity::Error))),
                Some("warning") => all.push((check.get_ref().to_string(), Some(Severity::Warning))),
                Some("note") => all.push((check.get_ref().to_string(), Some(Severity::Note))),
                Some("off") => all.push((check.get_ref().to_string(), None)),
                _ => {
                    let list = SEVERITIES.join(", ");
                    self.expected(check.get_ref(), value, &format!("one of {list}"), &format!("{list} 之一"));
                }
            }
        }
        all
    }

    fn allow(&mut self, value: &Spanned<DeValue<'_>>) -> Option<Allow> {
        let Some(table) = value.get_ref().as_table() else {
            self.expected("allow", value, "`[[allow]]` tables", "若干 `[[allow]]` 表");
            return None;
        };
        let before = self.faults.len();
        self.known(table, ALLOW_KEYS);
        for key in ALLOW_KEYS.iter().filter(|key| !table.contains_key(**key)) {
            self.faults.push(
                Fault::new(
                    "config/missing-key",
                    format!("an `[[allow]]` needs `{key}`"),
                    format!("`[[allow]]` 缺少“{key}”"),
                )
                .at(self.source, span(value))
                .help(
                    "check, at (labels), figures (as printed) and reason are all required",
                    "check、at（行列名称）、figures（列示的数字）、reason（理由）均须填写",
                ),
            );
        }
        let mut text = |key: &str| table.get(key).map(|value| self.text(key, value)).unwrap_or_default();
        let (check, reason) = (text("check"), text("reason"));
        let mut texts = |key: &str| table.get(key).map(|value| self.texts(key, value)).unwrap_or_default();
        let (at, figures) = (texts("at"), texts("figures"));
        for (key, empty) in [("check", check.trim().is_empty()), ("reason", reason.trim().is_empty())]
            .into_iter()
            .chain([("at", at.is_empty()), ("figures", figures.is_empty())])
        {
            if let Some(value) = table.get(key).filter(|_| empty && self.faults.len() == before) {
                self.expected(key, value, "something", "非空内容");
            }
        }
        let place = (Arc::clone(self.source), span(value));
        (self.faults.len() == before).then_some(Allow { check, at, figures, reason, place })
    }

    fn known(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let fault = Fault::new(
                "config/unknown-key",
                format!("`{name}` is not a key of {NAME}"),
                format!("{NAME} 中没有“{name}”这一项"),
            );
            let near = known.iter().map(|each| (strsim::damerau_levenshtein(name, each), *each)).min();
            let fault = match near {
                Some((distance, nearest)) if distance <= nearest.len().div_ceil(3) => {
                    fault.help(format!("did you mean `{nearest}`?"), format!("是否为“{nearest}”？"))
                }
                _ => fault.help(format!("known here: {}", known.join(", ")), format!("可用：{}", known.join("、"))),
            };
            self.faults.push(fault.at(self.source, span(key)));
        }
    }

    fn text(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> String {
        match value.get_ref().as_str() {
            Some(text) => text.to_owned(),
            None => {
                self.expected(key, value, "a text", "文本");
                String::new()
            }
        }
    }

    fn texts(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        match value.get_ref().as_array() {
            Some(list) => list.iter().map(|each| self.text(key, each)).collect(),
            None => {
                self.expected(key, value, "a list of texts: `[\"…\"]`", "文本列表，如 `[\"…\"]`");
                Vec::new()
            }
        }
    }

    fn expected(&mut self, key: &str, value: &Spanned<DeValue<'_>>, en: &str, zh: &str) {
        let fault = Fault::new("config/type", format!("`{key}` expects {en}"), format!("“{key}”应为{zh}"));
        self.faults.push(fault.at(self.source, span(value)));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use crate::config::{ALLOW_KEYS, Config, KEYS, NAME, SEVERITIES, parse};
    use crate::fault::Fault;
    use crate::finding::Severity;
    use crate::source::Source;

    fn parsed(text: &str) -> Result<Config, Vec<Fault>> {
        parse(&Arc::new(Source::new(NAME, text)), Path::new("reports"))
    }

    fn faults(text: &str) -> Vec<String> {
        let describe = |fault: &Fault| {
            let at = fault.place.as_ref().map_or("", |(source, span)| source.slice(*span));
            let help = fault.help.as_ref().map_or("", |help| help.en.as_str());
            format!("{} at {at}: {} ({help})", fault.code, fault.message.en)
        };
        parsed(text).map_or_else(|faults| faults.iter().map(describe).collect(), |_| Vec::new())
    }

    #[test]
    fn everything_is_read() {
        let config = parsed(
            r#"
packs = ["performance-evaluation"]
checks = ["checks"]
exclude = ["drafts/"]
[severity]
"budget/total" = "note"
survey = "off"
[[allow]]
check = "budget/subtotal"
at = ["小计"]
figures = ["5,877.64"]
reason = "corrected in the next edition"
"#,
        )
        .expect("the sample is right");
        assert_eq!(config.checks, [Path::new("reports/checks")]);
        assert_eq!(config.severity, [("budget/total".into(), Some(Severity::Note)), ("survey".into(), None)]);
        assert_eq!(config.allow[0].figures, ["5,877.64"]);
    }

    #[test]
    fn the_schema_for_editors_knows_the_same_keys() {
        let text = include_str!("../schemas/config.schema.json");
        let schema: serde_json::Value = serde_json::from_str(text).expect("the schema is JSON");
        let sorted = |keys: &[&str]| {
            let mut keys: Vec<String> = keys.iter().map(|each| (*each).to_owned()).collect();
            keys.sort();
            keys
        };
        let keys = |at: &serde_json::Value| at.as_object().expect("properties").keys().cloned().collect::<Vec<_>>();
        let all = &schema["properties"];
        assert_eq!(keys(all), sorted(KEYS));
        assert_eq!(keys(&all["allow"]["items"]["properties"]), sorted(ALLOW_KEYS));
        assert_eq!(all["severity"]["additionalProperties"]["enum"], serde_json::json!(SEVERITIES));
    }

    #[test]
    fn wrong_keys_and_types_are_pointed_at() {
        assert_eq!(
            faults("pack = []\n"),
            ["config/unknown-key at pack: `pack` is not a key of tieout.toml (did you mean `packs`?)"]
        );
        assert_eq!(faults("packs = \"x\""), ["config/type at \"x\": `packs` expects a list of texts: `[\"…\"]` ()"]);
        assert_eq!(faults("packs = [1]"), ["config/type at 1: `packs` expects a text ()"]);
        assert_eq!(
            faults("[severity]\na = \"fatal\""),
            ["config/type at \"fatal\": `a` expects one of error, warning, note, off ()"]
        );
        assert_eq!(faults("allow = 1"), ["config/type at 1: `allow` expects `[[allow]]` tables ()"]);
    }

    #[test]
    fn an_allow_needs_a_reason() {
        let missing = faults("[[allow]]\ncheck = \"a\"\nat = [\"b\"]\nfigures = [\"1\"]\n");
        assert!(missing.len() == 1 && missing[0].contains("an `[[allow]]` needs `reason`"), "{missing:?}");
        let empty = faults("[[allow]]\ncheck = \"a\"\nat = [\"b\"]\nfigures = [\"1\"]\nreason = \" \"\n");
        assert_eq!(empty, ["config/type at \" \": `reason` expects something ()"]);
    }

    #[test]
    fn broken_toml_is_a_fault_with_a_place() {
        let found = faults("packs = [\n");
        assert!(!found.is_empty() && found[0].starts_with("config/syntax"), "{found:?}");
    }
}
