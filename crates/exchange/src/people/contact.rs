//! Where an account is told that there is a message: an address under the account's own key, so that
//! erasing the person erases it, too.

use super::vault;
use crate::error::{Error, Result};
use crate::office::Office;
use credit::notice::Channel;
use credit::people::AccountId;
use seal::{DataKey, Place};

/// The place that a sealed address is bound to.
fn place(channel: Channel) -> Place {
    match channel {
        Channel::Mail => Place::new("contact.sealed/mail"),
        Channel::Sms => Place::new("contact.sealed/sms"),
    }
}

/// Seals an address under the account's key.
///
/// # Errors
/// [`Error::NotFound`] without the account, or once its person was erased.
pub(crate) async fn seal_contact(
    office: &Office,
    id: AccountId,
    channel: Channel,
    address: &str,
) -> Result<Vec<u8>> {
    let key = key(office, id).await?;
    vault::sealed(office, &key, place(channel), id, address.as_bytes())
}

/// Opens what [`seal_contact`] sealed.
///
/// # Errors
/// [`Error::NotFound`] without the account, or once its person was erased.
pub(crate) async fn open_contact(
    office: &Office,
    id: AccountId,
    channel: Channel,
    sealed: &[u8],
) -> Result<String> {
    let key = key(office, id).await?;
    let opened = key.open(place(channel), &id.0, sealed);
    let bytes = opened.map_err(|cause| vault::broken(&cause))?;
    String::from_utf8(bytes).map_err(|_| vault::broken(&seal::BadSeal))
}

async fn key(office: &Office, id: AccountId) -> Result<DataKey> {
    let account = office.store.account(id).await?.ok_or(Error::NotFound)?;
    vault::key(
        office,
        id,
        account.wrapped.as_deref().ok_or(Error::NotFound)?,
    )
}
