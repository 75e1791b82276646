//! Grades of legal entities (公共信用综合评价): a published model, the facts that it names, a day.
//!
//! A model is a file of `catalog/models/`: what it reads, how much each fact weighs or which band it
//! means, what never counts, when a grade ends. [`grade`] is a pure function of model, entity, facts and
//! day, and says of every fact why it counted or did not. It takes an [`Entity`], which no person can be.

mod entity;
mod reckon;

pub use entity::{Entity, EntityKind, NotGraded};
pub use reckon::{Evidence, Grade, Left, Outcome, Point, Standing, Worth, grade};

use crate::catalog::Basis;
use crate::clock::{Severity, Span};
use crate::lang::Text;
use jiff::civil::Date;

/// A model of grading: one file, dated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// `credit`.
    pub code: String,
    /// `demonstration-2026`.
    pub version: String,
    /// Its title.
    pub title: Text,
    /// What it is for and how it reckons, in words.
    pub about: Text,
    /// `CN` or an area code.
    pub jurisdiction: String,
    /// First day on which it grades.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Option<Date>,
    /// Shipped to show how models work; nobody can adopt it. A real site loads its authority's edition.
    pub demonstration: bool,
    /// Who adopted it; none for a model that appears in no report, check or page.
    pub adopted: Option<Adoption>,
    /// The laws under which it grades.
    pub bases: Vec<Basis>,
    /// Whom it grades.
    pub kinds: Vec<EntityKind>,
    /// Where the registered form stands, which tells a company from a sole proprietorship. A model that
    /// grades enterprises has one.
    pub form: Option<Form>,
    /// The scale of points; none for a model of rules alone.
    pub scale: Option<Scale>,
    /// From best to worst.
    pub bands: Vec<Band>,
    /// What it reads, in the order in which rules are asked.
    pub indicators: Vec<Indicator>,
    /// The band of an entity of which nothing that the model reads is on file; none: it is not graded.
    pub no_record: Option<String>,
    /// How long a grade holds at most.
    pub valid_for: Span,
    /// Working days between the notice of a bad grade to its subject and its publication. A model with a
    /// bad band has them (Shenzhen 39).
    pub notice_days: Option<u16>,
    /// What was not found in a source.
    pub unverified: Vec<String>,
}

/// The act by which an authority made a model its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// Who.
    pub authority: Text,
    /// The number of its document.
    pub document: String,
    /// The day from which it stands.
    pub on: Date,
}

/// Where the registered form of an enterprise stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The theme of registrations.
    pub theme: String,
    /// Its item.
    pub item: String,
}

/// Points, from the worst to the best, and where an entity begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The least.
    pub from: i32,
    /// The most.
    pub to: i32,
    /// What an entity has before any fact.
    pub start: i32,
}

/// A band of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// `A`, `green`.
    pub code: String,
    /// Its title.
    pub title: Text,
    /// The points that lead to it, both ends included; none where only rules do.
    pub points: Option<(i32, i32)>,
    /// Whether it weighs against an entity: then the entity is told before anybody else.
    pub bad: bool,
}

/// A kind of fact that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// `serious-list`.
    pub code: String,
    /// What is told of it.
    pub title: Text,
    /// The theme whose facts it reads.
    pub theme: String,
    /// The severity that it asks for.
    pub severity: Option<Severity>,
    /// What the fact must say.
    pub on: Option<On>,
    /// The item with the day from which `within` counts; none: the day of the fact's document, else that
    /// for which it was stated.
    pub date: Option<String>,
    /// How long after that day a fact counts; none: as long as it is public.
    pub within: Option<Span>,
    /// What it means.
    pub says: Says,
}

/// What an item of a fact must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct On {
    /// The item.
    pub item: String,
    /// One of these values, whole; empty: not asked.
    pub is: Vec<String>,
    /// One of these texts within it; empty: not asked.
    pub contains: Vec<String>,
}

impl On {
    /// Whether a value is what is asked for.
    #[must_use]
    pub fn fits(&self, value: &str) -> bool {
        let whole = self.is.is_empty() || self.is.iter().any(|one| one == value);
        let part = self.contains.is_empty();
        whole && (part || self.contains.iter().any(|one| value.contains(one)))
    }
}

/// What the facts of an indicator mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// Points for each fact, the newest `most` of them. None of either sign for a fact that only shows
    /// that there is a record.
    Points {
        /// For each.
        each: i32,
        /// How many count.
        most: u16,
    },
    /// A band, whatever the points.
    Band(String),
    /// The band that the authority's own decision means, by the value of an item: the newest fact.
    Level {
        /// The item.
        item: String,
        /// Values and their bands.
        bands: Vec<(String, String)>,
    },
}

impl Model {
    /// Whether it grades on a day.
    #[must_use]
    pub fn is_effective(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|end| day <= end)
    }

    /// The model as one that is somebody's, on a day; none while no authority adopted it. What shows or
    /// keeps grades asks for this, so that an unadopted model has no way onto a page.
    #[must_use]
    pub fn adopted(&self, day: Date) -> Option<Adopted<'_>> {
        let by = self.adopted.as_ref()?;
        let stands = !self.demonstration && by.on <= day && self.is_effective(day);
        stands.then_some(Adopted { model: self, by })
    }

    /// A band by its code.
    #[must_use]
    pub fn band(&self, code: &str) -> Option<&Band> {
        self.bands.iter().find(|one| one.code == code)
    }

    /// An indicator by its code.
    #[must_use]
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|one| one.code == code)
    }

    /// Themes that it reads, each once.
    #[must_use]
    pub fn themes(&self) -> Vec<&str> {
        let read = self.indicators.iter().map(|one| one.theme.as_str());
        let form = self.form.iter().map(|one| one.theme.as_str());
        let mut themes: Vec<&str> = read.chain(form).collect();
        themes.sort_unstable();
        themes.dedup();
        themes
    }
}

/// A model that an authority adopted. Nothing makes one but [`Model::adopted`]:
///
/// ```compile_fail,E0451
/// # use credit::grade::{Adopted, Adoption, Model};
/// fn pretend<'m>(model: &'m Model, by: &'m Adoption) -> Adopted<'m> { Adopted { model, by } }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Adopted<'m> {
    model: &'m Model,
    by: &'m Adoption,
}

impl<'m> Adopted<'m> {
    /// The model.
    #[must_use]
    pub fn model(&self) -> &'m Model {
        self.model
    }

    /// Who adopted it, and by what.
    #[must_use]
    pub fn by(&self) -> &'m Adoption {
        self.by
    }
}
