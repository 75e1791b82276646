//! How well a supplier's data come: passed, on time, repeated, corrected. Figures, not a grade.

use super::{Choice, agencies, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::due;
use exchange::supply::{self, Quality};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    supplier: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

struct Row {
    theme: String,
    submissions: u64,
    rows: u64,
    passed: Share,
    on_time: Share,
    repeats: u64,
    corrections: u64,
    rejected: u64,
    held: u64,
}

/// A share in tenths of a per cent; `None` of nothing.
struct Share(Option<u64>);

impl Share {
    fn of(part: u64, whole: u64) -> Share {
        Share((whole > 0).then(|| part.saturating_mul(1000).checked_div(whole).unwrap_or(0)))
    }

    fn shown(&self) -> String {
        self.0.map_or_else(
            || "—".to_owned(),
            |share| format!("{}.{} %", share / 10, share % 10),
        )
    }

    /// The width of a bar of 1000 units.
    fn width(&self) -> u64 {
        self.0.unwrap_or(0)
    }
}

#[derive(Template)]
#[template(path = "supply/quality.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    suppliers: Vec<Choice>,
    supplier: &'a str,
    from: String,
    to: String,
    rows: Vec<Row>,
    /// How deadlines were kept: theme, in time, late, missed.
    kept: Vec<(String, due::Kept)>,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let f = Frame::new(&reader);
    let today = site.office.today();
    let (from, to) = match period(&ask, today) {
        Ok(period) => period,
        Err(error) => return page::error(&reader, &error),
    };
    let catalog = &site.office.catalog;
    let reach = clerk.actor.reach(Action::QualityRead);
    let supplier = match clerk.scope(Action::QualityRead, &ask.supplier) {
        Ok(supplier) => supplier.unwrap_or_default(),
        Err(error) => return page::error(&reader, &error),
    };
    let (figures, kept) = match figures(&site, &supplier, from, to).await {
        Ok(figures) => figures,
        Err(error) => return page::error(&reader, &error),
    };
    let covers = |one: &&Quality| reach.covers(&supplier, &one.theme);
    let seen = figures.iter().filter(covers);
    let kept = kept
        .into_iter()
        .filter(|(theme, _)| reach.covers(&supplier, theme))
        .map(|(theme, kept)| (theme_title(catalog, &theme, f.t.lang), kept));
    let page = Page {
        f: &f,
        clerk: &clerk,
        suppliers: agencies(catalog, &reach, &supplier, reader.lang),
        supplier: &supplier,
        from: from.to_string(),
        to: to.to_string(),
        rows: seen.map(|one| row(&site, one, &f)).collect(),
        kept: kept.collect(),
    };
    page::answer(StatusCode::OK, &f, &page)
}

/// Figures by theme, and how deadlines were kept by theme.
type Figures = (Vec<Quality>, Vec<(String, due::Kept)>);

async fn figures(
    site: &Site,
    code: &str,
    from: Date,
    to: Date,
) -> exchange::error::Result<Figures> {
    if code.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let figures = supply::quality(&site.office, code, from, to).await?;
    Ok((figures, due::kept(&site.office, code, from, to).await?))
}

/// The period asked for; without one the year so far.
fn period(ask: &Ask, today: Date) -> exchange::error::Result<(Date, Date)> {
    let day = |text: &str, otherwise: Date| match text.trim() {
        "" => Ok(otherwise),
        text => crate::portal::report_day(text),
    };
    let (from, to) = (day(&ask.from, today.first_of_year())?, day(&ask.to, today)?);
    if from > to {
        return Err(exchange::Error::request(
            format!("起始日 {from} 晚于截止日 {to}。请对调两个日期。"),
            format!("The first day, {from}, is after the last, {to}. Exchange the two."),
            format!("Первый день, {from}, позже последнего, {to}. Поменяйте их местами."),
        ));
    }
    Ok((from, to))
}

fn row(site: &Site, one: &Quality, f: &Frame) -> Row {
    let counts = &one.counts;
    let judged = counts.accepted + counts.unchanged + counts.held + counts.rejected;
    Row {
        theme: theme_title(&site.office.catalog, &one.theme, f.t.lang),
        submissions: one.submissions,
        rows: one.rows,
        passed: Share::of(judged - counts.rejected, judged),
        on_time: Share::of(counts.accepted.saturating_sub(counts.late), counts.accepted),
        repeats: counts.unchanged,
        corrections: one.corrections,
        rejected: counts.rejected,
        held: counts.held,
    }
}
