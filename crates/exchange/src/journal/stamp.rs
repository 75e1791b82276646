//! Time evidence: heads of the journal are stamped by an authority that others trust (RFC 3161). A stamp
//! shows that everything under its head was written down before its time, whatever this machine's clock
//! said: receipts, looks and issued reports alike.

use super::Tools;
use super::show::{checkpoint, note_of};
use crate::error::{Error, Result};
use seal::Digest;
use seal::stamp::{self, Token};
use std::io;
use std::sync::Arc;

/// Sends a request to the authority and gives its answer; both are DER.
pub type AskTime = Arc<dyn Fn(&[u8]) -> io::Result<Vec<u8>> + Send + Sync>;

/// A head that was stamped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// Entries under the head.
    pub size: u64,
    /// The text of the head: the bytes that were stamped.
    pub head: String,
    /// The authority's answer.
    pub answer: Vec<u8>,
    /// What it says.
    pub token: Token,
}

/// Has the newest signed head stamped, unless it is. `None`: there is nothing new.
///
/// # Errors
/// [`Error::Request`] when the authority refuses, or its answer is for something else; what could not be
/// reached is tried again next time.
pub async fn stamp(tools: &Tools, ask: AskTime) -> Result<Option<Stamped>> {
    let store = &tools.store;
    let identity = store.journal_identity().await?;
    let published = checkpoint(store, 0).await?;
    let (Some((origin, _)), Some((head, _))) = (identity, published) else {
        return Ok(None);
    };
    if store.stamped().await? >= head.size {
        return Ok(None);
    }
    let text = note_of(&origin, head);
    let digest = seal::sha256(text.as_bytes());
    let mut nonce = [0; 8];
    (tools.entropy)(&mut nonce);
    let answer = asked(ask, &digest, nonce).await?;
    let token = stamp::check(&answer, &digest, nonce).map_err(refused)?;
    store.stamp_add(head.size, &answer, (tools.now)()).await?;
    Ok(Some(Stamped {
        size: head.size,
        head: text,
        answer,
        token,
    }))
}

async fn asked(ask: AskTime, digest: &Digest, nonce: [u8; 8]) -> Result<Vec<u8>> {
    let request = stamp::request(digest, nonce);
    let answered = tokio::task::spawn_blocking(move || ask(&request)).await;
    let unreached = |cause: Box<dyn std::error::Error + Send + Sync>| {
        Error::inner("the time-stamping authority was not reached", cause)
    };
    answered
        .map_err(|cause| unreached(cause.into()))?
        .map_err(|cause| unreached(cause.into()))
}

/// Every stamp that is kept, the oldest first.
///
/// # Errors
/// What the store says.
pub async fn stamps(store: &store::Store) -> Result<Vec<Stamped>> {
    let Some((origin, _)) = store.journal_identity().await? else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    loop {
        let after = all.last().map_or(0, |last: &Stamped| last.size);
        let page = store.stamps(after, 1_000).await?;
        if page.is_empty() {
            return Ok(all);
        }
        for one in page {
            let token = stamp::read(&one.answer).map_err(refused)?;
            all.push(Stamped {
                size: one.size,
                head: note_of(&origin, one.head),
                answer: one.answer,
                token,
            });
        }
    }
}

fn refused(cause: stamp::BadStamp) -> Error {
    Error::request(
        format!("时间戳机构的答复不可用：{cause}。请核对 --tsa 的地址，或换一家机构。"),
        format!(
            "The answer of the time-stamping authority cannot be used: {cause}. Check the address of --tsa, or take another authority."
        ),
        format!(
            "Ответ службы меток времени непригоден: {cause}. Проверьте адрес --tsa или выберите другую службу."
        ),
    )
}
