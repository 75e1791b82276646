//! Who the subject is, as far as each purpose may know it. That something is on file about a
//! subject is itself a fact: the public learns it from what is public today, or not at all.

use super::{cases, editions, publication};
use crate::dossier::Publication;
use credit::catalog::Catalog;
use credit::identifier::{Identifier, System};
use credit::record::{Change, Facts, Record, Subject, Version};
use credit::text::name_form;
use jiff::civil::Date;
use std::collections::HashSet;

/// The longest value that can be a name: 200 characters of three bytes. Longer ones are texts.
const NAME_BYTES: usize = 600;

/// The subject in its own file.
pub(super) fn own(facts: &Facts) -> Subject {
    without_personal_identifiers(facts.subject.clone())
}

/// The subject as the public knows it; `None` where nothing about it is public on the day.
///
/// A name or an identifier that only facts out of public view tell is left out, so that a row that
/// waits does not show by the name it brought. The last name stays: a public fact has a subject.
pub(super) fn public(
    facts: &Facts,
    over: &cases::Repaired,
    catalog: &Catalog,
    today: Date,
) -> Option<Subject> {
    if !facts.subject.kind.is_organisation() {
        return None;
    }
    let is_public = |record: &&Record| is_public((*record, over), facts, catalog, today);
    let (shown, hidden): (Vec<&Record>, Vec<&Record>) = facts.records.iter().partition(is_public);
    if shown.is_empty() {
        return None;
    }
    let subject = without_personal_identifiers(facts.subject.clone());
    let waiting = shown.iter().flat_map(|record| &record.versions);
    let waiting = waiting.filter(|version| !stands(version));
    let unseen = hidden.iter().flat_map(|record| &record.versions);
    let unseen = texts(unseen.chain(waiting));
    if unseen.is_empty() {
        return Some(subject);
    }
    let seen = shown.iter().flat_map(|record| &record.versions);
    let seen = texts(seen.filter(|version| stands(version)));
    Some(without_untold(subject, &unseen, &seen))
}

/// Takes away who a subject is, save its id and kind, and its name where that may be told.
pub(super) fn untold(subject: &mut Subject, name_is_told: bool) {
    subject.identifiers.clear();
    subject.other_names.clear();
    if !name_is_told {
        subject.name.clear();
    }
}

/// Whether the public sees the record on the day, whatever it said before.
fn is_public(
    (record, over): (&Record, &cases::Repaired),
    facts: &Facts,
    catalog: &Catalog,
    today: Date,
) -> bool {
    let Some(head) = record.head() else {
        return false;
    };
    editions(record, head, head, catalog, today).is_some_and(|editions| {
        let decided = publication::decide(head, head, facts.subject.kind, &editions, today);
        let effects = cases::effects(record, catalog, today);
        let open = cases::hidden(record, &effects, over) == cases::Hidden::No;
        matches!(decided, Publication::Public { .. }) && open
    })
}

fn stands(version: &Version) -> bool {
    version.change == Change::Stated && version.held.is_none()
}

/// Every value of some versions, in comparison form.
fn texts<'v>(versions: impl Iterator<Item = &'v Version>) -> HashSet<String> {
    versions
        .flat_map(|version| &version.values)
        .filter(|(_, value)| value.len() <= NAME_BYTES)
        .map(|(_, value)| name_form(value))
        .collect()
}

/// Drops what stands among the unseen texts and not among the seen ones.
fn without_untold(
    mut subject: Subject,
    unseen: &HashSet<String>,
    seen: &HashSet<String>,
) -> Subject {
    let is_told = |name: &str| {
        let form = name_form(name);
        !unseen.contains(&form) || seen.contains(&form)
    };
    subject.other_names.retain(|name| is_told(name));
    if !is_told(&subject.name) && !subject.other_names.is_empty() {
        subject.name = subject.other_names.remove(0);
    }
    let stands_in = |identifier: &Identifier, texts: &HashSet<String>| {
        texts.contains(&name_form(identifier.value()))
    };
    // An organisation code is told by the unified code that holds it.
    let all = subject.identifiers.clone();
    let told_by_whole = |code: &Identifier, texts: &HashSet<String>| {
        all.iter().any(|whole| {
            whole.system() == System::Uscc
                && whole.org_code().as_ref() == Some(code)
                && stands_in(whole, texts)
        })
    };
    subject.identifiers.retain(|identifier| {
        let in_either = |texts| stands_in(identifier, texts) || told_by_whole(identifier, texts);
        !in_either(unseen) || in_either(seen)
    });
    subject
}

/// Without numbers that are a person's: no purpose sees those.
fn without_personal_identifiers(mut subject: Subject) -> Subject {
    subject
        .identifiers
        .retain(|identifier| !identifier.is_personal());
    subject
}
