//! Decisions by which whoever is looked up for a case is told later: listed for the agency and the
//! auditor, and made by an officer of the agency, with a law of the catalogue, a reason and an end.

use super::{Choice, agency};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::field;
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::Action;
use exchange::Error;
use exchange::notices::{self, LookDeferral, NewDeferral};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    agency: Option<String>,
    after: Option<String>,
}

struct Row {
    agency: String,
    case: String,
    law: String,
    officer: String,
    reason: String,
    until: Date,
    decided: String,
    told: bool,
}

#[derive(Template)]
#[template(path = "sharing/deferrals.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    refusal: String,
    rows: Vec<Row>,
    agency: String,
    next: String,
    agencies: Vec<Choice>,
    laws: Vec<Choice>,
    fields: &'a [(String, String)],
}

impl Page<'_> {
    /// What was typed, to be kept when something is wrong with it.
    fn typed(&self, name: &str) -> &str {
        field(self.fields, name)
    }
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    match made(&site, &reader, &clerk, &ask, None).await {
        Ok(response) => response,
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let new = NewDeferral {
        agency: Some(field(&fields, "agency")),
        case: field(&fields, "case"),
        law: field(&fields, "law"),
        reason: field(&fields, "reason"),
        until: field(&fields, "until").parse().ok(),
    };
    let who = clerk.actor.acting();
    let error = match notices::defer(&site.office, &who, &new).await {
        Ok(_) => return Redirect::to("/sharing/deferrals").into_response(),
        Err(error @ Error::Request(_)) => error,
        Err(error) => return page::error(&reader, &error),
    };
    let wrong = Some((fields.as_slice(), error.message(reader.lang)));
    match made(&site, &reader, &clerk, &Ask::default(), wrong).await {
        Ok(response) => response,
        Err(error) => page::error(&reader, &error),
    }
}

async fn made(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    ask: &Ask,
    wrong: Option<(&[(String, String)], String)>,
) -> Result<Response, Error> {
    let who = clerk.actor.acting();
    let after = crate::cursor::after(ask.after.as_deref());
    let asked = ask.agency.as_deref();
    let found = notices::deferrals(&site.office, &who, asked, after.as_deref()).await?;
    let f = Frame::new(reader);
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let (fields, refusal) = wrong.unwrap_or_default();
    let page = Page {
        clerk,
        refusal,
        rows: found.rows.iter().map(|one| row(site, one, &f)).collect(),
        agency: asked.unwrap_or_default().to_owned(),
        next: crate::cursor::next(found.next.as_deref()),
        agencies: agencies(site, clerk, field(fields, "agency"), &f),
        laws: laws(site, field(fields, "law"), &f),
        fields,
        f: &f,
    };
    Ok(page::answer(status, &f, &page))
}

fn row(site: &Site, one: &LookDeferral, f: &Frame) -> Row {
    let why = one.deferral.clone();
    Row {
        agency: agency(&site.office.catalog, &one.agency, &f.t),
        case: one.case.clone(),
        law: why.law,
        officer: why.officer,
        reason: why.reason,
        until: why.until,
        decided: page::moment(one.decided_at.0),
        told: one.told_at <= site.office.now(),
    }
}

/// The agencies for which the account may decide.
fn agencies(site: &Site, clerk: &Clerk, chosen: &str, f: &Frame) -> Vec<Choice> {
    let reach = clerk.actor.reach(Action::DeferralDecide);
    let own = reach.agencies().unwrap_or_default().into_iter();
    let choice = |code: &str| Choice {
        title: agency(&site.office.catalog, code, &f.t),
        chosen: code == chosen,
        code: code.to_owned(),
    };
    own.map(choice).collect()
}

fn laws(site: &Site, chosen: &str, f: &Frame) -> Vec<Choice> {
    let laws = notices::laws(&site.office).into_iter();
    laws.map(|(law, days)| {
        let kinds = notices::kinds(&site.office, &law).into_iter();
        let kinds: Vec<&str> = kinds.map(|kind| kind.title(f.t.lang)).collect();
        let values = [
            ("law", law.clone().into()),
            ("kinds", kinds.join(" · ").into()),
            ("days", u64::from(days).into()),
        ];
        Choice {
            title: f.t.with("deferrals-law-days", &values),
            chosen: law == chosen,
            code: law,
        }
    })
    .collect()
}
