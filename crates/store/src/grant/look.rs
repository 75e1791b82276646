//! A look under a grant. One transaction confirms the case, counts the look, reads the grant and the
//! facts, has `policy` check the one against the other, writes the look down and seals what was read.
//! A look that is refused leaves nothing behind but the token that it took.

use super::case::{self, CaseFault};
use super::row;
use crate::error::{Error, Result};
use crate::sql::grant as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use crate::{consent, facts, gate, person, subject};
use credit::catalog::{LookLimits, Succession, SupplyRules, UsePurpose};
use credit::consent::{Consent, ConsentId};
use credit::grant::{GrantId, Items};
use credit::record::{Facts, Instant, Subject};
use credit::subject::{SubjectId, SubjectKind};
use jiff::civil::Date;
use policy::grant::{ConsentShown, Look, Refused, Used, check};
use policy::{CaseNumber, Officer, Permit, Sealed};
use seal::Ring;
use std::fmt;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct GrantLook<'a> {
    /// Id of the permit, unpredictable.
    pub permit: [u8; 16],
    /// Under which grant.
    pub grant: GrantId,
    /// On whom: the root of the subject's mentions.
    pub subject: SubjectId,
    /// The mention of the code by which it was asked for.
    pub named: SubjectId,
    /// By whom: the account's mark, and the asking agency.
    pub officer: &'a Officer,
    /// The officer's unit.
    pub unit: Option<&'a str>,
    /// For which case.
    pub case: &'a CaseNumber,
    /// For what.
    pub purpose: &'a UsePurpose,
    /// Which items; empty: all that the grant names.
    pub items: &'a Items,
    /// Of a natural person: what opens its facts, and the consent that is shown.
    pub person: Option<PersonLook<'a>>,
    /// Under which laws, and of whom, a look is told later.
    pub rules: &'a SupplyRules,
    /// Which agencies passed on to which.
    pub successions: &'a [Succession],
    /// The rails of the day.
    pub limits: &'a LookLimits,
    /// When.
    pub at: Instant,
    /// The day of that, in Asia/Shanghai.
    pub today: Date,
}

/// What a look at a natural person's facts takes beside the grant.
#[derive(Clone, Copy)]
pub struct PersonLook<'a> {
    /// The ring that opens persons' keys.
    pub ring: &'a Ring,
    /// The consent that the officer shows.
    pub consent: Option<ConsentId>,
}

impl fmt::Debug for PersonLook<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonLook({:?})", self.consent)
    }
}

/// Why there is no look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LookFault {
    /// The grant does not cover it.
    #[error(transparent)]
    Refused(Refused),
    /// The case number does not do.
    #[error(transparent)]
    Case(CaseFault),
    /// There is no such grant.
    #[error("there is no such grant")]
    NoGrant,
    /// The officer, or the agency, looked as often as one may in a day.
    #[error("the looks of the day are used up")]
    Day,
}

impl LookFault {
    /// A short code, by which refused looks are counted.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            LookFault::Refused(why) => why.code(),
            LookFault::Case(CaseFault::NoRegister) => "case-register",
            LookFault::Case(CaseFault::Unknown) => "case-unknown",
            LookFault::Case(CaseFault::NotOpen) => "case-not-open",
            LookFault::Case(CaseFault::Another) => "case-another",
            LookFault::NoGrant => "no-grant",
            LookFault::Day => "day",
        }
    }
}

impl Store {
    /// Looks.
    ///
    /// # Errors
    /// [`Error::Look`] where grant, case or limits do not allow it, and [`Error::NotFound`] for no such
    /// subject; nothing is written then.
    pub async fn grant_look(&self, look: &GrantLook<'_>) -> Result<(Permit, Sealed<Facts>)> {
        let (permit, facts) =
            transact!(self, Write, "grant_look", tx => read(&mut tx, look).await)?;
        let sealed = self.sealed(&permit, facts, look.at);
        Ok((permit, sealed))
    }
}

async fn read(tx: &mut Tx, look: &GrantLook<'_>) -> Result<(Permit, Facts)> {
    let found = row::grant(tx, look.grant).await?;
    let (grant, _) = found.ok_or(Error::Look(LookFault::NoGrant))?;
    let used = count(tx, look).await?;
    gate::one_by_one(tx, look.subject).await?;
    // A person's facts are read once the look is covered: a refusal says the same, in the same time, of
    // who is on file and of who is not.
    let mut facts = match look.person {
        Some(_) => nobody(look.subject),
        None => {
            let facts = facts::read(tx, look.subject, None).await?;
            facts.ok_or(Error::NotFound("subject"))?
        }
    };
    let shown = look.person.and_then(|person| person.consent);
    let consent = match shown {
        Some(id) => consent::of_number(tx, id).await?,
        None => None,
    };
    let asked = Look {
        officer: look.officer,
        unit: look.unit,
        case: look.case,
        purpose: look.purpose,
        items: look.items,
        successions: look.successions,
        consent: match (shown, &consent) {
            (None, _) => ConsentShown::Nothing,
            (Some(_), None) => ConsentShown::Unknown,
            (Some(_), Some(consent)) => ConsentShown::Consent(consent),
        },
    };
    let covered = check(&grant, &facts.subject, &asked, used, look.today);
    let covered = covered.map_err(|why| Error::Look(LookFault::Refused(why)))?;
    case::confirm(
        tx,
        look.purpose.case,
        (look.officer.agency(), look.case.as_str()),
        (look.subject, look.named),
        (look.at, look.today),
    )
    .await?;
    let permit = Permit::granted(look.permit, covered);
    if let Some(access) = permit.access() {
        let kind = facts.subject.kind;
        let defers = |law: &str| look.rules.defers(law, kind, look.today);
        subject::log_deferring(tx, &access, look.at, defers).await?;
    }
    if let Some(person) = look.person {
        facts = of_person(tx, look, person, consent.as_ref()).await?;
    }
    Ok((permit, facts))
}

/// Takes the one look of a consent that is good for one, reads the person's facts, and owes the notice.
async fn of_person(
    tx: &mut Tx,
    look: &GrantLook<'_>,
    person: PersonLook<'_>,
    consent: Option<&Consent>,
) -> Result<Facts> {
    // Of two looks that come at once the later is refused, and leaves nothing behind.
    if let Some(consent) = consent.filter(|consent| consent.scope.once)
        && !consent::take(tx, consent, &look.permit, look.at).await?
    {
        return Err(Error::Look(LookFault::Refused(Refused::ConsentOver)));
    }
    let facts = person::read(tx, look.subject, person.ring).await?;
    if facts.is_some() {
        person::owe(tx, look.subject, &look.permit, look.at).await?;
    }
    Ok(facts.unwrap_or_else(|| nobody(look.subject)))
}

/// A person of whom nothing is on file.
fn nobody(id: SubjectId) -> Facts {
    Facts {
        subject: Subject {
            id,
            kind: SubjectKind::NaturalPerson,
            name: String::new(),
            other_names: Vec::new(),
            identifiers: Vec::new(),
        },
        records: Vec::new(),
    }
}

/// Counts the look wherever it counts: each figure is one row, kept up and never summed.
async fn count(tx: &mut Tx, look: &GrantLook<'_>) -> Result<Used> {
    let (grant, day) = (look.grant.to_string(), look.today.to_string());
    let month = day.get(..7).unwrap_or_default();
    let (officer, agency) = (look.officer.name(), look.officer.agency());
    let mut counted = [0; 5];
    let rows = [
        ("grant", grant.as_str(), day.as_str(), ""),
        ("grant", grant.as_str(), "all", ""),
        ("officer", officer, day.as_str(), agency),
        ("agency", agency, day.as_str(), ""),
        ("officer", officer, month, agency),
    ];
    for (slot, (scope, name, period, of)) in counted.iter_mut().zip(rows) {
        let values = [scope, name, period, of].map(Val::Text);
        let row = tx.one(sql::COUNT, &values).await?.unwrap_or_default();
        *slot = row.count(0, "count")?;
    }
    let [today, in_all, of_officer, of_agency, _] = counted;
    let limits = look.limits;
    if of_officer > u64::from(limits.officer_day) || of_agency > u64::from(limits.agency_day) {
        return Err(Error::Look(LookFault::Day));
    }
    Ok(Used { today, in_all })
}
