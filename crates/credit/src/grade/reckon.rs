//! The pure function: model, entity, facts, day → grade, with the reason of every point.

use super::{Entity, Indicator, Model, NotGraded, Says};
use crate::clock::{Severity, end_of};
use crate::subject::RecordId;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A fact as a model reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence<'a> {
    /// The record.
    pub record: RecordId,
    /// The version that was read.
    pub version: u32,
    /// Its theme.
    pub theme: &'a str,
    /// The day of its document, else that for which it was stated.
    pub dated: Date,
    /// How grave, where its theme says.
    pub severity: Option<Severity>,
    /// How it stands on the day.
    pub standing: Standing,
    /// Items and their values, those that a model may read.
    pub values: Vec<(&'a str, &'a str)>,
}

impl<'a> Evidence<'a> {
    /// The value of an item; empty where it has none.
    #[must_use]
    pub fn value(&self, item: &str) -> &'a str {
        let found = self.values.iter().find(|(code, _)| *code == item);
        found.map_or("", |(_, value)| value)
    }
}

/// How a fact stands on the day. Only what is in force counts; all else is told apart for the subject's
/// own eyes and never counts, whatever a model says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Public and in effect, until that day if there is one.
    InForce(Option<Date>),
    /// It begins on a later day.
    NotYet(Option<Date>),
    /// Contested, or its decision is under review or before a court (rights 10).
    Contested,
    /// Repaired or shielded (rights 11).
    Repaired,
    /// Its term is over (rights 9).
    Expired,
    /// Its supplier took it back, or it speaks of another subject.
    Withdrawn,
    /// It waits for an answer.
    Held,
    /// It is not public.
    Unpublished,
}

impl Standing {
    /// The codes of what never counts: what a model's `excludes` must name.
    pub const NEVER: [&'static str; 7] = [
        "not-yet",
        "contested",
        "repaired",
        "expired",
        "withdrawn",
        "held",
        "unpublished",
    ];

    /// The code in models, the store and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Standing::InForce(_) => "in-force",
            Standing::NotYet(_) => "not-yet",
            Standing::Contested => "contested",
            Standing::Repaired => "repaired",
            Standing::Expired => "expired",
            Standing::Withdrawn => "withdrawn",
            Standing::Held => "held",
            Standing::Unpublished => "unpublished",
        }
    }
}

/// A grade, with what led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    /// The model's code.
    pub model: String,
    /// Its version.
    pub version: String,
    /// The day on which it was reckoned.
    pub day: Date,
    /// The last day on which the same facts give the same grade, and at most the model's term.
    pub until: Date,
    /// What came out.
    pub outcome: Outcome,
    /// The points, where the model has a scale.
    pub points: Option<i32>,
    /// The facts that counted, in the order of the indicators, then newest first.
    pub counted: Vec<Point>,
    /// The facts that an indicator would have read and that do not count. For the subject alone: a third
    /// party learns nothing of them (rights 11).
    pub left: Vec<Left>,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A band.
    Band(String),
    /// Nothing that the model reads is on file, and it does not grade without.
    NoRecord,
}

impl Outcome {
    /// The band.
    #[must_use]
    pub fn band(&self) -> Option<&str> {
        match self {
            Outcome::Band(band) => Some(band),
            Outcome::NoRecord => None,
        }
    }
}

/// One fact that counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The indicator.
    pub indicator: String,
    /// The fact.
    pub record: RecordId,
    /// The version of it that was read.
    pub version: u32,
    /// What it was worth.
    pub worth: Worth,
}

/// What a fact was worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Points.
    Points(i32),
    /// It means a band.
    Band(String),
}

/// One fact that did not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// The fact.
    pub record: RecordId,
    /// The version of it.
    pub version: u32,
    /// Why not.
    pub why: Standing,
}

/// Grades an entity by a model on a day.
///
/// The order of `facts` changes nothing. Rules that mean a band come before points, in the order of the
/// model's indicators; of the facts of one indicator the newest come first.
///
/// # Errors
/// [`NotGraded::NotInForce`] or [`NotGraded::Kind`]: the model has no word for this entity on this day.
pub fn grade(
    model: &Model,
    entity: Entity,
    facts: &[Evidence<'_>],
    day: Date,
) -> Result<Grade, NotGraded> {
    if !model.is_effective(day) {
        return Err(NotGraded::NotInForce);
    }
    if !model.kinds.contains(&entity.kind()) {
        return Err(NotGraded::Kind);
    }
    let mut sheet = Sheet {
        day,
        until: end_of(day, model.valid_for),
        counted: Vec::new(),
        left: BTreeSet::new(),
        band: None,
        sum: 0,
    };
    if let Some(end) = model.valid_to {
        sheet.ends(Some(end));
    }
    for indicator in &model.indicators {
        sheet.read(indicator, facts);
    }
    let points = model.scale.map(|scale| {
        let sum = i64::from(scale.start) + sheet.sum;
        let kept = sum.clamp(scale.from.into(), scale.to.into());
        i32::try_from(kept).unwrap_or(scale.from)
    });
    let outcome = sheet.outcome(model, points);
    Ok(Grade {
        model: model.code.clone(),
        version: model.version.clone(),
        day,
        until: sheet.until,
        points: points.filter(|_| outcome != Outcome::NoRecord),
        outcome,
        counted: sheet.counted,
        left: sheet.left.into_iter().collect(),
    })
}

/// What is known of a grade while its facts are read.
struct Sheet {
    day: Date,
    until: Date,
    counted: Vec<Point>,
    left: BTreeSet<Left>,
    band: Option<String>,
    sum: i64,
}

impl Sheet {
    /// Reads the facts of one indicator.
    fn read(&mut self, indicator: &Indicator, facts: &[Evidence<'_>]) {
        let mut found: Vec<(Date, &Evidence<'_>)> = Vec::new();
        for fact in facts.iter().filter(|fact| is_of(indicator, fact)) {
            let Some(dated) = dated(indicator, fact) else {
                continue;
            };
            let ends = indicator.within.map(|span| end_of(dated, span));
            if dated > self.day || ends.is_some_and(|end| end < self.day) {
                // What lies ahead changes the grade on its day.
                self.ends(dated.yesterday().ok().filter(|_| dated > self.day));
                continue;
            }
            match fact.standing {
                Standing::InForce(until) => {
                    self.ends(until);
                    self.ends(ends);
                    found.push((dated, fact));
                }
                why => {
                    if let Standing::NotYet(Some(from)) = why {
                        self.ends(from.yesterday().ok());
                    }
                    self.left.insert(Left {
                        record: fact.record,
                        version: fact.version,
                        why,
                    });
                }
            }
        }
        found.sort_by_key(|(dated, fact)| (Reverse(*dated), fact.record, fact.version));
        self.count(indicator, &found);
    }

    /// Counts the facts of one indicator, newest first.
    fn count(&mut self, indicator: &Indicator, found: &[(Date, &Evidence<'_>)]) {
        match &indicator.says {
            Says::Points { each, most } => {
                for (_, fact) in found.iter().take(usize::from(*most)) {
                    self.sum += i64::from(*each);
                    self.point(indicator, fact, Worth::Points(*each));
                }
            }
            Says::Band(band) => {
                if let Some((_, fact)) = found.first() {
                    self.band.get_or_insert_with(|| band.clone());
                    self.point(indicator, fact, Worth::Band(band.clone()));
                }
            }
            Says::Level { item, bands } => {
                let meant = found.iter().find_map(|(_, fact)| {
                    let value = fact.value(item);
                    let meant = bands.iter().find(|(known, _)| known == value);
                    meant.map(|(_, band)| (fact, band))
                });
                if let Some((fact, band)) = meant {
                    self.band.get_or_insert_with(|| band.clone());
                    self.point(indicator, fact, Worth::Band(band.clone()));
                }
            }
        }
    }

    fn point(&mut self, indicator: &Indicator, fact: &Evidence<'_>, worth: Worth) {
        self.counted.push(Point {
            indicator: indicator.code.clone(),
            record: fact.record,
            version: fact.version,
            worth,
        });
    }

    /// The grade holds no longer than to a day.
    fn ends(&mut self, day: Option<Date>) {
        if let Some(day) = day {
            self.until = self.until.min(day.max(self.day));
        }
    }

    fn outcome(&mut self, model: &Model, points: Option<i32>) -> Outcome {
        let band = if let Some(band) = self.band.take() {
            Some(band)
        } else if self.counted.is_empty() {
            model.no_record.clone()
        } else {
            points.and_then(|points| {
                let within = |(from, to): (i32, i32)| from <= points && points <= to;
                let mut bands = model.bands.iter();
                let found = bands.find(|band| band.points.is_some_and(within));
                found.map(|band| band.code.clone())
            })
        };
        band.map_or(Outcome::NoRecord, Outcome::Band)
    }
}

/// Whether a fact is one that an indicator reads, however it stands.
fn is_of(indicator: &Indicator, fact: &Evidence<'_>) -> bool {
    let grave = |asked| fact.severity == Some(asked);
    indicator.theme == fact.theme
        && indicator.severity.is_none_or(grave)
        && indicator
            .on
            .as_ref()
            .is_none_or(|on| on.fits(fact.value(&on.item)))
}

/// The day from which a fact counts; none where the item that has it is not filled or no date.
fn dated(indicator: &Indicator, fact: &Evidence<'_>) -> Option<Date> {
    match &indicator.date {
        Some(item) => fact.value(item).parse().ok(),
        None => Some(fact.dated),
    }
}
