//! Pages of the centre's administrator: who works here, what each is appointed to, keys of machines,
//! and everything that happened to an account.

mod account;
mod act;
mod list;
mod new;

use super::supply::own_pages_only;
use crate::Site;
use crate::reader;
use axum::Router;
use axum::http::{HeaderMap, header};
use axum::middleware;
use axum::routing::{get, post};
use exchange::people::{Account, Secret};

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/people", get(list::get))
        .route("/people/new", get(new::get).post(new::post))
        .route("/people/{id}", get(account::get))
        .route("/people/{id}/move", post(act::post_move))
        .route("/people/{id}/appointments", post(act::post_appoint))
        .route(
            "/people/{id}/appointments/{one}/end",
            post(act::post_dismiss),
        )
        .route("/people/{id}/keys", post(act::post_key))
        .route("/people/{id}/keys/{key}/end", post(act::post_key_end))
        .layer(middleware::from_fn(own_pages_only))
}

/// The address of a link, to be handed over: at the site's own address where it is known.
pub(super) fn link(site: &Site, headers: &HeaderMap, secret: &Secret) -> String {
    let scheme = if site.behind_tls { "https" } else { "http" };
    let host = reader::header(headers, header::HOST);
    let own = site.address.as_deref();
    let (scheme, host) = own.map_or((scheme, host), |own| (own.scheme, own.authority.as_str()));
    format!("{scheme}://{host}/account/begin/{}", secret.shown())
}

/// The person's name; the account's number once the person was erased.
pub(super) fn name_of(account: &Account) -> String {
    match &account.person {
        Some(person) => person.name.clone(),
        None => account.id.to_string(),
    }
}
