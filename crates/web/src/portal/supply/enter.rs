//! The entrance: the desk's code, and who comes in.

use super::{Fault, fault_of, field};
use crate::Site;
use crate::desk::{Clerk, Door};
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use policy::Officer;

#[derive(Template)]
#[template(path = "supply/enter.html")]
struct Page<'a> {
    f: &'a Frame,
    faults: Vec<Fault>,
    officer: &'a str,
    agency: &'a str,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(reader: Reader) -> Response {
    show(&reader, StatusCode::OK, Vec::new(), "", "")
}

pub(super) async fn post(
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let t = Frame::new(&reader).t;
    let (name, agency) = (field(&fields, "officer"), field(&fields, "agency"));
    let mut faults = Vec::new();
    let officer = Officer::parse(name, agency).ok();
    if officer.is_none() {
        let one = |field, text: &str| (text.is_empty() || text.len() > 120).then_some(field);
        let missing = one("officer", name)
            .or(one("agency", agency))
            .unwrap_or("officer");
        faults.push(Fault::new(missing, t.get("enter-who-missing")));
    }
    let door = site.door(field(&fields, "code")).await;
    match door {
        Door::Open => {}
        Door::Wrong => faults.push(Fault::new("code", t.get("enter-code-wrong"))),
        Door::Shut => faults.push(Fault::new("code", t.get("enter-code-shut"))),
    }
    match officer {
        Some(officer) if faults.is_empty() => come_in(&site, Clerk { officer }),
        _ if door == Door::Shut => {
            show(&reader, StatusCode::TOO_MANY_REQUESTS, faults, name, agency)
        }
        _ => show(&reader, StatusCode::FORBIDDEN, faults, name, agency),
    }
}

pub(super) async fn post_leave() -> Response {
    let mut response = Redirect::to("/supply/enter").into_response();
    response
        .headers_mut()
        .append(header::SET_COOKIE, HeaderValue::from_static(Clerk::NONE));
    response
}

fn come_in(site: &Site, clerk: Clerk) -> Response {
    let mut response = Redirect::to("/supply").into_response();
    if let Ok(cookie) = HeaderValue::from_str(&clerk.cookie(site)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn show(
    reader: &Reader,
    status: StatusCode,
    faults: Vec<Fault>,
    officer: &str,
    agency: &str,
) -> Response {
    let f = Frame::new(reader);
    page::answer(
        status,
        &f,
        &Page {
            f: &f,
            faults,
            officer,
            agency,
        },
    )
}
