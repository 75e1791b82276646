//! Whether the public sees a fact today. Effects are computed here, on every read, never stored.

use super::{Editions, date_of, value_of};
use crate::dossier::Publication;
use credit::catalog::{Role, Theme};
use credit::clock::{self, Effect, Ended};
use credit::record::{Change, Version};
use credit::subject::SubjectKind;
use jiff::civil::Date;

/// Decides on the version in force now, on the reader's day. Whatever version is shown, this is
/// the answer: a past-day view has no other.
pub(super) fn decide(
    head: &Version,
    kind: SubjectKind,
    editions: &Editions<'_>,
    today: Date,
) -> Publication {
    match head.change {
        Change::Removed => return Publication::Ended(Ended::Removed),
        Change::Moved => return Publication::Moved,
        Change::Stated => {}
    }
    if let Some(reason) = &head.held {
        return Publication::Held(reason.clone());
    }
    let is_public = editions.head.public && editions.shown.public && editions.today.public;
    if !is_public || !kind.is_organisation() {
        return Publication::NotPublished;
    }
    // The rules of the day may be milder than those of the fact's own edition, and then they hold
    // for what is still published; they may never be harsher for it (R40).
    let effect = effect(editions.head, head, today).milder(effect(editions.today, head, today));
    match effect {
        Effect::Public { until } => Publication::Public { until },
        Effect::Ended(why) => Publication::Ended(why),
    }
}

/// What the clocks of one edition say. A negative fact without a date is not published at all.
fn effect(theme: &Theme, head: &Version, today: Date) -> Effect {
    let stated_end = date_of(theme, head, Role::PublicityEnd);
    clock::effect(
        theme,
        started_on(theme, head),
        head.severity,
        stated_end,
        today,
    )
}

/// The day from which clocks count: the document's earliest day on file, which no re-submission
/// moves (rights 9); without a document, the item that the theme names, else the day of decision.
pub(super) fn started_on(theme: &Theme, head: &Version) -> Option<Date> {
    if let Some(document) = head.document {
        return Some(document.started_on);
    }
    let named = theme.clocks.from.and_then(|item| theme.items.get(item));
    match named {
        Some(item) => value_of(head, &item.code)?.parse().ok(),
        None => date_of(theme, head, Role::DecidedOn),
    }
}
