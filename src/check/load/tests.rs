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
    let table = "{id = \"一 二三四五六\", for = [\"x\"], require = \"x = 1\"}";
    assert_eq!(faults(&format!("check = [{table}]")), one("check/id", table));
    assert_eq!(faults(&check("")).first().map(|fault| fault.0.clone()), Some("check/require".into()));
    assert_eq!(faults("[[check]\nid = 1").first().map(|fault| fault.0.clone()), Some("check/syntax".into()));
}
