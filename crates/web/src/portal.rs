//! The pages. One page per file.

mod about;
mod account;
mod announcements;
pub(crate) mod cases;
mod catalog;
mod consent;
mod home;
mod issue;
pub(crate) mod missing;
mod my;
mod people;
mod report;
mod search;
mod sharing;
mod subject;
mod supply;
mod verify;
mod window;

pub(crate) use catalog::{XLSX, current as current_themes, edition as theme_edition};
pub(crate) use issue::file as issued_file;
pub(crate) use report::{day as report_day, parse as report_ask};
pub(crate) use supply::signed;
pub(crate) use verify::FLOOR as VERIFY_FLOOR;

use crate::Site;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{MethodRouter, get, post};
use exchange::report::file::FILE_BYTES;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/", get(home::get))
        .route("/search", get(search::get))
        .route("/subjects/{id}", get(subject::get))
        .route("/subjects/{id}/report", get(report::get))
        .route("/subjects/{id}/report.pdf", get(report::get_pdf))
        .route("/subjects/{id}/report/issue", post(issue::post))
        .route("/verify", get(verify::get))
        .route("/verify/R/{number}", get(verify::get_number))
        .route("/verify/file", verify_file())
        .route("/about", get(about::get))
        .merge(catalog::routes())
        .merge(account::routes())
        .merge(announcements::routes())
        .merge(my::routes())
        .merge(people::routes())
        .merge(supply::routes())
        .merge(window::routes())
        .merge(consent::routes())
        .merge(sharing::routes())
        .merge(cases::routes())
}

/// A file and the little that stands around it in a form.
fn verify_file() -> MethodRouter<Site> {
    post(verify::post_file)
        .layer(DefaultBodyLimit::max(FILE_BYTES + 4_096))
        // Before the file is looked at: what another site sends is refused for that alone.
        .layer(middleware::from_fn(supply::own_pages_only))
}
