//! Wrong check files are pointed into, each mistake at its place.

use super::*;

fn faults(text: &str) -> Vec<(String, String)> {
    let source = Arc::new(Source::new("checks.toml", text));
    let mut faults = Faults::default();
    load(&source, &mut faults);
    let faults = faults.finish();
    faults
        .iter()
        .map(|fault| {
            (
                fault.code.to_owned(),
                fault.place.as_ref().map_or(String::new(), |(source, span)| source.slice(*span).to_owned()),
            )
        })
        .collect()
}

#[test]
fn three_lines_are_a_check() {
    let source = Arc::new(Source::new("checks.toml", VALID));
    let mut faults = Faults::default();
    let checks = load(&source, &mut faults);
    assert_eq!(faults.count(), 0, "{faults:?}");
    assert_eq!(checks.len(), 1);
    assert_eq!(checks[0].rule.title.en, "net + vat = gross");
}

#[test]
fn faults_point_at_what_is_wrong() {
    let check = |body: &str| format!("[[check]]\nid = \"a/b\"\nfor = [\"x\"]\n{body}");
    let one = |code: &str, at: &str| vec![(code.to_owned(), at.to_owned())];
    assert_eq!(faults(&check("requier = \"x = 1\"\nrequire = \"x = 1\"")), one("check/unknown-field", "requier"));
    assert_eq!(faults(&check("require = \"x = = 1\"")), one("check/expression", "="));
    assert_eq!(faults(&check("require = \"x / 0 = 1\"")), one("check/zero-divisor", "0"));
    for hidden in ["r[x / 0 = 1].x = 1", "x / 0 in (1, 2)", "x in (1, x / 0)", "not -abs(x / 0) = 1"] {
        assert_eq!(faults(&check(&format!("require = \"{hidden}\""))), one("check/zero-divisor", "0"), "{hidden}");
    }
    assert_eq!(faults(&check("require = \"x = 1\"\nseverity = \"bad\"")), one("check/type", "\"bad\""));
    // Where an escape makes the text another than what stands there, all of it is pointed at.
    assert_eq!(
        faults(&check("require = \"\\u4e00 + 一 / 0 = x\"")),
        one("check/zero-divisor", "\"\\u4e00 + 一 / 0 = x\"")
    );
    assert_eq!(faults(&check("require = '''\nx / 0 = 一'''")), one("check/zero-divisor", "0"));
    let long = format!("一{}", " + 一".repeat(600));
    assert_eq!(faults(&check(&format!("require = \"{long}\""))), one("check/expression", &long));
    // As large as can be, a name counted as what it stands for.
    let sized = |name: &str, require: &str| {
        let sum = format!("{name}{}", " + x".repeat(498));
        faults(&check(&format!("require = \"{require}\"\nlet.a = \"{sum}\"\nlet.b = \"y\"")))
    };
    assert_eq!(sized("x", "a = 1"), []);
    assert_eq!(sized("x", "b = 1"), []);
    assert_eq!(sized("-x", "a = 1")[0].0, "check/too-large");
    assert_eq!(sized("x", "a = a")[0].0, "check/too-large");
    let named = |last: &str| {
        faults(&check(&format!("require = \"y = 1\"\nlet.a = \"x{}\"\nlet.b = \"{last}\"", " + x".repeat(499))))
    };
    assert_eq!(named("a"), []);
    assert_eq!(named("-a")[0].0, "check/too-large");
    let each =
        format!("[[check]]\nid = \"a\"\neach = \"r[a = a]\"\nrequire = \"y = 1\"\nlet.a = \"x{}\"", " + x".repeat(400));
    assert_eq!(faults(&each)[0].0, "check/too-large", "the path to the records too");
    let table = "{id = \"一 二三四五六\", for = [\"x\"], require = \"x = 1\"}";
    assert_eq!(faults(&format!("check = [{table}]")), one("check/id", table));
    assert_eq!(faults(&check("")).first().map(|fault| fault.0.clone()), Some("check/require".into()));
    let broken: Vec<String> = faults("[[check]\nid = 1").into_iter().map(|fault| fault.0).collect();
    assert_eq!(broken, ["check/syntax"], "what is left of a broken file is not blamed");
}

#[test]
fn every_field_takes_what_it_is_for() {
    let check = |body: &str| format!("[[check]]\nid = \"a/b\"\neach = \"x\"\nrequire = \"y = 1\"\n{body}");
    for right in [
        "severity = \"error\"",
        "severity = \"warning\"",
        "severity = \"note\"",
        "rounding = \"half\"",
        "rounding = \"result\"",
        "rounding = \"exact\"",
        "missing = \"ignore\"",
        "missing = \"warn\"",
        "blank = \"zero\"",
        "blank = \"unknown\"",
        "decision = true",
        "within = \"0.01\"",
        "let.z = \"y\"",
        "title = \"one\"",
        "message.en = \"one\"",
        "example.holds = \"{}\"",
        "more = [{ holds = \"{}\", breaks = \"{}\", breaks-at = \"/y\" }]",
    ] {
        assert_eq!(faults(&check(right)), [], "{right}");
    }
    for (field, wrong) in [
        ("severity", "\"bad\""),
        ("rounding", "\"up\""),
        ("missing", "\"maybe\""),
        ("blank", "\"none\""),
        ("decision", "1"),
        ("within", "\"little\""),
        ("let", "\"y\""),
        ("title", "1"),
        ("when", "1"),
        ("example", "\"{}\""),
        ("more", "\"{}\""),
        ("example.holds", "1"),
    ] {
        let found = faults(&check(&format!("{field} = {wrong}")));
        assert_eq!(found, [("check/type".to_owned(), wrong.to_owned())], "{field}");
    }
    let code = |text: &str| faults(text).into_iter().map(|fault| fault.0).collect::<Vec<_>>();
    assert_eq!(code(""), ["check/empty"]);
    assert_eq!(code("check = [1]"), ["check/type"]);
    for unknown in ["example.hold = \"{}\"", "title.de = \"eins\""] {
        assert_eq!(code(&check(unknown)), ["check/unknown-field"], "{unknown}");
    }
    assert_eq!(code("chek = 1"), ["check/unknown-field"]);
}

#[test]
fn fields_go_together_or_not() {
    let code = |id: &str, body: &str| -> Vec<String> {
        faults(&format!("[[check]]\nid = \"{id}\"\n{body}")).into_iter().map(|fault| fault.0).collect()
    };
    let (each, require) = ("each = \"x\"\n", "require = \"y = 1\"\n");
    for id in ["a", "a/b", "a-1/b-2", "甲/乙"] {
        assert_eq!(code(id, &format!("{each}{require}")), [""; 0], "{id}");
    }
    for id in ["", "A/b", "a//b", "a/", "a b", "a_b", "a/。"] {
        assert_eq!(code(id, &format!("{each}{require}")), ["check/id"], "{id}");
    }
    assert_eq!(code("a", require), ["check/scope"]);
    assert_eq!(code("a", &format!("{each}for = [\"y\"]\n{require}")), ["check/scope"]);
    assert_eq!(code("a", each), ["check/require"]);
    let reading = "reading.p = \"y = 1\"\nreading.q = \"y = 2\"\n";
    assert_eq!(code("a", &format!("{each}{reading}")), [""; 0]);
    assert_eq!(code("a", &format!("{each}{require}{reading}")), ["check/require"]);
    let agree = "agree = [\"term\"]\n";
    assert_eq!(code("a", &format!("{agree}for = [\"y\"]\namong = [\"x\"]")), [""; 0]);
    assert_eq!(code("a", &format!("{agree}for = \"y\"\namong = \"x\"")), [""; 0], "one may stand without brackets");
    for more in [each, require, "when = \"y = 1\"", "let.z = \"y\""] {
        assert_eq!(code("a", &format!("{agree}{more}")), ["check/scope"], "{more}");
    }
    assert_eq!(code("a", &format!("{each}{require}among = [\"x\"]")), ["check/scope"]);
}

fn loaded(body: &str) -> Check {
    let source = Arc::new(Source::new(
        "checks.toml",
        format!("[[check]]\nid = \"a/b\"\neach = \"x\"\nrequire = \"y = 1\"\n{body}"),
    ));
    let mut faults = Faults::default();
    let check = load(&source, &mut faults).pop();
    assert_eq!(faults.count(), 0, "{faults:?}");
    check.unwrap()
}

#[test]
fn what_is_declared_is_what_the_check_has() {
    let title = |body: &str| {
        let title = loaded(body).rule.title.clone();
        (title.en, title.zh)
    };
    let pair = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
    assert_eq!(title("title = \"one\""), pair("one", "one"));
    assert_eq!(title("title.en = \"one\""), pair("one", "one"));
    assert_eq!(title("title.zh = \"一\""), pair("一", "一"));
    assert_eq!(title("title.zh = \"一\"\ntitle.en = \"one\""), pair("one", "一"));
    let because = loaded("because = { en = \"why\", zh = \"缘由\" }").rule.because.clone();
    assert_eq!((because.en, because.zh), pair("why", "缘由"));
    let names: Vec<String> = loaded("let.z = \"y\"\nlet.a = \"z\"").lets.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["z", "a"], "in the order of the file: a name may stand for one before it");
    let severity = |name: &str| loaded(&format!("severity = \"{name}\"")).rule.severity;
    assert_eq!(["error", "warning", "note"].map(severity), [Severity::Error, Severity::Warning, Severity::Note]);
    let rounding = |name: &str| loaded(&format!("rounding = \"{name}\"")).settings.rounding;
    assert_eq!(["half", "result", "exact"].map(rounding), [Rounding::Half, Rounding::Result, Rounding::Exact]);
    let shown = loaded(
        "example.breaks = \"1\"\nexample.breaks-at = \"/y\"\nmore = [{ breaks = \"2\", holds = \"3\", breaks-at = \"/z\" }]",
    );
    let examples: Vec<_> =
        shown.examples.iter().map(|each| (each.holds, each.json.as_str(), each.at.as_deref())).collect();
    assert_eq!(examples, [(false, "1", Some("/y")), (false, "2", Some("/z")), (true, "3", None)]);
    assert!(loaded("").is_promise() && !loaded("missing = \"ignore\"").is_promise());
    let asked = Check { scope: Scope::For(vec!["y".into()]), ..loaded("") };
    assert!(!asked.is_promise(), "records are found by what they have");
    assert!(loaded("decision = true").rule.decision && !loaded("").rule.decision);
    assert!(loaded("missing = \"ignore\"").missing_ignored && loaded("blank = \"zero\"").blank_is_zero);
    assert!(!loaded("missing = \"warn\"").missing_ignored && !loaded("blank = \"unknown\"").blank_is_zero);
}

#[test]
fn where_an_expression_ends_too_early_its_end_is_shown() {
    let text = "[[check]]\nid = \"a/b\"\neach = \"x\"\nrequire = \"y +\"";
    assert_eq!(faults(text), [("check/expression".to_owned(), "\"".to_owned())]);
    let message = |text: &str| {
        let source = Arc::new(Source::new("checks.toml", text));
        let mut faults = Faults::default();
        load(&source, &mut faults);
        let message = faults.finish().remove(0).message;
        (message.en, message.zh)
    };
    let pair = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
    let due = "a name, a number or `(` was expected here, found";
    assert_eq!(message(text), pair(&format!("{due} the end"), "此处应为名称、数字或“(”，实为结尾"));
    assert_eq!(message(&text.replace("y +", "+")), pair(&format!("{due} `+`"), "此处应为名称、数字或“(”，实为“+”"));
    assert_eq!(
        faults(&text.replace("\"y +\"", "'''y / 0 = 1'''")),
        [("check/zero-divisor".to_owned(), "0".to_owned())]
    );
}

#[test]
fn a_name_that_is_nearly_known_is_asked_about() {
    assert_eq!(nearest("requier", &FIELDS), Some("require"));
    assert_eq!(nearest("requires", &FIELDS), Some("require"));
    assert_eq!(nearest("remark", &FIELDS), None);
    // One letter may be wrong, and one more for every four.
    assert_eq!((nearest("sun", &["sum"]), nearest("son", &["sum"])), (Some("sum"), None));
    assert_eq!((nearest("maen", &["min", "mean"]), nearest("meow", &["mean"])), (Some("mean"), Some("mean")));
    assert_eq!(nearest("noon", &["mean"]), None);
    assert_eq!(nearest("x", &[]), None);
}

#[test]
fn twenty_faults_are_told_and_the_rest_counted() {
    let codes = |count: usize| {
        let fields: String = (0..count).map(|at| format!("n{at} = 1\n")).collect();
        faults(&fields).into_iter().map(|fault| fault.0).collect::<Vec<_>>()
    };
    assert_eq!(codes(20), ["check/unknown-field"; 20]);
    let many = codes(21);
    assert_eq!((many.len(), many.last().map(String::as_str)), (21, Some("check/more-faults")));
    assert_eq!(codes(40).len(), 21);
}
