//! What agencies are not to use any more: facts that they looked at under a grant and that were repaired,
//! withdrawn or corrected since. Each agency acknowledges its own; the centre sees who has not.

use super::agency;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{field, theme_title};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use exchange::Error;
use exchange::cases::{self, ReceiptCount, ReceiptLine};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    agency: String,
    /// What was acknowledged as well.
    #[serde(default)]
    all: String,
    after: Option<String>,
}

struct Row {
    case: String,
    seq: u32,
    code: String,
    agency: String,
    what: String,
    theme: String,
    supplier: String,
    looks: Vec<String>,
    told: String,
    due: String,
    given: String,
    overdue: bool,
    mine: bool,
}

struct Count {
    agency: String,
    told: u64,
    given: u64,
    overdue: u64,
}

#[derive(Template)]
#[template(path = "sharing/receipts.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
    counts: Vec<Count>,
    tabs: Vec<(&'static str, String, bool)>,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let made = made(&site, &reader, &clerk, &ask).await;
    made.unwrap_or_else(|error| page::error(&reader, &error))
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let text = |name: &str| field(&fields, name);
    let seq = text("seq").parse().unwrap_or(0);
    let what = (text("case"), seq, text("agency"));
    match cases::acknowledge(&site.office, &clerk.actor.acting(), what).await {
        Ok(()) => Redirect::to("/sharing/receipts").into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

async fn made(site: &Site, reader: &Reader, clerk: &Clerk, ask: &Ask) -> Result<Response, Error> {
    let who = clerk.actor.acting();
    let after = crate::cursor::after(ask.after.as_deref());
    let asked = (ask.agency.as_str(), ask.all.is_empty());
    let found = cases::receipts(&site.office, &who, asked, after.as_deref()).await?;
    let counts = cases::receipts_counted(&site.office, &who).await?;
    let f = Frame::new(reader);
    let next = crate::cursor::next(found.next.as_deref());
    // Only codes that the catalogue or an authority may have stand in addresses.
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let asked = if ask.agency.chars().all(plain) {
        ask.agency.as_str()
    } else {
        ""
    };
    let address = |all: &str| format!("/sharing/receipts?agency={asked}&all={all}");
    let page = Page {
        clerk,
        rows: found.rows.iter().map(|one| row(site, one, &f)).collect(),
        counts: counts.iter().map(|one| count(site, one, &f)).collect(),
        tabs: vec![
            ("receipts-open", address(""), ask.all.is_empty()),
            ("receipts-all", address("1"), !ask.all.is_empty()),
        ],
        next: if next.is_empty() {
            next
        } else {
            format!("{}&after={next}", address(&ask.all))
        },
        f: &f,
    };
    Ok(page::answer(StatusCode::OK, &f, &page))
}

fn row(site: &Site, one: &ReceiptLine, f: &Frame) -> Row {
    let (catalog, lang, receipt) = (&site.office.catalog, f.t.lang, &one.receipt);
    let given = receipt.given_at.map(|at| page::moment(at.0));
    Row {
        case: receipt.case.to_string(),
        seq: receipt.seq,
        code: receipt.agency.clone(),
        agency: agency(catalog, &receipt.agency, &f.t),
        what: one.title(lang),
        theme: theme_title(catalog, &receipt.theme, lang),
        supplier: agency(catalog, &receipt.supplier, &f.t),
        looks: receipt.looks.clone(),
        told: page::moment(receipt.told_at.0),
        due: receipt.due.to_string(),
        given: given.unwrap_or_default(),
        overdue: one.overdue,
        mine: one.mine,
    }
}

fn count(site: &Site, one: &ReceiptCount, f: &Frame) -> Count {
    Count {
        agency: agency(&site.office.catalog, &one.agency, &f.t),
        told: one.told,
        given: one.given,
        overdue: one.overdue,
    }
}
