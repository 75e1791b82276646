//! What a checked catalogue is: themes, items, code sets, suppliers.

use crate::lang::Text;
use crate::rule::{Rule, Scope};
use crate::subject::SubjectKind;
use jiff::civil::Date;

pub mod bundle;
pub mod item;
pub mod sharing;
pub mod terms;
pub use bundle::{
    Beyond, Catalog, CodeSet, CodeValue, DeferralRule, HoldClock, Outside, StopUseRule, Supplier,
    SupplierLimit, SupplyRules,
};
pub use item::*;
pub use sharing::*;
pub use terms::*;

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
    /// How rows of natural persons are taken, where sealed storage is open. `None`: never.
    pub natural_person: Option<NaturalPersons>,
    /// The items, in the order of template and form.
    pub items: Vec<Item>,
    /// Cross-field rules in CEL.
    pub rules: Vec<Rule>,
    /// What in this file was not found in a source, in words.
    pub unverified: Vec<String>,
    /// Rows wait until their decision is final ([`Role::FinalOn`]); only where a local regulation of
    /// the jurisdiction says so (R05).
    pub finality_required: bool,
    /// A foreign register whose rows carry no code and whose law lists firms and workplaces only: a
    /// name alone is then an organisation's. Everywhere else a name that is not surely an
    /// organisation's may be a person's, and nothing of its row is kept.
    pub names_organisations: bool,
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
