//! One's own account: what one is appointed to, where one is signed in, and a new password.

use super::enter::raw;
use super::weak;
use crate::Site;
use crate::desk::{Clerk, NO_SESSION, begin_session, cookie, place};
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, fault_of, supplier_title, theme_title};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use exchange::people::provider;
use exchange::people::session::{self, Changed};

struct Role {
    role: &'static str,
    agency: String,
    themes: Vec<String>,
    from: String,
    until: String,
}

struct Open {
    id: String,
    began: String,
    seen: String,
    this: bool,
}

#[derive(Template)]
#[template(path = "account/own.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    roles: Vec<Role>,
    sessions: Vec<Open>,
    ties: Vec<Tied>,
}

/// A provider, and since when the account is tied to it.
struct Tied {
    code: String,
    title: String,
    since: Option<String>,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    show(&site, &reader, &clerk, StatusCode::OK, Vec::new()).await
}

pub(super) async fn post_password(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let f = Frame::new(&reader);
    let typed = (raw(&fields, "old"), raw(&fields, "new"));
    let place = place(&site, &headers, &extensions);
    let changed = session::change_password(&site.office, &clerk.actor, typed, &place).await;
    let (status, fault) = match changed {
        Ok(Changed::Done(secret)) => {
            return begin_session(Redirect::to("/account").into_response(), &secret);
        }
        Ok(Changed::Wrong) => (
            StatusCode::FORBIDDEN,
            Fault::new("old", f.t.get("account-old-wrong")),
        ),
        Ok(Changed::Shut(seconds)) => (
            StatusCode::TOO_MANY_REQUESTS,
            Fault::new("old", f.t.count("account-shut", seconds)),
        ),
        Ok(Changed::Weak(why)) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            Fault::new("new", weak(&f, why)),
        ),
        Err(error) => return page::error(&reader, &error),
    };
    show(&site, &reader, &clerk, status, vec![fault]).await
}

/// Leaving works without a session, too.
pub(super) async fn post_leave(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = session::leave(&site.office, cookie(&headers)).await {
        return page::error(&reader, &error);
    }
    let mut response = Redirect::to("/account/enter").into_response();
    response.headers_mut().append(SET_COOKIE, NO_SESSION);
    response
}

pub(super) async fn post_leave_others(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
) -> Response {
    match session::end_others(&site.office, &clerk.actor).await {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post_end(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    // A name that is none of this account's ends nothing, and says nothing.
    let named = credit::subject::SubmissionId::parse(&id).map(|id| id.0);
    let Some(one) = named else {
        return page::error(&reader, &exchange::Error::NotFound);
    };
    match session::end(&site.office, &clerk.actor, &one).await {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    status: StatusCode,
    faults: Vec<Fault>,
) -> Response {
    let open = match session::list(&site.office, &clerk.actor).await {
        Ok(open) => open,
        Err(error) => return page::error(reader, &error),
    };
    let ties = match ties(site, clerk, reader).await {
        Ok(ties) => ties,
        Err(error) => return page::error(reader, &error),
    };
    let f = Frame::new(reader);
    let page = Page {
        f: &f,
        clerk,
        faults,
        ties,
        roles: roles(site, clerk, reader),
        sessions: open
            .iter()
            .map(|one| Open {
                id: one.id.iter().map(|byte| format!("{byte:02x}")).collect(),
                began: page::moment(one.began.0),
                seen: page::moment(one.seen.0),
                this: one.id == clerk.actor.session,
            })
            .collect(),
    };
    page::answer(status, &f, &page)
}

/// The site's providers; what ties the account to one that the site has no more can be ended, too.
async fn ties(site: &Site, clerk: &Clerk, reader: &Reader) -> Result<Vec<Tied>, exchange::Error> {
    let mut held = provider::ties(&site.office, &clerk.actor).await?;
    let mut rows = Vec::new();
    for one in site.providers.settings() {
        let tie = held.iter().position(|tie| tie.provider == one.code);
        rows.push(Tied {
            code: one.code.clone(),
            title: super::provider::title(one, reader.lang),
            since: tie.map(|at| page::moment(held.swap_remove(at).made.0)),
        });
    }
    rows.extend(held.into_iter().map(|tie| Tied {
        title: tie.provider.clone(),
        code: tie.provider,
        since: Some(page::moment(tie.made.0)),
    }));
    Ok(rows)
}

fn roles(site: &Site, clerk: &Clerk, reader: &Reader) -> Vec<Role> {
    let catalog = &site.office.catalog;
    let today = site.office.today();
    let held = clerk.actor.appointments.iter();
    held.filter(|one| one.until >= today)
        .map(|one| Role {
            role: one.role.title(reader.lang),
            agency: supplier_title(catalog, &one.agency, reader.lang),
            themes: one
                .themes
                .iter()
                .map(|code| theme_title(catalog, code, reader.lang))
                .collect(),
            from: one.from.to_string(),
            until: one.until.to_string(),
        })
        .collect()
}
