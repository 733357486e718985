//! A number that a narrow column broke into lines: `70,00`, `0,000`, `.00`.

/// Whether lines are the parts of one number. Lines that only the source shows are ends of printed lines;
/// where one is wanted (`<br>`), a part must be no number of its own.
pub fn is_wrapped(lines: &[&str], wanted: bool) -> bool {
    let whole = lines.concat();
    let digits = whole.bytes().filter(u8::is_ascii_digit).count();
    let blank = lines.iter().any(|line| line.is_empty());
    // Fewer digits fit into any column, and `1.` before `5` is a number of a line.
    let long = digits >= if whole.contains(',') { 4 } else { 5 };
    if blank || !long || !whole.contains(['.', ',']) || !is_number(&whole) {
        return false;
    }
    // A full line is no shorter than those behind it.
    let full = lines.is_sorted_by(|line, next| line.len() >= next.len());
    lines.iter().any(|line| !is_number(line)) || full && !wanted
}

/// `1,262.50`, `(46)`, `-5%`
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let text = text.strip_prefix('-').unwrap_or(text);
    let text = text.strip_suffix('%').unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    digits(fraction)
        && digits(first)
        && (first.len() == 1 || !first.starts_with('0'))
        && !(grouped && (first.len() > 3 || first == "0"))
        && groups.all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_number_are_told_from_several() {
        let wrapped = |lines: &[&str]| (is_wrapped(lines, false), is_wrapped(lines, true));
        for lines in [
            &["70,00", "0,000", ".00"][..],
            &["150,000,", "000.00"],
            &["(1,234,5", "67)"],
            &["12,34", "5"],
            &["5,00", "0"],
        ] {
            assert_eq!(wrapped(lines), (true, true), "{lines:?}");
        }
        for lines in [&["35,394.4", "2"][..], &["100.0", "0%"]] {
            assert_eq!(wrapped(lines), (true, false), "{lines:?}");
        }
        for lines in [
            &["2019", "2020"][..],
            &["1,200", "300"],
            &["12.5", "3.25"],
            &["5", "1234.5"],
            &["1.", "5"],
            &["12.5", "3%"],
            &["70,00", "0,000 元"],
            &["1,200.50", ""],
        ] {
            assert_eq!(wrapped(lines), (false, false), "{lines:?}");
        }
    }
}
