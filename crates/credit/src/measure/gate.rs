//! The gate before every measure: effective list × target × item × organ × ground × term.
//!
//! Nothing builds an [`Imposed`] but [`Admitted::serve`], and nothing an [`Admitted`] but [`admit`]: a
//! measure that the law does not carry, or that nobody was told of, cannot be written down as one.

use super::{Class, Edition, Effect, Measure, On, Role, Stop, Term};
use crate::catalog::{Basis, Rank};
use crate::clock::{Severity, Span, end_of};
use crate::identifier::area;
use crate::subject::SubjectKind;
use jiff::civil::Date;

/// A question: may this organ apply this measure to this subject in this matter?
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The measure's code.
    pub measure: &'a str,
    /// The day on which it would take effect.
    pub on: Date,
    /// The area of the organ: `CN` or an area code.
    pub jurisdiction: &'a str,
    /// Whether the site shows and decides nothing; only there a demonstration edition holds.
    pub demonstration: bool,
    /// What the subject is.
    pub kind: SubjectKind,
    /// Whom it would meet.
    pub role: Role,
    /// The kind of organ.
    pub organ: &'a str,
    /// The business item.
    pub item: &'a str,
    /// On what.
    pub ground: Ground<'a>,
    /// The last day asked for; none for a measure that ends with its fact.
    pub until: Option<Date>,
}

/// What a measure would rest on. A count of facts is no value of this type (R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground<'a> {
    /// One fact.
    Fact(Fact<'a>),
    /// A grade alone: it may set how often one is inspected and nothing else (R17).
    Grade,
}

/// The fact that a measure would rest on, as it stands on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact<'a> {
    /// Its theme.
    pub theme: &'a str,
    /// The act of which it speaks.
    pub act: &'a str,
    /// How grave; none where the theme has no severity.
    pub severity: Option<Severity>,
    /// Whether it has effect.
    pub standing: Standing,
    /// The first minor act, put right (行政处罚法 33; Shenzhen 67): nothing follows from it (R19).
    pub first_minor_corrected: bool,
}

/// How a fact stands on the day it is to be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In effect.
    InForce,
    /// Under objection, review or suit; an officer saw the mark and wrote why it is used.
    ContestedUsed,
    /// Under objection, review or suit.
    Contested,
    /// Ended, removed, repaired or shielded: to others there is no difference (rights 11).
    Ended,
    /// Attached by a name that resembles, not by an identifier.
    ByName,
}

/// A measure that the law carries, of which the subject is not told yet.
#[derive(Debug)]
pub struct Admitted<'a> {
    measure: &'a Measure,
    basis: &'a Basis,
    on: Date,
    until: Until,
}

/// A measure in effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imposed {
    /// The measure's code.
    pub measure: String,
    /// The first day.
    pub from: Date,
    /// When it ends.
    pub until: Until,
}

/// The end of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// After this day.
    Day(Date),
    /// With the fact on which it rests.
    FactEnds,
}

impl<'a> Admitted<'a> {
    /// The measure.
    #[must_use]
    pub fn measure(&self) -> &'a Measure {
        self.measure
    }

    /// The basis that joins the act with the item, to be named in the notice.
    #[must_use]
    pub fn basis(&self) -> &'a Basis {
        self.basis
    }

    /// When it would end.
    #[must_use]
    pub fn until(&self) -> Until {
        self.until
    }

    /// Puts it into effect once the subject was told of basis, reason, remedy and how to lift it (R20).
    ///
    /// # Errors
    /// Where the notice was delivered after the day on which it should take effect, or not at all.
    pub fn serve(self, delivered_on: Option<Date>) -> Result<Imposed, Stop> {
        match delivered_on {
            Some(day) if day <= self.on => Ok(Imposed {
                measure: self.measure.code.clone(),
                from: self.on,
                until: self.until,
            }),
            _ => Err(Stop::NotServed),
        }
    }
}

/// Whether a measure may be applied.
///
/// # Errors
/// The first rule that stops it, in the order: list, organ and target, link, ground, term.
pub fn admit<'a>(editions: &'a [Edition], ask: &Ask<'_>) -> Result<Admitted<'a>, Stop> {
    let measure = listed(editions, ask)?;
    target(measure, ask)?;
    let basis = match &ask.ground {
        Ground::Grade => graded(measure, ask)?,
        Ground::Fact(fact) => grounded(measure, fact, ask)?,
    };
    let until = until(measure, ask)?;
    Ok(Admitted {
        measure,
        basis,
        on: ask.on,
        until,
    })
}

/// R15: the measure stands in a published list that holds on the day, here.
fn listed<'a>(editions: &'a [Edition], ask: &Ask<'_>) -> Result<&'a Measure, Stop> {
    let mut found = None;
    for edition in editions {
        let Some(measure) = edition.measure(ask.measure) else {
            continue;
        };
        let published = edition.published_on <= ask.on;
        if !edition.is_effective(ask.on) || !published {
            found = found.or(Some(Stop::NotInForce));
        } else if edition.demonstration && !ask.demonstration {
            found = Some(Stop::DemonstrationOnly);
        } else if !covers(&edition.jurisdiction, ask.jurisdiction) {
            found = found.or(Some(Stop::Elsewhere));
        } else {
            return Ok(measure);
        }
    }
    Err(found.unwrap_or(Stop::Unknown))
}

/// Whether a list of one area holds in another: the nation's everywhere, a city's in its districts.
fn covers(list: &str, area: &str) -> bool {
    if list == "CN" {
        return area == "CN" || area.bytes().all(|byte| byte.is_ascii_digit());
    }
    let kept = area::digits(list);
    !kept.is_empty() && area.starts_with(kept)
}

fn target(measure: &Measure, ask: &Ask<'_>) -> Result<(), Stop> {
    if measure.class == Class::Informing {
        return Err(Stop::InformOnly);
    }
    if !measure.organs.iter().any(|known| known == ask.organ) {
        return Err(Stop::Organ);
    }
    if !measure.kinds.contains(&ask.kind) {
        return Err(Stop::Kind);
    }
    if !measure.roles.contains(&ask.role) {
        return Err(Stop::Role);
    }
    if !measure.items().contains(&ask.item) {
        return Err(Stop::Item);
    }
    Ok(())
}

/// R17: what a grade alone may do.
fn graded<'a>(measure: &'a Measure, ask: &Ask<'_>) -> Result<&'a Basis, Stop> {
    let inspects = measure.effect == Effect::Inspect && ask.kind.is_organisation();
    let of_item = |one: &&super::Linked| one.items.iter().any(|known| known == ask.item);
    let linked = measure.bases.iter().find(of_item);
    match linked {
        Some(linked) if inspects => Ok(&linked.basis),
        _ => Err(Stop::GradeAlone),
    }
}

/// R18, R19: the fact is one that the measure names, its act is joined with the item, it stands, and
/// it is grave enough.
fn grounded<'a>(measure: &'a Measure, fact: &Fact<'_>, ask: &Ask<'_>) -> Result<&'a Basis, Stop> {
    match fact.standing {
        Standing::InForce | Standing::ContestedUsed => {}
        Standing::Contested => return Err(Stop::Contested),
        Standing::Ended => return Err(Stop::FactEnded),
        Standing::ByName => return Err(Stop::ByName),
    }
    if fact.first_minor_corrected {
        return Err(Stop::FirstMinor);
    }
    let of_act = |one: &&On| one.theme == fact.theme && one.act == fact.act;
    let mut on = measure.grounds.iter().filter(of_act).peekable();
    if on.peek().is_none() {
        return Err(Stop::Unlinked);
    }
    let grave = |least: Option<Severity>| least.is_none_or(|least| fact.severity >= Some(least));
    if !on.any(|one| grave(one.severity)) {
        return Err(Stop::NotGrave);
    }
    measure.basis(fact.act, ask.item).ok_or(Stop::Unlinked)
}

/// R19: no longer than the law's longest term, no shorter than its shortest.
fn until(measure: &Measure, ask: &Ask<'_>) -> Result<Until, Stop> {
    match (measure.term, ask.until) {
        (Term::Fixed { min, max }, Some(day)) => {
            let within = end_of(ask.on, min) <= day && day <= end_of(ask.on, max);
            if within {
                Ok(Until::Day(day))
            } else {
                Err(Stop::Term)
            }
        }
        (Term::ByOrder, Some(day)) if day >= ask.on => Ok(Until::Day(day)),
        (Term::WhileInForce, None) => Ok(Until::FactEnds),
        _ => Err(Stop::Term),
    }
}

/// Whether a basis may carry a class in a layer (R16; 国办发〔2020〕49号): what reduces rights stands on a law,
/// a regulation or a central policy document; a supplement may add what a local regulation provides.
#[must_use]
pub fn carries(rank: Rank, class: Class, national: bool) -> bool {
    match rank {
        Rank::Law | Rank::AdministrativeRegulation | Rank::CentralPolicy => true,
        Rank::LocalRegulation => !national,
        Rank::DepartmentalRule => class != Class::Reducing && national,
        Rank::Standard => false,
    }
}

/// The longest of two terms is not decided by days alone: months differ. Counted from one day, which is
/// enough to find a shortest term that is longer than the longest.
#[must_use]
pub fn in_order(min: Span, max: Span) -> bool {
    let day = Date::constant(2024, 1, 1);
    end_of(day, min) <= end_of(day, max)
}
