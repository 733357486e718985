//! Reads how the tables and sentences of a report become typed sections: `sections.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::fault::Fault;
use crate::source::{Source, Span};
use crate::term::{Group, Layout, Part, Ranges, Recipe, Section, Stated, Step, Vocabulary};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    section: Vec<SectionEntry>,
    #[serde(default)]
    formula: Vec<FormulaEntry>,
    #[serde(default)]
    statements: Vec<StatementsEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionEntry {
    path: String,
    needs: Vec<toml::Spanned<String>>,
    #[serde(default)]
    may: Vec<toml::Spanned<String>>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    transposed: bool,
    #[serde(default)]
    labels: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    groups: BTreeMap<String, GroupEntry>,
    spans: Option<String>,
    #[serde(default)]
    levels: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    skip: Vec<String>,
    subtotal: Option<String>,
    total: Option<String>,
    mean: Option<String>,
    title: Option<String>,
    total_term: Option<String>,
    #[serde(default)]
    parts: Vec<PartEntry>,
    #[serde(default)]
    axes: Vec<String>,
    #[serde(default)]
    context: BTreeMap<String, String>,
    coded: Option<String>,
    #[serde(default)]
    otherwise: BTreeMap<String, String>,
    named: Option<String>,
    #[serde(default)]
    outline: bool,
    years: Option<bool>,
    refers: Option<String>,
    within: Option<String>,
    ranges: Option<RangesEntry>,
    #[serde(default)]
    units: BTreeMap<String, BTreeMap<String, toml::Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RangesEntry {
    labels: Vec<String>,
    low: toml::Spanned<String>,
    high: toml::Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    labels: Vec<String>,
    terms: Vec<toml::Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartEntry {
    field: String,
    term: toml::Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormulaEntry {
    path: String,
    result: toml::Spanned<String>,
    form: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    context: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementsEntry {
    path: String,
    terms: Vec<toml::Spanned<String>>,
    #[serde(default)]
    labels: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    axes: Vec<String>,
    #[serde(default)]
    only: bool,
    #[serde(default)]
    cells: bool,
    #[serde(default)]
    around: Vec<String>,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    context: BTreeMap<String, String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    alone: Vec<String>,
}

/// Reads a layout in the words of a vocabulary.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn load(source: &Arc<Source>, vocabulary: &Vocabulary) -> Result<Layout, Box<Fault>> {
    let file: File = toml::from_str(source.text()).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        let (en, zh) = (error.message().to_owned(), format!("版式有误：{}", error.message()));
        Box::new(Fault::new("sections/invalid", en, zh).at(source, Span::new(span.start, span.end)))
    })?;
    let reader = Reader { source, vocabulary };
    Ok(Layout {
        sections: file.section.into_iter().map(|entry| reader.section(entry)).collect::<Result<_, _>>()?,
        recipes: file.formula.into_iter().map(|entry| reader.recipe(entry)).collect::<Result<_, _>>()?,
        statements: file.statements.into_iter().map(|entry| reader.stated(entry)).collect::<Result<_, _>>()?,
    })
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    vocabulary: &'a Vocabulary,
}

impl Reader<'_> {
    fn term(&self, name: toml::Spanned<String>) -> Result<String, Box<Fault>> {
        if self.vocabulary.term(name.get_ref()).is_none() {
            let span = Span::new(name.span().start, name.span().end);
            let (en, zh) = (format!("there is no term `{}`", name.get_ref()), format!("没有术语 `{}`", name.get_ref()));
            return Err(Box::new(Fault::new("sections/invalid", en, zh).at(self.source, span)));
        }
        Ok(name.into_inner())
    }

    fn terms(&self, names: Vec<toml::Spanned<String>>) -> Result<Vec<String>, Box<Fault>> {
        names.into_iter().map(|name| self.term(name)).collect()
    }

    fn section(&self, entry: SectionEntry) -> Result<Section, Box<Fault>> {
        let mut groups = Vec::new();
        for (field, group) in entry.groups {
            groups.push(Group { field, labels: group.labels, terms: self.terms(group.terms)? });
        }
        let mut parts = Vec::new();
        for part in entry.parts {
            parts.push(Part { field: part.field, term: self.term(part.term)? });
        }
        let ranges = match entry.ranges {
            None => None,
            Some(ranges) => Some(Ranges {
                labels: ranges.labels.iter().map(|label| crate::term::plain(label)).collect(),
                low: self.term(ranges.low)?,
                high: self.term(ranges.high)?,
            }),
        };
        let mut units = Vec::new();
        for (unit, terms) in entry.units {
            let terms = terms.into_iter().map(|(term, other)| Ok((term, self.term(other)?)));
            units.push((unit, terms.collect::<Result<_, Box<Fault>>>()?));
        }
        Ok(Section {
            path: Step::path(&entry.path),
            needs: self.terms(entry.needs)?,
            may: self.terms(entry.may)?,
            words: entry.words,
            without: entry.without,
            transposed: entry.transposed,
            labels: plain_labels(entry.labels),
            groups,
            spans: entry.spans.as_deref().map(Step::read),
            levels: entry.levels.iter().map(|level| Step::read(level)).collect(),
            names: entry.names,
            skip: entry.skip.iter().map(|name| crate::term::plain(name)).collect(),
            subtotal: entry.subtotal,
            total: entry.total,
            mean: entry.mean,
            total_term: entry.total_term,
            parts,
            title: entry.title,
            axes: entry.axes,
            context: entry.context.into_iter().collect(),
            coded: entry.coded,
            otherwise: entry.otherwise.into_iter().collect(),
            named: entry.named,
            outline: entry.outline,
            years: entry.years,
            refers: entry.refers,
            within: entry.within,
            ranges,
            units,
        })
    }

    fn recipe(&self, entry: FormulaEntry) -> Result<Recipe, Box<Fault>> {
        let context = entry.context.into_iter().map(|(record, axes)| (record, axes.into_iter().collect())).collect();
        Ok(Recipe {
            path: Step::path(&entry.path),
            result: self.term(entry.result)?,
            form: entry.form,
            words: entry.words.iter().map(|word| crate::term::plain(word)).collect(),
            context,
        })
    }

    fn stated(&self, entry: StatementsEntry) -> Result<Stated, Box<Fault>> {
        Ok(Stated {
            path: Step::path(&entry.path),
            terms: self.terms(entry.terms)?,
            labels: plain_labels(entry.labels),
            axes: entry.axes,
            only: entry.only,
            cells: entry.cells,
            around: entry.around,
            requires: entry.requires,
            context: entry.context.into_iter().collect(),
            ignore: entry.ignore.iter().map(|words| crate::term::plain(words)).collect(),
            alone: entry.alone.iter().map(|words| crate::term::plain(words)).collect(),
        })
    }
}

/// Labels as they are compared: without spaces and punctuation, in narrow letters of one case.
fn plain_labels(labels: BTreeMap<String, Vec<String>>) -> Vec<(String, Vec<String>)> {
    let plain = |labels: Vec<String>| labels.iter().map(|label| crate::term::plain(label)).collect();
    labels.into_iter().map(|(term, labels)| (term, plain(labels))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::terms;

    const TERMS: &str = "[term.budget]\n[term.spent]\n[term.low]\n[term.high]\n";
    const SECTIONS: &str = r#"
[[section]]
path = "rows"
needs = ["budget"]
may = ["spent"]
labels.budget = ["预算数（Ａ）"]
groups.own = { labels = ["本级"], terms = ["spent"] }
parts = [{ field = "central", term = "budget" }]
ranges = { labels = ["区间（%）"], low = "low", high = "high" }
units."万元" = { budget = "spent" }

[[formula]]
path = "rate"
result = "spent"
form = "share"

[[statements]]
path = "notes"
terms = ["budget"]
labels.budget = ["预算为 "]
"#;

    fn read(sections: &str) -> Result<Layout, Box<Fault>> {
        let source = |text: &str| Arc::new(Source::new("sections.toml", text));
        load(&source(sections), &terms::load(&source(TERMS))?)
    }

    #[test]
    fn what_a_section_is_made_of_is_kept_and_its_labels_are_plain() {
        let layout = read(SECTIONS).unwrap();
        let section = &layout.sections[0];
        assert_eq!((&section.needs[..], &section.may[..]), (&["budget".to_owned()][..], &["spent".to_owned()][..]));
        let labels = |label: &str| vec![("budget".to_owned(), vec![label.to_owned()])];
        assert_eq!(section.labels, labels("预算数a"));
        let groups: Vec<_> = section.groups.iter().map(|group| (&*group.field, &group.labels, &group.terms)).collect();
        assert_eq!(groups, [("own", &vec!["本级".to_owned()], &vec!["spent".to_owned()])]);
        let parts: Vec<_> = section.parts.iter().map(|part| (&*part.field, &*part.term)).collect();
        assert_eq!(parts, [("central", "budget")]);
        let ranges = section.ranges.as_ref().map(|ranges| (&ranges.labels[..], &*ranges.low, &*ranges.high));
        assert_eq!(ranges, Some((&["区间%".to_owned()][..], "low", "high")));
        assert_eq!(section.units, [("万元".to_owned(), vec![("budget".to_owned(), "spent".to_owned())])]);
        assert_eq!((&*layout.recipes[0].result, &*layout.recipes[0].form), ("spent", "share"));
        assert_eq!(
            (&layout.statements[0].terms[..], &layout.statements[0].labels),
            (&["budget".to_owned()][..], &labels("预算为"))
        );
    }

    #[test]
    fn a_term_that_there_is_not_is_shown_wherever_it_is_named() {
        for right in [
            "needs = [\"budget\"]",
            "may = [\"spent\"]",
            "terms = [\"spent\"]",
            "term = \"budget\"",
            "low = \"low\"",
            "high = \"high\"",
            "budget = \"spent\"",
            "result = \"spent\"",
            "terms = [\"budget\"]",
        ] {
            let (field, _) = right.split_once('=').unwrap();
            let name = right.split('"').nth(1).unwrap();
            let wrong = SECTIONS.replacen(right, &right.replace(&format!("\"{name}\""), "\"gone\""), 1);
            let fault = read(&wrong).unwrap_err();
            let (source, span) = fault.place.clone().unwrap();
            let told = (fault.code, &*fault.message.en, source.slice(span));
            assert_eq!(told, ("sections/invalid", "there is no term `gone`", "\"gone\""), "{field}");
        }
    }
}
