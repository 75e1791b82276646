//! A new account: a person with a role, or a machine. The link is shown once.

use super::account::Offered;
use super::link;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of, field};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::{AccountId, AccountKind, Action};
use exchange::Error;
use exchange::people::{self, By, Person, Secret};

type Fields = [(String, String)];

#[derive(Template)]
#[template(path = "people/new.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    offered: Offered,
    fields: &'a Fields,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }

    /// What was typed, to be kept when something is wrong with it.
    fn typed(&self, name: &str) -> &str {
        field(self.fields, name)
    }
}

/// A link that is shown once.
#[derive(Template)]
#[template(path = "people/link.html")]
pub(super) struct Linked<'a> {
    pub(super) f: &'a Frame,
    pub(super) clerk: &'a Clerk,
    pub(super) id: String,
    pub(super) link: String,
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    match clerk.must(Action::PeopleMove) {
        Ok(()) => show(&site, &reader, &clerk, StatusCode::OK, Vec::new(), &[]),
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if let Err(error) = clerk.must(Action::PeopleMove) {
        return page::error(&reader, &error);
    }
    match made(&site, &clerk, &fields).await {
        Ok((id, None)) => Redirect::to(&format!("/people/{id}")).into_response(),
        Ok((id, Some(secret))) => {
            let f = Frame::new(&reader);
            let page = Linked {
                f: &f,
                clerk: &clerk,
                id: id.to_string(),
                link: link(&site, &headers, &secret),
            };
            page::answer(StatusCode::OK, &f, &page)
        }
        Err(error @ Error::Request(_)) => {
            let faults = vec![Fault::new("login", error.message(reader.lang))];
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show(&site, &reader, &clerk, status, faults, &fields)
        }
        Err(error) => page::error(&reader, &error),
    }
}

async fn made(
    site: &Site,
    clerk: &Clerk,
    fields: &Fields,
) -> Result<(AccountId, Option<Secret>), Error> {
    let kind = match field(fields, "kind") {
        "machine" => AccountKind::Machine,
        _ => AccountKind::Officer,
    };
    let person = Person {
        login: field(fields, "login").to_owned(),
        name: field(fields, "name").to_owned(),
    };
    let to = [super::act::appointment(fields)?];
    let by = By {
        account: Some(clerk.actor.account),
        reason: field(fields, "reason"),
    };
    people::add(&site.office, kind, &person, &to, by).await
}

fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    status: StatusCode,
    faults: Vec<Fault>,
    fields: &Fields,
) -> Response {
    let f = Frame::new(reader);
    let page = Page {
        f: &f,
        clerk,
        faults,
        offered: Offered::of(site, reader.lang),
        fields,
    };
    page::answer(status, &f, &page)
}
