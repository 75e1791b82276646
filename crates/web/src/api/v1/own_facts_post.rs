//! `POST /api/v1/own-facts`: a supplier reads its own facts on a subject again, to correct them. The look
//! names an officer and a case and is written down for the subject to see.

use super::wire::instant;
use super::{named_officer, private, whose};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::corrections::{self, Look, OwnFact, SubmissionCause};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use views::history::HistoryVersion;

/// Whose facts are asked for, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnAsk {
    /// Code of the theme.
    theme: String,
    /// Code of the supplier; without it the machine's own agency.
    supplier: Option<String>,
    /// Any code of the subject.
    code: String,
    /// The matter or case for which they are read.
    case: String,
    /// The officer for whom they are read: the name to sign in with, or `account:ID`. The account must
    /// itself be allowed to correct the supplier's facts.
    officer: String,
}

/// The supplier's facts on the subject.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnFacts {
    /// Its facts of the theme.
    facts: Vec<OwnFactWire>,
}

/// A fact of the supplier's own.
#[derive(Serialize, ToSchema)]
pub(super) struct OwnFactWire {
    /// Its record, 32 hexadecimal digits.
    record: String,
    /// The number of its last version: what a correction names.
    version: u32,
    /// Whether it is in force or waits; what was removed or taken back is stated anew instead.
    stands: bool,
    /// Item code and value, as far as they may be shown again.
    values: BTreeMap<String, String>,
    /// Its versions, newest first.
    versions: Vec<VersionWire>,
    /// Corrections and recalls, oldest first.
    causes: Vec<CauseWire>,
}

/// A version.
#[derive(Serialize, ToSchema)]
pub(super) struct VersionWire {
    /// Its number.
    version: u32,
    /// When the platform came to know it, RFC 3339.
    known_at: Option<String>,
    /// The day for which it is stated.
    #[schema(format = Date)]
    stated_on: String,
    /// What it was: stated, removed, recalled, moved.
    change: String,
    /// Codes of items that differ from the version before it.
    changed: Vec<String>,
}

/// Why a version was made.
#[derive(Serialize, ToSchema)]
pub(super) struct CauseWire {
    /// `correction`, `recall` or `undo`.
    kind: &'static str,
    /// The submission that did it, 32 hexadecimal digits.
    submission: String,
    /// When, RFC 3339.
    at: Option<String>,
    /// Why.
    reason: String,
    /// The correcting document.
    document: Option<PaperWire>,
}

/// A correcting document.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperWire {
    /// What kind of document it is.
    #[schema(max_length = 120)]
    pub(super) kind: String,
    /// Its number.
    #[schema(max_length = 120)]
    pub(super) number: String,
    /// Its day, not after today.
    #[schema(format = Date)]
    pub(super) day: String,
    /// The organ that issued it.
    #[schema(max_length = 120)]
    pub(super) organ: String,
}

impl From<&OwnFact> for OwnFactWire {
    fn from(fact: &OwnFact) -> OwnFactWire {
        let versions = fact.history.iter().flat_map(|history| &history.versions);
        OwnFactWire {
            record: fact.record.to_string(),
            version: fact.version,
            stands: fact.stands,
            values: fact.values.iter().cloned().collect(),
            versions: versions.map(VersionWire::from).collect(),
            causes: fact.causes.iter().map(CauseWire::from).collect(),
        }
    }
}

impl From<&HistoryVersion> for VersionWire {
    fn from(version: &HistoryVersion) -> VersionWire {
        VersionWire {
            version: version.seq,
            known_at: instant(version.known_at),
            stated_on: version.stated_on.to_string(),
            change: version.change.code.to_owned(),
            changed: version.changed.clone(),
        }
    }
}

impl From<&SubmissionCause> for CauseWire {
    fn from(cause: &SubmissionCause) -> CauseWire {
        let paper = corrections::paper(cause);
        CauseWire {
            kind: cause.what.kind.code(),
            submission: cause.submission.to_string(),
            at: instant(cause.made_at),
            reason: cause.what.reason.clone(),
            document: paper.map(|paper| PaperWire {
                kind: paper.kind,
                number: paper.number,
                day: paper.day,
                organ: paper.organ,
            }),
        }
    }
}

#[utoipa::path(post, path = "/api/v1/own-facts", operation_id = "read_own_facts", tag = "submissions",
    security(("desk" = [])), request_body = OwnAsk,
    responses(
        (status = 200, description = "The supplier's own facts; the look is written down for the subject to see",
            body = OwnFacts),
        (status = 400, description = "Code or case cannot be read, or the officer is none",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "Machine or officer may not correct that supplier's facts",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "Nobody holds the code, or there is no such officer",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn read_own_facts(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    ask: Result<Json<OwnAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let bad = |_| Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let Json(ask) = ask.map_err(bad)?;
    let action = Action::FactCorrect;
    let supplier = whose(&actor, action, ask.supplier.as_deref(), &ask.theme).map_err(problem)?;
    let officer = named_officer(&site, action, &ask.officer, (&supplier, &ask.theme))
        .await
        .map_err(problem)?;
    let look = Look {
        supplier: &supplier,
        theme: &ask.theme,
        code: &ask.code,
        officer: officer.name(),
        case: &ask.case,
    };
    let facts = corrections::own_facts(&site.office, &look, reader.lang)
        .await
        .map_err(problem)?;
    let facts = facts.iter().map(OwnFactWire::from).collect();
    Ok(private(&reader, &OwnFacts { facts }))
}
