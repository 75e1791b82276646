//! Accounts at OpenID providers: which account a provider's person is, by keyed digests.

use super::{Account, Deed, NewAccount, add, moved, note, row};
use crate::error::Result;
use crate::sql::people as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::people::{AccountId, AccountMove};
use credit::record::Instant;

/// Ties read of one account at most: one a provider, of which a site has eight; × 4 for former ones.
const MOST: u64 = 32;

/// A tie between an account and a person at a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Code of the provider.
    pub provider: String,
    /// When it was made.
    pub made: Instant,
}

impl Store {
    /// The account that a provider's person is, by the keyed digest of issuer and subject.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_at_provider(&self, subject: &[u8; 32]) -> Result<Option<Account>> {
        transact!(self, Read, "account_at_provider", tx => at_provider(&mut tx, subject).await)
    }

    /// Ties an account to a provider's person. False where the account has a tie to that provider, or
    /// the person is another account.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn provider_tie(
        &self,
        id: AccountId,
        provider: &str,
        subject: &[u8; 32],
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "provider_tie", tx => {
            tie(&mut tx, id, provider, subject, deed).await
        })
    }

    /// Makes an account that is in use at once, because a provider has proven its person. False, and
    /// nothing written, where that person or the name to sign in with is an account already.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_add_proven(
        &self,
        new: &NewAccount<'_>,
        provider: &str,
        subject: &[u8; 32],
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "account_add_proven", tx => {
            add_proven(&mut tx, new, provider, subject, deed).await
        })
    }

    /// The providers that an account is tied to.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn provider_ties(&self, id: AccountId) -> Result<Vec<Tie>> {
        transact!(self, Read, "provider_ties", tx => {
            let rows = tx.rows(sql::PROVIDERS, &[Val::Bytes(&id.0), Val::count(MOST)]).await;
            rows.and_then(|rows| {
                rows.iter()
                    .map(|row| {
                        Ok(Tie {
                            provider: row.text(0, "provider")?.to_owned(),
                            made: Instant(row.int(1, "instant")?),
                        })
                    })
                    .collect()
            })
        })
    }

    /// Ends a tie. False where there is none.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn provider_untie(
        &self,
        id: AccountId,
        provider: &str,
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "provider_untie", tx => untie(&mut tx, id, provider, deed).await)
    }
}

async fn at_provider(tx: &mut Tx, subject: &[u8; 32]) -> Result<Option<Account>> {
    match tx
        .one(sql::PROVIDER_SUBJECT, &[Val::Bytes(subject)])
        .await?
    {
        Some(found) => row::account(tx, AccountId(found.bytes(0, "account id")?)).await,
        None => Ok(None),
    }
}

/// Writes the tie itself. False where the account has one to that provider, or the person is taken;
/// of two that write at once the later one waits for the earlier and is told so.
async fn claim(
    tx: &mut Tx,
    id: AccountId,
    provider: &str,
    subject: &[u8; 32],
    deed: &Deed<'_>,
) -> Result<bool> {
    let values = [
        Val::Bytes(&id.0),
        Val::Text(provider),
        Val::Bytes(subject),
        Val::Int(deed.at.0),
    ];
    Ok(tx.exec(sql::PROVIDER_NEW, &values).await? > 0)
}

async fn tie(
    tx: &mut Tx,
    id: AccountId,
    provider: &str,
    subject: &[u8; 32],
    deed: &Deed<'_>,
) -> Result<bool> {
    if !claim(tx, id, provider, subject, deed).await? {
        return Ok(false);
    }
    noted(tx, id, provider, "tie", deed).await?;
    Ok(true)
}

/// The tie comes first: whoever loses the race for the person has written nothing else by then.
async fn add_proven(
    tx: &mut Tx,
    new: &NewAccount<'_>,
    provider: &str,
    subject: &[u8; 32],
    deed: &Deed<'_>,
) -> Result<bool> {
    if !claim(tx, new.id, provider, subject, deed).await? {
        return Ok(false);
    }
    if !add(tx, new, None, deed).await? {
        let own = [Val::Bytes(&new.id.0), Val::Text(provider)];
        tx.exec(sql::PROVIDER_END, &own).await?;
        return Ok(false);
    }
    moved(tx, new.id, AccountMove::Activate, None, deed).await?;
    noted(tx, new.id, provider, "tie", deed).await?;
    Ok(true)
}

async fn untie(tx: &mut Tx, id: AccountId, provider: &str, deed: &Deed<'_>) -> Result<bool> {
    let values = [Val::Bytes(&id.0), Val::Text(provider)];
    if tx.exec(sql::PROVIDER_END, &values).await? == 0 {
        return Ok(false);
    }
    noted(tx, id, provider, "untie", deed).await?;
    Ok(true)
}

/// The event of a tie; its instant tells it from one that was made again.
async fn noted(
    tx: &mut Tx,
    id: AccountId,
    provider: &str,
    what: &str,
    deed: &Deed<'_>,
) -> Result<()> {
    let event = format!("account:{id}:provider:{provider}:{what}:{}", deed.at.0);
    note(tx, "account", &event, id, what, deed).await
}
