//! A natural person's own consents: what others may look at, for what and until when; a new one, shown once
//! as a number and a picture; and the end of one, at once and without a reason.

use super::{Bar, opened};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::consent::form::{self, Choices, Fields, Slip};
use crate::portal::consent::terms;
use crate::portal::sharing::{Line, items as titles};
use crate::portal::supply::{Fault, fault_of, field};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::MyAction;
use exchange::Error;
use exchange::consent::{self, Consent, Given, Standing};

struct Row {
    id: String,
    agency: String,
    purpose: String,
    case: String,
    items: Vec<Line>,
    until: String,
    /// Name of the text that says how many looks it is good for.
    looks: &'static str,
    /// Name of the text that says how it stands.
    standing: &'static str,
    live: bool,
}

#[derive(Template)]
#[template(path = "my/consents.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    /// Whether sealed storage is open.
    open: bool,
    rows: Vec<Row>,
    faults: Vec<Fault>,
    fields: &'a Fields,
    choices: Choices,
    slip: Option<Slip>,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }

    /// What was typed, to be kept when something is wrong with it.
    fn typed(&self, name: &str) -> &str {
        field(self.fields, name)
    }
}

/// What a page says besides what stands.
#[derive(Default)]
struct Told<'a> {
    fields: &'a Fields,
    faults: Vec<Fault>,
    slip: Option<Slip>,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    show(&site, &reader, &clerk, &id, Told::default()).await
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let f = Frame::new(&reader);
    let made = match given(&site, &clerk, &id, &fields).await {
        Ok(given) => Slip::new(&site, &f, &headers, &given),
        Err(error) => Err(error),
    };
    let told = match made {
        Ok(slip) => Told {
            slip: Some(slip),
            ..Told::default()
        },
        Err(error @ Error::Request(_)) => {
            let at = form::at(&site, &fields, "case");
            Told {
                fields: &fields,
                faults: vec![Fault::new(at, error.message(reader.lang))],
                slip: None,
            }
        }
        Err(error) => return page::error(&reader, &error),
    };
    show(&site, &reader, &clerk, &id, told).await
}

/// Withdraws one, at once.
pub(super) async fn post_withdraw(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, one)): Path<(String, String)>,
) -> Response {
    match consent::withdraw_own(&site.office, &clerk.actor, &id, &one).await {
        Ok(_) => Redirect::to(&format!("/my/{id}/consents")).into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

async fn given(site: &Site, clerk: &Clerk, id: &str, fields: &Fields) -> Result<Given, Error> {
    let items = form::ticked(fields).join(" ");
    let terms = form::terms(fields, &items);
    consent::give_own(&site.office, &clerk.actor, id, &terms).await
}

async fn show(site: &Site, reader: &Reader, clerk: &Clerk, id: &str, told: Told<'_>) -> Response {
    let f = Frame::new(reader);
    let status = match told.faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    match made(site, clerk, &f, id, told).await {
        Ok(page) => page::answer(status, &f, &page),
        Err(error) => page::error(reader, &error),
    }
}

async fn made<'a>(
    site: &Site,
    clerk: &'a Clerk,
    f: &'a Frame,
    id: &str,
    told: Told<'a>,
) -> Result<Page<'a>, Error> {
    let (_, bar) = opened(site, clerk, f, (id, MyAction::Consents, "my-consents")).await?;
    let open = site.office.persons.is_some();
    let all = match open {
        true => consent::own(&site.office, &clerk.actor, id).await?,
        false => Vec::new(),
    };
    Ok(Page {
        f,
        clerk,
        bar,
        open,
        rows: all.iter().map(|one| row(site, f, one)).collect(),
        // Where sealed storage is not open there is no form either, and the page says why.
        faults: if open { told.faults } else { Vec::new() },
        fields: told.fields,
        choices: Choices::new(site, f, told.fields),
        slip: told.slip,
    })
}

fn row(site: &Site, f: &Frame, one: &Consent) -> Row {
    let (agency, purpose) = terms(site, f, one);
    let standing = one.standing(site.office.today());
    Row {
        id: one.id.to_string(),
        agency,
        purpose,
        case: one.scope.case.clone(),
        items: titles(&site.office.catalog, &one.scope.items, f.t.lang),
        until: one.scope.until.to_string(),
        looks: match one.scope.once {
            true => "consent-once",
            false => "consent-looks-many",
        },
        standing: match standing {
            Standing::Live => "consent-live",
            Standing::Over => "consent-over",
            Standing::Used => "consent-used",
            Standing::Withdrawn => "consent-withdrawn",
        },
        live: standing == Standing::Live,
    }
}
