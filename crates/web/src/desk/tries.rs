//! Wrong codes are counted: ten in a minute shut the door for the rest of it. With 80 bits and ten
//! tries a minute a guess takes longer than there is time; the limit keeps the log readable.

use credit::limits::DESK_TRIES;
use credit::record::Instant;
use std::sync::{Mutex, PoisonError};

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;

/// Wrong codes of the minute under way.
#[derive(Default)]
pub(super) struct Tries {
    state: Mutex<(i64, u32)>,
}

impl Tries {
    pub(super) fn wrong(&self, now: Instant) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now.0.div_euclid(MINUTE);
        if state.0 != minute {
            *state = (minute, 0);
        }
        state.1 = state.1.saturating_add(1);
    }

    pub(super) fn is_shut(&self, now: Instant) -> bool {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 == now.0.div_euclid(MINUTE) && state.1 >= DESK_TRIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_wrong_codes_shut_the_door_for_that_minute_only() {
        let tries = Tries::default();
        let at = Instant(MINUTE * 5);
        for _ in 0..DESK_TRIES {
            assert!(!tries.is_shut(at));
            tries.wrong(at);
        }
        assert!(tries.is_shut(at));
        assert!(tries.is_shut(Instant(at.0 + MINUTE - 1)));
        assert!(!tries.is_shut(Instant(at.0 + MINUTE)));
    }
}
