//! For whom one acts.

use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use credit::lang::Lang;
use credit::people::{Mandate, MyAction, tasks};
use exchange::Error;
use exchange::people::mandate;

struct Row {
    id: String,
    subject: String,
    role: String,
    tasks: Vec<&'static str>,
    until: String,
    looks: bool,
    file: bool,
    export: bool,
}

#[derive(Template)]
#[template(path = "my/home.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    let f = Frame::new(&reader);
    match rows(&site, &clerk, &f).await {
        Ok(rows) => {
            let page = Page {
                f: &f,
                clerk: &clerk,
                rows,
            };
            page::answer(StatusCode::OK, &f, &page)
        }
        Err(error) => page::error(&reader, &error),
    }
}

async fn rows(site: &Site, clerk: &Clerk, f: &Frame) -> Result<Vec<Row>, Error> {
    let today = site.office.today();
    let mut rows = Vec::new();
    for own in mandate::held(&site.office, &clerk.actor).await? {
        rows.push(Row {
            id: own.id.to_string(),
            subject: super::subject(site, &own, f).await?,
            role: match own.is_own() {
                true => f.t.get("my-self-role"),
                false => own.role.title(f.t.lang).to_owned(),
            },
            tasks: titles(&own, f.t.lang),
            until: own.until.to_string(),
            looks: own.allows(MyAction::Looks, today),
            file: own.allows(MyAction::File, today),
            export: own.allows(MyAction::Export, today),
        });
    }
    Ok(rows)
}

/// The titles of a clerk's tasks.
pub(super) fn titles(own: &Mandate, lang: Lang) -> Vec<&'static str> {
    let given = own.tasks.iter();
    given
        .filter_map(|code| tasks().iter().find(|task| task.code == *code))
        .map(|task| task.title(lang))
        .collect()
}
