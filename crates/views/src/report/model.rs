//! What a report is: plain data, ready to print, with every text in the reader's language.
//!
//! Codes stand beside texts, so that a program reads the same report without knowing a language.

use credit::catalog::model::Section;
use credit::clock::Severity;
use credit::lang::Lang;
use credit::record::{AsOf, Instant};
use credit::subject::{RecordId, SubjectId, SubjectKind};
use jiff::civil::Date;

/// The name of the report's JSON shape. A change that breaks readers takes the next number.
pub const SHAPE: &str = "gongxin.report/1";

/// A public credit information report in the ten sections of the national standard of 2022.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its number, given by the caller; printed on every page.
    pub number: String,
    /// The reader's language.
    pub lang: Lang,
    /// Title, by kind of subject.
    pub title: String,
    /// For whom it was made.
    pub purpose: Labelled,
    /// Whom it is about.
    pub who: Who,
    /// The three times it was made for.
    pub at: AsOf,
    /// Lines of the cover: number, kind of reading, times, themes, period.
    pub cover: Vec<Line>,
    /// 报告说明: what it is and is not, a paragraph each.
    pub notices: Vec<String>,
    /// The ten sections in the standard's order, empty ones too.
    pub sections: Vec<SectionView>,
    /// How to object, how to repair.
    pub rights: Vec<Notice>,
    /// What it was made with.
    pub versions: Versions,
}

/// A code with its text in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// Stable code.
    pub code: &'static str,
    /// Its text.
    pub text: String,
}

/// One printed line: a label and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Stable code: an item's code or a word such as `source`.
    pub code: String,
    /// The label in the reader's language.
    pub label: String,
    /// The value, formatted for reading.
    pub value: String,
}

/// The subject, as a report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// Its id in links.
    pub id: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// The current name.
    pub name: String,
    /// Former and other names, newest first.
    pub other_names: Vec<String>,
    /// Identifiers of organisations; never a person's.
    pub identifiers: Vec<Line>,
    /// Kind, name, other names and identifiers as lines.
    pub lines: Vec<Line>,
}

/// One section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionView {
    /// Which.
    pub section: Section,
    /// Its stable code.
    pub code: &'static str,
    /// Its title.
    pub title: String,
    /// Entries found, printed or not.
    pub found: usize,
    /// Entries printed, grouped by theme, most recent first.
    pub entries: Vec<Item>,
    /// The fixed sentence of an empty section, or the one that says how many are not printed.
    pub note: Option<String>,
}

/// One entry: one fact of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The record.
    pub record: RecordId,
    /// Which version of the record, from 1.
    pub seq: u32,
    /// The theme's code.
    pub theme: String,
    /// The theme's edition under which the fact was accepted.
    pub edition: String,
    /// The theme's title.
    pub title: String,
    /// What tells this entry from others of its theme: a document number or its first content.
    pub headline: Option<String>,
    /// The supplier's code.
    pub supplier: String,
    /// The supplier's name.
    pub source: String,
    /// When the platform came to know it.
    pub known_at: Instant,
    /// The day for which its source states it.
    pub stated_on: Date,
    /// The legal document, where the theme has one.
    pub document: Document,
    /// Its state on the report's day.
    pub state: Labelled,
    /// Whether the public sees it today; in a public report always that it does.
    pub publication: Labelled,
    /// Severity by the sector's standard.
    pub severity: Option<Severity>,
    /// Publicity ends by itself at the latest on this day; `None`: while the fact holds.
    pub public_until: Option<Date>,
    /// Whether, how and from when it can be repaired, where the theme is negative.
    pub repair: Option<Repair>,
    /// Reported after its deadline.
    pub late: bool,
    /// Marks to be seen before the content.
    pub marks: Vec<Labelled>,
    /// The visible items.
    pub values: Vec<Value>,
    /// Source, document, state and dates as printable lines.
    pub lines: Vec<Line>,
}

/// The legal document of an entry, as far as its items tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its name.
    pub name: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// The organ that issued it.
    pub organ: Option<String>,
    /// The day from which its clocks count: the earliest ever given for it.
    pub dated: Option<Date>,
}

/// Repair of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Whether the law allows it at all.
    pub possible: bool,
    /// How, or why not, in the catalogue's words.
    pub how: String,
    /// The legal basis.
    pub basis: String,
    /// The end of the shortest publicity, where a severity table sets one.
    pub from: Option<Date>,
    /// The same as a sentence; `None` where nothing is known of it.
    pub when: Option<String>,
}

/// One visible item of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The item's code.
    pub code: String,
    /// The item's title.
    pub label: String,
    /// The canonical text, masked and redacted as the reader may see it; `None` while it waits.
    pub value: Option<String>,
    /// The same for reading: code titles, units, open ends.
    pub shown: String,
}

/// A headed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Stable code.
    pub code: &'static str,
    /// Heading.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// What a report was made with: equal bytes are promised for equal versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// The report's shape.
    pub shape: &'static str,
    /// The catalogue bundle's digest.
    pub catalogue: String,
    /// The program's version.
    pub program: &'static str,
}
