//! Statements over notices and messages.

use crate::tx::{Bulk, Kind};

pub(crate) const NEW: &str =
    "INSERT INTO notice (notice_id, addressee, kind, facts, made_at, visible_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (notice_id) DO NOTHING";
pub(crate) const DEFERRAL_NEW: &str =
    "INSERT INTO notice_deferral (notice_id, law, officer, reason,
    until_on, decided_at) VALUES ($1, $2, $3, $4, $5, $6)";

/// A message of a notice to one account.
pub(crate) const MESSAGE_NEW: &str = "INSERT INTO message
    (notice_id, account_id, channel, state, tries, next_at) VALUES ($1, $2, $3, 'waiting', 0, $4)
    ON CONFLICT (notice_id, account_id, channel) DO NOTHING";

/// Accounts that send for an agency on a day, and have an address.
pub(crate) const OF_AGENCY: &str = "SELECT DISTINCT c.account_id FROM contact c
    JOIN appointment a ON a.account_id = c.account_id
    WHERE a.agency = $1 AND a.role = 'supplier-officer' AND a.from_on <= $2 AND a.until_on >= $2
      AND NOT EXISTS (SELECT 1 FROM appointment_end e
        WHERE e.account_id = a.account_id AND e.appointment_id = a.appointment_id)
    ORDER BY c.account_id LIMIT $3";

/// Accounts with a role on a day that have an address: of one agency, or of all.
pub(crate) const OF_ROLE: &str = "SELECT DISTINCT c.account_id FROM contact c
    JOIN appointment a ON a.account_id = c.account_id
    WHERE a.role = $1 AND ($2 = '' OR a.agency = $2) AND a.from_on <= $3 AND a.until_on >= $3
      AND NOT EXISTS (SELECT 1 FROM appointment_end e
        WHERE e.account_id = a.account_id AND e.appointment_id = a.appointment_id)
    ORDER BY c.account_id LIMIT $4";

/// What addressees read, newest first: what is told by now, and why it was told late.
pub(crate) const INBOX: &str =
    "SELECT n.notice_id, n.kind, n.facts, n.made_at, n.visible_at, n.read_at,
    d.law, d.officer, d.until_on
    FROM notice n LEFT JOIN notice_deferral d ON d.notice_id = n.notice_id
    WHERE n.addressee = $1 AND n.visible_at <= $2
      AND (n.visible_at < $3 OR (n.visible_at = $3 AND n.notice_id < $4))
    ORDER BY n.visible_at DESC, n.notice_id DESC LIMIT $5";
pub(crate) const UNREAD: &str = "SELECT count(*) FROM notice
    WHERE addressee = $1 AND visible_at <= $2 AND read_at IS NULL";
pub(crate) const READ: &str = "UPDATE notice SET read_at = $3
    WHERE addressee = $1 AND visible_at <= $2 AND read_at IS NULL";

pub(crate) const CONTACT_SET: &str =
    "INSERT INTO contact (account_id, channel, sealed, lang, set_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (account_id, channel) DO UPDATE SET sealed = excluded.sealed, lang = excluded.lang,
        set_at = excluded.set_at";
pub(crate) const CONTACT_VOID: &str = "DELETE FROM contact WHERE account_id = $1 AND channel = $2";
pub(crate) const CONTACTS: &str = "SELECT channel, sealed, lang FROM contact
    WHERE account_id = $1 ORDER BY channel";

/// Messages to send now, oldest first.
pub(crate) const DUE: &str =
    "SELECT m.notice_id, m.account_id, m.channel, m.tries, c.sealed, c.lang
    FROM message m LEFT JOIN contact c ON c.account_id = m.account_id AND c.channel = m.channel
    WHERE m.state = 'waiting' AND m.next_at <= $1
    ORDER BY m.next_at, m.notice_id LIMIT $2";
pub(crate) const TRY_NEW: &str = "INSERT INTO message_try (notice_id, account_id, channel, try_no,
    tried_at, taken, answer) VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const MESSAGE_SET: &str = "UPDATE message SET state = $4, tries = $5, next_at = $6
    WHERE notice_id = $1 AND account_id = $2 AND channel = $3 AND tries < $5";
pub(crate) const TRIES: &str = "SELECT channel, try_no, tried_at, taken, answer FROM message_try
    WHERE notice_id = $1 ORDER BY account_id, channel, try_no";

/// Notices of a slice to persons.
pub(crate) static TOLD: Bulk = Bulk::new(
    "notice",
    &[
        ("notice_id", Kind::Bytes),
        ("addressee", Kind::Text),
        ("kind", Kind::Text),
        ("facts", Kind::Text),
        ("made_at", Kind::Int),
        ("visible_at", Kind::Int),
    ],
    "INSERT INTO notice ({columns}) {values} ON CONFLICT (notice_id) DO NOTHING",
    None,
);

/// Their messages, to the addresses that these persons left; a person's id stands where an account's does.
pub(crate) static TOLD_OUTSIDE: Bulk = Bulk::new(
    "message of a person",
    &[
        ("notice_id", Kind::Bytes),
        ("account_id", Kind::Bytes),
        ("next_at", Kind::Int),
    ],
    "INSERT INTO message (notice_id, account_id, channel, state, tries, next_at)
     SELECT given.notice_id, c.account_id, c.channel, 'waiting', 0, given.next_at
     FROM {rows} JOIN contact c ON c.account_id = given.account_id WHERE true
     ON CONFLICT (notice_id, account_id, channel) DO NOTHING",
    None,
);
