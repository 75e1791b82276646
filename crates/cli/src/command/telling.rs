//! How people are told outside their inbox: ways out of the site, and the loop that uses them.

use crate::exit::Failure;
use crate::text;
use exchange::Office;
use exchange::notices::{self, Relay, Routes, Webhook};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Between two rounds of the outbox.
const ROUND: Duration = Duration::from_secs(10);
/// Rounds between two looks for deadlines: a quarter of an hour.
const LOOKS: u32 = 90;
/// Bytes of a gateway's secret at least: 128 bits.
const SECRET: usize = 16;

/// Ways to tell people that there is a message for them; it says nothing of what the message says.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Telling {
    /// Mail relay on this machine or in a private network, HOST:PORT; it queues, encrypts and sends on.
    #[arg(
        long,
        value_name = "HOST:PORT",
        requires = "smtp_from",
        env = "GONGXIN_SMTP"
    )]
    pub(crate) smtp: Option<String>,
    /// Mailbox in whose name mail is sent.
    #[arg(long, value_name = "MAILBOX", env = "GONGXIN_SMTP_FROM")]
    pub(crate) smtp_from: Option<String>,
    /// Gateway for short messages, http://HOST:PORT/PATH; a proxy before it speaks TLS.
    #[arg(
        long,
        value_name = "URL",
        requires = "sms_secret",
        env = "GONGXIN_SMS_WEBHOOK"
    )]
    pub(crate) sms_webhook: Option<String>,
    /// File with the secret that signs requests to that gateway, at least 16 bytes.
    #[arg(long, value_name = "FILE", env = "GONGXIN_SMS_SECRET")]
    pub(crate) sms_secret: Option<PathBuf>,
}

impl Telling {
    /// The ways out as they were told; `site` is where the reader signs in.
    pub(crate) fn routes(&self, site: &str) -> Result<Routes, Failure> {
        let mail = self.smtp.as_ref().zip(self.smtp_from.as_ref());
        let mail = mail.map(|(address, from)| Relay {
            address: address.clone(),
            from: from.clone(),
        });
        if mail
            .as_ref()
            .is_some_and(|relay| !credit::notice::Channel::Mail.takes(&relay.from))
        {
            return Err(Failure::usage(text::SMTP_FROM, &[]));
        }
        let sms = match self.sms_webhook.as_ref().zip(self.sms_secret.as_ref()) {
            Some((url, file)) => {
                let secret = std::fs::read(file)
                    .map_err(|cause| Failure::io(file, text::CANNOT_READ, cause))?;
                let secret = secret.trim_ascii().to_vec();
                if secret.len() < SECRET {
                    return Err(Failure::usage(text::SMS_SECRET, &[]));
                }
                let url = url.clone();
                Some(Webhook {
                    post: Arc::new(move |body: &str, headers: &[(&str, String)]| {
                        web::journal::post_with(&url, body, headers)
                    }),
                    secret,
                })
            }
            None => None,
        };
        Ok(Routes {
            mail,
            sms,
            site: site.to_owned(),
        })
    }
}

/// Looks for deadlines and sends what is due, until the process ends. What it had not sent waits.
pub(crate) async fn keep(office: Office, routes: Routes) {
    let holder: String = office
        .nonce()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut round = 0_u32;
    loop {
        if round.is_multiple_of(LOOKS)
            && let Err(error) = notices::remind(&office).await
        {
            tracing::warn!(error = ?error, "deadlines could not be looked for");
        }
        if let Err(error) = notices::deliver(&office, &routes, &holder).await {
            tracing::warn!(error = ?error, "messages could not be sent");
        }
        round = round.wrapping_add(1);
        tokio::time::sleep(ROUND).await;
    }
}
