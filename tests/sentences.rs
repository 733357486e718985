//! What the sentences of a report say in the words of a pack: a figure that another place contradicts is told, one that
//! is of something else than its words alone say stays silent.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

use std::sync::Arc;

use tieout::finding::{Confidence, Severity};
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};

const TITLE: &str = "# 某局2023年度部门整体支出绩效评价报告\n\n";

/// The checks that warn of something in a report of these sentences.
fn broken(sentences: &str) -> Vec<String> {
    found(sentences, Severity::Warning)
}

/// The checks that say something, of that severity at least.
fn found(sentences: &str, least: Severity) -> Vec<String> {
    let engine = Engine::new(Options {
        packs: vec!["performance-evaluation".into()],
        check_folders: Vec::new(),
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Strong,
        keep_ties: false,
        jobs: Some(1),
        severity: Vec::new(),
        allow: Vec::new(),
    })
    .expect("the pack is there");
    let bytes = Arc::from((TITLE.to_owned() + sentences).into_bytes());
    let mut found = Vec::new();
    let mut each = |audit: tieout::audit::Audit| {
        let all = audit.findings.iter().filter(|finding| finding.severity >= least);
        let all = all.flat_map(|finding| std::iter::once(finding).chain(&finding.members));
        found.extend(all.map(|finding| finding.rule.id.clone()));
        Ok(())
    };
    engine.run(&[Input::Bytes { name: "report.md".into(), bytes }], &mut each).expect("nothing is written");
    found
}

/// One sentence contradicts another; a third, which says the same figure of something else, does not.
fn contradicts(first: &str, contrary: &str, of_another: &str, check: &str) {
    assert_eq!(broken(&format!("{first}\n\n{contrary}\n")), [check], "{contrary}");
    assert_eq!(broken(&format!("{first}\n\n{of_another}\n")), [""; 0], "{of_another}");
}

#[test]
fn what_something_was_before_it_changed_is_not_what_it_is() {
    let first = "2023年年末结转结余720.05万元。";
    contradicts(first, "年末结转结余612.48万元。", "年末结转结余由612.48万元增至720.05万元。", "budget/agrees");
}

#[test]
fn what_is_said_of_the_first_or_last_of_several_is_of_that_one() {
    let first = "2023年调整后预算20,841.79万元。";
    let one = "执行率最低的为公立医院，调整后预算1,918.18万元。";
    contradicts(first, "公立医院改革后，调整后预算1,918.18万元。", one, "budget/agrees");
}

#[test]
fn what_is_left_after_an_exclusion_is_another_figure() {
    let first = "2023年预算调整数5,952.54万元。";
    let rest = "剔除上级追加的5,584.76万元后，预算调整数为367.78万元。";
    contradicts(first, "预算调整数为367.78万元。", rest, "budget/agrees");
}

#[test]
fn the_parts_of_people_are_people() {
    let first = "某局编制共414个，下设9个直属事业单位。";
    let parts = "编制共414个，其中局本级46个、直属事业单位368个。";
    contradicts(first, "编制共414个，下设368个直属事业单位。", parts, "staffing/units-agree");
}

#[test]
fn an_amount_behind_a_count_is_that_of_what_is_counted() {
    let first = "2023年支出19,580.87万元。";
    contradicts(first, "全年支出7,872.25万元。", "重点项目9个，支出7,872.25万元。", "budget/agrees");
    contradicts(first, "支出7,872.25万元；重点项目9个。", "养护公路426,350平方米，支出7,872.25万元。", "budget/agrees");
}

#[test]
fn parts_behind_a_colon_go_on_to_the_end_of_the_sentence() {
    let first = "2023年项目支出11,103.55万元。";
    let parts = "2023年年初预算为13,548.10万元，其中：基本支出8,161.90万元，占60.24%；项目支出5,386.20万元，占39.76%。";
    let plain = "2023年年初预算为13,548.10万元，其中基本支出8,161.90万元，占60.24%；项目支出5,386.20万元。";
    contradicts(first, plain, parts, "budget/agrees");
}

#[test]
fn an_amount_without_a_subject_is_that_of_the_indicator_that_its_paragraph_is_about() {
    let first = "2023年项目支出11,103.55万元。";
    let of_indicator = "A203 村卫生室建设完成率：计划48个，完成45个。项目支出449.35万元，平均每个9.99万元。";
    let of_all = "A203 村卫生室建设完成率：计划48个，完成45个。2023年项目支出449.35万元，平均每个9.99万元。";
    contradicts(first, of_all, of_indicator, "budget/agrees");
}

#[test]
fn balances_of_several_years_are_read_by_year() {
    let table = "表1 历年结转结余变动情况表\n\n| 年度 | 年初结转结余 | 本年收入 | 本年支出 | 财政收回 | 年末结转结余 |\n| --- | --- | --- | --- | --- | --- |\n| 2021年 | 846.27 | 10,386.45 | 10,218.36 | 36.42 | 977.94 |\n| 2022年 | 977.94 | 14,275.80 | 14,171.83 | 28.15 | 1,053.76 |\n| 2023年 | 1,053.76 | 17,457.30 | 17,169.91 | 0 | 1,341.15 |\n";
    assert_eq!(broken(table), [""; 0]);
    let spent = table.replace("14,171.83", "14,117.83");
    assert_eq!(broken(&spent), ["budget/closing-reclaimed"]);
    let opening = table.replacen("| 1,053.76 | 17", "| 1,035.76 | 17", 1);
    assert_eq!(broken(&opening), ["budget/closing-reclaimed", "budget/history-carried-forward"]);
}

#[test]
fn a_column_that_nobody_knows_may_be_what_a_relation_lacks() {
    let table = "表1 收支情况表\n\n| 分类 | 年初结转结余 | 本年收入 | 本年支出 | 核销金额 | 年末结转结余 |\n| --- | --- | --- | --- | --- | --- |\n| 基本支出 | 46.27 | 386.45 | 218.36 | 0 | 214.36 |\n| 项目支出 | 977.94 | 4,275.80 | 4,171.83 | 28.15 | 1,053.76 |\n| 专项支出 | 53.76 | 457.30 | 169.91 | 0 | 341.15 |\n| 其他支出 | 10.00 | 57.30 | 50.00 | 0 | 17.30 |\n| 甲支出 | 1.00 | 12.00 | 10.00 | 0 | 3.00 |\n| 乙支出 | 2.00 | 14.00 | 11.00 | 0 | 5.00 |\n| 丙支出 | 3.50 | 16.00 | 9.00 | 0 | 10.50 |\n| 合计 | 1,094.47 | 5,218.85 | 4,640.10 | 28.15 | 1,645.07 |\n";
    assert_eq!(broken(table), [""; 0]);
    assert_eq!(found(table, Severity::Note), ["budget/closing"; 2], "it is noted, not passed over");
    assert!(broken(&table.replace("169.91", "196.91")).contains(&"budget/closing".to_owned()));
    assert!(broken(&table.replace("4,171.83", "4,117.83")).contains(&"budget/closing".to_owned()));
}

#[test]
fn what_is_said_of_another_body_or_of_a_part_of_the_year_is_not_the_report_s_own() {
    let first = "2023年支出19,580.87万元。";
    contradicts(first, "某局支出7,610.29万元。", "市职业技术学校支出7,610.29万元。", "budget/agrees");
    contradicts(first, "2023年我局支出7,610.29万元。", "2023年市救助管理站支出7,610.29万元。", "budget/agrees");
    let brackets = "代管的县供销合作社（在编15人、2023年支出286.40万元）单独编报决算。";
    contradicts(first, "某局（在编15人、2023年支出286.40万元）单独编报决算。", brackets, "budget/agrees");
    let quarter = "二季度支出增加，三季度受暑期影响，支出7,610.29万元。";
    contradicts(first, "二季度支出增加；全年受暑期影响，支出7,610.29万元。", quarter, "budget/agrees");
}

#[test]
fn what_is_said_respectively_or_compared_is_of_what_the_sentence_is_about() {
    let first = "2023年年初预算5,750.22万元。";
    let years = "近三年某局年初预算分别为5,124.60万元、5,386.75万元和5,750.22万元。";
    contradicts(first, "某局年初预算为5,124.60万元。", years, "budget/agrees");
    let spent = "2023年支出19,580.87万元。";
    let compared = "“三公”经费控制率77.77%，较2023年支出数51.68万元减少28.66万元。";
    contradicts(spent, "控制率77.77%，2023年支出数51.68万元。", compared, "budget/agrees");
    contradicts(spent, "覆盖项目，支出3,031.61万元。", "覆盖项目，涉及支出3,031.61万元。", "budget/agrees");
}

#[test]
fn a_formula_is_of_the_year_of_the_report_whatever_it_is_compared_with() {
    let last = "表1 2022年收支情况表\n\n| 分类 | 年初结转结余 | 支出决算数 | 年末结转结余 |\n| --- | --- | --- | --- |\n| 基本支出 | 10.00 | 31,152.91 | 24.75 |\n| 项目支出 | 20.00 | 13,929.36 | 30.66 |\n| 合计 | 30.00 | 45,082.27 | 55.41 |";
    let formula = "预算执行率=（实际支出数/调整后预算数）×100%=（47,099.68/49,523.56）×100%=95.11%";
    contradicts(
        last,
        &format!("2022年，{formula}。"),
        &format!("{formula}，较2022年的94.72%提高0.39个百分点。"),
        "budget/agrees",
    );
}

#[test]
fn each_of_several_indicators_in_a_paragraph_has_its_own_figures() {
    let table = "| 指标 | 分值 | 得分 | 得分率 |\n| --- | --- | --- | --- |\n| A 决策 | 5 | 4.6 | 92% |\n| A201 编制科学性 | 3 | 3 | 100% |\n| A202 入库规范性 | 2 | 1.6 | 80% |\n";
    let said = "A201 编制科学性：满分3分，得3分，得分率100%。A202 入库规范性：满分2分，得1.6分，得分率80%。";
    assert_eq!(broken(&format!("{table}\n{said}\n")), [""; 0]);
    let other = said.replace("得分率80%", "得分率90%");
    assert!(broken(&format!("{table}\n{other}\n")).contains(&"scoring/agrees".to_owned()));
}

#[test]
fn the_amount_of_a_part_of_the_funds_contradicts_none_of_all() {
    let table = "表1 2023年年初预算情况表\n\n| 资金来源 | 人员经费 | 公用经费 | 项目支出 | 合计 |\n| --- | --- | --- | --- | --- |\n| 一般公共预算财政拨款 | 27,905.18 | 3,381.22 | 9,418.60 | 40,705.00 |\n| 政府性基金预算财政拨款 | 0 | 0 | 2,910.00 | 2,910.00 |\n| 合计 | 27,905.18 | 3,381.22 | 12,328.60 | 43,615.00 |\n\n";
    let said = |amount: &str| format!("{table}2023年年初预算43,615.00万元，其中项目支出{amount}万元。\n");
    assert_eq!(broken(&said("12,328.60")), [""; 0]);
    assert_eq!(broken(&said("9,148.60")), ["budget/agrees"]);
    assert_eq!(broken(&said("9,418.60")), [""; 0]);
    assert_eq!(found(&said("9,418.60"), Severity::Note), ["budget/agrees"], "it is noted, not passed over");
}

#[test]
fn a_fund_of_one_line_needs_no_subtotal() {
    let table = "表1 2023年收支情况表\n\n| 分类 | 分类 | 年初结转结余 | 本年支出 | 年末结转结余 |\n| --- | --- | --- | --- | --- |\n| 一般公共预算财政拨款 | 基本支出 | 218.36 | 31,152.91 | 246.75 |\n|  | 项目支出 | 1,873.44 | 11,385.27 | 2,087.48 |\n|  | 小计 | 2,091.80 | 42,538.18 | 2,334.23 |\n| 政府性基金预算财政拨款 | | 10.00 | 512.64 | 57.36 |\n| 合计 | | 2,101.80 | 43,050.82 | 2,391.59 |\n";
    assert_eq!(broken(table), [""; 0]);
    assert_eq!(broken(&table.replace("43,050.82", "42,538.18")), ["budget/total-of-groups"]);
}

#[test]
fn a_score_is_that_of_the_report_however_its_evaluation_is_called() {
    let first = "经评价，总得分91.66分。";
    let own = "某局2023年度部门整体支出绩效评价总得分为91.16分，评价等级为“优”。";
    let another = "某局2023年度部门整体支出绩效自评总得分为95.16分。";
    contradicts(first, own, another, "scoring/agrees");
    contradicts(first, "按百分制评分，绩效评价得分为91.16分。", "满分为100分。", "scoring/agrees");
}

#[test]
fn the_total_of_several_funds_is_not_that_of_the_only_one_with_a_subtotal() {
    let table = "表1 2023年部门预算执行情况表（单位：万元）\n\n| 分类 | 分类 | 年初结转结余数 | 预算调整数 | 支出决算数 | 年末结转结余数 |\n| --- | --- | --- | --- | --- | --- |\n| 一般公共预算财政拨款 | 公用经费 | 6.38 | -12.86 | 203.95 | 4.17 |\n|  | 项目支出 | 418.63 | 2,946.10 | 12,819.28 | 939.03 |\n|  | 小计 | 425.01 | 2,933.24 | 13,023.23 | 943.20 |\n| 政府性基金 | 项目支出 | 96.27 | 188.40 | 628.35 | 168.32 |\n| 合计 | | 521.28 | 3,121.64 | 13,651.58 | 1,111.52 |\n\n";
    let said = |amount: &str| format!("{table}2023年支出决算{amount}万元。\n");
    assert_eq!(broken(&said("13,651.58")), [""; 0]);
    assert_eq!(broken(&said("13,561.58")), ["budget/agrees"]);
}

#[test]
fn what_a_formula_divides_by_may_be_another_figure_of_the_report() {
    let table = "表1 2023年项目预算情况表（单位：万元）\n\n| 项目 | 项目预算 | 支出 |\n| --- | --- | --- |\n| 甲 | 12,000.00 | 11,000.00 |\n| 乙 | 9,124.05 | 9,000.00 |\n| 合计 | 21,124.05 | 20,000.00 |\n\n2023年年初预算27,530.85万元。\n\n";
    let formula = |base: &str, rate: &str| format!("{table}预算调整率=2,093.64÷{base}×100%={rate}。\n");
    assert_eq!(broken(&formula("27,530.85", "7.60%")), [""; 0]);
    assert_eq!(broken(&formula("21,124.05", "9.91%")), [""; 0]);
    assert_eq!(found(&formula("21,124.05", "9.91%"), Severity::Note), ["budget/agrees"], "it is noted");
    assert_eq!(broken(&formula("27,350.85", "7.65%")), ["budget/agrees"], "no other place prints it");
}

#[test]
fn what_a_paragraph_is_about_or_what_is_of_each_is_not_the_report_s_own() {
    let first = "2023年项目支出18,656.39万元，支出合计25,246.36万元。";
    let of_paragraph = "隐患点52处，其中新增7处。项目支出846.13万元，具体为设备251.36万元。";
    contradicts(first, "2023年项目支出846.13万元。", of_paragraph, "budget/agrees");
    contradicts(first, "全年支出8,287.92万元。", "特困人员2,318人，人均年支出8,287.92元。", "budget/agrees");
    contradicts(first, "全年支出298.65万元。", "改造完成4所。项目全年支出298.65万元。", "budget/agrees");
    contradicts(first, "全年支出合计7,201.17万元。", "上半年支出合计7,201.17万元。", "budget/agrees");
    let bracket = "另有其他支出（彩票公益金安排的支出）628.35万元。";
    contradicts(first, "支出（含彩票公益金）628.35万元。", bracket, "budget/agrees");
}

#[test]
fn the_office_itself_may_be_listed_with_the_units_below_it() {
    let units = |own: &str| {
        format!(
            "表1 人员情况表\n\n| 单位 | 单位性质 | 编制 | 在职 |\n| --- | --- | --- | --- |\n| {own} | 行政单位 | 67 | 62 |\n| 登记中心 | 公益一类 | 86 | 83 |\n| 监测站 | 公益一类 | 18 | 17 |\n| 合计 | | 171 | 162 |\n\n"
        )
    };
    let said = |own: &str, count: u8| broken(&format!("{}某局下设{count}个直属事业单位。\n", units(own)));
    assert_eq!((said("局机关", 2), said("局机关", 3)), (Vec::new(), Vec::new()));
    assert_eq!(said("局机关", 4), ["staffing/units-listed"]);
    assert_eq!(said("储备中心", 2), ["staffing/units-listed"]);
}

#[test]
fn a_summary_of_two_levels_adds_up_by_section() {
    let table = "表1 二级指标得分情况表\n\n| 一级指标 | 二级指标 | 三级指标数 | 权重 | 得分 |\n| --- | --- | --- | --- | --- |\n| A 投入 | A1 目标 | 2 | 6 | 5 |\n|  | A2 配置 | 3 | 9 | 9 |\n|  | 小计 | 5 | 15 | 14 |\n| B 过程 | B1 执行 | 6 | 50 | 47.77 |\n|  | B2 管理 | 3 | 35 | 27.55 |\n|  | 小计 | 9 | 85 | 75.32 |\n| 合计 | | 14 | 100 | 89.32 |\n";
    assert_eq!(broken(table), [""; 0]);
    assert!(broken(&table.replace("| 75.32 |", "| 73.52 |")).contains(&"scoring/section-score".to_owned()));
    assert!(broken(&table.replace("| 89.32 |", "| 89.23 |")).contains(&"scoring/total-score".to_owned()));
    assert!(
        broken(&table.replace("| 6 | 50 |", "| 6 | 55 |")).contains(&"scoring/section-weight-of-groups".to_owned())
    );
}

#[test]
fn indicators_of_one_name_in_two_groups_are_two() {
    let table = "表1 评分表\n\n| 一级指标 | 二级指标 | 三级指标 | 权重 | 得分 |\n| --- | --- | --- | --- | --- |\n| 过程 | 预算管理 | 管理制度健全性 | 3 | 3.00 |\n|  |  | 资金使用合规性 | 47 | 40.00 |\n|  | 资产管理 | 管理制度健全性 | 2 | 2.00 |\n|  |  | 资产利用率 | 48 | 45.00 |\n| 合计 | | | 100 | 90.00 |\n\n";
    assert_eq!(broken(table), [""; 0]);
    let other = "表2 扣分指标情况表\n\n| 指标 | 权重 | 得分 | 得分率 |\n| --- | --- | --- | --- |\n| 资产利用率 | 48 | 42.00 | 87.50% |\n| 资金使用合规性 | 47 | 40.00 | 85.11% |\n";
    assert_eq!(broken(&format!("{table}{other}")), ["scoring/agrees"]);
}

#[test]
fn rates_beside_the_columns_that_a_check_knows_are_asked_too() {
    let table = "表1 “三公”经费情况表（单位：万元）\n\n| 项目 | 2022年决算 | 2023年决算 | 增减率 |\n| --- | --- | --- | --- |\n| “三公”经费合计 | 124.20 | 136.06 | 9.55% |\n| 因公出国（境）费 | 12.40 | 13.06 | 5.32% |\n| 公务用车购置及运行费 | 107.65 | 119.72 | 11.21% |\n| 公务接待费 | 4.15 | 3.28 | -20.96% |\n";
    assert_eq!(broken(table), [""; 0]);
    assert_eq!(broken(&table.replace("11.21%", "10.08%")), ["table/rate"]);
}

#[test]
fn what_stands_below_the_total_says_what_it_is_of() {
    let table = "表1 2023年部门收支执行情况表（单位：万元）\n\n| 资金来源 | 支出类别 | 年初结转结余 | 支出决算 | 年末结转结余 |\n| --- | --- | --- | --- | --- |\n| 一般公共预算 | 基本支出 | 18.42 | 4,279.94 | 17.18 |\n|  | 项目支出 | 642.75 | 4,436.63 | 466.64 |\n|  | 小计 | 661.17 | 8,716.57 | 483.82 |\n| 其他资金 | 项目支出 | 27.30 | 118.47 | 36.48 |\n| 合计 | | 688.47 | 8,835.04 | 520.30 |\n| 其中：基本支出 | | 18.42 | 4,279.94 | 17.18 |\n| 项目支出 | | 670.05 | 4,555.10 | 503.12 |\n\n";
    assert_eq!(broken(table), [""; 0]);
    assert_eq!(broken(&table.replace("| 合计 | | 688.47 |", "| 合计 | | 686.47 |")), ["budget/total-of-groups"]);
    // Of what the paragraph is about is known where a part prints it.
    let said = |amount: &str| {
        broken(&format!("{table}2023年支出决算8,835.04万元。全年共实施项目14个。支出决算合计{amount}万元。\n"))
    };
    assert_eq!(said("4,555.10"), [""; 0]);
    assert_eq!(said("4,455.10"), ["budget/agrees"]);
}

#[test]
fn what_divides_or_restricts_a_whole_is_not_the_report_s_own() {
    let first = "2023年人员经费3,881.86万元，调整后预算10,077.72万元，年初预算7,095.70万元。";
    contradicts(
        first,
        "人员经费3,698.70万元。",
        "按支出性质分：人员经费3,698.70万元，公用经费595.00万元。",
        "budget/agrees",
    );
    let part = "仅就财政拨款而言，调整后预算9,751.89万元。";
    contradicts(first, "总体而言，调整后预算9,751.89万元。", part, "budget/agrees");
    let its = "县本级项目支出调增1,874.92万元，为其年初预算2,385.60万元的78.59%。";
    contradicts(first, "全年年初预算2,385.60万元。", its, "budget/agrees");
}

#[test]
fn a_subtotal_of_a_group_is_the_sum_of_its_indicators() {
    let table = "表1 绩效评价打分表\n\n| 一级指标 | 二级指标 | 三级指标 | 权重 | 得分 |\n| --- | --- | --- | --- | --- |\n| A 决策（55 分） | A1 目标（6 分） | A101 合理性 | 3 | 3 |\n|  |  | A102 明确性 | 3 | 2 |\n|  | 小计 |  | 6 | 5 |\n|  | A2 配置（49 分） | A201 控制率 | 45 | 42 |\n|  |  | A202 变动率 | 4 | 3.94 |\n|  | 小计 |  | 49 | 45.94 |\n| B 产出（45 分） | B1 数量（45 分） | B101 完成率 | 45 | 40 |\n|  | 小计 |  | 45 | 40 |\n| 合计 |  |  | 100 | 90.94 |\n";
    assert_eq!(broken(table), [""; 0]);
    assert_eq!(broken(&table.replace("| 49 | 45.94 |", "| 49 | 45.49 |")), ["scoring/group-score"]);
    let level = "|  | 小计 |  | 49 | 45.94 |\n";
    let whole = table.replace(level, &format!("{level}| 决策合计 |  |  | 55 | 50.94 |\n"));
    assert_eq!(broken(&whole), [""; 0]);
    let wrong = broken(&whole.replace("| 55 | 50.94 |", "| 55 | 50.49 |"));
    assert_eq!(wrong, ["scoring/section-score", "scoring/total-score"], "the total adds up the sections");
    let wrong = broken(&whole.replace("| 49 | 45.94 |", "| 49 | 45.49 |"));
    assert_eq!(wrong, ["scoring/group-score", "scoring/section-score"], "the section adds up its groups");
}

#[test]
fn what_is_said_of_the_office_alone_is_not_of_the_whole() {
    let first = "截至2023年底，编制229名，实有214人。";
    contradicts(first, "实有204人。", "局机关编制42名，实有40人，支出13.40万元。", "staffing/agrees");
    let first = "2023年调整后预算23,553.17万元。";
    let without = "调整后预算（不含上年结转）21,672.11万元。";
    contradicts(first, "调整后预算（见表2）21,672.11万元。", without, "budget/agrees");
    let first = "2023年支出93,509.26万元。";
    contradicts(first, "全年支出266,262.38万元。", "三年支出合计266,262.38万元。", "budget/agrees");
    let first = "2023年项目支出55,618.92万元。";
    let of_part = "年中追加2,748.73万元；追加部分中，项目支出2,014.20万元。";
    contradicts(first, "年中追加2,748.73万元；项目支出2,014.20万元。", of_part, "budget/agrees");
}
