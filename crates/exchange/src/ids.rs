//! Ids that follow from what they name: keyed digests, so that retries are idempotent and ids
//! tell outsiders nothing.

use credit::catalog::Mode;
use credit::identifier::Identifier;
use credit::record::Document;
use credit::subject::{Claim, DocumentId, RecordId, SubjectId, SubmissionId};
use credit::text::name_form;
use jiff::civil::Date;
use seal::SiteKey;

/// The mention of an identifier.
#[must_use]
pub fn mention_of(key: &SiteKey, identifier: &Identifier) -> SubjectId {
    SubjectId(key.keyed16(
        "mention/identifier",
        &[
            identifier.system().code().as_bytes(),
            identifier.value().as_bytes(),
        ],
    ))
}

/// The mention of a claim: its strongest identifier, else supplier, name and place.
#[must_use]
pub fn mention(key: &SiteKey, supplier: &str, claim: &Claim) -> SubjectId {
    if let Some(identifier) = claim.identifiers.first() {
        return mention_of(key, identifier);
    }
    let name = claim.name.as_deref().map(name_form).unwrap_or_default();
    let place = claim.place.as_deref().map(name_form).unwrap_or_default();
    SubjectId(key.keyed16(
        "mention/name",
        &[supplier.as_bytes(), name.as_bytes(), place.as_bytes()],
    ))
}

/// The record of a natural key.
#[must_use]
pub fn record(key: &SiteKey, supplier: &str, theme: &str, natural: &str) -> RecordId {
    RecordId(key.keyed16(
        "record",
        &[supplier.as_bytes(), theme.as_bytes(), natural.as_bytes()],
    ))
}

/// The legal document of organ and number; both in comparison form, so that widths and brackets
/// of the number do not make a second document with a clock of its own.
#[must_use]
pub fn document(key: &SiteKey, document: &Document) -> DocumentId {
    DocumentId(key.keyed16(
        "document",
        &[
            name_form(&document.organ).as_bytes(),
            name_form(&document.number).as_bytes(),
        ],
    ))
}

/// The submission of a file: the same supplier, theme, mode, date and bytes are the same one.
#[must_use]
pub fn submission(
    key: &SiteKey,
    supplier: &str,
    theme: &str,
    mode: Mode,
    date: Date,
    file: &seal::Digest,
) -> SubmissionId {
    let mode: &[u8] = match mode {
        Mode::Delta => b"delta",
        Mode::Snapshot => b"snapshot",
    };
    SubmissionId(key.keyed16(
        "submission",
        &[
            supplier.as_bytes(),
            theme.as_bytes(),
            mode,
            date.to_string().as_bytes(),
            &file.0,
        ],
    ))
}

/// The submission that corrects a version with a document: a second correction of another version is
/// another submission, whatever its row says.
#[must_use]
pub fn corrected(key: &SiteKey, file: &SubmissionId, record: &RecordId, seq: u32) -> SubmissionId {
    let seq = seq.to_be_bytes();
    SubmissionId(key.keyed16("submission/correction", &[&file.0, &record.0, &seq]))
}

/// The submission of a file that was sent before and then taken back: `serial` counts what was done
/// about it.
#[must_use]
pub fn again(key: &SiteKey, before: &SubmissionId, serial: u64) -> SubmissionId {
    SubmissionId(key.keyed16("submission/again", &[&before.0, &serial.to_be_bytes()]))
}

/// The submission of a recall or of its undoing: of what, and the how manieth it is.
#[must_use]
pub fn recall(key: &SiteKey, what: &str, target: &[u8; 16], serial: u64) -> SubmissionId {
    let parts: [&[u8]; 3] = [what.as_bytes(), target, &serial.to_be_bytes()];
    SubmissionId(key.keyed16("submission/recall", &parts))
}

/// The submission of a nil report: one a supplier, theme and period.
#[must_use]
pub fn nil(key: &SiteKey, supplier: &str, theme: &str, period: (Date, Date)) -> SubmissionId {
    SubmissionId(key.keyed16(
        "submission/nil",
        &[
            supplier.as_bytes(),
            theme.as_bytes(),
            period.0.to_string().as_bytes(),
            period.1.to_string().as_bytes(),
        ],
    ))
}

/// The submission of one source's rows in a file that a platform above returned; never that of a
/// file which the source sends itself. `who`: the platform, then the source.
#[must_use]
pub fn returned(
    key: &SiteKey,
    who: (&str, &str),
    theme: &str,
    date: Date,
    file: &seal::Digest,
) -> SubmissionId {
    let (platform, source) = who;
    SubmissionId(key.keyed16(
        "submission/returned",
        &[
            platform.as_bytes(),
            source.as_bytes(),
            theme.as_bytes(),
            date.to_string().as_bytes(),
            &file.0,
        ],
    ))
}
