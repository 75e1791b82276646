//! The inbox: what an account, its agencies and the subjects for which it acts were told, newest first, and
//! where the account is told that there is something.

use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of, field, supplier_title, theme_title};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::notice::{Addressee, Channel, NoticeKind};
use credit::people::{Action, MyAction, Reach};
use exchange::Error;
use exchange::notices::{self, Notice};
use exchange::people::mandate;
use policy::Purpose;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    /// An agency's inbox; without one the account's own.
    #[serde(default)]
    agency: String,
    /// The inbox of a subject, by the mandate under which the account acts for it.
    #[serde(default)]
    mandate: String,
    /// What an agency is not to use any more.
    #[serde(default)]
    receiver: String,
    /// The credit centre's.
    #[serde(default)]
    centre: String,
    after: Option<String>,
}

struct Line {
    when: String,
    text: String,
    fresh: bool,
    /// Why it was told late.
    late: String,
    /// Where more of it stands.
    to: String,
}

/// An inbox to choose.
struct Inbox {
    path: String,
    title: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "account/inbox.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    boxes: Vec<Inbox>,
    lines: Vec<Line>,
    next: String,
    mail: String,
    sms: String,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let shown = show(&site, &reader, &clerk, &ask, None).await;
    shown.unwrap_or_else(|error| page::error(&reader, &error))
}

pub(super) async fn post_contact(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let mut faults = Vec::new();
    for (name, channel) in [("mail", Channel::Mail), ("sms", Channel::Sms)] {
        let (id, address) = (clerk.actor.account, field(&fields, name));
        match notices::set_contact(&site.office, id, channel, address, reader.lang).await {
            Ok(()) => {}
            Err(Error::Request(text)) => {
                faults.push(Fault::new(name, text.get(reader.lang).to_owned()));
            }
            Err(error) => return page::error(&reader, &error),
        }
    }
    if faults.is_empty() {
        return Redirect::to("/account/inbox").into_response();
    }
    let typed = ["mail", "sms"].map(|name| field(&fields, name).to_owned());
    let shown = show(
        &site,
        &reader,
        &clerk,
        &Ask::default(),
        Some((typed, faults)),
    )
    .await;
    shown.unwrap_or_else(|error| page::error(&reader, &error))
}

/// What was typed into the two fields, and what is wrong with it.
type Typed = ([String; 2], Vec<Fault>);

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    ask: &Ask,
    typed: Option<Typed>,
) -> Result<Response, Error> {
    let f = Frame::new(reader);
    let reach = clerk.actor.reach(Action::SubmissionCreate);
    let addressee = addressee(site, clerk, ask, &reach).await?;
    let after = crate::cursor::after(ask.after.as_deref());
    let rows = notices::inbox(&site.office, &addressee, after.as_deref()).await?;
    let ([mail, sms], faults) = match typed {
        Some(typed) => typed,
        None => (contacts(site, clerk).await?, Vec::new()),
    };
    let seen = rows
        .rows
        .iter()
        .filter(|one| covers(one, &ask.agency, &reach));
    let next = crate::cursor::next(rows.next.as_deref());
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = Page {
        f: &f,
        clerk,
        faults,
        boxes: boxes(site, clerk, ask, &reach, &f).await?,
        lines: seen.map(|one| line(site, one, ask, &f)).collect(),
        next: if next.is_empty() {
            next
        } else {
            path(ask, &next)
        },
        mail,
        sms,
    };
    Ok(page::answer(status, &f, &page))
}

/// Where the account is told: its mail address, its mobile number.
async fn contacts(site: &Site, clerk: &Clerk) -> Result<[String; 2], Error> {
    let known = notices::contacts(&site.office, clerk.actor.account).await?;
    let address = |channel| {
        let found = known.iter().find(|(one, _)| *one == channel);
        found.map(|(_, address)| address.clone())
    };
    Ok([Channel::Mail, Channel::Sms].map(|channel| address(channel).unwrap_or_default()))
}

/// Whose inbox is asked for, where the account may read it.
async fn addressee(
    site: &Site,
    clerk: &Clerk,
    ask: &Ask,
    reach: &Reach,
) -> Result<Addressee, Error> {
    let own = reach.agencies().unwrap_or_default();
    if !ask.receiver.is_empty() {
        let gives = clerk.actor.reach(Action::ReceiptGive);
        let own = gives.touches(&ask.receiver);
        let receiver = Addressee::Receiver(ask.receiver.clone());
        return own.then_some(receiver).ok_or(Error::Forbidden);
    }
    if !ask.centre.is_empty() {
        let own = !clerk.actor.reach(Action::LegalHandle).is_nothing();
        return own.then_some(Addressee::Centre).ok_or(Error::Forbidden);
    }
    match (ask.agency.as_str(), ask.mandate.as_str()) {
        ("", "") => Ok(Addressee::Account(clerk.actor.account)),
        ("", one) => {
            let held = mandate::mine(&site.office, &clerk.actor, one, MyAction::Looks).await?;
            notices::of_subject(&site.office, held.subject).await
        }
        (code, "") if own.contains(&code) => Ok(Addressee::Agency(code.to_owned())),
        _ => Err(Error::Forbidden),
    }
}

/// The inboxes that the account may read: its own, its agencies', those of subjects for which it acts.
async fn boxes(
    site: &Site,
    clerk: &Clerk,
    ask: &Ask,
    reach: &Reach,
    f: &Frame,
) -> Result<Vec<Inbox>, Error> {
    let mut boxes = vec![Inbox {
        path: "/account/inbox".to_owned(),
        title: f.t.get("inbox-own"),
        here: [&ask.agency, &ask.mandate, &ask.receiver, &ask.centre]
            .iter()
            .all(|one| one.is_empty()),
    }];
    if !clerk.actor.reach(Action::LegalHandle).is_nothing() {
        boxes.push(Inbox {
            path: "/account/inbox?centre=1".to_owned(),
            title: f.t.get("inbox-centre"),
            here: !ask.centre.is_empty(),
        });
    }
    let gives = clerk.actor.reach(Action::ReceiptGive);
    for code in gives.agencies().unwrap_or_default() {
        let agency = supplier_title(&site.office.catalog, code, f.t.lang);
        boxes.push(Inbox {
            path: format!("/account/inbox?receiver={code}"),
            title: f.t.one("inbox-receiver", "agency", &agency),
            here: code == ask.receiver,
        });
    }
    for code in reach.agencies().unwrap_or_default() {
        boxes.push(Inbox {
            path: format!("/account/inbox?agency={code}"),
            title: supplier_title(&site.office.catalog, code, f.t.lang),
            here: code == ask.agency,
        });
    }
    for held in mandate::held(&site.office, &clerk.actor).await? {
        if held.allows(MyAction::Looks, site.office.today()) {
            let id = held.id.to_string();
            boxes.push(Inbox {
                path: format!("/account/inbox?mandate={id}"),
                title: crate::portal::my::subject(site, &held, f).await?,
                here: id == ask.mandate,
            });
        }
    }
    Ok(boxes)
}

/// The address of the next page.
fn path(ask: &Ask, next: &str) -> String {
    let (agency, mandate) = (&ask.agency, &ask.mandate);
    let (receiver, centre) = (&ask.receiver, &ask.centre);
    format!(
        "/account/inbox?agency={agency}&mandate={mandate}&receiver={receiver}&centre={centre}&after={next}"
    )
}

/// An agency's notice about a theme outside the account's appointment is not for it.
fn covers(one: &Notice, agency: &str, reach: &Reach) -> bool {
    let facts: Value = serde_json::from_str(&one.facts).unwrap_or_default();
    let theme = facts["theme"].as_str();
    agency.is_empty() || theme.is_none_or(|theme| reach.covers(agency, theme))
}

/// A notice as it reads: when it was told, what, and why so late.
pub(crate) fn told(site: &Site, one: &Notice, f: &Frame) -> [String; 3] {
    let facts: Value = serde_json::from_str(&one.facts).unwrap_or_default();
    let text = |name: &str| facts[name].as_str().unwrap_or_default().to_owned();
    let catalog = &site.office.catalog;
    let values = [
        (
            "theme",
            theme_title(catalog, &text("theme"), f.t.lang).into(),
        ),
        ("from", text("from").into()),
        ("to", text("to").into()),
        ("due", text("due").into()),
        (
            "agency",
            supplier_title(catalog, &text("agency"), f.t.lang).into(),
        ),
        ("purpose", purpose(site, &text("purpose"), f).into()),
        ("step", step(site, &facts, f).into()),
        ("kind", case_kind(site, &facts, f).into()),
    ];
    let late = one.deferred.as_ref().map(|(law, officer, until)| {
        let values = [
            ("law", law.as_str().into()),
            ("officer", officer.as_str().into()),
            ("until", until.to_string().into()),
        ];
        f.t.with("inbox-deferred", &values)
    });
    [
        page::moment(one.visible_at.0),
        f.t.with(kind(one.kind), &values),
        late.unwrap_or_default(),
    ]
}

fn line(site: &Site, one: &Notice, ask: &Ask, f: &Frame) -> Line {
    let [when, text, late] = told(site, one, f);
    let facts: Value = serde_json::from_str(&one.facts).unwrap_or_default();
    let case = facts["case"].as_str().unwrap_or_default().to_owned();
    Line {
        when,
        text,
        fresh: !one.read,
        late,
        to: to(one.kind, &ask.mandate, &case),
    }
}

/// Where more of a notice stands.
fn to(kind: NoticeKind, mandate: &str, case: &str) -> String {
    match kind {
        NoticeKind::LookedUp if !mandate.is_empty() => format!("/my/{mandate}/looks"),
        NoticeKind::StopUse | NoticeKind::StopUseLate => "/sharing/receipts".to_owned(),
        NoticeKind::Case | NoticeKind::CaseSoon | NoticeKind::CaseLate => match mandate {
            "" => format!("/cases/{case}"),
            own => format!("/my/{own}/cases/{case}"),
        },
        _ => String::new(),
    }
}

/// What a case's notice says of the step: the kind of case and the move, by its table.
fn step(site: &Site, facts: &Value, f: &Frame) -> String {
    let text = |name: &str| facts[name].as_str().unwrap_or_default();
    let kind = site
        .office
        .catalog
        .case_edition(text("kind"), text("version"));
    let one = kind.and_then(|kind| Some((kind, kind.one_move(text("move"))?)));
    one.map_or_else(String::new, |(kind, one)| {
        format!("{} · {}", kind.title.get(f.t.lang), one.title.get(f.t.lang))
    })
}

/// The kind of case that a notice is about.
fn case_kind(site: &Site, facts: &Value, f: &Frame) -> String {
    let text = |name: &str| facts[name].as_str().unwrap_or_default();
    let catalog = &site.office.catalog;
    let kind = catalog.case_edition(text("kind"), text("version"));
    kind.map_or_else(String::new, |kind| kind.title.get(f.t.lang).to_owned())
}

/// A purpose as it reads: the catalogue's under a grant, else our own.
fn purpose(site: &Site, code: &str, f: &Frame) -> String {
    let known = &site.office.catalog.purposes;
    let granted = known.iter().find(|one| one.code == code);
    let own = || Purpose::parse(code).map(|own| own.title(f.t.lang).to_owned());
    granted
        .map(|one| one.title.get(f.t.lang).to_owned())
        .or_else(own)
        .unwrap_or_else(|| code.to_owned())
}

fn kind(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Due => "notice-due",
        NoticeKind::Missed => "notice-missed",
        NoticeKind::PullFailed => "notice-pull-failed",
        NoticeKind::LookedUp => "notice-looked-up",
        NoticeKind::Recorded => "notice-recorded",
        NoticeKind::Case => "notice-case",
        NoticeKind::CaseSoon => "notice-case-soon",
        NoticeKind::CaseLate => "notice-case-late",
        NoticeKind::StopUse => "notice-stop-use",
        NoticeKind::StopUseLate => "notice-stop-use-late",
    }
}
