//! The outbox: one process at a time sends what is due, keeps each answer, and tries again later.

use super::smtp::{self, Mail};
use crate::error::Result;
use crate::office::Office;
use crate::{people, persons};
use credit::lang::Lang;
use credit::notice::{Channel, again_after, outside};
use credit::record::Instant;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use std::io;
use std::sync::Arc;
use store::{Attempt, DueMessage};

/// Messages of one round: at some seconds each a round stays within its turn.
const ROUND: usize = 32;
/// How long a turn lasts without being renewed, in microseconds: ten minutes, more than 32 messages
/// that each wait for the patience of the client.
const TURN: i64 = 600_000_000;

/// Posts a body with its signature and time; gives the status and the answer.
pub type Post = Arc<dyn Fn(&str, &[(&str, String)]) -> io::Result<(u16, String)> + Send + Sync>;

/// A mail relay: on this machine or in a private network; a relay elsewhere is reached through one here.
#[derive(Clone)]
pub struct Relay {
    /// `HOST:PORT`.
    pub address: String,
    /// The sender's mailbox.
    pub from: String,
}

/// A gateway for short messages, asked by a signed request.
#[derive(Clone)]
pub struct Webhook {
    /// Sends the request.
    pub post: Post,
    /// The secret that both sides know.
    pub secret: Vec<u8>,
}

/// The ways out, as far as the site has them.
#[derive(Clone, Default)]
pub struct Routes {
    /// Mail.
    pub mail: Option<Relay>,
    /// Short messages.
    pub sms: Option<Webhook>,
    /// Where the inbox is: the site's public address.
    pub site: String,
}

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Another process has the turn.
    pub elsewhere: bool,
    /// Messages that the other side took.
    pub sent: u64,
    /// Messages that are tried again later.
    pub again: u64,
    /// Messages that were given up.
    pub failed: u64,
}

/// Sends what is due, oldest first, up to a round.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store); a message that is not taken is no error.
pub async fn deliver(office: &Office, routes: &Routes, holder: &str) -> Result<Delivered> {
    let now = office.now();
    let until = Instant(now.0.saturating_add(TURN));
    let mut done = Delivered::default();
    if !office
        .store
        .turn_take("messages", holder, now, until)
        .await?
    {
        done.elsewhere = true;
        return Ok(done);
    }
    for message in office.store.messages_due(now, ROUND).await? {
        let outcome = one(office, routes, &message).await?;
        let at = office.now();
        let attempt = match outcome {
            Ok(answer) => Attempt {
                at,
                taken: true,
                answer,
                again: None,
            },
            Err(answer) => {
                let wait = again_after(message.tries + 1);
                let wait = wait.and_then(|seconds| i64::try_from(seconds).ok());
                Attempt {
                    at,
                    taken: false,
                    answer,
                    again: wait.map(|seconds| Instant(at.0.saturating_add(seconds * 1_000_000))),
                }
            }
        };
        match (attempt.taken, attempt.again) {
            (true, _) => done.sent += 1,
            (false, Some(_)) => done.again += 1,
            (false, None) => done.failed += 1,
        }
        office.store.message_tried(&message, &attempt).await?;
    }
    Ok(done)
}

/// Sends one message: the other side's answer, or why it was not taken.
async fn one(
    office: &Office,
    routes: &Routes,
    message: &DueMessage,
) -> Result<std::result::Result<String, String>> {
    let Some(contact) = &message.contact else {
        return Ok(Err("the address was taken away".to_owned()));
    };
    let account = message.account;
    let opened = people::open_contact(office, account, message.channel, &contact.sealed).await;
    let opened = match opened {
        Ok(address) => Ok(address),
        Err(_) => persons::open_contact(office, account, message.channel, &contact.sealed).await,
    };
    let Ok(address) = opened else {
        return Ok(Err("the account was erased".to_owned()));
    };
    let lang = Lang::parse(&contact.lang).unwrap_or_default();
    let (subject, text) = outside(lang, &routes.site);
    let sent = match (message.channel, &routes.mail, &routes.sms) {
        (Channel::Mail, Some(relay), _) => {
            let mail = Mail {
                relay: relay.address.clone(),
                from: relay.from.clone(),
                to: address,
                subject,
                text,
                id: format!("{}.{}", message.notice, message.tries + 1),
                at: office.now(),
            };
            blocking(move || smtp::send(&mail)).await
        }
        (Channel::Sms, _, Some(webhook)) => {
            let (webhook, at) = (webhook.clone(), office.now());
            let id = format!("{}.{account}", message.notice);
            blocking(move || post(&webhook, &id, &address, &text, at)).await
        }
        _ => Err("the site has no way out of this kind".to_owned()),
    };
    Ok(sent)
}

async fn blocking(
    send: impl FnOnce() -> io::Result<String> + Send + 'static,
) -> std::result::Result<String, String> {
    match tokio::task::spawn_blocking(send).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(cause)) => Err(cause.to_string()),
        Err(_) => Err("the attempt ended early".to_owned()),
    }
}

/// Asks the gateway. The signature covers time and body, so that neither a changed nor an old request
/// passes for a new one; the id lets the gateway take a message once.
fn post(webhook: &Webhook, id: &str, to: &str, text: &str, at: Instant) -> io::Result<String> {
    let body = json!({ "id": id, "to": to, "text": text }).to_string();
    let seconds = at.0.div_euclid(1_000_000).to_string();
    let signature = sign(&webhook.secret, &seconds, &body);
    let headers = [
        ("X-Gongxin-Time", seconds),
        ("X-Gongxin-Signature", signature),
        ("Content-Type", "application/json".to_owned()),
    ];
    let (status, answer) = (webhook.post)(&body, &headers)?;
    // A gateway may repeat the number; it is kept sealed, and nowhere else.
    let answer = format!("{status} {}", answer.trim()).replace(to, "…");
    if (200..300).contains(&status) {
        Ok(answer)
    } else {
        Err(io::Error::other(answer))
    }
}

/// `hex(HMAC-SHA-256(secret, time "." body))`; see `docs/notices.md`.
fn sign(secret: &[u8], seconds: &str, body: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(seconds.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    let bytes = mac.finalize().into_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
