//! What is absent from a full snapshot is removed that day, and may be listed again. Removal
//! follows the full application of the file, never a rejected row and never an older date; an
//! absence above the limit waits for a second officer.

use super::pass::Tally;
use super::receipt::Waiting;
use super::terms::Terms;
use crate::error::Result;
use crate::office::Office;
use credit::limits::SNAPSHOT_ABSENT_PER_MILLE;
use credit::subject::SubmissionId;

/// What became of the absent rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removal {
    /// Not a snapshot, or nothing absent.
    None,
    /// So many were removed.
    Done(u64),
    /// Too many are absent: a second officer confirms.
    Waits(Waiting),
}

pub(super) async fn settle(
    office: &Office,
    id: SubmissionId,
    terms: &Terms,
    tally: &Tally,
) -> Result<Removal> {
    let absent = office.store.snapshot_absent(&id).await?;
    if absent.absent == 0 {
        return Ok(Removal::None);
    }
    let waiting = Waiting {
        earlier: absent.earlier,
        absent: absent.absent,
        unreadable: tally.unreadable,
    };
    if must_wait(waiting) {
        return Ok(Removal::Waits(waiting));
    }
    let stop = super::stop_use(office, &terms.theme, &terms.supplier.code, false);
    let removed = office
        .store
        .snapshot_remove(&id, stop.as_ref(), office.now(), office.nonce());
    Ok(Removal::Done(removed.await?))
}

/// More than 20 per mille of the earlier rows, or a rejected row whose key nobody can read: it
/// counts as present, and may be any of the absent.
fn must_wait(waiting: Waiting) -> bool {
    waiting.unreadable > 0
        || waiting.absent.saturating_mul(1000)
            > waiting.earlier.saturating_mul(SNAPSHOT_ABSENT_PER_MILLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_per_cent_pass_and_one_row_more_waits() {
        let waiting = |absent, unreadable| Waiting {
            earlier: 1000,
            absent,
            unreadable,
        };
        assert!(!must_wait(waiting(20, 0)));
        assert!(must_wait(waiting(21, 0)));
        assert!(must_wait(waiting(1, 1)));
    }
}
