//! One grant: what was asked for and granted, each step, and the moves that the account may make.

use super::{Choice, Line, agency, items, purposes};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::field;
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::catalog::Catalog;
use credit::grant::{GrantId, GrantMove, Items, Terms};
use exchange::Error;
use exchange::sharing::{self, Full, GrantStep, Narrower};

struct Step {
    at: String,
    what: &'static str,
    state: &'static str,
    party: &'static str,
    by: String,
    reason: String,
    due: String,
}

/// Terms, for reading.
struct Told {
    items: Vec<Line>,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "sharing/grant.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    id: String,
    title: String,
    state: &'static str,
    over: bool,
    late: bool,
    due: String,
    asked: Told,
    granted: Option<Told>,
    steps: Vec<Step>,
    moves: Vec<Choice>,
    /// Some move comes with terms, which may be narrower than what was asked for.
    narrows: bool,
    pairs: Vec<Choice>,
    purposes: Vec<Choice>,
    until: String,
    per_day: u32,
    in_all: u32,
    lookup: bool,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let read = async {
        let id = GrantId::parse(&id).ok_or(Error::NotFound)?;
        sharing::grant(&site.office, &clerk.actor.acting(), id).await
    };
    match read.await {
        Ok(full) => show(&site, &reader, &clerk, full),
        // Whoever may see no grants at all is told so; to others an unknown one is not there.
        Err(error) => page::error(&reader, &error),
    }
}

fn show(site: &Site, reader: &Reader, clerk: &Clerk, full: Full) -> Response {
    let f = Frame::new(reader);
    let (catalog, today, lang) = (&site.office.catalog, site.office.today(), f.t.lang);
    let grant = &full.grant;
    let terms = &grant.asked;
    let each = |one: &GrantMove| Choice {
        code: one.code().to_owned(),
        title: one.title(lang).to_owned(),
        chosen: false,
    };
    let page = Page {
        clerk,
        id: grant.id.to_string(),
        title: f.t.with(
            "sharing-grant-title",
            &[
                ("asker", agency(catalog, &grant.asker, &f.t).into()),
                ("supplier", agency(catalog, &grant.supplier, &f.t).into()),
            ],
        ),
        state: grant.state.title(lang),
        over: grant.has_run_out(today),
        late: grant.is_late(today),
        due: grant.due.map(|day| day.to_string()).unwrap_or_default(),
        asked: told(catalog, terms, None, &f),
        granted: grant
            .granted
            .as_ref()
            .map(|own| told(catalog, own, Some(full.used), &f)),
        steps: full.steps.iter().map(|one| step(one, &f)).collect(),
        narrows: full.open.iter().any(|one| one.has_terms()),
        moves: full.open.iter().map(each).collect(),
        pairs: pairs(catalog, &terms.items, &f),
        purposes: purposes(catalog, terms, lang),
        until: terms.until.to_string(),
        per_day: terms.per_day,
        in_all: terms.in_all,
        lookup: clerk.can("lookup-make") && grant.in_force(today).is_some(),
        f: &f,
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn pairs(catalog: &Catalog, items: &Items, f: &Frame) -> Vec<Choice> {
    let title = |(code, item): (&str, &str)| {
        let theme = catalog.edition(code, "");
        let found = theme.and_then(|theme| theme.items.get(theme.item(item)?));
        Choice {
            code: format!("{code}/{item}"),
            title: found
                .map_or(item, |found| found.title.get(f.t.lang))
                .to_owned(),
            chosen: true,
        }
    };
    items.pairs().map(title).collect()
}

fn told(catalog: &Catalog, terms: &Terms, used: Option<(u64, u64)>, f: &Frame) -> Told {
    let line = |key: &str, value: String| Line {
        label: f.t.get(key),
        value,
    };
    let joined = |texts: Vec<String>| texts.join(" · ");
    let titles = purposes(catalog, terms, f.t.lang);
    let kinds = terms
        .kinds
        .iter()
        .map(|kind| kind.title(f.t.lang).to_owned());
    let mut lines = vec![
        line(
            "sharing-purposes",
            joined(titles.into_iter().map(|one| one.title).collect()),
        ),
        line("sharing-kinds", joined(kinds.collect())),
        line("sharing-basis", terms.basis.clone()),
        line("sharing-term", format!("{} – {}", terms.from, terms.until)),
    ];
    let (day, all) = (terms.per_day.to_string(), terms.in_all.to_string());
    lines.push(match used {
        Some((today, so_far)) => line(
            "sharing-used",
            format!("{today} / {day} · {so_far} / {all}"),
        ),
        None => line("sharing-volume", format!("{day} · {all}")),
    });
    let listed = |texts: &std::collections::BTreeSet<String>| texts.iter().cloned().collect();
    for (key, value) in [
        ("sharing-power", terms.power.clone().unwrap_or_default()),
        ("sharing-impact", terms.impact.clone().unwrap_or_default()),
        ("sharing-units", joined(listed(&terms.units))),
        ("sharing-areas", joined(listed(&terms.areas))),
    ] {
        if !value.is_empty() {
            lines.push(line(key, value));
        }
    }
    Told {
        items: items(catalog, &terms.items, f.t.lang),
        lines,
    }
}

fn step(one: &GrantStep, f: &Frame) -> Step {
    Step {
        at: page::moment(one.at.0),
        what: one.what.title(f.t.lang),
        state: one.state.title(f.t.lang),
        party: one.party.title(f.t.lang),
        by: one.by.to_string().chars().take(8).collect(),
        reason: one.reason.clone(),
        due: one.due.map(|day| day.to_string()).unwrap_or_default(),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    match act(&site, &clerk, &id, &fields).await {
        Ok(()) => Redirect::to(&format!("/sharing/grants/{id}")).into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

async fn act(
    site: &Site,
    clerk: &Clerk,
    id: &str,
    fields: &[(String, String)],
) -> Result<(), Error> {
    let id = GrantId::parse(id).ok_or(Error::NotFound)?;
    let what = GrantMove::parse(field(fields, "move")).ok_or(Error::Forbidden)?;
    let of = |name: &str| -> Vec<&str> {
        let own = fields.iter().filter(|(key, _)| key == name);
        own.map(|(_, value)| value.as_str()).collect()
    };
    let items = of("item").join(" ");
    let chosen = of("purpose");
    let number = |name: &str| field(fields, name).parse().ok();
    let narrower = Narrower {
        items: Items::parse(&items).ok(),
        purposes: (!chosen.is_empty()).then(|| chosen.iter().map(|&one| one.to_owned()).collect()),
        until: field(fields, "until").parse().ok(),
        per_day: number("per_day"),
        in_all: number("in_all"),
    };
    let (who, reason) = (clerk.actor.acting(), field(fields, "reason"));
    sharing::act(&site.office, &who, id, what, &narrower, reason)
        .await
        .map(drop)
}
