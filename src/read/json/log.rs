//! The faults of one JSON text: their wording, one a place, and no more than a reader can use.

use std::sync::Arc;

use crate::fault::Fault;
use crate::source::{Source, Span, shorten};

/// Faults that are told before the rest is left out.
const MOST: usize = 20;

pub(super) struct Log<'a> {
    source: &'a Arc<Source>,
    faults: Vec<Fault>,
    /// Where the last fault about syntax starts: a second one at the same place is its echo.
    last: Option<u32>,
    full: bool,
    /// A text without an end swallows every bracket behind it, so they are not missed too.
    swallowed: bool,
}

impl<'a> Log<'a> {
    pub(super) fn new(source: &'a Arc<Source>) -> Self {
        Self { source, faults: Vec::new(), last: None, full: false, swallowed: false }
    }

    /// Whether reading is to stop.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// The faults in the order of the source, the one that says how it ended last.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        let start = |fault: &Fault| fault.place.as_ref().map_or(u32::MAX, |(_, span)| span.start);
        self.faults.sort_by_key(start);
        self.faults
    }

    fn push(&mut self, fault: Fault, span: Span) {
        if self.full {
            return;
        }
        if self.faults.len() == MOST {
            self.full = true;
            let fault = Fault::new(
                "json/syntax",
                format!("more than {MOST} faults; the rest of the file was left out"),
                format!("错误超过 {MOST} 处，文件其余部分未再检查"),
            );
            self.faults.push(fault.help("mend these first", "请先改正以上错误"));
            return;
        }
        self.faults.push(fault.at(self.source, span));
    }

    fn syntax(&mut self, fault: Fault, span: Span) {
        if self.last != Some(span.start) {
            self.last = Some(span.start);
            self.push(fault, span);
        }
    }

    /// Something that is wrong in itself.
    pub(super) fn wrong(&mut self, span: Span, en: impl Into<String>, zh: impl Into<String>) {
        self.syntax(Fault::new("json/syntax", en, zh), span);
    }

    /// The same, with a way out.
    pub(super) fn wrong_with(
        &mut self,
        span: Span,
        (en, zh): (impl Into<String>, impl Into<String>),
        (help_en, help_zh): (impl Into<String>, impl Into<String>),
    ) {
        self.syntax(Fault::new("json/syntax", en, zh).help(help_en, help_zh), span);
    }

    pub(super) fn expected(&mut self, span: Span, found: Option<char>, en: &str, zh: &str) {
        let (found_en, found_zh) = name(found);
        self.wrong(span, format!("expected {en}, found {found_en}"), format!("此处应为{zh}，却是{found_zh}"));
    }

    pub(super) fn unexpected(&mut self, span: Span, found: Option<char>) {
        let (found_en, found_zh) = name(found);
        self.wrong(span, format!("unexpected {found_en}"), format!("此处不应有{found_zh}"));
    }

    pub(super) fn trailing_comma(&mut self, comma: Span) {
        let message = ("nothing follows this comma: expected another value", "逗号后面没有内容：此处应有下一个值");
        self.wrong_with(comma, message, ("remove the comma", "请删去这个逗号"));
    }

    pub(super) fn mismatch(&mut self, span: Span, found: Option<char>, closer: char, opener: Span) {
        let (found_en, found_zh) = name(found);
        let en = format!("expected `{closer}` to close the bracket, found {found_en}");
        let zh = format!("此处应以 `{closer}` 闭合括号，却是{found_zh}");
        self.syntax(Fault::new("json/syntax", en, zh).and(opener), span);
    }

    pub(super) fn unclosed_text(&mut self, span: Span) {
        self.swallowed = true;
        self.wrong_with(
            span,
            ("this text has no closing quote", "这段文本缺少结尾的引号"),
            ("add `\"` at its end", "请在末尾补上 `\"`"),
        );
    }

    pub(super) fn unclosed(&mut self, opener: Span, end: Span, closers: &str) {
        if self.swallowed {
            return;
        }
        let closers = shorten(closers, 40);
        let fault = Fault::new(
            "json/syntax",
            "this bracket is never closed: the text ends before it",
            "这个括号没有闭合：文本到此为止",
        );
        let (en, zh) = (format!("add `{closers}` at the end"), format!("请在末尾补上 `{closers}`"));
        self.syntax(fault.help(en, zh).and(end), opener);
    }

    pub(super) fn nothing(&mut self, end: Span) {
        if self.faults.is_empty() {
            let fault = Fault::new("json/empty", "there is no JSON in it", "其中没有 JSON 内容");
            self.push(
                fault.help("write an object, `{…}`, or leave the file out", "请写入对象 `{…}`，或不审核该文件"),
                end,
            );
        }
    }

    pub(super) fn after_end(&mut self, span: Span, found: Option<char>) {
        let (found_en, found_zh) = name(found);
        self.wrong_with(
            span,
            (format!("expected the end of the text, found {found_en}"), format!("JSON 已经结束，后面却还有{found_zh}")),
            (
                "one file holds one value; for many, one a line, use .ndjson",
                "一个文件只能有一个值；多个值请每行一个，存为 .ndjson",
            ),
        );
    }

    pub(super) fn too_deep(&mut self, span: Span, limit: usize) {
        let (en, zh) = (format!("nested more than {limit} levels deep"), format!("嵌套超过 {limit} 层"));
        let (help_en, help_zh) =
            ("a report needs a few levels: look for brackets too many", "报表数据只需几层，请检查是否有多余的括号");
        self.push(Fault::new("json/too-deep", en, zh).help(help_en, help_zh), span);
        self.full = true;
    }

    pub(super) fn duplicate(&mut self, key: &str, span: Span, first: Span) {
        let key = shorten(key, 60);
        let (en, zh) = (format!("the key `{key}` stands twice in this object"), format!("键 `{key}` 在同一对象中重复"));
        let fault = Fault::new("json/duplicate-key", en, zh).and(first);
        self.push(fault.help("remove or rename one of the two", "请删去其中之一，或将其改名"), span);
    }
}

/// What a character is called.
fn name(found: Option<char>) -> (String, String) {
    match found {
        None => ("the end of the text".into(), "文本结尾".into()),
        Some(each)
            if each.is_control() || each.is_whitespace() || shorten(&each.to_string(), 2) != each.to_string() =>
        {
            let code = format!("U+{:04X}", u32::from(each));
            (format!("the character {code}"), format!("字符 {code}"))
        }
        Some(each) => (format!("`{each}`"), format!(" `{each}`")),
    }
}
