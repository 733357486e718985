//! Looks at checks that are right for what is of no use in them: what cannot bind, what nothing names,
//! what is said twice.

use std::collections::{BTreeSet, HashMap};

use super::declaration::{Check, Scope};
use super::syntax::{Expr, Node, Step};
use crate::fault::Fault;
use crate::term::Vocabulary;

/// The names of the fields of one object, as a schema describes it.
pub type Shape = BTreeSet<String>;

/// What is of no use in checks, by the objects that the schemas of their documents describe; without
/// any, nothing is said of what can bind.
#[must_use]
pub fn lint(checks: &[Check], vocabulary: &Vocabulary, shapes: &[Shape]) -> Vec<Fault> {
    let mut found = Vec::new();
    let known: BTreeSet<&str> = shapes.iter().flatten().map(String::as_str).collect();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut meanings: HashMap<String, &Check> = HashMap::new();
    for check in checks {
        let mut say = |code, en: String, zh: String| {
            found.push(Fault::new(code, en, zh).at(&check.source, check.span));
        };
        let id = &check.rule.id;
        let names = names(check);
        for (name, _) in check.lets.iter().filter(|(name, _)| !names.contains(name)) {
            say("lint/unused-let", format!("{id}: `let.{name}` is not used"), format!("{id}：let.{name} 未被使用"));
        }
        let is_let = |name: &str| check.lets.iter().any(|(known, _)| known == name);
        if !shapes.is_empty() {
            for name in &names {
                if !known.contains(name.as_str()) && !is_let(name) && !vocabulary.is_context(name) {
                    say(
                        "lint/cannot-bind",
                        format!("{id}: no schema has a field `{name}`"),
                        format!("{id}：任何 schema 中都没有字段 `{name}`"),
                    );
                }
            }
            if let Scope::For(names) = &check.scope
                && !shapes.iter().any(|shape| names.iter().all(|name| shape.contains(name)))
            {
                let list = names.join(", ");
                say(
                    "lint/cannot-bind",
                    format!("{id}: no schema has an object with all of {list}"),
                    format!("{id}：任何 schema 中都没有同时具备 {list} 的对象"),
                );
            }
        }
        if let Some(first) = meanings.insert(meaning(check), check) {
            let other = &first.rule.id;
            say("lint/same-meaning", format!("{id} asks the same as {other}"), format!("{id} 与 {other} 的要求相同"));
        }
        used.extend(names);
    }
    let unused = vocabulary.terms().iter().filter(|term| {
        ![&term.name, &term.subject].into_iter().any(|name| used.contains(name) || known.contains(name.as_str()))
    });
    found.extend(unused.map(|term| {
        let name = &term.name;
        Fault::new(
            "lint/unused-term",
            format!("no check and no schema names the term `{name}`"),
            format!("没有任何审核公式或 schema 使用术语 `{name}`"),
        )
    }));
    found
}

/// All names of fields that a check uses, and of its `let`s.
fn names(check: &Check) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |expr: &Expr| {
        expr.each(&mut |part| {
            let Node::Path(path) = &part.node else { return };
            if !matches!(path.first.as_str(), "this" | "root" | "parent" | "prev" | "next") {
                names.insert(path.first.clone());
            }
            names.extend(path.steps.iter().filter_map(|step| match step {
                Step::Field(name) => Some(name.clone()),
                _ => None,
            }));
        });
    };
    check.lets.iter().for_each(|(_, expr)| add(expr));
    check.when.iter().for_each(&mut add);
    check.readings.iter().for_each(|reading| add(&reading.expr));
    match &check.scope {
        Scope::Each(expr) => add(expr),
        Scope::Agree(agreement) => {
            agreement.among.iter().for_each(&mut add);
            names.extend(agreement.terms.iter().cloned());
        }
        Scope::For(fields) => names.extend(fields.iter().cloned()),
    }
    names
}

/// What a check asks of which records, whatever it is called and however it is set out.
fn meaning(check: &Check) -> String {
    let readings: Vec<&Expr> = check.readings.iter().map(|reading| &reading.expr).collect();
    let whole = format!("{:?} {:?} {:?} {readings:?} {:?}", check.scope, check.lets, check.when, check.settings);
    // Where a part stands in the text of the check is no part of its meaning.
    let mut parts = whole.split("range: ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.trim_start_matches(|each: char| each.is_ascii_digit() || each == '.'))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Shape, lint};
    use crate::check::faults::Faults;
    use crate::check::load;
    use crate::check::terms;
    use crate::fault::Fault;
    use crate::source::Source;

    fn codes(text: &str, shapes: &[&[&str]]) -> Vec<&'static str> {
        told("", text, shapes).iter().map(|fault| fault.code).collect()
    }

    fn told(terms: &str, text: &str, shapes: &[&[&str]]) -> Vec<Fault> {
        let source = |text: &str| Arc::new(Source::new("a.toml", text));
        let mut faults = Faults::default();
        let checks = load(&source(text), &mut faults);
        assert_eq!(faults.count(), 0, "{faults:?}");
        let shapes: Vec<Shape> =
            shapes.iter().map(|shape| shape.iter().map(|name| (*name).to_owned()).collect()).collect();
        lint(&checks, &terms::load(&source(terms)).unwrap(), &shapes)
    }

    const PLAIN: &str = "[[check]]\nid = \"a/b\"\nfor = [\"net\", \"vat\"]\nrequire = \"net > vat\"\n";

    #[test]
    fn what_is_of_no_use_is_told() {
        assert_eq!(codes(PLAIN, &[&["net", "vat"]]), [""; 0]);
        assert_eq!(codes(PLAIN, &[]), [""; 0], "without a schema nothing is known of what can bind");
        assert_eq!(codes(PLAIN, &[&["net"], &["vat"]]), ["lint/cannot-bind"], "no object has both");
        let twice = format!("{PLAIN}{}", PLAIN.replace("a/b", "a/c").replace("net > vat", "net  >  vat"));
        assert_eq!(codes(&twice, &[]), ["lint/same-meaning"]);
        let other = format!("{PLAIN}{}", PLAIN.replace("a/b", "a/c").replace("net > vat", "net >= vat"));
        assert_eq!(codes(&other, &[]), [""; 0]);
        assert_eq!(codes(&format!("{PLAIN}let.x = \"net\"\n"), &[]), ["lint/unused-let"]);
        assert_eq!(codes(&format!("{PLAIN}let.x = \"net\"\nwhen = \"x > 0\"\n"), &[]), [""; 0]);
        assert_eq!(codes(&PLAIN.replace("net > vat", "net > tax"), &[&["net", "vat"]]), ["lint/cannot-bind"]);
    }

    #[test]
    fn a_name_is_of_use_wherever_it_stands() {
        let sum = format!("{PLAIN}let.x = \"net\"\nlet.y = \"x + vat\"\nwhen = \"y > 0\"\n");
        assert_eq!(codes(&sum, &[&["net", "vat"]]), [""; 0], "in what another name stands for");
        let named = format!("{PLAIN}let.x = \"net\"\nwhen = \"x > 0\"\n");
        assert_eq!(codes(&named, &[&["net", "vat"]]), [""; 0], "a name for a path is no field");
        let each = |require: &str| format!("[[check]]\nid = \"a/b\"\neach = \"rows[*]\"\nrequire = \"{require}\"\n");
        assert_eq!(codes(&each("this.net > 0"), &[&["rows"], &["net"]]), [""; 0]);
        assert_eq!(codes(&each("this.net > 0"), &[&["rows"]]), ["lint/cannot-bind"], "behind a point");
        assert_eq!(codes(&each("net > 0"), &[&["net"]]), ["lint/cannot-bind"], "in the path to the records");
        let agree = "[[check]]\nid = \"a/b\"\nagree = [\"term\"]\nfor = [\"net\"]\namong = [\"rows[*]\"]\n";
        assert_eq!(codes(agree, &[&["rows", "net"]]), [""; 0]);
        assert_eq!(codes(agree, &[&["rows"]]), ["lint/cannot-bind"], "among the terms that must agree");
        assert_eq!(codes(agree, &[&["net"]]), ["lint/cannot-bind"], "where they must agree");
    }

    #[test]
    fn a_term_that_nothing_names_is_told() {
        let terms = "[term.net]\n[term.vat]\n[term.net-before]\nis = \"net\"\n[term.tax]\n";
        let unused = |shapes: &[&[&str]]| {
            let told = told(terms, PLAIN, shapes);
            told.iter().map(|fault| (fault.code, fault.message.en.clone())).collect::<Vec<_>>()
        };
        let tax = ("lint/unused-term", "no check and no schema names the term `tax`".to_owned());
        assert_eq!(unused(&[]), std::slice::from_ref(&tax), "what is `net` before is so by the name of `net`");
        assert_eq!(unused(&[&["net", "vat"]]), [tax]);
        assert_eq!(unused(&[&["net", "vat"], &["tax"]]), []);
    }
}
