//! The second factor is set: a secret for an authenticator, as a picture and to type in, shown once;
//! a first code that proves it; then the recovery codes, shown once.

use crate::Site;
use crate::desk::{begin_session, cookie};
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of, field};
use crate::qr::Picture;
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use exchange::people::begin::{self, Proven};
use exchange::people::session::{self, Open};
use exchange::people::{Actor, Enrolment};

#[derive(Template)]
#[template(path = "account/enrol.html")]
struct Page<'a> {
    f: &'a Frame,
    faults: Vec<Fault>,
    shown: &'a Enrolment,
    size: usize,
    squares: String,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

#[derive(Template)]
#[template(path = "account/recovery.html")]
struct Recovery<'a> {
    f: &'a Frame,
    codes: &'a [String],
}

pub(super) async fn get(State(site): State<Site>, reader: Reader, headers: HeaderMap) -> Response {
    match enrolling(&site, &reader, &headers).await {
        Ok(actor) => show(&site, &reader, &actor, StatusCode::OK, Vec::new()).await,
        Err(away) => away,
    }
}

pub(super) async fn post(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let actor = match enrolling(&site, &reader, &headers).await {
        Ok(actor) => actor,
        Err(away) => return away,
    };
    match begin::prove(&site.office, &actor, field(&fields, "code")).await {
        Ok(Some(Proven { session, recovery })) => {
            let f = Frame::new(&reader);
            let page = Recovery {
                f: &f,
                codes: &recovery,
            };
            begin_session(page::answer(StatusCode::OK, &f, &page), &session)
        }
        Ok(None) => {
            let text = Frame::new(&reader).t.get("account-enrol-wrong");
            let faults = vec![Fault::new("code", text)];
            show(&site, &reader, &actor, StatusCode::FORBIDDEN, faults).await
        }
        Err(error) => page::error(&reader, &error),
    }
}

async fn enrolling(site: &Site, reader: &Reader, headers: &HeaderMap) -> Result<Actor, Response> {
    match session::read(&site.office, cookie(headers)).await {
        Ok(Some(Open::Enrol(actor))) => Ok(*actor),
        Ok(Some(Open::Full(_))) => Err(Redirect::to("/account").into_response()),
        Ok(_) => Err(Redirect::to("/account/enter").into_response()),
        Err(error) => Err(page::error(reader, &error)),
    }
}

/// Every showing makes a new secret: none is ever shown twice.
async fn show(
    site: &Site,
    reader: &Reader,
    actor: &Actor,
    status: StatusCode,
    faults: Vec<Fault>,
) -> Response {
    let shown = match begin::second_factor(&site.office, actor).await {
        Ok(shown) => shown,
        Err(error) => return page::error(reader, &error),
    };
    let Picture { size, squares } = match Picture::of(&shown.uri) {
        Ok(picture) => picture,
        Err(cause) => {
            let error = exchange::Error::inner("a picture could not be made", cause);
            return page::error(reader, &error);
        }
    };
    let f = Frame::new(reader);
    let page = Page {
        f: &f,
        faults,
        shown: &shown,
        size,
        squares,
    };
    page::answer(status, &f, &page)
}
