//! The clerks of a representative: who, which tasks, until when; a new one, and an end.

use super::{Bar, bar};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::people::{link, name_of};
use crate::portal::supply::{Fault, fault_of, field};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::{MyAction, tasks};
use exchange::people::{Person, mandate};
use exchange::{Error, people};

struct Row {
    id: String,
    name: String,
    tasks: Vec<&'static str>,
    until: String,
    holds: bool,
}

#[derive(Template)]
#[template(path = "my/clerks.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    rows: Vec<Row>,
    faults: Vec<Fault>,
    tasks: Vec<(&'static str, &'static str)>,
    typed: Typed<'a>,
}

/// What was typed, to be kept when something is wrong with it.
#[derive(Default)]
struct Typed<'a> {
    login: &'a str,
    name: &'a str,
    until: &'a str,
    reason: &'a str,
    tasks: Vec<String>,
}

impl Typed<'_> {
    fn has(&self, code: &str) -> bool {
        self.tasks.iter().any(|task| task == code)
    }
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

/// The link of a new account, shown once.
#[derive(Template)]
#[template(path = "my/invited.html")]
struct Invited<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    link: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let none = Typed::default();
    show(
        &site,
        &reader,
        &clerk,
        &id,
        (StatusCode::OK, Vec::new()),
        none,
    )
    .await
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let typed = typed(&fields);
    let made = match asked(&typed) {
        Ok(one) => mandate::appoint(&site.office, &clerk.actor, &id, &one).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(made) => match made.link {
            None => Redirect::to(&format!("/my/{id}/clerks")).into_response(),
            Some(secret) => {
                let link = link(&site, &headers, &secret);
                invited(&site, &clerk, &reader, &id, link).await
            }
        },
        Err(error @ Error::Request(_)) => {
            let fault = vec![Fault::new("login", error.message(reader.lang))];
            let told = (StatusCode::UNPROCESSABLE_ENTITY, fault);
            show(&site, &reader, &clerk, &id, told, typed).await
        }
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post_end(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, one)): Path<(String, String)>,
) -> Response {
    let reason = Frame::new(&reader).t.get("my-clerk-ended");
    let ended = mandate::dismiss(&site.office, &clerk.actor, &id, &one, &reason).await;
    match ended {
        Ok(()) => Redirect::to(&format!("/my/{id}/clerks")).into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

fn typed(fields: &[(String, String)]) -> Typed<'_> {
    Typed {
        login: field(fields, "login"),
        name: field(fields, "name"),
        until: field(fields, "until"),
        reason: field(fields, "reason"),
        tasks: fields
            .iter()
            .filter(|(key, _)| key == "task")
            .take(tasks().len())
            .map(|(_, code)| code.clone())
            .collect(),
    }
}

fn asked<'t>(typed: &'t Typed<'_>) -> Result<mandate::Clerk<'t>, Error> {
    Ok(mandate::Clerk {
        person: Person {
            login: typed.login.to_owned(),
            name: typed.name.to_owned(),
        },
        tasks: &typed.tasks,
        until: match typed.until {
            "" => None,
            day => Some(crate::portal::report_day(day)?),
        },
        reason: typed.reason,
    })
}

async fn invited(site: &Site, clerk: &Clerk, reader: &Reader, id: &str, link: String) -> Response {
    let f = &Frame::new(reader);
    let made = async {
        let own = mandate::mine(&site.office, &clerk.actor, id, MyAction::Clerks).await?;
        bar(site, f, &own, "my-clerks").await
    };
    match made.await {
        Ok(bar) => page::answer(
            StatusCode::OK,
            f,
            &Invited {
                f,
                clerk,
                bar,
                link,
            },
        ),
        Err(error) => page::error(reader, &error),
    }
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    id: &str,
    (status, faults): (StatusCode, Vec<Fault>),
    typed: Typed<'_>,
) -> Response {
    let f = Frame::new(reader);
    let made = async {
        let own = mandate::mine(&site.office, &clerk.actor, id, MyAction::Clerks).await?;
        let rows = rows(site, &f, &own).await?;
        Ok::<_, Error>((bar(site, &f, &own, "my-clerks").await?, rows))
    };
    match made.await {
        Ok((bar, rows)) => {
            let page = Page {
                f: &f,
                clerk,
                bar,
                rows,
                faults,
                tasks: tasks()
                    .iter()
                    .map(|task| (task.code, task.title(f.t.lang)))
                    .collect(),
                typed,
            };
            page::answer(status, &f, &page)
        }
        Err(error) => page::error(reader, &error),
    }
}

async fn rows(site: &Site, f: &Frame, own: &credit::people::Mandate) -> Result<Vec<Row>, Error> {
    let today = site.office.today();
    let mut rows = Vec::new();
    for one in mandate::clerks(&site.office, own).await? {
        let account = people::get(&site.office, one.account).await?;
        rows.push(Row {
            id: one.id.to_string(),
            name: name_of(&account),
            tasks: super::home::titles(&one, f.t.lang),
            until: one.until.to_string(),
            holds: one.holds(today),
        });
    }
    Ok(rows)
}
