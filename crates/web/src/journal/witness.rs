//! The address of a witness (C2SP tlog-witness): `POST /add-checkpoint`. The witness itself, with its
//! key and its memory, is given as a function; here stand only requests and statuses.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use exchange::journal::Refusal;
use std::future::Future;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Answers a request with signature lines, or refuses it. A failure of its own memory is `None`.
pub type Cosign = Arc<dyn Fn(&[u8]) -> Option<Result<String, Refusal>> + Send + Sync>;

/// Serves a witness until `stop` resolves.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    cosign: Cosign,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router(cosign))
        .with_graceful_shutdown(stop)
        .await
}

fn router(cosign: Cosign) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add))
        .route("/healthz", get(async || "ok\n"))
        .layer(DefaultBodyLimit::max(exchange::journal::REQUEST_BYTES))
        .with_state(cosign)
}

async fn add(State(cosign): State<Cosign>, body: Bytes) -> Response {
    let done = tokio::task::spawn_blocking(move || cosign(&body)).await;
    match done {
        Ok(Some(Ok(lines))) => lines.into_response(),
        Ok(Some(Err(refusal))) => refused(refusal),
        Ok(None) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The statuses of the specification.
fn refused(refusal: Refusal) -> Response {
    let status = match refusal {
        Refusal::Form => StatusCode::BAD_REQUEST,
        Refusal::Unknown => StatusCode::NOT_FOUND,
        Refusal::Unsigned => StatusCode::FORBIDDEN,
        Refusal::Stale(size) => {
            let kind = [(header::CONTENT_TYPE, "text/x.tlog.size")];
            return (StatusCode::CONFLICT, kind, format!("{size}\n")).into_response();
        }
        Refusal::Forked => StatusCode::CONFLICT,
        Refusal::Inconsistent => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, format!("{refusal}\n")).into_response()
}
