//! The clock and the entropy of the machine: read here and nowhere else.

use credit::record::Instant;
use std::sync::Mutex;
use std::time::{Instant as Tick, SystemTime, UNIX_EPOCH};

/// How far the clock may fall back against the machine's own ticking and be followed, in microseconds:
/// what time services correct at once, and leap seconds, are far below.
const BACK: i64 = 5 * 60 * 1_000_000;
/// How far it may jump ahead: ticking stands still while a machine sleeps or is moved to another host, and
/// a day of that is an accident, a year is not.
const AHEAD: i64 = 24 * 60 * 60 * 1_000_000;

/// The last reading that was followed.
static LAST: Mutex<Option<Reading>> = Mutex::new(None);

/// A reading of both clocks at once.
#[derive(Clone, Copy, Debug)]
struct Reading {
    tick: Tick,
    wall: i64,
    /// It was said that the clock jumped.
    told: bool,
}

/// The instant now, in microseconds. A clock that is moved back by more than minutes, or ahead by
/// more than a day, while the program runs is not followed: terms do not end and sessions do not live on because somebody
/// set the date. It is said once; a start reads the clock anew.
pub(crate) fn now() -> Instant {
    let fresh = Reading {
        tick: Tick::now(),
        wall: wall(),
        told: false,
    };
    // INVARIANT: nothing between lock and unlock panics, so the lock is never poisoned.
    let Ok(mut last) = LAST.lock() else {
        return Instant(fresh.wall);
    };
    let (kept, now) = follow(*last, fresh);
    if kept.told && !last.is_some_and(|last| last.told) {
        tracing::error!(
            "the clock of this machine was moved and is not followed; restart once it is right"
        );
    }
    *last = Some(kept);
    Instant(now)
}

/// The reading to keep, and the time to go by.
fn follow(last: Option<Reading>, fresh: Reading) -> (Reading, i64) {
    let Some(last) = last else {
        return (fresh, fresh.wall);
    };
    let ticked = fresh.tick.saturating_duration_since(last.tick).as_micros();
    let expected = last
        .wall
        .saturating_add(i64::try_from(ticked).unwrap_or(i64::MAX));
    if (-BACK..=AHEAD).contains(&fresh.wall.saturating_sub(expected)) {
        return (fresh, fresh.wall);
    }
    let kept = Reading {
        tick: fresh.tick,
        wall: expected,
        told: true,
    };
    (kept, expected)
}

fn wall() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// Fills a buffer with unpredictable bytes. A machine that cannot is not one to run on: the
/// process ends rather than go on with guessable salts.
pub(crate) fn entropy(buffer: &mut [u8]) {
    if getrandom::fill(buffer).is_err() {
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const SECOND: i64 = 1_000_000;
    const YEAR: i64 = 365 * 86_400 * SECOND;

    #[test]
    fn small_corrections_are_followed_and_a_moved_year_is_not() {
        let start = Tick::now();
        let at = |seconds: u64, wall: i64| Reading {
            tick: start + Duration::from_secs(seconds),
            wall,
            told: false,
        };
        let (mut last, now) = follow(None, at(0, YEAR));
        assert_eq!(now, YEAR);
        for (seconds, wall, expected, moved) in [
            (10, YEAR + 10 * SECOND, YEAR + 10 * SECOND, false),
            // A time service puts it back by two seconds.
            (20, YEAR + 18 * SECOND, YEAR + 18 * SECOND, false),
            // Somebody sets the date a year ahead, and a year back.
            (30, 2 * YEAR, YEAR + 28 * SECOND, true),
            (40, 2 * YEAR + 10 * SECOND, YEAR + 38 * SECOND, true),
            (50, 0, YEAR + 48 * SECOND, true),
            // Put right again, it is followed again.
            (60, YEAR + 60 * SECOND, YEAR + 60 * SECOND, false),
            // The machine slept for an hour.
            (61, YEAR + 3_661 * SECOND, YEAR + 3_661 * SECOND, false),
        ] {
            let (kept, now) = follow(Some(last), at(seconds, wall));
            assert_eq!((now, kept.told), (expected, moved), "after {seconds} s");
            last = kept;
        }
    }
}
