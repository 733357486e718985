//! Tables as converters write them, and as nobody should.

use super::html;
use crate::read::block::Block;
use crate::read::flow::Flow;

/// Each block on a line: cells as `column:text`, with `rows x columns` where they span.
fn shown(text: &str) -> String {
    let mut flow = Flow::default();
    html(text, 0..text.len(), &mut flow);
    let mut lines = Vec::new();
    for block in flow.finish() {
        match block {
            Block::Heading(passage, level) => lines.push(format!("h{level} {}", passage.text())),
            Block::Paragraph(passage) => lines.push(format!("p {}", passage.text())),
            Block::Table(table) => {
                lines.push(format!("table {}{}", table.header, if table.follows { " follows" } else { "" }));
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| {
                        let span = match (cell.rows, cell.columns) {
                            (1, 1) => String::new(),
                            (rows, columns) => format!("({rows}x{columns})"),
                        };
                        format!("{}{span}:{}", cell.column, cell.passage.text())
                    });
                    lines.push(cells.collect::<Vec<_>>().join(" | "));
                }
            }
        }
    }
    lines.join("\n")
}

#[test]
fn cells_stand_where_spans_leave_room() {
    let text = "<table><tr><td rowspan=\"2\">项目</td><td colspan=\"2\">预算</td></tr>\
                <tr><td>初</td><td>终</td></tr><tr><td>甲</td><td>1</td><td>2</td></tr></table>";
    let expected = "table 0\n0(2x1):项目 | 1(1x2):预算\n1:初 | 2:终\n0:甲 | 1:1 | 2:2";
    assert_eq!(shown(text), expected);
}

#[test]
fn a_span_between_cells_is_jumped_over_and_never_covered() {
    let text = "<table><tr><td>a<td rowspan=3>b<td>c<tr><td>d<td>e<tr><td colspan=3>f<td>g</table>";
    assert_eq!(shown(text), "table 0\n0:a | 1(3x1):b | 2:c\n0:d | 2:e\n0:f | 2:g");
}

#[test]
fn spans_end_with_the_table_and_its_parts() {
    let text = "<table><tr><td rowspan=\"99999999999\" colspan=\"4000000000\">a</td></tr><tr><td>b</td></tr></table>";
    assert_eq!(shown(text), "table 0\n0(2x1):a\n1000:b".replace("(2x1)", "(2x1000)"));
    let text = "<table><thead><tr><th rowspan=3>h</th><th>i</th></tr></thead><tr><td>a<td>b</tr></table>";
    assert_eq!(shown(text), "table 1\n0:h | 1:i\n0:a | 1:b");
    assert_eq!(shown("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>"), "table 0\n0(3x1):a | 1:b\n1:c\n1:d");
}

#[test]
fn headers_are_marked_by_thead_and_rows_of_th() {
    let row = |tag: &str| format!("<tr><{tag}>a</{tag}><{tag}>b</{tag}></tr>");
    let table = |rows: &str| shown(&format!("<table>{rows}</table>")).lines().next().map(str::to_owned);
    assert_eq!(table(&format!("<thead>{}{}</thead>{}", row("td"), row("th"), row("td"))).unwrap(), "table 2");
    assert_eq!(table(&format!("{}{}", row("th"), row("td"))).unwrap(), "table 1");
    assert_eq!(table(&format!("{}<tr><th>a</th><td>1</td></tr>", row("td"))).unwrap(), "table 0");
    assert_eq!(table(&format!("{}{}", row("th"), row("th"))).unwrap(), "table 0");
    assert_eq!(table("<thead><tr><th></th><th> </th></tr></thead><tr><td>1</td><td>2</td></tr>").unwrap(), "table 0");
}

#[test]
fn tags_may_be_left_open() {
    let text = "<TABLE border=1>\n<tr>\n <td>甲\n <td>1<br>2\n<tr>\n <td>Total\n cost\n <td>3";
    assert_eq!(shown(text), "table 0\n0:甲 | 1:1 2\n0:Total cost | 1:3");
    assert_eq!(shown("<table><td>a</td><td>b</td></table>"), "table 0\n0:a | 1:b");
    assert_eq!(shown("<table></table>a</td></table>"), "p a");
}

#[test]
fn bold_of_markdown_is_taken_off_in_cells() {
    assert_eq!(shown("<table><tr><td>**合计**</td><td>5**</td><td>****</table>"), "table 0\n0:合计 | 1:5** | 2:****");
}

#[test]
fn a_table_in_a_cell_is_its_text() {
    let text = "<table><tr><td>x<table><tr><td>1</td><td>2</td></tr></table></td><td>y</td></tr></table>z";
    assert_eq!(shown(text), "table 0\n0:x 1 2 | 1:y\np z");
}

#[test]
fn captions_stand_before_and_entities_keep_their_places() {
    let text = "<table><caption>表 1 &amp; 2</caption><tr><td>&nbsp;1&lt;2&#8212;<b>R&D</b> </td></tr></table>";
    assert_eq!(shown(text), "p 表 1 & 2\ntable 0\n0:1<2—R&D");
    let mut flow = Flow::default();
    html(text, 0..text.len(), &mut flow);
    let Some(Block::Table(table)) = flow.finish().pop() else { panic!("a table") };
    let passage = &table.rows[0].cells[0].passage;
    assert_eq!(&text[passage.span(0..2).range()], "1&lt;");
    assert_eq!(&text[passage.whole().range()], "1&lt;2&#8212;<b>R&D");
}

#[test]
fn other_html_is_paragraphs() {
    let text = "<div><h2>概况</h2><p>收入 <b>12</b> 万元，<br>支出\n8 万元</p><script>var a = '<p>';</script><!-- 9 -->\
                <p>Total\n  cost</div><table><tr><td>1</table>\n<!-- page 2 --><hr>3\n<table><tr><td>2</table>";
    let expected = "h2 概况\np 收入 12 万元，支出8 万元\np Total cost\ntable 0\n0:1\ntable 0 follows\n0:2";
    assert_eq!(shown(text), expected);
}
