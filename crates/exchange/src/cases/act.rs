//! Moving a case: by its subject, or by an account of the desk for the party that it acts for.

use super::saying::{self, Saying};
use super::{done, kind, known, made, parties, party_of, promise, tell};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::session::Actor;
use crate::people::{Acting, mandate};
use credit::case::{CaseId, Need, Party};
use credit::catalog::Class;
use credit::people::{Action, MyAction};
use jiff::civil::Date;
use policy::Officer;
use store::{CaseCard, CaseMoved, CaseRules, NewMove};

/// Moves a case of the subject of one's own mandate. `seen` is the number of the last move that was seen.
///
/// # Errors
/// [`Error::NotFound`] for a mandate or a case that is not one's own; [`Error::Forbidden`] for a clerk
/// without that task; [`Error::Request`] where the table does not allow it or something is missing.
pub async fn act_own(
    office: &Office,
    actor: &Actor,
    (own, id): (&str, &str),
    (what, seen): (&str, u32),
    saying: Saying,
) -> Result<u32> {
    let own = mandate::mine(office, actor, own, MyAction::Cases).await?;
    let (officer, _) = crate::my::ground(actor, &own)?;
    let id = CaseId::parse(id).ok_or(Error::NotFound)?;
    let card = office.store.case(id).await?.ok_or(Error::NotFound)?;
    // Another subject's case is one that there is not.
    let theirs = office.store.subject_root(card.subject).await?;
    if theirs != office.store.subject_root(own.subject).await? {
        return Err(Error::NotFound);
    }
    make(
        office,
        &card,
        (what, seen),
        (Party::Subject, &officer),
        saying,
    )
    .await
}

/// Moves a case for the party that the account acts for.
///
/// # Errors
/// [`Error::Forbidden`] for an account that may make no such move, and for a review by whoever had a part
/// in what is reviewed; [`Error::NotFound`]; [`Error::Request`].
pub async fn act(
    office: &Office,
    who: &Acting,
    id: &str,
    what: (&str, u32),
    saying: Saying,
) -> Result<u32> {
    let card = known(office, who, id).await?;
    let one = kind(office, &card)?.one_move(what.0);
    let one = one.ok_or(Error::NotFound)?;
    let party = party_of(one, &parties(who, &card)).ok_or(Error::Forbidden)?;
    for_party(office, who, (&card, party), what, saying).await
}

/// Moves a case by a supplier's machine, for an officer whom it names. Both must be allowed to answer for
/// that supplier; a machine moves for no other party.
///
/// # Errors
/// As [`act`], for either of the two.
pub async fn act_by(
    office: &Office,
    (machine, who): (&Acting, &Acting),
    id: &str,
    what: (&str, u32),
    saying: Saying,
) -> Result<u32> {
    let card = known(office, machine, id).await?;
    let kind = kind(office, &card)?;
    let one = kind.one_move(what.0).ok_or(Error::NotFound)?;
    // R13: nobody is heard by a machine, nor listed by one.
    if kind.makes.contains(&Class::SeriousList) {
        return Err(Error::Forbidden);
    }
    let party = Party::Supplier;
    let both = [machine, who].map(|acting| parties(acting, &card).contains(&party));
    if both != [true, true] || !one.by.contains(&party) {
        return Err(Error::Forbidden);
    }
    for_party(office, who, (&card, party), what, saying).await
}

async fn for_party(
    office: &Office,
    who: &Acting,
    (card, party): (&CaseCard, Party),
    what: (&str, u32),
    saying: Saying,
) -> Result<u32> {
    let (agency, action) = match party {
        Party::Supplier => (card.supplier.as_str(), Action::LegalAnswer),
        Party::Authority => (who.home(Action::LegalReview)?, Action::LegalReview),
        _ => (who.home(Action::LegalHandle)?, Action::LegalHandle),
    };
    who.may(action, agency).or_else(|error| match party {
        Party::Supplier => Err(error),
        _ => Ok(()),
    })?;
    let officer = who.officer(agency)?;
    if party == Party::Authority && office.store.case_had_part(card.id, officer.name()).await? {
        return Err(Error::request(
            "经办过本案的人员不能复核。请由另一名工作人员办理。",
            "Who had a part in the case does not review it. Another officer does.",
            "Кто участвовал в деле, не пересматривает его. Это делает другой сотрудник.",
        ));
    }
    make(office, card, what, (party, &officer), saying).await
}

/// A paper is served once it is there: not before the step that went before.
fn served_after(card: &CaseCard, served: Option<Date>) -> Result<()> {
    let last = card.steps.last().map(|step| step.on);
    if served.zip(last).is_some_and(|(served, last)| served < last) {
        return Err(Error::request(
            "送达日期不得早于上一步的日期。",
            "Nothing is served before the step that went before it.",
            "Вручение не может быть раньше предыдущего шага.",
        ));
    }
    Ok(())
}

/// Tries of a move while others look at its fact: each look needs milliseconds, and after the move there
/// are no more.
const TRIES: usize = 5;

async fn make(
    office: &Office,
    card: &CaseCard,
    (what, seen): (&str, u32),
    (party, officer): (Party, &Officer),
    saying: Saying,
) -> Result<u32> {
    let kind = kind(office, card)?;
    let one = kind.one_move(what).ok_or(Error::NotFound)?;
    let mut said = saying::read(office, saying, &card.supplier)?;
    if one.needs(Need::Eligible) && promise::is_eligible(office, kind, card.subject).await? {
        said.brings.push(Need::Eligible);
    }
    served_after(card, said.served)?;
    let notices = tell::of(office, card, one).await?;
    let themes = made::themes(office, kind);
    let rules = CaseRules {
        kind,
        themes: &themes,
        calendar: &office.catalog.calendar,
    };
    for _ in 0..TRIES {
        let receivers = tell::receivers(office, card, one).await?;
        let next = NewMove {
            what,
            by: party,
            officer: officer.name(),
            choice: said.choice.as_deref(),
            brings: &said.brings,
            body: &said.body,
            salt: office.nonce(),
            version: said.version,
            files: &said.files,
            notices: &notices,
            receivers: &receivers,
            at: office.now(),
        };
        let moved = office.store.case_move(card.id, seen, &next, rules).await?;
        if moved == CaseMoved::Looked {
            continue;
        }
        // The same move sent again, after an answer that was lost, is the one that was made.
        let made = seen.saturating_add(1);
        if moved == CaseMoved::Raced && office.store.case_repeats(card.id, made, &next).await? {
            return Ok(made);
        }
        return done(moved);
    }
    done(CaseMoved::Looked)
}
