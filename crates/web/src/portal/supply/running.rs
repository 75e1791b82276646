//! A submission under way: how far it is, and where it leads when it has ended.

use crate::Site;
use crate::desk::{Clerk, Job};
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Template)]
#[template(path = "supply/running.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    file: &'a str,
    checked: u64,
    applied: u64,
}

#[derive(Template)]
#[template(path = "supply/failed.html")]
struct Failed<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    file: &'a str,
    theme: &'a str,
    supplier: &'a str,
    message: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    // Only its sender sees it: to others there is no such file.
    let own = |job: &std::sync::Arc<Job>| job.sender.name() == clerk.officer.name();
    let Some(job) = site.desk.jobs.find(&id).filter(own) else {
        return Redirect::to("/supply").into_response();
    };
    let f = Frame::new(&reader);
    match job.outcome() {
        Some(Ok(receipt)) => {
            let again = if receipt.repeated { "?repeated=1" } else { "" };
            Redirect::to(&format!("/supply/submissions/{}{again}", receipt.id)).into_response()
        }
        Some(Err(error)) => failed(&f, &clerk, &job, error),
        None => {
            let (checked, applied) = job.rows();
            let page = Page {
                f: &f,
                clerk: &clerk,
                file: &job.file,
                checked,
                applied,
            };
            page::answer(StatusCode::OK, &f, &page)
        }
    }
}

/// Why the file was refused, and the way back to the form.
fn failed(f: &Frame, clerk: &Clerk, job: &Job, error: &exchange::Error) -> Response {
    let (status, _) = crate::problem::kind(error);
    let page = Failed {
        f,
        clerk,
        file: &job.file,
        theme: &job.theme,
        supplier: &job.supplier,
        message: error.message(f.t.lang),
    };
    page::answer(status, f, &page)
}
