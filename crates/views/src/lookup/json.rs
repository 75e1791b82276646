//! The look-up as canonical JSON, shape `gongxin.lookup/1`.

use super::{Lookup, LookupLine, LookupSection};
use crate::report::json::{date, labelled, who};
use crate::show;
use serde_json::{Value, json};

/// The name of the shape. A change that breaks readers takes the next number.
pub(super) const SHAPE: &str = "gongxin.lookup/1";

/// The look-up as RFC 8785 canonical JSON.
#[must_use]
pub fn json(lookup: &Lookup) -> String {
    credit::canon::value(&json!({
        "shape": SHAPE,
        "subject": who(&lookup.who),
        "on": show::date(lookup.at.on),
        "sections": lookup.sections.iter().map(section).collect::<Vec<_>>(),
    }))
}

fn section(section: &LookupSection) -> Value {
    json!({
        "code": section.code,
        "title": section.title,
        "found": section.found,
        "entries": section.lines.iter().map(line).collect::<Vec<_>>(),
        "note": section.note,
    })
}

fn line(line: &LookupLine) -> Value {
    json!({
        "record": line.record.to_string(),
        "theme": line.theme,
        "title": line.title,
        "headline": line.headline,
        "source": line.source,
        "dated": show::date(line.dated),
        "state": labelled(&line.state),
        "public_until": date(line.public_until),
        "marks": line.marks.iter().map(labelled).collect::<Vec<_>>(),
    })
}
