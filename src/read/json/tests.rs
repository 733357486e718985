//! Tests of the JSON reader: what it reads, what it says, and that it agrees with `serde_json`.

use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::document::Block;

fn read(text: &str) -> (Option<Document>, Vec<Fault>) {
    json(&Arc::new(Source::new("a.json", text)), &Limits::default())
}

fn document(text: &str) -> Document {
    let (document, faults) = read(text);
    document.unwrap_or_else(|| panic!("{text}: {faults:?}"))
}

/// Every fault as `line:column message`.
fn faults(text: &str) -> Vec<String> {
    let (document, faults) = read(text);
    assert!(document.is_none());
    let show = |fault: &Fault| {
        let at = fault.place.as_ref().map(|(source, span)| source.position(span.start));
        let at = at.map_or("-".into(), |at| format!("{}:{}", at.line, at.column));
        assert!(!fault.message.zh.is_ascii());
        format!("{at} {}", fault.message.en)
    };
    faults.iter().map(show).collect()
}

#[test]
fn every_value_and_key_has_its_place_and_numbers_keep_their_literal() {
    let document = document("{\"支出\": [14.90, -0.0e+1], \"b\\u0041\": \"x\\n\", \"c\": \"年初\"}");
    let place = |pointer| {
        let node = document.node(document.at(pointer).unwrap());
        (document.source().slice(node.key_span), document.source().slice(node.span))
    };
    assert_eq!(place("/支出"), ("\"支出\"", "[14.90, -0.0e+1]"));
    assert_eq!(place("/支出/0"), ("", "14.90"));
    assert_eq!(place("/支出/1"), ("", "-0.0e+1"));
    assert_eq!(place("/bA"), ("\"b\\u0041\"", "\"x\\n\""));
    assert_eq!(document.text(document.at("/bA").unwrap()), Some("x\n"));
    let plain = document.at("/c").unwrap();
    assert_eq!((document.node(plain).value, document.text(plain)), (Value::Text(None), Some("年初")));
}

#[test]
fn a_full_width_bracket_that_is_never_closed_is_pointed_at_whole() {
    for text in ["【1", "［1}"] {
        let (_, faults) = read(text);
        let slices = faults.iter().flat_map(|fault| {
            let (source, span) = fault.place.as_ref().unwrap();
            [Some(*span), fault.other].into_iter().flatten().map(|span| source.text().get(span.range()))
        });
        assert!(slices.map(|slice| slice.expect("between characters")).any(|slice| text.starts_with(slice)), "{text}");
    }
}

#[test]
fn several_errors_of_one_file_are_all_told() {
    let text = "{\n \"a\": [0.10, 5.00 7,],\n \"b\" 3\n \"c\": .5,\n \"d\": tru\n";
    assert_eq!(
        faults(text),
        [
            "1:1 this bracket is never closed: the text ends before it",
            "2:19 expected `,` or `]`, found `7`",
            "2:20 nothing follows this comma: expected another value",
            "3:6 expected `:` after the key, found `3`",
            "4:2 expected `,` or `}`, found `\"`",
            "4:7 `.5` is not written as JSON writes numbers: a digit must stand before the point",
            "5:7 expected a value, found `tru`",
        ]
    );
}

#[test]
fn each_mistake_is_told_once() {
    for (text, told) in [
        ("[1 2]", "1:4 expected `,` or `]`, found `2`"),
        ("[1, true false]", "1:10 expected `,` or `]`, found `f`"),
        ("{\"a\": 1 \"b\": 2}", "1:9 expected `,` or `}`, found `\"`"),
        ("{\"a\" 1}", "1:6 expected `:` after the key, found `1`"),
        ("{\"a\"}", "1:5 expected `:` after the key, found `}`"),
        ("{\"a\" = 1}", "1:6 expected `:` after the key, found `=`"),
        ("{\"a\": }", "1:7 expected a value, found `}`"),
        ("{\"a\":, \"b\": 1}", "1:6 expected a value, found `,`"),
        ("{: 1}", "1:2 expected a key, found `:`"),
        ("{\"a\": 1,}", "1:8 nothing follows this comma: expected another value"),
        ("[1,]", "1:3 nothing follows this comma: expected another value"),
        ("[,1]", "1:2 expected a value, found `,`"),
        ("[1, 2", "1:1 this bracket is never closed: the text ends before it"),
        ("{\"a\": [1, 2}", "1:12 expected `]` to close the bracket, found `}`"),
        ("{\"a\": [1, 2}, \"b\": 1}", "1:12 expected `]` to close the bracket, found `}`"),
        ("[1, 2}", "1:6 expected `]` to close the bracket, found `}`"),
        ("]", "1:1 unexpected `]`"),
        ("[1]]", "1:4 unexpected `]`"),
        ("{a: 1}", "1:2 expected a key in double quotes, found `a`"),
        ("{'a b': 1}", "1:2 expected a key in double quotes, found `'a b'`"),
        ("{\"a\": 1, junk}", "1:10 expected a key in double quotes, found `junk`"),
        ("[“支出”]", "1:2 `“支出”` is not in the quotes that JSON knows"),
        ("{\"a\"：1}", "1:5 `：` is not the `:` of JSON"),
        ("[1，2]", "1:3 `，` is not the `,` of JSON"),
        ("[1, // x\n 2]", "1:5 JSON has no comments"),
        ("[1 /* x */, 2]", "1:4 JSON has no comments"),
        ("[1,\u{3000}2]", "1:4 unexpected the character U+3000"),
        ("{\"a\": 1:2}", "1:8 unexpected `:`"),
        ("[01]", "1:2 `01` is not written as JSON writes numbers: no leading zero"),
        ("[-01.5]", "1:2 `-01.5` is not written as JSON writes numbers: no leading zero"),
        ("[1.]", "1:2 `1.` is not written as JSON writes numbers: a digit must stand behind the point"),
        ("[+1]", "1:2 `+1` is not written as JSON writes numbers: no `+` before it"),
        ("[1e]", "1:2 `1e` is not written as JSON writes numbers: only digits, one point and an exponent"),
        ("[-]", "1:2 `-` is not written as JSON writes numbers: only digits, one point and an exponent"),
        ("[12万]", "1:2 `12万` is not written as JSON writes numbers: only digits, one point and an exponent"),
        ("{\"a\": 1,262.50}", "1:8 a number has no thousands separators in JSON"),
        ("[NaN]", "1:2 `NaN` is no number in JSON"),
        ("[-Infinity]", "1:2 `-Infinity` is no number in JSON"),
        ("[None]", "1:2 `None` is no value that JSON knows"),
        ("[\"a\\x\"]", "1:4 `\\x` is no escape that JSON knows"),
        ("[\"C:\\用户\"]", "1:5 `\\用` is no escape that JSON knows"),
        ("[\"\\u12g\"]", "1:3 expected four hexadecimal digits after `\\u`"),
        ("[\"\\ud800\"]", "1:3 `\\uD800` is half of a surrogate pair, and its other half is missing"),
        ("[\"\\udc00x\"]", "1:3 `\\uDC00` is half of a surrogate pair, and its other half is missing"),
        ("[\"a\tb\tc\"]", "1:4 the control character U+0009 stands in a text"),
        ("[\"a\nb\", 1]", "1:4 the control character U+000A stands in a text"),
        ("{\"a\": \"b,\n \"c\": 1}", "1:7 this text has no closing quote on its line"),
        ("[1, \"a", "1:5 this text has no closing quote"),
        ("[1, \"a\\", "1:5 this text has no closing quote"),
        ("[1] x", "1:5 expected the end of the text, found `x`"),
        ("{} {}", "1:4 expected the end of the text, found `{`"),
    ] {
        // Where a line ends too early, a comma is missing behind it as well.
        let found = faults(text);
        assert_eq!(found.first().map(String::as_str), Some(told), "{text}: {found:?}");
        assert!(found.len() == 1 || text.contains("\n \"c\""), "{text}: {found:?}");
    }
}

#[test]
fn where_there_is_a_way_out_it_is_told() {
    for (text, way) in [("[1,]", "remove the comma"), ("[[1", "add `]]` at the end"), ("{'a': 1}", "write `\"a\"`")] {
        let (_, faults) = read(text);
        assert_eq!(faults[0].help.as_ref().map(|help| help.en.as_str()), Some(way));
    }
}

#[test]
fn nothing_is_empty() {
    for text in ["", " \n\t"] {
        assert_eq!(read(text).1[0].code, "json/empty");
    }
}

#[test]
fn a_key_that_stands_twice_is_told_with_both_places() {
    let text = "{\"a\": {\"a\": 1, \"b\": 2}, \"b\": [{\"a\": 1}, {\"a\": 2}], \"\\u0061\": 3, \"a\": 4}";
    let (document, faults) = read(text);
    assert!(document.is_none());
    assert_eq!(faults.len(), 2);
    for fault in &faults {
        assert_eq!((fault.code, fault.other), ("json/duplicate-key", Some(Span::new(1, 4))));
        let (source, span) = fault.place.as_ref().unwrap();
        assert!(matches!(source.slice(*span), "\"\\u0061\"" | "\"a\""));
    }
    assert!(read("{\"a\": {\"b\": {\"a\": 1}, \"a\": 2}, \"b\": 1}").0.is_some());
}

/// Every value stands in its place: its key before it, and its pointer leads to it.
fn in_place(document: &Document) -> bool {
    document.ids().all(|id| {
        let node = document.node(id);
        let key = document.source().slice(node.key_span);
        let named = node.key.is_none() || serde_json::from_str::<String>(key).ok().as_deref() == Some(document.key(id));
        let holder = document.parent(id).map(|parent| document.node(parent).span);
        let inside = holder.is_none_or(|holder| holder.start < node.span.start && node.span.end < holder.end);
        named && inside && document.at(&document.pointer(id)) == Some(id)
    })
}

#[test]
fn records_like_the_one_before_are_read_as_if_they_stood_alone() {
    let first = r#"{"a": 1, "b": "x", "v": -2.5}"#;
    for other in [
        r#"{"a": 1234, "b": "", "v": 0}"#,
        r#"{"a": 1, "b": "x"}"#,
        r#"{"a": 1, "b": "x", "v": -2.5, "w": 1}"#,
        r#"{"a":1, "b": "x", "v": -2.5}"#,
        r#"{"b": "x", "a": 1, "v": -2.5}"#,
        r#"{"a": "1", "b": "x", "v": -2.5}"#,
        r#"{"a": 1, "b": 7, "v": null}"#,
        r#"{"a": 1, "b": "x\n", "v": {"a": 1}}"#,
        r#"{"value": 5}"#,
    ] {
        let text =
            format!("{{\"r\": [{first}, {other}, {first}, {{\"value\": 1}}, {{\"value\": 22}}], \"s\": {other}}}");
        let document = document(&text);
        assert!(
            same(&document, document.root(), &serde_json::from_str(&text).unwrap()) && in_place(&document),
            "{text}"
        );
        let value = |pointer: &str| document.at(pointer).map(|id| document.pointer(document.content(id)));
        assert_eq!(value("/r/4").as_deref(), Some("/r/4/value"));
        assert_eq!(value("/r/2").as_deref(), Some("/r/2"));
    }
}

#[test]
fn no_more_faults_than_a_reader_can_use() {
    let (_, faults) = read(&format!("[{}]", "tru,".repeat(1000)));
    assert_eq!(faults.len(), 21);
    assert!(faults[20].message.en.starts_with("more than 20 faults"));
    let exactly = (0..20).fold(String::from("["), |text, _| text + "x,") + "1]";
    assert_eq!(read(&exactly).1.len(), 20);
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(&nested(512)).0.is_some());
    for text in [nested(513), nested(100_000), "{\"a\":".repeat(100_000)] {
        let (document, faults) = read(&text);
        assert!(document.is_none());
        assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["json/too-deep"]);
    }
    // An object may be like one that is not too deep.
    let after = |levels: usize| format!("[{{\"a\": 1}}, {}{{\"a\": 2}}{}]", "[".repeat(levels), "]".repeat(levels));
    assert!(read(&after(510)).0.is_some());
    assert_eq!(read(&after(511)).1.first().map(|fault| fault.code), Some("json/too-deep"));
    let source = Arc::new(Source::new("a", nested(100_000)));
    assert!(json(&source, &Limits { depth: 100_000, ..Limits::default() }).0.is_some());
}

#[test]
fn hostile_texts_take_linear_time() {
    for text in [
        "\"".to_owned() + &"\n".repeat(2_000_000),
        "\"\n".repeat(1_000_000),
        "，".repeat(1_000_000),
        "[".to_owned() + &"1,".repeat(1_000_000),
        "{\"a\" ".repeat(300_000),
        "'".repeat(1_000_000),
        "\\".repeat(1_000_000),
    ] {
        let start = std::time::Instant::now();
        assert!(read(&text).0.is_none());
        assert!(start.elapsed().as_secs() < 5);
    }
}

/// Writes a document as `serde_json` would its tree, numbers by their literal.
fn same(document: &Document, id: NodeId, value: &serde_json::Value) -> bool {
    use serde_json::Value as Other;
    match (document.node(id).value, value) {
        (Value::Null, Other::Null) => true,
        (Value::Bool(ours), Other::Bool(theirs)) => ours == *theirs,
        (Value::Number, Other::Number(theirs)) => document.printed(id) == theirs.to_string(),
        (Value::Text(_), Other::String(theirs)) => document.text(id) == Some(theirs),
        (Value::List, Other::Array(theirs)) => {
            document.children(id).count() == theirs.len()
                && document.children(id).zip(theirs).all(|(ours, theirs)| same(document, ours, theirs))
        }
        (Value::Object, Other::Object(theirs)) => {
            document.children(id).count() == theirs.len()
                && document
                    .children(id)
                    .all(|child| theirs.get(document.key(child)).is_some_and(|theirs| same(document, child, theirs)))
        }
        _ => false,
    }
}

/// Whether records stand one behind the other in one list, with the same fields in the same order.
fn is_block(document: &Document, block: &Block) -> bool {
    let fields = |record| document.children(record).map(|field| document.node(field).key).collect::<Vec<_>>();
    let records: Vec<NodeId> = block.column(block.first).collect();
    let follow = records.windows(2).all(|pair| document.end(pair[0]) == pair[1]);
    let list = document.parent(block.first);
    follow
        && records.last().map(|last| document.end(*last)) == Some(block.end())
        && list.is_some_and(|list| document.node(list).value == Value::List)
        && records.iter().all(|record| document.parent(*record) == list && document.is_record(*record))
        && records.iter().all(|record| fields(*record) == fields(block.first))
        && block.fields().eq(document.children(block.first))
}

#[test]
fn records_that_are_alike_form_blocks() {
    let document = document(
        r#"{"a": [{"x": 1, "y": "b"}, {"x": 2, "y": "c"}, {"x": 3, "y": "d"}, {"y": "e", "x": 4}],
            "b": [{"x": 5, "y": "f"}], "c": [{"value": 1}, {"value": 2}], "d": [[{"x": 1}, {"x": 2}], [{"x": 3}]]}"#,
    );
    let shown = |block: &Block| (document.pointer(block.first), block.records);
    let blocks: Vec<_> = document.blocks().iter().map(shown).collect();
    assert_eq!(blocks, [("/a/0".to_owned(), 3), ("/d/0/0".to_owned(), 2), ("/d/1/0".to_owned(), 1)]);
    let list = |pointer| document.block_of(document.at(pointer).unwrap()).map(|block| block.records);
    assert_eq!(["/a", "/b", "/d/0", "/d/1"].map(list), [None, None, Some(2), Some(1)]);
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value as Other;
    let leaf = prop_oneof![
        Just(Other::Null),
        any::<bool>().prop_map(Other::Bool),
        any::<i64>().prop_map(Other::from),
        any::<u64>().prop_map(Other::from),
        any::<f64>().prop_map(Other::from),
        any::<String>().prop_map(Other::String),
        "[\\\\\"\n\u{0}-\u{1f}年😀/]{0,6}".prop_map(Other::String),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Other::Array),
            prop::collection::vec((any::<String>(), inner.clone()), 0..8)
                .prop_map(|fields| Other::Object(fields.into_iter().collect())),
            prop::collection::vec(("[ab\n\"]{0,2}", inner), 0..4)
                .prop_map(|fields| Other::Object(fields.into_iter().collect())),
        ]
    })
}

/// Texts with every character escaped, as some programs write them.
fn escaped(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |mut escaped, unit| {
        let _ = write!(escaped, "\\u{unit:04x}");
        escaped
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_serde_json_prints_is_read_back(value in any_json()) {
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let document = document(&text);
            prop_assert!(same(&document, document.root(), &value) && in_place(&document), "{}", text);
        }
    }

    #[test]
    fn short_numbers_are_read_as_they_are_printed(
        text in "-?(0|[1-9][0-9]{0,19})(\\.[0-9]{1,19})?([eE][+-]?[0-9]{1,2})?",
        behind in "[ \n]{0,9}",
    ) {
        let document = document(&format!("{text}{behind}"));
        prop_assert_eq!(document.printed(document.root()), &text);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        prop_assert_eq!(document.short(document.root()).is_some(), digits <= 18 && !text.contains(['e', 'E']));
        if let Some(short) = document.short(document.root()) {
            let value = crate::figure::Number::new(short.mantissa().into(), short.scale().into());
            let long = crate::figure::read(&text).unwrap();
            prop_assert_eq!((Some(value), i32::from(short.scale())), (long.value.exact(), long.decimals));
        }
    }

    #[test]
    fn escaped_texts_are_decoded(text in any::<String>()) {
        let document = document(&format!("\"{}\"", escaped(&text)));
        prop_assert_eq!(document.text(document.root()), Some(text.as_str()));
    }

    #[test]
    fn any_text_is_read_or_told(text in any::<String>()) {
        let (document, faults) = read(&text);
        prop_assert!(document.is_some() == faults.is_empty());
    }

    #[test]
    fn any_bytes_are_read_or_told(bytes in any::<Vec<u8>>()) {
        if let Ok(source) = crate::read::text("a", bytes) {
            let (document, faults) = json(&source, &Limits::default());
            prop_assert!(document.is_some() == faults.is_empty());
        }
    }

    #[test]
    fn damaged_json_is_judged_as_serde_json_does(value in any_json(), at in any::<prop::sample::Index>(), put in "[\\[\\]{}\",:\\\\u0d\n ，a]{0,2}", cut in 0usize..3) {
        let mut chars: Vec<char> = value.to_string().chars().collect();
        let at = at.index(chars.len());
        chars.splice(at..(at + cut).min(chars.len()), put.chars());
        agree(&chars.into_iter().collect::<String>())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn short_texts_are_judged_as_serde_json_does(text in "[{}\\[\\]\",:0123456789.\\-+eE\ntrufalsn ]{0,10}") {
        agree(&text)?;
    }

    #[test]
    fn short_token_rows_are_judged_as_serde_json_does(tokens in prop::collection::vec(prop::sample::select(
        vec!["{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-0.5e3", "true", "null", " ", "\n", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "/"]), 0..10)) {
        agree(&tokens.concat())?;
    }

    #[test]
    fn records_alike_are_judged_as_serde_json_does(tokens in prop::collection::vec(prop::sample::select(
        vec![r#"{"a":1,"b":"x"}"#, r#"{"a":22,"b":"y"}"#, r#"{"a":3}"#, r#"{"a":1,"b":"x","c":1}"#, r#"{"a":01,"b":"x"}"#,
            r#"{"a":1.,"b":"x"}"#, r#"{"a":1,"b":"\u0041"}"#, r#"{"a":1,"b":"x"#, r#"{"a":1,"b":x}"#, r#"{"a":1,"a":"x"}"#,
            "{\"a\":1,\"b\":\"\n\"}", r#"{"a":1 ,"b":"x"}"#, "]", ",", "1"]), 0..8)) {
        let text = format!("[{}]", tokens.join(","));
        agree(&text)?;
        if let (Some(document), Ok(value)) = (read(&text).0, serde_json::from_str(&text)) {
            prop_assert!(same(&document, document.root(), &value), "{}", text);
            prop_assert!(document.blocks().iter().all(|block| is_block(&document, block)), "{}", text);
            for name in ["a", "b", "c"].into_iter().filter_map(|name| document.symbol(name)) {
                let named = document.ids().filter(|id| document.node(*id).key == Some(name));
                prop_assert_eq!(document.fields_named(name), named.collect::<Vec<_>>(), "{}", text);
            }
        }
        agree(&format!("[{}", tokens.concat()))?;
    }
}

/// Accepted exactly if `serde_json` accepts it, duplicate keys apart and numbers of any size.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let (document, faults) = read(text);
    let ours = faults.iter().all(|fault| fault.code == "json/duplicate-key");
    let theirs = match serde_json::from_str::<serde_json::Value>(text) {
        Err(error) if error.to_string().starts_with("number out of range") => return Ok(()),
        other => other,
    };
    prop_assert_eq!(ours, theirs.is_ok(), "{:?}: {:?}", text, faults);
    prop_assert_eq!(document.is_some(), faults.is_empty());
    prop_assert!(document.as_ref().is_none_or(in_place), "{:?}", text);
    Ok(())
}
