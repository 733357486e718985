//! Tables from small raw ones.

use proptest::prelude::*;

use super::pieces::{Joined, Line};
use super::*;
use crate::document::Role;
use crate::read::block::{RawCell, RawRow, RawTable};

/// A raw table of lines and tabs, whose places are those of the text from a byte on.
pub fn raw_at(text: &str, start: usize) -> RawTable {
    let mut at = start;
    let mut rows = Vec::new();
    for line in text.split('\n') {
        let mut cells = Vec::new();
        for (column, cell) in (0..).zip(line.split('\t')) {
            cells.push(RawCell { passage: Passage::plain(cell, at), column, rows: 1, columns: 1 });
            at += cell.len() + 1;
        }
        rows.push(RawRow { cells });
    }
    RawTable { rows, header: 0, follows: true }
}

/// A raw table of lines and tabs.
pub fn raw(text: &str) -> RawTable {
    raw_at(text, 0)
}

/// The rows of a raw table.
pub fn lines(text: &str) -> Vec<Line> {
    Joined::new(raw(text)).lines
}

/// Paragraphs and tables of a text, blank lines between; `#` before a heading.
fn blocks(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks: Vec<Block> = Vec::new();
    for part in text.split("\n\n") {
        blocks.push(if part.contains('\t') {
            let follows = matches!(blocks.last(), Some(Block::Table(_)));
            Block::Table(RawTable { follows, ..raw_at(part, at) })
        } else if let Some(heading) = part.strip_prefix('#') {
            Block::Heading(Passage::plain(heading, at + 1), 1)
        } else {
            Block::Paragraph(Passage::plain(part, at))
        });
        at += part.len() + 2;
    }
    blocks
}

fn read(text: &str) -> (Vec<Table>, Vec<Prose>) {
    tables(blocks(text))
}

fn only(text: &str) -> Table {
    let (mut tables, _) = read(text);
    assert_eq!(tables.len(), 1, "{text}");
    tables.remove(0)
}

fn texts(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.passage.text()).collect()
}

/// One row of a table that needs no more than its cells and where each was printed.
fn printed(row: &Row) -> Vec<Option<u32>> {
    row.cells.iter().map(|cell| cell.grid.map(|grid| grid.column)).collect()
}

#[test]
fn pieces_are_one_table_whose_printed_rows_count() {
    let table = only(
        "分类\t\t2018 年\t\n\t\t年初\t年末\n拨款\t基本\t1\t2\n\t项目\t3\t4\n\n分类\t2018年\t\n\t年初\t年末\n小计\t4\t6",
    );
    assert_eq!(table.rows.len(), 3);
    let last = &table.rows[2];
    assert_eq!((texts(last), last.role, last.suspect), (vec!["小计", "", "4", "6"], Role::Subtotal, false));
    assert_eq!(last.cells[2].grid, Some(Grid { table: 0, row: 6, column: 1 }));
    assert_eq!((table.rows[1].cells[0].spanned, last.cells[1].spanned), (Some(0), None));
    let (tables, _) = read("甲\t数\n一\t1\n\n乙\t量\n二\t2");
    assert_eq!(tables.iter().map(|table| table.number).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_row_that_a_page_cuts_is_joined() {
    let table = only(
        "序号\t科室\t职责\n1\t办公室\t负责机关日常运转，承担信息、安全等工\n\n序号\t科室\t职责\n\t（党委）\t作。\n2\t水科\t负责水。",
    );
    assert_eq!(table.rows.len(), 2, "joined");
    assert_eq!(texts(&table.rows[0]), ["1", "办公室（党委）", "负责机关日常运转，承担信息、安全等工作。"]);
    let table = only(
        "内容\t满意\t率\n您对某市的土壤质量是否\t5\t50%\n\n内容\t满意\t率\n满意\t\t\n您对某市的水质是否满意\t4\t40%",
    );
    assert_eq!(texts(&table.rows[0]), ["您对某市的土壤质量是否满意", "5", "50%"]);
    let own = |text: &str, rows: usize| assert_eq!(only(text).rows.len(), rows, "{text}");
    own("序号\t指标\t目标\n1\t编制\t科学\n\t调整\t≤5%\n\n序号\t指标\t目标\n\t公开\t公开\n2\t执行\t≥9%", 4);
    own("类别\t项目\t数\n车\t轿车\t1\n\n类别\t项目\t数\n\t其中：货车\t\n房\t楼\t2", 3);
    own("类别\t项目\t数\n车\t轿车\t1\n\n类别\t项目\t数\n\t货车\t3\n房\t楼\t2", 3);
}

#[test]
fn what_is_extracted_on_both_pages_of_a_cut_is_joined_once() {
    let label = |before: &str, behind: &str| {
        let table = only(&format!(
            "序号\t指标\t职责\n1\t{before}\t负责机关日常运转，承担信息等工\n\n序号\t指标\t职责\n\t{behind}\t作。\n2\t乙\t负责。"
        ));
        table.rows[0].cells[1].passage.text().to_owned()
    };
    assert_eq!(label("生活质量提升", "升情况"), "生活质量提升情况");
    assert_eq!(label("人员控制", "率"), "人员控制率");
    assert_eq!(label("空气好，每天", "天晴"), "空气好，每天天晴");
    assert_eq!(label("空气好，监测设备", "监测设备，每天"), "空气好，监测设备，每天");
}

#[test]
fn shifted_cells_are_moved_back_and_doubted() {
    let table = only(
        "一级\t二级\t三级\t权重\t值\nA 甲\tA1 乙\tA101 丙\t2\t好\n\t\tA102 丁\t3\t好\nA2 戊\tA201 己\t4\t差\t\n\tA3 庚\tA301 辛\t5\t好\n\t\tA302 壬\t6\t好",
    );
    let row = &table.rows[2];
    assert_eq!((texts(row), row.suspect), (vec!["", "A2 戊", "A201 己", "4", "差"], true));
    assert_eq!(printed(row), [None, Some(0), Some(1), Some(2), Some(3)]);
    assert_eq!((row.cells[0].spanned, table.rows[4].cells[1].spanned), (Some(0), Some(3)));
    assert_eq!(table.rows.iter().filter(|row| row.suspect).count(), 1);
    let table = only(
        "序号\t类别\t资产\t数量\t金额\n1\t通用\t柜\t1\t0.5\n2\t\t器\t1\t2\n3\t\t机\t3\t1.5\n4\t\t钟\t5\t2.5\n5\t\t灯\t4\t1\n6\t\t专用\t装置\t141\n7\t消防\t\t1\t0.8",
    );
    assert_eq!((texts(&table.rows[5]), table.rows[5].suspect), (vec!["6", "专用", "装置", "141", ""], true));
    assert_eq!(table.rows.iter().filter(|row| row.suspect).count(), 1);
}

#[test]
fn a_header_in_the_middle_begins_a_table_of_the_same_number() {
    let (tables, _) = read(
        "总目标\t金额\t\t\n\t5\t\t\n人员\t编制数\t在职人数\t控制率\n\t71\t88\t80%\n经费\t2018 年\t2019 年\t\n公费\t1\t2\t",
    );
    let rows: Vec<_> = tables.iter().map(|table| (table.number, table.columns.len(), table.rows.len())).collect();
    assert_eq!(rows, [(0, 2, 1), (0, 4, 1), (0, 3, 1)]);
    assert_eq!(tables[2].rows[0].cells[0].grid, Some(Grid { table: 0, row: 5, column: 0 }));
}

#[test]
fn roles_follow_from_labels() {
    let roles = |text: &str| only(text).rows.iter().map(|row| row.role).collect::<Vec<_>>();
    assert_eq!(
        roles("项目\t数\n甲\t1\n小 计\t1\n乙\t2\n其中：丙\t1\n平均值\t1\n合计：\t3"),
        [Role::Item, Role::Subtotal, Role::Item, Role::OfWhich, Role::Mean, Role::Total]
    );
    assert_eq!(roles("项目\t数\n甲\t1\n管理类合计\t1"), [Role::Item, Role::Total]);
    assert_eq!(
        roles("\tAmount\nTotal credit\t1\nCash\t1\nTotal assets\t2\nTotal debt\t3"),
        [Role::Subtotal, Role::Item, Role::Subtotal, Role::Total]
    );
    assert_eq!(roles("\tAmount\nTotally new\t1\nMeaning\t1\nSubtotals of none\t2"), [Role::Item; 3]);
}

#[test]
fn labels_are_spanned_only_left_of_a_label() {
    let spanned = |text: &str| {
        let cells = |row: &Row| row.cells.iter().filter_map(|cell| cell.spanned).collect::<Vec<_>>();
        only(text).rows.iter().map(cells).collect::<Vec<_>>()
    };
    assert_eq!(spanned("类\t项\t数\n甲\t子\t1\n\t丑\t2\n合计\t\t3\n\t寅\t4"), [vec![], vec![0], vec![], vec![]]);
    assert_eq!(spanned("项\t数\t备注\n甲\t1\t好\n\t2\t"), [Vec::<u32>::new(), Vec::new()], "a row without a name");
}

#[test]
fn captions_units_and_headings_are_found_around() {
    let (tables, prose) =
        read("#一、概况\n\n收支如下。\n\n表 1 收支表\n\n单位：万元\n\n项目\t数量（台）\n甲\t1\n\n注：5 台");
    let table = &tables[0];
    let text = |passage: &Option<Passage>| passage.as_ref().map(|passage| passage.text().to_owned());
    assert_eq!((text(&table.caption), text(&table.unit)), (Some("表 1 收支表".into()), Some("万元".into())));
    assert_eq!(text(&table.columns[1].unit), Some("台".into()));
    assert_eq!(table.headings.iter().map(Passage::text).collect::<Vec<_>>(), ["一、概况"]);
    assert_eq!(prose.iter().map(|prose| prose.passage.text()).collect::<Vec<_>>(), ["收支如下。", "注：5 台"]);
    let below = only("说明。\n\n项目\t数\n甲\t1\n\n表 2 人数");
    assert_eq!(text(&below.caption), Some("表 2 人数".into()));
    assert_eq!(only("说明。\n\n项目\t数\n甲\t1\n\n附件 2：访谈").caption, None);
    let (tables, _) = read("项目\t数\n甲\t1\n\n表 2 人数\n\n项目\t数\n甲\t1");
    assert_eq!((text(&tables[0].caption), text(&tables[1].caption)), (None, Some("表 2 人数".into())));
    assert_eq!(text(&only("\t2019\t2018\n(In millions)\tA\tB\nUK\t5\t6").unit), Some("In millions".into()));
    assert_eq!(text(&only("人员表\t\t\n项目\t数\t量\n甲\t1\t2").caption), Some("人员表".into()));
}

#[test]
fn sentences_in_cells_are_prose() {
    let (_, prose) = read(
        "#甲\n\n指标\t依据\nA1 宣传\t该项指标的满分是 3 分，根据各处的统计和现场的核查，各项工作都已经完成，实际得分 3 分。\nA2 治理\t没有数字的一段很长很长很长的话。",
    );
    assert_eq!(prose.len(), 1);
    assert_eq!(prose[0].grid, Some(Grid { table: 0, row: 1, column: 1 }));
    assert_eq!(prose[0].headings.iter().map(Passage::text).collect::<Vec<_>>(), ["甲", "A1 宣传"]);
}

#[test]
fn what_is_no_table_of_its_own_stays_raw() {
    assert_eq!(only("优\t90\n良\t80\n中\t60").raw, Some(Raw::NoHeader));
    assert_eq!(only("1\t2\t3\t4\n1\n2\n3\t4").raw, Some(Raw::Ragged));
    let large = only(&"\t\n".repeat(600_000));
    assert_eq!((large.raw, large.rows.len()), (Some(Raw::TooLarge), 0));
    let (tables, _) = read("一、概况.....\t1\n二、结论.....\t2\n\n项目\t数\n甲\t1");
    assert_eq!((tables.len(), tables[0].number), (1, 0));
}

#[test]
fn spans_that_the_format_states_are_kept() {
    let cell = |text: &str, column, rows, columns| RawCell { passage: Passage::plain(text, 0), column, rows, columns };
    let row = |cells: Vec<RawCell>| RawRow { cells };
    let raw = RawTable {
        rows: vec![
            row(vec![cell("项目", 0, 2, 1), cell("2018 年", 1, 1, 2)]),
            row(vec![cell("预算", 1, 1, 1), cell("决算", 2, 1, 1)]),
            row(vec![cell("甲", 0, 2, 1), cell("1", 1, 1, 1), cell("2", 2, 1, 1)]),
            row(vec![cell("3", 1, 1, u32::MAX / 9_000_000), cell("4", 2, 1, 1)]),
        ],
        header: 1,
        follows: false,
    };
    let (tables, _) = tables(vec![Block::Table(raw)]);
    let path = |at: usize| tables[0].columns[at].header.iter().map(Passage::text).collect::<Vec<_>>();
    assert_eq!((path(0), path(1), path(2)), (vec!["项目"], vec!["2018 年", "预算"], vec!["2018 年", "决算"]));
    assert_eq!(tables[0].rows[1].cells[0].spanned, Some(0));
    let vast = RawTable { rows: vec![row(vec![cell("甲", 0, u32::MAX, u32::MAX)])], header: 0, follows: false };
    assert_eq!(super::tables(vec![Block::Table(vast)]).0[0].raw, Some(Raw::TooLarge));
}

proptest! {
    #[test]
    fn any_table_is_read_and_its_places_are_in_the_source(text in "(\\PC{0,3}|[\t\n]{1,2}|合计|表 1|单位：元|[0-9]{1,4}|#|A[0-9]{1,3} ){0,60}") {
        let (tables, prose) = read(&text);
        let cells = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells).map(|cell| &cell.passage);
        let around = tables.iter().flat_map(|table| table.caption.iter().chain(&table.unit).chain(&table.headings));
        let header = tables.iter().flat_map(|table| &table.columns).flat_map(|column| column.header.iter().chain(&column.unit));
        for passage in cells.chain(around).chain(header).chain(prose.iter().map(|prose| &prose.passage)) {
            prop_assert!(text.get(passage.whole().range()).is_some());
        }
        for row in tables.iter().flat_map(|table| &table.rows) {
            for above in row.cells.iter().filter_map(|cell| cell.spanned) {
                prop_assert!(tables.iter().any(|table| (above as usize) < table.rows.len()));
            }
        }
    }
}

#[test]
fn tables_side_by_side_are_told_from_groups_and_lists() {
    let sheet = "资产\t年初数\t年末数\t负债\t年初数\t年末数\n流动资产：\t\t\t流动负债：\t\t\n现金\t5.1\t6.2\t应付款\t1.5\t2.5\n\
                 存货\t2.2\t2.3\t\t\t\n资产总计\t7.3\t8.5\t负债总计\t1.5\t2.5";
    let (tables, _) = read(sheet);
    let labels = |table: &Table| -> Vec<String> {
        table.rows.iter().map(|row| row.cells[0].passage.text().to_owned()).collect()
    };
    assert_eq!(tables.iter().map(|table| table.columns.len()).collect::<Vec<_>>(), [3, 3]);
    assert_eq!(labels(&tables[0]), ["流动资产：", "现金", "存货", "资产总计"]);
    assert_eq!(labels(&tables[1]), ["流动负债：", "应付款", "负债总计"]);
    let last = tables[1].rows.last().expect("a total");
    assert_eq!((last.role, printed(last)), (Role::Total, vec![Some(3), Some(4), Some(5)]));

    let list = only("县区\t金额\t县区\t金额\n甲\t1.5\t丙\t2.5\n乙\t3.5\t合计\t7.5");
    assert_eq!(labels(&list), ["甲", "乙", "丙", "合计"]);

    for one in [
        // Groups and what is in them, each with its weight.
        "一级\t权重\t二级\t权重\n投入\t15\t目标\t8\n\t\t配置\t7\n过程\t20\t执行\t12\n\t\t管理\t8",
        "一级\t权重\t二级\t权重\n投入\t15\t目标\t8\n投入\t15\t配置\t7\n过程\t20\t执行\t12\n过程\t20\t管理\t8",
        // Columns of other figures.
        "项目\t预算数\t科目\t决算数\n甲\t1.5\t丙\t2.5\n乙\t3.5\t丁\t7.5",
    ] {
        assert_eq!(only(one).columns.len(), 4, "{one}");
    }
}

#[test]
fn sides_whose_totals_stand_in_the_same_rows_are_one_table() {
    for header in ["收入\t决算数\t支出\t决算数", "项目\t决算数\t项目\t决算数"] {
        let both = format!(
            "{header}\n拨款\t86.41\t基本支出\t36.43\n事业收入\t7.03\t项目支出\t29.23\n合计\t93.44\t合计\t65.66"
        );
        assert_eq!(only(&both).columns.len(), 4, "{header}");
    }
}
