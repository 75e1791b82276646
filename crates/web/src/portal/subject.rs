//! A subject's page: who it is and every public fact, with source, document and term.

use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use exchange::report;
use views::report::Report;

#[derive(Template)]
#[template(path = "subject.html")]
struct Subject<'a> {
    f: &'a Frame,
    report: Report,
    pdf: bool,
}

pub(crate) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Path(code): Path<String>,
) -> Response {
    let ask = report::Ask {
        lang: reader.lang,
        ..report::Ask::default()
    };
    // Read first, redirect after: an address tells nothing about whom the public may not see.
    let report = match report::public(&site.office, &code, &ask).await {
        Ok(report) => report,
        Err(error) => return page::error(&reader, &error),
    };
    // Ids of merged mentions and codes lead to the one address of the subject.
    let id = report.who.id.to_string();
    if id != code {
        return Redirect::permanent(&format!("/subjects/{id}")).into_response();
    }
    let f = Frame::new(&reader);
    let pdf = site.typesetter.is_some();
    page::answer(StatusCode::OK, &f, &Subject { f: &f, report, pdf })
}
