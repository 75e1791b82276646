//! A subject's public report, as a page and as PDF.

use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use credit::lang::Lang;
use exchange::report::{self, Ask};
use views::report::Report;

struct Choice {
    code: String,
    title: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    f: &'a Frame,
    report: Report,
    pdf: bool,
    today: String,
    as_of: String,
    from: String,
    to: String,
    themes: Vec<Choice>,
    query: String,
    /// What was asked, for the form that issues a signed copy of it.
    fields: Vec<(&'static str, String)>,
}

pub(crate) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let (ask, report) = match make(&site, &reader, &id, "report", &query).await {
        Ok(made) => made,
        Err(answer) => return answer,
    };
    let f = Frame::new(&reader);
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let page = Page {
        f: &f,
        pdf: site.typesetter.is_some(),
        today: report.at.today.to_string(),
        as_of: day(ask.as_of),
        from: day(ask.from),
        to: day(ask.to),
        themes: choices(&site, &ask),
        fields: fields(&ask),
        query,
        report,
    };
    page::answer(StatusCode::OK, &f, &page)
}

pub(crate) async fn get_pdf(
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let Some(typesetter) = site.typesetter.clone() else {
        return no_font(&reader);
    };
    let query = query.unwrap_or_default();
    let report = match make(&site, &reader, &id, "report.pdf", &query).await {
        Ok((_, report)) => report,
        Err(answer) => return answer,
    };
    let name = format!("inline; filename=\"{}.pdf\"", report.number);
    let kind = "application/pdf".to_owned();
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    // Typesetting takes milliseconds of one core: not on a thread that serves others.
    let made = tokio::task::spawn_blocking(move || typesetter.report(&report)).await;
    let unmade = |cause: Box<dyn std::error::Error + Send + Sync>| {
        page::error(
            &reader,
            &exchange::Error::inner("a PDF could not be made", cause),
        )
    };
    match made {
        Ok(Ok(bytes)) => (headers, bytes).into_response(),
        Ok(Err(cause)) => unmade(cause.into()),
        Err(cause) => unmade(cause.into()),
    }
}

/// The answer where the machine has no Chinese font.
pub(super) fn no_font(reader: &Reader) -> Response {
    page::message(
        StatusCode::SERVICE_UNAVAILABLE,
        reader,
        "problem-unavailable",
        &Frame::new(reader).t.get("report-no-font"),
    )
}

/// What was asked and its report; an answer where there is none or it stands at another address.
async fn make(
    site: &Site,
    reader: &Reader,
    id: &str,
    page: &str,
    query: &str,
) -> Result<(Ask, Report), Response> {
    let refused = |error| page::error(reader, &error);
    let ask = parse(reader.lang, query).map_err(refused)?;
    let report = report::public(&site.office, id, &ask).await;
    let report = report.map_err(refused)?;
    match moved(&report, id, page, query) {
        Some(answer) => Err(answer),
        None => Ok((ask, report)),
    }
}

/// Codes and ids of merged mentions lead to the one address of the subject, as they do from its
/// page. Asked only once there is a report: an address tells nothing of whom the public may not see.
fn moved(report: &Report, asked: &str, page: &str, query: &str) -> Option<Response> {
    let id = report.who.id.to_string();
    let mark = if query.is_empty() { "" } else { "?" };
    (id != asked).then(|| {
        Redirect::permanent(&format!("/subjects/{id}/{page}{mark}{query}")).into_response()
    })
}

/// What was asked, as fields of a form.
fn fields(ask: &Ask) -> Vec<(&'static str, String)> {
    let days = [("as_of", ask.as_of), ("from", ask.from), ("to", ask.to)];
    let days = days
        .into_iter()
        .filter_map(|(name, day)| Some((name, day?.to_string())));
    let themes = ask.themes.iter().flatten();
    days.chain(themes.map(|code| ("theme", code.clone())))
        .collect()
}

/// Reads `as_of`, `from`, `to` and any number of `theme` from a query; empty fields are not told.
pub(crate) fn parse(lang: Lang, query: &str) -> exchange::error::Result<Ask> {
    let mut ask = Ask {
        lang,
        ..Ask::default()
    };
    for pair in query.split('&').take(200) {
        let Some((name, value)) = pair.split_once('=').filter(|(_, value)| !value.is_empty())
        else {
            continue;
        };
        match name {
            "as_of" => ask.as_of = Some(day(value)?),
            "from" => ask.from = Some(day(value)?),
            "to" => ask.to = Some(day(value)?),
            // Theme codes are letters, digits and hyphens: nothing in them is percent-encoded.
            "theme" => ask.themes.get_or_insert_default().push(value.to_owned()),
            _ => {}
        }
    }
    Ok(ask)
}

/// A day as people write it in addresses and forms.
pub(crate) fn day(text: &str) -> exchange::error::Result<jiff::civil::Date> {
    text.parse().map_err(|_| {
        exchange::Error::request(
            "日期请写成 2026-11-22 的形式。",
            "Write dates as 2026-11-22.",
            "Пишите даты в виде 2026-11-22.",
        )
    })
}

fn choices(site: &Site, ask: &Ask) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for theme in site
        .office
        .catalog
        .themes
        .iter()
        .filter(|theme| theme.public)
    {
        if choices.iter().any(|choice| choice.code == theme.code) {
            continue;
        }
        choices.push(Choice {
            code: theme.code.clone(),
            title: theme.title.get(ask.lang).to_owned(),
            chosen: ask
                .themes
                .as_ref()
                .is_none_or(|chosen| chosen.contains(&theme.code)),
        });
    }
    choices
}
