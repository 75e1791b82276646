//! Items of a theme: what a column holds, when it must be filled, and who may see it.

use super::{CodeSet, ItemIx};
use crate::identifier::System;
use crate::lang::Text;
use crate::rule::Rule;

/// An item (信息项) of a theme.
#[derive(Debug)]
pub struct Item {
    /// `CF_WSH`.
    pub code: String,
    /// Title in three languages; the Chinese one is the column header of templates.
    pub title: Text,
    /// Type, with length or precision.
    pub kind: ItemKind,
    /// When it must be filled.
    pub required: Required,
    /// A regular expression that the canonical text must match.
    pub format: Option<regex::Regex>,
    /// Headers of older editions and of files in use.
    pub aliases: Vec<String>,
    /// What the platform understands it as.
    pub role: Role,
    /// Who may see it.
    pub exposure: Exposure,
    /// How it is masked for those who may see only a part.
    pub mask: Option<Mask>,
    /// Speaks of a person (a representative's name): redacted from everything public.
    pub personal: bool,
    /// Free text: published only after redaction.
    pub free_text: bool,
    /// The item that carries the number of the person's written consent: this item may be filled
    /// only together with that one (征信业管理条例 14). The checker adds the rule by itself.
    pub consent: Option<ItemIx>,
}

/// A header as files in use write it, beside the items that its columns really hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The header's cells, tidied (a tab inside a cell is a space).
    pub header: Vec<String>,
    /// For each column its item; `None` for a column that means nothing here.
    pub columns: Vec<Option<ItemIx>>,
}

impl Layout {
    /// Whether a file's header is this one: as many cells, the same text save for white space.
    #[must_use]
    pub fn fits(&self, header: &[String]) -> bool {
        let bare = |cell: &str| -> String { cell.split_whitespace().collect() };
        header.len() == self.header.len()
            && header
                .iter()
                .zip(&self.header)
                .all(|(found, known)| bare(found) == bare(known))
    }
}

/// Type of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// Text of at most so many characters.
    Text(u32),
    /// A civil date. 2099-12-31 means open-ended, 1900-01-01 none.
    Date,
    /// A whole number.
    Integer,
    /// A decimal with digits before and after the point, and its unit if it has one (`万元`).
    Decimal {
        /// All digits.
        digits: u8,
        /// Digits after the point.
        scale: u8,
        /// `元`, `万元`, or none.
        unit: Option<String>,
    },
    /// One value of a code set; `many`: several joined with `;`.
    Code {
        /// The set.
        set: std::sync::Arc<CodeSet>,
        /// Several values allowed.
        many: bool,
    },
    /// An identifier of one system, or of any where `None`.
    Identifier(Option<System>),
}

/// When an item must be filled.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a catalogue has some hundreds of items, and the hot path reads rules in place"
)]
pub enum Required {
    /// May be empty.
    No,
    /// Must be filled.
    Yes,
    /// Must be filled when the rule holds.
    When(Rule),
}

/// What the platform understands an item as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Content only.
    Content,
    /// Name of the subject.
    SubjectName,
    /// Column that says which kind of subject the row speaks of.
    SubjectKind,
    /// An identifier of the subject, of its item's system.
    SubjectIdentifier,
    /// The place that tells namesakes apart.
    SubjectPlace,
    /// A person's identity number or its type: never stored, save sealed, where the theme
    /// finds persons by it.
    PersonIdentifier,
    /// A person's name (representative, operator, responsible person).
    PersonName,
    /// Name of the legal document.
    DocumentName,
    /// Number of the legal document.
    DocumentNumber,
    /// Organ that issued it, by name.
    DocumentOrgan,
    /// Organ that issued it, by code.
    DocumentOrganCode,
    /// The agency that produced the fact, by name, where another sends it.
    SourceName,
    /// The agency that produced the fact, by code: what a platform above returns names it.
    SourceCode,
    /// Day of decision, listing or recognition: clocks start here.
    DecidedOn,
    /// The fact holds from.
    ValidFrom,
    /// The fact holds until.
    ValidTo,
    /// The publicity end that the supplier states; may shorten, never lengthen.
    PublicityEnd,
    /// The row says that the fact is gone (removal date).
    RemovedOn,
    /// Day the decision became final; empty means not final yet (R05).
    FinalOn,
    /// Severity as labelled by the source agency.
    Severity,
}

/// Who may see an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// 社会公开.
    Public,
    /// 政务共享.
    Government,
    /// 授权查询.
    Authorised,
    /// Only the subject and its supplier.
    Own,
}

/// Mask: characters kept on the left and on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mask {
    /// Kept on the left.
    pub left: u8,
    /// Kept on the right.
    pub right: u8,
}
