//! The API for machines: `api/v1`, described by OpenAPI 3.1.

mod matching;
mod reconcile;
pub mod v1;

use crate::Site;
use axum::Router;

pub(crate) fn routes() -> Router<Site> {
    Router::new().nest(
        "/api/v1",
        v1::routes()
            .merge(matching::routes())
            .merge(reconcile::routes()),
    )
}
