//! Requests that machines sign. The check stands before every route: a request that bears a signature
//! either shows that it fits or goes no further, and its content is compared while it is read, so
//! that no handler acts on other bytes than were signed.

use crate::Site;
use crate::problem::Problem;
use crate::reader::{self, Reader};
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use exchange::people::Actor;
use exchange::people::signed::{self, Content, Message, Refusal};
use futures_util::{StreamExt, stream};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Fields of a request that a signature is looked for in: a request has some twenty.
const FIELDS: usize = 128;

/// A machine at the API: by its signature, or by the key that it sends.
pub(crate) struct Machine(pub(crate) Actor);

/// Who signed; only [`check`] can say so.
#[derive(Clone)]
struct Signer(Actor);

/// Signed requests that were refused, by reason.
#[derive(Default)]
pub(crate) struct Refused([AtomicU64; Refusal::ALL.len()]);

impl Refused {
    fn count(&self, why: Refusal) {
        let place = Refusal::ALL.iter().position(|one| *one == why);
        if let Some(count) = place.and_then(|place| self.0.get(place)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        tracing::warn!(
            signature.refused = why.code(),
            "a signed request was refused"
        );
    }

    /// The counters as Prometheus text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::from(
            "# HELP gongxin_signatures_refused_total Signed requests that were refused, by reason.\n\
             # TYPE gongxin_signatures_refused_total counter\n",
        );
        for (why, count) in Refusal::ALL.iter().zip(&self.0) {
            let (why, count) = (why.code(), count.load(Ordering::Relaxed));
            // Writing to a string does not fail.
            let _written = writeln!(
                text,
                "gongxin_signatures_refused_total{{reason=\"{why}\"}} {count}"
            );
        }
        text
    }
}

impl FromRequestParts<Site> for Machine {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Machine, Problem> {
        let lang = Reader::of(&parts.uri, &parts.headers).lang;
        if let Some(Signer(actor)) = parts.extensions.get::<Signer>() {
            return Ok(Machine(actor.clone()));
        }
        let found = site.bearer(&parts.headers).await;
        let found = found.map_err(|error| Problem::of(&error, lang))?;
        found.map(Machine).ok_or_else(|| nobody(lang))
    }
}

/// Stands before all routes. A request without a signature passes as it is.
pub(crate) async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    if !headers.contains_key("signature-input") && !headers.contains_key("signature") {
        return next.run(request).await;
    }
    let lang = Reader::of(request.uri(), headers).lang;
    let (mut parts, body) = request.into_parts();
    let passed = match read(&site, &parts).await {
        Ok(Ok(passed)) => passed,
        Ok(Err(why)) => return refuse(&site, why, lang),
        Err(error) => return Problem::of(&error, lang).into_response(),
    };
    parts.extensions.insert(Signer(passed.actor));
    let other = Arc::new(AtomicBool::new(false));
    let body = watched(body.into_data_stream(), passed.content, Arc::clone(&other));
    let response = next.run(Request::from_parts(parts, body)).await;
    if other.load(Ordering::Relaxed) {
        refuse(&site, Refusal::Content, lang)
    } else {
        response
    }
}

async fn read(
    site: &Site,
    parts: &Parts,
) -> Result<Result<signed::Passed, Refusal>, exchange::Error> {
    let mut fields = Vec::with_capacity(parts.headers.len());
    for (name, value) in parts.headers.iter().take(FIELDS) {
        // A field that is no text cannot be covered; one that is covered and no text is missing then.
        fields.extend(value.to_str().ok().map(|value| (name.as_str(), value)));
    }
    let host = reader::header(&parts.headers, header::HOST);
    let told = parts.uri.authority().map_or(host, |told| told.as_str());
    let scheme = if site.behind_tls { "https" } else { "http" };
    let own = site.address.as_deref();
    let (scheme, authority) =
        own.map_or((scheme, told), |own| (own.scheme, own.authority.as_str()));
    let message = Message {
        method: parts.method.as_str(),
        scheme,
        authority,
        path: parts.uri.path(),
        query: parts.uri.query(),
        fields: &fields,
    };
    signed::read(&site.office, &message).await
}

/// The content, which ends in an error where it is not the one that was signed.
fn watched(body: BodyDataStream, content: Content, other: Arc<AtomicBool>) -> Body {
    let begin = (body, content, other);
    Body::from_stream(stream::try_unfold(
        begin,
        |(mut body, mut content, other)| async move {
            match body.next().await {
                Some(piece) => {
                    let piece: Bytes = piece?;
                    content.take(&piece);
                    Ok(Some((piece, (body, content, other))))
                }
                None if content.fits() => Ok(None),
                None => {
                    other.store(true, Ordering::Relaxed);
                    Err(axum::Error::new(Refusal::Content))
                }
            }
        },
    ))
}

fn refuse(site: &Site, why: Refusal, lang: credit::lang::Lang) -> Response {
    site.desk.refused.count(why);
    nobody(lang).into_response()
}

/// One answer for all that does not show who it is.
fn nobody(lang: credit::lang::Lang) -> Problem {
    Problem::known(StatusCode::UNAUTHORIZED, "unauthorised", lang)
}
