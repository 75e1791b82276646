//! At the desk of the centre: all announcements with what became of them, and the forms by which one is
//! published and withdrawn.

use super::list::{Item, item};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, field};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::announcement::{REASON_CHARS, TEXT_CHARS, TITLE_CHARS};
use credit::lang::{Lang, Text};
use credit::people::Action;
use exchange::Error;
use exchange::announcements::{self, Announcement, Draft};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    after: Option<String>,
}

struct Row {
    item: Item,
    published: String,
    officer: String,
    /// Key of how it stands.
    standing: &'static str,
    /// Why it was withdrawn.
    reason: String,
    may_end: bool,
}

/// The fields of one language.
struct Words {
    lang: &'static str,
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "announcements/desk.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    rows: Vec<Row>,
    next: String,
    words: Vec<Words>,
    today: String,
    most: [usize; 3],
    sent: &'a [(String, String)],
}

impl Page<'_> {
    /// What was typed, to be kept when something is wrong with it.
    fn typed(&self, name: &str) -> &str {
        field(self.sent, name)
    }
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let made = made(&site, &reader, &clerk, &ask, (&[], None)).await;
    made.unwrap_or_else(|error| page::error(&reader, &error))
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let words = |part: &str| {
        let of = |lang: Lang| field(&fields, &format!("{part}-{}", lang.tag())).to_owned();
        Text {
            zh: of(Lang::Zh),
            en: of(Lang::En),
            ru: of(Lang::Ru),
        }
    };
    let draft = Draft {
        title: words("title"),
        text: words("text"),
        from: field(&fields, "from").parse().ok(),
        until: field(&fields, "until").parse().ok(),
    };
    let who = clerk.actor.acting();
    let done = announcements::publish(&site.office, &who, draft).await;
    let done = done.map(drop).map_err(|error| ("title-zh", error));
    after(&site, &reader, &clerk, (&fields, done)).await
}

pub(super) async fn post_withdraw(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let who = clerk.actor.acting();
    let done = announcements::withdraw(&site.office, &who, &id, field(&fields, "reason")).await;
    let done = done.map_err(|error| ("main", error));
    after(&site, &reader, &clerk, (&fields, done)).await
}

/// A form that was taken, or what is wrong and at which field.
type Done = Result<(), (&'static str, Error)>;

/// A form that was taken, or the page with what is wrong with it.
async fn after(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    (fields, done): (&[(String, String)], Done),
) -> Response {
    let (at, error) = match done {
        Ok(()) => return Redirect::to("/desk/announcements").into_response(),
        Err(wrong) => wrong,
    };
    if !matches!(error, Error::Request(_)) {
        return page::error(reader, &error);
    }
    let fault = Fault::new(at, error.message(reader.lang));
    let made = made(site, reader, clerk, &Ask::default(), (fields, Some(fault))).await;
    made.unwrap_or_else(|error| page::error(reader, &error))
}

async fn made(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    ask: &Ask,
    (sent, wrong): (&[(String, String)], Option<Fault>),
) -> Result<Response, Error> {
    let who = clerk.actor.acting();
    let after = crate::cursor::after(ask.after.as_deref());
    let found = announcements::all(&site.office, &who, after.as_deref()).await?;
    let f = Frame::new(reader);
    let may = !clerk.actor.reach(Action::AnnouncementPublish).is_nothing();
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = Page {
        clerk,
        faults: wrong.into_iter().collect(),
        rows: found
            .rows
            .iter()
            .map(|one| row(site, one, may, &f))
            .collect(),
        next: crate::cursor::next(found.next.as_deref()),
        words: words(sent),
        today: site.office.today().to_string(),
        most: [TITLE_CHARS, TEXT_CHARS, REASON_CHARS],
        sent,
        f: &f,
    };
    Ok(page::answer(status, &f, &page))
}

fn row(site: &Site, one: &Announcement, may: bool, f: &Frame) -> Row {
    let today = site.office.today();
    let standing = match &one.withdrawn {
        Some(_) => "announcement-withdrawn",
        None if today < one.from => "announcement-later",
        None if today > one.until => "announcement-over",
        None => "announcement-shown",
    };
    let why = one.withdrawn.as_ref();
    Row {
        item: item(one, f),
        published: page::moment(one.published_at.0),
        officer: one.officer.clone(),
        reason: why.map(|why| why.reason.clone()).unwrap_or_default(),
        may_end: may && why.is_none() && today <= one.until,
        standing,
    }
}

fn words(sent: &[(String, String)]) -> Vec<Words> {
    let each = Lang::ALL.iter().map(|lang| Words {
        lang: lang.tag(),
        title: field(sent, &format!("title-{}", lang.tag())).to_owned(),
        text: field(sent, &format!("text-{}", lang.tag())).to_owned(),
    });
    each.collect()
}
