//! `/healthz`: the process lives. `/readyz`: the store answers. `/metrics`: counters.

use crate::Site;
use crate::guard::Metrics;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use std::sync::Arc;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

async fn alive() -> &'static str {
    "ok\n"
}

async fn ready(State(site): State<Site>) -> Response {
    match exchange::browse::ready(&site.office).await {
        Ok(()) => "ready\n".into_response(),
        Err(cause) => {
            tracing::error!(error = ?cause, "the store does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the store does not answer\n",
            )
                .into_response()
        }
    }
}

async fn metrics(
    State(site): State<Site>,
    Extension(metrics): Extension<Arc<Metrics>>,
) -> Response {
    let mut text = metrics.text();
    text.push_str(&site.desk.refused.text());
    text.push_str(
        "# HELP gongxin_store_transactions_total Transactions by name and end.\n\
         # TYPE gongxin_store_transactions_total counter\n",
    );
    for (name, count) in exchange::browse::transactions(&site.office) {
        for (end, number) in [
            ("committed", count.committed),
            ("failed", count.failed),
            ("retried", count.retried),
        ] {
            text.push_str(&format!(
                "gongxin_store_transactions_total{{name=\"{name}\",end=\"{end}\"}} {number}\n"
            ));
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
