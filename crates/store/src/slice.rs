//! A slice of a submission, applied in one transaction with its event.
//!
//! The gate comes first: (submission, slice number) is written once, so a slice that is sent again
//! changes nothing. Then what is known of every row is read, the caller decides (purely), and what
//! it decided is written.

mod fresh;
mod read;
mod write;

use crate::error::Result;
use crate::gate;
use crate::plan::{Counts, Head, Seen, SliceApplied, SliceKey, SlicePlan};
use crate::sql::submission as sql;
use crate::store::{Store, transact};
use crate::submission::{Frame, frame};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::{RecordId, SubmissionId};

use fresh::Fresh;
pub(crate) use read::{change, holders, identifier, namesake, place, roots};
pub(crate) use write::memberships;

/// Rows from which a slice is large enough to have its names sorted into their index at once.
const MANY_NAMES: usize = 1_000;

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
        let mut tries = 0_u32;
        let applied = transact!(self, Slice, "slice_apply", tx => {
            tries += 1;
            let gate = Gate { submission, slice, at, trusts: tries == 1 };
            apply(&mut tx, &gate, keys, decide).await
        })?;
        if keys.len() >= MANY_NAMES {
            self.names_sort();
        }
        Ok(applied)
    }
}

/// Which slice a try applies.
struct Gate<'s> {
    submission: &'s SubmissionId,
    slice: u32,
    at: Instant,
    /// Whether what was not found is taken for new: on the first try only.
    trusts: bool,
}

async fn apply(
    tx: &mut Tx,
    gate: &Gate<'_>,
    keys: &[SliceKey<'_>],
    decide: &mut Decide<'_>,
) -> Result<SliceApplied> {
    let frame = frame(tx, gate.submission).await?;
    if let Some(counts) = applied(tx, &frame, gate.slice).await? {
        return Ok(SliceApplied {
            repeated: true,
            counts,
        });
    }
    gate::pass(tx, &frame, gate.submission, gate.at).await?;
    let seen = read::seen(tx, &frame, gate.submission, keys).await?;
    let plan = decide(&seen);
    let heads = keys
        .iter()
        .zip(&seen)
        .filter_map(|(key, seen)| Some((key.record, seen.head.as_ref()?)))
        .collect();
    let fresh = if gate.trusts {
        Fresh::of(keys, &seen)
    } else {
        Fresh::default()
    };
    let site = write::Site {
        submission: gate.submission,
        frame: &frame,
        slice: gate.slice,
        at: gate.at,
        fresh: &fresh,
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
        fresh: &Fresh::default(),
    };
    let heads = heads.iter().map(|(record, head)| (*record, head)).collect();
    write::plan(tx, &site, plan, &heads).await
}
