//! Finding: rule, level, place, message, help.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Fix;
use crate::text::Span;

/// How bad a finding is. Only [`Level::Error`] decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Off,
    Info,
    Warning,
    Error,
}

/// One fault, where it is, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's final id, such as `unbacked-soon`.
    pub rule: Cow<'static, str>,
    pub level: Level,
    /// Path relative to the site's root.
    pub path: Arc<str>,
    /// Bytes of the original text.
    pub span: Span,
    /// Slug of the incident, where the finding is about one.
    pub incident: Option<Arc<str>>,
    /// Heading time of the update, where the finding is about one.
    pub update: Option<Timestamp>,
    /// The words it is about, for readers of the finding who do not have the file.
    pub text: String,
    /// What is wrong, one sentence or two.
    pub message: String,
    /// What to write or do instead.
    pub help: String,
    /// Whether the update stays unpublished until this is mended.
    pub withholds: bool,
    /// Other places that explain the finding.
    pub notes: Vec<Note>,
    /// What would mend it without touching anyone's words, where that is so.
    pub fix: Option<Fix>,
}

/// A second place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub path: Arc<str>,
    pub span: Span,
    pub message: String,
}

impl Finding {
    /// A finding at error level about a place in a file; set the other fields with struct update syntax or the `with` methods.
    pub fn error(
        rule: impl Into<Cow<'static, str>>,
        path: &Arc<str>,
        span: impl Into<Span>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule: rule.into(),
            level: Level::Error,
            path: path.clone(),
            span: span.into(),
            incident: None,
            update: None,
            text: String::new(),
            message: message.into(),
            help: help.into(),
            withholds: false,
            notes: Vec::new(),
            fix: None,
        }
    }

    pub fn warning(
        rule: impl Into<Cow<'static, str>>,
        path: &Arc<str>,
        span: impl Into<Span>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { level: Level::Warning, ..Self::error(rule, path, span, message, help) }
    }

    /// The order in which findings are shown: by path, place, then rule, however many threads ran.
    pub fn order(&self) -> (&str, usize, usize, &str) {
        (&self.path, self.span.start, self.span.end, &self.rule)
    }
}
