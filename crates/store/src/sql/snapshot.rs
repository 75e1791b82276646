//! Statements over what a snapshot leaves out.

/// Heads in force that a snapshot covers and did not have: of its scopes, not stated for a later
/// day, not seen by a submission of a later day or one that began after it.
pub(crate) const ABSENT: &str =
    "SELECT h.record_id, h.subject_id, h.seq, h.held, h.scope, h.stated_on
    FROM record_head h
    WHERE h.source_no = $1 AND h.seen_in < $2 AND h.change = 'stated' AND h.stated_on <= $3
      AND h.record_id > $4
      AND (h.scope = '' OR h.scope IN (SELECT k.scope FROM record_head k
          WHERE k.source_no = $1 AND k.seen_in = $2))
      AND h.seen_in NOT IN (SELECT b.submission_no FROM submission b
          WHERE b.source_no = $1 AND b.stated_on > $3)
    ORDER BY h.record_id LIMIT $5";

/// How many they are.
pub(crate) const ABSENT_COUNT: &str = "SELECT count(*)
    FROM record_head h
    WHERE h.source_no = $1 AND h.seen_in < $2 AND h.change = 'stated' AND h.stated_on <= $3
      AND (h.scope = '' OR h.scope IN (SELECT k.scope FROM record_head k
          WHERE k.source_no = $1 AND k.seen_in = $2))
      AND h.seen_in NOT IN (SELECT b.submission_no FROM submission b
          WHERE b.source_no = $1 AND b.stated_on > $3)";

/// Heads in force that a snapshot had.
pub(crate) const PRESENT_COUNT: &str = "SELECT count(*) FROM record_head h
    WHERE h.source_no = $1 AND h.seen_in = $2 AND h.change = 'stated'";
