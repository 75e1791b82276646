//! The three lists that anyone may browse: data (数据清单), applications (应用清单) and measures
//! (行为清单). Data come from the catalogue's themes.

use credit::catalog::{Catalog, Theme};
use credit::lang::Lang;
use serde_json::{Value, json};

/// Every theme as JSON text, for `gongxin catalog list --json` and the API.
#[must_use]
pub fn themes_json(catalog: &Catalog, lang: Lang) -> String {
    let themes: Vec<Value> = catalog.themes.iter().map(|theme| theme_json(theme, lang)).collect();
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
