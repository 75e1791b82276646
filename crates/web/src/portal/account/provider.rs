//! Entering through an OpenID provider: out, and back. The way back comes from another site, so the
//! session's cookie, which is `SameSite=Strict`, is neither sent with it nor needed: the way out left
//! a cookie of its own, and a page of ours stands between.

use super::first_page_of;
use crate::Site;
use crate::desk::{Clerk, Nothing, begin_session, same_origin};
use crate::page::{self, Frame};
use crate::reader::{self, Reader};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{COOKIE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use credit::lang::Lang;
use credit::people::AccountId;
use exchange::Error;
use exchange::people::provider::{self, Came, Claimed};
use serde::Deserialize;

/// Most characters of a code that comes back; providers use 20 to 2,000.
const CODE: usize = 4_096;

/// The title of a provider in the reader's language.
pub(super) fn title(one: &oidc::Settings, lang: Lang) -> String {
    let title = &one.title;
    match lang {
        Lang::Zh => &title.zh,
        Lang::En => &title.en,
        Lang::Ru => &title.ru,
    }
    .clone()
}

#[derive(Template)]
#[template(path = "account/back.html")]
struct Page<'a> {
    f: &'a Frame,
    next: &'static str,
    tied: bool,
}

/// Nobody came in: why, and the way back to the entrance.
#[derive(Template)]
#[template(path = "account/nobody.html")]
struct Nobody<'a> {
    f: &'a Frame,
    why: String,
}

fn nobody(status: StatusCode, reader: &Reader, why: &str) -> Response {
    let f = Frame::new(reader);
    let why = f.t.get(why);
    without_trip(page::answer(status, &f, &Nobody { f: &f, why }))
}

/// Leaves to enter.
pub(super) async fn leave(
    State(site): State<Site>,
    reader: Reader,
    Path(code): Path<String>,
) -> Response {
    out(&site, &reader, &code, None).await
}

/// Leaves to tie one's own account to a provider. Only a page of ours leads here: its reader is
/// asked by the provider who they are, so that nobody else's sign-in there is taken.
pub(super) async fn leave_to_tie(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Response {
    if !same_origin(&headers) {
        return page::error(&reader, &Error::Forbidden);
    }
    out(&site, &reader, &code, Some(clerk.actor.account)).await
}

async fn out(site: &Site, reader: &Reader, code: &str, ties: Option<AccountId>) -> Response {
    let Some(one) = site.providers.get(code) else {
        return page::error(reader, &Error::NotFound);
    };
    let (kept, trip) = provider::leave(&site.office, code, ties);
    let lang = match reader.lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
        Lang::Ru => "ru",
    };
    let (anew, now) = (ties.is_some(), seconds(site));
    match site.providers.leave(one, trip, lang, anew, now).await {
        Ok(url) => {
            let cookie =
                format!("trip={kept}; Path=/account/back; Max-Age=600; HttpOnly; SameSite=Lax");
            with_cookie(Redirect::to(&url).into_response(), &cookie)
        }
        Err(nothing) => failed(reader, &nothing),
    }
}

/// What a provider sends back in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Back {
    code: String,
    state: String,
    iss: String,
    error: String,
}

/// Comes back.
pub(super) async fn back(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(told): Query<Back>,
) -> Response {
    let cookie = reader::value(reader::header(&headers, COOKIE), ';', "trip").unwrap_or_default();
    let trip = provider::back(&site.office, &code, cookie, &told.state);
    let (Some(one), Some((trip, ties))) = (site.providers.get(&code), trip) else {
        return over(&reader, "provider-lost");
    };
    // Another issuer's answer is none of this way's (RFC 9207).
    let foreign = !told.iss.is_empty() && told.iss != one.settings().issuer;
    if foreign || told.code.is_empty() || told.code.len() > CODE {
        let refused = !foreign && !told.error.is_empty();
        return over(
            &reader,
            if refused {
                "provider-refused"
            } else {
                "provider-lost"
            },
        );
    }
    let now = seconds(&site);
    let proven = match site.providers.back(one, trip, told.code, now).await {
        Ok(proven) => proven,
        Err(nothing) => return failed(&reader, &nothing),
    };
    let claimed = Claimed {
        provider: &code,
        issuer: &proven.issuer,
        subject: &proven.subject,
        name: proven.name.as_deref(),
        represents: proven.represents.as_deref(),
        number: proven.number.as_deref(),
        two_factors: proven.two_factors,
    };
    match ties {
        Some(id) => tied(&site, &reader, id, claimed).await,
        None => entered(&site, &reader, claimed).await,
    }
}

async fn entered(site: &Site, reader: &Reader, claimed: Claimed<'_>) -> Response {
    match provider::enter(&site.office, claimed).await {
        Ok(Came::In(secret, kind)) => {
            begin_session(between(reader, first_page_of(kind), false), &secret)
        }
        Ok(Came::Half(secret)) => begin_session(between(reader, "/account/code", false), &secret),
        Ok(Came::Unknown) => over(reader, "provider-unknown"),
        Ok(Came::Shut) => over(reader, "provider-shut"),
        Ok(Came::OneFactor) => over(reader, "provider-one-factor"),
        Err(error) => page::error(reader, &error),
    }
}

async fn tied(site: &Site, reader: &Reader, id: AccountId, claimed: Claimed<'_>) -> Response {
    match provider::tie(&site.office, id, claimed).await {
        Ok(true) => between(reader, "/account", true),
        Ok(false) => over(reader, "provider-taken"),
        Err(error) => page::error(reader, &error),
    }
}

/// Unties one's own account.
pub(super) async fn post_end(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(code): Path<String>,
) -> Response {
    match provider::untie(&site.office, &clerk.actor, &code).await {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

/// The page between another site and ours: from here on the session's cookie is sent.
fn between(reader: &Reader, next: &'static str, tied: bool) -> Response {
    let f = Frame::new(reader);
    let page = Page { f: &f, next, tied };
    without_trip(page::answer(StatusCode::OK, &f, &page))
}

/// The way ended without anybody coming in.
fn over(reader: &Reader, why: &str) -> Response {
    nobody(StatusCode::FORBIDDEN, reader, why)
}

/// The provider could not be asked, or proved nothing. What it said is for whoever runs the site.
fn failed(reader: &Reader, nothing: &Nothing) -> Response {
    let (status, why) = match nothing {
        Nothing::Busy => (StatusCode::SERVICE_UNAVAILABLE, "provider-busy"),
        Nothing::Asked(oidc::Error::Unproven { code, cause }) => {
            tracing::warn!(provider = code, cause, "a provider proved nothing");
            (StatusCode::FORBIDDEN, "provider-unproven")
        }
        Nothing::Asked(error) => {
            tracing::warn!(error = %error, "a provider cannot be asked");
            (StatusCode::SERVICE_UNAVAILABLE, "provider-silent")
        }
    };
    let mut response = nobody(status, reader, why);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let headers = response.headers_mut();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    response
}

fn without_trip(response: Response) -> Response {
    let gone = "trip=; Path=/account/back; Max-Age=0; HttpOnly; SameSite=Lax";
    with_cookie(response, gone)
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn seconds(site: &Site) -> i64 {
    site.office.now().0.div_euclid(1_000_000)
}
