//! "Who is this?": rows whose subject a person decides, by name and with a reason, with the evidence
//! side by side. The last decision can be undone from the page that follows it.

use super::{field, supplier_title, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::Action;
use credit::record::Instant;
use credit::subject::SubjectId;
use exchange::Error;
use exchange::identity::{self, DecisionId};
use exchange::questions::{self, Answer, QueueAsk, QueueKind};
use serde::Deserialize;

mod row;

use row::Row;

/// Ages of a question that one may ask for, in days.
const AGES: [i64; 3] = [1, 7, 30];
/// A day in microseconds.
const DAY: i64 = 86_400_000_000;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    after: Option<String>,
    theme: Option<String>,
    supplier: Option<String>,
    /// At least so many days old.
    age: Option<i64>,
    /// The decision that was just made.
    done: Option<String>,
    /// A decision that was just undone.
    undone: Option<String>,
}

/// An entry of a filter.
struct Choice {
    value: String,
    title: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "supply/questions.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
    open: u64,
    themes: Vec<Choice>,
    suppliers: Vec<Choice>,
    ages: Vec<Choice>,
    filtered: bool,
    /// The query of this page's filter, for the next page and for coming back.
    here: String,
    next: String,
    done: String,
    undone: bool,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    match made(&site, &reader, &clerk, &ask).await {
        Ok(response) => response,
        Err(error) => page::error(&reader, &error),
    }
}

async fn made(site: &Site, reader: &Reader, clerk: &Clerk, ask: &Ask) -> Result<Response, Error> {
    let asked = ask.supplier.as_deref().unwrap_or_default();
    let queue = QueueAsk {
        theme: some(ask.theme.as_ref()),
        supplier: clerk.scope(Action::QuestionList, asked)?,
        until: ask
            .age
            .map(|days| Instant(site.office.now().0 - days.clamp(0, 36_500) * DAY)),
        after: crate::cursor::after(ask.after.as_deref()),
    };
    let found = questions::queue(&site.office, &queue).await?;
    let kinds = questions::kinds(&site.office).await?;
    let f = Frame::new(reader);
    let mut rows = Vec::with_capacity(found.rows.len());
    for question in found.rows {
        let evidence = identity::evidence(&site.office, question, reader.lang).await?;
        rows.push(row::row(site, &evidence, &f));
    }
    let page = Page {
        clerk,
        rows,
        open: kinds.iter().map(|kind| kind.open).sum(),
        themes: themes(site, &kinds, &queue, &f),
        suppliers: suppliers(site, &kinds, &queue, &f),
        ages: ages(ask, &f),
        filtered: queue.theme.is_some() || queue.supplier.is_some() || ask.age.is_some(),
        here: here(ask),
        next: crate::cursor::next(found.next.as_deref()),
        done: ask
            .done
            .as_deref()
            .and_then(DecisionId::parse)
            .map(|id| id.to_string())
            .unwrap_or_default(),
        undone: ask.undone.is_some(),
        f: &f,
    };
    Ok(page::answer(StatusCode::OK, &f, &page))
}

fn some(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).cloned()
}

fn themes(site: &Site, kinds: &[QueueKind], queue: &QueueAsk, f: &Frame) -> Vec<Choice> {
    let codes = kinds.iter().map(|kind| kind.theme.clone());
    choices(codes, queue.theme.as_deref(), |code| {
        theme_title(&site.office.catalog, code, f.t.lang)
    })
}

fn suppliers(site: &Site, kinds: &[QueueKind], queue: &QueueAsk, f: &Frame) -> Vec<Choice> {
    let codes = kinds.iter().map(|kind| kind.supplier.clone());
    choices(codes, queue.supplier.as_deref(), |code| {
        supplier_title(&site.office.catalog, code, f.t.lang)
    })
}

fn choices(
    codes: impl Iterator<Item = String>,
    chosen: Option<&str>,
    title: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let mut codes: Vec<String> = codes.chain(chosen.map(str::to_owned)).collect();
    codes.sort();
    codes.dedup();
    let choice = |code: String| Choice {
        title: title(&code),
        chosen: chosen == Some(code.as_str()),
        value: code,
    };
    codes.into_iter().map(choice).collect()
}

fn ages(ask: &Ask, f: &Frame) -> Vec<Choice> {
    AGES.iter()
        .map(|days| Choice {
            value: days.to_string(),
            title: f.t.count("questions-days", days.unsigned_abs()),
            chosen: ask.age == Some(*days),
        })
        .collect()
}

/// The filter as a query; codes and numbers need no escape.
fn here(ask: &Ask) -> String {
    let plain = |text: &str| {
        let sound = |one: char| one.is_ascii_alphanumeric() || one == '-' || one == '_';
        text.chars().filter(|one| sound(*one)).collect::<String>()
    };
    let mut here = String::new();
    for (name, value) in [("theme", &ask.theme), ("supplier", &ask.supplier)] {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            here.push_str(&format!("{name}={}&", plain(value)));
        }
    }
    if let Some(days) = ask.age {
        here.push_str(&format!("age={days}&"));
    }
    here
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(mention): Path<String>,
    Query(ask): Query<Ask>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if !clerk.can(Action::QuestionDecide.code()) {
        return page::error(&reader, &Error::Forbidden);
    }
    let given = match field(&fields, "answer") {
        "none" => Some(Answer::NotSame),
        id => SubjectId::parse(id).map(Answer::Same),
    };
    let (Some(mention), Some(given)) = (SubjectId::parse(&mention), given) else {
        let text = Frame::new(&reader).t.get("question-choose");
        return page::message(StatusCode::BAD_REQUEST, &reader, "problem-request", &text);
    };
    let reason = field(&fields, "reason");
    match questions::answer(&site.office, mention, given, &clerk.officer, reason).await {
        Ok(done) => back(&ask, &format!("done={}", done.id)),
        Err(error) => page::error(&reader, &error),
    }
}

/// Takes a decision back, with the reason that the form gives.
pub(super) async fn post_undo(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(decision): Path<String>,
    Query(ask): Query<Ask>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let undone = match DecisionId::parse(&decision) {
        _ if !clerk.can(Action::QuestionDecide.code()) => Err(Error::Forbidden),
        Some(id) => {
            identity::undo(&site.office, id, &clerk.officer, field(&fields, "reason")).await
        }
        None => Err(Error::NotFound),
    };
    match undone {
        Ok(done) => back(&ask, &format!("undone={}", done.id)),
        Err(error) => page::error(&reader, &error),
    }
}

fn back(ask: &Ask, what: &str) -> Response {
    Redirect::to(&format!("/supply/questions?{}{what}", here(ask))).into_response()
}
