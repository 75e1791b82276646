//! OpenID providers of the site. Asking one blocks, so it is done apart from the server's threads and
//! by so many at a time only: a provider that hangs must not hold up who signs in otherwise.

use exchange::people::provider::Trip;
use oidc::{Error, Proven, Provider, Settings};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Requests to providers at a time. Each takes a tenth of a second, ten at the worst, so that 160 a
/// second sign in while providers answer, and a silent one holds 16 threads of 512.
const AT_ONCE: usize = 16;

/// The providers, and the room for asking them.
#[derive(Clone)]
pub(crate) struct Providers {
    all: Arc<[Arc<Provider>]>,
    room: Arc<Semaphore>,
}

impl Default for Providers {
    /// None.
    fn default() -> Providers {
        Providers {
            all: Arc::new([]),
            room: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

/// Why a provider gave nothing.
#[derive(Debug)]
pub(crate) enum Nothing {
    /// So many ask at once that one more must wait.
    Busy,
    /// It was asked.
    Asked(Error),
}

impl Providers {
    /// Those of the settings; people come back to addresses below `at`.
    pub(crate) fn new(settings: Vec<Settings>, at: &str) -> Result<Providers, Error> {
        let made = settings.into_iter().map(|one| {
            let back = format!("{at}/account/back/{}", one.code);
            Provider::new(one, &back).map(Arc::new)
        });
        Ok(Providers {
            all: made.collect::<Result<Vec<_>, _>>()?.into(),
            ..Providers::default()
        })
    }

    /// What the settings say of each.
    pub(crate) fn settings(&self) -> impl Iterator<Item = &Settings> {
        self.all.iter().map(|one| one.settings())
    }

    /// One by its code.
    pub(crate) fn get(&self, code: &str) -> Option<Arc<Provider>> {
        let mut all = self.all.iter();
        all.find(|one| one.settings().code == code).cloned()
    }

    /// Where a browser leaves to.
    pub(crate) async fn leave(
        &self,
        one: Arc<Provider>,
        trip: Trip,
        lang: &'static str,
        anew: bool,
        now: i64,
    ) -> Result<String, Nothing> {
        self.ask(move || one.leave(&asked(trip), lang, anew, now))
            .await
    }

    /// What a code proves.
    pub(crate) async fn back(
        &self,
        one: Arc<Provider>,
        trip: Trip,
        code: String,
        now: i64,
    ) -> Result<Proven, Nothing> {
        self.ask(move || one.back(&asked(trip), &code, now)).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        how: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Nothing> {
        let room = Arc::clone(&self.room);
        let place = room.try_acquire_owned().map_err(|_| Nothing::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let answer = how();
            drop(place);
            answer
        });
        match done.await {
            Ok(answer) => answer.map_err(Nothing::Asked),
            // The server is ending.
            Err(_) => Err(Nothing::Busy),
        }
    }
}

fn asked(trip: Trip) -> oidc::Trip {
    oidc::Trip {
        state: trip.state,
        nonce: trip.nonce,
        verifier: trip.verifier,
    }
}
