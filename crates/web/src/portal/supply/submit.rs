//! A file is handed in. What can be said at once about the form is said beside its fields; the file
//! itself is read by a job that goes on although nobody waits.

use super::{Choice, Fault, agencies, fault_of};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::catalog::{Mode, Theme};
use credit::lang::Lang;
use credit::people::{Action, Reach};
use exchange::Error;
use exchange::ingest::{File, Request, Told};
use jiff::civil::Date;
use serde::Deserialize;

/// What the form holds, as text, so that it can be shown again.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    supplier: String,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    date: String,
    #[serde(skip)]
    file: Option<(String, Vec<u8>)>,
}

#[derive(Template)]
#[template(path = "supply/submit.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    fields: &'a Fields,
    faults: Vec<Fault>,
    themes: Vec<Choice>,
    suppliers: Vec<Choice>,
    today: String,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(fields): Query<Fields>,
) -> Response {
    if !clerk.can(Action::SubmissionCreate.code()) {
        return page::error(&reader, &Error::Forbidden);
    }
    show(&site, &reader, &clerk, StatusCode::OK, &fields, Vec::new())
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    parts: Multipart,
) -> Response {
    if !clerk.can(Action::SubmissionCreate.code()) {
        return page::error(&reader, &Error::Forbidden);
    }
    // The seat comes before the body, so that memory holds no more uploads than are allowed.
    let Some(seat) = site.desk.jobs.seat() else {
        return busy(&reader);
    };
    let mut fields = Fields::default();
    let t = Frame::new(&reader).t;
    let request = match read(parts, &mut fields).await {
        Ok(()) => request(&site, &t, &mut fields),
        Err(broken) => Err(vec![unread(&t, &broken)]),
    };
    match request {
        Ok(request) => {
            let agency = request.supplier.as_deref().unwrap_or_default();
            if let Err(error) = clerk.may(Action::SubmissionCreate, agency, &request.theme) {
                return page::error(&reader, &error);
            }
            let jobs = &site.desk.jobs;
            let job = jobs.start(&site, request, clerk.officer, seat);
            Redirect::to(&format!("/supply/running/{}", job.id)).into_response()
        }
        Err(faults) => show(
            &site,
            &reader,
            &clerk,
            StatusCode::UNPROCESSABLE_ENTITY,
            &fields,
            faults,
        ),
    }
}

/// Why the body could not be read.
fn unread(t: &crate::text::Texts, broken: &MultipartError) -> Fault {
    let why = match broken.status() {
        StatusCode::PAYLOAD_TOO_LARGE => "problem-too-large-detail",
        _ => "submit-broken",
    };
    Fault::new("file", t.get(why))
}

fn busy(reader: &Reader) -> Response {
    let text = Frame::new(reader).t.get("problem-busy-detail");
    let status = StatusCode::SERVICE_UNAVAILABLE;
    page::message(status, reader, "problem-unavailable", &text)
}

async fn read(mut parts: Multipart, fields: &mut Fields) -> Result<(), MultipartError> {
    while let Some(part) = parts.next_field().await? {
        match part.name().unwrap_or_default() {
            "theme" => fields.theme = part.text().await?,
            "supplier" => fields.supplier = part.text().await?.trim().to_owned(),
            "mode" => fields.mode = part.text().await?,
            "date" => fields.date = part.text().await?,
            "file" => {
                let name = part.file_name().unwrap_or_default().to_owned();
                fields.file = Some((name, part.bytes().await?.to_vec()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The request of a form, or everything that is to be changed in it.
fn request(
    site: &Site,
    t: &crate::text::Texts,
    fields: &mut Fields,
) -> Result<Request, Vec<Fault>> {
    let mut faults = Vec::new();
    let today = site.office.today();
    let date: Option<Date> = match fields.date.trim() {
        "" => None,
        text => match text.parse() {
            Ok(day) if day <= today => Some(day),
            _ => {
                faults.push(Fault::new("date", t.get("submit-date-wrong")));
                None
            }
        },
    };
    if site
        .office
        .catalog
        .theme(&fields.theme, date.unwrap_or(today))
        .is_none()
    {
        faults.push(Fault::new("theme", t.get("submit-theme-missing")));
    } else if fields.supplier.is_empty() {
        faults.push(Fault::new("supplier", t.get("submit-supplier-missing")));
    }
    let mode = match fields.mode.as_str() {
        "delta" => Some(Mode::Delta),
        "snapshot" => Some(Mode::Snapshot),
        _ => None,
    };
    let file = fields
        .file
        .take()
        .filter(|(name, bytes)| !name.is_empty() && !bytes.is_empty());
    if file.is_none() {
        faults.push(Fault::new("file", t.get("submit-file-missing")));
    }
    match file {
        Some((name, bytes)) if faults.is_empty() => Ok(Request {
            theme: fields.theme.clone(),
            supplier: Some(fields.supplier.clone()),
            mode,
            date,
            file: File::bytes(&name, bytes),
            told: Told::default(),
        }),
        _ => Err(faults),
    }
}

fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    status: StatusCode,
    fields: &Fields,
    faults: Vec<Fault>,
) -> Response {
    let f = Frame::new(reader);
    let catalog = &site.office.catalog;
    let today = site.office.today();
    let reach = clerk.actor.reach(Action::SubmissionCreate);
    let page = Page {
        f: &f,
        clerk,
        fields,
        faults,
        themes: themes(site, &reach, &fields.theme, reader.lang),
        suppliers: agencies(catalog, &reach, &fields.supplier, reader.lang),
        today: today.to_string(),
    };
    page::answer(status, &f, &page)
}

/// The themes that a reach may send, to choose from.
pub(super) fn themes(site: &Site, reach: &Reach, chosen: &str, lang: Lang) -> Vec<Choice> {
    crate::portal::catalog::current(&site.office.catalog, site.office.today())
        .into_iter()
        .filter(|theme| may_send(reach, theme))
        .map(|theme| Choice {
            code: theme.code.clone(),
            title: theme.title.get(lang).to_owned(),
            chosen: theme.code == chosen,
        })
        .collect()
}

/// Whether the account's agencies may send a theme: the catalogue names them, or takes it from any
/// authority and they are one.
fn may_send(reach: &Reach, theme: &Theme) -> bool {
    let named = theme
        .suppliers
        .iter()
        .any(|one| reach.covers(one, &theme.code));
    let coded = |code: &&str| code.starts_with('1') && reach.covers(code, &theme.code);
    let own = reach.agencies().unwrap_or_default();
    named || (theme.any_authority && own.iter().any(coded))
}
