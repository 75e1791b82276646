//! Forms of cases: fields and files, read once whoever sends them may do so at all.

use crate::Site;
use crate::portal::supply::field;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use exchange::Error;
use exchange::cases::{Contents, FILES, Filing, Paper, Promise, Saying, Service, Upload};

/// What was sent.
#[derive(Default)]
pub(crate) struct Sent {
    /// Fields, in their order.
    pub(crate) fields: Vec<(String, String)>,
    files: Vec<Upload>,
}

/// Reads a form. A seat is taken before the body, so that memory holds no more uploads than are allowed.
pub(crate) async fn read(site: &Site, request: Request) -> Result<Sent, Error> {
    let seat = site.desk.jobs.seat();
    let _seat = seat.ok_or_else(|| {
        Error::request(
            "正在上传的文件较多，请稍后再提交。",
            "Many files are coming in at once; send it again in a moment.",
            "Сейчас принимается много файлов; отправьте чуть позже.",
        )
    })?;
    let parts = Multipart::from_request(request, site).await;
    let parts = parts.map_err(|_| unread())?;
    parsed(parts).await.map_err(|_| unread())
}

async fn parsed(mut parts: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name != "file" {
            sent.fields.push((name, part.text().await?));
            continue;
        }
        let name = part.file_name().unwrap_or_default().to_owned();
        let content = part.bytes().await?.to_vec();
        // A browser sends an empty part where no file was chosen. One more than may be is refused later.
        if !content.is_empty() && sent.files.len() <= FILES {
            sent.files.push(Upload { name, content });
        }
    }
    Ok(sent)
}

impl Sent {
    /// A field, trimmed.
    pub(crate) fn field(&self, name: &str) -> &str {
        field(&self.fields, name)
    }

    /// A case that is filed on a fact; the files are handed over.
    pub(crate) fn filing(&mut self) -> Filing {
        Filing {
            kind: self.field("kind").to_owned(),
            record: self.field("record").to_owned(),
            saying: self.saying(),
        }
    }

    /// What is said; the files are handed over.
    pub(crate) fn saying(&mut self) -> Saying {
        let text = |name: &str| self.field(name).to_owned();
        Saying {
            choice: text("choice"),
            reason: text("reason"),
            paper: Paper {
                kind: text("document-kind"),
                number: text("document-number"),
                day: text("document-day"),
                organ: text("document-organ"),
            },
            head: text("head"),
            service: Service {
                day: text("service-day"),
                way: text("service-way"),
            },
            contents: Contents {
                basis: text("content-basis"),
                measures: text("content-measures"),
                removal: text("content-removal"),
                remedies: text("content-remedies"),
            },
            promise: Promise {
                content: text("promise-content"),
                liability: text("promise-liability"),
                open: text("promise-open"),
                until: text("promise-until"),
            },
            commitment: self.field("commitment") == "yes",
            version: self.field("version").parse().ok(),
            files: std::mem::take(&mut self.files),
        }
    }
}

fn unread() -> Error {
    Error::request(
        "表单没有完整收到，附件可能过大。请检查后重新提交。",
        "The form did not come in whole; the attachments may be too large. Check them and send it again.",
        "Форма получена не полностью; возможно, вложения слишком велики. Проверьте и отправьте снова.",
    )
}
