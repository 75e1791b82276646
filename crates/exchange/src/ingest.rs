//! An agency's file becomes records: the one door in.
//!
//! Two passes. The first reads the whole file and may refuse it; nothing is stored. The second
//! checks each row and applies slices of [`SLICE_ROWS`](credit::limits::SLICE_ROWS) rows (more of
//! a large file), each in one transaction with its event, and only ever resumes: a file never
//! fails as a whole and never half. Reading and checking run on a thread of their own, beside the
//! write connection.

mod decide;
mod faults;
mod file;
mod forward;
mod nil;
mod part;
mod pass;
mod person;
mod prepare;
mod proof;
mod recall;
mod receipt;
mod rehearse;
mod row;
mod snapshot;
mod stop;
mod terms;

pub use faults::{columns, fault_words, mending};
pub use file::{File, Told};
pub use forward::{Forwarded, JOB_TIME, forward, forward_held, forwarder};
pub use nil::{Nil, nil};
pub use pass::{Progress, Quiet};
pub use proof::{RECEIPTS_BYTES, speaks_of, verify, verify_lines};
pub(crate) use recall::reason;
pub use recall::{Recall, What, recall};
pub use receipt::{Receipt, Waiting};
pub(crate) use receipt::{cause_of, cause_told};
pub use rehearse::{Rehearsed, rehearse};
pub use row::{RowTerms, row};
pub(crate) use stop::stop_use;
pub use terms::{Request, Terms};

use crate::error::{Error, Result};
use crate::ids;
use crate::office::Office;
use credit::catalog::{Mode, Supplier, Theme};
use credit::limits::LARGE_FILE_ROWS;
use credit::subject::SubmissionId;
use receipt::Finished;
use std::sync::Arc;
use store::{NewSubmission, SubmissionState};

/// Takes a file in and answers with its receipt.
///
/// # Errors
/// [`Error::Request`] when theme, supplier, mode or date do not fit; [`Error::File`] when the file
/// cannot be read as a whole (then nothing was stored); [`Error::Store`] when the store failed: the
/// same call resumes where it stopped.
pub async fn submit(
    office: &Office,
    request: Request,
    progress: Arc<dyn Progress>,
) -> Result<Receipt> {
    let started_at = office.now();
    let terms = Arc::new(terms::settle(office, request)?);
    let scan = pass::scan(office, &terms, &progress).await?;
    let id = identity(office, &terms, &scan.digest);
    office
        .store
        .catalog_put(&office.catalog.digest, &terms.theme.digest)
        .await?;
    let (id, state) = recall::begin(office, &terms, &scan, id, started_at).await?;
    if let SubmissionState::Done { receipt } = state {
        progress.done();
        return receipt::repeated(&receipt);
    }
    // Slices that an earlier try applied answer with their counts and change nothing.
    let applied = pass::apply(office, &terms, id, &scan, &progress, started_at).await?;
    learn(office, &applied.total).await;
    let removal = match terms.mode {
        Mode::Delta => snapshot::Removal::None,
        Mode::Snapshot => snapshot::settle(office, id, &terms, &applied.tally).await?,
    };
    let mended = mend(office, &terms, id, &applied.total).await?;
    let finished = Finished {
        id,
        terms: &terms,
        scan: &scan,
        applied: &applied,
        removal,
        started_at,
    };
    let mut receipt = receipt::finish(office, finished).await?;
    receipt.mended = mended;
    Ok(receipt)
}

/// After a bulk load the engine learns how the data lie. PostgreSQL would do so by itself within a
/// minute or two; until then it walks whole tables for every look-up (measured: 200 a second in place
/// of 5,000). That it could not is no reason to fail a file that is stored.
async fn learn(office: &Office, counts: &store::Counts) {
    if counts.accepted < LARGE_FILE_ROWS {
        return;
    }
    if let Err(cause) = office.store.analyze().await {
        tracing::warn!(%cause, "statistics of the store could not be taken");
    }
}

/// The id of a submission: the same file is the same one, and so is a correction of the same version.
fn identity(office: &Office, terms: &terms::Terms, digest: &seal::Digest) -> SubmissionId {
    let key = &office.site_key;
    let (supplier, theme) = (&terms.supplier.code, &terms.theme.code);
    let file = ids::submission(key, supplier, theme, terms.mode, terms.date, digest);
    let cause = terms.told.cause.as_ref();
    match cause.and_then(|cause| cause.record.zip(cause.seq)) {
        Some((record, seq)) => ids::corrected(key, &file, &record, seq),
        None => file,
    }
}

/// Begins the rows of one source within the submission of a returned file.
async fn begin_part(
    office: &Office,
    terms: &terms::Terms,
    scan: &pass::Scan,
    within: (credit::subject::SubmissionId, credit::record::Instant),
    part: &part::Part,
) -> Result<()> {
    let (id, started_at) = within;
    let new = announced(terms, scan, part.id, &part.supplier, started_at);
    let begun = office.store.submission_begin_returned(&new, &id).await;
    Ok(begun.map(drop)?)
}

/// What the store is told of a submission when it begins.
fn announced(
    terms: &terms::Terms,
    scan: &pass::Scan,
    id: credit::subject::SubmissionId,
    supplier: &str,
    received_at: credit::record::Instant,
) -> NewSubmission {
    NewSubmission {
        id,
        theme: terms.theme.code.clone(),
        theme_version: terms.theme.version.clone(),
        supplier: supplier.to_owned(),
        mode: terms.mode,
        date: terms.date,
        file_digest: scan.digest.0,
        file_name: terms.file.name.clone(),
        received_at,
        sent_by: terms.told.officer.clone(),
        cause: terms.told.cause.clone(),
    }
}

/// Notes at the rejected row that this file mends it, where nothing of the file was rejected.
async fn mend(
    office: &Office,
    terms: &terms::Terms,
    id: credit::subject::SubmissionId,
    counts: &store::Counts,
) -> Result<Option<store::Mended>> {
    let rows = counts.accepted + counts.held + counts.unchanged;
    match terms.told.mends {
        Some((of, row)) if counts.rejected == 0 && rows > 0 => {
            Ok(Some(office.store.reject_mended(&of, row, &id).await?))
        }
        _ => Ok(None),
    }
}

/// The receipt of a finished submission whose file was this one, as the answer to its repeat; none where
/// its file was another.
pub(crate) async fn repeat(
    office: &Office,
    id: &SubmissionId,
    file: &File,
) -> Result<Option<Receipt>> {
    let submission = office.store.submission(id).await?.ok_or(Error::NotFound)?;
    let text = submission.receipt.ok_or(Error::NotFound)?;
    let digest = file.digest();
    let digest = digest.map_err(|cause| Error::inner("the file could not be read", cause))?;
    let same = receipt::is_of(office, &text, &digest)?;
    same.then(|| receipt::repeated(&text)).transpose()
}

/// Reads a stored receipt by its submission's id.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn receipt(office: &Office, id: &credit::subject::SubmissionId) -> Result<Receipt> {
    let submission = office.store.submission(id).await?.ok_or(Error::NotFound)?;
    let text = submission.receipt.ok_or(Error::NotFound)?;
    receipt::read(&text)
}

/// The agency of a code that may state rows of a theme; none where it may not.
pub(crate) fn may_state(office: &Office, theme: &Theme, code: &str) -> Option<Supplier> {
    terms::source(office, theme, code)
}
