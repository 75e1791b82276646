//! One row that is sent alone: written by form, mended, or corrected. It goes through the door as a file
//! of one row.

use super::file::{File, Told};
use super::terms::Request;
use credit::catalog::{Mode, Role, Theme};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Under which terms a row is sent alone.
#[derive(Clone, Copy, Debug)]
pub struct RowTerms<'t> {
    /// Its theme.
    pub theme: &'t Theme,
    /// Code of who sends it.
    pub supplier: &'t str,
    /// The day for which it is stated; none: today.
    pub date: Option<Date>,
    /// What a list calls it.
    pub name: &'t str,
}

/// One row, value by value in the order of the theme's items, as a submission of its own; it never stands
/// for a whole snapshot. The same values are the same bytes.
#[must_use]
pub fn row(terms: &RowTerms<'_>, values: &[String], told: Told) -> Request {
    let mut record = Map::new();
    for (item, value) in terms.theme.items.iter().zip(values) {
        if item.role != Role::PersonIdentifier {
            record.insert(item.code.clone(), Value::String(value.clone()));
        }
    }
    let body = Value::Array(vec![Value::Object(record)]).to_string();
    Request {
        theme: terms.theme.code.clone(),
        supplier: Some(terms.supplier.to_owned()),
        mode: Some(Mode::Delta),
        date: terms.date,
        file: File::bytes(terms.name, body.into_bytes()),
        told,
    }
}
