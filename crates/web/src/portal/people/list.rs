//! Accounts, oldest first. A name to sign in with is found when it is given whole; there is no search
//! over people.

use super::name_of;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::supplier_title;
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::Action;
use exchange::Error;
use exchange::people::{self, Account};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    login: String,
    after: Option<String>,
}

struct Row {
    id: String,
    name: String,
    login: String,
    kind: String,
    state: String,
    roles: Vec<String>,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    login: &'a str,
    missed: bool,
    rows: Vec<Row>,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let f = Frame::new(&reader);
    if let Err(error) = clerk.must(Action::PeopleList) {
        return page::error(&reader, &error);
    }
    let mut missed = false;
    if !ask.login.trim().is_empty() {
        match people::find(&site.office, &ask.login).await {
            Ok(found) => return Redirect::to(&format!("/people/{}", found.id)).into_response(),
            Err(Error::NotFound) => missed = true,
            Err(error) => return page::error(&reader, &error),
        }
    }
    let after = crate::cursor::after(ask.after.as_deref());
    let found = match people::list(&site.office, after.as_deref()).await {
        Ok(found) => found,
        Err(error) => return page::error(&reader, &error),
    };
    let page = Page {
        f: &f,
        clerk: &clerk,
        login: &ask.login,
        missed,
        rows: found.rows.iter().map(|one| row(&site, one, &f)).collect(),
        next: crate::cursor::next(found.next.as_deref()),
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn row(site: &Site, one: &Account, f: &Frame) -> Row {
    let today = site.office.today();
    let held = one.appointments.iter().filter(|each| each.until >= today);
    let catalog = &site.office.catalog;
    Row {
        id: one.id.to_string(),
        name: name_of(one),
        login: one
            .person
            .as_ref()
            .map(|person| person.login.clone())
            .unwrap_or_default(),
        kind: f.t.get(&format!("people-kind-{}", one.kind.code())),
        state: f.t.get(&format!("people-state-{}", one.state.code())),
        roles: held
            .map(|each| {
                let agency = supplier_title(catalog, &each.agency, f.t.lang);
                format!("{} · {agency}", each.role.title(f.t.lang))
            })
            .collect(),
    }
}
