//! Whether the public sees a fact today. Effects are computed here, on every read, never stored.

use super::{Editions, date_of, value_of};
use crate::dossier::Publication;
use credit::catalog::{ItemIx, Role, SharingClass, Theme};
use credit::clock::{self, Effect, Ended};
use credit::record::{Change, Version};
use credit::subject::SubjectKind;
use jiff::civil::Date;

/// Decides on the version in force now, on the reader's day. Whatever version is shown, this is
/// the answer: a past-day view has no other.
pub(super) fn decide(
    head: &Version,
    shown: &Version,
    kind: SubjectKind,
    editions: &Editions<'_>,
    today: Date,
) -> Publication {
    match head.change {
        Change::Removed | Change::Recalled => return Publication::Ended(Ended::Removed),
        Change::Moved => return Publication::Moved,
        Change::Stated => {}
    }
    if let Some(reason) = &head.held {
        return Publication::Held(reason.clone());
    }
    // A row may say itself who sees it. What was not for the public then is not shown for then.
    let is_public = row_is_public(editions.head, head, today)
        && row_is_public(editions.today, head, today)
        && row_is_public(editions.shown, shown, today);
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

/// Whether agencies may see a fact today, where a grant names it: the version in force is stated and
/// does not wait, its theme is shared at all, and its sharing clock runs. The milder of two editions
/// holds, as it does for the public.
pub(super) fn is_shared(head: &Version, editions: &Editions<'_>, today: Date) -> bool {
    let own = |theme: &Theme| clock::sharing_effect(theme, started_on(theme, head), today);
    let effect = own(editions.head).milder(own(editions.today));
    let class = editions.today.sharing.class;
    head.change == Change::Stated
        && head.held.is_none()
        && class != SharingClass::NotShared
        && effect.is_public()
}

/// Whether the theme, and the row where the theme asks it, is for the public at all.
fn row_is_public(theme: &Theme, version: &Version, today: Date) -> bool {
    let value = |item: ItemIx| value_of(version, &theme.items.get(item)?.code);
    theme.is_public(value, today)
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
