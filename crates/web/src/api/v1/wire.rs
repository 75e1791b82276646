//! Wire types that more than one verb answers with.

use credit::identifier::Identifier;
use credit::record::Instant;
use exchange::supply::{Counts, Standing, Submission};
use serde::Serialize;
use utoipa::ToSchema;
use views::report::model::{Labelled, Line};

/// A stable code with its text in the reader's language.
#[derive(Serialize, ToSchema)]
pub(super) struct Coded {
    /// Stable code.
    code: String,
    /// Its text.
    text: String,
}

impl From<&Labelled> for Coded {
    fn from(labelled: &Labelled) -> Coded {
        Coded {
            code: labelled.code.to_owned(),
            text: labelled.text.clone(),
        }
    }
}

/// An identifier of an organisation; never a person's.
#[derive(Serialize, ToSchema)]
pub(super) struct Code {
    /// The system: `uscc`, `org-code`, `reg-no`, `tax-no`, `lei`.
    system: String,
    /// Its value.
    value: String,
}

impl From<&Identifier> for Code {
    fn from(identifier: &Identifier) -> Code {
        Code {
            system: identifier.system().code().to_owned(),
            value: identifier.value().to_owned(),
        }
    }
}

impl From<&Line> for Code {
    fn from(line: &Line) -> Code {
        Code {
            system: line.code.clone(),
            value: line.value.clone(),
        }
    }
}

/// What became of the rows of a submission.
#[derive(Serialize, ToSchema)]
pub(super) struct Rows {
    /// Became versions, late ones included.
    accepted: u64,
    /// Came back with reasons.
    rejected: u64,
    /// Wait, shown to nobody.
    held: u64,
    /// Said nothing new.
    unchanged: u64,
    /// After their deadline, counted within accepted.
    late: u64,
    /// Removed by absence from a snapshot.
    removed: u64,
}

impl From<&Counts> for Rows {
    fn from(counts: &Counts) -> Rows {
        Rows {
            accepted: counts.accepted,
            rejected: counts.rejected,
            held: counts.held,
            unchanged: counts.unchanged,
            late: counts.late,
            removed: counts.removed,
        }
    }
}

/// A submission.
#[derive(Serialize, ToSchema)]
pub(super) struct SubmissionWire {
    /// Its id, 32 hexadecimal digits.
    id: String,
    /// Its number: 1, 2, 3 …
    number: u64,
    /// Code of the supplier.
    supplier: String,
    /// Code of the theme.
    theme: String,
    /// Edition of the theme.
    edition: String,
    /// `delta` or `snapshot`.
    mode: &'static str,
    /// The day for which its rows are stated.
    #[schema(format = Date)]
    date: String,
    /// When it was received, RFC 3339.
    received_at: Option<String>,
    /// When its receipt was written, RFC 3339.
    finished_at: Option<String>,
    /// `open`, `waiting` for a second officer, or `done`.
    state: &'static str,
    /// What became of its rows; zeros before it is finished.
    rows: Rows,
}

impl From<&Submission> for SubmissionWire {
    fn from(one: &Submission) -> SubmissionWire {
        SubmissionWire {
            id: one.id.to_string(),
            number: one.number,
            supplier: one.supplier.clone(),
            theme: one.theme.clone(),
            edition: one.theme_version.clone(),
            mode: match one.mode {
                credit::catalog::Mode::Delta => "delta",
                credit::catalog::Mode::Snapshot => "snapshot",
            },
            date: one.date.to_string(),
            received_at: instant(one.received_at),
            finished_at: one.finished_at.and_then(instant),
            state: match one.standing {
                Standing::Open => "open",
                Standing::Waiting => "waiting",
                Standing::Done => "done",
            },
            rows: Rows::from(&one.counts),
        }
    }
}

/// RFC 3339 in UTC.
pub(super) fn instant(at: Instant) -> Option<String> {
    jiff::Timestamp::from_microsecond(at.0)
        .ok()
        .map(|at| at.to_string())
}
