//! One's own account: signing in, setting up, sessions, password. No page tells whether another
//! account exists.

mod begin;
mod code;
mod enrol;
mod enter;
mod inbox;
mod own;
mod provider;

pub(super) use inbox::told;

use super::supply::own_pages_only;
use crate::Site;
use crate::page::Frame;
use axum::Router;
use axum::middleware;
use axum::routing::{get, post};
use credit::people::AccountKind;
use exchange::people::{Actor, Weak};

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/account", get(own::get))
        .route("/account/enter", get(enter::get).post(enter::post))
        .route("/account/code", get(code::get).post(code::post))
        .route("/account/begin/{link}", get(begin::get).post(begin::post))
        .route("/account/enrol", get(enrol::get).post(enrol::post))
        .route("/account/inbox", get(inbox::get))
        .route("/account/contact", post(inbox::post_contact))
        .route("/account/with/{provider}", get(provider::leave))
        .route("/account/tie/{provider}", get(provider::leave_to_tie))
        .route("/account/back/{provider}", get(provider::back))
        .route(
            "/account/providers/{provider}/end",
            post(provider::post_end),
        )
        .route("/account/password", post(own::post_password))
        .route("/account/leave", post(own::post_leave))
        .route("/account/leave-others", post(own::post_leave_others))
        .route("/account/sessions/{id}/end", post(own::post_end))
        .layer(middleware::from_fn(own_pages_only))
}

/// Where one begins: a person who acts for subjects among them, all others at the desk.
fn first_page(actor: &Actor) -> &'static str {
    first_page_of(actor.kind)
}

fn first_page_of(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Representative => "/my",
        AccountKind::Officer | AccountKind::Machine => "/supply",
    }
}

/// Why a password is not taken, in words.
fn weak(f: &Frame, weak: Weak) -> String {
    f.t.get(match weak {
        Weak::Short => "account-password-short",
        Weak::Long => "account-password-long",
        Weak::Plain => "account-password-plain",
    })
}
