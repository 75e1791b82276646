//! "Who is this?": rows whose subject a person decides, by name and with a reason.

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
use credit::limits::CANDIDATES;
use credit::subject::SubjectId;
use exchange::questions::{self, Answer, Question};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    after: Option<String>,
}

struct Candidate {
    id: String,
    name: String,
    code: String,
    kind: String,
}

struct Row {
    mention: String,
    name: String,
    kind: String,
    theme: String,
    supplier: String,
    row: u64,
    asked: String,
    candidates: Vec<Candidate>,
}

#[derive(Template)]
#[template(path = "supply/questions.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let after = ask
        .after
        .as_deref()
        .map(|after| crate::cursor::open(after).unwrap_or_default());
    let page = match questions::open(&site.office, after.as_deref()).await {
        Ok(page) => page,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let page = Page {
        f: &f,
        clerk: &clerk,
        rows: page
            .rows
            .iter()
            .map(|question| row(&site, question, &f))
            .collect(),
        next: page
            .next
            .as_deref()
            .map(crate::cursor::seal)
            .unwrap_or_default(),
    };
    page::answer(StatusCode::OK, &f, &page)
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(mention): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
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
        Ok(()) => Redirect::to("/supply/questions").into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

fn row(site: &Site, question: &Question, f: &Frame) -> Row {
    let catalog = &site.office.catalog;
    let candidates = question
        .candidates
        .iter()
        .take(CANDIDATES)
        .map(|one| Candidate {
            id: one.subject.to_string(),
            name: one.name.clone(),
            code: one
                .identifier
                .as_ref()
                .map(|code| code.value().to_owned())
                .unwrap_or_default(),
            kind: f.t.get(&format!("kind-{}", one.kind.code())),
        });
    Row {
        mention: question.mention.to_string(),
        name: question.name.clone(),
        kind: f.t.get(&format!("kind-{}", question.kind.code())),
        theme: theme_title(catalog, &question.theme, f.t.lang),
        supplier: supplier_title(catalog, &question.supplier, f.t.lang),
        row: question.row,
        asked: page::moment(question.asked_at.0),
        candidates: candidates.collect(),
    }
}
