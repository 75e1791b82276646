//! Candidates, answers, and the reasons that stand in the question and in the journal.

use credit::identifier::{Identifier, System};
use credit::lang::Lang;
use credit::subject::{SubjectId, SubjectKind};

/// A subject that a claim may speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The root of its mentions.
    pub subject: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// Its name; empty where only its identifier was read.
    pub name: String,
    /// Its strongest identifier, where it has one.
    pub identifier: Option<Identifier>,
}

/// Whom a claim speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A known subject, by an exact identifier.
    Same {
        /// The root of its mentions.
        subject: SubjectId,
        /// By which identifier.
        reason: Reason,
    },
    /// Nobody known: a subject of its own.
    New,
    /// A person decides. Until then the row stands on a mention of its own and is held.
    AskHuman {
        /// Whom it may be, by ascending id; none when nothing is known at all.
        candidates: Vec<Candidate>,
        /// Why nobody else may decide.
        reason: Reason,
    },
}

/// Why an answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The subject holds the very identifier of the row.
    SameIdentifier(System),
    /// The subject holds the organisation code inside the row's identifier of this system.
    OrgCodeInside(System),
    /// Two identifiers of the row are held by two subjects.
    HoldersDisagree,
    /// The subject holds another identifier of this system than the row gives, while a weaker one
    /// agrees.
    StrongerDiffers(System),
    /// Known organisations bear the same name, and no identifier tells.
    SameName,
    /// A natural person or an individual business without an identifier: a name is no evidence.
    PersonWithoutIdentifier,
    /// Neither an identifier nor a name.
    NothingToGoBy,
}

impl Reason {
    /// The code in the store and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Reason::SameIdentifier(_) => "same-identifier",
            Reason::OrgCodeInside(_) => "org-code-inside",
            Reason::HoldersDisagree => "holders-disagree",
            Reason::StrongerDiffers(_) => "stronger-differs",
            Reason::SameName => "same-name",
            Reason::PersonWithoutIdentifier => "person-without-identifier",
            Reason::NothingToGoBy => "nothing-to-go-by",
        }
    }

    /// The system of identifiers that the reason names.
    #[must_use]
    pub fn system(self) -> Option<System> {
        match self {
            Reason::SameIdentifier(system)
            | Reason::OrgCodeInside(system)
            | Reason::StrongerDiffers(system) => Some(system),
            Reason::HoldersDisagree
            | Reason::SameName
            | Reason::PersonWithoutIdentifier
            | Reason::NothingToGoBy => None,
        }
    }

    /// What the officer who decides, or the supplier who is asked, reads.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
            Lang::Ru => self.ru(),
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Reason::SameIdentifier(_) => "代码与已有主体完全一致。",
            Reason::OrgCodeInside(_) => "代码中包含的组织机构代码与已有主体一致。",
            Reason::HoldersDisagree => "本行的两个代码分属两个主体，请核对后确认属于哪一个。",
            Reason::StrongerDiffers(_) => {
                "较弱的代码一致，但较强的代码与该主体已有的不同，请核对后确认。"
            }
            Reason::SameName => "没有代码，名称与已有主体相同。名称不能单独作为依据，请人工确认。",
            Reason::PersonWithoutIdentifier => {
                "自然人或个体工商户缺少有效证件号码或代码，不得按名称匹配。请补充号码后重新报送。"
            }
            Reason::NothingToGoBy => "既无代码也无名称，请补充后重新报送。",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Reason::SameIdentifier(_) => "The identifier is exactly that of a known subject.",
            Reason::OrgCodeInside(_) => {
                "The organisation code inside the identifier is that of a known subject."
            }
            Reason::HoldersDisagree => {
                "Two identifiers of this row belong to two subjects. Check and say which one it is."
            }
            Reason::StrongerDiffers(_) => {
                "A weaker identifier agrees, but a stronger one differs from the subject's own. \
                 Check and confirm."
            }
            Reason::SameName => {
                "There is no identifier, and a known subject bears the same name. A name alone \
                 decides nothing: a person must confirm."
            }
            Reason::PersonWithoutIdentifier => {
                "A natural person or individual business without a valid number is never matched \
                 by name. Add the number and send the row again."
            }
            Reason::NothingToGoBy => {
                "There is neither an identifier nor a name. Add one and send the row again."
            }
        }
    }

    fn ru(self) -> &'static str {
        match self {
            Reason::SameIdentifier(_) => "Код в точности совпадает с кодом известного субъекта.",
            Reason::OrgCodeInside(_) => {
                "Код организации внутри идентификатора совпадает с кодом известного субъекта."
            }
            Reason::HoldersDisagree => {
                "Два кода этой строки принадлежат двум субъектам. Проверьте и укажите, какому из них."
            }
            Reason::StrongerDiffers(_) => {
                "Менее надёжный код совпадает, но более надёжный отличается от кода субъекта. \
                 Проверьте и подтвердите."
            }
            Reason::SameName => {
                "Кода нет, а известный субъект носит такое же наименование. Одного наименования \
                 недостаточно: решает сотрудник."
            }
            Reason::PersonWithoutIdentifier => {
                "Физическое лицо или индивидуальный предприниматель без действительного номера не \
                 сопоставляется по имени. Добавьте номер и отправьте строку снова."
            }
            Reason::NothingToGoBy => {
                "Нет ни кода, ни наименования. Добавьте их и отправьте строку снова."
            }
        }
    }
}
