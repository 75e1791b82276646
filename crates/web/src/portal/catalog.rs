//! The catalogue browser, the three lists that law asks for: data (数据清单), applications (应用清单)
//! and measures (行为清单).

mod files;
mod lists;
mod measures;
mod theme;
mod themes;
mod words;

pub(crate) use files::XLSX;
pub(super) use words::kind as kind_in_words;

use crate::Site;
use axum::Router;
use axum::routing::get;
use credit::catalog::{Catalog, Theme};
use jiff::civil::Date;
use std::sync::Arc;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/catalog", get(themes::get))
        .route("/catalog/themes/{code}", get(theme::get))
        .route(
            "/catalog/themes/{code}/template.xlsx",
            get(files::get_template),
        )
        .route("/catalog/themes/{code}/schema.json", get(files::get_schema))
        .route("/catalog/applications", get(lists::get_applications))
        .route("/catalog/measures", get(measures::get))
}

/// One edition of every theme: the one in force on a day, else the newest.
pub(crate) fn current(catalog: &Catalog, day: Date) -> Vec<&Arc<Theme>> {
    let mut themes: Vec<&Arc<Theme>> = Vec::new();
    for theme in &catalog.themes {
        if !themes.iter().any(|one| one.code == theme.code) {
            themes.extend(edition(catalog, &theme.code, None, day));
        }
    }
    themes
}

/// An edition of a theme by its version, else the one in force on a day, else the newest.
pub(crate) fn edition<'c>(
    catalog: &'c Catalog,
    code: &str,
    version: Option<&str>,
    day: Date,
) -> Option<&'c Arc<Theme>> {
    if let Some(version) = version {
        return catalog
            .themes
            .iter()
            .find(|theme| theme.code == code && theme.version == version);
    }
    catalog
        .theme(code, day)
        .or_else(|| catalog.themes.iter().rev().find(|theme| theme.code == code))
}
