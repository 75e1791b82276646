//! A consent by its number, for whoever holds the number: what it allows and how it stands, and nothing
//! of whose it is. Who has its word withdraws it here. Nothing is noted about who asks.

pub(super) mod form;

use super::sharing::{Line, items as titles};
use super::supply::{field, own_pages_only, supplier_title};
use super::verify::FLOOR;
use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use axum::{Form, Router};
use exchange::Error;
use exchange::consent::{self, Consent, Standing};

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/consents", get(form).post(post))
        .route("/consents/{number}", get(get_number))
        .layer(middleware::from_fn(own_pages_only))
}

#[derive(Template)]
#[template(path = "consent.html")]
struct Page<'a> {
    f: &'a Frame,
    title: &'static str,
    text: &'static str,
    lines: Vec<(&'static str, String)>,
    items: Vec<Line>,
    /// Whether the field of the word holds what is none.
    wrong: bool,
}

async fn form(State(site): State<Site>, reader: Reader) -> Response {
    show(&site, &reader, StatusCode::OK, None)
}

async fn get_number(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Path(number): Path<String>,
) -> Response {
    let rate = &site.limits.verify;
    if let Err(later) = rate.page(&site, &reader, &headers, &extensions) {
        return *later;
    }
    let floor = tokio::time::sleep(FLOOR);
    let found = consent::shown(&site.office, &number).await;
    floor.await;
    answered(&site, &reader, found, false)
}

async fn post(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let rate = &site.limits.verify;
    if let Err(later) = rate.page(&site, &reader, &headers, &extensions) {
        return *later;
    }
    let floor = tokio::time::sleep(FLOOR);
    let found = consent::withdraw(&site.office, field(&fields, "word")).await;
    floor.await;
    answered(&site, &reader, found, true)
}

fn answered(site: &Site, reader: &Reader, found: Result<Consent, Error>, word: bool) -> Response {
    match found {
        Ok(consent) => show(site, reader, StatusCode::OK, Some(&consent)),
        Err(Error::NotFound) => {
            let f = Frame::new(reader);
            let page = Page {
                f: &f,
                title: "consent-unknown",
                text: "consent-unknown-detail",
                lines: Vec::new(),
                items: Vec::new(),
                wrong: word,
            };
            let status = match word {
                true => StatusCode::UNPROCESSABLE_ENTITY,
                false => StatusCode::NOT_FOUND,
            };
            page::answer(status, &f, &page)
        }
        Err(error) => page::error(reader, &error),
    }
}

fn show(site: &Site, reader: &Reader, status: StatusCode, consent: Option<&Consent>) -> Response {
    let f = Frame::new(reader);
    let today = site.office.today();
    let (title, text) = match consent.map(|consent| consent.standing(today)) {
        None => ("consent-title", "consent-none-detail"),
        Some(Standing::Live) => ("consent-live", "consent-live-detail"),
        Some(Standing::Over) => ("consent-over", "consent-over-detail"),
        Some(Standing::Used) => ("consent-used", "consent-used-detail"),
        Some(Standing::Withdrawn) => ("consent-withdrawn", "consent-withdrawn-detail"),
    };
    let page = Page {
        title,
        text,
        lines: consent.map_or_else(Vec::new, |consent| lines(site, &f, consent)),
        items: consent.map_or_else(Vec::new, |consent| {
            titles(&site.office.catalog, &consent.scope.items, f.t.lang)
        }),
        wrong: false,
        f: &f,
    };
    page::answer(status, &f, &page)
}

/// What a consent allows, save its items: names of texts, and values.
pub(super) fn lines(site: &Site, f: &Frame, consent: &Consent) -> Vec<(&'static str, String)> {
    let scope = &consent.scope;
    let (agency, purpose) = terms(site, f, consent);
    let looks = if scope.once {
        "consent-looks-one"
    } else {
        "consent-looks-many"
    };
    vec![
        ("consent-agency", agency),
        ("sharing-purpose", purpose),
        ("consent-case", scope.case.clone()),
        ("consent-looks", f.t.get(looks)),
        ("sharing-until", scope.until.to_string()),
    ]
}

/// Titles of a consent's agency and purpose.
pub(super) fn terms(site: &Site, f: &Frame, consent: &Consent) -> (String, String) {
    let (catalog, scope) = (&site.office.catalog, &consent.scope);
    let mut purposes = catalog.purposes.iter();
    let purpose = purposes.rfind(|one| one.code == scope.purpose);
    let purpose = purpose.map_or(scope.purpose.as_str(), |one| one.title.get(f.t.lang));
    let agency = supplier_title(catalog, &scope.agency, f.t.lang);
    (agency, purpose.to_owned())
}
