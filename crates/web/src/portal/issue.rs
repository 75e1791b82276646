//! A signed copy of a public report is issued: as a page to print, as the signed file, or as a PDF with
//! the file inside. Asked again on the same day it is the same issue.

use super::report::parse;
use crate::Site;
use crate::desk::same_origin;
use crate::issued::{self, Stamp};
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use exchange::Error;
use exchange::report::issue::{self, Issued};
use views::report::Report;

#[derive(Template)]
#[template(path = "issued.html")]
struct Page<'a> {
    f: &'a Frame,
    report: &'a Report,
    stamp: &'a Stamp,
    verify: &'a str,
    pdf: bool,
    /// What was asked, for asking again in another form.
    fields: Vec<(String, String)>,
}

/// The fields of the form; any other is refused.
const FIELDS: [&str; 5] = ["as_of", "from", "to", "theme", "format"];

pub(crate) async fn post(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if !same_origin(&headers) {
        let status = StatusCode::FORBIDDEN;
        let text = Frame::new(&reader).t.get("problem-origin-detail");
        return page::message(status, &reader, "problem-origin", &text);
    }
    let rate = &site.limits.issue;
    if let Err(later) = rate.page(&site, &reader, &headers, &extensions) {
        return *later;
    }
    match make(&site, &reader, &headers, &id, fields).await {
        Ok(answer) => answer,
        Err(error) => page::error(&reader, &error),
    }
}

async fn make(
    site: &Site,
    reader: &Reader,
    headers: &HeaderMap,
    id: &str,
    fields: Vec<(String, String)>,
) -> Result<Response, Error> {
    let (format, fields) = read(fields)?;
    let ask = parse(reader.lang, &query(&fields))?;
    let issued = issue::public(&site.office, id, &ask).await?;
    let address = site.address(headers);
    match format.as_str() {
        "json" => Ok(file(&issued)),
        "pdf" => {
            let Some(typesetter) = &site.typesetter else {
                return Ok(super::report::no_font(reader));
            };
            let bytes = issued::pdf(&site.office, typesetter, &issued, &address).await?;
            Ok(attachment(&issued, "pdf", "application/pdf", bytes))
        }
        _ => {
            let f = Frame::new(reader);
            let stamp = issued::stamp(&issued, &address)?;
            let page = Page {
                f: &f,
                report: &issued.report,
                stamp: &stamp,
                verify: &issued.verify,
                pdf: site.typesetter.is_some(),
                fields,
            };
            Ok(page::answer(StatusCode::OK, &f, &page))
        }
    }
}

/// The format and the rest of a form.
fn read(fields: Vec<(String, String)>) -> Result<(String, Vec<(String, String)>), Error> {
    if fields.len() > 200 || fields.iter().any(|(name, _)| !FIELDS.contains(&&**name)) {
        return Err(Error::request(
            "表单中有未知的项目。请从报告页面重新签发。",
            "The form has an unknown field. Issue the copy from the page of the report.",
            "В форме есть неизвестное поле. Выдайте копию со страницы отчёта.",
        ));
    }
    let (formats, rest): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(name, _)| name == "format");
    let format = formats.into_iter().next().map(|(_, format)| format);
    Ok((format.unwrap_or_default(), rest))
}

/// The fields as the query of a report's address. Values are dates and codes of themes: what would have
/// to be encoded is none, and is refused where it is read.
fn query(fields: &[(String, String)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={value}"));
    pairs.collect::<Vec<_>>().join("&")
}

/// The signed file.
pub(crate) fn file(issued: &Issued) -> Response {
    let bytes = issued.file.clone().into_bytes();
    attachment(issued, "signed.json", "application/json", bytes)
}

fn attachment(issued: &Issued, end: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    // INVARIANT: the number is digits, capitals and a hyphen.
    let name = format!("attachment; filename=\"{}.{end}\"", issued.report.number);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
