//! The entrance: a name and a password. What is wrong with them is not told apart.

use super::{first_page, provider};
use crate::Site;
use crate::desk::{begin_session, cookie, place};
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of, field};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use exchange::people::enter::{self, Entered};
use exchange::people::session::{self, Open};

#[derive(Template)]
#[template(path = "account/enter.html")]
struct Page<'a> {
    f: &'a Frame,
    faults: Vec<Fault>,
    login: &'a str,
    providers: Vec<(String, String)>,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(State(site): State<Site>, reader: Reader, headers: HeaderMap) -> Response {
    match session::read(&site.office, cookie(&headers)).await {
        Ok(Some(Open::Full(actor))) => Redirect::to(first_page(&actor)).into_response(),
        _ => show(&site, &reader, StatusCode::OK, Vec::new(), ""),
    }
}

pub(super) async fn post(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let (login, given) = (field(&fields, "login"), raw(&fields, "password"));
    let place = place(&site, &headers, &extensions);
    let t = Frame::new(&reader).t;
    let (status, text) = match enter::with_password(&site.office, login, given, &place).await {
        Ok(Entered::In(secret)) => {
            let response = Redirect::to("/account/code").into_response();
            return begin_session(response, &secret);
        }
        Ok(Entered::Wrong) => (StatusCode::FORBIDDEN, t.get("account-enter-wrong")),
        Ok(Entered::Shut(seconds)) => (
            StatusCode::TOO_MANY_REQUESTS,
            t.count("account-shut", seconds),
        ),
        Err(error) => return page::error(&reader, &error),
    };
    show(
        &site,
        &reader,
        status,
        vec![Fault::new("login", text)],
        login,
    )
}

/// A field as it was typed: a password may begin with a space.
pub(super) fn raw<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value.as_str())
}

fn show(
    site: &Site,
    reader: &Reader,
    status: StatusCode,
    faults: Vec<Fault>,
    login: &str,
) -> Response {
    let f = Frame::new(reader);
    let providers = site.providers.settings();
    let page = Page {
        f: &f,
        faults,
        login,
        providers: providers
            .map(|one| (one.code.clone(), provider::title(one, reader.lang)))
            .collect(),
    };
    page::answer(status, &f, &page)
}
