//! Styles, the icon and the small script, from inside the program.

use crate::Site;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use credit::lang::Lang;

#[derive(rust_embed::Embed)]
#[folder = "assets"]
struct Files;

pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/assets/{name}", get(file))
}

async fn file(State(site): State<Site>, headers: HeaderMap, Path(name): Path<String>) -> Response {
    let Some(file) = Files::get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    crate::etag::answer(
        &site,
        &headers,
        Lang::default(),
        kind,
        file.data.into_owned(),
    )
}
