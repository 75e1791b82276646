//! Counters by name of transaction, for `/metrics`.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How often a named transaction ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransactionCount {
    /// Committed.
    pub committed: u64,
    /// Failed for good.
    pub failed: u64,
    /// Run again after a conflict.
    pub retried: u64,
}

/// Counters of one store.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    by_name: Mutex<BTreeMap<&'static str, TransactionCount>>,
}

impl Metrics {
    pub(crate) fn add(&self, name: &'static str, change: impl FnOnce(&mut TransactionCount)) {
        let mut counts = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        change(counts.entry(name).or_default());
    }

    pub(crate) fn read(&self) -> BTreeMap<&'static str, TransactionCount> {
        self.by_name
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
