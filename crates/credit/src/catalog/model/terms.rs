//! Terms of a theme: bases, sharing, severity, clocks, reporting, repair, submission, natural key.

use super::ItemIx;
use crate::clock::{Severity, Span};
use crate::lang::Text;
use crate::rule::Rule;

/// A legal basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Title or document number: 行政处罚法, 国办发〔2020〕49号.
    pub law: String,
    /// Article, where one is named.
    pub article: Option<String>,
    /// Its rank.
    pub rank: Rank,
    /// Whether it was read in the law itself.
    pub verified: bool,
}

/// Rank of a legal basis; decides what it can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// 法律.
    Law,
    /// 行政法规.
    AdministrativeRegulation,
    /// 党中央、国务院政策文件.
    CentralPolicy,
    /// 地方性法规: the only rank on which a lower layer may add an item.
    LocalRegulation,
    /// 部门规章.
    DepartmentalRule,
    /// A standard or other normative document; carries nothing alone.
    Standard,
}

/// Sharing class (共享属性).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sharing {
    /// 无条件共享, 有条件共享, 不予共享.
    pub class: SharingClass,
    /// Why, for the last two.
    pub reason: Option<Text>,
    /// On what basis, for the last two.
    pub basis: Option<Basis>,
}

/// The three sharing classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharingClass {
    /// 无条件共享.
    Unconditional,
    /// 有条件共享.
    Conditional,
    /// 不予共享.
    NotShared,
}

/// How severity is found: the first rule that holds; none holding means *unknown*, and the fact is
/// held and its source asked (R08). Severity is never guessed.
#[derive(Debug)]
pub struct SeverityTable {
    /// Where the table comes from.
    pub basis: Basis,
    /// In order.
    pub cases: Vec<SeverityCase>,
    /// Shortest and longest publicity by severity.
    pub publicity: Vec<Publicity>,
}

/// One case of a severity table.
#[derive(Debug)]
pub struct SeverityCase {
    /// The severity if `when` holds.
    pub severity: Severity,
    /// The condition.
    pub when: Rule,
}

/// Publicity terms of one severity, counted from the document's date (R09).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publicity {
    /// Which.
    pub severity: Severity,
    /// Published at all without a further reason.
    pub published: bool,
    /// Before this no repair ends it.
    pub min: Option<Span>,
    /// At this it stops by itself.
    pub max: Span,
}

/// The four clocks of R11. `None` means: while the fact holds (registration, honours).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// End of publicity where the severity table does not say.
    pub publicity: Option<Span>,
    /// End of sharing and use.
    pub sharing: Option<Span>,
    /// End of queries.
    pub query: Option<Span>,
    /// Move to the archive.
    pub archive: Option<Span>,
    /// The item from whose date the clocks count: the decision date, else the listing date.
    pub from: Option<ItemIx>,
}

/// Update frequency and reporting deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reporting {
    /// In words: 每日, 每月 ….
    pub frequency: Text,
    /// Working days from the date in `from` by which a row must arrive (R07).
    pub deadline: Option<(u16, ItemIx)>,
}

/// Whether and how a fact can be repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Nothing to repair (neutral and positive facts).
    NotApplicable,
    /// Repairable; how, in words, with its basis.
    Repairable(Text, Basis),
    /// A law says it is not; which.
    NotRepairable(Text, Basis),
}

/// How a theme is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The default mode.
    pub mode: Mode,
    /// Items that split a supplier's snapshots into independent scopes (a region, a year).
    pub scope: Vec<ItemIx>,
}

/// Mode of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Rows are additions and corrections.
    Delta,
    /// Rows are everything there is: what is absent is removed on that day, and may be listed again.
    Snapshot,
}

/// A part of a natural key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// The subject's strongest identifier, else its name in comparison form.
    Subject,
    /// An item's canonical value.
    Item(ItemIx),
}

/// Statute-published items of individual businesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatutePublished {
    /// Which items.
    pub items: Vec<ItemIx>,
    /// By which statute.
    pub basis: Basis,
}

/// Rows of natural persons: taken only into sealed storage, by a verified identifier (rights 7, 13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NaturalPersons {
    /// The item that holds the person's own number; its role is `person-identifier`, so that no other
    /// row keeps it.
    pub number: ItemIx,
    /// The law by which the theme holds facts on natural persons.
    pub basis: Basis,
}
