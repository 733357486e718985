//! Sentences and their figures, from the words of reports.

use proptest::prelude::*;

use super::*;
use crate::document::{Mention, Part, Side};

fn read(text: &str) -> Vec<Statement> {
    let passage = Passage::plain(text, 0);
    statements(&Prose { passage, headings: Vec::new(), grid: None }, 0)
}

/// `literal|unit|year|before|after` of every mention.
fn mentions(text: &str) -> Vec<String> {
    let shown = |statement: &Statement, mention: &Mention| {
        let text = statement.passage.text();
        let unit = mention.unit.clone().map_or("", |unit| &text[unit]);
        let year = mention.year.map_or(String::new(), |year| year.to_string());
        let (literal, before, after) =
            (&text[mention.literal.clone()], &text[mention.before.clone()], &text[mention.after.clone()]);
        format!("{literal}|{unit}|{year}|{before}|{after}")
    };
    let all = read(text);
    all.iter().flat_map(|one| one.mentions.iter().map(|mention| shown(one, mention))).collect()
}

fn literals(text: &str) -> Vec<String> {
    mentions(text).iter().map(|all| all.split('|').next().unwrap_or_default().to_owned()).collect()
}

/// `name: words; figures; result` of every formula.
fn formulas(text: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for statement in read(text) {
        let text = statement.passage.text();
        let literal = |at: usize| &text[statement.mentions[at].literal.clone()];
        let part = |part: &Part| match part {
            Part::Word(range) => format!("«{}»", &text[range.clone()]),
            Part::Figure(at) => literal(*at).to_owned(),
            Part::Constant(range) => format!("c{}", &text[range.clone()]),
            Part::Plus => "+".into(),
            Part::Minus => "-".into(),
            Part::Times => "×".into(),
            Part::Over => "/".into(),
            Part::Open => "(".into(),
            Part::Close => ")".into(),
        };
        let side = |side: &Option<Side>| side.iter().flat_map(|side| side.list.iter().map(part)).collect::<String>();
        for formula in &statement.formulas {
            let result = formula.result.map_or("", literal);
            let name = &text[formula.name.clone()];
            shown.push(format!("{name}: {}; {}; {result}", side(&formula.words), side(&formula.figures)));
        }
    }
    shown
}

#[test]
fn each_figure_has_its_words_unit_and_year() {
    assert_eq!(
        mentions("本局 2019 年年初预算为 1,262.5 万元，其中：基本支出 1,214.26 万元，项目支出 48.24 万元。"),
        ["1,262.5|万元|2019|本局 2019 年年初预算为|", "1,214.26|万元|2019|基本支出|", "48.24|万元|2019|项目支出|"]
    );
    assert_eq!(
        mentions("2018 年“三公”经费预算数为 15 万元；2019 年预算数为 17 万元，上年决算 14 万元，比上年增加 2 万元"),
        [
            "15|万元|2018|2018 年“三公”经费预算数为|",
            "17|万元|2019|2019 年预算数为|",
            "14|万元|2018|上年决算|",
            "2|万元|2018|比上年增加|"
        ]
    );
    assert_eq!(
        mentions("固定资产原值，为 12 万元；答题人数：56")[..],
        ["12|万元||固定资产原值，为|".to_owned(), "56|||答题人数|".to_owned()]
    );
    assert_eq!(mentions("整改任务共 12 项，9 项已完成"), ["12|项||整改任务共|", "9|项|||已完成"]);
    assert_eq!(mentions("指标：效能（20 分）、效率（50 分）"), ["20|分||效能|", "50|分||效率|"]);
}

#[test]
fn english_sentences_state_the_year_behind() {
    assert_eq!(
        mentions("Revenue increased 12% to $1,234.5 million in 2019, compared with $1,102.0 million in 2018."),
        [
            "12%||2019|Revenue increased|to",
            "1,234.5|million|2019|to|in 2019",
            "1,102.0|million|2018|compared with|in 2018"
        ]
    );
    let years = |text: &str| -> Vec<String> {
        mentions(text).iter().map(|all| all.split('|').nth(2).unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(years("Costs were $5 and $4 in 2019 and 2018, respectively."), ["2019", "2018"]);
    assert_eq!(years("At December 31, 2019 and 2018, it had $5 and $4, respectively."), ["2019", "2018"]);
    assert_eq!(
        years("At June 30, 2019 and June 30, 2018 it had 5,000 and 4,000 shares, respectively."),
        ["2019", "2018"]
    );
    assert_eq!(years("For 2019 it was $3 and $4 in 2018 and 2017."), ["2019", ""]);
    assert_eq!(years("The exposure at 31 March 2019 was £59.1m (2018: £56.5m) and £3m."), ["2019", "2018", "2019"]);
    assert_eq!(years("Sales for 2019, as compared to 2018, fell by $5 million due to the 2015 plan."), ["2019"]);
    assert_eq!(years("2018 年、2019 年预算分别为 15 万元、17 万元"), ["2018", "2019"]);
}

#[test]
fn what_measures_nothing_is_no_mention() {
    for text in [
        "2018-2019 年预算情况",
        "于 2019 年 4 月 18 日、2019.3.21 和 1-12 月公开",
        "依据（财预〔2018〕167 号）、财建二[2019]4号、国务院令第 729 号",
        "A101 目标；B1 预算；Q3；见表 1-8、图 2 和附件 5；第 3 章；第二项",
        "（1）履职效能；2. 社会效应；3、其他",
        "PM2.5、PM10、GB18030、COVID-19 和 III 类",
        "“三公”经费、“双随机”、三定方案、十三五规划、四个意识、十二项、十分重要",
        "《关于 12 项措施的通知》",
        "会议于 8:30 开始，电话 0349-2023456、010-6655-1234",
        "得分=a/b×100%（第 3 名）",
        "on April 18, 2019 and 31 March 2018, see Note 5 and Table 3.2, 10-K, 401(k), the 20-year term",
        "2.2019 年年度目标",
    ] {
        let found = literals(text);
        assert!(found.iter().all(|literal| literal == "100%") && found.len() < 2, "{text}: {found:?}");
    }
    assert!(read("- 12 -").is_empty());
}

#[test]
fn counts_bounds_and_hedges() {
    assert_eq!(
        literals("建立了两个储备库，分为三个方面，优良天数 ≥279 天，占比不超过 10%"),
        ["两", "三", "≥279", "不超过 10%"]
    );
    assert_eq!(
        mentions("服务 1.2 万户，年龄在 25-40 岁，占 10-20%"),
        ["1.2 万|户||服务|", "25|岁||年龄在|", "40|岁|||", "10|%||占|", "20%||||"]
    );
    let hedged = |text: &str| {
        let all = read(text);
        let hedge = all.first().and_then(|one| one.mentions.first()).and_then(|mention| mention.hedge.clone());
        hedge.map(|hedge| text[hedge].to_owned())
    };
    for (text, hedge) in [
        ("支出约 5 万元", Some("约")),
        ("支出约为 5 万元", Some("约")),
        ("支出 100 余万元", Some("余")),
        ("支出 5 万元左右", Some("左右")),
        ("It had over 500 employees", Some("over")),
        ("节约 5 万元", None),
        ("支出为 5 万元", None),
    ] {
        assert_eq!(hedged(text).as_deref(), hedge, "{text}");
    }
}

#[test]
fn formulas_are_read_with_their_sides() {
    for (text, expected) in [
        ("执行率=（支出/预算）×100%=(40/80)×100%=50%，达标", "执行率: («支出»/«预算»)×c100%; (40/80)×c100%; 50%"),
        ("根据决算，“三公”变动率=(本年-上年)/上年*100%", "“三公”变动率: («本年»-«上年»)/«上年»×c100%; ; "),
        ("变动率＝(17.79-15)/15×100%＝18.6%", "变动率: ; (17.79-15)/15×c100%; 18.6%"),
        ("实际得分 89.01%×4=3.56 分，得分率高", "实际得分: ; 89.01%×4; 3.56"),
        ("其中 15/17×100%=88.24%", "其中: ; 15/17×c100%; 88.24%"),
        ("合计=1,262.5 万元+48 万元=1,310.5 万元", "合计: ; 1,262.5+48; 1,310.5"),
        ("收入（含结转）-支出=结余", "结余: «收入（含结转）»-«支出»; ; "),
        (
            "Margin = gross profit / net non-current revenue = 5 / 10 = 50% of all",
            "Margin: «gross profit»/«net non-current revenue»; 5/10; 50%",
        ),
    ] {
        assert_eq!(formulas(text), [expected], "{text}");
    }
    for (text, expected) in [
        ("校均 302.51 人（85,255 人÷266 所），比上年增加", "校均: ; 85,255/266; 302.51"),
        ("执行率 54.1%（4019.12/7430.06×100%）", "执行率: ; 4019.12/7430.06×c100%; 54.1%"),
        ("共 12 人（8+4）", "共: ; 8+4; 12"),
        ("得分率 85%(17/20)，率=(40/80)=50%", "得分率: ; 17/20; 85% | 率: ; (40/80); 50%"),
    ] {
        assert_eq!(formulas(text).join(" | "), expected, "{text}");
    }
    for text in [
        "得 5 分（4/5）",
        "共 10 人（3-5 岁）",
        "预算 5 万元（初）",
        "共 12 人（男 8+女 4）",
        "见 5（2+3）",
        "执行率 85%（2019/12）",
    ] {
        assert!(formulas(text).is_empty(), "{text}: {:?}", formulas(text));
    }
    for text in ["率=(40/)×100%=50%", "率=(40/80×100%=50%", "n=100 份", "甲=乙", "见 2016-2020、6/5", "a<=3-2"]
    {
        assert!(formulas(text).is_empty(), "{text}: {:?}", formulas(text));
    }
    let all = read("率=(40/80)×100%=50%，共 3 项");
    assert_eq!(all[0].mentions.iter().map(|mention| mention.in_formula).collect::<Vec<_>>(), [true, true, true, false]);
}

proptest! {
    #[test]
    fn any_text_is_read(text in r"([0-9]{1,4}|[,.，。；：、（）()《》“”〔〕=×/%$ -]|年|月|万|元|个|第|三|in |and |\\times|[a-z]|\PC){0,40}") {
        for statement in read(&text) {
            let sentence = statement.passage.text();
            prop_assert!(text.get(statement.passage.whole().range()).is_some());
            for mention in &statement.mentions {
                for range in [Some(&mention.literal), mention.unit.as_ref(), Some(&mention.before), Some(&mention.after), mention.hedge.as_ref()].into_iter().flatten() {
                    prop_assert!(sentence.get(range.clone()).is_some(), "{sentence} {mention:?}");
                    prop_assert!(text.get(statement.passage.span(range.clone()).range()).is_some());
                }
                prop_assert!(crate::figure::read(&sentence[mention.literal.clone()]).is_ok(), "{sentence} {mention:?}");
            }
            for formula in &statement.formulas {
                prop_assert!(sentence.get(formula.range.clone()).is_some() && sentence.get(formula.name.clone()).is_some());
                prop_assert!(formula.result.is_none_or(|at| at < statement.mentions.len()));
            }
        }
    }
}
