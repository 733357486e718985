//! What words mean: a label, or the words that name a figure, as a term and the axes it is of.

use foldhash::{HashMap, HashSet};

use crate::term::{Vocabulary, plain};

/// The words of a vocabulary, each once.
pub struct Lexicon<'a> {
    /// Terms by their plain labels.
    terms: HashMap<String, Vec<&'a str>>,
    /// Axis and value by their plain labels.
    axes: HashMap<String, Vec<(&'a str, &'a str)>>,
    /// The plain labels of each term.
    labels: HashMap<&'a str, Vec<String>>,
    /// The longest label, in bytes.
    longest: usize,
    /// The letters that labels end with.
    ends: HashSet<char>,
}

/// What words were found to mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meaning<'a> {
    /// The term.
    pub term: Option<&'a str>,
    /// Axes and their values, the last said first.
    pub axes: Vec<(&'a str, &'a str)>,
    /// Bytes of the plain words that were understood, from their end.
    pub understood: usize,
}

/// The terms that words may mean where they stand, and what they are called there only.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The terms; none: any.
    pub terms: Option<&'a [String]>,
    /// Further labels, in plain words.
    pub labels: &'a [(String, Vec<String>)],
    /// The further labels are the only ones.
    pub only: bool,
}

impl<'a> Lexicon<'a> {
    /// The words of a vocabulary.
    #[must_use]
    pub fn new(vocabulary: &'a Vocabulary) -> Self {
        let mut terms: HashMap<String, Vec<&'a str>> = HashMap::default();
        let mut axes: HashMap<String, Vec<(&'a str, &'a str)>> = HashMap::default();
        let mut labels: HashMap<&'a str, Vec<String>> = HashMap::default();
        for term in vocabulary.terms() {
            labels.insert(&term.name, term.labels.iter().map(|label| plain(label)).collect());
            for label in &term.labels {
                let known = terms.entry(plain(label)).or_default();
                if !known.contains(&term.name.as_str()) {
                    known.push(&term.name);
                }
            }
        }
        for axis in &vocabulary.axes {
            for (label, value) in &axis.labels {
                axes.entry(plain(label)).or_default().push((&axis.name, value));
            }
        }
        let longest = terms.keys().chain(axes.keys()).map(String::len).max().unwrap_or(0);
        let ends = terms.keys().chain(axes.keys()).filter_map(|label| label.chars().next_back()).collect();
        Self { terms, axes, labels, longest, ends }
    }

    /// The plain labels of a term.
    #[must_use]
    pub fn labels(&self, term: &str) -> &[String] {
        self.labels.get(term).map_or(&[], Vec::as_slice)
    }

    /// The only term of a label, among those that the scope allows.
    fn term(&self, words: &str, scope: Scope<'a>) -> Option<&'a str> {
        let allowed = |name: &str| scope.terms.is_none_or(|terms| terms.iter().any(|term| term == name));
        let local =
            |(name, labels): &&(String, Vec<String>)| allowed(name) && labels.iter().any(|label| label == words);
        if let Some((name, _)) = scope.labels.iter().find(local) {
            return Some(name);
        }
        if scope.only {
            return None;
        }
        let mut found = self.terms.get(words)?.iter().filter(|name| allowed(name));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// What plain words mean, read from their end: a term and the axes around it, as many of the words as can be
    /// understood.
    #[must_use]
    pub fn meaning(&self, words: &str, scope: Scope<'a>) -> Meaning<'a> {
        self.read(words, scope, false, 4)
    }

    fn read(&self, words: &str, scope: Scope<'a>, named: bool, depth: u8) -> Meaning<'a> {
        let mut best = Meaning::default();
        // Most words end as no label does.
        let end = words.chars().next_back();
        let local_end =
            |letter| scope.labels.iter().flat_map(|(_, labels)| labels).any(|label| label.ends_with(letter));
        if depth == 0 || end.is_none_or(|letter| !self.ends.contains(&letter) && !local_end(letter)) {
            return best;
        }
        let local = scope.labels.iter().flat_map(|(_, labels)| labels).map(String::len).max().unwrap_or(0);
        let from = words.len().saturating_sub(self.longest.max(local));
        for at in (from..words.len()).filter(|at| words.is_char_boundary(*at)) {
            let (head, tail) = words.split_at(at);
            if !named && let Some(term) = self.term(tail, scope) {
                let rest = self.read(head, scope, true, depth - 1);
                best.improve(Meaning { term: Some(term), axes: rest.axes, understood: tail.len() + rest.understood });
            }
            for (axis, value) in self.axes.get(tail).into_iter().flatten() {
                let mut rest = self.read(head, scope, named, depth - 1);
                if rest.axes.iter().all(|(known, _)| known != axis) {
                    rest.axes.insert(0, (axis, value));
                    rest.understood += tail.len();
                    best.improve(rest);
                }
            }
        }
        best
    }

    /// The value of an axis whose label stands anywhere in the words; the longest label counts.
    #[must_use]
    pub fn value(&self, axis: &str, words: &str) -> Option<&'a str> {
        let labels = self.axes.iter().flat_map(|(label, values)| values.iter().map(move |value| (label, value)));
        let found = labels.filter(|(label, (name, _))| *name == axis && words.contains(label.as_str()));
        found.max_by_key(|(label, (_, value))| (label.len(), *value)).map(|(_, (_, value))| *value)
    }
}

impl Meaning<'_> {
    /// Takes the other if it understands more; of two alike, the one that is a term.
    fn improve(&mut self, other: Self) {
        let weight = |meaning: &Self| (meaning.understood, meaning.term.is_some());
        if weight(&other) > weight(self) {
            *self = other;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Bilingual;
    use crate::figure::Kind;
    use crate::term::{Axis, Content, Term};

    fn term(name: &str, labels: &[&str]) -> Term {
        Term {
            name: name.into(),
            content: Content::Figure(Kind::Amount),
            unit: None,
            nature: None,
            direction: None,
            can_be_negative: true,
            decimals: None,
            blank_is_zero: false,
            subject: name.into(),
            axes: Vec::new(),
            default: Vec::new(),
            label: Bilingual::default(),
            labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        }
    }

    fn vocabulary() -> Vocabulary {
        let terms = vec![
            term("spending", &["支出", "支出决算数"]),
            term("project_spending", &["项目支出"]),
            term("weight", &["权重"]),
            term("share", &["权重"]),
        ];
        let labels = [("年初预算数", "initial"), ("预算数", "initial"), ("决算数", "final")];
        let labels = labels.map(|(label, value)| (label.to_owned(), value.to_owned())).to_vec();
        let axis = Axis { name: "basis".into(), default: None, values: Vec::new(), labels };
        Vocabulary::new(terms, vec![axis])
    }

    fn meaning(words: &str, allowed: Option<&[String]>) -> (Option<String>, Vec<(String, String)>) {
        let vocabulary = vocabulary();
        let lexicon = Lexicon::new(&vocabulary);
        let meaning = lexicon.meaning(words, Scope { terms: allowed, labels: &[], only: false });
        let axes = meaning.axes.iter().map(|(axis, value)| ((*axis).into(), (*value).into())).collect();
        (meaning.term.map(str::to_owned), axes)
    }

    #[test]
    fn a_label_is_a_term_and_the_axes_beside_it() {
        let basis = |value: &str| vec![("basis".to_owned(), value.to_owned())];
        assert_eq!(meaning("项目支出", None), (Some("project_spending".into()), Vec::new()));
        assert_eq!(meaning("项目支出决算数", None), (Some("project_spending".into()), basis("final")));
        assert_eq!(meaning("支出决算数", None).0, Some("spending".into()));
        assert_eq!(meaning("年初预算数项目支出", None), (Some("project_spending".into()), basis("initial")));
        assert_eq!(meaning("决算数", None), (None, basis("final")));
        assert_eq!(meaning("别的", None), (None, Vec::new()));
    }

    #[test]
    fn a_label_of_two_terms_is_one_only_where_one_is_allowed() {
        assert_eq!(meaning("权重", None).0, None);
        assert_eq!(meaning("权重", Some(&["share".to_owned()])).0, Some("share".into()));
    }

    #[test]
    fn the_longest_label_of_an_axis_says_its_value() {
        let vocabulary = vocabulary();
        let lexicon = Lexicon::new(&vocabulary);
        assert_eq!(lexicon.value("basis", "表2年初预算数情况"), Some("initial"));
        assert_eq!((lexicon.value("basis", "表2"), lexicon.value("fund", "决算数")), (None, None));
    }
}
