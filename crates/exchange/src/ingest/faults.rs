//! Faults as they are kept and shown: rule, place, masked value, what is wrong and how to mend it,
//! in all three languages, so that a receipt reads the same years later.

use credit::catalog::{Role, Theme};
use credit::fault::Fault;
use credit::lang::Lang;
use credit::subject::SubmissionId;
use intake::check::Draft;
use intake::header::Binding;
use intake::rejects::{Line, Reason, Reference};
use serde_json::{Value, json};
use store::RejectRow;

/// A row's faults as JSON text.
pub(super) fn json(faults: &[Fault], theme: &Theme) -> String {
    let rows: Vec<Value> = faults.iter().map(|fault| one(fault, theme)).collect();
    Value::Array(rows).to_string()
}

fn one(fault: &Fault, theme: &Theme) -> Value {
    let texts = |of: &dyn Fn(Lang) -> String| json!({ "zh": of(Lang::Zh), "en": of(Lang::En), "ru": of(Lang::Ru) });
    json!({
        "rule": fault.rule,
        "item": fault.item.and_then(|ix| theme.items.get(ix)).map(|item| item.code.as_str()),
        "column": fault.column.map(|column| column + 1),
        "header": fault.header,
        "value": fault.value,
        "message": texts(&|lang| fault.message(lang, theme)),
        "mend": texts(&|lang| fault.mend(lang, theme)),
    })
}

/// The cells of a row as they came, put in the order of the theme's items: the form in which the
/// row is mended and sent again, whatever the order of the file was.
pub(super) fn by_item(cells: &[String], binding: &Binding) -> Vec<String> {
    let cell = |column: &Option<usize>| {
        let text = column.and_then(|column| cells.get(column));
        text.cloned().unwrap_or_default()
    };
    binding.by_item.iter().map(cell).collect()
}

/// Cells in the order of the theme's items, as JSON text.
pub(super) fn cells_json(cells: &[String]) -> String {
    Value::from(cells.to_vec()).to_string()
}

/// The canonical values of a row that passed its checks, in the order of the theme's items.
pub(super) fn values(draft: &Draft) -> Vec<String> {
    let cells = draft.values.iter();
    cells
        .map(|value| value.as_deref().unwrap_or_default().to_owned())
        .collect()
}

/// What is wrong with a kept row and how it is mended, in one line.
#[must_use]
pub fn fault_words(row: &RejectRow, lang: Lang) -> String {
    let faults: Vec<Value> = serde_json::from_str(&row.faults).unwrap_or_default();
    let one = |fault: &Value| {
        let text = |part: &str| {
            fault[part][lang.tag()]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        };
        let item = fault["item"].as_str().unwrap_or_default();
        [item, &text("message"), &text("mend")]
            .join(" ")
            .trim()
            .to_owned()
    };
    faults.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The columns of a file of rejects: every item that may be written, by its Chinese title.
#[must_use]
pub fn columns(theme: &Theme) -> Vec<String> {
    let written = theme
        .items
        .iter()
        .filter(|item| item.role != Role::PersonIdentifier);
    written.map(|item| item.title.zh.clone()).collect()
}

/// A kept reject as a line of such a file, with its reference.
#[must_use]
pub fn mending(theme: &Theme, of: SubmissionId, reject: &RejectRow, lang: Lang) -> Line {
    let row = reject.row;
    let faults: Vec<Value> = serde_json::from_str(&reject.faults).unwrap_or_default();
    let cells: Option<&str> = reject.cells.as_deref();
    let cells: Option<Vec<String>> = cells.and_then(|cells| serde_json::from_str(cells).ok());
    let written = |ix: usize| {
        theme
            .items
            .get(ix)
            .is_some_and(|item| item.role != Role::PersonIdentifier)
    };
    Line {
        row,
        cells: cells.map(|cells| {
            let kept = cells.into_iter().enumerate().filter(|(ix, _)| written(*ix));
            kept.map(|(_, cell)| cell).collect()
        }),
        reasons: faults
            .iter()
            .map(|fault| reason(theme, fault, lang))
            .collect(),
        reference: Some(Reference {
            submission: of,
            row,
        }),
    }
}

fn reason(theme: &Theme, fault: &Value, lang: Lang) -> Reason {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let item = fault["item"].as_str();
    let written = theme
        .items
        .iter()
        .filter(|item| item.role != Role::PersonIdentifier);
    Reason {
        rule: text(&fault["rule"]),
        column: item.and_then(|code| written.clone().position(|item| item.code == code)),
        message: text(&fault["message"][lang.tag()]),
        mend: text(&fault["mend"][lang.tag()]),
    }
}
