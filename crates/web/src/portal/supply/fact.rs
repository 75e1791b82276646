//! A single fact by form: theme and supplier are chosen, the fact is written, the answers are read
//! once more, and then it goes through the door as a file of one row.

use super::form::{self, Cell, Shown, busy, typed};
use super::rejects::FaultLine;
use super::{Choice, Fault, agencies, field, supplier_title};
use crate::Site;
use crate::desk::{Clerk, Jobs};
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::catalog::{Role, Theme};
use credit::people::Action;
use exchange::Error;
use exchange::ingest::{self, Rehearsed, Told};
use exchange::supply::{self, RejectRow};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    supplier: String,
}

#[derive(Template)]
#[template(path = "supply/fact_choose.html")]
struct ChoosePage<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    themes: Vec<Choice>,
    suppliers: Vec<Choice>,
    supplier: &'a str,
}

#[derive(Template)]
#[template(path = "supply/fact.html")]
struct FormPage<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    theme: &'a str,
    title: &'a str,
    supplier: &'a str,
    supplier_title: String,
    cells: Vec<Cell>,
    rest: Vec<FaultLine>,
    again: bool,
    head: String,
    refusal: String,
}

#[derive(Template)]
#[template(path = "supply/fact_check.html")]
struct CheckPage<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    theme: &'a str,
    title: &'a str,
    supplier: &'a str,
    supplier_title: String,
    /// Why it would wait.
    held: Option<String>,
    /// Item and canonical value, filled ones only.
    answers: Vec<(String, String)>,
    /// Item code and value as typed.
    typed: Vec<(String, String)>,
}

/// For whom and under which theme.
struct Desk<'a> {
    site: &'a Site,
    reader: &'a Reader,
    clerk: &'a Clerk,
    theme: Arc<Theme>,
    supplier: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    match desk(&site, &reader, &clerk, &ask) {
        Ok(Some(desk)) => desk.write(Shown::first(Vec::new(), Vec::new())),
        Ok(None) => choose(&site, &reader, &clerk, &ask),
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let desk = match desk(&site, &reader, &clerk, &ask) {
        Ok(Some(desk)) => desk,
        Ok(None) => return choose(&site, &reader, &clerk, &ask),
        Err(error) => return page::error(&reader, &error),
    };
    let values = typed(&desk.theme, &fields);
    match field(&fields, "step") {
        "change" => desk.write(Shown::first(values, Vec::new())),
        "send" => desk.send(values).await,
        _ => desk.check(values).await,
    }
}

/// Whom the account may write for; `None` while theme or supplier are to be chosen.
fn desk<'a>(
    site: &'a Site,
    reader: &'a Reader,
    clerk: &'a Clerk,
    ask: &Ask,
) -> Result<Option<Desk<'a>>, Error> {
    let action = Action::SubmissionCreate;
    if !clerk.can(action.code()) {
        return Err(Error::Forbidden);
    }
    let catalog = &site.office.catalog;
    let theme = catalog.theme(&ask.theme, site.office.today());
    let supplier = ask.supplier.trim();
    let Some(theme) = theme.filter(|_| !supplier.is_empty()) else {
        return Ok(None);
    };
    clerk.may(action, supplier, &theme.code)?;
    Ok(Some(Desk {
        site,
        reader,
        clerk,
        theme: Arc::clone(theme),
        supplier: supplier.to_owned(),
    }))
}

fn choose(site: &Site, reader: &Reader, clerk: &Clerk, ask: &Ask) -> Response {
    let f = Frame::new(reader);
    let catalog = &site.office.catalog;
    let reach = clerk.actor.reach(Action::SubmissionCreate);
    let chosen = (ask.supplier.as_str(), ask.theme.as_str());
    let mut faults = Vec::new();
    if !ask.theme.is_empty() && ask.supplier.trim().is_empty() {
        faults.push(Fault::new("supplier", f.t.get("submit-supplier-missing")));
    }
    let own = reach.agencies().and_then(|own| own.first().copied());
    let page = ChoosePage {
        f: &f,
        clerk,
        themes: super::submit::themes(site, &reach, chosen.1, reader.lang),
        suppliers: agencies(catalog, &reach, chosen.0, reader.lang),
        supplier: if chosen.0.is_empty() && faults.is_empty() {
            own.unwrap_or_default()
        } else {
            chosen.0
        },
        faults,
    };
    let status = if page.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page::answer(status, &f, &page)
}

impl Desk<'_> {
    fn request(&self, values: &[String]) -> ingest::Request {
        let terms = form::Terms {
            theme: &self.theme,
            supplier: &self.supplier,
            date: None,
            name: "form.json",
        };
        let told = Told {
            officer: Some(self.clerk.officer.name().to_owned()),
            ..Told::default()
        };
        form::request(&terms, values, told)
    }

    /// Whether it would be taken; then its answers, else what is wrong.
    async fn check(&self, values: Vec<String>) -> Response {
        let lang = self.reader.lang;
        match ingest::rehearse(&self.site.office, self.request(&values)).await {
            Ok(Rehearsed::Taken {
                held,
                values: canonical,
                ..
            }) => self.answers(&values, &canonical, held),
            Ok(Rehearsed::Rejected(row)) => self.rejected(values, &row),
            Ok(Rehearsed::Empty | Rehearsed::Several) => {
                let text = Frame::new(self.reader).t.get("fact-empty");
                self.write(Shown::refused(values, text))
            }
            Err(Error::File(refusal)) => self.write(Shown::refused(values, refusal.message(lang))),
            Err(error) => page::error(self.reader, &error),
        }
    }

    /// Through the door; what the store alone can tell comes back to the form.
    async fn send(&self, values: Vec<String>) -> Response {
        let Some(seat) = self.site.desk.jobs.seat() else {
            return page::error(self.reader, &busy());
        };
        let sent = Jobs::run(self.site, self.request(&values), seat).await;
        match sent.unwrap_or_else(|| Err(busy())) {
            Ok(receipt) if receipt.counts.rejected == 0 => {
                let again = if receipt.repeated { "?repeated=1" } else { "" };
                Redirect::to(&format!("/supply/submissions/{}{again}", receipt.id)).into_response()
            }
            Ok(receipt) => {
                let page = supply::rejects(&self.site.office, &receipt.id, None).await;
                match page.ok().and_then(|page| page.rows.into_iter().next()) {
                    Some(row) => self.rejected(values, &row),
                    None => self.write(Shown::again(values, Vec::new())),
                }
            }
            Err(Error::File(refusal)) => {
                self.write(Shown::refused(values, refusal.message(self.reader.lang)))
            }
            Err(error) => page::error(self.reader, &error),
        }
    }

    fn rejected(&self, values: Vec<String>, row: &RejectRow) -> Response {
        self.write(Shown::rejected(values, row, self.reader.lang))
    }

    fn write(&self, shown: Shown) -> Response {
        let f = Frame::new(self.reader);
        let status = shown.status();
        let (cells, rest) = form::cells(&self.theme, &shown.values, shown.faults, &f);
        let page = FormPage {
            f: &f,
            clerk: self.clerk,
            theme: &self.theme.code,
            title: self.theme.title.get(f.t.lang),
            supplier: &self.supplier,
            supplier_title: supplier_title(&self.site.office.catalog, &self.supplier, f.t.lang),
            cells,
            rest,
            again: shown.again,
            head: f.t.get("faults-title"),
            refusal: shown.refusal,
        };
        page::answer(status, &f, &page)
    }

    fn answers(&self, typed: &[String], canonical: &[String], held: Option<&str>) -> Response {
        let f = Frame::new(self.reader);
        let written = |values: &[String]| -> Vec<(usize, String)> {
            let items = self.theme.items.iter().zip(values).enumerate();
            let filled = items.filter(|(_, (item, value))| {
                item.role != Role::PersonIdentifier && !value.is_empty()
            });
            filled.map(|(ix, (_, value))| (ix, value.clone())).collect()
        };
        let named = |name: &dyn Fn(&credit::catalog::Item) -> String, values: &[String]| {
            let items = written(values).into_iter();
            let items = items.filter_map(|(ix, value)| Some((self.theme.items.get(ix)?, value)));
            items.map(|(item, value)| (name(item), value)).collect()
        };
        let catalog = &self.site.office.catalog;
        let page = CheckPage {
            f: &f,
            clerk: self.clerk,
            theme: &self.theme.code,
            title: self.theme.title.get(f.t.lang),
            supplier: &self.supplier,
            supplier_title: supplier_title(catalog, &self.supplier, f.t.lang),
            held: held
                .and_then(|code| catalog.hold(code))
                .map(|hold| hold.title.get(f.t.lang).to_owned()),
            answers: named(&|item| item.title.get(f.t.lang).to_owned(), canonical),
            typed: named(&|item| item.code.clone(), typed),
        };
        page::answer(StatusCode::OK, &f, &page)
    }
}
