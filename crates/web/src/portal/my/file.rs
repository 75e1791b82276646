//! The subject's own file: the report with everything that is on file, ended and earlier facts
//! included. Each look is written down and stands on the page of looks.

use super::{Bar, opened};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use credit::people::MyAction;
use exchange::Error;
use exchange::report::Ask;
use views::report::Report;

#[derive(Template)]
#[template(path = "my/file.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    /// None: nothing is on file about the person.
    report: Option<Report>,
    export: bool,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let f = Frame::new(&reader);
    page::made(&reader, &f, made(&site, &clerk, &f, &id).await)
}

async fn made<'a>(
    site: &Site,
    clerk: &'a Clerk,
    f: &'a Frame,
    id: &str,
) -> Result<Page<'a>, Error> {
    let (office, actor) = (&site.office, &clerk.actor);
    let (own, bar) = opened(site, clerk, f, (id, MyAction::File, "my-file")).await?;
    let ask = Ask {
        lang: f.t.lang,
        ..Ask::default()
    };
    let report = match exchange::my::file(office, actor, id, &ask).await {
        Ok(report) => Some(report),
        Err(Error::NotFound) if own.is_own() => None,
        Err(error) => return Err(error),
    };
    Ok(Page {
        f,
        clerk,
        bar,
        export: report.is_some() && own.allows(MyAction::Export, office.today()),
        report,
    })
}
