//! The service window for natural persons: one's own report, by the whole number and for a case. The
//! number comes in the body of a form, is not shown again, and stands in no address.

use super::super::supply::{Fault, fault_of, field};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::Error;
use exchange::persons::{self, Number};
use exchange::report::Ask;
use views::report::Report;

#[derive(Template)]
#[template(path = "window/person.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    /// Whether sealed storage is open.
    open: bool,
    faults: Vec<Fault>,
    case: &'a str,
    report: Option<Report>,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    if let Err(error) = clerk.must(Action::PersonReport) {
        return page::error(&reader, &error);
    }
    let f = Frame::new(&reader);
    let page = Page {
        f: &f,
        clerk: &clerk,
        open: site.office.persons.is_some(),
        faults: Vec::new(),
        case: "",
        report: None,
    };
    page::answer(StatusCode::OK, &f, &page)
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if let Err(error) = clerk.must(Action::PersonReport) {
        return page::error(&reader, &error);
    }
    let f = Frame::new(&reader);
    // Where sealed storage is not open there is no form either, and the page says why.
    let open = site.office.persons.is_some();
    let (status, faults, report) = match made(&site, &clerk, &reader, &fields).await {
        Ok(report) => (StatusCode::OK, Vec::new(), Some(report)),
        Err((name, error @ Error::Request(_))) => {
            let fault = Fault::new(name, error.message(reader.lang));
            let faults = if open { vec![fault] } else { Vec::new() };
            (StatusCode::UNPROCESSABLE_ENTITY, faults, None)
        }
        Err((name, Error::NotFound)) => {
            let fault = Fault::new(name, f.t.get("person-none"));
            (StatusCode::NOT_FOUND, vec![fault], None)
        }
        Err((_, error)) => return page::error(&reader, &error),
    };
    let page = Page {
        f: &f,
        clerk: &clerk,
        open,
        faults,
        case: field(&fields, "case"),
        report,
    };
    page::answer(status, &f, &page)
}

/// The report, or what is wrong and at which field.
async fn made(
    site: &Site,
    clerk: &Clerk,
    reader: &Reader,
    fields: &[(String, String)],
) -> Result<Report, (&'static str, Error)> {
    let number = Number::parse(field(fields, "number")).map_err(|error| ("number", error))?;
    let ask = Ask {
        lang: reader.lang,
        ..Ask::default()
    };
    let (who, case) = (clerk.actor.acting(), field(fields, "case"));
    let own = persons::own(&site.office, &who, &number, case, &ask).await;
    own.map_err(|error| match error {
        Error::NotFound => ("number", error),
        error => ("case", error),
    })
}
