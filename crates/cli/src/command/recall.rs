//! `gongxin recall`: what was sent in error is taken back, and a recall undone.

use crate::args::Recall as Ask;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::ingest::{self, Recall, Receipt, What};
use exchange::{Error, people, supply};

pub(super) fn run(desk: &Desk, ask: &Ask) -> Result<Exit, Failure> {
    let id = SubmissionId::parse(&ask.submission);
    let id = id.ok_or_else(|| Failure::usage(text::SUBMISSION_ID, &[]))?;
    let what = match ask.row {
        _ if ask.undo => What::Undo(id),
        Some(row) => What::Row(id, row),
        None => What::Submission(id),
    };
    let receipt = desk
        .runtime
        .block_on(take_back(desk, ask, id, what))
        .map_err(|error| Failure::of(error, desk.lang))?;
    let restored = receipt.counts.accepted + receipt.counts.held;
    let blanks = [
        receipt.id.to_string(),
        receipt.counts.removed.to_string(),
        restored.to_string(),
    ];
    let blanks = blanks.each_ref().map(String::as_str);
    out::line(&text::RECALLED.say(desk.lang, &blanks))?;
    Ok(Exit::Done)
}

/// Takes it back in the name of an account that may do so for the submission's agency and theme.
async fn take_back(desk: &Desk, ask: &Ask, id: SubmissionId, what: What) -> Result<Receipt, Error> {
    let who = people::named(&desk.office, &ask.by).await?;
    let of = supply::submission(&desk.office, &id).await?;
    let theme = std::iter::once(of.theme.as_str());
    who.may_all(Action::SubmissionRecall, &of.supplier, theme)?;
    let recall = Recall {
        what,
        reason: ask.reason.clone(),
        officer: who.officer(&of.supplier)?.name().to_owned(),
    };
    ingest::recall(&desk.office, recall).await
}
