//! Copies of text that are safe to print on a terminal.

/// A copy in which control characters and those that change the direction of text are replaced,
/// one for one, so that columns stay.
#[must_use]
pub fn safe(text: &str) -> String {
    text.chars()
        .map(|each| {
            if each == '\t' {
                ' '
            } else if each != '\n' && steers(each) {
                '\u{FFFD}'
            } else {
                each
            }
        })
        .collect()
}

/// Whether a character is not shown but changes how others are: controls, directions of text, breaks of
/// lines, and what is invisible.
#[must_use]
pub fn steers(each: char) -> bool {
    each.is_control()
        || matches!(
            each,
            '\u{AD}'
                | '\u{61C}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// The text on one line, cut to so many characters, with `…` where it was cut.
#[must_use]
pub fn shorten(text: &str, limit: usize) -> String {
    let flat: String = safe(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= limit {
        return flat;
    }
    flat.chars().take(limit.saturating_sub(1)).chain(std::iter::once('…')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_do_not_reach_the_terminal() {
        assert_eq!(safe("a\u{1b}[31m\u{202e}b"), "a\u{FFFD}[31m\u{FFFD}b");
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(shorten("上年  年末结转", 4), "上年 …");
    }
}
