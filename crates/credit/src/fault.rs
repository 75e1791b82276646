//! What is wrong with a row and how to mend it, in three languages.
//!
//! A fault is what a supplier's data officer reads, so it names the rule, the column, the value as
//! far as it may be shown, what is wrong and what to do. The sentences stand in one table
//! ([`words`]), so that no kind can lack a language. A fault about a person carries no value.

mod words;

use crate::catalog::{Item, ItemIx, Role, Theme};
use crate::identifier::{IdentifierError, System};
use crate::lang::Lang;
use crate::subject::SubjectKind;
use jiff::civil::Date;
use std::borrow::Cow;

/// Characters of a value that a fault shows: enough to find the cell, too few to republish it.
pub const VALUE_CHARS: usize = 64;

/// One thing that is wrong with one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule's code: `I14` for a check of the intake, `R02` for a rule of law, the theme's own
    /// code for a cross-field rule. `docs/how-to-read-a-reject.md` explains them.
    pub rule: Cow<'static, str>,
    /// The item, where one is at fault.
    pub item: Option<ItemIx>,
    /// The column in the file, from 0.
    pub column: Option<usize>,
    /// That column's header as the file has it.
    pub header: Option<String>,
    /// The value, masked where it is sensitive and cut at [`VALUE_CHARS`]; `None` where nothing of
    /// it may be shown.
    pub value: Option<String>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// Kinds of fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The row has another number of cells than the header.
    Ragged {
        /// Cells of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// The row could not be read as the file's form demands.
    Broken,
    /// The record has a field that the first records of the file did not have.
    UnknownField,
    /// The record has one field twice.
    DoubledField,
    /// Bytes that are no text in the file's encoding.
    Malformed,
    /// A cell beyond `limits::CELL_CHARS`.
    CellTooLong,
    /// A workbook cell that shows an error (`#REF!`).
    WorkbookError,
    /// A workbook cell with a number of sixteen digits or more: spreadsheet programs keep fifteen,
    /// so that the last digits of a code are lost.
    Rounded,
    /// A required item is empty.
    Missing,
    /// An item is empty that the row's other values require.
    MissingWhen,
    /// More characters than the item takes.
    TooLong {
        /// What it takes.
        max: u32,
        /// What it has.
        found: usize,
    },
    /// The text does not have the item's form.
    Format,
    /// No date.
    NotADate,
    /// Written like a date, but there is no such day, or its year is out of reason.
    NoSuchDay,
    /// A day after the submission, where only the past makes sense.
    Future {
        /// The day of the submission.
        today: Date,
    },
    /// No number.
    NotANumber,
    /// A number in scientific notation: the program that wrote it may have dropped digits.
    Exponent,
    /// No whole number.
    NotWhole,
    /// More digits than the item takes.
    Digits {
        /// All digits.
        digits: u8,
        /// Of them after the point.
        scale: u8,
    },
    /// A unit that cannot be turned into the item's.
    Unit {
        /// The item's unit, empty where it has none.
        wanted: String,
    },
    /// Not in the code set.
    NotInSet {
        /// Some of the values that are.
        allowed: Vec<String>,
    },
    /// Several values where one is taken.
    OneOnly,
    /// No valid identifier.
    Identifier {
        /// Of which system, where the item names one.
        system: Option<System>,
        /// Which check failed.
        error: IdentifierError,
    },
    /// Two identifiers of the row belong to different bodies.
    Contradiction,
    /// Neither identifier nor name says whom the row speaks of.
    NoSubject,
    /// A part of the natural key is empty, so that the fact could not be found again.
    NoKey,
    /// The same fact stands in the same file with other content.
    Repeat {
        /// The other row.
        row: u64,
    },
    /// A cross-field rule of the theme does not hold; its place in `theme.rules`.
    Rule(usize),
    /// A rule of the catalogue gave no answer: the catalogue is at fault, not the row.
    RuleFailed,
    /// A fact that a platform above returned names a source which the catalogue does not allow.
    UnknownSource,
    /// The subject is registered outside the area in its supplier's charge.
    OutsideArea,
    /// The theme does not speak of this kind of subject (R01).
    KindNotAllowed(SubjectKind),
    /// Data of a kind that is never collected (R02, rights 3).
    Forbidden,
    /// A negative fact without its legal document (R03).
    NoDocument,
    /// A listing of a subject that its organ is still hearing in a case here (R12).
    NotHeard,
    /// A natural person's row: not stored where sealed storage is not open (rights 13).
    Person,
    /// An individual business's row: its business is its person (rights, preamble).
    IndividualBusiness,
    /// A person's number in a column that is not for one.
    PersonalNumber,
    /// It cannot be told whether the row speaks of a person.
    KindUnclear,
    /// Data that is collected only with a written consent, and none is named (征信业管理条例 14).
    NoConsent,
    /// A natural person's row without the person's own, verified number (R06, rights 7).
    PersonUnverified,
    /// The person's data were erased by a decision, which no file undoes (rights 13).
    PersonErased,
    /// The record is on file about another kind of subject, or about another person.
    OtherSubject,
}

impl FaultKind {
    /// The rule's code; a cross-field rule has its own in the theme.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            FaultKind::Ragged { .. } => "I01",
            FaultKind::Broken => "I02",
            FaultKind::UnknownField => "I03",
            FaultKind::DoubledField => "I04",
            FaultKind::Malformed => "I05",
            FaultKind::CellTooLong => "I06",
            FaultKind::WorkbookError => "I07",
            FaultKind::Rounded => "I08",
            FaultKind::Missing => "I10",
            FaultKind::MissingWhen => "I11",
            FaultKind::TooLong { .. } => "I12",
            FaultKind::Format => "I13",
            FaultKind::NotADate => "I14",
            FaultKind::NoSuchDay => "I15",
            FaultKind::Future { .. } => "I16",
            FaultKind::NotANumber => "I17",
            FaultKind::NotWhole => "I18",
            FaultKind::Digits { .. } => "I19",
            FaultKind::Unit { .. } => "I20",
            FaultKind::NotInSet { .. } => "I21",
            FaultKind::OneOnly => "I22",
            FaultKind::Exponent => "I23",
            FaultKind::Identifier { .. } => "R06",
            FaultKind::Contradiction => "I24",
            FaultKind::NoSubject => "I25",
            FaultKind::NoKey => "I26",
            FaultKind::Repeat { .. } => "I27",
            FaultKind::Rule(_) => "I28",
            FaultKind::RuleFailed => "I29",
            FaultKind::UnknownSource => "I30",
            FaultKind::OutsideArea => "I31",
            FaultKind::KindNotAllowed(_) => "R01",
            FaultKind::Forbidden => "R02",
            FaultKind::NoDocument => "R03",
            FaultKind::NotHeard => "R12",
            FaultKind::Person => "P01",
            FaultKind::IndividualBusiness => "P02",
            FaultKind::PersonalNumber => "P03",
            FaultKind::KindUnclear => "P04",
            FaultKind::NoConsent => "P05",
            FaultKind::PersonUnverified => "P06",
            FaultKind::PersonErased => "P07",
            FaultKind::OtherSubject => "P08",
        }
    }

    /// A fault about a person, or about data that is never collected: nothing of the row may be
    /// written, whatever else it says.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        matches!(
            self,
            FaultKind::Forbidden
                | FaultKind::Person
                | FaultKind::IndividualBusiness
                | FaultKind::PersonalNumber
                | FaultKind::KindUnclear
                | FaultKind::NoConsent
                | FaultKind::PersonUnverified
                | FaultKind::PersonErased
                | FaultKind::OtherSubject
        )
    }
}

impl Fault {
    /// A fault of the row as a whole.
    #[must_use]
    pub fn of_row(kind: FaultKind) -> Fault {
        Fault {
            rule: Cow::Borrowed(kind.code()),
            item: None,
            column: None,
            header: None,
            value: None,
            kind,
        }
    }

    /// A fault of one item, without its value.
    #[must_use]
    pub fn of_item(kind: FaultKind, item: ItemIx) -> Fault {
        Fault {
            item: Some(item),
            ..Fault::of_row(kind)
        }
    }

    /// Adds the value as far as it may be shown.
    #[must_use]
    pub fn with_value(mut self, item: &Item, value: &str) -> Fault {
        if !self.kind.is_personal() {
            self.value = shown(item, value);
        }
        self
    }

    /// The row that must be looked at: the theme's title of the item, else nothing.
    #[must_use]
    pub fn title<'t>(&self, lang: Lang, theme: &'t Theme) -> Option<&'t str> {
        self.item
            .and_then(|ix| theme.items.get(ix))
            .map(|item| item.title.get(lang))
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self, lang: Lang, theme: &Theme) -> String {
        match &self.kind {
            FaultKind::Rule(ix) => theme.rules.get(*ix).map_or_else(
                || words::say(self, lang, theme, 0),
                |rule| rule.message.get(lang).to_owned(),
            ),
            FaultKind::Identifier { error, .. } => {
                words::say(self, lang, theme, 0) + &error.message(lang)
            }
            _ => words::say(self, lang, theme, 0),
        }
    }

    /// How to mend it.
    #[must_use]
    pub fn mend(&self, lang: Lang, theme: &Theme) -> String {
        words::say(self, lang, theme, 1)
    }
}

/// A value as a fault may show it: nothing of a person's number, the first character of a name,
/// the mask where the item has one, and never more than [`VALUE_CHARS`].
fn shown(item: &Item, value: &str) -> Option<String> {
    if value.is_empty() || item.role == Role::PersonIdentifier {
        return None;
    }
    if item.role == Role::PersonName || item.personal {
        return value.chars().next().map(|first| format!("{first}*"));
    }
    let count = value.chars().count();
    if let Some(mask) = item.mask {
        let (left, right) = (usize::from(mask.left), usize::from(mask.right));
        // A value no longer than what the mask keeps would be shown whole.
        let hidden = count.saturating_sub(left + right);
        if hidden == 0 {
            return Some("*".repeat(count.min(VALUE_CHARS)));
        }
        let masked: String = value
            .chars()
            .enumerate()
            .map(|(ix, each)| {
                if ix < left || ix >= left + hidden {
                    each
                } else {
                    '*'
                }
            })
            .collect();
        return Some(cut(&masked, count));
    }
    Some(cut(value, count))
}

fn cut(value: &str, count: usize) -> String {
    if count <= VALUE_CHARS {
        return value.to_owned();
    }
    let mut short: String = value.chars().take(VALUE_CHARS - 1).collect();
    short.push('…');
    short
}
