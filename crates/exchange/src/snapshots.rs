//! Absences of a snapshot above the limit: a second officer confirms, by name.

use crate::error::{Error, Result};
use crate::ingest;
use crate::office::Office;
use crate::people::Acting;
use credit::people::Action;
use credit::subject::SubmissionId;
use policy::Officer;

pub use store::WaitingSnapshot;

/// The snapshots that wait.
///
/// # Errors
/// [`Error::Store`].
pub async fn waiting(office: &Office) -> Result<Vec<WaitingSnapshot>> {
    Ok(office.store.snapshots_waiting().await?)
}

/// Confirms it in the name of an account, which must itself be allowed to.
///
/// # Errors
/// [`Error::Forbidden`] for another agency's or theme's; as [`confirm`].
pub async fn confirm_by(office: &Office, id: &SubmissionId, who: &Acting) -> Result<u64> {
    let waits = office.store.snapshots_waiting().await?;
    let found = waits.iter().find(|one| one.id == *id);
    let one = found.ok_or(Error::NotFound)?;
    let themes = std::iter::once(one.theme.as_str());
    who.may_all(Action::SnapshotConfirm, &one.supplier, themes)?;
    let officer = who.officer(&one.supplier)?;
    confirm(office, id, officer.name(), officer.agency()).await
}

/// Confirms the removal of a snapshot's absent rows; answers how many were removed.
///
/// # Errors
/// [`Error::Request`] when the officer has no name or is the one who sent it, or while another full
/// list of the source is being applied; [`Error::NotFound`] when nothing waits under that id.
pub async fn confirm(
    office: &Office,
    id: &SubmissionId,
    officer: &str,
    agency: &str,
) -> Result<u64> {
    let officer = Officer::parse(officer, agency).map_err(|_| {
        Error::request(
            "请写明确认人的姓名和单位。",
            "Name the officer who confirms and the agency.",
            "Укажите имя и орган подтверждающего должностного лица.",
        )
    })?;
    let waits = office.store.snapshots_waiting().await?;
    let waits = waits.into_iter().find(|one| one.id == *id);
    let waits = waits.ok_or(Error::NotFound)?;
    let theme = office.catalog.theme(&waits.theme, waits.date);
    let stop = theme.and_then(|theme| ingest::stop_use(office, theme, &waits.supplier, false));
    let store = &office.store;
    store.snapshot_confirm(id, &officer, office.now()).await?;
    // Broken off here, it still waits, and goes on when it is confirmed again.
    store
        .snapshot_remove(id, stop.as_ref(), office.now(), office.nonce())
        .await?;
    Ok(store.snapshot_close(id, office.now()).await?)
}
