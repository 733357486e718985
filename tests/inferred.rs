//! What is tied without any check: columns of tables and figures of sentences that nobody has described. Each relation has
//! tables and sentences that must show an error put into them, and others that must stay silent.

#![expect(clippy::expect_used, reason = "a test stops where something is wrong")]

use std::sync::Arc;

use tieout::audit::Audit;
use tieout::finding::Confidence;
use tieout::pipeline::walk::Input;
use tieout::pipeline::{Engine, Options};

fn audit(text: &str) -> Audit {
    let options = Options {
        packs: Vec::new(),
        check_folders: Vec::new(),
        select: Vec::new(),
        ignore: Vec::new(),
        strictness: Confidence::Strong,
        keep_ties: true,
        jobs: Some(1),
        severity: Vec::new(),
        allow: Vec::new(),
    };
    let engine = Engine::new(options).expect("no packs to compile");
    let inputs = [Input::Bytes { name: "report.md".into(), bytes: Arc::from(text.as_bytes()) }];
    let mut found = None;
    engine
        .run(&inputs, &mut |audit| {
            found.get_or_insert(audit);
            Ok(())
        })
        .expect("nothing is written");
    found.expect("one document")
}

/// What is found: the check, and the figure that is told.
fn findings(text: &str) -> Vec<(String, String)> {
    let told = |finding: &tieout::finding::Finding| {
        let target = finding.targets.first().map(|target| target.literal.clone()).unwrap_or_default();
        (finding.rule.id.clone(), target)
    };
    let found = audit(text).findings;
    found.iter().flat_map(|finding| std::iter::once(finding).chain(&finding.members)).map(told).collect()
}

/// A text that is right, and says the check where a figure is another.
fn shows(text: &str, changes: &[(&str, &str)], check: &str) {
    assert_eq!(findings(text), [], "{text}");
    for (printed, other) in changes {
        assert!(text.contains(printed), "{printed}");
        let changed = text.replacen(printed, other, 1);
        let found = findings(&changed);
        assert!(found.iter().any(|(id, _)| id == check), "{printed} → {other}: {found:?}");
    }
}

/// The ties of a check.
fn ties(text: &str, check: &str) -> usize {
    audit(text).tie_records.iter().filter(|tie| tie.check == check).count()
}

const BUDGET: &str = "
| 项目 | 年初预算 | 调整数 | 全年预算 | 执行数 | 执行率 | 结余 |
| --- | --- | --- | --- | --- | --- | --- |
| 甲 | 120.50 | 13.25 | 133.75 | 130.10 | 97.27% | 3.65 |
| 乙 | 2,040.00 | -17.40 | 2,022.60 | 1,999.99 | 98.88% | 22.61 |
| 丙 | 318.07 | 45.45 | 363.52 | 301.00 | 82.80% | 62.52 |
| 丁 | 77.10 | 12.00 | 89.10 | 89.10 | 100.00% | 0.00 |
";

#[test]
fn a_column_is_the_sum_the_difference_or_the_rate_of_others() {
    shows(BUDGET, &[("363.52", "365.52"), ("-17.40", "17.40"), ("62.52", "68.52")], "table/across");
    shows(BUDGET, &[("97.27%", "97.72%"), ("82.80%", "82.30%"), ("1,999.99", "1,899.99")], "table/rate");
}

#[test]
fn shares_and_rates_of_several_columns_are_rates() {
    let survey = "
| 问题 | 非常满意 | 满意 | 一般 | 不满意 | 合计 | 满意度 |
| --- | --- | --- | --- | --- | --- | --- |
| 甲 | 168 | 142 | 41 | 26 | 377 | 93.10% |
| 乙 | 155 | 150 | 52 | 20 | 377 | 94.69% |
| 丙 | 181 | 139 | 38 | 19 | 377 | 94.96% |
| 丁 | 149 | 160 | 45 | 23 | 377 | 93.90% |
";
    shows(survey, &[("94.96%", "94.46%"), ("93.90%", "93.09%")], "table/rate");
    shows(survey, &[("| 52 |", "| 25 |"), ("| 26 |", "| 28 |")], "table/across");
    let shares = "
| Item | Amount | Share |
| --- | --- | --- |
| Salaries | 5,120 | 43.5% |
| Rent | 1,905 | 16.2% |
| Travel | 2,210 | 18.8% |
| Other | 2,525 | 21.5% |
| Total | 11,760 | 100.0% |
";
    shows(shares, &[("16.2%", "12.6%"), ("18.8%", "18.3%")], "table/rate");
    let hundredfold = shares.replace('%', "").replace("Share", "Share (%)");
    shows(&hundredfold, &[("16.2", "12.6")], "table/rate");
}

#[test]
fn rounded_figures_contradict_nothing() {
    // 41.4 + 12.3 is 53.7, rounded before it was printed; hundreds are off by one in their last place that counts.
    let thousands = "
| Region | Men | Women | Total |
| --- | --- | --- | --- |
| North | 41.4 | 12.3 | 53.8 |
| South | 20.1 | 10.2 | 30.3 |
| East | 33.3 | 14.9 | 48.2 |
| West | 18.8 | 11.1 | 29.9 |
";
    assert_eq!(findings(thousands).iter().filter(|(_, told)| told != "53.8").count(), 0);
    let hundreds = "
| Year | Opening | Change | Closing |
| --- | --- | --- | --- |
| 1 | 11,400 | -300 | 11,000 |
| 2 | 10,900 | 200 | 11,100 |
| 3 | 11,100 | 800 | 12,000 |
| 4 | 12,000 | -1,400 | 10,600 |
";
    assert_eq!(findings(hundreds), []);
}

#[test]
fn what_few_lines_show_or_many_contradict_was_never_meant() {
    // By chance 12 + 30 = 42 in one line; years are no parts of each other; a line that says how the others spread is none.
    let chance = "
| Unit | Posts | Staff | Rooms |
| --- | --- | --- | --- |
| A | 12 | 30 | 42 |
| B | 14 | 31 | 44 |
| C | 19 | 28 | 51 |
";
    assert_eq!((findings(chance), ties(chance, "table/across")), (Vec::new(), 0));
    let years = "
| Source | 2006 | 2007 | 2008 |
| --- | --- | --- | --- |
| Road | 1.2 | 1.3 | 2.5 |
| Rail | 2.4 | 2.7 | 5.1 |
| Air | 3.1 | 4.1 | 7.2 |
| Sea | 0.9 | 1.4 | 2.6 |
";
    assert_eq!((findings(years), ties(years, "table/across")), (Vec::new(), 0));
    let spread = BUDGET.to_owned() + "| 平均 | 638.92 | 13.33 | 652.00 | 630.05 | 94.74% | 22.19 |\n";
    assert_eq!(findings(&spread), []);
    let longer = "
| Unit | Grants | Fees | Loans | Total |
| --- | --- | --- | --- | --- |
| A | 120.5 | 33.1 |  | 153.6 |
| B | 101.4 | 12.2 |  | 113.6 |
| C | 99.3 | 41.7 |  | 141.0 |
| D | 87.2 | 10.9 | 55.5 | 153.6 |
";
    assert_eq!(findings(longer), []);
}

#[test]
fn a_rate_in_a_sentence_is_that_of_the_amounts_beside_it() {
    let text = "本次发放问卷 1,200 份，收回 1,124 份，回收率 93.67%。";
    shows(text, &[("93.67%", "98.67%"), ("93.67%", "96.37%"), ("1,124", "1,154")], "sentence/rate");
    let growth = "全年支出 482.60 万元，比上年的 455.20 万元增加 27.40 万元，增长 6.02%。";
    shows(growth, &[("6.02%", "6.92%")], "sentence/rate");
    shows(growth, &[("27.40", "22.40"), ("27.40", "24.70")], "sentence/change");
    let english = "Revenue was $482.60 million, up 6.02% from $455.20 million in the year before.";
    shows(english, &[("6.02%", "6.07%")], "sentence/rate");
}

#[test]
fn percentage_points_are_those_between_the_two_rates_before_them() {
    let text = "群众满意度由 2018 年的 85.2%提高到 2019 年的 90.1%，提高 4.9 个百分点。";
    shows(text, &[("4.9", "4.3"), ("4.9", "9.4")], "sentence/change");
    shows("预算执行率为 93.25%，较上年的 95.50%下降 2.25 个百分点。", &[("2.25", "2.52")], "sentence/change");
    let rates = "检测 9,860 辆次，超限 148 辆次，超限率 1.50%；2022 年检测 9,240 辆次，超限 186 辆次，超限率 2.01%，同比下降 0.51 个百分点。";
    shows(rates, &[("0.51", "25.37")], "sentence/change");
    let years =
        "预算执行率 2021 年为 95.88%，2022 年为 96.06%，2023 年为 98.21%，2023 年比 2022 年提高 2.15 个百分点。";
    shows(years, &[("2.15", "2.33")], "sentence/change");
    for text in [
        "执行率 2022 年为 96.06%，2023 年为 98.21%，2023 年比 2022 年合格率提高 2.33 个百分点。",
        "2022 年执行率 96.06%、满意度 91.20%，2023 年执行率 98.21%，2023 年比 2022 年提高 7.01 个百分点。",
        // From something else; from what is not said; between other rates.
        "群众满意度由 85.2%提高到 90.1%，高于全省平均 4.3 个百分点。",
        "群众满意度达到 90.1%，比上年提高 4.3 个百分点。",
        "执行率由 85.2%提高到 90.1%，满意度 91.2%，提高 4.3 个百分点。",
        "满意度由 85.2%提高到 90.1%，支出 100.25 万元，增加 4.3 个百分点。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

#[test]
fn a_formula_in_brackets_gives_the_figure_before_it() {
    let text = "全市在校生 85,255 人，校均 302.32 人（85,255 人÷282 所），比上年有所增加。";
    shows(text, &[("302.32", "302.82"), ("282 所", "228 所")], "formula/holds");
    shows("预算执行率为 54.09%（4019.12/7430.06×100%）。", &[("54.09%", "54.90%")], "formula/holds");
    for text in [
        "该项得 5 分（4/5）。",
        "共培训 10 人（3-5 岁儿童家长）。",
        "完成率 80%（目标值 90%）。",
        "支出 12 万元（2×5 次）。",
        "执行率 85%（2019/12）。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

#[test]
fn the_parts_of_a_sentence_are_those_of_its_whole() {
    let text = "全年支出 21,041.75 万元，其中：基本支出 5,486.21 万元，项目支出 15,555.54 万元。";
    shows(text, &[("5,486.21", "5,436.21"), ("15,555.54", "15,555.45"), ("21,041.75", "21,041.95")], "sentence/parts");
    let scores = "评价得分 90.48 分，其中：投入分值 15 分，得分 13.50 分；过程分值 40 分，得分 34.70 分；效果分值 45 分，得分 42.28 分。";
    shows(scores, &[("34.70", "34.10")], "sentence/parts");
}

#[test]
fn sentences_that_say_no_relation_stay_silent() {
    for text in [
        // Some of a whole are not all of it; another rate; what is of another year; small counts; what is about so much.
        "全年支出 21,041.75 万元，其中：人员经费 3,120.40 万元，公用经费 988.15 万元。",
        "项目 12 个，完成 10 个，另有 3 个延期，社会公众满意度 91.25%。",
        "2019 年收入 1,482.60 万元，2018 年收入 1,455.20 万元，预算执行率 97.35%。",
        "国考断面 6 个，优良 4 个，劣 V 类 1 个，占 16.67%。",
        "收入约 480 万元，支出约 455 万元，增长近 6%，结余 20.00 万元，结余率 3.00%。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

const ASSETS: &str = "
| 资产类别 | 期末原值 | 累计折旧 | 净值 |
| --- | --- | --- | --- |
| 房屋 | 8,652.30 | 2,105.66 | 6,546.64 |
| 设备 | 1,378.87 | 870.14 | 508.73 |
| 其他 | 2,593.68 | 1,218.36 | 1,375.32 |
| 合计 | 12,624.85 | 4,194.16 | 8,430.69 |

";

#[test]
fn the_amount_in_a_sentence_is_that_of_the_table() {
    let text = ASSETS.to_owned() + "年末固定资产净值 8,430.69 万元。";
    shows(&text, &[("8,430.69 万元", "8,480.69 万元"), ("8,430.69 万元", "8,340.69 万元")], "sentence/restated");
    let english = "
| Line | Net sales | Costs |
| --- | --- | --- |
| Tools | 8,652.30 | 2,105.66 |
| Parts | 1,378.87 | 870.14 |

Net sales of parts were 1,378.87, as in the year before.";
    shows(english, &[("were 1,378.87", "were 1,373.87")], "sentence/restated");
}

#[test]
fn what_the_words_do_not_name_or_more_than_a_slip_parts_is_another_figure() {
    for sentence in [
        "全年接待游客 8,480.69 万人次。",
        "上年末固定资产净值 8,211.05 万元。",
        "2017 年固定资产净值 8,480.69 万元。",
        "固定资产净值约 8,480 万元。",
    ] {
        let text = ASSETS.replace("| 净值 |", "| 2018年净值 |") + sentence;
        assert_eq!(findings(&text), [], "{sentence}");
    }
}

#[test]
fn totals_inside_a_table_are_those_of_their_lines() {
    let statement = "
| (in thousands) | 2021 | 2020 |
| --- | --- | --- |
| Current assets: | | |
| Cash | 11,261 | 5,263 |
| Receivables | 5,510 | 3,361 |
| Inventories | 1,051 | 455 |
| Total current assets | 17,822 | 9,079 |
| Property | 4,768 | 2,954 |
| Goodwill | 741 | 206 |
| Total assets | 23,331 | 12,239 |
| Current liabilities: | | |
| Payables | 12,015 | 5,601 |
| Accrued | 5,723 | 3,852 |
| Total liabilities | 17,738 | 9,453 |
";
    shows(
        statement,
        &[("3,361", "3,316"), ("17,822", "17,882"), ("12,239", "12,293"), ("5,723", "5,733")],
        "table/subtotal",
    );
    assert_eq!(ties(statement, "table/subtotal"), 6);
    // With one column nothing confirms that a total is of just these lines.
    let alone = "
| Item | Amount |
| --- | --- |
| Cash | 11,261 |
| Receivables | 5,510 |
| Total current assets | 17,822 |
| Property | 4,768 |
| Total assets | 23,331 |
";
    assert_eq!(findings(alone), []);
}

#[test]
fn a_column_is_the_product_of_a_price_and_a_quantity() {
    let text = "| 设备 | 数量（台） | 单价（元） | 金额（元） |\n| --- | --- | --- | --- |\n| 冰箱 | 12 | 3250.50 | 39006.00 |\n| 消毒柜 | 35 | 1280.00 | 44800.00 |\n| 蒸箱 | 18 | 2675.80 | 48164.40 |\n| 货架 | 126 | 415.00 | 52290.00 |\n";
    shows(text, &[("48164.40", "48614.40"), ("| 35 |", "| 53 |"), ("415.00", "451.00")], "table/product");
    // Where nearly everything is there once, a price is printed twice.
    let once = text.replace("| 12 |", "| 1 |").replace("39006.00", "3250.50");
    assert_eq!(findings(&once), []);
    // A rate that was rounded is no factor.
    let rates = "| 项目 | 预算 | 执行率 | 支出 |\n| --- | --- | --- | --- |\n| 甲 | 1234.56 | 87.31% | 1077.89 |\n| 乙 | 2345.67 | 91.02% | 2135.03 |\n| 丙 | 3456.78 | 78.45% | 2711.84 |\n";
    assert_eq!(ties(rates, "table/product"), 0);
}

#[test]
fn full_marks_are_those_given_and_those_taken_off() {
    let text = "预算调整率指标权重4分，扣1.20分，得2.80分。产出数量分值20分，得分19.82分，扣0.18分。";
    shows(text, &[("扣1.20", "扣1.00"), ("得2.80", "得2.08"), ("19.82", "19.28")], "sentence/parts");
    for text in [
        "该指标权重5分，每发现一处扣0.5分，扣完为止，得4分。",
        "该指标权重5分，未达到的不得分，扣2分的有3处，得4分。",
        "该指标分值6分，得5分，另一指标分值4分，得2分，扣2分。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

#[test]
fn a_rate_right_behind_two_small_figures_is_theirs() {
    let text = "过程类指标权重25分，得分22.82分，得分率91.28%。";
    shows(text, &[("91.28", "91.82"), ("91.28", "91.38")], "sentence/rate");
    assert_eq!(findings("会议25次，参加人员22.8人次，完成率91.28%，合格率96.82%。"), []);
    // The base is named and stands elsewhere.
    assert_eq!(findings("年中追加509.01万元、追减42.25万元，净追加466.76万元，占年初预算的9.12%。"), []);
}

#[test]
fn a_whole_has_its_parts_where_the_sentence_goes_on() {
    let text = "资产总额2,930.31万元，其中货币资金196.21万元、固定资产1,280.08万元、在建工程1,437.60万元、无形资产16.42万元；负债总额58.73万元，净资产2,871.58万元。";
    shows(text, &[("2,930.31", "2,903.31")], "sentence/parts");
}

#[test]
fn an_amount_in_a_larger_unit_is_that_of_the_table() {
    let text = "# 报告\n\n单位：元\n\n| 项目 | 预算数 | 支出数 |\n| --- | --- | --- |\n| 人员经费 | 3417512.33 | 3317512.33 |\n| 公用经费 | 1234567.89 | 1134567.89 |\n\n人员经费预算341.75万元，另有公用经费预算123.46万元，合计支出若干。\n";
    shows(text, &[("341.75万", "341.57万"), ("123.46万", "132.46万")], "sentence/restated");
    assert_eq!(ties(text, "sentence/restated"), 2);
    // What is said in the unit of the table, or of something else, is no such amount.
    assert_eq!(ties(&text.replace("341.75万元", "341.75元"), "sentence/restated"), 1);
    assert_eq!(ties(&text.replace("人员经费预算341", "工程款341"), "sentence/restated"), 1);
}

#[test]
fn a_price_in_the_row_of_totals_is_no_sum() {
    let text = "| 县区 | 人数 | 天数 | 标准 | 金额 |\n| --- | --- | --- | --- | --- |\n| 甲 | 2120 | 197 | 5.00 | 2088200.00 |\n| 乙 | 1863 | 196 | 5.00 | 1825740.00 |\n| 丙 | 1954 | 195 | 5.00 | 1905150.00 |\n| 合计 | 5937 | 196 | 5.00 | 5819090.00 |\n";
    shows(text, &[("5819090.00", "5891090.00"), ("| 5937 |", "| 5397 |")], "table/total");
    // One line may be nearly all of it.
    let two = "| 来源 | 金额 | 支出 |\n| --- | --- | --- |\n| 中央 | 5820.00 | 5431.00 |\n| 其他 | 30.00 | 20.00 |\n| 合计 | 5850.00 | 5451.00 |\n";
    shows(two, &[("5850.00", "5820.00")], "table/total");
}

#[test]
fn the_same_round_figure_in_every_line_is_not_rounded() {
    let text = "| 题目 | 满意 | 不满意 | 合计 | 满意率 |\n| --- | --- | --- | --- | --- |\n| 甲 | 330 | 70 | 400 | 82.50% |\n| 乙 | 345 | 55 | 400 | 86.25% |\n| 丙 | 325 | 75 | 400 | 81.25% |\n| 丁 | 311 | 89 | 400 | 77.75% |\n| 戊 | 354 | 46 | 400 | 88.50% |\n";
    shows(text, &[("82.50%", "84.50%"), ("| 311 |", "| 331 |")], "table/rate");
}

#[test]
fn an_amount_said_in_two_units_is_the_same_in_both() {
    let text = "计划安排资金 106,732,905 元，约 1.0673 亿元，由四级财政分担。";
    shows(text, &[("1.0673", "1.0763"), ("1.0673", "10.673")], "sentence/converted");
    let brackets = "项目支出 12,345,678.90 元（1,234.57 万元），收入 876.54 万元（即 8,765,400 元）。";
    shows(brackets, &[("1,234.57", "1,198.22"), ("8,765,400", "8,756,400")], "sentence/converted");
    for text in [
        // Cut and not rounded; about so much; another amount; the same unit; no amount of money.
        "项目支出 12,345,678.90 元（1,234.56 万元）。",
        "项目支出 10,348,200 元，约 1,000 万元。",
        "项目支出 12,345,678.90 元（预算 1,300.00 万元）。",
        "项目支出 1,234.57 万元（1,300.00 万元）。",
        "占地 12,345.67 平方米（18.52 亩）。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
    // It is no part of a whole besides the amount that it repeats.
    let parts = "支出 600.00 万元，其中：人员 2,000,000 元（200.00 万元），公用 4,000,000 元（400.00 万元）。";
    assert_eq!(findings(parts), []);
}

#[test]
fn an_average_is_an_amount_over_a_count_beside_it() {
    let text = "全年公用经费 1,741,495.15 元，在职人员 123 人，人均 14,158.50 元。";
    shows(text, &[("14,158.50", "14,518.50"), ("14,158.50", "1,415.85")], "sentence/rate");
    shows("全市在校生 85,255 人，学校 266 所，校均 320.51 人。", &[("320.51", "302.51")], "sentence/rate");
    for text in [
        "培训支出 1,741,495.15 元，培训 123 人，人均支出标准 15,000.00 元。",
        "公用经费 1,741,495.15 元，共 123 人，年均 14,518.50 元。",
        "工资 1,741,495.15 元，两年均为 174.50 万元，共 123 人。",
        "在职 123 人，人均面积 14.16 平方米，经费 1,741,495.15 元。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

#[test]
fn a_share_is_that_of_its_count_where_the_others_are() {
    let text = "发放问卷 120 份，收回有效问卷 118 份，其中非常满意 85 份，占 72.03%；满意 25 份，占 21.19%；一般 8 份，占 6.78%。";
    shows(text, &[("6.78%", "7.78%"), ("21.19%", "23.73%"), ("25 份", "26 份")], "sentence/rate");
    let few = "有效问卷 80 份，非常满意 46 份（57.5%）、满意 24 份（30.0%）、一般 8 份（10.0%）、不满意 2 份（2.5%）。";
    shows(few, &[("8 份（", "6 份（"), ("2.5%", "3.5%")], "sentence/rate");
    // The rate of another count comes first.
    let rate = "发放84份，回收82份，回收率97.62%，有效80份，其中非常满意46份，占57.50%；满意24份，占30.00%；一般8份，占10.00%；不满意2份，占2.50%。";
    shows(rate, &[("10.00%", "12.00%")], "sentence/rate");
    // A share that says of what it is comes first.
    let named = "检查车辆 27,384 辆次，查处违法案件 1,526 起，占检查车辆的 5.57%，其中：超限超载 612 起（40.10%）、非法营运 347 起（22.74%）、违规经营 298 起（19.53%）、其他 269 起（17.63%）。";
    shows(named, &[("19.53%", "19.35%")], "sentence/rate");
    // Amounts, too, of a whole that another sentence names.
    let money = "中央资金 336.80 万元，占 32.02%；省级资金 294.30 万元，占 27.98%；市级资金 182.78 万元，占 17.38%；区级资金 238.00 万元，占 22.63%。";
    shows(money, &[("17.38%", "17.83%"), ("294.30", "249.30")], "sentence/rate");
    // The whole stands elsewhere.
    let alone = "选择“非常满意”的212人，占53.00%；“满意”的118人，占29.50%；“基本满意”的52人，占13.00%；“不满意”的18人，占4.50%。";
    shows(alone, &[("29.50%", "29.05%"), ("52人", "25人")], "sentence/rate");
    for text in [
        "甲镇212人，占53.00%；乙镇118人，占92.31%；丙镇52人，占13.51%；丁镇18人，占44.50%。",
        // Of other wholes; too few to show what they are of.
        "问卷 118 份，满意 85 份，占 72.03%，上年 25 份，占 30.12%，前年 8 份，占 9.76%。",
        "问卷 118 份，满意 85 份，占 72.03%，一般 8 份，占 9.76%。",
        "项目 12 个，完成 9 个，占 75.00%，资金 30 万元，到位率 98.00%，支付率 88.00%。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

#[test]
fn a_running_total_is_the_one_before_and_what_came_since() {
    let text = "| 月份 | 支出 | 累计支出 |\n| --- | --- | --- |\n| 1月 | 100.25 | 100.25 |\n| 2月 | 210.50 | 310.75 |\n| 3月 | 155.35 | 466.10 |\n| 4月 | 300.00 | 766.10 |\n| 5月 | 99.90 | 866.00 |\n| 6月 | 952.40 | 1818.40 |\n";
    shows(text, &[("766.10", "776.10"), ("1818.40", "1881.40"), ("155.35", "155.53")], "table/across");
    // Its total, by whatever name, repeats the last.
    let total = text.to_owned() + "| 全年 | 1818.40 | 1818.40 |\n";
    shows(&total, &[("766.10", "776.10")], "table/across");
    // What is called so and starts anew, or adds up something else, is none.
    let years = "| 年份 | 支出 | 累计折旧 |\n| --- | --- | --- |\n| 2021 | 100.25 | 35.11 |\n| 2022 | 210.50 | 48.20 |\n| 2023 | 155.35 | 61.77 |\n| 2024 | 300.00 | 80.02 |\n";
    assert_eq!((findings(years).len(), ties(years, "table/across")), (0, 0));
}

#[test]
fn a_figure_in_percent_far_from_what_others_divide_to_is_something_else() {
    let text = "| 指标 | 分值 | 得分 | 实际值 |\n| --- | --- | --- | --- |\n| 甲 | 5 | 4.78 | 95.60% |\n| 乙 | 4 | 3.42 | 85.50% |\n| 丙 | 6 | 5.29 | 88.17% |\n| 丁 | 3 | 3 | 0.41% |\n";
    assert_eq!(findings(text), []);
    let right = text.replace("| 3 | 3 | 0.41%", "| 3 | 2.79 | 93.00%");
    shows(&right, &[("85.50%", "58.50%"), ("95.60%", "9.56%")], "table/rate");
}

#[test]
fn a_line_of_rates_is_no_sum_across() {
    let text = "| 维度 | 决策 | 过程 | 产出 | 效益 | 总计 |\n| --- | --- | --- | --- | --- | --- |\n| 标准分 | 15 | 30 | 35 | 20 | 100 |\n| 评定分 | 12.90 | 26.68 | 33.32 | 18.02 | 90.92 |\n| 得分率 | 86.00% | 88.93% | 95.20% | 90.10% | 90.92% |\n";
    assert_eq!(findings(text), []);
}

#[test]
fn a_weighted_rate_is_the_product_of_rate_and_weight() {
    let text = "| 群体 | 满意度 | 权重 | 加权值 |\n| --- | --- | --- | --- |\n| 学生 | 85.96% | 30% | 25.788% |\n| 家长 | 88.10% | 40% | 35.240% |\n| 教师 | 87.24% | 30% | 26.172% |\n";
    shows(text, &[("25.788%", "25.878%"), ("88.10%", "81.80%")], "table/product");
}

#[test]
fn a_point_that_slipped_in_a_sentence_is_one_from_the_table() {
    let text = "| 项目 | 预算 | 支出 |\n| --- | --- | --- |\n| 设备购置 | 1600.00 | 1522.83 |\n| 劳务补助 | 880.00 | 876.54 |\n\n其中设备购置支出1,522.83万元，劳务补助支出876.54万元。\n";
    shows(text, &[("出1,522.83", "出152.283"), ("876.54万", "8,765.4万")], "sentence/restated");
    assert_eq!(findings(&text.replace("设备购置支出1,522.83", "工程款15,228.3")), []);
}

#[test]
fn a_whole_behind_its_parts_is_their_sum() {
    let text =
        "甲项目 261.66 万元、乙项目 339.75 万元、丙项目 176.02 万元，三项合计 777.43 万元，占全部支出的 67.08%。";
    shows(text, &[("777.43", "773.43"), ("777.43", "601.41"), ("339.75", "393.75")], "sentence/parts");
    let staff = "办公室 7 人、财务科 5 人、规划科 6 人、运输科 6 人、安全科 4 人、审批科 3 人，合计 31 人。";
    shows(staff, &[("31 人", "30 人")], "sentence/parts");
    let brackets = "检测追加 3 笔，合计 2,158.36 万元（检测 785.00 万元、隔离点 968.36 万元、接种点 405.00 万元），占 36.26%；其他补助合计 1,326.40 万元。";
    shows(brackets, &[("2,158.36", "2,185.36")], "sentence/parts");
    for text in [
        // A whole of more than is listed; of something else; of a few small figures.
        "甲项目 261.66 万元、乙项目 339.75 万元，十二项合计 5,777.43 万元。",
        "收入 261.66 万元，支出 339.75 万元，固定资产合计 5,777.43 万元。",
        "科室 7 个，人员 25 人，离退休合计 31 人。",
        "支出 5,123.00 万元（上年 4,123.00 万元），收入 1,020.00 万元。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

#[test]
fn blank_cells_make_no_total_smaller() {
    let staff = "
| 单位 | 在编 | 临聘 |
| --- | --- | --- |
| 甲 | 142 | 16 |
| 乙 | 138 | |
| 丙 | 111 | 24 |
| 丁 | 56 | 38 |
| 合计 | 447 | 78 |
";
    shows(staff, &[("| 78 |", "| 71 |"), ("| 78 |", "| 77 |")], "table/total");
    // What is blank may make up for more, and a mean is no sum.
    for (printed, other) in [("| 78 |", "| 91 |"), ("临聘", "人均")] {
        assert_eq!(findings(&staff.replacen(printed, other, 1)), [], "{other}");
    }
    // Large whole numbers may be rounded.
    let large = staff.replace("16 |", "16,016 |").replace("24 |", "24,024 |").replace("38 |", "38,038 |");
    assert_eq!(findings(&large.replacen("| 78 |", "| 78,077 |", 1)), []);
}

#[test]
fn several_short_totals_show_the_lines_they_are_of() {
    let staff = "
| 单位 | 编制 | 在编 | 退休 |
| --- | --- | --- | --- |
| 局机关 | 34 | 32 | 41 |
| 执法队 | 38 | 35 | 10 |
| 行政小计 | 72 | 67 | 51 |
| 推广站 | 58 | 55 | 39 |
| 兽医站 | 46 | 41 | 28 |
| 农机站 | 27 | 25 | 16 |
| 事业小计 | 131 | 121 | 83 |
| 全系统 | 203 | 188 | 134 |
";
    shows(staff, &[("| 83 |", "| 79 |"), ("| 67 |", "| 57 |"), ("| 203 |", "| 230 |")], "table/subtotal");
    // One short total, which lines may add up to by chance, shows nothing.
    let short = "
| 单位 | 次数 | 均分 |
| --- | --- | --- |
| 甲 | 3 | 81 |
| 乙 | 4 | 83 |
| 小计 | 7 | 82 |
| 丙 | 5 | 90 |
| 丁 | 6 | 92 |
| 小计 | 11 | 91 |
";
    assert_eq!(findings(short), []);
}

#[test]
fn what_is_called_a_sum_is_one_where_two_of_many_lines_are_wrong() {
    let line = |at: usize| {
        let (old, new) = (4_120 + 317 * at, 4_555 + 271 * at * at);
        format!("| 科目{at} | {old} | {new} | {} |\n", new - old)
    };
    let lines: String = (1..=12).map(line).collect();
    let table = format!("\n| 科目 | 上年 | 本年 | 增减额 |\n| --- | --- | --- | --- |\n{lines}");
    let wrong = table.replacen("| 885 |", "| 858 |", 1).replacen("| 1923 |", "| 1293 |", 1);
    assert_eq!(findings(&table), []);
    let told: Vec<String> = findings(&wrong).into_iter().map(|(_, told)| told).collect();
    assert_eq!(told, ["858", "1293"], "{wrong}");
    // A column of no such name may be anything.
    assert_eq!(findings(&wrong.replacen("增减额", "余量", 1)), []);
}

#[test]
fn what_is_available_comes_from_some_columns_and_goes_to_others() {
    let accounts = "
| 年度 | 年初结转 | 年初批复 | 年中追加 | 年中调减 | 全年可用 | 当年列支 | 财政收回 | 年末结转 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 2021 | 312.46 | 2,986.50 | 5,120.38 | 86.20 | 8,333.14 | 7,894.15 | 54.73 | 384.26 |
| 2022 | 384.26 | 3,145.72 | 5,688.90 | 120.00 | 9,098.88 | 8,561.37 | 61.28 | 476.23 |
| 2023 | 476.23 | 3,572.46 | 8,262.99 | 95.50 | 12,216.18 | 11,361.13 | 137.46 | 717.59 |
";
    shows(accounts, &[("| 476.23 | 3", "| 467.23 | 3"), ("95.50", "59.50"), ("137.46", "173.46")], "table/across");
}

#[test]
fn a_mean_among_sums_and_figures_that_were_rounded_otherwise_are_no_errors() {
    let quarters = "
| Item | Q1 | Q2 | Q3 | Q4 | Total |
| --- | --- | --- | --- | --- | --- |
| Units | 1,200 | 1,350 | 1,410 | 1,505 | 5,465 |
| Sales | 24,000 | 28,350 | 28,200 | 34,615 | 115,165 |
| Costs | 9,120 | 9,450 | 9,870 | 12,040 | 40,480 |
| Price | 20.00 | 21.00 | 20.00 | 23.00 | 21.07 |
";
    shows(quarters, &[("115,165", "115,615"), ("40,480", "48,480")], "table/across");
    // Each figure was rounded to a multiple of three by itself.
    let line = |at: usize| {
        let parts = [3 * (40 + at), 3 * (71 + 2 * at), 3 * (55 + at * at)];
        let off = if at < 3 { 3 } else { 0 };
        format!("| {at} | {} | {} | {} | {} |\n", parts[0], parts[1], parts[2], parts.iter().sum::<usize>() + off)
    };
    let lines: String = (1..=12).map(line).collect();
    assert_eq!(findings(&format!("\n| Area | A | B | C | Total |\n| --- | --- | --- | --- | --- |\n{lines}")), []);
}

#[test]
fn marks_that_are_taken_off_and_what_is_left_are_no_parts_and_no_changes() {
    let given = "指标满分15分，得13.50分，其中目标设定得5.50分，扣1.50分，有3项没有量化，每项扣0.5分；预算配置得8分。";
    shows(given, &[("得5.50分", "得5.05分")], "sentence/parts");
    let level =
        "城市低保对象年内新增214人、退出296人，净减少82人；农村低保对象由14,986人减至14,712人，其间新增1,127人。";
    assert_eq!(findings(level), []);
    shows("农村低保对象上年14,986人，本年13,512人，减少1,474人。", &[("1,474", "1,744")], "sentence/change");
}

#[test]
fn the_only_subtotal_that_its_lines_contradict_is_told() {
    let balances = "
| 项目 | 金额 | 性质 |
| --- | --- | --- |
| 甲 | 284.32 | 结转 |
| 乙 | 268.53 | 结转 |
| 丙 | 116.52 | 结转 |
| 小计 | 669.37 | |
| 丁 | 2.34 | 结余 |
| 戊 | 7.65 | 结余 |
| 己 | 12.86 | 结余 |
| 小计 | 22.85 | |
| 合计 | 692.22 | |
";
    shows(balances, &[("| 22.85 |", "| 21.85 |"), ("7.65", "6.75")], "table/subtotal");
    // What is far from its lines is of something else.
    assert_eq!(findings(&balances.replacen("| 22.85 |", "| 92.85 |", 1)), []);
}

#[test]
fn columns_called_alike_below_several_headers_add_up_to_one() {
    let satisfaction = "
| 问题 | 非常满意/占比 | 非常满意/加权 | 满意/占比 | 满意/加权 | 一般/占比 | 一般/加权 | 综合满意度 |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 效率 | 59.67% | 59.67% | 32.46% | 25.97% | 6.89% | 4.13% | 89.77% |
| 及时 | 64.26% | 64.26% | 28.20% | 22.56% | 6.23% | 3.74% | 90.56% |
| 态度 | 66.89% | 66.89% | 27.21% | 21.77% | 4.92% | 2.95% | 91.61% |
| 设施 | 51.48% | 51.48% | 35.74% | 28.59% | 9.84% | 5.90% | 85.97% |
";
    let spanned = "<table><tr><td rowspan=2>问题</td><td colspan=2>非常满意</td><td colspan=2>满意</td><td colspan=2>一般</td><td rowspan=2>综合满意度</td></tr><tr><td>占比</td><td>加权</td><td>占比</td><td>加权</td><td>占比</td><td>加权</td></tr>";
    let row = |line: &str| {
        let cells: String = line.trim_matches('|').split('|').map(|cell| format!("<td>{}</td>", cell.trim())).collect();
        format!("<tr>{cells}</tr>")
    };
    let rows: String = satisfaction.trim().lines().skip(2).map(row).collect();
    shows(&format!("{spanned}{rows}</table>\n"), &[("85.97%", "86.97%"), ("22.56%", "25.26%")], "table/across");
}

#[test]
fn a_rate_may_stand_below_what_it_is_of() {
    let balances = "
| 单位 | 机关 | 中心 | 支队 | 林场 | 合计 |
| --- | --- | --- | --- | --- | --- |
| 年末结转 | 276.48 | 183.35 | 312.54 | 151.25 | 923.62 |
| 占比 | 29.93% | 19.85% | 33.84% | 16.38% | 100.00% |
";
    shows(balances, &[("19.85%", "18.95%"), ("33.84%", "38.34%")], "table/rate");
    // A column of differences has its own.
    let accounts = "
| 项目 | 2020年 | 2021年 | 2022年 | 2023年 | 增减额 |
| --- | --- | --- | --- | --- | --- |
| 预算 | 4,120.00 | 4,310.00 | 4,560.00 | 4,720.00 | 160.00 |
| 支出 | 4,058.20 | 4,201.40 | 4,480.10 | 4,673.78 | 193.68 |
| 执行率 | 98.50% | 97.48% | 98.25% | 99.02% | 0.77% |
";
    shows(accounts, &[("97.48%", "94.78%")], "table/rate");
}

#[test]
fn a_formula_in_a_cell_gives_the_figure_in_the_next() {
    let annex = "
| 指标 | 公式 | 计算 | 结果 |
| --- | --- | --- | --- |
| 控制率 | 在职÷编制×100% | 318÷340×100% | 93.53% |
| 变动率 | （本年－上年）÷上年×100% | （58.50－79.00）÷79.00×100% | -25.95% |
| 规格 | 长×宽 | 3×1.5 | 20 |
";
    shows(annex, &[("93.53%", "95.33%"), ("（58.50", "（55.80")], "formula/holds");
}

#[test]
fn a_change_is_over_what_there_was_before() {
    let named = "2023年支出19,639.27万元，较2022年的17,877.80万元增加1,761.47万元，增长9.85%。";
    shows(named, &[("9.85%", "8.97%")], "sentence/rate");
    let unnamed = "年末结转结余2,423.88万元，较年初减少86.78万元，降幅3.46%。";
    shows(unnamed, &[("3.46%", "3.58%")], "sentence/rate");
    let quarters = "一季度支出9,214.33万元；二季度支出11,876.20万元，环比增长28.89%。";
    shows(quarters, &[("28.89%", "22.41%")], "sentence/rate");
    let first = "政府性基金年初安排15,230.00万元，年中核减1,845.60万元，核减幅度为12.12%。";
    shows(first, &[("12.12%", "13.79%")], "sentence/rate");
    for text in [
        "事业收入506.56万元，上年为489.63万元，同比增加16.93万元，增长3.46%。",
        "2023年送审1,250.00万元，核减125.00万元，核减率10.00%。",
        "2021年支出1,250.00万元，次年比上年增加125.00万元，增长10.00%。",
        "2023年年初批复3,572.46万元，比2022年增加426.74万元，增幅13.57%。",
    ] {
        assert_eq!(findings(text), [], "{text}");
    }
}

#[test]
fn what_something_went_from_and_to_says_how_far_it_went() {
    let points = "全年办理36,840件，网办率由2023年的46.97%升至60.83%，提高13.86个百分点。";
    shows(points, &[("13.86", "29.51"), ("60.83%", "68.03%")], "sentence/change");
    let counts = "在校生由12,210人增至13,512人，增加1,302人，增长10.66%。";
    shows(counts, &[("1,302", "1,203"), ("13,512", "15,312")], "sentence/change");
    shows(counts, &[("10.66%", "9.64%")], "sentence/rate");
    assert_eq!(findings("在校生由12,210人增至13,512人，其中女生增加702人，年均增长4.12%。"), []);
}

#[test]
fn the_first_of_several_shares_says_what_all_are_of() {
    let survey = "选择“很满意”的271份，占有效问卷的48.57%；“满意”191份，占34.23%；“基本满意”76份，占13.62%；“不满意”20份，占3.58%。";
    shows(survey, &[("48.57%", "47.38%"), ("13.62%", "16.32%")], "sentence/rate");
    // What follows may be of a part.
    let nested = "检查车辆8,214辆，发现问题458辆，占检查车辆的5.58%，其中一类211辆，占46.07%，二类136辆，占29.69%，三类111辆，占24.24%。";
    assert_eq!(findings(nested), []);
}

#[test]
fn parts_that_come_to_more_than_their_whole_need_few_digits() {
    let cases = "立案查处453件，其中：医疗卫生146件、公共场所218件、饮用水37件、职业卫生52件。";
    shows(cases, &[("218", "281")], "sentence/parts");
    // Parts that come to less may not be all.
    assert_eq!(findings(&cases.replace("公共场所218件", "公共场所128件")), []);
}

#[test]
fn what_a_formula_is_written_with_is_what_its_sentence_says() {
    let rate = "重点项目支出7,629.27万元，项目总支出11,234.59万元，安排率=（7629.27/11234.59）×100%=67.91%。";
    shows(
        rate,
        &[("重点项目支出7,629.27", "重点项目支出7,269.27"), ("项目总支出11,234.59", "项目总支出11,134.59")],
        "sentence/restated",
    );
    let both = "上年支出7,269.27万元，本年支出7,629.27万元，项目总支出11,234.59万元，安排率=（7629.27/11234.59）×100%=67.91%。";
    assert_eq!(findings(both), []);
}

#[test]
fn a_header_of_two_rows_may_be_printed_for_every_column() {
    let staff = "
| 单位 | 编制数 | 在职人数 | 在职人数 | 在职人数 |
| --- | --- | --- | --- | --- |
| 单位 | 编制数 | 2022年末 | 2023年末 | 增减 |
| 执法队 | 118 | 115 | 112 | -3 |
| 管理所 | 164 | 162 | 151 | -11 |
| 维护所 | 148 | 148 | 137 | -11 |
| 合计 | 430 | 425 | 400 | -25 |
";
    shows(staff, &[("| 400 |", "| 410 |"), ("| 430 |", "| 340 |")], "table/total");
    shows(staff, &[("| -25 |", "| -52 |")], "table/total");
}

#[test]
fn rates_and_running_totals_are_not_added_up_across() {
    let quarters = "
| 项目 | 一季度 | 二季度 | 三季度 | 四季度 | 全年合计 |
| --- | --- | --- | --- | --- | --- |
| 人员经费 | 1286.40 | 1274.15 | 1302.88 | 1373.05 | 5236.48 |
| 公用经费 | 176.23 | 198.41 | 205.66 | 261.87 | 842.17 |
| 项目支出 | 1824.50 | 3962.17 | 3871.64 | 6574.84 | 16233.15 |
| 支出合计 | 3287.13 | 5434.73 | 5380.18 | 8209.76 | 22311.80 |
| 累计支出 | 3287.13 | 8721.86 | 14102.04 | 22311.80 | 22311.80 |
| 进度差异（百分点） | -10.87 | -12.52 | -14.40 | -4.12 | -4.12 |
";
    shows(quarters, &[("198.41", "189.41"), ("5236.48", "5263.48")], "table/across");
}

#[test]
fn marks_of_parts_are_none_of_the_whole() {
    let marks = "过程指标分值30分，得25.34分，扣4.66分，其中预算执行扣2.16分、预算管理扣1分、资产管理扣1.5分。";
    shows(marks, &[("得25.34分", "得25.43分")], "sentence/parts");
}

#[test]
fn full_marks_of_parts_and_weights_of_answers_are_asked_of_nothing() {
    let marks = "决策类指标权重15分，实际得分10.94分，得分率72.93%。其中目标设定得5分（满分6分），预算配置得5.94分（满分9分）。";
    shows(marks, &[("得5.94分", "得5.49分")], "sentence/parts");
    // Weighted: no share of those who are satisfied, though counts that were rounded might give it.
    let survey = "
| 内容 | 非常满意 | 满意 | 一般 | 不满意 | 答题人数 | 综合满意度 |
| --- | --- | --- | --- | --- | --- | --- |
| 执行 | 24 | 25 | 6 | 1 | 56 | 85.00% |
| 公开 | 22 | 26 | 7 | 1 | 56 | 83.93% |
| 提升 | 19 | 25 | 10 | 2 | 56 | 80.36% |
| 总体 | 28 | 23 | 5 | 0 | 56 | 88.21% |
";
    assert_eq!(findings(survey), []);
}

#[test]
fn a_sum_may_be_called_that_of_so_many() {
    let three = "三个项目分别支出1,189.46万元、730.85万元、702.18万元，三者之和2,622.49万元。";
    shows(three, &[("2,622.49", "2,622.94")], "sentence/parts");
}

#[test]
fn shares_of_answers_are_those_of_the_counts_beside_them() {
    let question = "根据调查结果，57.14%的调查对象表示非常满意，35.71%的调查对象表示满意，7.14%的调查对象表示一般，满意度为92.86%。

表1 您是否满意

| 选项 | 回复情况 |
| --- | --- |
| 非常满意 | 32 |
| 满意 | 20 |
| 一般 | 4 |
| 不满意 | 0 |
";
    assert_eq!(ties(question, "sentence/answers"), 3);
    shows(question, &[("57.14%", "51.74%"), ("35.71%", "35.17%")], "sentence/answers");
    // Where several answers may be chosen the shares are of those who were asked.
    let several = question.replace("57.14%", "80.00%").replace("35.71%", "50.00%").replace("7.14%", "10.00%");
    assert_eq!(findings(&several), []);
}

#[test]
fn shares_of_all_answers_come_to_a_hundred() {
    let said = "37.14%的受访者年龄在30岁以下，42.86%在31至45岁，20.00%在46岁以上。";
    shows(said, &[("37.14%", "31.74%"), ("42.86%", "48.26%")], "sentence/answers");
    let english = "64.29% of the respondents were men; 35.71% were women.\n";
    shows(english, &[("64.29%", "62.49%")], "sentence/answers");
    for other in [
        "62.30%的受访者认为交通便利，41.15%的受访者认为环境整洁，38.05%的受访者认为服务周到。",
        "93.43%的受访者表示满意，满意度较上年提高6.75个百分点，办结率为6.75%。",
        "非税收入占64.29%，专项收入占35.17%。",
        "受访者305人，男性178人、女性127人，占比58.36%和41.64%；初中102人，占33.44%，高中118人，占38.69%，其他85人，占27.87%。",
    ] {
        assert_eq!(findings(other), [], "{other}");
    }
}

#[test]
fn several_wholes_may_have_their_parts_together() {
    let cars = "共有车辆12辆，价值合计430.67万元，其中：特种作业车5辆，价值合计274.90万元；轿车5辆、越野车2辆，价值合计155.77万元。";
    assert_eq!(ties(cars, "sentence/parts"), 2);
    shows(cars, &[("430.67", "403.67"), ("155.77", "155.71")], "sentence/parts");
    let some = cars.replace("155.77", "88.34");
    assert_eq!(findings(&some), [], "parts that are not all of it");
}

#[test]
fn a_share_of_what_the_words_name_is_over_that() {
    let said = "项目支出年末结转结余1,158.94万元，其中基本公共卫生服务261.66万元、公立医院339.75万元、重大公共卫生服务176.02万元，三项合计777.43万元，占项目支出年末结转结余的67.08%。";
    shows(said, &[("67.08%", "61.66%")], "sentence/rate");
    let explained = "2020年基本支出2,890.89万元。其中人员经费2,561.02万元（工资福利支出2,415.80万元、补助145.22万元），占基本支出的88.59%。";
    shows(explained, &[("88.59%", "83.57%")], "sentence/rate");
    // Another paragraph is about something else.
    let apart = "仅就财政拨款而言，调整后预算9,751.89万元。\n\n累计支出3,534.27万元，为调整后预算的35.07%。";
    assert_eq!(findings(apart), []);
}

#[test]
fn a_wrong_running_total_of_few_lines_is_made_up_for_in_the_next() {
    let quarters = "| 季度 | 当季支出 | 累计支出 |
| --- | --- | --- |
| 一季度 | 1,386.42 | 1,386.42 |
| 二季度 | 2,147.85 | 3,534.27 |
| 三季度 | 2,398.16 | 5,932.43 |
| 四季度 | 3,547.91 | 9,480.34 |
";
    shows(quarters, &[("5,932.43", "5,923.43")], "table/across");
    // Where nothing is made up for the column is no running total.
    let other = quarters.replace("5,932.43", "5,923.43").replace("9,480.34", "9,840.43");
    assert_eq!(findings(&other), []);
}

#[test]
fn what_a_sentence_divides_was_said_before_it() {
    let said = "净追加3,193.99万元。按资金级次划分，中央资金1,602.40万元，占50.17%，省级资金1,139.80万元，市级资金280.00万元、县级资金171.79万元。";
    shows(said, &[("1,139.80", "1,193.80"), ("3,193.99", "3,193.90")], "sentence/parts");
    let of_another = said.replace("1,139.80", "1,042.60");
    assert_eq!(findings(&of_another), [], "something else is divided");
}

#[test]
fn satisfaction_weighs_the_counts_of_answers() {
    let survey = "
| 调查内容 | 非常满意 | 满意 | 一般 | 不满意 | 满意度 |
| --- | --- | --- | --- | --- | --- |
| 政策知晓 | 171 | 97 | 28 | 9 | 87.02% |
| 工程质量 | 133 | 112 | 46 | 14 | 82.03% |
| 技术培训 | 148 | 108 | 38 | 11 | 84.33% |
| 动物防疫 | 156 | 106 | 34 | 9 | 85.64% |
| 综合满意度 |  |  |  |  | 84.76% |
";
    shows(survey, &[("85.64%", "86.54%"), ("82.03%", "83.02%")], "table/rate");
    // 85.64% would be right of other weights, too, but those of no other line.
    let other = survey.replace("87.02%", "91.25%").replace("82.03%", "60.10%").replace("84.33%", "77.77%");
    assert_eq!(findings(&other), []);
    let shares = "
| 调查内容 | 非常满意 | 比例一 | 满意 | 比例二 | 一般 | 比例三 |
| --- | --- | --- | --- | --- | --- | --- |
| 政策知晓 | 171 | 57.77% | 97 | 32.77% | 28 | 9.46% |
| 工程质量 | 133 | 45.70% | 112 | 38.49% | 46 | 15.81% |
| 技术培训 | 148 | 50.34% | 108 | 36.73% | 38 | 12.93% |
";
    shows(shares, &[("38.49%", "34.89%"), ("9.46%", "9.64%")], "table/rate");
}

#[test]
fn the_two_sides_of_a_balance_sheet_are_tables_of_their_own() {
    let sheet = "# 资产负债情况\n\n| 资产 | 年初数 | 年末数 | 负债和净资产 | 年初数 | 年末数 |\n|---|---|---|---|---|---|\n\
                 | 流动资产： | | | 流动负债： | | |\n\
                 | 货币资金 | 1,250.30 | 1,410.55 | 应缴财政款 | 12.00 | 8.50 |\n\
                 | 应收账款 | 86.40 | 92.10 | 应付职工薪酬 | 45.20 | 51.35 |\n\
                 | 存货 | 30.15 | 28.80 | 其他应付款 | 102.80 | 96.20 |\n\
                 | 流动资产合计 | 1,366.85 | 1,531.45 | 负债合计 | 160.00 | 156.05 |\n\
                 | 固定资产净值 | 4,820.00 | 5,016.30 | 累计盈余 | 6,130.45 | 6,497.95 |\n\
                 | 无形资产净值 | 103.60 | 106.25 | 净资产合计 | 6,130.45 | 6,497.95 |\n\
                 | 资产总计 | 6,290.45 | 6,654.00 | 负债和净资产总计 | 6,290.45 | 6,654.00 |\n";
    shows(sheet, &[("| 1,366.85", "| 1,386.85"), ("负债合计 | 160.00", "负债合计 | 162.00")], "table/subtotal");
}

#[test]
fn what_stands_below_a_total_is_none_of_its_lines() {
    let counts = "| 选项 | 企业 | 群众 | 干部 |\n|---|---|---|---|\n\
                  | 非常满意 | 180 | 160 | 150 |\n| 满意 | 140 | 150 | 145 |\n| 一般 | 60 | 70 | 80 |\n\
                  | 合计 | 380 | 380 | 375 |\n| 综合满意度（%） | 86.3 | 84.7 | 83.7 |\n";
    shows(counts, &[("| 380 | 380", "| 383 | 380"), ("| 160 |", "| 106 |")], "table/total");
}

#[test]
fn what_a_group_comes_to_may_be_printed_in_each_of_its_lines() {
    let sheet = "| 一级指标 | 权重 | 得分 | 二级指标 | 权重 | 得分 |\n|---|---|---|---|---|---|\n\
                 | 投入 | 15 | 14.5 | 目标 | 8 | 8 |\n| 投入 | 15 | 14.5 | 配置 | 7 | 6.5 |\n\
                 | 过程 | 30 | 27.6 | 执行 | 12 | 10.8 |\n| 过程 | 30 | 27.6 | 管理 | 10 | 9.2 |\n\
                 | 过程 | 30 | 27.6 | 资产 | 8 | 7.6 |\n| 合计 | 45 | 42.1 | | 45 | 42.1 |\n";
    shows(sheet, &[("| 10.8 |", "| 10.3 |")], "table/total");
    // A subtotal in the second column, behind the group that every line names.
    let sheet = "| 类别 | 项目 | 预算数 | 决算数 |\n|---|---|---|---|\n\
                 | 基本支出 | 人员 | 812.40 | 806.15 |\n| 基本支出 | 公用 | 97.35 | 91.20 |\n\
                 | 基本支出 | 小计 | 909.75 | 897.35 |\n| 项目支出 | 监测 | 233.10 | 221.85 |\n\
                 | 项目支出 | 执法 | 118.65 | 115.40 |\n| 项目支出 | 小计 | 351.75 | 337.25 |\n\
                 | 合计 | | 1,261.50 | 1,234.60 |\n";
    shows(sheet, &[("| 351.75", "| 357.75"), ("| 221.85", "| 212.85")], "table/subtotal");
}

#[test]
fn round_amounts_with_a_point_were_not_rounded() {
    // 31.70 ÷ 588.30 is 5.39 %, which no rounding of 620.00 explains.
    let table = "| 类别 | 预算金额 | 采购金额 | 节约金额 | 节约率 |\n|---|---|---|---|---|\n\
                 | 货物 | 620.00 | 588.30 | 31.70 | 5.11% |\n| 工程 | 1,450.00 | 1,396.75 | 53.25 | 3.67% |\n\
                 | 服务 | 880.00 | 842.60 | 37.40 | 4.25% |\n| 合计 | 2,950.00 | 2,827.65 | 122.35 | 4.15% |\n";
    shows(table, &[("5.11%", "5.41%"), ("4.15%", "4.45%"), ("31.70", "37.10")], "table/rate");
}

#[test]
fn a_rate_by_name_needs_few_lines_of_whole_numbers() {
    let table = "| 产出指标 | 计量 | 年度目标值 | 实际完成值 | 完成率 |\n|---|---|---|---|---|\n\
                 | 监测断面 | 个 | 48 | 50 | 104.17% |\n| 执法检查 | 次 | 1800 | 1869 | 103.83% |\n\
                 | 培训 | 人次 | 600 | 552 | 92.00% |\n| 宣传 | 场 | 24 | 24 | 100.00% |\n";
    shows(table, &[("103.83%", "106.83%"), ("92.00%", "95.00%"), ("| 1869 |", "| 1896 |")], "table/rate");
}

#[test]
fn growth_is_over_the_line_before_or_behind() {
    let years = "| 年度 | 收入（万元） | 收入增长率 |\n|---|---|---|\n| 2021年 | 9,120.3 | — |\n\
                 | 2022年 | 9,688.1 | 6.2% |\n| 2023年 | 10,053.5 | 3.8% |\n| 2024年 | 10,588.7 | 5.3% |\n";
    shows(years, &[("3.8%", "8.3%"), ("5.3%", "5.8%")], "table/rate");
    let latest_first = "| 年度 | 收入（万元） | 增幅 |\n|---|---|---|\n| 2024年 | 10,588.7 | 5.3% |\n\
                        | 2023年 | 10,053.5 | 3.8% |\n| 2022年 | 9,688.1 | 6.2% |\n| 2021年 | 9,120.3 | — |\n";
    shows(latest_first, &[("3.8%", "8.3%")], "table/rate");
    let across = "| 指标 | 2021年 | 2022年 | 2023年 | 2024年 |\n|---|---|---|---|---|\n\
                  | 收入 | 9,120.3 | 9,688.1 | 10,053.5 | 10,588.7 |\n| 收入增长率 | — | 6.2% | 3.8% | 5.3% |\n\
                  | 支出 | 8,890.2 | 9,402.6 | 9,961.0 | 10,020.4 |\n| 收支差额 | 230.1 | 285.5 | 92.5 | 568.3 |\n";
    shows(across, &[("6.2%", "2.6%")], "table/rate");
    shows(across, &[("285.5", "258.5"), ("| 9,961.0", "| 9,691.0")], "table/across");
    // What grew is another thing than the column: nothing is said.
    let other = "| 县区 | 产值 | 比上年增长 |\n|---|---|---|\n| 甲 | 512.3 | 4.1% |\n| 乙 | 498.7 | 3.6% |\n| 丙 | 531.2 | 5.2% |\n";
    assert_eq!(findings(other), []);
}

#[test]
fn what_each_has_is_an_amount_over_a_count_in_whatever_unit() {
    let table = "| 县区 | 补助人数（人） | 补助金额（万元） | 人均补助（元） |\n|---|---|---|---|\n\
                 | 甲县 | 320 | 1,250.6 | 39,081.25 |\n| 乙区 | 415 | 1,688.2 | 40,679.52 |\n\
                 | 丙市 | 508 | 2,215.9 | 43,620.08 |\n| 合计/平均 | 1,243 | 5,154.7 | 41,469.83 |\n";
    shows(table, &[("40,679.52", "46,079.52"), ("| 508 |", "| 580 |")], "table/rate");
    shows(table, &[("1,243", "1,234"), ("5,154.7", "5,145.7")], "table/total");
}

#[test]
fn a_sentence_rolls_forward_from_what_there_was() {
    let debts = "年初债务余额8,800.00万元，本年新增2,300.00万元，偿还1,150.00万元，年末债务余额9,950.00万元。";
    shows(debts, &[("8,800.00", "8,300.00"), ("1,150.00", "1,510.00"), ("9,950.00", "9,590.00")], "sentence/change");
    // What lies between is of something else, or the end is compared with another.
    for silent in [
        "年初债务余额8,800.00万元，本年支付利息312.45万元，年末债务余额9,950.00万元。",
        "年初编制316名，本年招录23人，较年末少5人。",
    ] {
        assert_eq!(findings(silent), [], "{silent}");
    }
}

#[test]
fn parts_may_be_of_a_whole_said_before_another_figure() {
    let projects = "安排资金4,856.00万元，实际支出4,612.85万元；其中延续性项目3,210.00万元，新增项目1,646.00万元。";
    shows(projects, &[("3,210.00", "3,120.00"), ("1,646.00", "1,664.00"), ("4,856.00", "4,586.00")], "sentence/parts");
    let some = projects.replace("1,646.00", "938.20");
    assert_eq!(findings(&some), [], "parts that are not all of it");
}

#[test]
fn parts_of_one_name_may_have_others_beside_them() {
    let funds = "共下达专项资金18,625.40万元，其中中央资金9,800.00万元、省级资金5,125.40万元、市县配套3,700.00万元。";
    shows(funds, &[("9,800.00", "9,300.00"), ("3,700.00", "7,300.00"), ("18,625.40", "18,265.40")], "sentence/parts");
    let twice = funds.replace("18,625.40万元", "1.86亿元（18,625.40万元）");
    shows(&twice, &[("5,125.40", "5,152.40"), ("3,700.00", "7,300.00")], "sentence/parts");
}

#[test]
fn an_amount_is_off_where_one_digit_would_give_the_rate() {
    let shares = "授予中小企业合同2,105.40万元，其中小微企业986.20万元，占中小企业合同的46.84%。";
    shows(shares, &[("986.20", "989.20"), ("2,105.40", "2,015.40"), ("46.84%", "48.64%")], "sentence/rate");
    let base = "全年完成造林3.20万亩，为年度任务3.00万亩的106.67%；抚育5.85万亩，占计划6.00万亩的97.50%。";
    shows(base, &[("106.67%", "109.67%"), ("97.50%", "95.70%")], "sentence/rate");
    let net = "固定资产原值9,239.78万元，累计折旧3,120.55万元，净值6,119.23万元。";
    shows(net, &[("3,120.55", "3,210.55"), ("6,119.23", "6,191.23")], "sentence/change");
}

#[test]
fn two_lines_to_the_last_digit_show_that_counts_were_not_rounded() {
    let answers = "| 题目 | 非常满意 | 占比 | 满意 | 占比 | 不满意 | 占比 | 样本数 |\n|---|---|---|---|---|---|---|---|\n\
                   | 办事效率 | 92 | 51.11% | 83 | 46.11% | 5 | 2.78% | 180 |\n\
                   | 服务态度 | 101 | 56.11% | 75 | 41.67% | 4 | 2.22% | 180 |\n\
                   | 信息公开 | 88 | 48.89% | 85 | 47.22% | 7 | 3.89% | 180 |\n";
    shows(answers, &[("51.11%", "51.41%"), ("41.67%", "41.57%")], "table/rate");
}
