//! Rejected rows: where, which rule, the masked value, what is wrong and how to mend it; as a page,
//! and as files that are mended and sent again alone.

use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::catalog::XLSX;
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::lang::Lang;
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::supply::{self, RejectRow};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    after: Option<String>,
}

/// One fault of a row, in the reader's language.
pub(super) struct FaultLine {
    pub(super) item: String,
    pub(super) column: String,
    pub(super) header: String,
    pub(super) rule: String,
    pub(super) value: String,
    pub(super) message: String,
    pub(super) mend: String,
}

struct Row {
    row: u64,
    personal: bool,
    mended: bool,
    /// The submission that mended it first.
    mended_in: String,
    mended_times: u64,
    editable: bool,
    faults: Vec<FaultLine>,
}

#[derive(Template)]
#[template(path = "supply/rejects.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    id: String,
    number: u64,
    rows: Vec<Row>,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Response {
    let f = Frame::new(&reader);
    let after = crate::cursor::after(ask.after.as_deref());
    let read = async {
        let id = SubmissionId::parse(&id).ok_or(exchange::Error::NotFound)?;
        let submission = supply::submission(&site.office, &id).await?;
        clerk.sees(Action::RejectRead, &submission)?;
        let page = supply::rejects(&site.office, &id, after.as_deref()).await?;
        Ok::<_, exchange::Error>((submission, page))
    };
    let (submission, page) = match read.await {
        Ok(read) => read,
        Err(error) => return page::error(&reader, &error),
    };
    let page = Page {
        f: &f,
        clerk: &clerk,
        id: submission.id.to_string(),
        number: submission.number,
        rows: page
            .rows
            .iter()
            .map(|row| shown(row, reader.lang))
            .collect(),
        next: crate::cursor::next(page.next.as_deref()),
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn shown(row: &RejectRow, lang: Lang) -> Row {
    Row {
        row: row.row,
        personal: row.personal,
        mended: row.mended,
        mended_in: row.mended_in.map(|id| id.to_string()).unwrap_or_default(),
        mended_times: row.mended_times,
        editable: row.cells.is_some() && !row.personal,
        faults: faults(row, lang),
    }
}

/// The faults of a kept row.
pub(super) fn faults(row: &RejectRow, lang: Lang) -> Vec<FaultLine> {
    let faults: Vec<Value> = serde_json::from_str(&row.faults).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    faults
        .iter()
        .map(|fault| FaultLine {
            item: text(&fault["item"]),
            column: fault["column"]
                .as_u64()
                .map(|column| column.to_string())
                .unwrap_or_default(),
            header: text(&fault["header"]),
            rule: text(&fault["rule"]),
            value: text(&fault["value"]),
            message: text(&fault["message"][lang.tag()]),
            mend: text(&fault["mend"][lang.tag()]),
        })
        .collect()
}

pub(super) async fn get_csv(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    file(&site, &clerk, &reader, &id, false).await
}

pub(super) async fn get_xlsx(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    file(&site, &clerk, &reader, &id, true).await
}

async fn file(site: &Site, clerk: &Clerk, reader: &Reader, id: &str, xlsx: bool) -> Response {
    let made = async {
        let id = SubmissionId::parse(id).ok_or(exchange::Error::NotFound)?;
        let submission = supply::submission(&site.office, &id).await?;
        clerk.sees(Action::RejectRead, &submission)?;
        supply::rejects_file(&site.office, &[id], xlsx, reader.lang).await
    };
    let made = made.await;
    let (kind, end) = if xlsx {
        (XLSX, "xlsx")
    } else {
        ("text/csv; charset=utf-8", "csv")
    };
    match made {
        Ok(bytes) => {
            let name = format!("attachment; filename=\"rejects-{id}.{end}\"");
            (
                [
                    (header::CONTENT_TYPE, kind.to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                ],
                bytes,
            )
                .into_response()
        }
        Err(error) => page::error(reader, &error),
    }
}
