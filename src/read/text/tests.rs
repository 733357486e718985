//! Texts as they come, and the blocks they are read as.

use super::*;
use crate::document::Passage;
use crate::read::block::RawCell;
use proptest::prelude::*;

fn blocks(source: &str) -> Vec<Block> {
    text(&Source::new("a.txt", source))
}

/// One line a block: `# heading`, the paragraph, `[cell|cell / cell|cell]`, where a cell of several columns says them.
fn read(source: &str) -> Vec<String> {
    let cell = |cell: &RawCell| match cell.columns {
        1 => format!("{}:{}", cell.column, cell.passage.text()),
        more => format!("{}-{}:{}", cell.column, cell.column + more - 1, cell.passage.text()),
    };
    let show = |block: &Block| match block {
        Block::Heading(passage, depth) => format!("#{depth} {}", passage.text()),
        Block::Paragraph(passage) => passage.text().to_owned(),
        Block::Table(table) => {
            let rows: Vec<String> =
                table.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|")).collect();
            format!("{}[{}]", if table.follows { "+" } else { "" }, rows.join(" / "))
        }
    };
    blocks(source).iter().map(show).collect()
}

fn passages(blocks: &[Block]) -> Vec<&Passage> {
    let mut passages = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(passage, _) | Block::Paragraph(passage) => passages.push(passage),
            Block::Table(table) => {
                passages.extend(table.rows.iter().flat_map(|row| &row.cells).map(|cell| &cell.passage));
            }
        }
    }
    passages
}

#[test]
fn tabs_make_rows_and_a_page_makes_a_piece() {
    let source = "表 1 人员\n\n单位：人\n\n序号\t名称\t人数\n1\t<p>甲科</p>\t$\\leq 3$\n\t乙科\t4\n\n序号\t名称\t人数\n合计\t\t7\n\n注：略\n";
    assert_eq!(
        read(source),
        [
            "表 1 人员",
            "单位：人",
            "[0:序号|1:名称|2:人数 / 0:1|1:甲科|2:≤3 / 0:|1:乙科|2:4]",
            "+[0:序号|1:名称|2:人数 / 0:合计|1:|2:7]",
            "注：略",
        ]
    );
}

#[test]
fn a_contents_list_is_no_table() {
    assert_eq!(read("目 录\n\n摘 要.....\t1\n一、概况.....\t3\n（一）简介……\t10\n\n摘 要\n"), ["目 录", "摘 要"]);
    assert_eq!(read("Contents\nOverview\t2\nResults\t5\n\nText.\n"), ["Contents", "Text."]);
    // A label with leaders to a figure is a row.
    assert_eq!(read("Cash.....\t12\nDebt.....\t5\nBonds\t7\n").len(), 1);
}

#[test]
fn a_line_without_tabs_in_a_table_goes_on_or_is_a_row() {
    let source = "项目\t说明\t金额\n甲\t5\t负责日常运转和监督管理工作\n并负责车辆\n一般支出\n乙\t6\t无\n（一）下节\n";
    assert_eq!(
        read(source),
        [
            "[0:项目|1:说明|2:金额 / 0:甲|1:5|2:负责日常运转和监督管理工作并负责车辆 / 0:一般支出 / 0:乙|1:6|2:无]",
            "#3 （一）下节"
        ]
    );
}

#[test]
fn tables_of_both_kinds_stand_side_by_side() {
    let grid = "甲    1.5    2.5\n乙    3.5    4.5\n";
    let source = format!("a\t负责日常运转和监督管理工作以及\n{grid}c\t2\n\n下文。\n\n{grid}");
    assert_eq!(read(&source).last(), Some(&"[0:甲|1:1.5|2:2.5 / 0:乙|1:3.5|2:4.5]".to_owned()));
}

#[test]
fn rows_between_blank_lines_are_one_table() {
    assert_eq!(read("a\tb\n\n1\t2\n\n3\t4\n"), ["[0:a|1:b / 0:1|1:2 / 0:3|1:4]"]);
    assert_eq!(read("甲方\t乙方\n\n完。\n"), ["甲方 乙方", "完。"]);
    let form = "填报单位：某局\t\t金额单位：元\n\n项目\t金额\n甲\t5\n";
    assert_eq!(read(form), ["填报单位：某局", "金额单位：元", "[0:项目|1:金额 / 0:甲|1:5]"]);
}

#[test]
fn a_paragraph_that_a_page_cuts_is_joined() {
    let long = "本年收入共计若干万元其中包括上年结转的全部资金结余以及本年预算安排的资金结";
    assert_eq!(read(&format!("{long}\n\n12\n\n余若干。\n\n13\n\n下段。")), [&format!("{long}余若干。"), "下段。"]);
    assert_eq!(read(&format!("{long}\u{C}余若干。")), [format!("{long}余若干。")]);
    // Heading, item, caption and unit stop it.
    for next in ["二、绩效目标", "3. 《通知》；", "表 1-8 支出", "单位：万元", "a\tb\n1\t2"] {
        assert_eq!(read(&format!("{long}\n\n{next}")).len(), 2, "{next}");
    }
    // So does its end, or that it is short.
    assert_eq!(read(&format!("{long}。\n\n余若干")).len(), 2);
    assert_eq!(read("某某公司\n\n某年某月").len(), 2);
    // What no line starts with, and what closes a bracket, goes on.
    assert_eq!(read("见《通知》（国发\n\n(2016) 31 号)；"), ["见《通知》（国发(2016) 31 号)；"]);
}

#[test]
fn lines_of_a_page_are_joined_by_their_indents() {
    let line = "负责贯彻落实党中央有关方针政策决策部署和市委区委有关工作要求并且";
    let source = format!("    一、职能\n    {line}\n{line}\n坚持领导。\n    下段开始。\n");
    assert_eq!(read(&source), ["#2 一、职能", &format!("{line}{line}坚持领导。"), "下段开始。"]);
    let source = "The company sold its remaining interest in the joint\nventure for 12 million, which closed in the third quarter\nof the year.\n";
    assert_eq!(
        read(source),
        [
            "The company sold its remaining interest in the joint venture for 12 million, which closed in the third quarter of the year."
        ]
    );
}

#[test]
fn page_numbers_and_running_headers_are_dropped() {
    let page = |number: u32| format!("某局年度报告\n第 {number} 段写完了。\n- {number} -\n\u{C}");
    let source: String = (1..5).map(page).collect();
    let expected = ["某局年度报告", "第 1 段写完了。", "第 2 段写完了。", "第 3 段写完了。", "第 4 段写完了。"];
    assert_eq!(read(&source), expected);
    // A page ends at its number, too.
    assert_eq!(read(&source.replace('\u{C}', "")), expected);
    // A lone number is none, and neither is a heading that is printed twice.
    assert_eq!(read("甲。\n\n12\n\n乙。"), ["甲。", "12", "乙。"]);
    assert_eq!(read("甲。\u{C}明细表\n乙。\u{C}明细表\n丙。"), ["甲。", "明细表", "乙。", "明细表", "丙。"]);
}

#[test]
fn all_breaks_end_a_line() {
    assert_eq!(read("甲。\r\n乙。\r丙\0。\n\u{C}丁。"), ["甲。", "乙。", "丙。", "丁。"]);
}

#[test]
fn columns_are_found_between_figures() {
    let source = "
          支出表
                        单位：元
科目              合计      基本支出
201 教育支出      12.50      10.00
202 卫生支出       2.50
    小计          15.00      10.00
注：略
";
    assert_eq!(
        read(source),
        [
            "支出表",
            "单位：元",
            "[0-1:科目|2:合计|3:基本支出 / 0:201|1:教育支出|2:12.50|3:10.00 / 0:202|1:卫生支出|2:2.50 / 1:小计|2:15.00|3:10.00]",
            "注：略",
        ]
        .map(|line| line.replace("0-1:科目", "0:科目"))
    );
}

#[test]
fn quotation_marks_are_as_wide_as_the_letters_around_them() {
    let rows = "
指标                          分值    得分
在职人员控制率                   2    2.00
“三公”经费变动率               2    2.00
机关“三公”经费“零增长”情况   3    1.50
";
    let table = "[0:指标|1:分值|2:得分 / 0:在职人员控制率|1:2|2:2.00 / 0:“三公”经费变动率|1:2|2:2.00 / 0:机关“三公”经费“零增长”情况|1:3|2:1.50]";
    assert_eq!(read(rows), [table]);
}

/// How many rows of the only table are its header.
fn header(source: &str) -> usize {
    let heights: Vec<usize> = blocks(source)
        .iter()
        .filter_map(|block| if let Block::Table(table) = block { Some(table.header) } else { None })
        .collect();
    assert_eq!(heights.len(), 1, "{source}");
    heights[0]
}

#[test]
fn the_layout_shows_how_tall_a_header_is() {
    let source = "
              项目                       支出预算
经济分类科目编码
              分类科目名称            合计        基本支出
类     款
201         教育支出           1,262.50     1,262.50
201   01    普通教育           1,262.50     1,262.50
";
    assert_eq!(header(source), 4);
    let marked = "科目                合计      基本支出\n一、收入\n拨款收入           12.50      10.00\n其他收入            2.50       0.10\n";
    assert_eq!(header(marked), 1);
    let announced = "资产      期末数      负债      期末数\n流动资产：            流动负债：\n现金       12.50      借款       10.00\n存款        2.50      应付        0.10\n";
    assert_eq!(header(announced), 1);
    let words = "指标      目标\n".to_owned() + &"甲乙丙     丁戊己\n\n".repeat(8) + "庚        5.0\n辛        6.0\n";
    assert_eq!(header(&words), 0, "words above the first figure are no header if they are many");
}

#[test]
fn the_line_of_a_form_is_apart_from_the_title() {
    let title = "2023年一个很长很长的部门的财务收支和其他各项预算的总表格";
    let source = format!("{title}\n编制部门：一个很长很长的部门的名字                  单位：元\n\n");
    assert_eq!(read(&source), [title, "编制部门：一个很长很长的部门的名字", "单位：元"]);
}

#[test]
fn headings_need_not_touch_their_figures() {
    // Figures are set at the right on a screen, where a Chinese character takes two columns.
    let screen = "
  一级指标    A决策    B过程    C产出     总分
  标准分         15       25       40       80
  实得分      13.20    22.32    38.76    74.28
";
    let expected = "[0:一级指标|1:A决策|2:B过程|3:C产出|4:总分 / 0:标准分|1:15|2:25|3:40|4:80 / 0:实得分|1:13.20|2:22.32|3:38.76|4:74.28]";
    assert_eq!(read(screen), [expected]);
    // Each row is full, so that the order tells.
    let order = "  项目            预算数        决算数\n甲      5.0    6.0\n乙      7.0    8.0\n";
    assert_eq!(read(order), ["[0:项目|1:预算数|2:决算数 / 0:甲|1:5.0|2:6.0 / 0:乙|1:7.0|2:8.0]"]);
    // One row that is not full shows nothing.
    let one = "科目      合计      基本支出      项目支出\n甲        5.0                     5.0\n乙        6.0                     6.0\n";
    assert_eq!(read(one)[0].matches("项目支出").count(), 1);
}

#[test]
fn a_heading_of_several_columns_is_told_from_one_that_goes_on() {
    let spanning = "
                       编制人数                 实有人数
  单位名称       行政   事业   小计       行政   事业   小计
  机关             28      0     28         26      0     26
  考试中心          0     12     12          0     12     12
";
    assert_eq!(
        read(spanning),
        [
            "[1-3:编制人数|4-6:实有人数 / 0:单位名称|1:行政|2:事业|3:小计|4:行政|5:事业|6:小计 / 0:机关|1:28|2:0|3:28|4:26|5:0|6:26 / 0:考试中心|1:0|2:12|3:12|4:0|5:12|6:12]"
        ]
    );
    let wrapped = "
                当年财政       上年结转
单位名称          拨款           资金        其他资金
机关             128.00         10.50        28.00
考试中心          20.00         12.50        12.00
";
    assert_eq!(
        read(wrapped),
        [
            "[0:单位名称|1:当年财政拨款|2:上年结转资金|3:其他资金 / 0:机关|1:128.00|2:10.50|3:28.00 / 0:考试中心|1:20.00|2:12.50|3:12.00]"
        ]
    );
}

#[test]
fn a_row_without_figures_keeps_its_place_in_either_half() {
    let expected = "[0-1:收入|2-3:支出 / 0:项目|1:决算数|2:项目|3:决算数 / 0:一、拨款收入|1:307.82|2:一、教育支出|3:264.87 / 0:二、其他收入|2:二、卫生支出|3:42.95 / 2:三、其他支出 / 0:总计|1:307.82|2:总计|3:307.82]";
    // As they stand on a screen, where a Chinese character takes two columns.
    let screen = "
          收入                        支出
    项目        决算数          项目        决算数
一、拨款收入    307.82      一、教育支出    264.87
二、其他收入                二、卫生支出     42.95
                            三、其他支出
    总计        307.82          总计        307.82
";
    // As they stand in a raster of characters.
    let raster = "
       收入                 支出
  项目      决算数        项目      决算数
一、拨款收入    307.82   一、教育支出    264.87
二、其他收入             二、卫生支出     42.95
                   三、其他支出
  总计      307.82     总计      307.82
";
    assert_eq!(read(screen), [expected]);
    assert_eq!(read(raster), [expected]);
}

#[test]
fn wrapped_labels_go_to_the_row_of_their_figures() {
    let source = "
编码     名称       合计
201    教育支出      9.00
       机关事业单
20105               6.18
       位养老缴费
20106  职业年金缴费    2.82
";
    assert_eq!(
        read(source),
        [
            "[0:编码|1:名称|2:合计 / 0:201|1:教育支出|2:9.00 / 0:20105|1:机关事业单位养老缴费|2:6.18 / 0:20106|1:职业年金缴费|2:2.82]"
        ]
    );
}

#[test]
fn labels_that_begin_above_their_figures_are_no_header() {
    let source = "
序号      调查内容      满意   不满意    合计
       对供水水质的
 1                       212       18     230
       满意程度
       对防汛安全的
 2                       236       12     248
       满意程度
       合计              448       30     478
";
    let rows = "0:1|1:对供水水质的满意程度|2:212|3:18|4:230 / 0:2|1:对防汛安全的满意程度|2:236|3:12|4:248 / 1:合计|2:448|3:30|4:478";
    assert_eq!(read(source), [format!("[0:序号|1:调查内容|2:满意|3:不满意|4:合计 / {rows}]")]);
}

#[test]
fn english_statements_are_read_as_columns() {
    let source = "
(In millions)
                              2015        2014
Revenue ..............    $  1,234    $    987
Cost of revenue               (234)       (187)
Gross margin              $  1,000    $    800
";
    assert_eq!(
        read(source),
        [
            "(In millions)",
            "[1:2015|2:2014 / 0:Revenue|1:$1,234|2:$987 / 0:Cost of revenue|1:(234)|2:(187) / 0:Gross margin|1:$1,000|2:$800]",
        ]
    );
}

#[test]
fn text_with_gaps_is_no_table() {
    for source in
        ["第一部分    概况\n一、职能\n", "甲    乙\n丙    丁\n", "In 2019.  The 5  members met.  They left.\n"]
    {
        assert!(read(source).iter().all(|block| !block.contains('[')), "{source}");
    }
}

#[test]
fn a_wide_line_or_many_rows_cost_no_more_than_their_length() {
    let wide = format!("{}\n{}\n", "1  ".repeat(200_000), "1\t".repeat(200_000));
    let many = "甲    1.5    2.5\n".repeat(50_000);
    let cells = |source: &str| passages(&blocks(source)).len();
    assert_eq!((cells(&wide), cells(&many)), (200_002, 150_000));
}

proptest! {
    #[test]
    fn any_text_is_read_and_found_again(parts in prop::collection::vec(prop::sample::select(vec![
        "合计", "一、", "（一）", "1.", "12.5", "1,234", "(3)", "%", "$", "\\times ", "<p>", "&lt;", "&", "\t", " ", "  ",
        "      ", "\n", "\n\n", "\r\n", "\u{C}", "\0", "单位：元", "表 1", "……", "....", "《", "》", "。", "，", "Total",
        "a", "\u{3000}", "é", "第 3 页", "注：", "收入 支出", "\u{FEFF}", "\r",
    ]), 0..120)) {
        let source = parts.concat();
        for passage in passages(&blocks(&source)) {
            for (at, each) in passage.text().char_indices() {
                let span = passage.span(at..at + each.len_utf8()).range();
                prop_assert!(source.get(span).is_some());
            }
            prop_assert!(source.get(passage.whole().range()).is_some());
        }
    }

    #[test]
    fn any_characters_are_read(source in "(?s).{0,200}") {
        for passage in passages(&blocks(&source)) {
            prop_assert!(source.get(passage.whole().range()).is_some());
        }
    }
}
