//! Figures over cases, by agency and kind: of all for the centre, of its own for an agency. The plot shows the
//! figures of the table below it.

use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Choice, agencies, supplier_title};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::Error;
use exchange::cases::{self, Statistic};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// Units of the plot's width.
const WIDTH: u64 = 1_000;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    agency: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

struct Row {
    agency: String,
    kind: String,
    opened: u64,
    decided: u64,
    outcomes: String,
    missed: u64,
    missed_above: u64,
    overdue: u64,
    median: String,
    /// Lengths of the bars of opened, decided and missed, in units of the plot.
    bars: [u64; 3],
}

#[derive(Template)]
#[template(path = "cases/statistics.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    agencies: Vec<Choice>,
    from: String,
    to: String,
    rows: Vec<Row>,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let made = made(&site, &reader, &clerk, &ask).await;
    made.unwrap_or_else(|error| page::error(&reader, &error))
}

async fn made(site: &Site, reader: &Reader, clerk: &Clerk, ask: &Ask) -> Result<Response, Error> {
    let who = clerk.actor.acting();
    let reach = who.reach(Action::LegalList);
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    let (from, to) = term(ask, site.office.today())?;
    let found = cases::statistics(&site.office, &who, &ask.agency, (from, to)).await?;
    let f = Frame::new(reader);
    let most = found.iter().map(|one| one.opened.max(one.missed)).max();
    let most = most.unwrap_or(1).max(1);
    let page = Page {
        clerk,
        agencies: agencies(&site.office.catalog, &reach, &ask.agency, f.t.lang),
        from: from.to_string(),
        to: to.to_string(),
        rows: found.iter().map(|one| row(site, one, most, &f)).collect(),
        f: &f,
    };
    Ok(page::answer(StatusCode::OK, &f, &page))
}

/// The term asked for; without one the year up to today.
fn term(ask: &Ask, today: Date) -> Result<(Date, Date), Error> {
    let day = |text: &str, otherwise: Date| match text.trim() {
        "" => Ok(otherwise),
        text => crate::portal::report_day(text),
    };
    let year = today.saturating_sub(1.year());
    Ok((day(&ask.from, year)?, day(&ask.to, today)?))
}

fn row(site: &Site, one: &Statistic, most: u64, f: &Frame) -> Row {
    let lang = f.t.lang;
    let outcomes = one.outcomes.iter();
    let outcomes: Vec<String> = outcomes
        .map(|(_, title, times)| format!("{} {times}", title.get(lang)))
        .collect();
    let median = one.median();
    let median = median.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let bar = |count: u64| count.saturating_mul(WIDTH).checked_div(most).unwrap_or(0);
    Row {
        agency: supplier_title(&site.office.catalog, &one.agency, lang),
        kind: one.title.get(lang).to_owned(),
        opened: one.opened,
        decided: one.decided(),
        outcomes: outcomes.join(" · "),
        missed: one.missed,
        missed_above: one.missed_above,
        overdue: one.overdue,
        median: median.unwrap_or_default(),
        bars: [one.opened, one.decided(), one.missed].map(bar),
    }
}
