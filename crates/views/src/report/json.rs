//! The report as canonical JSON: one shape, one byte sequence for equal reports.
//!
//! The shape is described by `docs/schemas/report-1.json`; a test holds the two together. Optional
//! members are present as `null`, so that a reader need not tell absence from emptiness.

use super::model::{
    Document, Item, Labelled, Line, Notice, Repair, Report, SectionView, Value, Who,
};
use crate::show;
use credit::record::Instant;
use jiff::civil::Date;
use serde_json::{Value as Json, json};

/// The report as RFC 8785 canonical JSON.
#[must_use]
pub fn json(report: &Report) -> String {
    credit::canon::value(&tree(report))
}

/// The same as a tree, for those who embed it.
#[must_use]
pub fn tree(report: &Report) -> Json {
    json!({
        "shape": report.versions.shape,
        "number": report.number,
        "lang": report.lang.tag(),
        "title": report.title,
        "purpose": labelled(&report.purpose),
        "subject": who(&report.who),
        "at": {
            "known": instant(report.at.known),
            "on": show::date(report.at.on),
            "today": show::date(report.at.today),
        },
        "cover": lines(&report.cover),
        "notices": report.notices,
        "sections": report.sections.iter().map(section).collect::<Vec<_>>(),
        "rights": report.rights.iter().map(notice).collect::<Vec<_>>(),
        "versions": {
            "catalogue": report.versions.catalogue,
            "program": report.versions.program,
        },
    })
}

pub(crate) fn who(who: &Who) -> Json {
    json!({
        "id": who.id.to_string(),
        "kind": who.kind.code(),
        "name": who.name,
        "other_names": who.other_names,
        "identifiers": who.identifiers.iter()
            .map(|line| json!({ "system": line.code, "label": line.label, "value": line.value }))
            .collect::<Vec<_>>(),
    })
}

fn section(section: &SectionView) -> Json {
    json!({
        "code": section.code,
        "title": section.title,
        "found": section.found,
        "entries": section.entries.iter().map(item).collect::<Vec<_>>(),
        "note": section.note,
    })
}

pub(crate) fn item(item: &Item) -> Json {
    json!({
        "record": item.record.to_string(),
        "version": item.seq,
        "theme": { "code": item.theme, "edition": item.edition, "title": item.title },
        "headline": item.headline,
        "source": { "code": item.supplier, "title": item.source },
        "known_at": instant(item.known_at),
        "stated_on": show::date(item.stated_on),
        "document": document(&item.document),
        "state": labelled(&item.state),
        "publication": labelled(&item.publication),
        "severity": item.severity.map(credit::clock::Severity::code),
        "public_until": date(item.public_until),
        "repair": item.repair.as_ref().map(repair),
        "late": item.late,
        "marks": item.marks.iter().map(labelled).collect::<Vec<_>>(),
        "values": item.values.iter().map(value).collect::<Vec<_>>(),
    })
}

fn document(document: &Document) -> Json {
    json!({
        "name": document.name,
        "number": document.number,
        "organ": document.organ,
        "dated": date(document.dated),
    })
}

fn repair(repair: &Repair) -> Json {
    json!({
        "possible": repair.possible,
        "how": repair.how,
        "basis": repair.basis,
        "from": date(repair.from),
        "when": repair.when,
    })
}

fn value(value: &Value) -> Json {
    json!({
        "code": value.code,
        "label": value.label,
        "value": value.value,
        "shown": value.shown,
    })
}

fn notice(notice: &Notice) -> Json {
    json!({ "code": notice.code, "title": notice.title, "paragraphs": notice.paragraphs })
}

pub(crate) fn labelled(labelled: &Labelled) -> Json {
    json!({ "code": labelled.code, "text": labelled.text })
}

fn lines(lines: &[Line]) -> Vec<Json> {
    lines
        .iter()
        .map(|line| json!({ "code": line.code, "label": line.label, "value": line.value }))
        .collect()
}

pub(crate) fn date(day: Option<Date>) -> Option<String> {
    day.map(show::date)
}

/// RFC 3339 in UTC, with microseconds where there are any; `null` beyond every calendar.
fn instant(at: Instant) -> Option<String> {
    jiff::Timestamp::from_microsecond(at.0)
        .ok()
        .map(|timestamp| timestamp.to_string())
}
