//! One entry: its content, its source, its document, its state and how it can be repaired.

use super::cover::line;
use super::model::{Document, Item, Labelled, Line, Repair, Value};
use crate::show;
use crate::text::{Msg, label, notice};
use credit::catalog::{self, Basis, Catalog, Role, Theme};
use credit::clock::{self, Ended, Severity};
use credit::lang::Lang;
use policy::{Entry, Mark, Publication, Shown, Status};

/// An entry for reading.
pub(crate) fn item(catalog: &Catalog, entry: &Entry, lang: Lang) -> Item {
    let theme = entry.theme.as_ref();
    let mut item = Item {
        record: entry.record,
        seq: entry.version,
        theme: theme.code.clone(),
        edition: theme.version.clone(),
        title: theme.title.get(lang).to_owned(),
        headline: headline(entry, lang),
        supplier: entry.supplier.clone(),
        source: source(catalog, entry, lang),
        known_at: entry.known_at,
        stated_on: entry.stated_on,
        document: document(entry),
        state: status(entry.status, lang),
        publication: publication(&entry.publication, lang),
        severity: entry.severity,
        public_until: entry.public_until,
        repair: repair(entry, lang),
        late: entry.late,
        marks: marks(entry, lang),
        values: values(theme, &entry.values, lang),
        lines: Vec::new(),
    };
    item.lines = lines(&item, lang);
    item
}

/// Characters of an entry's content, for the limit of a section.
pub(super) fn characters(entry: &Entry) -> usize {
    entry
        .values
        .iter()
        .map(|(_, shown)| shown.text(Lang::Zh).chars().count())
        .sum()
}

/// The supplier's name; a code that the catalogue does not list is an authority's own unified code.
fn sender(catalog: &Catalog, supplier: &str, lang: Lang) -> String {
    catalog
        .supplier(supplier)
        .map_or(supplier, |supplier| supplier.title.get(lang))
        .to_owned()
}

/// Whose fact it is: what a platform above returned, and what an authority sent that the catalogue
/// does not list, names the agency that produced it.
pub(crate) fn source(catalog: &Catalog, entry: &Entry, lang: Lang) -> String {
    let sender = sender(catalog, &entry.supplier, lang);
    let listed = catalog.supplier(&entry.supplier);
    if listed.is_some_and(|supplier| !supplier.relays) {
        return sender;
    }
    let own = entry
        .theme
        .item_with(Role::SourceName)
        .and_then(|item| entry.value(item)?.plain());
    match own {
        Some(own) if listed.is_some() => {
            label::RETURNED_BY.fill(lang, &[("source", own), ("sender", &sender)])
        }
        Some(own) => own.to_owned(),
        None => sender,
    }
}

/// What tells this entry from others: its document's number, else its document's name, else its
/// first filled content.
pub(crate) fn headline(entry: &Entry, lang: Lang) -> Option<String> {
    let of_role = |role| {
        entry.values.iter().find_map(|(ix, shown)| {
            let item = entry.theme.items.get(*ix)?;
            let whole = shown.plain()?;
            (item.role == role && !item.free_text).then(|| show::value(item, whole, lang))
        })
    };
    of_role(Role::DocumentNumber)
        .or_else(|| of_role(Role::DocumentName))
        .or_else(|| of_role(Role::Content))
}

/// Visible items in the theme's order.
pub(crate) fn values(theme: &Theme, values: &[(catalog::ItemIx, Shown)], lang: Lang) -> Vec<Value> {
    values
        .iter()
        .filter_map(|(ix, shown)| theme.items.get(*ix).map(|item| value(item, shown, lang)))
        .collect()
}

fn value(item: &catalog::Item, shown: &Shown, lang: Lang) -> Value {
    let (canonical, text) = match shown {
        Shown::Plain(whole) => (Some(whole.clone()), show::value(item, whole, lang)),
        Shown::Masked(part) | Shown::Redacted(part) => (Some(part.clone()), part.clone()),
        Shown::Waits => (None, shown.text(lang).to_owned()),
    };
    Value {
        code: item.code.clone(),
        label: item.title.get(lang).to_owned(),
        value: canonical,
        shown: text,
    }
}

/// The legal document behind an entry, as far as the reader may see it.
pub(crate) fn document(entry: &Entry) -> Document {
    let of_role = |role: Role| {
        let item = entry.theme.item_with(role)?;
        entry.value(item)?.plain().map(str::to_owned)
    };
    Document {
        name: of_role(Role::DocumentName),
        number: of_role(Role::DocumentNumber),
        organ: of_role(Role::DocumentOrgan),
        dated: entry.document_started_on,
    }
}

/// The state of a matter by its own dates.
pub(crate) fn status(status: Status, lang: Lang) -> Labelled {
    let (code, text) = match status {
        Status::InForce => ("in-force", &label::IN_FORCE),
        Status::Expired => ("expired", &label::EXPIRED),
        Status::NotYet => ("not-yet", &label::NOT_YET),
    };
    labelled(code, text, lang)
}

/// Whether the public sees it, and if not, why.
pub(crate) fn publication(publication: &Publication, lang: Lang) -> Labelled {
    let (code, text) = match publication {
        Publication::Public { .. } => ("public", &label::PUBLIC),
        Publication::Ended(ended) => (ended.code(), ended_text(*ended)),
        Publication::Moved => ("moved", &label::MOVED),
        Publication::Held(_) => ("held", &label::HELD),
        Publication::NotPublished => ("not-published", &label::NOT_PUBLISHED),
        Publication::Suspended => ("suspended", &label::SUSPENDED),
        Publication::Repaired => ("repaired", &label::REPAIRED),
    };
    labelled(code, text, lang)
}

fn ended_text(ended: Ended) -> &'static Msg {
    match ended {
        Ended::Removed => &label::ENDED_REMOVED,
        Ended::PublicityEnd => &label::ENDED_PUBLICITY,
        Ended::SharingEnd => &label::ENDED_SHARING,
        Ended::QueryEnd => &label::ENDED_QUERY,
        Ended::MinorNotPublished => &label::ENDED_MINOR,
        Ended::NotPublic => &label::NOT_PUBLISHED,
        Ended::SeverityUnknown => &label::SEVERITY_UNKNOWN,
        Ended::Undated => &label::UNDATED,
    }
}

/// Marks that stand before the content (rights 10); a late report is marked too.
pub(crate) fn marks(entry: &Entry, lang: Lang) -> Vec<Labelled> {
    let mut marks: Vec<Labelled> = entry
        .marks
        .iter()
        .map(|mark| match mark {
            Mark::Contested => labelled("contested", &label::MARK_CONTESTED, lang),
            Mark::Appealed => labelled("appealed", &label::MARK_APPEALED, lang),
        })
        .collect();
    if entry.late {
        marks.push(labelled("late", &label::MARK_LATE, lang));
    }
    marks
}

fn labelled(code: &'static str, text: &Msg, lang: Lang) -> Labelled {
    Labelled {
        code,
        text: text.get(lang).to_owned(),
    }
}

/// Repair in the catalogue's words, with the end of the shortest publicity where a severity table
/// sets one: counted from the document, as every clock is.
fn repair(entry: &Entry, lang: Lang) -> Option<Repair> {
    let (possible, how, basis) = match &entry.theme.repair {
        catalog::Repair::NotApplicable => return None,
        catalog::Repair::Repairable(how, basis) => (true, how, basis),
        catalog::Repair::NotRepairable(why, basis) => (false, why, basis),
    };
    let shortest = entry.severity.and_then(|severity| {
        let table = entry.theme.severity.as_ref()?;
        table
            .publicity
            .iter()
            .find(|term| term.severity == severity)
    });
    let from = shortest
        .and_then(|term| term.min)
        .zip(entry.document_started_on)
        .map(|(span, start)| clock::end_of(start, span))
        .filter(|_| possible);
    let when = match (possible, from, shortest) {
        (false, _, _) => Some(notice::REPAIR_EXCLUDED.get(lang).to_owned()),
        (true, Some(day), _) => {
            Some(notice::REPAIR_AFTER.fill(lang, &[("date", &show::date(day))]))
        }
        (true, None, Some(term)) if term.min.is_none() => {
            Some(notice::REPAIR_AT_ONCE.get(lang).to_owned())
        }
        (true, None, _) => None,
    };
    Some(Repair {
        possible,
        how: how.get(lang).to_owned(),
        basis: cite(basis),
        from,
        when,
    })
}

/// A basis as lawyers cite it: the law's own title, then the article.
fn cite(basis: &Basis) -> String {
    match &basis.article {
        Some(article) => format!("{} {article}", basis.law),
        None => basis.law.clone(),
    }
}

/// The name of a severity.
pub(crate) fn severity(severity: Severity) -> &'static Msg {
    match severity {
        Severity::Minor => &label::SEVERITY_MINOR,
        Severity::Ordinary => &label::SEVERITY_ORDINARY,
        Severity::Serious => &label::SEVERITY_SERIOUS,
    }
}

/// Provenance and state as lines: what stands under every entry, whatever its theme.
fn lines(item: &Item, lang: Lang) -> Vec<Line> {
    let mut lines = vec![
        line("source", &label::SOURCE, lang, item.source.as_str()),
        line("status", &label::STATUS, lang, item.state.text.as_str()),
    ];
    lines.extend(document_lines(item, lang));
    lines.extend(publication_lines(item, lang));
    lines.extend(repair_lines(item, lang));
    let edition = format!("{} {}", item.theme, item.edition);
    lines.push(line("edition", &label::EDITION, lang, edition));
    let record = format!("{} / {}", item.record, item.seq);
    lines.push(line("record", &label::RECORD, lang, record));
    lines
}

/// What the document behind the entry says: its date and how grave the matter is.
fn document_lines(item: &Item, lang: Lang) -> impl Iterator<Item = Line> {
    let dated = item.document.dated.map(|day| {
        line(
            "document-dated",
            &label::DOCUMENT_DATE,
            lang,
            show::date(day),
        )
    });
    let grave = item.severity.map(|grave| {
        let grave = severity(grave).get(lang);
        line("severity", &label::SEVERITY, lang, grave)
    });
    dated.into_iter().chain(grave)
}

/// Whether and until when the public sees the entry, and since when it is stated and known.
fn publication_lines(item: &Item, lang: Lang) -> Vec<Line> {
    let publication = item.publication.text.as_str();
    let mut lines = vec![line("publication", &label::PUBLICATION, lang, publication)];
    if let Some(day) = item.public_until {
        let until = show::date(day);
        lines.push(line("public-until", &label::PUBLIC_UNTIL, lang, until));
    }
    let stated = show::date(item.stated_on);
    lines.push(line("stated-on", &label::STATED_ON, lang, stated));
    if let Some(day) = show::day(item.known_at) {
        let known = show::date(day);
        lines.push(line("known-since", &label::KNOWN_SINCE, lang, known));
    }
    lines
}

/// When a repair can be asked for, and the rule of law that says so.
fn repair_lines(item: &Item, lang: Lang) -> Vec<Line> {
    let Some(repair) = &item.repair else {
        return Vec::new();
    };
    let when = repair.when.as_deref().unwrap_or(&repair.how);
    let basis = repair.basis.as_str();
    vec![
        line("repair", &label::REPAIR, lang, when),
        line("repair-basis", &label::REPAIR_BASIS, lang, basis),
    ]
}
