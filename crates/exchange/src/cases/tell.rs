//! Who is told of a move. A notice names the case and the step and nothing of the fact; what goes out of
//! the inbox says only that there is a message.

use crate::error::Result;
use crate::notices;
use crate::office::Office;
use credit::case::{Move, Party};
use credit::notice::{Addressee, NoticeKind};
use serde_json::json;
use store::{CaseCard, NewNotice, Receiver};

/// The notices of a move that is to be made as the case's next one.
pub(super) async fn of(office: &Office, card: &CaseCard, one: &Move) -> Result<Vec<NewNotice>> {
    let seq = card.steps.last().map_or(0, |step| step.seq) + 1;
    let facts = json!({
        "case": card.id.to_string(),
        "kind": card.kind,
        "version": card.version,
        "move": one.code,
        "theme": card.theme,
    });
    let what = format!("{} {seq}", card.id);
    let mut told = Vec::new();
    for party in &one.told {
        let addressee = match party {
            Party::Subject => notices::of_subject(office, card.subject).await?,
            Party::Supplier => Addressee::Agency(card.supplier.clone()),
            // They see it in their queue.
            Party::Centre | Party::Authority | Party::Clock => continue,
        };
        let kind = NoticeKind::Case;
        told.push(notices::notice(
            office, addressee, kind, &what, &facts, None,
        )?);
    }
    Ok(told)
}

/// Who holds the fact and is told to stop using it, where a move says so. What they are told names the case
/// and the step; by which of their own cases they hold it, their page says.
pub(super) async fn receivers(
    office: &Office,
    card: &CaseCard,
    one: &Move,
) -> Result<Vec<Receiver>> {
    let Some(days) = one.receivers else {
        return Ok(Vec::new());
    };
    let seq = card.steps.last().map_or(0, |step| step.seq) + 1;
    let due = office
        .catalog
        .calendar
        .add_working_days(office.today(), days);
    let facts = json!({ "case": card.id.to_string(), "theme": card.theme, "due": due.to_string() });
    let what = format!("{} {seq}", card.id);
    let mut told = Vec::new();
    for agency in office.store.case_receivers(card).await? {
        let addressee = Addressee::Receiver(agency.clone());
        let kind = NoticeKind::StopUse;
        let notice = notices::notice(office, addressee, kind, &what, &facts, None)?;
        told.push(Receiver { agency, notice });
    }
    Ok(told)
}
