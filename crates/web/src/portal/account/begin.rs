//! A link that works once: it sets the first password, or, for a demonstration, signs in. Reading it
//! spends nothing, so that a program which looks at links in advance does no harm.

use super::enter::raw;
use super::weak;
use crate::Site;
use crate::desk::begin_session;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use exchange::people::begin::{self, Begun, Invited};

#[derive(Template)]
#[template(path = "account/begin.html")]
struct Page<'a> {
    f: &'a Frame,
    faults: Vec<Fault>,
    link: &'a str,
    invited: &'a Invited,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Path(link): Path<String>,
) -> Response {
    match begin::invited(&site.office, &link).await {
        Ok(Some(invited)) => show(&reader, StatusCode::OK, Vec::new(), &link, &invited),
        Ok(None) => gone(&reader),
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    State(site): State<Site>,
    reader: Reader,
    Path(link): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let invited = match begin::invited(&site.office, &link).await {
        Ok(Some(invited)) => invited,
        Ok(None) => return gone(&reader),
        Err(error) => return page::error(&reader, &error),
    };
    if invited.enters {
        return match begin::enter(&site.office, &link).await {
            Ok(Some(secret)) => begin_session(Redirect::to("/supply").into_response(), &secret),
            Ok(None) => gone(&reader),
            Err(error) => page::error(&reader, &error),
        };
    }
    match begin::set_password(&site.office, &link, raw(&fields, "password")).await {
        Ok(Begun::Done(secret)) => {
            begin_session(Redirect::to("/account/enrol").into_response(), &secret)
        }
        Ok(Begun::Weak(why)) => {
            let text = weak(&Frame::new(&reader), why);
            let faults = vec![Fault::new("password", text)];
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(&reader, status, faults, &link, &invited)
        }
        Ok(Begun::Gone) => gone(&reader),
        Err(error) => page::error(&reader, &error),
    }
}

fn gone(reader: &Reader) -> Response {
    let text = Frame::new(reader).t.get("account-gone");
    page::message(StatusCode::NOT_FOUND, reader, "account-gone-title", &text)
}

fn show(
    reader: &Reader,
    status: StatusCode,
    faults: Vec<Fault>,
    link: &str,
    invited: &Invited,
) -> Response {
    let f = Frame::new(reader);
    let page = Page {
        f: &f,
        faults,
        link,
        invited,
    };
    page::answer(status, &f, &page)
}
