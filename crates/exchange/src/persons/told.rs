//! Where a person is told that there is something: an address that the person left at the window, under
//! the person's own key, so that erasing the person erases it, too.

use super::{Number, ring};
use crate::duty;
use crate::error::{Error, Result};
use crate::notices::{Channel, no_address};
use crate::office::Office;
use crate::people::Acting;
use credit::lang::Lang;
use credit::people::{AccountId, Action};
use credit::subject::SubjectId;
use seal::vault::NONCE;
use seal::{BadSeal, DataKey, Place};

fn place(channel: Channel) -> Place {
    match channel {
        Channel::Mail => Place::new("contact.sealed/person/mail"),
        Channel::Sms => Place::new("contact.sealed/person/sms"),
    }
}

/// Sets where a person is told, or, with an empty address, nowhere. The person is at the window and shows
/// a document; messages say that there is something, and nothing of it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] of whom nothing is on file, since there is nothing to tell;
/// [`Error::Request`] for an address that is none, and where sealed storage is not open; [`Error::Limit`]
/// above the pace of the window.
pub async fn set_contact(
    office: &Office,
    who: &Acting,
    number: &Number,
    channel: Channel,
    address: &str,
    lang: Lang,
) -> Result<()> {
    let officer = who.officer(who.home(Action::PersonReport)?)?;
    let ring = ring(office)?;
    // Whether there is something to tell is an answer, too.
    duty::window(office, &officer).await?;
    let person = number.id(&ring);
    let (account, address, now) = (AccountId(person.0), address.trim(), office.now());
    let store = &office.store;
    if address.is_empty() {
        return Ok(store.contact_set(account, channel, None, now).await?);
    }
    if !channel.takes(address) {
        return Err(no_address());
    }
    let key = key(office, person).await?.ok_or(Error::NotFound)?;
    let mut nonce = [0; NONCE];
    (office.entropy)(&mut nonce);
    let sealed = key.seal(place(channel), &person.0, nonce, address.as_bytes());
    let sealed = sealed.map_err(broken)?;
    let contact = Some((sealed.as_slice(), lang.tag()));
    Ok(store.contact_set(account, channel, contact, now).await?)
}

/// Opens what [`set_contact`] sealed.
///
/// # Errors
/// [`Error::NotFound`] once the person was erased.
pub(crate) async fn open_contact(
    office: &Office,
    account: AccountId,
    channel: Channel,
    sealed: &[u8],
) -> Result<String> {
    let key = key(office, SubjectId(account.0)).await?;
    let key = key.ok_or(Error::NotFound)?;
    let opened = key.open(place(channel), &account.0, sealed);
    let opened = opened.map_err(broken)?;
    String::from_utf8(opened).map_err(|_| broken(BadSeal))
}

async fn key(office: &Office, person: SubjectId) -> Result<Option<DataKey>> {
    let ring = ring(office)?;
    let wrapped = office.store.person_key(person).await?;
    let opened = wrapped.map(|wrapped| ring.open(store::KEY, &person.0, &wrapped));
    opened.transpose().map_err(broken)
}

fn broken(cause: BadSeal) -> Error {
    Error::inner("what is sealed does not open", cause)
}
