//! How often one place may ask for what costs more than a page. Counts stand in memory, by minute, and
//! are forgotten with it; nothing is kept of who asked.

use crate::Site;
use crate::desk::place;
use crate::reader::Reader;
use crate::{page, problem::Problem};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::record::Instant;
use std::collections::HashMap;
use std::sync::Mutex;

/// Microseconds of the window.
const WINDOW: i64 = 60_000_000;
/// Places that are counted apart: 4,096 × about 100 bytes. Further ones share one count.
const PLACES: usize = 4_096;

/// A limit a minute, for one place and for all.
#[derive(Debug)]
pub(crate) struct Rate {
    place: u32,
    all: u32,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    window: i64,
    all: u32,
    places: HashMap<String, u32>,
}

impl Rate {
    /// `place`: a minute, from one address. `all`: from everywhere.
    pub(crate) fn new(place: u32, all: u32) -> Rate {
        Rate {
            place,
            all,
            counts: Mutex::default(),
        }
    }

    /// Counts one request. `Err`: too many; the seconds until the next window.
    fn take(&self, place: &str, now: Instant) -> Result<(), u64> {
        let window = now.0.div_euclid(WINDOW);
        let rest = (WINDOW - now.0.rem_euclid(WINDOW)).unsigned_abs();
        let wait = Err(rest.div_ceil(1_000_000).max(1));
        // INVARIANT: nothing between lock and unlock panics, so the lock is never poisoned.
        let Ok(mut counts) = self.counts.lock() else {
            return wait;
        };
        if counts.window != window {
            *counts = Counts {
                window,
                ..Counts::default()
            };
        }
        if counts.all >= self.all {
            return wait;
        }
        let known = counts.places.contains_key(place) || counts.places.len() < PLACES;
        let key = if known { place } else { "" };
        let own = counts.places.entry(key.to_owned()).or_default();
        if *own >= self.place {
            return wait;
        }
        *own += 1;
        counts.all += 1;
        Ok(())
    }

    /// Counts a request of a page; too many are answered with when to come again.
    pub(crate) fn page(
        &self,
        site: &Site,
        reader: &Reader,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<(), Box<Response>> {
        self.count(site, headers, extensions).map_err(|seconds| {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let text = page::Frame::new(reader).t.get("problem-too-many-detail");
            let answer = page::message(status, reader, "problem-too-many", &text);
            Box::new(later(answer, seconds))
        })
    }

    /// The same of the API.
    pub(crate) fn api(
        &self,
        site: &Site,
        reader: &Reader,
        headers: &HeaderMap,
        extensions: &Extensions,
    ) -> Result<(), Box<Response>> {
        self.count(site, headers, extensions).map_err(|seconds| {
            let status = StatusCode::TOO_MANY_REQUESTS;
            let problem = Problem::known(status, "too-many", reader.lang);
            Box::new(later(problem.into_response(), seconds))
        })
    }

    fn count(&self, site: &Site, headers: &HeaderMap, extensions: &Extensions) -> Result<(), u64> {
        let place = place(site, headers, extensions).address;
        self.take(place.as_deref().unwrap_or_default(), site.office.now())
    }
}

fn later(mut answer: Response, seconds: u64) -> Response {
    let value = HeaderValue::from(seconds);
    answer.headers_mut().insert(header::RETRY_AFTER, value);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_its_share_of_a_minute_and_all_have_theirs() {
        let rate = Rate::new(2, 3);
        let at = |micros| Instant(micros);
        assert_eq!(rate.take("a", at(1)), Ok(()));
        assert_eq!(rate.take("a", at(2)), Ok(()));
        assert_eq!(rate.take("a", at(3)), Err(60));
        assert_eq!(rate.take("b", at(4)), Ok(()));
        assert_eq!(
            rate.take("c", at(59_500_000)),
            Err(1),
            "all have had theirs"
        );
        assert_eq!(rate.take("a", at(60_000_000)), Ok(()), "a new minute");
        // A clock that was put back begins a window, too: nobody is shut out for a year.
        assert_eq!(rate.take("a", at(-1)), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let rate = Rate::new(1, u32::MAX);
        let taken = (0..3 * PLACES).filter(|n| rate.take(&n.to_string(), Instant(0)).is_ok());
        assert_eq!(taken.count(), PLACES + 1);
    }
}
