//! Every statement of the store, one module a noun, and the list that tests check them from.

pub(crate) mod announcement;
pub(crate) mod case;
pub(crate) mod cause;
pub(crate) mod consent;
pub(crate) mod deferral;
pub(crate) mod event;
pub(crate) mod export;
pub(crate) mod figure;
pub(crate) mod grade;
pub(crate) mod grant;
pub(crate) mod job;
pub(crate) mod journal;
pub(crate) mod legal;
pub(crate) mod mandate;
pub(crate) mod membership;
pub(crate) mod name;
pub(crate) mod notice;
pub(crate) mod opening;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod pull;
pub(crate) mod report;
pub(crate) mod schema;
pub(crate) mod slice;
pub(crate) mod snapshot;
pub(crate) mod subject;
pub(crate) mod submission;

/// Tables whose rows are never changed or deleted.
pub(crate) const HISTORY: &[&str] = &[
    "catalog_bundle",
    "slice",
    "submission_cause",
    "notice_deferral",
    "look_deferral",
    "message_try",
    "pull_try",
    "membership",
    "mention_link",
    "decision",
    "decision_pair",
    "decision_undone",
    "version",
    "answer",
    "access",
    "job_access",
    "lock_opening",
    "event",
    "event_order",
    "journal_tile",
    "journal_head",
    "journal_signature",
    "journal_identity",
    "account_move",
    "appointment",
    "appointment_end",
    "person_version",
    "person_notice",
    "person_erasure",
    "consent",
    "consent_withdrawn",
    "consent_use",
    "mandate",
    "mandate_end",
    "sharing_grant",
    "grant_move",
    "grant_terms",
    "case_subject",
    "case_load",
    "report_issue",
    "report_copy",
    "journal_stamp",
    "legal_case",
    "legal_move",
    "legal_file",
    "legal_receiver",
    "legal_receipt",
    "grade",
    "table_export",
    "announcement",
    "announcement_withdrawn",
];

#[cfg(test)]
mod tests;
