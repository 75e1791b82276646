//! One receipt per submission: counts, digests, catalogue version, timing, signed. It carries no
//! value of any row.

use super::pass::{Applied, Scan, Tally};
use super::proof;
use super::snapshot::Removal;
use super::terms::Terms;
use crate::error::{Error, Result};
use crate::office::Office;
use credit::catalog::Mode;
use credit::record::Instant;
use credit::subject::SubmissionId;
use serde_json::{Value, json};
use store::{Counts, Finish};

/// A receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The submission's id.
    pub id: SubmissionId,
    /// What became of the rows.
    pub counts: Counts,
    /// Rows read.
    pub rows: u64,
    /// A snapshot's absences wait for a second officer.
    pub waiting: Option<Waiting>,
    /// The same submission was already on file; nothing changed.
    pub repeated: bool,
    /// Where it is the mended row of a rejected one: whether it was mended before.
    pub mended: Option<store::Mended>,
    /// Of a file that a platform above returned: the submission of each source's rows.
    pub parts: Vec<SubmissionId>,
    /// The receipt as canonical JSON.
    pub json: String,
    /// Its signature: a compact JWS over that JSON.
    pub signature: String,
}

/// Absences of a snapshot that wait for a second officer's confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Rows in force before.
    pub earlier: u64,
    /// Of them absent now.
    pub absent: u64,
    /// Rejected rows whose key could not be read, any of which may be one of the absent.
    pub unreadable: u64,
}

pub(super) struct Finished<'a> {
    pub(super) id: SubmissionId,
    pub(super) terms: &'a Terms,
    pub(super) scan: &'a Scan,
    pub(super) applied: &'a Applied,
    pub(super) removal: Removal,
    pub(super) started_at: Instant,
}

/// Finishes the submission, after the parts that it may have: each has its own receipt.
pub(super) async fn finish(office: &Office, finished: Finished<'_>) -> Result<Receipt> {
    for done in &finished.applied.parts {
        let Counts {
            accepted,
            rejected,
            held,
            unchanged,
            ..
        } = done.counts;
        let tally = Tally {
            rows: accepted + rejected + held + unchanged,
            ..Tally::default()
        };
        let leaf = Leaf {
            id: done.part.id,
            supplier: &done.part.supplier,
            counts: done.counts,
            tally,
            kin: json!({
                "returned_by": finished.terms.supplier.code,
                "returned_in": finished.id.to_string(),
            }),
            waits: false,
        };
        one(office, &finished, leaf).await?;
    }
    let mut counts = finished.applied.total;
    if let Removal::Done(removed) = finished.removal {
        counts.removed = removed;
    }
    let leaf = Leaf {
        id: finished.id,
        supplier: &finished.terms.supplier.code,
        counts,
        tally: finished.applied.tally,
        kin: kin(office, &finished),
        waits: matches!(finished.removal, Removal::Waits(_)),
    };
    let stored = one(office, &finished, leaf).await?;
    read(&stored)
}

/// One receipt of the file: its own, or that of a source whose facts were returned in it.
struct Leaf<'a> {
    id: SubmissionId,
    supplier: &'a str,
    counts: Counts,
    tally: Tally,
    /// Members that tell which receipts belong together; empty for a file that an agency sent.
    kin: Value,
    waits: bool,
}

/// What a receipt says beside its counts: its parts, and why it is no ordinary file.
fn kin(office: &Office, finished: &Finished<'_>) -> Value {
    let mut kin = parts(finished);
    if let (Some(members), Some(cause)) = (kin.as_object_mut(), &finished.terms.told.cause) {
        members.insert("cause".to_owned(), cause_of(&office.site_key, cause));
    }
    kin
}

/// A cause in the receipt. Its words stand in the store; the receipt commits to them by a keyed
/// digest, so that nothing that somebody wrote stands in it.
pub(crate) fn cause_of(key: &seal::SiteKey, cause: &store::NewCause) -> Value {
    let document = cause.document.as_deref().unwrap_or_default();
    let words = [
        cause.reason.as_bytes(),
        document.as_bytes(),
        cause.officer.as_bytes(),
    ];
    let digest = key.keyed32("cause", &words);
    json!({
        "kind": cause.kind.code(),
        "of": cause.of.map(|id| id.to_string()),
        "record": cause.record.map(|id| id.to_string()),
        "row": cause.row,
        "version": cause.seq,
        "from": cause.period.map(|one| one.0.to_string()),
        "to": cause.period.map(|one| one.1.to_string()),
        "words": seal::Digest(digest).to_string(),
    })
}

/// The submissions into which a returned file was sorted.
fn parts(finished: &Finished<'_>) -> Value {
    if finished.terms.returned.is_none() {
        return json!({});
    }
    let parts = finished.applied.parts.iter().map(
        |done| json!({ "submission": done.part.id.to_string(), "supplier": done.part.supplier }),
    );
    json!({ "parts": parts.collect::<Vec<_>>() })
}

async fn one(office: &Office, finished: &Finished<'_>, leaf: Leaf<'_>) -> Result<String> {
    let roots = office.store.submission_roots(&leaf.id).await?;
    let finished_at = office.now();
    let mut body = body(office, finished, &leaf, &roots, finished_at);
    if let (Some(body), Value::Object(kin)) = (body.as_object_mut(), leaf.kin) {
        body.extend(kin);
    }
    let canonical = credit::canon::value(&body);
    let signature = seal::envelope::sign(&office.signer, &canonical);
    let stored = json!({ "receipt": canonical, "signature": signature }).to_string();
    office
        .store
        .submission_finish(
            &leaf.id,
            &Finish {
                counts: leaf.counts,
                rows: leaf.tally.rows,
                receipt: stored.clone(),
                finished_at,
                waiting: leaf.waits,
            },
        )
        .await?;
    Ok(stored)
}

fn body(
    office: &Office,
    finished: &Finished<'_>,
    leaf: &Leaf<'_>,
    roots: &[[u8; 32]],
    finished_at: Instant,
) -> Value {
    let Finished {
        terms,
        scan,
        removal,
        started_at,
        ..
    } = finished;
    let Leaf {
        id, counts, tally, ..
    } = leaf;
    let waiting = match removal {
        Removal::Waits(waiting) => json!({
            "earlier": waiting.earlier, "absent": waiting.absent, "unreadable": waiting.unreadable,
        }),
        Removal::None | Removal::Done(_) => Value::Null,
    };
    json!({
        "shape": "gongxin.receipt/1",
        "submission": id.to_string(),
        "theme": terms.theme.code,
        "edition": terms.theme.version,
        "theme_digest": terms.theme.digest,
        "catalogue": office.catalog.digest,
        "program": office.program,
        "supplier": leaf.supplier,
        "mode": match terms.mode { Mode::Delta => "delta", Mode::Snapshot => "snapshot" },
        "date": terms.date.to_string(),
        "file_digest": proof::salted(&office.site_key, &scan.digest).to_string(),
        "format": scan.format,
        "encoding": scan.encoding,
        "rows": tally.rows,
        "blank": tally.blank,
        "footer": tally.footer,
        "accepted": counts.accepted,
        "rejected": counts.rejected,
        "held": counts.held,
        "unchanged": counts.unchanged,
        "late": counts.late,
        "removed": counts.removed,
        "waiting": waiting,
        "slices": roots.iter().map(|root| seal::Digest(*root).to_string()).collect::<Vec<_>>(),
        "root": proof::over(roots).to_string(),
        "started_at": started_at.0,
        "finished_at": finished_at.0,
    })
}

/// Reads a stored receipt.
pub(super) fn read(stored: &str) -> Result<Receipt> {
    let broken = |cause| Error::inner("a stored receipt could not be read", cause);
    let outer: Value = serde_json::from_str(stored).map_err(|cause| broken(cause.to_string()))?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let json = text(&outer["receipt"]);
    let body: Value = serde_json::from_str(&json).map_err(|cause| broken(cause.to_string()))?;
    let number = |name: &str| body[name].as_u64().unwrap_or_default();
    let id = SubmissionId::parse(body["submission"].as_str().unwrap_or_default())
        .ok_or_else(|| broken("its id".to_owned()))?;
    let waiting = body["waiting"].as_object().map(|waiting| {
        let number = |name: &str| {
            waiting
                .get(name)
                .and_then(Value::as_u64)
                .unwrap_or_default()
        };
        Waiting {
            earlier: number("earlier"),
            absent: number("absent"),
            unreadable: number("unreadable"),
        }
    });
    Ok(Receipt {
        id,
        counts: Counts {
            accepted: number("accepted"),
            rejected: number("rejected"),
            held: number("held"),
            unchanged: number("unchanged"),
            late: number("late"),
            removed: number("removed"),
        },
        rows: number("rows"),
        waiting,
        repeated: false,
        mended: None,
        parts: body["parts"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|part| SubmissionId::parse(part["submission"].as_str()?))
            .collect(),
        json,
        signature: text(&outer["signature"]),
    })
}

/// What a stored receipt says of the submission's cause; nothing for an ordinary file.
pub(crate) fn cause_told(stored: &str) -> Option<Value> {
    // Most receipts are of ordinary files, and are not read.
    let json = stored.contains("cause").then(|| read(stored).ok())??.json;
    let body: Value = serde_json::from_str(&json).ok()?;
    body.get("cause").cloned()
}

/// Whether a stored receipt is that of a file with this digest.
pub(super) fn is_of(office: &Office, stored: &str, digest: &seal::Digest) -> Result<bool> {
    let body: Value = serde_json::from_str(&read(stored)?.json)
        .map_err(|cause| Error::inner("a stored receipt could not be read", cause))?;
    let told = proof::salted(&office.site_key, digest).to_string();
    Ok(body["file_digest"] == told.as_str())
}

/// The answer to a repeat of a finished submission: everything that stood is unchanged.
pub(super) fn repeated(stored: &str) -> Result<Receipt> {
    let mut receipt = read(stored)?;
    receipt.counts.unchanged += receipt.counts.accepted;
    receipt.counts.accepted = 0;
    receipt.counts.late = 0;
    receipt.counts.removed = 0;
    receipt.repeated = true;
    Ok(receipt)
}
