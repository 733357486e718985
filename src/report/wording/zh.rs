//! The sentences in Chinese.

use super::values::{
    allowance, beside, changed, difference, distinct, implied, in_one_record, printed, unit, with_unit, word,
};
use crate::audit::Summary;
use crate::finding::{Cause, CauseKind, Finding, Severity, Spot, Violation};
use crate::tie::{Reason, TieKind, Verdict};

/// What the reader is asked to do.
fn please(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "请核对",
        Severity::Warning => "请核实并说明",
        Severity::Note => "提请关注",
    }
}

/// The headline of a tie.
pub fn headline(finding: &Finding, kind: TieKind, verdict: Verdict, why: Option<&Reason>) -> String {
    // The whole document has no name.
    let is_named = |spot: &&Spot| verdict != Verdict::Undecided || !spot.label_zh.is_empty();
    let Some(spot) = finding.targets.first().filter(is_named) else {
        if verdict == Verdict::Broken {
            return format!("“{}”不成立", finding.rule.title.zh);
        }
        let why = why.map(|why| format!("：{}", reason(why))).unwrap_or_default();
        return format!("“{}”无法复核{why}", finding.rule.title.zh);
    };
    let label = &spot.label_zh;
    match verdict {
        Verdict::Broken => format!("{}，{}", broken(finding, spot, kind), please(finding.severity)),
        Verdict::Exact => format!("“{label}”列示 {}，{}，一致", with_unit(spot), recomputed(finding, spot, kind)),
        Verdict::Rounded => format!(
            "“{label}”列示 {}，{}，仅因四舍五入相符，而同类各项均完全一致，{}",
            with_unit(spot),
            recomputed(finding, spot, kind),
            please(finding.severity)
        ),
        Verdict::Implied => match finding.recomputed {
            Some(value) => {
                format!("“{label}”未填列；若其余数据无误，推算为 {}", implied(value, finding, spot) + &unit(spot))
            }
            None => format!("“{label}”未填列，可由其余数据推算"),
        },
        Verdict::Undecided => match why {
            Some(why) => format!("“{label}”无法复核：{}", reason(why)),
            None => format!("“{label}”无法复核"),
        },
    }
}

fn broken(finding: &Finding, spot: &Spot, kind: TieKind) -> String {
    let label = &spot.label_zh;
    let count = finding.targets.len();
    match kind {
        TieKind::Equal if finding.recomputed.is_none() => {
            let values = distinct(&finding.targets, "、", "、");
            format!("“{label}”{} 处列示前后不一致：分别为 {values}", count + finding.operands.len())
        }
        TieKind::Distinct => {
            format!("{} 重复列示 {} 处，各处应互不相同", printed(spot), count + finding.operands.len())
        }
        TieKind::Text => match finding.operands.first() {
            Some(other) => {
                format!("“{label}”为 {}，而“{}”为 {}，两处表述不一致", printed(spot), other.label_zh, printed(other))
            }
            None => format!("“{label}”为 {}，与“{}”不符", printed(spot), finding.rule.title.zh),
        },
        TieKind::Order => match finding.operands.first() {
            Some(other) => format!(
                "“{label}”列示 {}，“{}”列示 {}，与“{}”不符",
                with_unit(spot),
                other.label_zh,
                printed(other),
                finding.rule.title.zh
            ),
            None => format!("“{label}”列示 {}，与“{}”不符", with_unit(spot), finding.rule.title.zh),
        },
        TieKind::Sum
        | TieKind::Difference
        | TieKind::Average
        | TieKind::Ratio
        | TieKind::RelativeChange
        | TieKind::Share
        | TieKind::Equal
        | TieKind::Count
        | TieKind::Other => {
            format!("“{label}”列示 {}，{}", with_unit(spot), recomputed(finding, spot, kind))
        }
    }
}

/// What the other figures give, as a clause.
fn recomputed(finding: &Finding, spot: &Spot, kind: TieKind) -> String {
    let Some(value) = finding.recomputed else {
        return format!("与“{}”不符", finding.rule.title.zh);
    };
    let value = beside(value, spot);
    let count = finding.operands.len();
    let one_record = in_one_record(finding);
    match kind {
        TieKind::Sum if count == 0 => format!("经重新计算为 {value}"),
        TieKind::Sum if one_record => format!("所列 {count} 项相加为 {value}"),
        TieKind::Sum => format!("所属 {count} 行相加为 {value}"),
        TieKind::Average => format!("所列 {count} 项平均为 {value}"),
        TieKind::Ratio => format!("按所列数据计算为 {value}"),
        TieKind::RelativeChange => format!("按所比较的数据计算，变动率为 {value}"),
        TieKind::Share => format!("按部分与总体计算，占比为 {value}"),
        TieKind::Equal => match &finding.operands[..] {
            [] => format!("按规则为 {value}"),
            [other] => format!("而“{}”列示 {value}", other.label_zh),
            _ => format!("另 {count} 处列示 {value}"),
        },
        TieKind::Count => format!("所列实为 {value} 项"),
        TieKind::Difference | TieKind::Order | TieKind::Distinct | TieKind::Text | TieKind::Other => {
            format!("经重新计算为 {value}")
        }
    }
}

/// What is said at the target.
pub fn target(finding: &Finding, spot: &Spot, kind: TieKind, verdict: Verdict) -> String {
    match verdict {
        Verdict::Exact => "一致".into(),
        Verdict::Undecided => "未能复核".into(),
        Verdict::Implied => match finding.recomputed {
            Some(value) => format!("未填列，推算为 {}", implied(value, finding, spot)),
            None => "未填列".into(),
        },
        Verdict::Rounded => match finding.difference {
            Some(value) => apart(finding, spot, &format!("相差 {}", points(&difference(value, spot), spot))),
            None => "仅因四舍五入相符".into(),
        },
        Verdict::Broken => match (finding.difference, kind) {
            (Some(value), _) if !value.is_zero() => {
                let size = points(&difference(value, spot), spot);
                let side = match (value.signum() > 0, spot.percent, kind) {
                    (true, true, _) => "高",
                    (false, true, _) => "低",
                    (true, false, TieKind::Equal) => "比他处多",
                    (false, false, TieKind::Equal) => "比他处少",
                    (true, false, _) => "多",
                    (false, false, _) => "少",
                };
                apart(finding, spot, &format!("{side} {size}"))
            }
            (_, TieKind::Equal | TieKind::Distinct) => format!("此处为 {}", printed(spot)),
            _ => "不一致".into(),
        },
    }
}

fn points(size: &str, spot: &Spot) -> String {
    if spot.percent { format!("{size} 个百分点") } else { size.to_owned() }
}

fn apart(finding: &Finding, spot: &Spot, size: &str) -> String {
    match finding.allowance.filter(|allowance| !allowance.is_zero()) {
        Some(value) => format!("{size}；四舍五入至多解释 {}", allowance(value, spot)),
        None => size.to_owned(),
    }
}

/// The reading of the definition.
pub fn reading(name: &str) -> String {
    format!("本报告多数记录采用“{name}”口径，据此复核")
}

/// The finding moves a grade.
pub fn decision() -> String {
    "影响评级、及格线或目标完成与否".into()
}

/// How many single changes would mend it, and how many of them were named.
pub fn repairs(count: usize, named: usize) -> String {
    match count {
        _ if named > 0 => format!("共有 {count} 种单处改动可使其一致"),
        0 => "仅改动一处不能使其一致".into(),
        1 => "有一处改动可使其一致".into(),
        _ => format!("有 {count} 种单处改动均可使其一致，故不作推断"),
    }
}

/// An axis that was assumed to agree.
pub fn assumed(axis: &str) -> String {
    format!("报告未逐处注明“{axis}”，此处按相同处理")
}

/// What may have happened.
pub fn cause(finding: &Finding, cause: &Cause) -> String {
    let likely = if cause.corroborated { "疑似" } else { "可能为" };
    let figure = &cause.figure;
    let own = finding.targets.iter().any(|spot| spot.place.pointer == figure.place.pointer);
    let at = if own { String::new() } else { format!("“{}”", figure.label_zh) };
    let repaired = cause.repaired.as_deref();
    let agrees = repaired.map(|value| format!("：若为 {value} 则一致")).unwrap_or_default();
    let what = match cause.kind {
        CauseKind::Digit => match repaired.and_then(|new| changed(&figure.literal, new)) {
            Some((old, new)) => format!("{at}{likely}笔误：改动一位数字（{old} → {new}）即一致"),
            None => format!("{at}{likely}一位数字笔误{agrees}"),
        },
        CauseKind::Transposed => format!("{at}{likely}相邻两位数字颠倒{agrees}"),
        CauseKind::Scale => format!("{at}{likely}小数点或单位错位{agrees}"),
        CauseKind::Sign => format!("{at}{likely}正负号笔误{agrees}"),
        CauseKind::Swapped => format!("{at}{likely}两个单元格互换{agrees}"),
        CauseKind::Shifted => format!("{at}{likely}错列"),
        CauseKind::Inverted => format!("{at}{likely}分子分母颠倒{agrees}"),
        CauseKind::LeftOut => format!("{likely}漏计“{}”（{}）", figure.label_zh, printed(figure)),
        CauseKind::CountedTwice => format!("{likely}重复计入“{}”（{}）", figure.label_zh, printed(figure)),
        CauseKind::Stale => format!("{at}{likely}误填其他数字{agrees}"),
        CauseKind::DuplicateRow => format!("{likely}重复列示“{}”", figure.label_zh),
        CauseKind::Truncated => format!("{at}若按截断（不四舍五入）取数则一致"),
    };
    match &cause.restated {
        Some(spot) if cause.kind == CauseKind::Shifted => {
            format!("{what}：若填列于“{}”（现为空）则一致", spot.label_zh)
        }
        Some(spot) => format!("{what}，且“{}”列示 {}", spot.label_zh, printed(spot)),
        None => what,
    }
}

/// Why a tie could not be decided.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Missing(name) => format!("缺少“{name}”"),
        Reason::Ambiguous(path) => format!("“{path}”对应多条记录，应仅有一条"),
        Reason::Blank(name) => format!("“{name}”未填列"),
        Reason::Blanks(count) => format!("有 {count} 个分项未填列"),
        Reason::NotADate(text) => format!("“{}”不是有效日期", word(text)),
        Reason::NotAFigure(text) => format!("“{}”不是数字", word(text)),
        Reason::TooLong(text) => format!("{} 位数过多，无法精确表示", word(text)),
        Reason::Overflow => "结果超出精确运算范围".into(),
        Reason::ZeroDivisor => "除数为零".into(),
        Reason::UnlikeUnits(left, right) => format!("{left}与{right}不是同类单位"),
        Reason::LeftOut(column) => format!("差额即同行“{}”列的数，该关系未计此列", word(column)),
        Reason::OfAPart(part) => format!("其中一数在别处为“{}”的数，口径可能不同", word(part)),
        Reason::NoReading => "没有一种口径为多数记录所采用".into(),
        Reason::FewVotes => "记录过少，无法判断采用何种口径".into(),
        Reason::TooMuchWork => "计算量超过一条公式的上限".into(),
        Reason::RoundedTest => "仅因四舍五入成立的条件不能取反".into(),
    }
}

/// The headline of a violation of a schema.
pub fn violation(violation: &Violation, severity: Severity) -> String {
    let what = match violation {
        Violation::Unknown { field, .. } => format!("“{field}”不是数据格式规定的字段"),
        Violation::Missing { field } => format!("缺少必填字段“{field}”"),
        Violation::Type { found, expected } => {
            format!("{found} 的类型与数据格式不符，规定为 {}", expected.join(" 或 "))
        }
        Violation::NotAFigure { found } => format!("此处需填列数字，现为 {found}"),
        Violation::NotAllowed { found, allowed } => format!("{found} 不在可选值（{}）之内", allowed.join("、")),
        Violation::Limit { found, keyword, limit } => format!("{found} 超出数据格式规定：{keyword} {limit}"),
        Violation::Other { keyword, found } => format!("{found} 不符合数据格式的“{keyword}”规定"),
    };
    format!("{what}，{}", please(severity))
}

/// What is said at the place of a violation.
pub fn violation_label(violation: &Violation) -> String {
    match violation {
        Violation::Unknown { .. } => "未知字段".into(),
        Violation::Missing { field } => format!("此处缺少“{field}”"),
        Violation::Type { expected, .. } => format!("规定为 {}", expected.join(" 或 ")),
        Violation::NotAFigure { .. } => "需填列数字".into(),
        Violation::NotAllowed { .. } => "不在可选值之内".into(),
        Violation::Limit { keyword, limit, .. } => format!("{keyword} 为 {limit}"),
        Violation::Other { keyword, .. } => format!("不符合“{keyword}”"),
    }
}

/// The line that ends every run.
pub fn summary(summary: &Summary) -> String {
    let ties = &summary.ties;
    let others = summary.finding_count() - summary.disagreements;
    let mut head = vec![format!("{} 个文件", summary.files)];
    if summary.documents != summary.files {
        head.push(format!("{} 份数据", summary.documents));
    }
    head.push(format!("{} 个数字", summary.figures));
    let clean = super::is_clean(summary);
    let mut parts = if clean && ties.total() > 0 && ties.implied + ties.undecided == 0 {
        let rounded = if ties.rounded > 0 { format!("，其中尾差 {} 条", ties.rounded) } else { String::new() };
        vec![format!("{}；未发现不一致：{} 条勾稽全部相符{rounded}", head.join("，"), ties.total())]
    } else {
        head.push(format!("{} 条勾稽", ties.total()));
        let changes = match summary.decisions {
            0 => String::new(),
            count => format!("，其中 {count} 项影响评级"),
        };
        let findings = match summary.disagreements {
            0 => String::new(),
            findings => format!("（合为 {findings} 项审核疑点{changes}）"),
        };
        vec![format!(
            "{}：一致 {}、尾差 {}、不一致 {}{findings}、可推算 {}、无法判定 {}",
            head.join("，"),
            ties.exact,
            ties.rounded,
            ties.broken,
            ties.implied,
            ties.undecided
        )]
    };
    let mut extra = |count: usize, text: String| {
        if count > 0 {
            parts.push(text);
        }
    };
    // Findings that come of no broken tie: of a schema, or of checks that could not be made.
    extra(others, format!("{}审核疑点 {others} 项", if summary.disagreements > 0 { "其他" } else { "" }));
    extra(summary.faults, format!("运行问题 {} 个", summary.faults));
    extra(summary.raw_tables, format!("未能识别结构的表 {} 张", summary.raw_tables));
    extra(summary.allowed, format!("已说明 {} 条", summary.allowed));
    extra(summary.baselined, format!("存量 {} 项", summary.baselined));
    extra(summary.untied, format!("{} 个文件无可勾稽数据", summary.untied));
    extra(summary.unbound.len(), format!("{} 条勾稽关系未适用", summary.unbound.len()));
    if clean && ties.implied + ties.undecided > 0 {
        parts.push("未发现不一致".into());
    }
    parts.extend(summary.coverage().map(|share| format!("勾稽覆盖率 {share}%")));
    parts.join("；")
}
