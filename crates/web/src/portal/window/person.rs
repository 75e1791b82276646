//! The service window for natural persons: one's own report, or who looked, by the whole number and for a case. The
//! number comes in the body of a form, is not shown again, and stands in no address.

use super::super::account::told as notice;
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
use credit::notice::Channel;
use credit::people::Action;
use exchange::Error;
use exchange::persons::{self, Number};
use exchange::report::Ask;
use exchange::sharing::Look;
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
    looks: Option<Vec<Row>>,
    /// Notices: when, what, and why so late.
    notices: Vec<[String; 3]>,
    done: bool,
}

/// A look at the person's facts.
struct Row {
    at: String,
    purpose: String,
    who: String,
    agency: String,
    case: String,
    /// Titles of the items that could be seen; none: the whole file.
    items: Vec<String>,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }

    /// Says what is wrong. Where sealed storage is not open there is no form either, and the page says why.
    fn fails(&mut self, field: &'static str, text: String) {
        if self.open {
            self.faults = vec![Fault::new(field, text)];
        }
    }
}

/// The page with its form and nothing else.
fn blank<'a>(site: &Site, f: &'a Frame, clerk: &'a Clerk, case: &'a str) -> Page<'a> {
    Page {
        f,
        clerk,
        open: site.office.persons.is_some(),
        faults: Vec::new(),
        case,
        report: None,
        looks: None,
        notices: Vec::new(),
        done: false,
    }
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    if let Err(error) = clerk.must(Action::PersonReport) {
        return page::error(&reader, &error);
    }
    let f = Frame::new(&reader);
    page::answer(StatusCode::OK, &f, &blank(&site, &f, &clerk, ""))
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
    let mut page = blank(&site, &f, &clerk, field(&fields, "case"));
    let status = match made(&site, &clerk, &reader, &fields).await {
        Ok(Made::Report(report)) => {
            page.report = Some(*report);
            StatusCode::OK
        }
        Ok(Made::Told(told)) => {
            let notices = told.notices.iter();
            page.notices = notices.map(|one| notice(&site, one, &f)).collect();
            page.looks = Some(told.looks.into_iter().map(row).collect());
            StatusCode::OK
        }
        Err((name, error @ Error::Request(_))) => {
            page.fails(name, error.message(reader.lang));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err((name, Error::NotFound)) => {
            page.fails(name, f.t.get("person-none"));
            StatusCode::NOT_FOUND
        }
        Err((_, error)) => return page::error(&reader, &error),
    };
    page::answer(status, &f, &page)
}

/// Sets where the person is told that there is something.
pub(super) async fn post_contact(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if let Err(error) = clerk.must(Action::PersonReport) {
        return page::error(&reader, &error);
    }
    let f = Frame::new(&reader);
    let mut page = blank(&site, &f, &clerk, "");
    let status = match contact(&site, &clerk, &reader, &fields).await {
        Ok(()) => {
            page.done = true;
            StatusCode::OK
        }
        Err((name, error @ Error::Request(_))) => {
            page.fails(name, error.message(reader.lang));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err((name, Error::NotFound)) => {
            page.fails(name, f.t.get("person-contact-none"));
            StatusCode::NOT_FOUND
        }
        Err((_, error)) => return page::error(&reader, &error),
    };
    page::answer(status, &f, &page)
}

async fn contact(
    site: &Site,
    clerk: &Clerk,
    reader: &Reader,
    fields: &[(String, String)],
) -> Result<(), (&'static str, Error)> {
    let number = Number::parse(field(fields, "whose")).map_err(|error| ("whose", error))?;
    let who = clerk.actor.acting();
    for (name, channel) in [("mail", Channel::Mail), ("sms", Channel::Sms)] {
        let address = field(fields, name);
        let set = persons::set_contact(&site.office, &who, &number, channel, address, reader.lang);
        set.await.map_err(|error| match error {
            Error::NotFound => ("whose", error),
            error => (name, error),
        })?;
    }
    Ok(())
}

/// What was asked for.
enum Made {
    Report(Box<Report>),
    Told(persons::Told),
}

fn row(look: Look) -> Row {
    Row {
        at: page::moment(look.at.0),
        who: look.who().to_owned(),
        purpose: look.purpose_title,
        agency: look.agency_title,
        case: look.case,
        items: look.items.into_iter().map(|item| item.title).collect(),
    }
}

/// The report or the looks, or what is wrong and at which field.
async fn made(
    site: &Site,
    clerk: &Clerk,
    reader: &Reader,
    fields: &[(String, String)],
) -> Result<Made, (&'static str, Error)> {
    let number = Number::parse(field(fields, "number")).map_err(|error| ("number", error))?;
    let ask = Ask {
        lang: reader.lang,
        ..Ask::default()
    };
    let (who, case) = (clerk.actor.acting(), field(fields, "case"));
    let made = if field(fields, "what") == "looks" {
        let told = persons::told(&site.office, &who, &number, case, reader.lang).await;
        told.map(Made::Told)
    } else {
        let own = persons::own(&site.office, &who, &number, case, &ask).await;
        own.map(|report| Made::Report(Box::new(report)))
    };
    made.map_err(|error| match error {
        Error::NotFound => ("number", error),
        error => ("case", error),
    })
}
