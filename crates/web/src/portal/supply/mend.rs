//! One rejected row mended in place: its cells in a form, sent again through the same door as a
//! file of one row.

use super::rejects::{self, FaultLine};
use crate::Site;
use crate::desk::{Clerk, Jobs};
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::catalog::{Mode, Role, Theme};
use credit::lang::Lang;
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::ingest::{File, Receipt, Request, Told};
use exchange::supply::{self, RejectRow, Submission};
use serde_json::{Map, Value};
use std::sync::Arc;

struct Cell {
    code: String,
    title: String,
    value: String,
    long: bool,
    faults: Vec<FaultLine>,
}

#[derive(Template)]
#[template(path = "supply/mend.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    id: String,
    row: u64,
    cells: Vec<Cell>,
    /// Faults of no single column.
    rest: Vec<FaultLine>,
    again: bool,
    refusal: String,
}

/// The row that is mended, with its submission and theme.
struct Place {
    submission: Submission,
    theme: Arc<Theme>,
    reject: RejectRow,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, row)): Path<(String, u64)>,
) -> Response {
    match place(&site, &clerk, &id, row).await {
        Ok(place) => {
            let faults = rejects::faults(&place.reject, reader.lang);
            let shown = Shown::first(values(&place.reject), faults);
            show(&reader, &clerk, &place, shown)
        }
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, row)): Path<(String, u64)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let place = match place(&site, &clerk, &id, row).await {
        Ok(place) => place,
        Err(error) => return page::error(&reader, &error),
    };
    let values = typed(&place.theme, &fields);
    let shown = match send(&site, &clerk, &place, &values).await {
        Ok(receipt) if receipt.counts.rejected == 0 => {
            return Redirect::to(&format!("/supply/submissions/{}", receipt.id)).into_response();
        }
        Ok(receipt) => Shown::again(values, still_wrong(&site, &receipt, reader.lang).await),
        Err(exchange::Error::File(refusal)) => Shown::refused(values, refusal.message(reader.lang)),
        Err(error) => return page::error(&reader, &error),
    };
    show(&reader, &clerk, &place, shown)
}

/// What was typed, item by item.
fn typed(theme: &Theme, fields: &[(String, String)]) -> Vec<String> {
    let items = theme.items.iter();
    items
        .map(|item| super::field(fields, &format!("c-{}", item.code)).to_owned())
        .collect()
}

/// What is wrong with the row that was sent again.
async fn still_wrong(site: &Site, receipt: &Receipt, lang: Lang) -> Vec<FaultLine> {
    let again = supply::rejects(&site.office, &receipt.id, None).await;
    let row = again.ok().and_then(|page| page.rows.into_iter().next());
    row.map(|row| rejects::faults(&row, lang))
        .unwrap_or_default()
}

/// Finds the row. A person's row has no cells here, and there is nothing to mend in place.
async fn place(site: &Site, clerk: &Clerk, id: &str, row: u64) -> Result<Place, exchange::Error> {
    let missing = || exchange::Error::NotFound;
    let id = SubmissionId::parse(id).ok_or_else(missing)?;
    let submission = supply::submission(&site.office, &id).await?;
    clerk.sees(Action::RejectMend, &submission)?;
    let catalog = &site.office.catalog;
    let theme = catalog
        .edition(&submission.theme, &submission.theme_version)
        .ok_or_else(missing)?;
    // Rows are in order and the cursor is the last row shown.
    let before = row.checked_sub(1).ok_or_else(missing)?.to_string();
    let page = supply::rejects(&site.office, &id, Some(&before)).await?;
    let reject = page
        .rows
        .into_iter()
        .find(|reject| reject.row == row && !reject.personal);
    let reject = reject
        .filter(|reject| reject.cells.is_some())
        .ok_or_else(missing)?;
    Ok(Place {
        theme: Arc::clone(theme),
        submission,
        reject,
    })
}

fn values(reject: &RejectRow) -> Vec<String> {
    let cells = reject.cells.as_deref().unwrap_or_default();
    serde_json::from_str(cells).unwrap_or_default()
}

/// Sends the row alone, under the terms of its submission; a row never stands for a whole snapshot.
async fn send(
    site: &Site,
    clerk: &Clerk,
    place: &Place,
    values: &[String],
) -> Result<Receipt, exchange::Error> {
    let mut record = Map::new();
    for (item, value) in place.theme.items.iter().zip(values) {
        if item.role != Role::PersonIdentifier {
            record.insert(item.code.clone(), Value::String(value.clone()));
        }
    }
    let body = Value::Array(vec![Value::Object(record)]).to_string();
    let name = format!(
        "mended-{}-{}.json",
        place.submission.number, place.reject.row
    );
    let Some(seat) = site.desk.jobs.seat() else {
        return Err(busy());
    };
    let request = Request {
        theme: place.submission.theme.clone(),
        supplier: Some(place.submission.supplier.clone()),
        mode: Some(Mode::Delta),
        date: Some(place.submission.date),
        file: File::bytes(&name, body.into_bytes()),
        told: Told {
            officer: Some(clerk.officer.name().to_owned()),
            mends: Some((place.submission.id, place.reject.row)),
            ..Told::default()
        },
    };
    Jobs::run(site, request, seat)
        .await
        .unwrap_or_else(|| Err(busy()))
}

fn busy() -> exchange::Error {
    exchange::Error::request(
        "正在处理的文件太多，请稍后再试。",
        "Too many files are under way; try again in a moment.",
        "Обрабатывается слишком много файлов; повторите чуть позже.",
    )
}

/// What the form shows: the values to mend, what is wrong with them, and what came of a try.
struct Shown {
    values: Vec<String>,
    faults: Vec<FaultLine>,
    again: bool,
    refusal: String,
}

impl Shown {
    /// The row as it was rejected.
    fn first(values: Vec<String>, faults: Vec<FaultLine>) -> Shown {
        Shown {
            again: false,
            ..Shown::again(values, faults)
        }
    }

    /// The row as it was typed and rejected once more.
    fn again(values: Vec<String>, faults: Vec<FaultLine>) -> Shown {
        Shown {
            values,
            faults,
            again: true,
            refusal: String::new(),
        }
    }

    /// The row as it was typed, with why nothing of it was read.
    fn refused(values: Vec<String>, refusal: String) -> Shown {
        Shown {
            refusal,
            ..Shown::again(values, Vec::new())
        }
    }
}

fn show(reader: &Reader, clerk: &Clerk, place: &Place, shown: Shown) -> Response {
    let f = Frame::new(reader);
    let Shown {
        values,
        faults,
        again,
        refusal,
    } = shown;
    let status = if again {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let (cells, rest) = cells(&place.theme, &values, faults, reader.lang);
    let page = Page {
        f: &f,
        clerk,
        id: place.submission.id.to_string(),
        row: place.reject.row,
        cells,
        rest,
        again,
        refusal,
    };
    page::answer(status, &f, &page)
}

/// A cell for every item that may be written, each with its own faults; and the faults of none.
fn cells(
    theme: &Theme,
    values: &[String],
    faults: Vec<FaultLine>,
    lang: Lang,
) -> (Vec<Cell>, Vec<FaultLine>) {
    let mut cells: Vec<Cell> = Vec::new();
    for (ix, item) in theme.items.iter().enumerate() {
        if item.role == Role::PersonIdentifier {
            continue;
        }
        let value = values.get(ix).cloned().unwrap_or_default();
        cells.push(Cell {
            code: item.code.clone(),
            title: item.title.get(lang).to_owned(),
            long: item.free_text || value.chars().count() > 60,
            value,
            faults: Vec::new(),
        });
    }
    let mut rest = Vec::new();
    for fault in faults {
        match cells.iter_mut().find(|cell| cell.code == fault.item) {
            Some(cell) => cell.faults.push(fault),
            None => rest.push(fault),
        }
    }
    (cells, rest)
}
