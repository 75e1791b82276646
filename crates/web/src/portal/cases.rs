//! Cases on legal clocks at the desk: what waits for whom by when, one case with its history and the steps
//! that may be taken, and the service window where one is filed for a subject. The subject's own pages
//! (`my::cases`) show a case by the same parts.

pub(crate) mod files;
pub(super) mod filing;
pub(crate) mod form;
pub(super) mod letter;
mod list;
mod one;
mod open;
mod search;
mod statistics;
pub(super) mod view;
mod window;

use super::supply::own_pages_only;
use crate::Site;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use credit::limits::{FORM_BYTES, UPLOAD_BYTES};

pub(super) fn routes() -> Router<Site> {
    let limit = || DefaultBodyLimit::max(UPLOAD_BYTES + FORM_BYTES);
    Router::new()
        .route("/cases", get(list::get))
        .route(
            "/cases/new",
            get(window::get).post(window::post).layer(limit()),
        )
        .route(
            "/cases/open",
            get(open::get).post(open::post).layer(limit()),
        )
        .route("/cases/search", get(search::get).post(search::post))
        .route("/cases/search.csv", get(search::get_csv))
        .route("/cases/search.xlsx", get(search::get_xlsx))
        .route("/cases/statistics", get(statistics::get))
        .route("/cases/{id}", get(one::get))
        .route("/cases/{id}/moves", post(one::post).layer(limit()))
        .route("/cases/{id}/files/{seq}/{number}", get(one::get_file))
        .route("/cases/{id}/letters/{seq}", get(one::get_letter))
        .layer(middleware::from_fn(own_pages_only))
}
