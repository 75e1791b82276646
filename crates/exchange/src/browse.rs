//! The three lists that anyone may browse: data (数据清单), applications (应用清单) and measures
//! (行为清单). Data come from the catalogue's themes.

use crate::error::{Error, Result};
use crate::office::Office;
use credit::catalog::{Catalog, Theme};
use credit::lang::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub use store::{Figures, TransactionCount};

/// Every theme as JSON text, for `gongxin catalog list --json` and the API.
#[must_use]
pub fn themes_json(catalog: &Catalog, lang: Lang) -> String {
    let themes: Vec<Value> = catalog
        .themes
        .iter()
        .map(|theme| theme_json(theme, lang))
        .collect();
    credit::canon::value(&Value::Array(themes))
}

/// One theme, without its items.
#[must_use]
pub fn theme_json(theme: &Theme, lang: Lang) -> Value {
    json!({
        "code": theme.code,
        "edition": theme.version,
        "title": theme.title.get(lang),
        "about": theme.about.get(lang),
        "valid_from": theme.valid_from.to_string(),
        "valid_to": theme.valid_to.map(|day| day.to_string()),
        "jurisdiction": theme.jurisdiction,
        "suppliers": theme.suppliers,
        "public": theme.public,
        "items": theme.items.len(),
        "digest": theme.digest,
    })
}

/// How many subjects and records the store holds and when the newest submission came, from kept
/// figures: a few pages are read, whatever it holds.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn figures(office: &Office) -> Result<Figures> {
    Ok(office.store.figures().await?)
}

/// Whether the store answers and has this program's schema.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store) when it does not.
pub async fn ready(office: &Office) -> Result<()> {
    Ok(office.store.check_schema().await?)
}

/// Counters of the store's transactions by name, for `/metrics`.
#[must_use]
pub fn transactions(office: &Office) -> BTreeMap<&'static str, TransactionCount> {
    office.store.transactions()
}

/// The workbook that an agency fills in for a theme.
///
/// # Errors
/// [`Error::Inner`](crate::Error::Inner) for a theme with more text than a sheet holds.
pub fn template(theme: &Theme, lang: Lang) -> Result<Vec<u8>> {
    intake::template::xlsx(theme, lang)
        .map_err(|cause| Error::inner("the template could not be made", cause))
}
