//! The desk of those who work here: who acts, how far an account reaches, and what is under way.

mod jobs;
mod origin;
mod providers;
mod session;
mod signed;

pub(crate) use jobs::{Job, Jobs};
pub(crate) use origin::same_origin;
pub(crate) use providers::{Nothing, Providers};
pub(crate) use session::{Clerk, NO_SESSION, begin_session, cookie, is_all, place, scope};
pub(crate) use signed::{Machine, check as check_signature};

use crate::Site;
use axum::http::HeaderMap;
use exchange::people::{Actor, machine};

/// What the desk remembers while the process runs.
#[derive(Default)]
pub(crate) struct Desk {
    /// Submissions under way.
    pub(crate) jobs: Jobs,
    /// Signed requests that were refused.
    pub(crate) refused: signed::Refused,
}

impl Site {
    /// The machine of an `Authorization: Bearer` header; `None` where the key is absent, over or none
    /// of ours. A key has 256 bits: there is nothing to guess and no count of tries.
    async fn bearer(&self, headers: &HeaderMap) -> Result<Option<Actor>, exchange::Error> {
        let given = headers
            .get(axum::http::header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        match given {
            Some(key) => machine::read(&self.office, key.trim()).await,
            None => Ok(None),
        }
    }
}
