//! The supplier's desk: submissions, receipts, rejected rows to mend, quality figures.

use crate::error::{Error, Result};
use crate::ingest;
use crate::office::Office;
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::subject::SubmissionId;
use intake::rejects;
use jiff::civil::Date;

pub use store::{
    CauseKind, Counts, HeldFact, Mended, Page, Quality, RejectRow, Standing, Submission,
    SubmissionCause,
};

/// Submissions, newest first.
///
/// # Errors
/// [`Error::Request`] for a cursor that is not ours.
pub async fn submissions(
    office: &Office,
    supplier: Option<&str>,
    after: Option<&str>,
) -> Result<Page<Submission>> {
    Ok(office.store.submissions(supplier, after, PAGE_ROWS).await?)
}

/// One submission.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn submission(office: &Office, id: &SubmissionId) -> Result<Submission> {
    office.store.submission(id).await?.ok_or(Error::NotFound)
}

/// Why a submission was made; none for an ordinary file.
///
/// # Errors
/// [`Error::Store`].
pub async fn cause(office: &Office, id: &SubmissionId) -> Result<Option<SubmissionCause>> {
    Ok(office.store.submission_cause(id).await?)
}

/// What was done about a submission: recalls, and the undoing of one; oldest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn done_about(office: &Office, id: &SubmissionId) -> Result<Vec<SubmissionCause>> {
    Ok(office.store.causes_of_submission(id).await?)
}

/// A page of rejected rows.
///
/// # Errors
/// [`Error::NotFound`] when there is no such submission.
pub async fn rejects(
    office: &Office,
    id: &SubmissionId,
    after: Option<&str>,
) -> Result<Page<RejectRow>> {
    submission(office, id).await?;
    Ok(office.store.rejects(id, after, PAGE_ROWS).await?)
}

/// Facts that wait, oldest first, of one supplier or of all.
///
/// # Errors
/// [`Error::Request`] for a cursor that is not ours.
pub async fn holds(
    office: &Office,
    supplier: Option<&str>,
    after: Option<&str>,
) -> Result<Page<HeldFact>> {
    Ok(office.store.holds(supplier, after, PAGE_ROWS).await?)
}

/// Quality figures of a supplier over a period.
///
/// # Errors
/// [`Error::Store`].
pub async fn quality(
    office: &Office,
    supplier: &str,
    from: Date,
    to: Date,
) -> Result<Vec<Quality>> {
    Ok(office.store.supplier_quality(supplier, from, to).await?)
}

/// The rejected rows of submissions of one theme as a file that can be mended and sent again alone.
///
/// # Errors
/// [`Error::NotFound`] when one of them is not on file.
pub async fn rejects_file(
    office: &Office,
    ids: &[SubmissionId],
    xlsx: bool,
    lang: Lang,
) -> Result<Vec<u8>> {
    let Some(first) = ids.first() else {
        return Ok(Vec::new());
    };
    let submission = submission(office, first).await?;
    let theme = office
        .catalog
        .edition(&submission.theme, &submission.theme_version)
        .ok_or(Error::NotFound)?;
    let mut lines = Vec::new();
    for id in ids {
        let mut after = None;
        loop {
            let page = office
                .store
                .rejects(id, after.as_deref(), PAGE_ROWS)
                .await?;
            for row in &page.rows {
                lines.push(ingest::mending(theme, *id, row, lang));
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    let columns = ingest::columns(theme);
    let broken = |cause: Box<dyn std::error::Error + Send + Sync>| {
        Error::inner("the file of rejected rows could not be made", cause)
    };
    if xlsx {
        rejects::xlsx(&columns, lang, lines.iter()).map_err(|cause| broken(cause.into()))
    } else {
        rejects::csv(&columns, lang, lines.iter()).map_err(|cause| broken(cause.into()))
    }
}
