//! A subject's cases with their clocks, newest first.

use super::super::{Bar, bar};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::cases::view;
use crate::portal::supply::theme_title;
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::MyAction;
use exchange::people::mandate;
use exchange::{Error, cases};

struct Row {
    id: String,
    number: String,
    kind: String,
    theme: String,
    state: String,
    turn: &'static str,
    due: String,
    overdue: bool,
    opened: String,
}

#[derive(Template)]
#[template(path = "my/cases.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    rows: Vec<Row>,
}

pub(in crate::portal::my) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let f = Frame::new(&reader);
    match made(&site, &clerk, &f, &id).await {
        Ok(page) => page::answer(StatusCode::OK, &f, &page),
        Err(error) => page::error(&reader, &error),
    }
}

async fn made<'a>(
    site: &Site,
    clerk: &'a Clerk,
    f: &'a Frame,
    id: &str,
) -> Result<Page<'a>, Error> {
    let (office, actor, lang) = (&site.office, &clerk.actor, f.t.lang);
    let own = mandate::mine(office, actor, id, MyAction::Cases).await?;
    let mut rows = Vec::new();
    for (card, kind, standing) in cases::own(office, actor, id).await? {
        let id = card.id.to_string();
        rows.push(Row {
            number: view::number(&id),
            id,
            kind: kind.title.get(lang).to_owned(),
            theme: theme_title(&office.catalog, &card.theme, lang),
            state: view::state(&kind, &standing.state, lang),
            turn: view::turn(&standing, lang),
            due: standing.due.map(|day| day.to_string()).unwrap_or_default(),
            overdue: standing.overdue,
            opened: page::moment(card.opened_at.0),
        });
    }
    Ok(Page {
        f,
        clerk,
        bar: bar(site, f, &own, "my-cases").await?,
        rows,
    })
}
