//! What a checked catalogue is: themes, items, code sets, suppliers.

use crate::clock::{Severity, Span};
use crate::identifier::System;
use crate::lang::Text;
use crate::rule::{Rule, Scope};
use crate::subject::SubjectKind;
use jiff::civil::Date;

pub mod bundle;
pub use bundle::{Catalog, CodeSet, CodeValue, HoldClock, Supplier};

/// Position of an item within its theme.
pub type ItemIx = usize;

/// One version of a theme (数据主题), as one file of `catalog/themes/` defines it.
#[derive(Debug)]
pub struct Theme {
    /// Short code in URLs and on the command line: `penalty`.
    pub code: String,
    /// The edition: `2018-1`. Receipts and reports carry it.
    pub version: String,
    /// First day on which this edition takes rows.
    pub valid_from: Date,
    /// Last day, if it has been replaced.
    pub valid_to: Option<Date>,
    /// Area code of the jurisdiction; `CN` for the nation.
    pub jurisdiction: String,
    /// National basic, provincial or city supplement.
    pub layer: Layer,
    /// The higher item this one supplements; a lower layer may not repeat it.
    pub class: Class,
    /// The report section it is printed in.
    pub section: Section,
    /// Title in three languages.
    pub title: Text,
    /// What the theme is for and where its fields come from.
    pub about: Text,
    /// Codes of suppliers (see [`Supplier`]) that may send it.
    pub suppliers: Vec<String>,
    /// Any organ of state whose own valid unified code begins with 1 may send it too.
    pub any_authority: bool,
    /// Kinds of subject that it may speak of (R01).
    pub subject_kinds: Vec<SubjectKind>,
    /// Legal bases; never empty.
    pub bases: Vec<Basis>,
    /// Sharing class with reason and basis.
    pub sharing: Sharing,
    /// Whether organisations' facts of this theme are public at all.
    pub public: bool,
    /// Rows for which this does not hold are not public even where the theme is: the row itself says
    /// who may see it (公开类型 of a promise). See [`Theme::is_public`].
    pub public_when: Option<Rule>,
    /// How severity is found, if the theme carries negative facts.
    pub severity: Option<SeverityTable>,
    /// The four clocks.
    pub clocks: Clocks,
    /// How often and by when.
    pub reporting: Reporting,
    /// Whether and how it can be repaired.
    pub repair: Repair,
    /// Delta or full snapshot.
    pub submission: Submission,
    /// What makes two rows the same fact.
    pub key: Vec<KeyPart>,
    /// Items left out of the content digest: a change in them alone is no new version.
    pub digest_excludes: Vec<ItemIx>,
    /// For individual businesses: the items a statute publishes and the statute; all else of their
    /// rows is dropped before anything is written. `None`: their rows are not taken at all.
    pub individual_business: Option<StatutePublished>,
    /// The items, in the order of template and form.
    pub items: Vec<Item>,
    /// Cross-field rules in CEL.
    pub rules: Vec<Rule>,
    /// What in this file was not found in a source, in words.
    pub unverified: Vec<String>,
    /// Rows wait until their decision is final ([`Role::FinalOn`]); only where a local regulation of
    /// the jurisdiction says so (R05).
    pub finality_required: bool,
    /// Spellings that mean *empty* in files of this theme, beside the empty cell: `N/A`.
    pub empty: Vec<String>,
    /// Headers of files in use that do not describe their own columns, and what the columns are.
    pub layouts: Vec<Layout>,
    /// Where the fact's document carries no number: the items whose values together tell one
    /// publication of its organ from another. Empty wherever an item has [`Role::DocumentNumber`],
    /// which every theme of a Chinese jurisdiction must have (R03).
    pub reference: Vec<ItemIx>,
    /// SHA-256 of the file's bytes, hexadecimal: what receipts name.
    pub digest: String,
}

impl Theme {
    /// The first item with a role.
    #[must_use]
    pub fn item_with(&self, role: Role) -> Option<ItemIx> {
        self.items.iter().position(|item| item.role == role)
    }

    /// The item of a code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<ItemIx> {
        self.items.iter().position(|item| item.code == code)
    }

    /// Whether this edition takes rows on a day.
    #[must_use]
    pub fn is_effective(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day <= end)
    }

    /// Facts of this theme may weigh against their subject: they need a legal document (R03),
    /// end by themselves (rights 9) and are never attached by name without a person.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.class.is_negative()
    }

    /// Whether a row of these values may be public at all. A rule that gives no answer closes the row.
    pub fn is_public<'v>(&'v self, value: impl Fn(ItemIx) -> Option<&'v str>, today: Date) -> bool {
        let Some(rule) = &self.public_when else {
            return self.public;
        };
        let mut scope = Scope::new(today);
        for (ix, item) in self.items.iter().enumerate() {
            scope = scope.with(&item.code, &item.kind, value(ix));
        }
        self.public && rule.holds(&scope).unwrap_or(false)
    }

    /// The number of the legal document behind a row: its item's value, else the joined values of
    /// [`Theme::reference`]. `value` gives the canonical text of an item, if it is filled.
    pub fn document_number<'v>(&self, value: impl Fn(ItemIx) -> Option<&'v str>) -> Option<String> {
        if let Some(item) = self.item_with(Role::DocumentNumber) {
            return value(item).map(str::to_owned);
        }
        let parts: Vec<&str> = self
            .reference
            .iter()
            .filter_map(|item| value(*item))
            .collect();
        (!parts.is_empty()).then(|| parts.join("\u{1f}"))
    }
}

/// Layer of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// 全国基础目录.
    National,
    /// 省级补充目录.
    Province,
    /// 市级补充目录.
    City,
}

/// What kind of fact a theme holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// 登记注册.
    Registration,
    /// 行政许可.
    Permit,
    /// 行政处罚.
    Penalty,
    /// 司法裁判及执行.
    Judgment,
    /// 经营异常.
    Abnormal,
    /// 严重失信主体名单.
    SeriousList,
    /// 信用承诺.
    Promise,
    /// 信用评价结果.
    Evaluation,
    /// 合同履行.
    Contract,
    /// 荣誉.
    Honour,
    /// 正面履约 (taxes, social insurance, utilities paid on time).
    Positive,
    /// Other, negative for its subject (arrears …).
    OtherNegative,
    /// Other, neutral.
    Other,
}

impl Class {
    /// Whether facts of the class may weigh against their subject.
    #[must_use]
    pub fn is_negative(self) -> bool {
        matches!(
            self,
            Class::Penalty
                | Class::Judgment
                | Class::Abnormal
                | Class::SeriousList
                | Class::OtherNegative
        )
    }
}

/// Sections of the public credit information report (公共信用信息报告标准 2022年版).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// 基础信息.
    Basic,
    /// 行政管理.
    Administrative,
    /// 诚实守信.
    Trustworthy,
    /// 严重失信主体名单.
    SeriousList,
    /// 经营异常.
    Abnormal,
    /// 信用承诺.
    Promise,
    /// 信用评价.
    Evaluation,
    /// 司法判决.
    Judgment,
    /// 其他信息.
    Other,
    /// 公共信用信息地方补充内容.
    Local,
}

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
    /// A person's identity number or its type: never stored before sealed storage exists.
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
