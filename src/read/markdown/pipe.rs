//! Pipe tables: which lines are one, and what stands between its pipes.

use std::ops::Range;

/// The end of the pipe table that starts with the line at a byte, if one does. A table may have no row of
/// dashes: then it has two framed rows, or stands behind another table.
pub fn end(text: &str, start: usize, behind: bool) -> Option<usize> {
    let mut lines = lines(text, start);
    let (first, mut end) = lines.next()?;
    if !first.contains('|') {
        return None;
    }
    let second = lines.clone().next().map_or("", |(line, _)| line);
    let starts = rule(first, 3)
        || pipes(first) > 0 && rule(second, 1)
        || framed(first) && (behind || framed(second) && !second.is_empty());
    if !starts {
        return None;
    }
    let leading = first.starts_with('|');
    for (line, after) in lines {
        let row = if leading { line.starts_with('|') || framed_behind(line) } else { pipes(line) > 0 };
        if !row {
            break;
        }
        end = after;
    }
    Some(end)
}

/// The cells of each row of a table, and whether its first row is marked as header.
pub fn rows(text: &str, range: Range<usize>) -> (Vec<Vec<Range<usize>>>, bool) {
    let text = text.get(..range.end).unwrap_or(text);
    let mut rows = Vec::new();
    let mut header = false;
    let mut ruled = false;
    for (line, end) in lines(text, range.start) {
        // One dash a cell is a row of blanks, once the row of dashes is passed.
        if rule(line, if ruled || rows.len() != 1 { 2 } else { 1 }) {
            header |= rows.len() == 1 && !ruled;
            ruled = true;
        } else {
            rows.push(cells(line, end - line.len()));
        }
    }
    (rows, header)
}

/// The lines from a byte on without the blanks around them, and the byte that each ends at.
fn lines(text: &str, start: usize) -> impl Iterator<Item = (&str, usize)> + Clone {
    let mut at = start;
    text.get(start..).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let end = at + line.trim_end().len();
        at += line.len();
        (line.trim(), end)
    })
}

/// How many pipes divide a line.
fn pipes(line: &str) -> usize {
    let mut escaped = false;
    line.bytes()
        .filter(|byte| {
            let counts = *byte == b'|' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            counts
        })
        .count()
}

/// `| a | b |`
fn framed(line: &str) -> bool {
    line.starts_with('|') && line.len() > 1 && line.ends_with('|') && pipes(line) > 2
}

/// `a | b |`: its first pipe was lost.
fn framed_behind(line: &str) -> bool {
    line.ends_with('|') && pipes(line) > 1
}

/// `|---|:-:|`, of so many dashes at least.
fn rule(line: &str, dashes: usize) -> bool {
    let marks = |byte: u8| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t');
    if !line.contains('|') || !line.contains('-') || !line.bytes().all(marks) {
        return false;
    }
    let inside = line.strip_prefix('|').unwrap_or(line);
    inside.strip_suffix('|').unwrap_or(inside).split('|').all(|cell| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        cell.len() >= dashes && cell.bytes().all(|byte| byte == b'-')
    })
}

/// What stands between the pipes of a line, which starts at a byte, without the blanks around it.
fn cells(line: &str, start: usize) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut from = usize::from(line.starts_with('|'));
    let mut escaped = false;
    let mut cell = |from: usize, to: usize| {
        let text = line.get(from..to).unwrap_or_default();
        let begin = start + from + (text.len() - text.trim_start().len());
        cells.push(begin..begin + text.trim().len());
    };
    for (at, byte) in line.bytes().enumerate().skip(from) {
        if byte == b'|' && !escaped {
            cell(from, at);
            from = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if from < line.len() {
        cell(from, line.len());
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Option<(Vec<Vec<&str>>, bool)> {
        let end = end(text, 0, false)?;
        let (rows, header) = rows(text, 0..end);
        Some((rows.into_iter().map(|row| row.into_iter().map(|cell| &text[cell]).collect()).collect(), header))
    }

    #[test]
    fn tables_are_told_from_text() {
        let tables = [
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "a | b\n-|-\n1 | 2",
            "|a|b|\n|1|2|",
            "|---|---|\n| 1 | 2 |",
            "|a|b|c|\n|:-:|\n|1|2|3|",
        ];
        tables.iter().for_each(|text| assert!(table(text).is_some(), "{text}"));
        let others = ["a | b\nc | d", "a\n---", "| a |", "|x| = 1\n|y| = 2", "---", "| a | b |", "", "a\\|b\n-|-"];
        others.iter().for_each(|text| assert!(table(text).is_none(), "{text}"));
    }

    #[test]
    fn rows_keep_the_cells_that_are_printed() {
        let text = "| a | b | c |\n|---|---|\n| 1 |  |\n|2|3|4|5|\r\n| x\\|y | - | - |\n| - | - | - |\n|---|---|---|\n6 | 7 |\n\nz";
        let (rows, header) = table(text).unwrap();
        assert!(header);
        let expected: [&[&str]; 6] =
            [&["a", "b", "c"], &["1", ""], &["2", "3", "4", "5"], &["x\\|y", "-", "-"], &["-", "-", "-"], &["6", "7"]];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_table_ends_where_text_starts() {
        let text = "| a | b |\n|---|---|\n| 1 | 2 |\n注：1|2 之和\n";
        assert_eq!(table(text).unwrap().0.len(), 2);
        let (rows, header) = table("|---|---|\n| 1 | 2 |").unwrap();
        assert_eq!((rows, header), (vec![vec!["1", "2"]], false));
    }
}
