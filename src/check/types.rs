//! Looks at a check before it meets any data: functions, names and units.

use super::declaration::{Check, Scope};
use super::draft::FUNCTIONS;
use super::load::nearest;
use super::syntax::{Expr, Node, Operator, Step};
use crate::fault::Fault;
use crate::figure::Dimension;
use crate::source::Span;
use crate::term::Vocabulary;

/// What is wrong with a check.
#[must_use]
pub fn faults(check: &Check, vocabulary: &Vocabulary) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut say = |needle: &str, code: &'static str, en: String, zh: String| {
        found.push(Fault::new(code, en, zh).at(&check.source, place(check, needle)));
    };
    if let (true, Scope::For(names)) = (vocabulary.closed, &check.scope) {
        let known: Vec<&str> = vocabulary.terms().iter().map(|term| term.name.as_str()).collect();
        for name in names.iter().filter(|name| vocabulary.term(name).is_none()) {
            let meant = nearest(name, &known);
            let en = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
            let zh = meant.map_or(String::new(), |meant| format!("；是否为 `{meant}`？"));
            say(
                name,
                "check/unknown-term",
                format!("`{name}` is no term of this pack{en}"),
                format!("`{name}` 不是本公式集的术语{zh}"),
            );
        }
    }
    let lets = check.lets.iter().map(|(_, expr)| expr);
    for expr in check.readings.iter().map(|reading| &reading.expr).chain(&check.when).chain(lets) {
        expr.each(&mut |part| match &part.node {
            Node::Call(name, arguments) => match FUNCTIONS.iter().find(|(known, _)| known == name) {
                None => {
                    let known: Vec<&str> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
                    let meant = nearest(name, &known).map_or_else(|| known.join(", "), str::to_owned);
                    say(
                        name,
                        "check/unknown-function",
                        format!("there is no function `{name}`; try {meant}"),
                        format!("没有函数 `{name}`；可用：{meant}"),
                    );
                }
                Some((_, wanted)) if !wanted.contains(&arguments.len()) => {
                    let (least, most) = (wanted.start(), wanted.end());
                    say(
                        name,
                        "check/arguments",
                        format!("`{name}` takes {least} to {most} arguments, not {}", arguments.len()),
                        format!("`{name}` 需要 {least}–{most} 个参数，实为 {}", arguments.len()),
                    );
                }
                Some(_) => {}
            },
            Node::Binary(operator, left, right)
                if operator.compares() || matches!(operator, Operator::Add | Operator::Subtract) =>
            {
                if let (Some((left, first)), Some((right, second))) =
                    (measure(left, vocabulary), measure(right, vocabulary))
                    && first != second
                {
                    say(
                        &right,
                        "check/unlike-units",
                        format!("`{left}` and `{right}` are measured in unlike units"),
                        format!("`{left}` 与 `{right}` 的计量单位不同类"),
                    );
                }
            }
            _ => {}
        });
    }
    found
}

/// Name and dimension of an expression that is a plain term.
fn measure(expr: &Expr, vocabulary: &Vocabulary) -> Option<(String, Dimension)> {
    let name = match &expr.node {
        Node::Path(path) => match path.steps.last() {
            None => &path.first,
            Some(Step::Field(name)) => name,
            Some(_) => return None,
        },
        Node::Binary(Operator::Add | Operator::Subtract, left, _) => return measure(left, vocabulary),
        _ => return None,
    };
    let term = vocabulary.term(name)?;
    Some((name.clone(), term.unit?.dimension))
}

/// The first place in a check's text that names something.
fn place(check: &Check, needle: &str) -> Span {
    let start = check.span.start as usize;
    let end = check.source.text()[start..].find("\n[[check]]").map_or(check.source.text().len(), |next| start + next);
    match check.source.text()[start..end].rfind(needle) {
        Some(at) => Span::new(start + at, start + at + needle.len()),
        None => check.span,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::pack::compile;
    use crate::fault::Fault;

    fn faults(checks: &str) -> Vec<Fault> {
        let files = |name: &str| {
            Ok(match name {
                "pack.toml" => {
                    Some("title = { en = \"t\", zh = \"t\" }\nfiles = [\"a.toml\"]\nvocabulary = \"closed\"".to_owned())
                }
                "terms.toml" => Some(
                    "[term.money]\nkind = \"amount\"\nunit = \"万元\"\n[term.people]\nkind = \"count\"\nunit = \"人\""
                        .to_owned(),
                ),
                "sections.toml" => None,
                _ => Some(checks.to_owned()),
            })
        };
        compile("t", "checks/t", &files).faults
    }

    fn codes(check: &str) -> Vec<(&'static str, String)> {
        let at =
            |fault: &Fault| fault.place.as_ref().map_or(String::new(), |(source, span)| source.slice(*span).to_owned());
        let faults = faults(&format!("[[check]]\nid = \"a/b\"\n{check}"));
        faults.iter().map(|fault| (fault.code, at(fault))).collect()
    }

    /// Where the faults start.
    fn places(checks: &str) -> Vec<usize> {
        faults(checks).iter().filter_map(|fault| Some(fault.place.as_ref()?.1.start as usize)).collect()
    }

    #[test]
    fn wrong_checks_are_told_before_they_meet_data() {
        assert_eq!(
            codes("for = [\"money\"]\nrequire = \"money = people\""),
            [("check/unlike-units", "people".to_owned())]
        );
        assert_eq!(codes("for = [\"mony\"]\nrequire = \"money = 1\""), [("check/unknown-term", "mony".to_owned())]);
        assert_eq!(
            codes("for = [\"money\"]\nrequire = \"summ(money) = 1\""),
            [("check/unknown-function", "summ".to_owned())]
        );
        assert_eq!(
            codes("for = [\"money\"]\nrequire = \"abs(money, 1) = 1\""),
            [("check/arguments", "abs".to_owned())]
        );
        assert_eq!(codes("for = [\"money\"]\nrequire = \"money > 0\""), []);
        assert_eq!(codes("for = [\"money\"]\nrequire = \"sum() = 1\""), [("check/arguments", "sum".to_owned())]);
        assert_eq!(
            codes("for = [\"money\"]\nrequire = \"money - people = 1\""),
            [("check/unlike-units", "people".to_owned())]
        );
        assert_eq!(codes("for = [\"money\"]\nrequire = \"money / people > 0 or money * people > 0\""), []);
        for sum in ["money + 1", "money - money", "money + money - 2"] {
            let found = codes(&format!("for = [\"money\"]\nrequire = \"{sum} = people\""));
            assert_eq!(found, [("check/unlike-units", "people".to_owned())], "{sum}");
        }
    }

    #[test]
    fn what_is_wrong_is_shown_in_the_check_that_it_is_wrong_in() {
        let check =
            |id: &str, require: &str| format!("[[check]]\nid = \"a/{id}\"\neach = \"x\"\nrequire = \"{require}\"");
        let right = check("right", "people > 0");
        let wrong = check("wrong", "money = people");
        let at = |checks: [&String; 3]| {
            let text = checks.map(String::as_str).join("\n");
            let found = places(&text);
            let behind: Vec<&str> = found.iter().map(|start| &text[..*start]).collect();
            behind.iter().map(|text| text.matches("[[check]]").count()).collect::<Vec<_>>()
        };
        assert_eq!(at([&wrong, &right, &right.replace("right", "other")]), [1]);
        assert_eq!(at([&right, &wrong, &right.replace("right", "other")]), [2]);
        assert_eq!(at([&right, &right.replace("right", "other"), &wrong]), [3]);
    }

    #[test]
    fn an_id_is_used_once() {
        let check = "for = [\"money\"]\nrequire = \"money > 0\"\n[[check]]\nid = \"a/b\"\nfor = [\"money\"]\nrequire = \"money > 1\"";
        assert_eq!(codes(check).first().map(|fault| fault.0), Some("check/duplicate-id"));
    }
}
