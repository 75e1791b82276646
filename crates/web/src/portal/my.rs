//! A subject's own portal: what is on file about it, who looked, its clerks, everything to take away.
//! Each address names a mandate of whoever acts; any other number is one that there is not.

pub(in crate::portal) mod cases;
mod clerks;
mod consents;
mod export;
mod file;
mod home;
mod looks;
mod reports;

use super::supply::own_pages_only;
use crate::Site;
use crate::desk::Clerk;
use crate::page::Frame;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};
use credit::limits::{FORM_BYTES, UPLOAD_BYTES};
use credit::people::{Mandate, MyAction};
use exchange::Error;
use exchange::people::mandate;

pub(super) fn routes() -> Router<Site> {
    let limit = || DefaultBodyLimit::max(UPLOAD_BYTES + FORM_BYTES);
    Router::new()
        .route("/my", get(home::get))
        .route("/my/{mandate}", get(file::get))
        .route("/my/{mandate}/looks", get(looks::get))
        .route("/my/{mandate}/looks.json", get(looks::get_json))
        .route("/my/{mandate}/reports", get(reports::get))
        .route("/my/{mandate}/clerks", get(clerks::get).post(clerks::post))
        .route("/my/{mandate}/clerks/{clerk}/end", post(clerks::post_end))
        .route(
            "/my/{mandate}/consents",
            get(consents::get).post(consents::post),
        )
        .route(
            "/my/{mandate}/consents/{consent}/withdraw",
            post(consents::post_withdraw),
        )
        .route("/my/{mandate}/export.json", get(export::get_json))
        .route("/my/{mandate}/export.csv", get(export::get_csv))
        .route("/my/{mandate}/cases", get(cases::list::get))
        .route(
            "/my/{mandate}/cases/new",
            get(cases::file::get).post(cases::file::post).layer(limit()),
        )
        .route(
            "/my/{mandate}/cases/promise",
            get(cases::promise::get)
                .post(cases::promise::post)
                .layer(limit()),
        )
        .route("/my/{mandate}/cases/{id}", get(cases::one::get))
        .route(
            "/my/{mandate}/cases/{id}/moves",
            post(cases::one::post).layer(limit()),
        )
        .route(
            "/my/{mandate}/cases/{id}/files/{seq}/{number}",
            get(cases::one::get_file),
        )
        .route(
            "/my/{mandate}/cases/{id}/letters/{seq}",
            get(cases::one::get_letter),
        )
        .layer(middleware::from_fn(own_pages_only))
}

/// What stands above each page of one mandate: which pages there are for it.
struct Bar {
    mandate: String,
    subject: String,
    pages: Vec<(&'static str, String, bool)>,
}

/// The bar of a mandate for a page of it, by the key of that page's title.
async fn bar(site: &Site, f: &Frame, own: &Mandate, here: &str) -> Result<Bar, Error> {
    let today = site.office.today();
    let mandate = own.id.to_string();
    let each = [
        (MyAction::File, "my-file", ""),
        (MyAction::Looks, "my-looks", "/looks"),
        (MyAction::File, "my-reports", "/reports"),
        (MyAction::Cases, "my-cases", "/cases"),
        (MyAction::Clerks, "my-clerks", "/clerks"),
        (MyAction::Consents, "my-consents", "/consents"),
    ];
    let pages = each
        .into_iter()
        // Signed reports with a number that others verify are organisations' alone.
        .filter(|(action, key, _)| {
            own.allows(*action, today) && !(own.is_own() && *key == "my-reports")
        })
        .map(|(_, key, end)| (key, format!("/my/{mandate}{end}"), key == here))
        .collect();
    Ok(Bar {
        subject: subject(site, own, f).await?,
        mandate,
        pages,
    })
}

/// A mandate of the account that allows something today, by its id, and the bar of one of its pages.
async fn opened(
    site: &Site,
    clerk: &Clerk,
    f: &Frame,
    (id, action, here): (&str, MyAction, &str),
) -> Result<(Mandate, Bar), Error> {
    let own = mandate::mine(&site.office, &clerk.actor, id, action).await?;
    let bar = bar(site, f, &own, here).await?;
    Ok((own, bar))
}

/// The name of a mandate's subject as the public reads it; its number where it has none any more.
pub(in crate::portal) async fn subject(
    site: &Site,
    own: &Mandate,
    f: &Frame,
) -> Result<String, Error> {
    if own.is_own() {
        return Ok(f.t.get("my-self"));
    }
    let id = own.subject.to_string();
    match exchange::lookup::by_code(&site.office, &id, f.t.lang).await {
        Ok(found) => Ok(found.who.name),
        Err(Error::NotFound) => Ok(id),
        Err(error) => Err(error),
    }
}
