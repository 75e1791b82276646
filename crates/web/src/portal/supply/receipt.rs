//! A submission's receipt: what became of its rows, under which catalogue, signed.

use super::{supplier_title, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::ingest::{self, Receipt};
use exchange::supply::{self, CauseKind, Submission, SubmissionCause};
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    repeated: String,
}

struct Line {
    label: String,
    value: String,
    code: bool,
}

#[derive(Template)]
#[template(path = "supply/receipt.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    id: String,
    number: u64,
    repeated: bool,
    counts: Vec<(String, u64)>,
    rejected: u64,
    held: u64,
    waiting: Option<String>,
    /// Why it is no ordinary file, and what was done about it: words, and where they lead.
    causes: Vec<(String, String)>,
    /// It may be taken back, or its recall undone: the key of the link's text.
    recall: Option<&'static str>,
    lines: Vec<Line>,
    signature: &'a str,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Response {
    let (submission, receipt) = match read(&site, &clerk, &id).await {
        Ok(read) => read,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let (causes, recall) = match about(&site, &clerk, &submission, &f).await {
        Ok(about) => about,
        Err(error) => return page::error(&reader, &error),
    };
    let page = Page {
        f: &f,
        clerk: &clerk,
        id: receipt.id.to_string(),
        number: submission.number,
        repeated: !ask.repeated.is_empty(),
        counts: counts(&receipt, &f),
        rejected: receipt.counts.rejected,
        held: receipt.counts.held,
        waiting: receipt.waiting.map(|waiting| {
            let values = [
                ("absent", waiting.absent.into()),
                ("earlier", waiting.earlier.into()),
            ];
            f.t.with("receipt-waiting", &values)
        }),
        causes,
        recall,
        lines: lines(&site, &submission, &receipt, &f),
        signature: &receipt.signature,
    };
    page::answer(StatusCode::OK, &f, &page)
}

/// Words about a submission with where they lead, and what may be done.
type About = (Vec<(String, String)>, Option<&'static str>);

/// Why the submission was made and what was done about it, and whether the account may take it back.
async fn about(
    site: &Site,
    clerk: &Clerk,
    submission: &Submission,
    f: &Frame,
) -> Result<About, exchange::Error> {
    let own = supply::cause(&site.office, &submission.id).await?;
    let done = supply::done_about(&site.office, &submission.id).await?;
    let undone = done.iter().any(|one| one.what.kind == CauseKind::Undo);
    let whole = |one: &SubmissionCause| {
        one.what.kind == CauseKind::Recall && one.what.row.is_none() && !one.undone
    };
    let recalled = done.iter().any(whole);
    let may = clerk.sees(Action::SubmissionRecall, submission).is_ok();
    let recall = match own.as_ref().map(|own| own.what.kind) {
        _ if !may => None,
        None | Some(CauseKind::Correction) => (!recalled).then_some("recall-title"),
        Some(CauseKind::Recall) => (!undone).then_some("undo-title"),
        Some(CauseKind::Undo | CauseKind::Nil) => None,
    };
    let line = |one: &SubmissionCause, to: Option<SubmissionId>| {
        let values = [
            ("kind", f.t.get(super::correct::kind(one.what.kind)).into()),
            ("reason", one.what.reason.as_str().into()),
        ];
        let to = to.map(|id| format!("/supply/submissions/{id}"));
        (f.t.with("cause-line", &values), to.unwrap_or_default())
    };
    let why = own.iter().map(|own| line(own, own.what.of));
    let since = done.iter().map(|one| line(one, Some(one.submission)));
    Ok((why.chain(since).collect(), recall))
}

pub(super) async fn get_json(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    match read(&site, &clerk, &id).await {
        Ok((_, receipt)) => {
            let name = format!("attachment; filename=\"receipt-{}.json\"", receipt.id);
            let kind = "application/json".to_owned();
            (
                [
                    (header::CONTENT_TYPE, kind),
                    (header::CONTENT_DISPOSITION, name),
                ],
                signed(&receipt),
            )
                .into_response()
        }
        Err(error) => page::error(&reader, &error),
    }
}

/// The receipt's own bytes with the signature over them beside it.
pub(crate) fn signed(receipt: &Receipt) -> String {
    let body = receipt.json.strip_suffix('}').unwrap_or(&receipt.json);
    format!("{body},\"signature\":\"{}\"}}", receipt.signature)
}

async fn read(
    site: &Site,
    clerk: &Clerk,
    id: &str,
) -> Result<(Submission, Receipt), exchange::Error> {
    let id = SubmissionId::parse(id).ok_or(exchange::Error::NotFound)?;
    let submission = supply::submission(&site.office, &id).await?;
    clerk.sees(Action::SubmissionRead, &submission)?;
    let receipt = ingest::receipt(&site.office, &id).await?;
    Ok((submission, receipt))
}

fn counts(receipt: &Receipt, f: &Frame) -> Vec<(String, u64)> {
    let counts = &receipt.counts;
    [
        ("col-rows", receipt.rows),
        ("col-accepted", counts.accepted),
        ("col-rejected", counts.rejected),
        ("col-held", counts.held),
        ("col-unchanged", counts.unchanged),
        ("col-late", counts.late),
        ("col-removed", counts.removed),
    ]
    .into_iter()
    .map(|(label, count)| (f.t.get(label), count))
    .collect()
}

fn lines(site: &Site, submission: &Submission, receipt: &Receipt, f: &Frame) -> Vec<Line> {
    let body: Value = serde_json::from_str(&receipt.json).unwrap_or_default();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let time = |name: &str| page::moment(body[name].as_i64().unwrap_or_default());
    let catalog = &site.office.catalog;
    let theme = theme_title(catalog, &submission.theme, f.t.lang);
    let edition = &submission.theme_version;
    [
        ("receipt-file", submission.file_name.clone(), false),
        (
            "col-theme",
            format!("{theme} ({} {edition})", submission.theme),
            false,
        ),
        (
            "col-supplier",
            supplier_title(catalog, &submission.supplier, f.t.lang),
            false,
        ),
        (
            "submit-mode",
            f.t.get(&format!("mode-{}", text("mode"))),
            false,
        ),
        ("submit-date", submission.date.to_string(), false),
        (
            "receipt-format",
            format!("{} {}", text("format"), text("encoding")),
            false,
        ),
        ("receipt-started", time("started_at"), false),
        ("receipt-finished", time("finished_at"), false),
        ("receipt-id", receipt.id.to_string(), true),
        ("receipt-file-digest", text("file_digest"), true),
        ("receipt-theme-digest", text("theme_digest"), true),
        ("receipt-catalogue", text("catalogue"), true),
        ("receipt-program", text("program"), false),
    ]
    .into_iter()
    .map(|(label, value, code)| Line {
        label: f.t.get(label),
        value,
        code,
    })
    .collect()
}
