//! The pages. One page per file.

mod about;
mod account;
mod catalog;
mod home;
pub(crate) mod missing;
mod my;
mod people;
mod report;
mod search;
mod sharing;
mod subject;
mod supply;
mod window;

pub(crate) use catalog::{XLSX, current as current_themes, edition as theme_edition};
pub(crate) use report::{day as report_day, parse as report_ask};
pub(crate) use supply::signed;

use crate::Site;
use axum::Router;
use axum::routing::get;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/", get(home::get))
        .route("/search", get(search::get))
        .route("/subjects/{id}", get(subject::get))
        .route("/subjects/{id}/report", get(report::get))
        .route("/subjects/{id}/report.pdf", get(report::get_pdf))
        .route("/about", get(about::get))
        .merge(catalog::routes())
        .merge(account::routes())
        .merge(my::routes())
        .merge(people::routes())
        .merge(supply::routes())
        .merge(window::routes())
        .merge(sharing::routes())
}
