//! Where a line of a paragraph is a paragraph of its own: converters often write no blank lines.

use std::collections::VecDeque;

use unicode_width::UnicodeWidthStr;

use crate::read::flow::wide;

/// Lines before and behind that are looked at, to see how wide the lines of a paragraph are.
const NEAR: usize = 3;

/// The lines of one paragraph, in turn.
#[derive(Debug, Default)]
pub struct Lines {
    /// How wide the last lines were.
    widths: VecDeque<usize>,
}

impl Lines {
    /// Whether the paragraph ends with the line that ends at a byte, where another starts. The end may be
    /// a hard break, which the author wanted.
    pub fn end(&mut self, text: &str, end: usize, start: usize, hard: bool) -> bool {
        let mark = |each: char| each == '>' || each.is_whitespace();
        let before = text.get(..end).unwrap_or_default();
        let before = before.rsplit('\n').next().unwrap_or(before).trim_matches(mark);
        let mut next = text.get(start..).unwrap_or_default().split('\n').map(|line| line.trim_matches(mark));
        let after = next.next().unwrap_or_default();
        self.widths.push_back(before.width());
        if self.widths.len() > NEAR + 1 {
            self.widths.pop_front();
        }
        let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return hard };
        if "。！？；：:".contains(last) || apart(before) || apart(after) || numbered(after) || title(before) {
            return true;
        }
        if "，、,（(“《".contains(last) || "，、。；：）)》”%".contains(first) || first.is_lowercase() {
            return false;
        }
        // In Chinese text lines are full until the last.
        let (full, width) = (self.full(after, next), before.width());
        // A heading may be longer than other last lines.
        let heading = numbered(before) && !before.starts_with(|each: char| each.is_ascii_digit()) && plain(before);
        hard || (wide(last) || wide(first)) && (width * 4 < full * 3 || heading && width * 10 < full * 9)
    }

    /// How wide a full line is here.
    fn full<'a>(&self, after: &str, ahead: impl Iterator<Item = &'a str>) -> usize {
        let ahead = ahead.take_while(|line| !line.is_empty()).take(NEAR).map(UnicodeWidthStr::width);
        let mut widths: Vec<usize> = self.widths.iter().copied().chain([after.width()]).chain(ahead).collect();
        widths.sort_unstable_by(|left, right| right.cmp(left));
        // One line that is longer than all others says nothing of them.
        widths.get(usize::from(widths.len() > NEAR)).copied().unwrap_or_default()
    }
}

/// `2023年收支预算总表`: the title of a table, or the word in a list of them.
fn title(line: &str) -> bool {
    line.ends_with('表') && !line.contains('、') && plain(line)
}

/// It has nothing of a sentence.
fn plain(line: &str) -> bool {
    !line.contains(['，', '。', '；', '：', ',', ':', '“', '《'])
}

/// `（单位：万元）`, `表 1-8 …`, `(in millions)`: it stands between text and table.
fn apart(line: &str) -> bool {
    let bare = line.trim_start_matches(['（', '(', '*']);
    let digit = |rest: &str| rest.trim_start().starts_with(|each: char| each.is_ascii_digit());
    // `编制单位：某局 单位：万元`
    let unit = ["单位：", "单位:", "Unit:"].iter().find_map(|word| line.rsplit_once(word));
    let unit = unit.filter(|(before, _)| {
        before.is_empty()
            || before.ends_with(|each: char| each.is_whitespace() || "（(*".contains(each))
            || ["金额", "计量", "货币"].iter().any(|word| before.ends_with(word))
    });
    unit.is_some_and(|(_, unit)| !unit.is_empty() && unit.width() <= 10)
        || plain(line) && ["表", "附表", "Table"].iter().any(|word| bare.strip_prefix(word).is_some_and(digit))
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
        // `3.5` is a figure, and `3.2023年` is a number before a year.
        '.' | '．' => {
            let rest = behind.get(mark.len_utf8()..).unwrap_or_default();
            let words = rest.trim_start_matches(|each: char| each.is_ascii_digit());
            let year = rest.len() - words.len() == 4 && words.starts_with('年');
            inside.is_none() && bare.len() - behind.len() < 4 && (rest.len() == words.len() || year)
        }
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
            ("5．2023年支出表", "6．2024年支出情况"),
            ("2023年部门一般公共预算支出情况", "编制部门：某街道办事处 单位：元"),
            ("2024 年度部门决算表", "收入支出决算总表"),
            ("八、政府性基金预算收入支出决算情况说明", "某区委社会工作部 2024 年度无政府性基金预算财政"),
        ];
        apart.iter().for_each(|(before, after)| assert!(ends(before, after), "{before} / {after}"));
        let together = [
            ("本年度部门预算支出合计一百二十万元", "元，比上年增加"),
            ("组织实施生活性服务业推进", "措施"),
            ("收入，", "支出为本年度部门预算资金的百分之十五点六"),
            ("Total revenue for 2019 decreased", "23% as compared to 2018"),
            ("增长率为百分之五点三，即", "3.5 万元"),
            ("各预算单位的收入和支出见附", "表，与上年相同"),
            ("7、卫生健康支出（类）行政事业单位医疗（款）事业单位医", "（项）。主要用于：事业单位医疗保险支出。"),
            ("表 2 中，收入决算数与预算数相差一百二十万", "元以上的有五项，其他各项相差均不大"),
            ("二、事业收入：指事业单位开展专业业务活", "动及其辅助活动取得的收入和其他各项收入"),
            ("4、社会保障和就业支出（类）行政事业单位养老支", "出（款）事业单位基本养老保险缴费支出（项）"),
            ("各预算单位（编制单位：普陀", "区商务委员会及其所属单位）"),
            ("增长率由上年的百分之五点三降为", "3．5 个百分点"),
            ("Sales rose", "to 12.5 million in the year that ended on December 31"),
        ];
        together.iter().for_each(|(before, after)| assert!(!ends(before, after), "{before} / {after}"));
    }
}
