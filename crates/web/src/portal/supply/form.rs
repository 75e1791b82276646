//! A theme's items as fields of a form: one definition makes the form in which a single fact is
//! written, the one in which a rejected row is mended, and the one in which a fact is corrected.
//! What was typed goes through the door as a file of one row.

use super::rejects::{self, FaultLine};
use crate::page::Frame;
use crate::portal::catalog::kind_in_words;
use axum::http::StatusCode;
use credit::catalog::{CodeSet, ItemKind, Required, Role, Theme};
use credit::lang::Lang;
use exchange::supply::RejectRow;

pub(super) use exchange::ingest::{RowTerms as Terms, row as request};
use jiff::civil::Date;

/// Characters from which a value gets a field of several lines.
const LONG: usize = 60;

/// One value to choose.
pub(super) struct Pick {
    /// As rows write it.
    pub(super) value: String,
    /// As it reads.
    pub(super) title: String,
    /// It is chosen.
    pub(super) chosen: bool,
}

/// A field of the form.
pub(super) struct Cell {
    pub(super) code: String,
    pub(super) title: String,
    /// What may be written, in words.
    pub(super) hint: String,
    /// `yes`, `when` or `no`: a key of the message files.
    pub(super) need: &'static str,
    /// `text`, `date`, `long`, `one` or `many`.
    pub(super) kind: &'static str,
    pub(super) value: String,
    /// Of `one` and `many`.
    pub(super) picks: Vec<Pick>,
    pub(super) faults: Vec<FaultLine>,
}

impl Cell {
    /// What the field is described by: its hint, and what is wrong with it.
    pub(super) fn described(&self) -> String {
        if self.faults.is_empty() {
            format!("h-{}", self.code)
        } else {
            format!("h-{0} e-{0}-1", self.code)
        }
    }
}

/// A cell for every item that may be written, each with its own faults; and the faults of none.
pub(super) fn cells(
    theme: &Theme,
    values: &[String],
    faults: Vec<FaultLine>,
    f: &Frame,
) -> (Vec<Cell>, Vec<FaultLine>) {
    let mut cells: Vec<Cell> = Vec::new();
    for (ix, item) in theme.items.iter().enumerate() {
        if item.role == Role::PersonIdentifier {
            continue;
        }
        let value = values.get(ix).cloned().unwrap_or_default();
        cells.push(Cell {
            code: item.code.clone(),
            title: item.title.get(f.t.lang).to_owned(),
            hint: hint(theme, ix, f),
            need: need(&item.required),
            kind: kind(&item.kind, item.free_text, &value),
            picks: picks(&item.kind, &value, f.t.lang),
            value,
            faults: Vec::new(),
        });
    }
    let mut rest = Vec::new();
    for fault in faults {
        match cells.iter_mut().find(|cell| cell.code == fault.item) {
            Some(cell) => cell.faults.push(fault),
            None => rest.push(fault),
        }
    }
    (cells, rest)
}

fn need(required: &Required) -> &'static str {
    match required {
        Required::Yes => "need-yes",
        Required::When(_) => "need-when",
        Required::No => "need-no",
    }
}

/// What may be written, and for a field that others require, which.
fn hint(theme: &Theme, ix: usize, f: &Frame) -> String {
    let Some(item) = theme.items.get(ix) else {
        return String::new();
    };
    let kind = kind_in_words(&item.kind, f);
    match &item.required {
        Required::When(rule) => {
            let titles = rule.items.iter().filter_map(|code| theme.item(code));
            let titles = titles.filter_map(|ix| theme.items.get(ix));
            let titles: Vec<&str> = titles.map(|item| item.title.get(f.t.lang)).collect();
            let values = [
                ("kind", kind.into()),
                ("items", titles.join(f.t.get("list-comma").as_str()).into()),
            ];
            f.t.with("form-hint-when", &values)
        }
        Required::Yes | Required::No => kind,
    }
}

fn kind(kind: &ItemKind, free_text: bool, value: &str) -> &'static str {
    match kind {
        ItemKind::Code { many: true, .. } => "many",
        ItemKind::Code { .. } => "one",
        // A browser's field for days shows nothing of a value that is none.
        ItemKind::Date if value.is_empty() || value.parse::<Date>().is_ok() => "date",
        _ if free_text || value.chars().count() > LONG => "long",
        _ => "text",
    }
}

/// The values of a code set; what is no value of it stays to be seen and mended.
fn picks(kind: &ItemKind, value: &str, lang: Lang) -> Vec<Pick> {
    let ItemKind::Code { set, many } = kind else {
        return Vec::new();
    };
    let parts: Vec<&str> = if *many {
        let parts = value.split([';', '；']).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    } else {
        Vec::from_iter((!value.is_empty()).then_some(value))
    };
    let known = set.values.iter().map(|one| Pick {
        value: one.value.clone(),
        title: one.title.get(lang).to_owned(),
        chosen: parts.iter().any(|part| is(set, part, &one.value)),
    });
    let strange = parts
        .iter()
        .filter(|part| set.values.iter().all(|one| !is(set, part, &one.value)))
        .map(|part| Pick {
            value: (*part).to_owned(),
            title: (*part).to_owned(),
            chosen: true,
        });
    known.chain(strange).collect()
}

/// Whether a spelling is that value of a set.
fn is(set: &CodeSet, spelling: &str, value: &str) -> bool {
    let of = set.values.iter().find(|one| one.value == value);
    of.is_some_and(|one| one.value == spelling || one.aliases.iter().any(|alias| alias == spelling))
}

/// What was typed, item by item; several values of one field are joined as files join them.
pub(super) fn typed(theme: &Theme, fields: &[(String, String)]) -> Vec<String> {
    let items = theme.items.iter();
    items
        .map(|item| {
            let name = format!("c-{}", item.code);
            let values = fields.iter().filter(|(key, _)| *key == name);
            let values: Vec<&str> = values.map(|(_, value)| value.trim()).collect();
            let values = values.into_iter().filter(|value| !value.is_empty());
            values.collect::<Vec<_>>().join(";")
        })
        .collect()
}

/// What the form shows: the values, what is wrong with them, and what came of a try.
pub(super) struct Shown {
    pub(super) values: Vec<String>,
    pub(super) faults: Vec<FaultLine>,
    pub(super) again: bool,
    pub(super) refusal: String,
}

impl Shown {
    /// Before any try.
    pub(super) fn first(values: Vec<String>, faults: Vec<FaultLine>) -> Shown {
        Shown {
            again: false,
            ..Shown::again(values, faults)
        }
    }

    /// As it was typed, and not right.
    pub(super) fn again(values: Vec<String>, faults: Vec<FaultLine>) -> Shown {
        Shown {
            values,
            faults,
            again: true,
            refusal: String::new(),
        }
    }

    /// As it was typed, with why it is rejected; of a person's row nothing comes back, not even here.
    pub(super) fn rejected(values: Vec<String>, row: &RejectRow, lang: Lang) -> Shown {
        let values = if row.personal { Vec::new() } else { values };
        Shown::again(values, rejects::faults(row, lang))
    }

    /// As it was typed, with why nothing of it was read.
    pub(super) fn refused(values: Vec<String>, refusal: String) -> Shown {
        Shown {
            refusal,
            ..Shown::again(values, Vec::new())
        }
    }

    /// The status that says so.
    pub(super) fn status(&self) -> StatusCode {
        if self.again {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        }
    }
}

pub(super) fn busy() -> exchange::Error {
    exchange::Error::request(
        "正在处理的文件太多，请稍后再试。",
        "Too many files are under way; try again in a moment.",
        "Обрабатывается слишком много файлов; повторите чуть позже.",
    )
}
