//! A natural person's consent at the service window: what is agreed to is ticked item by item, and the
//! person leaves with a number to show and a word to withdraw it by. Both are shown once.

use super::super::consent::form::{self, Choices, Fields, Slip};
use super::super::supply::{Fault, fault_of, field};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use credit::people::Action;
use exchange::Error;
use exchange::consent::{self, Ask, Given};
use exchange::persons::Number;

#[derive(Template)]
#[template(path = "window/consent.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    /// Whether sealed storage is open.
    open: bool,
    faults: Vec<Fault>,
    fields: &'a Fields,
    choices: Choices,
    slip: Option<Slip>,
    withdrawn: String,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }

    /// What was typed, to be kept when something is wrong with it. The number is not.
    fn typed(&self, name: &str) -> &str {
        field(self.fields, name)
    }
}

/// What a page says besides its form.
#[derive(Default)]
struct Told {
    faults: Vec<Fault>,
    slip: Option<Slip>,
    withdrawn: Option<u64>,
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    match clerk.must(Action::PersonConsent) {
        Ok(()) => show(&site, &reader, &clerk, &[], Told::default()),
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if let Err(error) = clerk.must(Action::PersonConsent) {
        return page::error(&reader, &error);
    }
    let told = match given(&site, &clerk, &fields).await {
        Ok(given) => match Slip::new(&site, &Frame::new(&reader), &headers, &given) {
            Ok(slip) => Told {
                slip: Some(slip),
                ..Told::default()
            },
            Err(error) => return page::error(&reader, &error),
        },
        Err((name, error @ Error::Request(_))) => Told {
            faults: vec![Fault::new(name, error.message(reader.lang))],
            ..Told::default()
        },
        Err((_, error)) => return page::error(&reader, &error),
    };
    show(&site, &reader, &clerk, &fields, told)
}

/// Withdraws whatever the person agreed to, for who lost the paper.
pub(super) async fn post_withdraw(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if let Err(error) = clerk.must(Action::PersonConsent) {
        return page::error(&reader, &error);
    }
    let made = async {
        let number = Number::parse(field(&fields, "withdraw"))?;
        consent::withdraw_all(&site.office, &clerk.actor.acting(), &number).await
    };
    let told = match made.await {
        Ok(count) => Told {
            withdrawn: Some(count),
            ..Told::default()
        },
        Err(error @ Error::Request(_)) => Told {
            faults: vec![Fault::new("withdraw", error.message(reader.lang))],
            ..Told::default()
        },
        Err(error) => return page::error(&reader, &error),
    };
    show(&site, &reader, &clerk, &[], told)
}

/// The consent, or what is wrong and at which field.
async fn given(
    site: &Site,
    clerk: &Clerk,
    fields: &Fields,
) -> Result<Given, (&'static str, Error)> {
    let number = Number::parse(field(fields, "number")).map_err(|error| ("number", error))?;
    let items = form::ticked(fields).join(" ");
    let ask = Ask {
        number: &number,
        seen: field(fields, "seen"),
        terms: form::terms(fields, &items),
    };
    let made = consent::give(&site.office, &clerk.actor.acting(), &ask).await;
    made.map_err(|error| (form::at(site, fields, "seen"), error))
}

fn show(site: &Site, reader: &Reader, clerk: &Clerk, fields: &Fields, told: Told) -> Response {
    let f = Frame::new(reader);
    let open = site.office.persons.is_some();
    let status = match told.faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Page {
        open,
        clerk,
        // Where sealed storage is not open there is no form either, and the page says why.
        faults: if open { told.faults } else { Vec::new() },
        fields,
        choices: Choices::new(site, &f, fields),
        slip: told.slip,
        withdrawn: told
            .withdrawn
            .map(|count| f.t.count("consent-withdrawn-count", count))
            .unwrap_or_default(),
        f: &f,
    };
    page::answer(status, &f, &page)
}
