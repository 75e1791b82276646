//! Verifying an issued report: by its number, by the code on it, or by the file itself. Nobody is asked
//! who they are, nothing is written down, and a number that was never given out answers like any other.

use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Multipart, Path, Query, State};
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::Response;
use exchange::Error;
use exchange::report::standing::{self, Held, Standing, Valid};
use serde::Deserialize;
use std::time::Duration;

/// Every answer about a number takes at least that long, so that its time does not tell a number that
/// was given out from one that was not: an ordinary check takes some 2 ms.
pub(crate) const FLOOR: Duration = Duration::from_millis(40);

#[derive(Template)]
#[template(path = "verify.html")]
struct Page<'a> {
    f: &'a Frame,
    told: Option<Told>,
    key: String,
}

/// What is said of a report: names of texts, and what a reader holds against a print.
#[derive(Default)]
struct Told {
    title: &'static str,
    text: &'static str,
    lines: Vec<(&'static str, String)>,
    notes: Vec<&'static str>,
    valid: bool,
    query: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    number: String,
}

/// The form; with a number in the address, its answer.
pub(crate) async fn get(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Query(asked): Query<Asked>,
) -> Response {
    if asked.number.trim().is_empty() {
        return show(&site, &reader, StatusCode::OK, None);
    }
    number(&site, &reader, (&headers, &extensions), &asked.number).await
}

/// Where the code on a report leads.
pub(crate) async fn get_number(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Path(asked): Path<String>,
) -> Response {
    number(&site, &reader, (&headers, &extensions), &asked).await
}

async fn number(
    site: &Site,
    reader: &Reader,
    (headers, extensions): (&HeaderMap, &Extensions),
    asked: &str,
) -> Response {
    let rate = &site.limits.verify;
    if let Err(later) = rate.page(site, reader, headers, extensions) {
        return *later;
    }
    let floor = tokio::time::sleep(FLOOR);
    let standing = standing::by_number(&site.office, asked).await;
    floor.await;
    match standing {
        Ok(standing) => show(site, reader, StatusCode::OK, Some(told(standing))),
        Err(Error::NotFound) => unknown(site, reader),
        Err(error) => page::error(reader, &error),
    }
}

/// A file is held against what was issued. It is read in memory and not kept.
pub(crate) async fn post_file(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    parts: Multipart,
) -> Response {
    let rate = &site.limits.verify;
    if let Err(later) = rate.page(&site, &reader, &headers, &extensions) {
        return *later;
    }
    let Ok(_seat) = site.limits.files.acquire().await else {
        return page::error(&reader, &Error::inner("no seat", "the server ends"));
    };
    let file = match read(parts).await {
        Ok(Some(file)) => file,
        Ok(None) => return forged(&site, &reader, StatusCode::UNPROCESSABLE_ENTITY),
        Err(status) => return forged(&site, &reader, status),
    };
    match standing::by_file(&site.office, &file).await {
        Ok(held) => show(&site, &reader, StatusCode::OK, Some(of_file(held))),
        Err(Error::Request(_)) => forged(&site, &reader, StatusCode::UNPROCESSABLE_ENTITY),
        Err(Error::NotFound) => unknown(&site, &reader),
        Err(error) => page::error(&reader, &error),
    }
}

async fn read(mut parts: Multipart) -> Result<Option<Vec<u8>>, StatusCode> {
    while let Some(part) = parts.next_field().await.map_err(|broken| broken.status())? {
        if part.name() == Some("file") {
            let bytes = part.bytes().await.map_err(|broken| broken.status())?;
            return Ok(Some(bytes.to_vec()).filter(|bytes| !bytes.is_empty()));
        }
    }
    Ok(None)
}

fn told(standing: Standing) -> Told {
    match standing {
        Standing::Valid(valid) => of_valid(*valid),
        Standing::NotAnyMore { number, on } => Told {
            title: "verify-not-any-more",
            text: "verify-not-any-more-detail",
            lines: vec![
                ("verify-report-number", number),
                ("verify-issued-on", on.to_string()),
            ],
            ..Told::default()
        },
    }
}

fn of_valid(valid: Valid) -> Told {
    let purpose = valid.purpose.title(valid.lang).to_owned();
    let query = valid.code.clone().unwrap_or_else(|| valid.name.clone());
    let mut lines = vec![("verify-name", valid.name)];
    lines.extend(valid.code.map(|code| ("verify-code", code)));
    lines.extend([
        ("verify-report-number", valid.number),
        ("verify-issued-on", valid.on.to_string()),
        ("verify-purpose", purpose),
        ("verify-entries", valid.entries.to_string()),
    ]);
    Told {
        title: "verify-valid",
        text: "verify-valid-detail",
        lines,
        notes: vec!["verify-valid-compare"],
        valid: true,
        query,
    }
}

fn of_file(held: Held) -> Told {
    let mut told = told(held.standing);
    told.notes = vec![match held.pages {
        None => "verify-file-sound",
        Some(true) => "verify-pages-sound",
        Some(false) => "verify-pages-unknown",
    }];
    told
}

fn unknown(site: &Site, reader: &Reader) -> Response {
    let told = Told {
        title: "verify-unknown",
        text: "verify-unknown-detail",
        ..Told::default()
    };
    show(site, reader, StatusCode::NOT_FOUND, Some(told))
}

fn forged(site: &Site, reader: &Reader, status: StatusCode) -> Response {
    let told = Told {
        title: "verify-forged",
        text: "verify-forged-detail",
        ..Told::default()
    };
    show(site, reader, status, Some(told))
}

fn show(site: &Site, reader: &Reader, status: StatusCode, told: Option<Told>) -> Response {
    let f = Frame::new(reader);
    let key = site.office.signer.verifier().to_text();
    page::answer(status, &f, &Page { f: &f, told, key })
}
