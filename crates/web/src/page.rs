//! Pages: what every one of them shares, and how one is answered.

use crate::reader::Reader;
use crate::text::Texts;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use views::report::Report;

/// What the frame around every page needs.
pub(crate) struct Frame {
    /// The site's texts in the reader's language.
    pub(crate) t: Texts,
    /// The larger mode.
    pub(crate) large: bool,
    /// The address of this page, ready for one more parameter.
    pub(crate) here: String,
    told: bool,
}

impl Frame {
    pub(crate) fn new(reader: &Reader) -> Frame {
        Frame {
            t: Texts { lang: reader.lang },
            large: reader.large,
            here: reader.here.clone(),
            told: reader.told,
        }
    }

    /// The BCP 47 tag of the language.
    pub(crate) fn lang(&self) -> &'static str {
        self.t.lang.tag()
    }
}

/// Answers with a page that was made, or says why it was not.
pub(crate) fn made<T: Template>(
    reader: &Reader,
    frame: &Frame,
    page: Result<T, exchange::Error>,
) -> Response {
    match page {
        Ok(page) => answer(StatusCode::OK, frame, &page),
        Err(cause) => error(reader, &cause),
    }
}

/// Answers with a page; the language and size told in the address are remembered for a year.
pub(crate) fn answer<T: Template>(status: StatusCode, frame: &Frame, page: &T) -> Response {
    let body = match page.render() {
        Ok(body) => body,
        Err(cause) => {
            tracing::error!(%cause, "a page could not be made");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let mut response = (status, Html(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_LANGUAGE,
        HeaderValue::from_static(frame.lang()),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept-Language, Cookie"),
    );
    if frame.told {
        remember(headers, "lang", frame.lang());
    }
    if frame.here.contains("size=") || frame.large {
        remember(
            headers,
            "size",
            if frame.large { "large" } else { "normal" },
        );
    }
    response
}

fn remember(headers: &mut axum::http::HeaderMap, name: &str, value: &str) {
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        headers.append(header::SET_COOKIE, cookie);
    }
}

/// An instant in the time of Asia/Shanghai, to the second.
pub(crate) fn moment(micros: i64) -> String {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    let at = jiff::Timestamp::from_microsecond(micros).ok();
    at.map(|at| at.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// A page with a title and a sentence: what happened and how to go on.
pub(crate) fn message(status: StatusCode, reader: &Reader, title: &str, message: &str) -> Response {
    let f = Frame::new(reader);
    let page = Message {
        title: f.t.get(title),
        message,
        f: &f,
    };
    answer(status, &f, &page)
}

/// The page of a workflow's error.
pub(crate) fn error(reader: &Reader, error: &exchange::Error) -> Response {
    let (status, kind) = crate::problem::kind(error);
    if status.is_server_error() {
        tracing::error!(error = ?error, "a page failed");
    }
    let title = format!("problem-{kind}");
    let mut response = message(status, reader, &title, &error.message(reader.lang));
    if let Some(seconds) = crate::problem::retry(error) {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    f: &'a Frame,
    title: String,
    message: &'a str,
}

/// A report as a document of its own, with its styles inside, for printing and keeping.
///
/// # Errors
/// When the template fails, which only a defect can cause.
pub fn report_document(report: &Report) -> Result<String, askama::Error> {
    let page = crate::issued::Document {
        report,
        stamp: None,
        style: STYLE,
    };
    page.render()
}

/// The styles of every page.
pub(crate) const STYLE: &str = include_str!("../assets/site.css");
