//! What the checker says of a row.

use crate::rejects::Reference;
use credit::catalog::ItemIx;
use credit::clock::Severity;
use credit::fault::Fault;
use credit::identifier::{Identifier, Warning};
use credit::lang::Lang;
use credit::personal::Personal;
use credit::record::Document;
use credit::subject::Claim;
use std::fmt;

/// What became of one row. Every row has exactly one outcome, so that the counts of a receipt add
/// up to the rows read.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A fact.
    Ready(Draft),
    /// A fact that must wait; the source is asked.
    Held(Draft, HoldReason),
    /// A fact on a natural person, for the sealer alone.
    Personal(Box<PersonalDraft>),
    /// Not a fact yet.
    Rejected(Rejected),
    /// Nothing in it.
    Blank,
    /// A line below the table (合计, 制表人 …). Counted apart, never silently dropped; its text may
    /// name a person, so only its length is kept.
    Footer {
        /// Characters of its text.
        letters: usize,
    },
}

/// A fact as a row states it, all checks passed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The row's number in the file.
    pub row: u64,
    /// Whom it speaks of.
    pub claim: Claim,
    /// The natural key: its parts joined by U+001F.
    pub key: String,
    /// The snapshot scope, in the same form; empty where the theme has none.
    pub scope: String,
    /// Canonical text of every item, in the theme's order.
    pub values: Vec<Option<Box<str>>>,
    /// The legal document.
    pub document: Option<Document>,
    /// How grave.
    pub severity: Option<Severity>,
    /// The row says that the fact is gone.
    pub removed: bool,
    /// Reported after its deadline (R07).
    pub late: bool,
    /// The rejected row that it mends, as the row itself says.
    pub mends: Option<Reference>,
    /// Doubts that do not refuse it.
    pub warnings: Vec<Doubt>,
}

/// A fact on a natural person. Outside of what is [`Personal`] nothing tells who or what.
#[derive(Clone, PartialEq)]
pub struct PersonalDraft {
    /// The row's number in the file.
    pub row: u64,
    /// The rejected row that it mends, as the row itself says.
    pub mends: Option<Reference>,
    /// What the row says, and of whom.
    pub fact: Personal<PersonFact>,
}

impl fmt::Debug for PersonalDraft {
    /// Prints the row's number and nothing of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalDraft(row {})", self.row)
    }
}

/// What a row says of a natural person.
#[derive(Clone, PartialEq)]
pub struct PersonFact {
    /// The person's own number, with its check digit verified (R06).
    pub number: Identifier,
    /// The fact.
    pub draft: Draft,
    /// Why it must wait, if it must.
    pub held: Option<HoldReason>,
}

/// A doubt about one item of an accepted row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The item.
    pub item: ItemIx,
    /// What is doubtful.
    pub warning: Warning,
}

/// A rejected row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The row's number in the file.
    pub row: u64,
    /// Its natural key where it could be read: a rejected row of a snapshot counts as present.
    pub key: Option<String>,
    /// It speaks of a person or holds data that is never collected: nothing of it may be written.
    pub personal: bool,
    /// What is wrong; never empty.
    pub faults: Vec<Fault>,
    /// Its cells as they came, for mending, without unknown columns and persons' numbers; `None`
    /// when personal and when cells and columns do not match.
    pub cells: Option<Vec<String>>,
}

/// Why a fact must wait. Its clock is data (`catalog/holds.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoldReason {
    /// The decision can still be challenged (R05).
    NotFinal,
    /// Neither a table nor the source says how grave it is (R08).
    SeverityUnknown,
    /// A person must say whom it speaks of.
    SubjectUnclear,
    /// Its text may hold what must not be published.
    TextDoubtful,
    /// The subject is registered outside the area in its supplier's charge.
    OutsideArea,
}

impl HoldReason {
    /// Every reason.
    pub const ALL: [HoldReason; 5] = [
        HoldReason::NotFinal,
        HoldReason::SeverityUnknown,
        HoldReason::SubjectUnclear,
        HoldReason::TextDoubtful,
        HoldReason::OutsideArea,
    ];

    /// The code in `holds.toml`, the store and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            HoldReason::NotFinal => "not-final",
            HoldReason::SeverityUnknown => "severity-unknown",
            HoldReason::SubjectUnclear => "subject-unclear",
            HoldReason::TextDoubtful => "text-doubtful",
            HoldReason::OutsideArea => "outside-area",
        }
    }

    /// The inverse of [`HoldReason::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<HoldReason> {
        HoldReason::ALL
            .into_iter()
            .find(|reason| reason.code() == code)
    }

    /// What the source is told.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            HoldReason::NotFinal => [
                "决定尚未生效，待救济期满后补报生效日期",
                "The decision is not final yet; send the day on which it became final",
                "Решение ещё не вступило в силу; сообщите день вступления",
            ],
            HoldReason::SeverityUnknown => [
                "严重程度不明，请作出处罚的机关标注轻微、一般或严重",
                "It is not known how grave it is; the organ labels it minor, ordinary or serious",
                "Тяжесть неизвестна; орган указывает: незначительная, обычная или серьёзная",
            ],
            HoldReason::SubjectUnclear => [
                "主体不明，待人工确认",
                "It is unclear whom it speaks of; a person decides",
                "Неясно, о ком речь; решает человек",
            ],
            HoldReason::TextDoubtful => [
                "文本可能含不宜公开的内容，待人工核对",
                "Its text may hold what must not be published; a person checks it",
                "Текст может содержать не подлежащее публикации; проверяет человек",
            ],
            HoldReason::OutsideArea => [
                "主体登记地不在本单位管辖区域内，待核实管辖",
                "The subject is registered outside your area; show that it is in your charge",
                "Субъект зарегистрирован вне вашей территории; подтвердите свою компетенцию",
            ],
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }
}
