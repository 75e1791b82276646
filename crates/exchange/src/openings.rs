//! What this process opened at the lock is written down beside the looks (rights 14).

use crate::error::Result;
use crate::office::Office;

/// Writes down what was opened since the last time; tells how many openings that were. A process does so
/// each minute and at its end.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store); what could not be written waits for the next time.
pub async fn settle(office: &Office) -> Result<u64> {
    let store = &office.store;
    Ok(store.openings_settle(office.nonce(), office.now()).await?)
}
