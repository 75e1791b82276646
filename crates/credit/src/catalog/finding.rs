//! What the checker says about a catalogue file: where, by which rule, and why, in three languages.
//!
//! A reviewer who is told only "invalid theme" will switch the check off. So every refusal has a
//! number that does not change, a line, and a sentence that says what to write instead.

use crate::lang::{Lang, Text};
use std::fmt;
use std::ops::Range;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Worth a look; the catalogue still loads.
    Warning,
    /// The catalogue is refused.
    Error,
}

/// One thing found in one catalogue file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Path as given to the checker: `themes/penalty.toml`.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// Number of the rule: `C10`. See [`super::refusals`] for all of them.
    pub rule: String,
    /// Error or warning.
    pub severity: Grade,
    /// The reason, and what to write instead.
    pub message: Text,
}

impl Finding {
    /// One line for a terminal: `file:line: C10 message`.
    #[must_use]
    pub fn line_in(&self, lang: Lang) -> String {
        let message = self.message.get(lang);
        format!("{}:{}: {} {message}", self.file, self.line, self.rule)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line_in(Lang::En))
    }
}

/// A rule of the checker: its number and its sentence, with `{0}`, `{1}` for what was found.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// `C10`; never reused.
    pub rule: &'static str,
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// Русский.
    pub ru: &'static str,
}

impl Refusal {
    /// The sentence with its blanks filled.
    #[must_use]
    pub fn message(&self, details: &[&str]) -> Text {
        let fill = |template: &str| {
            let mut text = template.to_owned();
            for (position, detail) in details.iter().enumerate() {
                text = text.replace(&format!("{{{position}}}"), detail);
            }
            text
        };
        Text {
            zh: fill(self.zh),
            en: fill(self.en),
            ru: fill(self.ru),
        }
    }
}

/// Collects the findings of one file and knows where its lines begin.
#[derive(Debug)]
pub(super) struct Desk<'a> {
    file: &'a str,
    content: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(file: &'a str, content: &'a str, findings: &'a mut Vec<Finding>) -> Self {
        Desk {
            file,
            content,
            findings,
        }
    }

    /// Refuses the file at a byte range.
    pub(super) fn refuse(&mut self, at: Range<usize>, refusal: &Refusal, details: &[&str]) {
        self.push(at, refusal, details, Grade::Error);
    }

    /// Notes something that does not stop the catalogue.
    pub(super) fn warn(&mut self, at: Range<usize>, refusal: &Refusal, details: &[&str]) {
        self.push(at, refusal, details, Grade::Warning);
    }

    fn push(&mut self, at: Range<usize>, refusal: &Refusal, details: &[&str], grade: Grade) {
        let before = self.content.as_bytes().get(..at.start).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        self.findings.push(Finding {
            file: self.file.to_owned(),
            line,
            rule: refusal.rule.to_owned(),
            severity: grade,
            message: refusal.message(details),
        });
    }

    /// The bytes of the file, for its digest.
    pub(super) fn content(&self) -> &'a str {
        self.content
    }
}
