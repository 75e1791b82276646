//! What was sent in error is taken back, and a recall undone: a page that says what will happen, one
//! reason, one button; the receipt of the move follows.

use super::{Fault, fault_of, field, supplier_title, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::Error;
use exchange::ingest::{self, Recall, What};
use exchange::supply::{self, Submission};

#[derive(Template)]
#[template(path = "supply/recall.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    id: String,
    number: u64,
    file: &'a str,
    theme: String,
    supplier: String,
    /// A recall is undone here.
    undo: bool,
    row: &'a str,
    reason: &'a str,
    faults: Vec<Fault>,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

/// A submission that the account may take back.
async fn own(site: &Site, clerk: &Clerk, id: &str) -> Result<Submission, Error> {
    let id = SubmissionId::parse(id).ok_or(Error::NotFound)?;
    let submission = supply::submission(&site.office, &id).await?;
    clerk.sees(Action::SubmissionRecall, &submission)?;
    Ok(submission)
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    match own(&site, &clerk, &id).await {
        Ok(one) => show(&site, &reader, &clerk, &one, &[], Vec::new()).await,
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let one = match own(&site, &clerk, &id).await {
        Ok(one) => one,
        Err(error) => return page::error(&reader, &error),
    };
    let what = match (is_recall(&site, &one).await, field(&fields, "row")) {
        (Err(error), _) => return page::error(&reader, &error),
        (Ok(true), _) => What::Undo(one.id),
        (Ok(false), "") => What::Submission(one.id),
        (Ok(false), row) => match row.parse() {
            Ok(row) => What::Row(one.id, row),
            Err(_) => {
                let text = Frame::new(&reader).t.get("recall-row-wrong");
                let faults = vec![Fault::new("row", text)];
                return show(&site, &reader, &clerk, &one, &fields, faults).await;
            }
        },
    };
    let recall = Recall {
        what,
        reason: field(&fields, "reason").to_owned(),
        officer: clerk.officer.name().to_owned(),
    };
    match ingest::recall(&site.office, recall).await {
        Ok(receipt) => Redirect::to(&format!("/supply/submissions/{}", receipt.id)).into_response(),
        Err(Error::Request(text)) => {
            let faults = vec![Fault::new("reason", text.get(reader.lang).to_owned())];
            show(&site, &reader, &clerk, &one, &fields, faults).await
        }
        Err(error) => page::error(&reader, &error),
    }
}

/// Whether the submission is itself a recall, which is undone here.
async fn is_recall(site: &Site, one: &Submission) -> Result<bool, Error> {
    let cause = supply::cause(&site.office, &one.id).await?;
    Ok(cause.is_some_and(|cause| cause.what.kind == supply::CauseKind::Recall))
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    one: &Submission,
    fields: &[(String, String)],
    faults: Vec<Fault>,
) -> Response {
    let undo = match is_recall(site, one).await {
        Ok(undo) => undo,
        Err(error) => return page::error(reader, &error),
    };
    let f = Frame::new(reader);
    let catalog = &site.office.catalog;
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = Page {
        f: &f,
        clerk,
        id: one.id.to_string(),
        number: one.number,
        file: &one.file_name,
        theme: theme_title(catalog, &one.theme, f.t.lang),
        supplier: supplier_title(catalog, &one.supplier, f.t.lang),
        undo,
        row: field(fields, "row"),
        reason: field(fields, "reason"),
        faults,
    };
    page::answer(status, &f, &page)
}
