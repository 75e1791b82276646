//! Consents in a person's own hand: who proved the own number and is signed in agrees, sees what was agreed
//! to, and withdraws. The mandate for the own file stands in place of the window's case number, and nobody
//! else's opens any of this.

use super::{Consent, ConsentId, Given, Terms, scope, write};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::{Actor, mandate};
use crate::persons;
use credit::people::{Mandate, MyAction};

/// Gives a consent for oneself.
///
/// # Errors
/// [`Error::NotFound`] for a mandate that is not one's own, [`Error::Forbidden`] for one that is not for a
/// natural person's own file; [`Error::Request`] as [`super::give`].
pub async fn give_own(
    office: &Office,
    actor: &Actor,
    own: &str,
    terms: &Terms<'_>,
) -> Result<Given> {
    let own = mine(office, actor, own).await?;
    let seen = format!("mandate:{}", own.id);
    let scope = scope(office, terms)?;
    write(office, own.subject, (actor.account, &seen), scope).await
}

/// One's own consents that were not withdrawn and whose last day has not passed, newest first, those of the
/// window included. They say nothing of what is on file.
///
/// # Errors
/// As [`give_own`].
pub async fn own(office: &Office, actor: &Actor, own: &str) -> Result<Vec<Consent>> {
    let own = mine(office, actor, own).await?;
    let store = &office.store;
    Ok(store.consents_of(own.subject, office.today()).await?)
}

/// Withdraws one of one's own consents, at once and without a reason; one that was withdrawn stays so.
///
/// # Errors
/// As [`give_own`]; [`Error::NotFound`] for a consent that is not one's own.
pub async fn withdraw_own(office: &Office, actor: &Actor, own: &str, one: &str) -> Result<Consent> {
    let own = mine(office, actor, own).await?;
    let id = ConsentId::parse(one).ok_or(Error::NotFound)?;
    let (whose, by) = ((own.subject, id), actor.account);
    let found = office.store.consent_end(whose, by, office.now()).await?;
    found.ok_or(Error::NotFound)
}

/// One's own mandate, where sealed storage is open: without its ring nobody is who they were.
async fn mine(office: &Office, actor: &Actor, own: &str) -> Result<Mandate> {
    let own = mandate::mine(office, actor, own, MyAction::Consents).await?;
    persons::ring(office)?;
    Ok(own)
}
