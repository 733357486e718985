//! Paths that lead to nothing, or to too much, and what is said of them.

use super::require;

#[test]
fn what_is_missing_is_named_as_far_as_the_path_was_followed() {
    let json = r#"{"a": {"b": 1}, "rows": [{"k": 1, "x": 5}, {"k": 2, "x": 6}], "t": 5}"#;
    for (path, name) in [
        ("gone", "gone"),
        ("a.c", "a.c"),
        ("a.b.c", "a.b.c"),
        ("rows[7].x", "rows[7]"),
        ("rows[-3].x", "rows[-3]"),
        ("rows[1].y", "rows[1].y"),
        ("rows[k = 7].x", "rows[…].x"),
        ("sum(rows[k = 7].x)", "rows[…].x"),
        ("a[*].x", "a[…]"),
        ("a[0].x", "a[…]"),
        ("a[k = 1].x", "a[…]"),
    ] {
        assert_eq!(require(&format!("{path} = t"), json), [format!("undecided Missing({name:?})")], "{path}");
    }
    for (path, name) in [("rows[*].x", "rows[*].x"), ("rows[k > 0].x", "rows[…].x")] {
        assert_eq!(require(&format!("{path} = t"), json), [format!("undecided Ambiguous({name:?})")], "{path}");
    }
    for path in ["rows[0].x", "rows[-2].x", "rows[k = 1].x", "rows[k < 2].x"] {
        assert_eq!(require(&format!("{path} = t"), json), ["exact"], "{path}");
    }
}
