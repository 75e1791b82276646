//! The table of a search as a file: exactly the rows that its pages show.

use super::ask::Ask;
use super::list;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::catalog::XLSX;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use credit::people::Action;
use exchange::Error;
use exchange::cases::{self, Form, Found, Sheet};

pub(in crate::portal::cases) async fn get_csv(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let made = file(&site, &clerk, &reader, &ask, Form::Csv).await;
    made.unwrap_or_else(|error| page::error(&reader, &error))
}

pub(in crate::portal::cases) async fn get_xlsx(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let made = file(&site, &clerk, &reader, &ask, Form::Xlsx).await;
    made.unwrap_or_else(|error| page::error(&reader, &error))
}

/// Heads of the columns.
const HEADS: [&str; 10] = [
    "case-number",
    "case-kind",
    "col-standing",
    "case-turn",
    "case-due",
    "case-overdue",
    "case-opened",
    "case-decided",
    "col-theme",
    "col-supplier",
];

async fn file(
    site: &Site,
    clerk: &Clerk,
    reader: &Reader,
    ask: &Ask,
    form: Form,
) -> Result<Response, Error> {
    let who = clerk.actor.acting();
    if who.reach(Action::LegalExport).is_nothing() {
        return Err(Error::Forbidden);
    }
    let f = Frame::new(reader);
    let heads = HEADS.map(|key| f.t.get(key));
    let asked = ask.address("/cases/search", &[]);
    let cells = |one: &Found| cells(site, one, &f);
    let sheet = Sheet {
        form,
        heads: &heads,
        asked: &asked,
        cells: &cells,
    };
    let bytes = cases::export(&site.office, &who, &ask.search()?, &sheet).await?;
    let kind = match form {
        Form::Csv => "text/csv; charset=utf-8",
        Form::Xlsx => XLSX,
    };
    let name = format!("attachment; filename=\"cases.{}\"", form.code());
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

fn cells(site: &Site, one: &Found, f: &Frame) -> Vec<String> {
    let row = list::row(site, &one.line, f);
    let day = |day: jiff::civil::Date| day.to_string();
    let overdue = match row.overdue {
        true => f.t.get("case-overdue"),
        false => String::new(),
    };
    vec![
        row.number,
        row.kind,
        row.state,
        row.turn.to_owned(),
        row.due,
        overdue,
        exchange::office::date_of(one.line.card.opened_at).to_string(),
        one.decided.map(day).unwrap_or_default(),
        row.theme,
        row.supplier,
    ]
}
