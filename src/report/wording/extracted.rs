//! Sentences about what was read of a report.

use crate::document::Raw;
use crate::report::Lang;

/// What was read of a report, counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extracted {
    /// Tables.
    pub tables: usize,
    /// Those of them that could not be understood.
    pub raw: usize,
    /// Rows in which a cell was lost or shifted.
    pub suspect: usize,
    /// Figures in tables.
    pub figures: usize,
    /// Sentences with figures.
    pub statements: usize,
    /// Figures in them.
    pub stated: usize,
}

/// The line that counts them.
#[must_use]
pub fn extracted(lang: Lang, counts: &Extracted) -> String {
    let Extracted { tables, raw, suspect, figures, statements, stated } = *counts;
    match lang {
        Lang::En => {
            let raw = if raw > 0 { format!(" ({raw} not understood)") } else { String::new() };
            let suspect =
                if suspect > 0 { format!(", {suspect} rows with a lost or shifted cell") } else { String::new() };
            format!(
                "{tables} tables{raw} with {figures} figures{suspect}; {statements} sentences with {stated} figures"
            )
        }
        Lang::Zh => {
            let raw = if raw > 0 { format!("（{raw} 张未能识别结构）") } else { String::new() };
            let suspect = if suspect > 0 { format!("，{suspect} 行疑有缺格或错格") } else { String::new() };
            format!("{tables} 张表{raw}、{figures} 个数字{suspect}；{statements} 句含数字的文字、{stated} 个数字")
        }
    }
}

/// Why a table was left as it stands.
#[must_use]
pub fn raw(lang: Lang, raw: Raw) -> &'static str {
    match (lang, raw) {
        (Lang::En, Raw::NoHeader) => "no header found",
        (Lang::En, Raw::Ragged) => "rows of too different lengths",
        (Lang::En, Raw::TooLarge) => "too large",
        (Lang::Zh, Raw::NoHeader) => "未找到表头",
        (Lang::Zh, Raw::Ragged) => "各行列数不一",
        (Lang::Zh, Raw::TooLarge) => "表过大",
    }
}
