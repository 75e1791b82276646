//! The published log (C2SP tlog-tiles): a checkpoint that changes, and files that never do. Anyone
//! may fetch and mirror them; nothing in them tells what happened, to whom or of which kind.

mod client;
mod witness;

pub use client::{post, post_bytes, post_with};
pub use witness::{Cosign, serve as serve_witness};

use crate::Site;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// A tile never changes: a year, the most that caches understand.
const FIXED: &str = "public, max-age=31536000, immutable";
/// A checkpoint is replaced each second or so; the specification allows a few.
const MOVING: &str = "public, max-age=2";

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/log/checkpoint", get(checkpoint))
        .route("/log/tile/{*path}", get(tile))
}

async fn checkpoint(State(site): State<Site>) -> Response {
    answer(&site, "checkpoint", "text/plain; charset=utf-8").await
}

async fn tile(State(site): State<Site>, Path(path): Path<String>) -> Response {
    answer(&site, &format!("tile/{path}"), "application/octet-stream").await
}

async fn answer(site: &Site, path: &str, kind: &'static str) -> Response {
    match exchange::journal::file(&site.office, site.witnesses, path).await {
        Ok(Some(file)) => {
            let caching = if file.is_fixed { FIXED } else { MOVING };
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
                (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
                // Pages of others may read the log too: it is made for them.
                (
                    header::ACCESS_CONTROL_ALLOW_ORIGIN,
                    HeaderValue::from_static("*"),
                ),
                (
                    HeaderName::from_static("cross-origin-resource-policy"),
                    HeaderValue::from_static("cross-origin"),
                ),
            ];
            (headers, file.body).into_response()
        }
        Ok(None) => (StatusCode::NOT_FOUND, "no such file in the log\n").into_response(),
        Err(cause) => {
            tracing::error!(error = ?cause, "a file of the log could not be read");
            (StatusCode::SERVICE_UNAVAILABLE, "try again later\n").into_response()
        }
    }
}
