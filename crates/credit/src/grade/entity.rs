//! Who may be graded: legal entities and other organisations, and never a person's business.

use crate::lang::Text;
use crate::subject::SubjectKind;

/// Texts in a registered form that say that a business is its owner's (个人独资企业, 个体工商户):
/// such an enterprise is its person and is never graded (rights, preamble). Forms like 有限责任公司
/// （自然人独资） are companies and hold neither.
const OWNERS: [&str; 2] = ["个人独资", "个体"];

/// A kind of organisation. Persons and individual businesses are no value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// 企业.
    Enterprise,
    /// 社会组织.
    SocialOrganisation,
    /// 事业单位.
    PublicInstitution,
    /// 政府机构.
    GovernmentAgency,
    /// Others with a unified code.
    OtherOrganisation,
}

impl EntityKind {
    /// The kind of organisation; none for a person or an individual business.
    #[must_use]
    pub fn of(kind: SubjectKind) -> Option<EntityKind> {
        match kind {
            SubjectKind::Enterprise => Some(EntityKind::Enterprise),
            SubjectKind::SocialOrganisation => Some(EntityKind::SocialOrganisation),
            SubjectKind::PublicInstitution => Some(EntityKind::PublicInstitution),
            SubjectKind::GovernmentAgency => Some(EntityKind::GovernmentAgency),
            SubjectKind::OtherOrganisation => Some(EntityKind::OtherOrganisation),
            SubjectKind::IndividualBusiness | SubjectKind::NaturalPerson => None,
        }
    }

    /// The kind of subject that it is.
    #[must_use]
    pub fn subject(self) -> SubjectKind {
        match self {
            EntityKind::Enterprise => SubjectKind::Enterprise,
            EntityKind::SocialOrganisation => SubjectKind::SocialOrganisation,
            EntityKind::PublicInstitution => SubjectKind::PublicInstitution,
            EntityKind::GovernmentAgency => SubjectKind::GovernmentAgency,
            EntityKind::OtherOrganisation => SubjectKind::OtherOrganisation,
        }
    }
}

/// Somebody who may be graded. [`Entity::of`] is the only way to one: a kind of subject is none,
///
/// ```compile_fail,E0308
/// # use credit::grade::{Evidence, Model, grade}; use credit::subject::SubjectKind;
/// fn person(model: &Model, facts: &[Evidence<'_>], day: jiff::civil::Date) {
///     let _ = grade(model, SubjectKind::NaturalPerson, facts, day);
/// }
/// ```
///
/// no kind of entity is a person's,
///
/// ```compile_fail,E0599
/// # use credit::grade::EntityKind;
/// let kind = EntityKind::NaturalPerson;
/// ```
///
/// and none can be written down past the question what its registered form is:
///
/// ```compile_fail,E0451
/// # use credit::grade::{Entity, EntityKind};
/// let entity = Entity { kind: EntityKind::Enterprise };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    kind: EntityKind,
}

impl Entity {
    /// The entity, where it is one. `form` is its registered form (企业类型), which only enterprises need.
    ///
    /// # Errors
    /// [`NotGraded::Person`] for persons and individual businesses, [`NotGraded::Owner`] for a sole
    /// proprietorship, [`NotGraded::FormUnknown`] for an enterprise whose form nobody stated: it could be one.
    pub fn of(kind: SubjectKind, form: Option<&str>) -> Result<Entity, NotGraded> {
        let kind = EntityKind::of(kind).ok_or(NotGraded::Person)?;
        let form = form.map(str::trim).filter(|form| !form.is_empty());
        match form {
            Some(form) if OWNERS.iter().any(|word| form.contains(word)) => Err(NotGraded::Owner),
            None if kind == EntityKind::Enterprise => Err(NotGraded::FormUnknown),
            _ => Ok(Entity { kind }),
        }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> EntityKind {
        self.kind
    }
}

/// Why somebody is not graded. None of these is a grade, and nothing may follow from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotGraded {
    /// A person or an individual business.
    Person,
    /// A sole proprietorship.
    Owner,
    /// An enterprise whose registered form is not on file.
    FormUnknown,
    /// The model does not grade this kind.
    Kind,
    /// The model does not hold on the day.
    NotInForce,
}

impl NotGraded {
    /// Every reason.
    pub const ALL: [NotGraded; 5] = [
        NotGraded::Person,
        NotGraded::Owner,
        NotGraded::FormUnknown,
        NotGraded::Kind,
        NotGraded::NotInForce,
    ];

    /// The code in the store and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            NotGraded::Person => "person",
            NotGraded::Owner => "sole-proprietorship",
            NotGraded::FormUnknown => "form-unknown",
            NotGraded::Kind => "kind",
            NotGraded::NotInForce => "not-in-force",
        }
    }

    /// What the reader is told.
    #[must_use]
    pub fn text(self) -> Text {
        let [zh, en, ru] = match self {
            NotGraded::Person => [
                "自然人和个体工商户一律不评价。",
                "People and individual businesses are never graded.",
                "Людей и индивидуальных предпринимателей не оценивают.",
            ],
            NotGraded::Owner => [
                "个人独资企业不评价。",
                "Sole proprietorships are never graded.",
                "Предприятия единоличного владельца не оценивают.",
            ],
            NotGraded::FormUnknown => [
                "没有有效的登记类型信息，不评价。",
                "Its registered form is not on file, so it is not graded.",
                "Форма регистрации неизвестна, поэтому оценки нет.",
            ],
            NotGraded::Kind => [
                "该模型不评价这类主体。",
                "The model does not grade subjects of this kind.",
                "Модель не оценивает субъектов этого вида.",
            ],
            NotGraded::NotInForce => [
                "该模型当日未生效。",
                "The model does not hold on that day.",
                "Модель в тот день не действует.",
            ],
        };
        Text {
            zh: zh.to_owned(),
            en: en.to_owned(),
            ru: ru.to_owned(),
        }
    }
}
