//! A slice of a submission, applied in one transaction with its event.
//!
//! The gate comes first: (submission, slice number) is written once, so a slice that is sent again
//! changes nothing. Then what is known of every row is read, the caller decides (purely), and what
//! it decided is written.

mod read;
mod write;

use crate::error::Result;
use crate::plan::{Counts, Head, Seen, SliceApplied, SliceKey, SlicePlan};
use crate::sql::submission as sql;
use crate::store::{Store, transact};
use crate::submission::{Frame, frame};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::{RecordId, SubmissionId};

pub(crate) use read::{change, identifier, namesake, place, roots};
pub(crate) use write::memberships;

/// Decides what to write, given what is known. Called again when the transaction runs again.
pub type Decide<'d> = dyn FnMut(&[Seen]) -> SlicePlan + Send + 'd;

impl Store {
    /// Applies one slice of a submission, once.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) when the submission never began;
    /// [`Error::Busy`](crate::Error::Busy) when other writers held its rows through every try.
    pub async fn slice_apply(
        &self,
        submission: &SubmissionId,
        slice: u32,
        keys: &[SliceKey<'_>],
        at: Instant,
        decide: &mut Decide<'_>,
    ) -> Result<SliceApplied> {
        transact!(self, Slice, "slice_apply", tx => {
            apply(&mut tx, submission, slice, keys, at, decide).await
        })
    }
}

async fn apply(
    tx: &mut Tx,
    submission: &SubmissionId,
    slice: u32,
    keys: &[SliceKey<'_>],
    at: Instant,
    decide: &mut Decide<'_>,
) -> Result<SliceApplied> {
    let frame = frame(tx, submission).await?;
    if let Some(counts) = applied(tx, &frame, slice).await? {
        return Ok(SliceApplied {
            repeated: true,
            counts,
        });
    }
    let seen = read::seen(tx, &frame, submission, keys).await?;
    let plan = decide(&seen);
    let heads = keys
        .iter()
        .zip(&seen)
        .filter_map(|(key, seen)| Some((key.record, seen.head.as_ref()?)))
        .collect();
    let site = write::Site {
        submission,
        frame: &frame,
        slice,
        at,
    };
    write::plan(tx, &site, &plan, &heads).await?;
    Ok(SliceApplied {
        repeated: false,
        counts: plan.counts,
    })
}

/// The counts of a slice that was applied before.
async fn applied(tx: &mut Tx, frame: &Frame, slice: u32) -> Result<Option<Counts>> {
    let key = [Val::Int(frame.number), Val::Int(slice.into())];
    let row = tx.one(sql::SLICE, &key).await?;
    row.map(|row| counts(&row, 0)).transpose()
}

/// Six counts from a place of a row on.
pub(crate) fn counts(row: &Row, from: usize) -> Result<Counts> {
    let count = |place: usize| row.count(from + place, "count");
    Ok(Counts {
        accepted: count(0)?,
        rejected: count(1)?,
        held: count(2)?,
        unchanged: count(3)?,
        late: count(4)?,
        removed: count(5)?,
    })
}

/// Applies a plan that the store itself made (removals by absence), as a slice of its own.
pub(crate) async fn apply_own(
    tx: &mut Tx,
    submission: &SubmissionId,
    frame: &Frame,
    at: Instant,
    plan: &SlicePlan,
    heads: &[(RecordId, Head)],
) -> Result<()> {
    let slices = tx.one(sql::SLICES, &[Val::Int(frame.number)]).await?;
    let site = write::Site {
        submission,
        frame,
        slice: slices.unwrap_or_default().small(0, "count of slices")?,
        at,
    };
    let heads = heads.iter().map(|(record, head)| (*record, head)).collect();
    write::plan(tx, &site, plan, &heads).await
}
