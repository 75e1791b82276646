//! Proofs of single events: made from the store, opened by anyone.

use super::show::checkpoint;
use super::write::with_tiles;
use crate::error::{Error, Result};
use crate::report::file::Signed;
use credit::consent::ConsentId;
use credit::grant::GrantId;
use credit::subject::SubjectId;
use seal::Digest;
use seal::leaf::Event;
use seal::proof::Proof;
use seal::tile::Tiles;
use serde_json::{Value, json};
use store::Store;

/// What a proof says of its event, once the entry was made again from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The event.
    pub event: Event,
    /// The entry that stands for it.
    pub entry: [u8; seal::leaf::ENTRY_BYTES],
    /// Of a look: what it was, where that is told and fits.
    pub look: Option<Look>,
}

/// What a proof tells of a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Purpose, officer, agency and case number.
    pub texts: [String; 4],
    /// The grant on which it rested and the items that it could see.
    pub ground: Option<(GrantId, String)>,
}

/// Makes the proof of an event under the newest checkpoint. Whoever asks for a look's names whom it
/// was about, and the proof then tells purpose, officer and case.
///
/// # Errors
/// [`Error::NotFound`] when there is no such event; [`Error::Request`] when it has no place under a
/// signed head yet, or its salt was erased.
pub async fn prove(
    store: &Store,
    witnesses: u64,
    event: &str,
    subject: Option<SubjectId>,
) -> Result<Proof> {
    let placed = store.journal_placed(event).await?.ok_or(Error::NotFound)?;
    let salt = placed.salt.ok_or_else(|| {
        Error::request(
            "该事件的盐已删除：日志仍然有效，但不再能证明这一条对应什么。",
            "The salt of this event was erased: the log is as valid as before, but nobody can show any more what this entry stands for.",
            "Соль этого события удалена: журнал остаётся верным, но показать, чему соответствует запись, больше нельзя.",
        )
    })?;
    let published = checkpoint(store, witnesses).await?;
    let Some((head, note)) = published.filter(|(head, _)| head.size > placed.index) else {
        return Err(Error::request(
            "该事件已记录，但尚未纳入已签名的检查点。请稍后再取证明。",
            "The event is written down but no signed checkpoint covers it yet. Ask for the proof again in a moment.",
            "Событие записано, но подписанная контрольная точка его ещё не охватывает. Запросите доказательство чуть позже.",
        ));
    };
    let ask = |tiles: &Tiles| tiles.inclusion(placed.index);
    let path = with_tiles(store, Tiles::new(head.size), ask).await?;
    let look = look_of(store, &placed.event, subject).await?;
    Ok(Proof {
        extra: extra(&placed.event, &salt, look.as_ref()).into_bytes(),
        index: placed.index,
        path,
        checkpoint: note,
    })
}

/// The row of a look, for the proof that its subject takes home.
async fn look_of(
    store: &Store,
    event: &Event,
    subject: Option<SubjectId>,
) -> Result<Option<store::Access>> {
    let permit = event.id.strip_prefix("access:").and_then(hex::<16>);
    match (subject, permit) {
        (Some(subject), Some(permit)) => Ok(store.audit_access(subject, &permit).await?),
        _ => Ok(None),
    }
}

/// What a proof carries so that its entry can be made again: canonical JSON.
#[must_use]
pub fn extra(event: &Event, salt: &[u8; 16], look: Option<&store::Access>) -> String {
    let mut body = json!({
        "shape": "gongxin.event/1",
        "id": event.id,
        "kind": event.kind,
        "at": event.at,
        "content": event.content.to_string(),
        "salt": text_of(salt),
    });
    if let Some(look) = look {
        let [purpose, officer, agency, case] = &look.texts;
        body["look"] = json!({
            "subject": look.subject.to_string(), "purpose": purpose, "officer": officer,
            "agency": agency, "case": case,
        });
        if let Some((grant, items)) = &look.ground {
            body["look"]["grant"] = json!(grant.to_string());
            body["look"]["items"] = json!(items);
        }
        if let Some(consent) = look.consent {
            body["look"]["consent"] = json!(consent.to_string());
        }
    }
    credit::canon::value(&body)
}

/// Reads what a proof carries. Nothing of it is proven until its entry was found in the log.
///
/// # Errors
/// [`Error::Request`] when it is no proof of this journal.
pub fn opened(extra: &[u8]) -> Result<Opened> {
    read(extra).ok_or_else(|| {
        Error::request(
            "这不是公信日志的证明文件，或已损坏。",
            "This is no proof of a Gongxin journal, or it is damaged.",
            "Это не доказательство журнала Gongxin, либо оно повреждено.",
        )
    })
}

fn read(extra: &[u8]) -> Option<Opened> {
    let body: Value = serde_json::from_slice(extra).ok()?;
    let text = |name: &str| Some(body.get(name)?.as_str()?.to_owned());
    if text("shape")? != "gongxin.event/1" {
        return None;
    }
    let event = Event {
        id: text("id")?,
        kind: text("kind")?,
        at: body.get("at")?.as_i64()?,
        content: Digest::parse(&text("content")?)?,
    };
    let salt = hex::<16>(&text("salt")?)?;
    let look = match body.get("look") {
        Some(look) => Some(read_look(look, &event)?),
        None => None,
    };
    Some(Opened {
        entry: event.entry(&salt),
        event,
        look,
    })
}

/// A look, if the event commits to it.
fn read_look(look: &Value, event: &Event) -> Option<Look> {
    let text = |name: &str| Some(look.get(name)?.as_str()?.to_owned());
    let grant = text("grant").and_then(|grant| GrantId::parse(&grant));
    let access = store::Access {
        subject: SubjectId::parse(&text("subject")?)?,
        permit: hex::<16>(event.id.strip_prefix("access:")?)?,
        texts: [
            text("purpose")?,
            text("officer")?,
            text("agency")?,
            text("case")?,
        ],
        ground: grant.zip(text("items")),
        consent: text("consent").and_then(|consent| ConsentId::parse(&consent)),
        at: event.at,
    };
    (access.content() == event.content).then_some(Look {
        texts: access.texts,
        ground: access.ground,
    })
}

/// The event that a receipt is, and its entry: from the signed text alone.
#[must_use]
pub fn event_of_receipt(signature: &str, json: &str) -> Option<Event> {
    let body: Value = serde_json::from_str(json).ok()?;
    let stored = json!({ "receipt": json, "signature": signature }).to_string();
    Some(Event {
        id: format!("receipt:{}", body.get("submission")?.as_str()?),
        kind: "receipt".to_owned(),
        at: body.get("finished_at")?.as_i64()?,
        content: seal::sha256(stored.as_bytes()),
    })
}

/// The event that an issued report is: from the signed text alone.
#[must_use]
pub fn event_of_report(signed: &Signed) -> Event {
    Event {
        id: format!("report:{}", signed.id),
        kind: "report".to_owned(),
        at: signed.at.0,
        content: seal::sha256(signed.signature.as_bytes()),
    }
}

/// The id of the event of a look by its permit.
#[must_use]
pub fn event_of_access(permit: &[u8; 16]) -> String {
    format!("access:{}", text_of(permit))
}

fn text_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
