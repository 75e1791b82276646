//! Working days with the State Council's make-up days, months by the Civil Code's rule.

/// Working-day calendars of all loaded years.
#[derive(Clone, Debug, Default)]
pub struct Calendar {}
