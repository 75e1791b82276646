//! To do by deadline, and how agencies kept their deadlines.

use super::view;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{supplier_title, theme_title};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::case::Party;
use credit::people::Action;
use exchange::Error;
use exchange::cases::{self, Desk, Line};
use jiff::ToSpan;
use serde::Deserialize;

/// Days over which kept deadlines are counted.
const DAYS: i64 = 365;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    agency: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    overdue: String,
    after: Option<String>,
}

/// A case in a table.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) kind: String,
    pub(super) theme: String,
    pub(super) supplier: String,
    pub(super) state: String,
    pub(super) turn: &'static str,
    pub(super) due: String,
    pub(super) overdue: bool,
    pub(super) soon: bool,
    pub(super) mine: bool,
}

/// How one agency kept its deadlines.
struct Kept {
    agency: String,
    cases: u64,
    missed: u64,
    overdue: u64,
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
    kept: Vec<Kept>,
    tabs: Vec<(&'static str, String, bool)>,
    next: String,
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
    if who.reach(Action::LegalList).is_nothing() {
        return Err(Error::Forbidden);
    }
    let seen = Desk {
        agency: &ask.agency,
        who: Party::parse(&ask.who),
        overdue: !ask.overdue.is_empty(),
    };
    let after = crate::cursor::after(ask.after.as_deref());
    let found = cases::queue(&site.office, &who, seen, after.as_deref()).await?;
    let f = Frame::new(reader);
    let next = crate::cursor::next(found.next.as_deref());
    let page = Page {
        clerk,
        rows: found.rows.iter().map(|one| row(site, one, &f)).collect(),
        kept: kept(site, clerk, &f).await?,
        tabs: tabs(ask),
        next: if next.is_empty() {
            next
        } else {
            format!(
                "{}&after={next}",
                address(&ask.agency, &ask.who, &ask.overdue)
            )
        },
        f: &f,
    };
    Ok(page::answer(StatusCode::OK, &f, &page))
}

fn address(agency: &str, who: &str, overdue: &str) -> String {
    format!("/cases?agency={agency}&who={who}&overdue={overdue}")
}

/// Whose turn is shown.
fn tabs(ask: &Ask) -> Vec<(&'static str, String, bool)> {
    let each = [
        ("case-tab-all", "", ""),
        ("case-tab-centre", "centre", ""),
        ("case-tab-supplier", "supplier", ""),
        ("case-tab-authority", "authority", ""),
        ("case-tab-overdue", "", "1"),
    ];
    let agency = if ask
        .agency
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-')
    {
        ask.agency.as_str()
    } else {
        ""
    };
    each.into_iter()
        .map(|(key, who, overdue)| {
            let here = (ask.who.as_str(), ask.overdue.as_str()) == (who, overdue);
            (key, address(agency, who, overdue), here)
        })
        .collect()
}

/// The row of a case.
pub(super) fn row(site: &Site, one: &Line, f: &Frame) -> Row {
    let (catalog, lang) = (&site.office.catalog, f.t.lang);
    let standing = &one.standing;
    let due = standing.due.into_iter().chain(standing.due_in_all).min();
    let id = one.card.id.to_string();
    Row {
        number: view::number(&id),
        id,
        kind: one.kind.title.get(lang).to_owned(),
        theme: theme_title(catalog, &one.card.theme, lang),
        supplier: supplier_title(catalog, &one.card.supplier, lang),
        state: view::state(&one.kind, &standing.state, lang),
        turn: view::turn(standing, lang),
        due: due.map(|day| day.to_string()).unwrap_or_default(),
        overdue: standing.overdue,
        soon: standing.soon,
        mine: one.mine,
    }
}

/// The deadlines of a year: of all agencies for the centre, of its own for an agency.
async fn kept(site: &Site, clerk: &Clerk, f: &Frame) -> Result<Vec<Kept>, Error> {
    let office = &site.office;
    let today = office.today();
    let from = today.saturating_sub(DAYS.days());
    let reach = clerk.actor.reach(Action::LegalList);
    let all = || office.catalog.suppliers.iter().map(|one| one.code.as_str());
    let agencies = reach.agencies().unwrap_or_else(|| all().collect());
    let mut rows = Vec::new();
    for code in agencies {
        let kept = cases::kept(office, code, from, today).await?;
        if kept.cases > 0 {
            rows.push(Kept {
                agency: supplier_title(&office.catalog, code, f.t.lang),
                cases: kept.cases,
                missed: kept.missed,
                overdue: kept.overdue,
            });
        }
    }
    Ok(rows)
}
