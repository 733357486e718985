//! What each format makes of audits made by hand, in both languages.

use std::sync::Arc;

use super::samples;
use super::{Format, Lang, Report, Settings, short, terminal, wording};
use crate::audit::{Audit, Summary, TieCounts};
use crate::fault::Bilingual;
use crate::rule::Rule;
use crate::source::Source;

const fn settings(format: Format, lang: Lang) -> Settings {
    Settings { format, lang, color: false, ties: true, quiet: false, verbose: true }
}

/// Standard output, then standard error.
fn written(settings: Settings, audit: &Audit, summary: &Summary) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut report = Report::start(settings, &mut out, &mut err);
    report.audit(audit).expect("memory can be written");
    report.finish(summary).expect("memory can be written");
    format!("{}-- stderr\n{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err))
}

#[test]
fn every_format_in_both_languages() {
    let (audit, summary) = samples::audit();
    for (format, name) in [
        (Format::Terminal, "terminal"),
        (Format::Short, "short"),
        (Format::Json, "json"),
        (Format::Ndjson, "ndjson"),
    ] {
        for (lang, suffix) in [(Lang::En, "en"), (Lang::Zh, "zh")] {
            insta::assert_snapshot!(format!("{name}-{suffix}"), written(settings(format, lang), &audit, &summary));
        }
    }
}
