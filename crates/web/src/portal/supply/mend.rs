//! One rejected row mended in place: its cells in a form, sent again through the same door as a
//! file of one row.

use super::form::{self, Cell, Shown, busy, typed};
use super::rejects::{self, FaultLine};
use crate::Site;
use crate::desk::{Clerk, Jobs};
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use credit::catalog::Theme;
use credit::lang::Lang;
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::ingest::{Receipt, Told};
use exchange::supply::{self, RejectRow, Submission};
use std::sync::Arc;

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
    head: String,
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
    let name = format!(
        "mended-{}-{}.json",
        place.submission.number, place.reject.row
    );
    let Some(seat) = site.desk.jobs.seat() else {
        return Err(busy());
    };
    let terms = form::Terms {
        theme: &place.theme,
        supplier: &place.submission.supplier,
        date: Some(place.submission.date),
        name: &name,
    };
    let told = Told {
        officer: Some(clerk.officer.name().to_owned()),
        mends: Some((place.submission.id, place.reject.row)),
        ..Told::default()
    };
    let request = form::request(&terms, values, told);
    Jobs::run(site, request, seat)
        .await
        .unwrap_or_else(|| Err(busy()))
}

fn show(reader: &Reader, clerk: &Clerk, place: &Place, shown: Shown) -> Response {
    let f = Frame::new(reader);
    let status = shown.status();
    let head = f.t.get(if shown.again {
        "mend-again"
    } else {
        "mend-wrong"
    });
    let (cells, rest) = form::cells(&place.theme, &shown.values, shown.faults, &f);
    let page = Page {
        f: &f,
        clerk,
        id: place.submission.id.to_string(),
        row: place.reject.row,
        cells,
        rest,
        head,
        refusal: shown.refusal,
    };
    page::answer(status, &f, &page)
}
