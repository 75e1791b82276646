//! Sharing between agencies: grants asked for and answered, looks under them, and whose look-ups stand
//! out. Every page asks for a session; what an account may do is asked by the workflow itself.

mod ask;
mod deferrals;
mod grant;
mod list;
mod lookup;
mod officers;
mod receipts;

use super::supply::own_pages_only;
use crate::Site;
use crate::text::Texts;
use axum::Router;
use axum::middleware;
use axum::routing::get;
use credit::catalog::Catalog;
use credit::grant::{EVERY_SUPPLIER, Items, Terms};
use credit::lang::Lang;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/sharing", get(list::get))
        .route("/sharing/ask", get(ask::get).post(ask::post))
        .route("/sharing/grants/{id}", get(grant::get).post(grant::post))
        .route("/sharing/lookup", get(lookup::get).post(lookup::post))
        .route(
            "/sharing/deferrals",
            get(deferrals::get).post(deferrals::post),
        )
        .route("/sharing/officers", get(officers::get))
        .route("/sharing/receipts", get(receipts::get).post(receipts::post))
        .layer(middleware::from_fn(own_pages_only))
}

/// A label and a value.
pub(super) struct Line {
    pub(super) label: String,
    pub(super) value: String,
}

/// An entry of a list to choose from.
struct Choice {
    code: String,
    title: String,
    chosen: bool,
}

/// The name of an agency; every supplier is named as such.
fn agency(catalog: &Catalog, code: &str, t: &Texts) -> String {
    if code == EVERY_SUPPLIER {
        return t.get("sharing-every");
    }
    super::supply::supplier_title(catalog, code, t.lang)
}

/// Titles of items, theme by theme.
pub(super) fn items(catalog: &Catalog, items: &Items, lang: Lang) -> Vec<Line> {
    items
        .themes()
        .map(|code| {
            let theme = catalog.edition(code, "");
            let title = |item: &str| {
                let found = theme.and_then(|theme| theme.items.get(theme.item(item)?));
                found.map_or(item, |found| found.title.get(lang)).to_owned()
            };
            let own = items.pairs().filter(|(of, _)| *of == code);
            let own: Vec<String> = own.map(|(_, item)| title(item)).collect();
            Line {
                label: super::supply::theme_title(catalog, code, lang),
                value: own.join(" · "),
            }
        })
        .collect()
}

/// Titles of purposes.
fn purposes(catalog: &Catalog, terms: &Terms, lang: Lang) -> Vec<Choice> {
    let title = |code: &String| {
        let found = catalog.purposes.iter().find(|one| one.code == *code);
        Choice {
            title: found
                .map_or(code.as_str(), |one| one.title.get(lang))
                .to_owned(),
            code: code.clone(),
            chosen: false,
        }
    };
    terms.purposes.iter().map(title).collect()
}
