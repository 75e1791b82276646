//! One account: where it stands, what it is appointed to, its keys, and what happened to it.

use super::name_of;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of, supplier_title, theme_title};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::lang::Lang;
use credit::people::{AccountId, AccountKind, AccountMove, Action, Appointment, Role};
use exchange::people::{self, Account, AccountMoved, KeyKind, MachineKey, machine};
use exchange::{Error, office::date_of};

/// What an appointment can be made of.
pub(super) struct Offered {
    pub(super) roles: Vec<(&'static str, &'static str)>,
    pub(super) agencies: Vec<(String, String)>,
    pub(super) themes: Vec<(String, String)>,
}

impl Offered {
    pub(super) fn of(site: &Site, lang: Lang) -> Offered {
        let catalog = &site.office.catalog;
        // Whoever acts for a subject is recorded at the window, not appointed.
        let subjects = [Role::SubjectRepresentative, Role::TaskClerk];
        let roles = Role::ALL
            .into_iter()
            .filter(|role| !subjects.contains(role));
        let mut themes: Vec<(String, String)> = Vec::new();
        for theme in &catalog.themes {
            if themes.iter().all(|(code, _)| *code != theme.code) {
                let title = theme_title(catalog, &theme.code, lang);
                themes.push((theme.code.clone(), title));
            }
        }
        Offered {
            roles: roles.map(|role| (role.code(), role.title(lang))).collect(),
            agencies: catalog
                .suppliers
                .iter()
                .map(|one| (one.code.clone(), one.title.get(lang).to_owned()))
                .collect(),
            themes,
        }
    }
}

struct Held {
    id: String,
    role: &'static str,
    agency: String,
    themes: Vec<String>,
    until: String,
}

struct Key {
    id: String,
    kind: &'static str,
    made: String,
    ends: String,
    works: bool,
}

struct Moved {
    at: String,
    what: String,
    state: String,
    by: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "people/account.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    id: String,
    name: String,
    login: String,
    kind: String,
    state: String,
    machine: bool,
    may: bool,
    moves: Vec<(&'static str, String)>,
    erasable: bool,
    held: Vec<Held>,
    keys: Vec<Key>,
    history: Vec<Moved>,
    offered: Offered,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }

    /// The form of an appointment begins empty here.
    fn typed(&self, _: &str) -> &'static str {
        ""
    }
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    if let Err(error) = clerk.must(Action::PeopleList) {
        return page::error(&reader, &error);
    }
    show(&site, &reader, &clerk, &id, StatusCode::OK, Vec::new()).await
}

/// The page of an account, with what is wrong with what was sent.
pub(super) async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    id: &str,
    status: StatusCode,
    faults: Vec<Fault>,
) -> Response {
    let f = Frame::new(reader);
    match made(site, &f, clerk, id, faults).await {
        Ok(page) => page::answer(status, &f, &page),
        Err(error) => page::error(reader, &error),
    }
}

async fn made<'a>(
    site: &Site,
    f: &'a Frame,
    clerk: &'a Clerk,
    id: &str,
    mut faults: Vec<Fault>,
) -> Result<Page<'a>, Error> {
    let id = AccountId::parse(id).ok_or(Error::NotFound)?;
    let account = people::get(&site.office, id).await?;
    let keys = machine::keys(&site.office, id).await?;
    let history = people::history(&site.office, id).await?;
    let own = clerk.actor.account == id;
    let may = clerk.can("people-move") && !own;
    let moves = moves(&account, f);
    let machine = account.kind == AccountKind::Machine;
    let erasable = account.person.is_some() && account.state == credit::people::AccountState::Ended;
    for fault in &mut faults {
        // A form that is not on the page for this account has no field to lead to.
        let there = match fault.field {
            "public" => machine,
            "reason" => erasable || !moves.is_empty(),
            _ => true,
        };
        if !(may && there) {
            fault.field = "account";
        }
    }
    let login = account.person.as_ref().map(|one| one.login.clone());
    Ok(Page {
        clerk,
        faults,
        name: name_of(&account),
        login: login.unwrap_or_default(),
        kind: f.t.get(&format!("people-kind-{}", account.kind.code())),
        state: f.t.get(&format!("people-state-{}", account.state.code())),
        machine,
        may,
        moves,
        erasable,
        held: account
            .appointments
            .iter()
            .map(|one| held(site, one, f))
            .collect(),
        keys: keys.iter().map(|one| key(site, one)).collect(),
        history: named(site, &history, f).await?,
        offered: Offered::of(site, f.t.lang),
        id: id.to_string(),
        f,
    })
}

/// The moves that there are from where the account stands.
fn moves(account: &Account, f: &Frame) -> Vec<(&'static str, String)> {
    let machine = account.kind == AccountKind::Machine;
    AccountMove::ALL
        .into_iter()
        .filter(|one| *one != AccountMove::Activate)
        .filter(|one| !(machine && matches!(one, AccountMove::Invite | AccountMove::Reset)))
        .filter(|one| one.from(Some(account.state)).is_some())
        .map(|one| (one.code(), f.t.get(&format!("people-move-{}", one.code()))))
        .collect()
}

fn held(site: &Site, one: &Appointment, f: &Frame) -> Held {
    let (catalog, lang) = (&site.office.catalog, f.t.lang);
    Held {
        id: one.id.to_string(),
        role: one.role.title(lang),
        agency: supplier_title(catalog, &one.agency, lang),
        themes: one
            .themes
            .iter()
            .map(|code| theme_title(catalog, code, lang))
            .collect(),
        until: one.until.to_string(),
    }
}

fn key(site: &Site, one: &MachineKey) -> Key {
    Key {
        id: one.id.iter().map(|byte| format!("{byte:02x}")).collect(),
        kind: match one.kind {
            KeyKind::Token => "people-key-token",
            KeyKind::Ed25519 => "people-key-ed25519",
        },
        made: date_of(one.made).to_string(),
        ends: date_of(one.ended.unwrap_or(one.ends)).to_string(),
        works: one.ended.is_none() && one.ends > site.office.now(),
    }
}

/// What happened, with the names of those who did it: a page has few moves and fewer people.
async fn named(site: &Site, history: &[AccountMoved], f: &Frame) -> Result<Vec<Moved>, Error> {
    let mut moves = Vec::with_capacity(history.len());
    for one in history {
        let by = match one.by {
            Some(id) => name_of(&people::get(&site.office, id).await?),
            None => f.t.get("people-by-machine"),
        };
        moves.push(Moved {
            at: page::moment(one.at.0),
            what: f.t.get(&format!("people-move-{}", one.what.code())),
            state: f.t.get(&format!("people-state-{}", one.state.code())),
            by,
            reason: one.reason.clone(),
        });
    }
    Ok(moves)
}
