//! Markdown as converters and OCR write it.

use proptest::prelude::*;

use super::markdown;
use crate::read::block::Block;
use crate::source::Source;

/// Each block on a line, rows too.
fn shown(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for block in markdown(&Source::new("a.md", text)) {
        match block {
            Block::Heading(passage, level) => lines.push(format!("h{level} {}", passage.text())),
            Block::Paragraph(passage) => lines.push(format!("p {}", passage.text())),
            Block::Table(table) => {
                lines.push(format!("table {}{}", table.header, if table.follows { " follows" } else { "" }));
                for row in &table.rows {
                    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.passage.text()).collect();
                    lines.push(cells.join(" | "));
                }
            }
        }
    }
    lines
}

#[test]
fn a_report_is_headings_paragraphs_and_tables() {
    let text = "# 一、概况 #\n\n本年**支出**合计\n[12.5](x)万元。\n\n表1 收支（单位：万元）\n\n\
                | 项目 | 预算 |\n|---|--:|\n| **合计** | 1\\|2 |\n| 其<br>中 | `3` |\n\n小结\n===\n\n- 甲\n- 乙\n\n1. 丙\n2. 丁\n";
    let expected = [
        "h1 一、概况",
        "p 本年支出合计12.5万元。",
        "p 表1 收支（单位：万元）",
        "table 1",
        "项目 | 预算",
        "合计 | 1|2",
        "其中 | 3",
        "h1 小结",
        "p 甲",
        "p 乙",
        // Short numbered lines head what follows, below all headings that the format marks.
        "h10 1. 丙",
        "h10 2. 丁",
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn places_are_those_of_the_source() {
    let text = "共 1,262\\.5 &lt; **2,000** 万元\n\n| a |b|\n|-|-|\n| x |**3**\\* &amp;|\n";
    let blocks = markdown(&Source::new("a.md", text));
    let slice = |passage: &crate::document::Passage, part: &str| {
        let at = passage.text().find(part).unwrap();
        text[passage.span(at..at + part.len()).range()].to_owned()
    };
    let [Block::Paragraph(paragraph), Block::Table(table)] = &blocks[..] else { panic!("{blocks:?}") };
    assert_eq!(paragraph.text(), "共 1,262.5 < 2,000 万元");
    assert_eq!(slice(paragraph, "1,262.5"), "1,262\\.5");
    assert_eq!((slice(paragraph, "2,000"), slice(paragraph, "<")), ("2,000".to_owned(), "&lt;".to_owned()));
    let cell = &table.rows[1].cells[1].passage;
    assert_eq!((cell.text(), slice(cell, "3"), slice(cell, "&")), ("3* &", "3".to_owned(), "&amp;".to_owned()));
    let first = markdown(&Source::new("a.md", "*a*|b\n-|-\n"));
    let Some(Block::Table(table)) = first.first() else { panic!("a table") };
    assert_eq!(table.rows[0].cells[0].passage.whole().range(), 1..2);
}

#[test]
fn a_blank_header_is_none() {
    assert_eq!(shown("| | |\n|---|---|\n| a | 1 |\n"), ["table 0", " | ", "a | 1"]);
    assert_eq!(shown("| |2019|\n|---|---|\n| a | 1 |\n")[0], "table 1");
    assert_eq!(shown("| a | 1 |\n| b | 2 |\n")[0], "table 0");
}

#[test]
fn cells_are_no_blocks() {
    let text = "| a | b |\n|---|---|\n| 1. *x* | - &nbsp; |\n| # _y_ | > **z** |\n| 1,2<br>34.5 | 1<br>2 |\n| 合计** | **小计：**5 |\n";
    assert_eq!(shown(text)[2..], ["1. x | -", "# y | > z", "1,234.5 | 1 2", "合计 | 小计：5"]);
}

#[test]
fn tables_in_html_stand_anywhere() {
    let table = "<table><thead><tr><th>a</th></tr></thead>\n\n    <tr><td>1 | 2</td></tr></table>";
    let expected = ["p 前", "table 1", "a", "1 | 2", "p 后"];
    for text in [
        format!("前\n\n{table}\n\n后"),
        format!("前{table}后"),
        format!("前\n{table}\n后"),
        format!("- 前\n\n    {table}\n\n后"),
    ] {
        assert_eq!(shown(&text), expected, "{text}");
    }
    assert_eq!(shown("<br/><p>前</p><br><h2>题</h2><b>后</b><br>文\n"), ["p 前", "h2 题", "p 后文"]);
    let wrapped = format!("前\n\n<html><body>{table}</body></html>\n\n后");
    assert_eq!(shown(&wrapped), expected);
    assert_eq!(shown(&format!("前\n\n    {table}\n\n后")), expected);
    assert_eq!(shown("<div>\n| a | b |\n|--|--|\n</div>\n后"), ["table 1", "a | b", "p 后"]);
}

#[test]
fn a_table_follows_another_where_only_a_page_ends_between() {
    let table = "| a | b |\n|---|---|\n| 1 | 2 |";
    let follows = |between: &str| {
        let lines = shown(&format!("{table}{between}{table}"));
        lines.iter().any(|line| line.ends_with("follows"))
    };
    for between in ["\n\n", "\n\n---\n\n", "\n\n<!-- page 3 -->\n\n", "\n\n- 12 -\n\n", "\n\n![](a.png)\n\n第 3 页\n\n"]
    {
        assert!(follows(between), "{between}");
    }
    for between in ["\n\n注：含上年结转。\n\n", "\n\n# 二\n\n", "\n\n合计 12 万元\n\n"] {
        assert!(!follows(between), "{between}");
    }
}

#[test]
fn a_line_of_dashes_below_a_sentence_is_the_end_of_a_page() {
    assert_eq!(shown("本年支出 12 万元。\n---\n"), ["p 本年支出 12 万元。"]);
    assert_eq!(shown("概况\n---\n"), ["h2 概况"]);
}

#[test]
fn what_is_no_text_of_a_report_is_left_out() {
    let text = "---\ntitle: x\n---\n\n![图 1](data:abc)收入[^1]增长**5.2%**较快<!-- 9 --><sup>2</sup>\n\n[^1]: 初步数。\n\n\
                <script>\nvar a = 3;\n</script>\n\n$\\times 100\\%$ 和 $5, $6\n";
    assert_eq!(shown(text), ["p 收入增长5.2%较快2", "p 初步数。", "p $\\times 100\\%$ 和 $5, $6"]);
    assert_eq!(shown("```python\nx = 1\ny = 2\n```\n"), ["p x = 1", "p y = 2"]);
    assert_eq!(shown("````\n# 甲\n````\n"), ["h1 甲"]);
}

#[test]
fn nothing_printed_is_lost_to_marks() {
    let text = "[1]: 含上年结转12万元\n\n12*3=36，4*5=20，(1/2)*100%\n";
    assert_eq!(shown(text), ["p [1]: 含上年结转12万元", "p 12*3=36，4*5=20，(1/2)*100%"]);
    assert_eq!(shown("[概况](x)：12 万元"), ["p 概况：12 万元"]);
}

#[test]
fn hard_breaks_end_lines_but_no_sentences() {
    assert_eq!(shown("收入 12 万元  \n支出 8 万元\n"), ["p 收入 12 万元", "p 支出 8 万元"]);
    assert_eq!(shown("收入 12 万元，  \n支出 8 万元\\\nand more\n"), ["p 收入 12 万元，支出 8 万元and more"]);
}

#[test]
fn hostile_texts_take_no_time() {
    for part in [
        "<table>",
        "<table><tr><td>",
        "<!--",
        "<a \"",
        "<script>",
        "$\\a",
        "\\(\\a",
        "|",
        "> ",
        "- ",
        "**a",
        "[",
        "&",
        "`",
        "<td colspan=1000 rowspan=1000>",
    ] {
        let text = part.repeat(20_000);
        let started = std::time::Instant::now();
        markdown(&Source::new("a.md", text.as_str()));
        markdown(&Source::new("a.md", format!("<table>{text}")));
        markdown(&Source::new("a.md", format!("| {text} |\n|---|")));
        assert!(started.elapsed().as_secs() < 5, "{part} {:?}", started.elapsed());
    }
}

/// Pieces that mean something to one of the readers.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<table>",
            "</table>",
            "<tr>",
            "<td rowspan=2>",
            "<th colspan='3'>",
            "</td>",
            "<thead>",
            "<caption>",
            "<br>",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "\n",
            "\n\n",
            "    ",
            "|",
            "| a | b |\n",
            "|---|---|\n",
            "```\n",
            "**",
            "$",
            "\\",
            "\\(",
            "\\)",
            "^",
            "&amp;",
            "&#x4e2d;",
            "![",
            "](x)",
            "[",
            "# ",
            "- ",
            "1. ",
            "> ",
            "---\n",
            "万元",
            "12.5",
            "。",
            "\r\n",
            "\u{3000}",
            "a",
        ])
        .prop_map(str::to_owned),
        ".",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_place_is_one_of_the_source(text in pieces()) {
        let check = |passage: &crate::document::Passage| {
            assert!(text.get(passage.whole().range()).is_some());
            for (at, each) in passage.text().char_indices() {
                assert!(text.get(passage.span(at..at + each.len_utf8()).range()).is_some());
            }
        };
        for block in markdown(&Source::new("a.md", text.as_str())) {
            match block {
                Block::Heading(passage, _) | Block::Paragraph(passage) => check(&passage),
                Block::Table(table) => {
                    let width = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + 1).max();
                    for (at, row) in table.rows.iter().enumerate() {
                        prop_assert!(row.cells.is_sorted_by(|left, right| left.column + left.columns <= right.column));
                        for cell in &row.cells {
                            check(&cell.passage);
                            prop_assert!(cell.rows >= 1 && cell.columns >= 1);
                            prop_assert!(at + cell.rows as usize <= table.rows.len());
                            prop_assert!(Some(cell.column + cell.columns) <= width);
                        }
                    }
                }
            }
        }
    }
}
