//! Announcements of the centre: read by everyone, published and withdrawn at the desk.

mod desk;
pub(super) mod list;
mod one;

use super::supply::own_pages_only;
use crate::Site;
use axum::Router;
use axum::middleware;
use axum::routing::{get, post};

pub(super) fn routes() -> Router<Site> {
    let desk = Router::new()
        .route("/desk/announcements", get(desk::get).post(desk::post))
        .route(
            "/desk/announcements/{id}/withdraw",
            post(desk::post_withdraw),
        )
        .layer(middleware::from_fn(own_pages_only));
    Router::new()
        .route("/announcements", get(list::get))
        .route("/announcements/{id}", get(one::get))
        .merge(desk)
}
