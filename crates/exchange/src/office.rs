//! What every workflow needs at hand: store, catalogue, keys, and time as a parameter.

use credit::catalog::Catalog;
use credit::record::{AsOf, Instant};
use jiff::civil::Date;
use std::io::{self, Read};
use std::sync::Arc;

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;
/// Asia/Shanghai is UTC+8 all year since 1992; civil dates of the store are dates there.
const SHANGHAI: i64 = 8 * 3_600_000_000;

/// A source of instants.
pub type Now = Arc<dyn Fn() -> Instant + Send + Sync>;
/// A source of unpredictable bytes.
pub type Entropy = Arc<dyn Fn(&mut [u8]) + Send + Sync>;
/// Turns the bytes of a workbook, and the sheet asked for, into a stream of rows, in a process with
/// limited memory.
pub type Workbooks = dyn Fn(&[u8], Option<&str>) -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// The desk at which all workflows act. Cheap to clone.
#[derive(Clone)]
pub struct Office {
    /// The store.
    pub store: Arc<store::Store>,
    /// The catalogue in force.
    pub catalog: Arc<Catalog>,
    /// The policies of who may do what.
    pub access: Arc<access::Access>,
    /// Key of all keyed digests of this site.
    pub site_key: Arc<seal::SiteKey>,
    /// The key ring of sealed storage; without one rows of natural persons are refused.
    pub persons: Option<Arc<seal::Ring>>,
    /// Signs receipts.
    pub signer: Arc<seal::sign::Signer>,
    /// The clock.
    pub now: Now,
    /// Entropy.
    pub entropy: Entropy,
    /// Reader of workbooks; `None` reads them in this process (tests).
    pub workbooks: Option<Arc<Workbooks>>,
    /// Version of the program, printed in receipts and reports.
    pub program: &'static str,
}

impl Office {
    /// The instant now.
    #[must_use]
    pub fn now(&self) -> Instant {
        (self.now)()
    }

    /// The civil date now, in Asia/Shanghai.
    #[must_use]
    pub fn today(&self) -> Date {
        date_of(self.now())
    }

    /// Sixteen unpredictable bytes.
    #[must_use]
    pub fn nonce(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        (self.entropy)(&mut bytes);
        bytes
    }

    /// The three times of a view: now, or what was known at the end of a past day.
    #[must_use]
    pub fn as_of(&self, day: Option<Date>) -> AsOf {
        let today = self.today();
        match day {
            Some(day) if day < today => AsOf {
                known: end_of_day(day),
                on: day,
                today,
            },
            // The end of today, not this instant: two reports of one day are the same bytes.
            _ => AsOf {
                known: end_of_day(today),
                on: today,
                today,
            },
        }
    }
}

/// The civil date of an instant, in Asia/Shanghai.
#[must_use]
pub fn date_of(instant: Instant) -> Date {
    instant.day()
}

/// The first microsecond of a civil day in Asia/Shanghai.
#[must_use]
pub fn begin_of_day(day: Date) -> Instant {
    let before = day.yesterday().unwrap_or(Date::MIN);
    Instant(end_of_day(before).0.saturating_add(1))
}

/// The last microsecond of a civil day in Asia/Shanghai.
#[must_use]
pub fn end_of_day(day: Date) -> Instant {
    let days = i64::from(epoch().duration_until(day).as_hours() as i32) / 24;
    Instant((days + 1) * DAY - SHANGHAI - 1)
}

fn epoch() -> Date {
    jiff::civil::date(1970, 1, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_ends_at_midnight_in_shanghai() {
        let end = end_of_day(date(2026, 11, 22));
        assert_eq!(date_of(end), date(2026, 11, 22));
        assert_eq!(date_of(Instant(end.0 + 1)), date(2026, 11, 23));
        assert_eq!(end_of_day(date(1970, 1, 1)).0, DAY - SHANGHAI - 1);
        assert_eq!(begin_of_day(date(2026, 11, 23)).0, end.0 + 1);
        assert!(date_of(Instant(i64::MIN)).year() < 1970);
    }

    #[test]
    fn dates_round_trip_over_two_centuries() {
        let mut day = date(1900, 1, 1);
        while day < date(2100, 1, 1) {
            assert_eq!(date_of(end_of_day(day)), day);
            day = day.saturating_add(jiff::Span::new().days(37));
        }
    }
}
