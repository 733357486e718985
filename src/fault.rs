//! What stopped us: broken input, a wrong check file, an unreadable path.

use std::sync::Arc;

use crate::source::{Source, Span};

/// Something that kept tieout from doing what was asked; exit status 2.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Stable code, `json/syntax`.
    pub code: &'static str,
    /// What is wrong, in English and Chinese.
    pub message: Bilingual,
    /// What to do about it.
    pub help: Option<Bilingual>,
    /// Where it is wrong; `None` for a path or a usage.
    pub place: Option<(Arc<Source>, Span)>,
    /// A second place that belongs to it (the first of two duplicate keys).
    pub other: Option<Span>,
}

/// One text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Bilingual {
    /// Both texts.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }
}

impl Fault {
    /// A fault without a place.
    pub fn new(code: &'static str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { code, message: Bilingual::new(en, zh), help: None, place: None, other: None }
    }

    /// The fault, at a place.
    #[must_use]
    pub fn at(mut self, source: &Arc<Source>, span: Span) -> Self {
        self.place = Some((Arc::clone(source), span));
        self
    }

    /// The fault, with a way out.
    #[must_use]
    pub fn help(mut self, en: impl Into<String>, zh: impl Into<String>) -> Self {
        self.help = Some(Bilingual::new(en, zh));
        self
    }

    /// The fault, with the other place that belongs to it.
    #[must_use]
    pub fn and(mut self, other: Span) -> Self {
        self.other = Some(other);
        self
    }
}
