//! What the lock opened, counted by the lock. Whoever seals what must be written down puts a counter on the
//! seal; breaking it counts, and a permit whose look must be written down opens nothing without one. So
//! the count is no global that somebody may forget: it is a value of the store, filled where facts come
//! out, and taken away to be compared with what was written down (rights 14).

use crate::permit::Purpose;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Openings of one store's seals, by the day of the look and by purpose. Clones share one count.
#[derive(Clone, Default)]
pub struct Tally(Arc<Mutex<BTreeMap<(Date, Purpose), u64>>>);

/// Counts on a seal, for the day on which its look was written down. It can be put on one seal only:
///
/// ```compile_fail,E0382
/// # use policy::{Permit, Sealed, Tally};
/// fn two(one: &Permit, other: &Permit, tally: &Tally, day: jiff::civil::Date) {
///     let counter = tally.on(day);
///     let _first = Sealed::counted(one, (), counter);
///     let _second = Sealed::counted(other, (), counter);
/// }
/// ```
pub struct Counter {
    tally: Tally,
    day: Date,
}

/// How much was opened on a day for a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The day of the looks.
    pub day: Date,
    /// Why.
    pub purpose: Purpose,
    /// Seals that were broken.
    pub count: u64,
}

impl Tally {
    /// A counter for a seal, on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Counter {
        Counter {
            tally: self.clone(),
            day,
        }
    }

    /// Takes what was counted; the count begins anew. Whoever takes it writes it down, or
    /// [puts it back](Tally::put_back).
    #[must_use = "what is taken and not written down is lost"]
    pub fn take(&self) -> Vec<Opened> {
        let counts = std::mem::take(&mut *self.counts());
        let counts = counts.into_iter();
        counts
            .map(|((day, purpose), count)| Opened {
                day,
                purpose,
                count,
            })
            .collect()
    }

    /// Gives back what was taken and could not be written down.
    pub fn put_back(&self, taken: &[Opened]) {
        let mut counts = self.counts();
        for one in taken {
            *counts.entry((one.day, one.purpose)).or_default() += one.count;
        }
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, BTreeMap<(Date, Purpose), u64>> {
        // A count is whole after each step, whoever panicked meanwhile.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counter {
    /// Counts one opening.
    pub(crate) fn count(self, purpose: Purpose) {
        self.tally.put_back(&[Opened {
            day: self.day,
            purpose,
            count: 1,
        }]);
    }
}

impl fmt::Debug for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tally({} kinds)", self.counts().len())
    }
}

impl fmt::Debug for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Counter({})", self.day)
    }
}
