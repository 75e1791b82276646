//! The second factor: a one-time code, or a recovery code where the authenticator is lost.

use super::first_page;
use crate::Site;
use crate::desk::{begin_session, cookie, place};
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of, field};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use exchange::people::Actor;
use exchange::people::enter::{self, Entered};
use exchange::people::session::{self, Open};

#[derive(Template)]
#[template(path = "account/code.html")]
struct Page<'a> {
    f: &'a Frame,
    faults: Vec<Fault>,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(State(site): State<Site>, reader: Reader, headers: HeaderMap) -> Response {
    match half(&site, &reader, &headers).await {
        Ok(_) => show(&reader, StatusCode::OK, Vec::new()),
        Err(away) => away,
    }
}

pub(super) async fn post(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let actor = match half(&site, &reader, &headers).await {
        Ok(actor) => actor,
        Err(away) => return away,
    };
    let place = place(&site, &headers, &extensions);
    let t = Frame::new(&reader).t;
    let given = field(&fields, "code");
    let (status, text) = match enter::with_code(&site.office, &actor, given, &place).await {
        Ok(Entered::In(secret)) => {
            let response = Redirect::to(first_page(&actor)).into_response();
            return known(&site, &actor, begin_session(response, &secret));
        }
        Ok(Entered::Wrong) => (StatusCode::FORBIDDEN, t.get("account-code-wrong")),
        Ok(Entered::Shut(seconds)) => (
            StatusCode::TOO_MANY_REQUESTS,
            t.count("account-shut", seconds),
        ),
        Err(error) => return page::error(&reader, &error),
    };
    show(&reader, status, vec![Fault::new("code", text)])
}

/// The account whose password was right; else where to go.
async fn half(site: &Site, reader: &Reader, headers: &HeaderMap) -> Result<Actor, Response> {
    match session::read(&site.office, cookie(headers)).await {
        Ok(Some(Open::Half(actor))) => Ok(*actor),
        Ok(Some(Open::Full(actor))) => Err(Redirect::to(first_page(&actor)).into_response()),
        Ok(_) => Err(Redirect::to("/account/enter").into_response()),
        Err(error) => Err(page::error(reader, &error)),
    }
}

/// Marks the browser as one in which the account signed in: its tries are counted by themselves.
fn known(site: &Site, actor: &Actor, mut response: Response) -> Response {
    let mark = enter::device(&site.office, &actor.person.login);
    let cookie =
        format!("device={mark}; Path=/account; Max-Age=31536000; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn show(reader: &Reader, status: StatusCode, faults: Vec<Fault>) -> Response {
    let f = Frame::new(reader);
    page::answer(status, &f, &Page { f: &f, faults })
}
