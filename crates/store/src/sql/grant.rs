//! Statements over grants, how often they are used, and registers of cases.

use crate::tx::{Bulk, Kind};

pub(crate) const NEW: &str = "INSERT INTO sharing_grant (grant_id, asker, supplier, asked_at)
    VALUES ($1, $2, $3, $4) ON CONFLICT (grant_id) DO NOTHING";
pub(crate) const MOVE_NEW: &str = "INSERT INTO grant_move
    (grant_id, seq, move, state, party, moved_at, by_id, reason, due_on)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(crate) const TERMS_NEW: &str = "INSERT INTO grant_terms (grant_id, seq, items, purposes, kinds,
    basis, power, impact, units, areas, from_on, until_on, per_day, in_all)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

pub(crate) const GRANT: &str =
    "SELECT g.asker, g.supplier, m.state, m.seq, m.due_on FROM sharing_grant g
    JOIN grant_move m ON m.grant_id = g.grant_id
    WHERE g.grant_id = $1 ORDER BY m.seq DESC LIMIT 1";
pub(crate) const TERMS: &str = "SELECT items, purposes, kinds, basis, power, impact, units, areas,
    from_on, until_on, per_day, in_all FROM grant_terms WHERE grant_id = $1 ORDER BY seq";
pub(crate) const MOVES: &str = "SELECT move, state, party, moved_at, by_id, reason, due_on
    FROM grant_move WHERE grant_id = $1 ORDER BY seq";
/// Moves with everything that their events commit to, from a place on.
pub(crate) const PROOFS: &str =
    "SELECT m.grant_id, m.seq, m.moved_at, m.by_id, g.asker, g.supplier,
    m.move, m.state, m.party, m.reason, m.due_on, t.items, t.purposes, t.kinds, t.basis, t.power,
    t.impact, t.units, t.areas, t.from_on, t.until_on, t.per_day, t.in_all
    FROM grant_move m JOIN sharing_grant g ON g.grant_id = m.grant_id
    LEFT JOIN grant_terms t ON t.grant_id = m.grant_id AND t.seq = m.seq
    WHERE m.grant_id > $1 OR (m.grant_id = $1 AND m.seq > $2)
    ORDER BY m.grant_id, m.seq LIMIT $3";
/// Newest first; of one agency as asker or supplier, or of all where it is empty.
pub(crate) const PAGE: &str = "SELECT grant_id, asked_at FROM sharing_grant
    WHERE (asked_at < $1 OR (asked_at = $1 AND grant_id > $2))
        AND ($3 = '' OR asker = $3 OR supplier = $3)
    ORDER BY asked_at DESC, grant_id LIMIT $4";

/// Counts a look and tells the count; the row is held to the end of the transaction.
pub(crate) const COUNT: &str = "INSERT INTO look_count (scope, name, period, agency, looks)
    VALUES ($1, $2, $3, $4, 1)
    ON CONFLICT (scope, name, period, agency) DO UPDATE SET looks = look_count.looks + 1
    RETURNING looks";
/// Takes a token and tells when the bucket will be full again: $3 is when it would be had it been full,
/// $4 now, $5 what a token costs.
pub(crate) const PACE: &str = "INSERT INTO look_pace (scope, name, full_at) VALUES ($1, $2, $3)
    ON CONFLICT (scope, name) DO UPDATE SET full_at = CASE WHEN look_pace.full_at > $4
        THEN look_pace.full_at + $5 ELSE excluded.full_at END
    RETURNING full_at";
pub(crate) const USED: &str = "SELECT looks FROM look_count
    WHERE scope = $1 AND name = $2 AND period = $3 AND agency = '' ORDER BY scope";
pub(crate) const OFFICERS: &str = "SELECT name, agency, looks FROM look_count
    WHERE scope = 'officer' AND period = $1 ORDER BY looks DESC, name, agency LIMIT $2";

pub(crate) const LOOKED: &str =
    "INSERT INTO access (subject_id, permit_id, purpose, officer, agency,
    case_no, looked_at, grant_id, items, consent_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (subject_id, permit_id) DO NOTHING";
/// Looks at a mention, newest first, before a place in that order; those that a decision keeps back are
/// among them from the instant on at which their notice is told.
pub(crate) const LOOKS: &str = "SELECT permit_id, purpose, officer, agency, case_no, looked_at,
    grant_id, items FROM access
    WHERE subject_id = $1 AND (looked_at < $2 OR (looked_at = $2 AND permit_id > $3))
        AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.notice_id = access.permit_id AND n.visible_at > $5)
    ORDER BY looked_at DESC, permit_id LIMIT $4";

pub(crate) static CASES: Bulk = Bulk::new(
    "agency_case",
    &[
        ("agency", Kind::Text),
        ("case_no", Kind::Text),
        ("opened_on", Kind::Text),
        ("closed_on", Kind::Text),
        ("subject", Kind::Bytes),
        ("loaded_at", Kind::Int),
    ],
    // A closed case stays closed, and whom it is about does not change.
    "INSERT INTO agency_case ({columns}) SELECT given.agency, given.case_no, given.opened_on,
        given.closed_on, given.subject, given.loaded_at FROM {rows} WHERE true
     ON CONFLICT (agency, case_no) DO UPDATE SET
        closed_on = coalesce(agency_case.closed_on, excluded.closed_on),
        subject = coalesce(agency_case.subject, excluded.subject), loaded_at = excluded.loaded_at",
    None,
);
pub(crate) const CASES_LOADED: &str =
    "INSERT INTO case_load (agency, loaded_at, by_id, cases, digest) VALUES ($1, $2, $3, $4, $5)";
pub(crate) const REGISTER: &str =
    "SELECT loaded_at FROM case_load WHERE agency = $1 ORDER BY loaded_at DESC LIMIT 1";
pub(crate) const CASE: &str = "SELECT opened_on, closed_on, subject FROM agency_case
    WHERE agency = $1 AND case_no = $2 ORDER BY case_no";
pub(crate) const CASE_SETTLE: &str =
    "INSERT INTO case_subject (agency, case_no, about_id, settled_at)
    VALUES ($1, $2, $3, $4) ON CONFLICT (agency, case_no) DO NOTHING";
pub(crate) const CASE_ABOUT: &str =
    "SELECT about_id FROM case_subject WHERE agency = $1 AND case_no = $2 ORDER BY case_no";
