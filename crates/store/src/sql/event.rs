//! Statements over events and their order.

use crate::tx::{Bulk, Kind};

pub(crate) const NEW: &str = "INSERT INTO event (event_id, kind, happened_at, leaf)
    VALUES ($1, $2, $3, $4)";
pub(crate) const PENDING: &str = "INSERT INTO event_pending (event_id) VALUES ($1)";
/// A lease is taken when it is free, expired or one's own; its fence grows each time.
pub(crate) const LEASE_TAKE: &str = "INSERT INTO lease (name, fence, holder, expires_at)
    VALUES ($1, 1, $2, $3)
    ON CONFLICT (name) DO UPDATE SET fence = lease.fence + 1, holder = excluded.holder,
        expires_at = excluded.expires_at
    WHERE lease.expires_at <= $4 OR lease.holder = excluded.holder";
pub(crate) const LEASE: &str = "SELECT fence, holder FROM lease WHERE name = $1";
/// Holds the lease row to the end of the transaction; no row for a stale fence.
pub(crate) const LEASE_HOLD: &str =
    "UPDATE lease SET expires_at = $3 WHERE name = $1 AND fence = $2
    RETURNING fence";
/// Makes a lease that nobody holds, so that there is a row to lock.
pub(crate) const LEASE_FREE: &str = "INSERT INTO lease (name, fence, holder, expires_at)
    VALUES ($1, 0, '', 0) ON CONFLICT (name) DO NOTHING";
/// Locks a lease to the end of the transaction without taking it, where nobody holds it.
pub(crate) const LEASE_PASS: &str = "UPDATE lease SET fence = fence
    WHERE name = $1 AND expires_at <= $2";
pub(crate) const LEASE_LEAVE: &str =
    "UPDATE lease SET expires_at = 0 WHERE name = $1 AND holder = $2";

pub(crate) const LOG_PAGE: &str = "SELECT o.log_index, e.event_id, e.kind, e.happened_at, e.leaf
    FROM event_order o JOIN event e ON e.event_id = o.event_id
    WHERE o.log_index >= $1 ORDER BY o.log_index LIMIT $2";

pub(crate) static ORDER: Bulk = Bulk::new(
    "event_order",
    &[("log_index", Kind::Int), ("event_id", Kind::Text)],
    "INSERT INTO event_order ({columns}) {values}",
    Some("event_order"),
);

pub(crate) static UNPEND: Bulk = Bulk::new(
    "event_pending done",
    &[("event_id", Kind::Text)],
    "DELETE FROM event_pending WHERE event_id IN (SELECT given.event_id FROM {rows})",
    None,
);
