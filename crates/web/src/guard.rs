//! What stands around every route: request ids, limits, security headers, counters, and a last
//! catch that turns a defect into a plain error instead of a broken connection.

mod plain;
mod rate;

use self::rate::Rate;
use crate::reader::Reader;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use credit::limits::FORM_BYTES;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;

/// Verifications a minute: an office that holds many prints against the register asks some ten from one
/// address; each is a read of one subject, and 600 of them take a second of one processor.
const VERIFY: (u32, u32) = (30, 600);
/// Signed copies a minute: each costs a signature, a write of the store, and 40 kB that are kept; 120 a
/// minute all year would be 2.5 TB, and are surely an attack.
const ISSUE: (u32, u32) = (10, 120);
/// Files that are verified at once: 2 × [`exchange::report::file::FILE_BYTES`] = 48 MiB at most.
const FILES: usize = 2;

/// Limits of what costs more than a page.
#[derive(Debug)]
pub(crate) struct Limits {
    /// Verifications.
    pub(crate) verify: Rate,
    /// Signed copies.
    pub(crate) issue: Rate,
    /// Seats for files that are verified.
    pub(crate) files: Semaphore,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            verify: Rate::new(VERIFY.0, VERIFY.1),
            issue: Rate::new(ISSUE.0, ISSUE.1),
            files: Semaphore::new(FILES),
        }
    }
}

/// No script of others, no frame, no form that leaves.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; \
                      base-uri 'none'";

/// Counters for `/metrics`: requests by class of status.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    classes: [AtomicU64; 6],
    refused: [AtomicU64; REFUSED.len()],
    serial: AtomicU64,
}

/// Kinds of refusals, by the status that says so. Nothing of who was refused is counted or logged.
const REFUSED: [(u16, &str); 10] = [
    (400, "malformed"),
    (401, "unauthorised"),
    (403, "forbidden"),
    (405, "method"),
    (408, "slow"),
    (413, "large"),
    (415, "media-type"),
    (422, "content"),
    (429, "often"),
    (503, "unavailable"),
];

impl Metrics {
    fn count(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100).min(5);
        if let Some(count) = self.classes.get(class) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        let kind = REFUSED
            .iter()
            .position(|(refused, _)| *refused == status.as_u16());
        if let Some(count) = kind.and_then(|kind| self.refused.get(kind)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The counters as Prometheus text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from(
            "# HELP gongxin_http_requests_total Requests by class of status.\n\
             # TYPE gongxin_http_requests_total counter\n",
        );
        for (class, count) in self.classes.iter().enumerate().skip(1) {
            let count = count.load(Ordering::Relaxed);
            text.push_str(&format!(
                "gongxin_http_requests_total{{class=\"{class}xx\"}} {count}\n"
            ));
        }
        text.push_str(
            "# HELP gongxin_http_refused_total Requests that were refused, by kind.\n\
             # TYPE gongxin_http_refused_total counter\n",
        );
        for ((_, kind), count) in REFUSED.iter().zip(&self.refused) {
            let count = count.load(Ordering::Relaxed);
            text.push_str(&format!(
                "gongxin_http_refused_total{{kind=\"{kind}\"}} {count}\n"
            ));
        }
        text
    }
}

/// Puts the guards around all routes. Behind TLS every cookie is `Secure` and the browser is told to
/// come back by TLS only.
pub(crate) fn around(routes: Router, metrics: Arc<Metrics>, behind_tls: bool) -> Router {
    // Below a kilobyte compression costs more than it saves.
    let worth = SizeAbove::new(1_024)
        .and(NotForContentType::new("application/pdf"))
        .and(NotForContentType::new("application/vnd.openxmlformats"))
        .and(NotForContentType::IMAGES);
    routes
        .layer(axum::Extension(Arc::clone(&metrics)))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            Duration::from_secs(120),
        ))
        .layer(CompressionLayer::new().compress_when(worth))
        .layer(middleware::from_fn(move |request, next| {
            let metrics = Arc::clone(&metrics);
            async move {
                let mut response = dress(metrics, request, next).await;
                if behind_tls {
                    secure(response.headers_mut());
                }
                response
            }
        }))
}

/// Headers of every answer, with what each is for.
const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    // Other sites learn nothing; our own forms must say where they come from.
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    // No page of others shares a window with one of ours.
    ("cross-origin-opener-policy", "same-origin"),
    // Nothing here needs a camera, a microphone or a place.
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=()",
    ),
];

/// Marks every cookie `Secure`; a year of TLS only.
fn secure(headers: &mut HeaderMap) {
    let cookies: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .cloned()
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in cookies {
        let marked = cookie
            .to_str()
            .ok()
            .and_then(|text| HeaderValue::from_str(&format!("{text}; Secure")).ok());
        // INVARIANT: our cookies are ASCII, so the mark always fits; an unmarked one is not sent.
        if let Some(marked) = marked {
            headers.append(header::SET_COOKIE, marked);
        }
    }
    headers.insert(
        header::STRICT_TRANSPORT_SECURITY,
        HeaderValue::from_static("max-age=31536000"),
    );
}

/// Gives the answer its request id and headers, and counts it. The id is a running number: nothing
/// can be learnt from it and nothing collides within a process.
async fn dress(metrics: Arc<Metrics>, request: Request, next: Next) -> Response {
    let serial = metrics.serial.fetch_add(1, Ordering::Relaxed);
    let (uri, accepted) = (request.uri().clone(), plain::kept(request.headers()));
    let mut response = next.run(request).await;
    metrics.count(response.status());
    if plain::is_foreign(&response, uri.path()) {
        response = plain::mended(response, uri.path(), &Reader::of(&uri, &accepted));
    }
    if response.status().is_server_error() {
        tracing::error!(
            request = serial,
            status = response.status().as_u16(),
            "a request failed"
        );
    }
    if response.status().is_client_error() {
        let status = response.status().as_u16();
        tracing::info!(request = serial, status, "a request was refused");
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A route that is made for other sites (open interfaces) may have said otherwise itself.
        if !headers.contains_key(name) {
            headers.insert(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
    }
    if let Ok(value) = HeaderValue::from_str(&format!("r{serial:08x}")) {
        headers.insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}
