//! Measures (信用惩戒措施): what may follow from a fact, for whom, by whom, for how long.
//!
//! A measure is never a consequence that a program draws. It is a row of a published, dated edition in
//! `catalog/measures/`, and [`gate::admit`] is the only way to one: it holds the question against the
//! law's own conditions and stops with the number of the rule that forbids it (R15–R20).

pub mod gate;
pub mod stop;

use crate::catalog::{Basis, Layer};
use crate::clock::{Severity, Span};
use crate::lang::Text;
use crate::subject::SubjectKind;
use jiff::civil::Date;

pub use gate::{Admitted, Ask, Fact, Ground, Imposed, Standing, Until, admit};
pub use stop::Stop;

/// An edition of a list of measures (惩戒措施清单): one file, published as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// `demonstration-2026`.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// `CN` or an area code.
    pub jurisdiction: String,
    /// National, or a supplement below it.
    pub layer: Layer,
    /// The day of its publication: a measure that is not published may not be applied (Shanghai 32;
    /// Zhejiang 28).
    pub published_on: Date,
    /// First day on which it holds.
    pub valid_from: Date,
    /// Last day on which it holds.
    pub valid_to: Option<Date>,
    /// Shipped to show how measures work; no authority applies it. A real site loads the official list.
    pub demonstration: bool,
    /// Acts that ground a measure, business items on which it acts, organs that apply it.
    pub words: Words,
    /// Its measures, in order of their codes.
    pub measures: Vec<Measure>,
    /// What was not found in a source.
    pub unverified: Vec<String>,
}

impl Edition {
    /// Whether it holds on a day.
    #[must_use]
    pub fn is_effective(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day <= end)
    }

    /// A measure by its code.
    #[must_use]
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measures.iter().find(|one| one.code == code)
    }
}

/// The words of an edition: codes with their titles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Kinds of act.
    pub acts: Vec<Word>,
    /// Business items (业务事项).
    pub items: Vec<Word>,
    /// Kinds of organ.
    pub organs: Vec<Word>,
}

/// A code with its title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// `bid-collusion`.
    pub code: String,
    /// In three languages.
    pub title: Text,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// `M03`; never used for another measure.
    pub code: String,
    /// Its name.
    pub title: Text,
    /// I, II or III of the national list.
    pub class: Class,
    /// What it does.
    pub effect: Effect,
    /// Kinds of subject that it may meet.
    pub kinds: Vec<SubjectKind>,
    /// Who of the subject's people it may meet beside or instead of the subject (R14).
    pub roles: Vec<Role>,
    /// Who applies it: codes of the edition's organs. Empty in class III, which nobody orders.
    pub organs: Vec<String>,
    /// On which facts.
    pub grounds: Vec<On>,
    /// How long.
    pub term: Term,
    /// On what basis, and which acts and items each basis joins.
    pub bases: Vec<Linked>,
    /// How it is lifted before its end.
    pub lift: Text,
    /// What one may do against it.
    pub remedy: Text,
}

/// The three classes of the national list (全国失信惩戒措施基础清单).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Applied by public bodies; reduces rights or adds duties: by law, regulation or central policy alone.
    Reducing,
    /// Applied by public bodies within their duty; takes no right.
    Managing,
    /// Others' own choice; they are informed and never ordered (R39).
    Informing,
}

/// What a measure does. Only some may stand in a class: see `catalog::build`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Refuses an application or shuts out from a business.
    Bar,
    /// Keeps out of an office or employment.
    Office,
    /// Limits what one may do or spend.
    Restrict,
    /// Limits what one may be given: funds, favours, awards.
    Favours,
    /// Inspects more often.
    Inspect,
    /// Tells, and leaves the rest to who was told.
    Inform,
}

/// Whom of a subject a measure meets. Relatives are no value of this type: nothing meets them (R14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The subject of the fact.
    Subject,
    /// Its legal representative or principal.
    Representative,
    /// Who was directly responsible.
    Responsible,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 3] = [Role::Subject, Role::Representative, Role::Responsible];

    /// The code in catalogue files and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Role::Subject => "subject",
            Role::Representative => "representative",
            Role::Responsible => "responsible",
        }
    }

    /// The inverse of [`Role::code`]; a spouse, a child or another relative is no role.
    #[must_use]
    pub fn parse(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A kind of fact that grounds a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct On {
    /// The theme in which the fact stands.
    pub theme: String,
    /// The act of which it speaks.
    pub act: String,
    /// The least severity, where the basis asks for one.
    pub severity: Option<Severity>,
}

/// How long a measure lasts. Every one ends (rights 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Between a shortest and a longest term, counted from the day it takes effect.
    Fixed {
        /// No shorter.
        min: Span,
        /// No longer.
        max: Span,
    },
    /// As long as the fact has effect: a listing until removal, a penalty until its repair or end.
    WhileInForce,
    /// As a court or authority ordered in the case, to the day that its order names.
    ByOrder,
}

/// A basis with what it joins: from which acts it lets follow something in which items (R18).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The law.
    pub basis: Basis,
    /// Acts of which it speaks.
    pub acts: Vec<String>,
    /// Items in which it lets a measure act.
    pub items: Vec<String>,
}

impl Measure {
    /// The basis that joins an act with an item; none is an improper linkage (不当联结).
    #[must_use]
    pub fn basis(&self, act: &str, item: &str) -> Option<&Basis> {
        let joins = |one: &&Linked| {
            one.acts.iter().any(|known| known == act) && one.items.iter().any(|known| known == item)
        };
        self.bases.iter().find(joins).map(|one| &one.basis)
    }

    /// Items on which it may act, each once, in the order of the bases.
    #[must_use]
    pub fn items(&self) -> Vec<&str> {
        let mut items: Vec<&str> = Vec::new();
        for item in self.bases.iter().flat_map(|one| &one.items) {
            if !items.contains(&item.as_str()) {
                items.push(item);
            }
        }
        items
    }
}
