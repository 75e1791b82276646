//! The API for machines: `api/v1`, described by OpenAPI 3.1.

use crate::Site;
use axum::Router;

pub(crate) fn routes() -> Router<Site> {
    Router::new()
}
