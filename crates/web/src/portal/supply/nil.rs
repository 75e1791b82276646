//! "Nothing to report" for a period: one page that says what is declared, one button, a receipt.

use super::{supplier_title, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::Action;
use exchange::Error;
use exchange::ingest::{self, Nil};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    supplier: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "supply/nil.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    theme: &'a str,
    title: String,
    supplier: &'a str,
    supplier_title: String,
    from: Date,
    to: Date,
}

/// The period that is asked about, where the account may speak for the agency.
fn period(clerk: &Clerk, ask: &Ask) -> Result<(Date, Date), Error> {
    clerk.may(Action::SubmissionCreate, &ask.supplier, &ask.theme)?;
    match (ask.from.parse(), ask.to.parse()) {
        (Ok(from), Ok(to)) => Ok((from, to)),
        _ => Err(Error::NotFound),
    }
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let (from, to) = match period(&clerk, &ask) {
        Ok(period) => period,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let catalog = &site.office.catalog;
    let page = Page {
        f: &f,
        clerk: &clerk,
        theme: &ask.theme,
        title: theme_title(catalog, &ask.theme, f.t.lang),
        supplier: &ask.supplier,
        supplier_title: supplier_title(catalog, &ask.supplier, f.t.lang),
        from,
        to,
    };
    page::answer(StatusCode::OK, &f, &page)
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let period = match period(&clerk, &ask) {
        Ok(period) => period,
        Err(error) => return page::error(&reader, &error),
    };
    let nil = Nil {
        supplier: ask.supplier,
        theme: ask.theme,
        period,
        officer: clerk.officer.name().to_owned(),
    };
    match ingest::nil(&site.office, nil).await {
        Ok(receipt) => {
            let again = if receipt.repeated { "?repeated=1" } else { "" };
            Redirect::to(&format!("/supply/submissions/{}{again}", receipt.id)).into_response()
        }
        Err(error) => page::error(&reader, &error),
    }
}
