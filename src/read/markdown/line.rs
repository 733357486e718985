//! Where a line of a paragraph is a paragraph of its own: converters often write no blank lines.

use unicode_width::UnicodeWidthStr;

use crate::read::flow::wide;

/// Lines that are looked at beyond the next, to see how wide the lines of a paragraph are.
const AHEAD: usize = 3;

/// The lines of one paragraph, in turn.
#[derive(Debug, Default)]
pub struct Lines {
    widest: usize,
}

impl Lines {
    /// Whether the paragraph ends with the line that ends at a byte, where another starts.
    pub fn end(&mut self, text: &str, end: usize, start: usize, hard: bool) -> bool {
        let mark = |each: char| each == '>' || each.is_whitespace();
        let before = text.get(..end).unwrap_or_default();
        let before = before.rsplit('\n').next().unwrap_or(before).trim_matches(mark);
        let mut next = text.get(start..).unwrap_or_default().split('\n').map(|line| line.trim_matches(mark));
        let after = next.next().unwrap_or_default();
        self.widest = self.widest.max(before.width()).max(after.width());
        for line in next.take(AHEAD).take_while(|line| !line.is_empty()) {
            self.widest = self.widest.max(line.width());
        }
        let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return hard };
        if "。！？；：:".contains(last) || apart(before) || apart(after) || numbered(after) {
            return true;
        }
        if "，、,（(".contains(last) || "，、。；：）)》”".contains(first) || first.is_lowercase() {
            return false;
        }
        // In Chinese text lines are full until the last.
        hard || (wide(last) || wide(first)) && before.width() * 4 < self.widest * 3
    }
}

/// `（单位：万元）`, `表 1-8 …`, `(in millions)`: it stands between text and table.
fn apart(line: &str) -> bool {
    let bare = line.trim_start_matches(['（', '(', '*']);
    let digit = |rest: &str| rest.trim_start().starts_with(|each: char| each.is_ascii_digit());
    ["单位：", "单位:", "金额单位", "Unit:"].iter().any(|word| bare.starts_with(word))
        || ["表", "附表", "Table"].iter().any(|word| bare.strip_prefix(word).is_some_and(digit))
        || line.starts_with(['（', '('])
            && line.ends_with(['）', ')'])
            && bare.find(['）', ')']) == bare.rfind(['）', ')'])
}

/// `一、`, `（二）`, `3、`, `4．`, `第五章`, `①`: it starts something.
fn numbered(line: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九十百";
    let inside = line.strip_prefix(['（', '(']);
    let bare = inside.or_else(|| line.strip_prefix('第')).unwrap_or(line);
    let digits = bare.trim_start_matches(|each: char| each.is_ascii_digit());
    let behind =
        if digits.len() < bare.len() { digits } else { bare.trim_start_matches(|each| NUMERALS.contains(each)) };
    let Some(mark) = behind.chars().next().filter(|_| behind.len() < bare.len()) else {
        return line.starts_with(['①', '②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨', '•', '●', '■']);
    };
    match mark {
        '）' | ')' => bare.len() - behind.len() < 9,
        // `3.5` is a figure.
        '.' | '．' => inside.is_none() && !behind.chars().nth(1).is_some_and(|next| next.is_ascii_digit()),
        '、' => inside.is_none(),
        '章' | '节' | '条' | '部' => line.starts_with('第'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(before: &str, after: &str) -> bool {
        let text = format!("{before}\n{after}");
        Lines::default().end(&text, before.len(), before.len() + 1, false)
    }

    #[test]
    fn lines_of_their_own_are_told_from_wrapped_ones() {
        let apart = [
            ("目录", "一、主要职能"),
            ("年初结转 12 万元。", "本年支出"),
            ("2023年收支预算总表", "编制部门：某街道办事处机关及所属各事业单位汇总"),
            ("部门预算情况如下", "单位：万元"),
            ("单位：万元", "收入"),
            ("Results of operations", "(in millions)"),
            ("1、甲", "2、乙"),
            ("总则", "第二章 预算"),
        ];
        apart.iter().for_each(|(before, after)| assert!(ends(before, after), "{before} / {after}"));
        let together = [
            ("本年度部门预算支出合计一百二十万元", "元，比上年增加"),
            ("组织实施生活性服务业推进", "措施"),
            ("收入，", "支出为本年度部门预算资金的百分之十五点六"),
            ("Total revenue for 2019 decreased", "23% as compared to 2018"),
            ("增长率为百分之五点三，即", "3.5 万元"),
            ("Sales rose", "to 12.5 million in the year that ended on December 31"),
        ];
        together.iter().for_each(|(before, after)| assert!(!ends(before, after), "{before} / {after}"));
    }
}
