//! A report is issued: it gets a number to verify by and a signature, its bytes are kept, and the
//! journal has an entry of it. Organisations only.
//!
//! Asked again on the same day, through the same permit and with the same facts, it is the same
//! issue and the same bytes: a retry signs nothing anew.

use super::file::{self, Stamp};
use super::{Ask, check, digest, make, open, subject};
use crate::error::{Error, Result};
use crate::office::Office;
use credit::canon;
use credit::record::Instant;
use policy::{CaseNumber, Dossier, Officer, Permit};
use seal::vault::NONCE;
use seal::{DataKey, Place, sha256};
use serde_json::json;
use store::{Issue, NewIssue};
use views::report::Report;

/// The place to which the kept text is bound.
const BODY: Place = Place::new("report_body.sealed");

/// An issued report.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The report, to be printed.
    pub report: Report,
    /// The signed file, byte for byte as it was issued.
    pub file: String,
    /// The number to verify by: 32 hexadecimal digits.
    pub verify: String,
    /// When it was issued.
    pub at: Instant,
    row: Issue,
}

/// Issues a public report.
///
/// # Errors
/// As [`super::public`].
pub async fn public(office: &Office, code: &str, ask: &Ask) -> Result<Issued> {
    check(office, ask)?;
    let subject = subject(office, code, ask).await?;
    let dossier = open(office, Permit::public(subject), ask.as_of).await?;
    issue(office, &dossier, ask, &[]).await
}

/// Issues the subject's own report at the service window. The look-up is written down as that of
/// [`super::own`].
///
/// # Errors
/// As [`super::own`]; and [`Error::Request`] for whoever is no organisation.
pub async fn own(
    office: &Office,
    code: &str,
    officer: Officer,
    case: CaseNumber,
    ask: &Ask,
) -> Result<Issued> {
    check(office, ask)?;
    let subject = subject(office, code, ask).await?;
    let ground = [officer.agency().to_owned(), case.as_str().to_owned()];
    let permit = Permit::own(office.nonce(), subject, officer, case);
    let dossier = open(office, permit, ask.as_of).await?;
    issue(office, &dossier, ask, &ground).await
}

/// Notes a file in which the report was handed out, so that pages which were changed afterwards are
/// told from it.
///
/// # Errors
/// [`Error::Store`] when the store failed.
pub async fn handed_out(
    office: &Office,
    issued: &Issued,
    bytes: &[u8],
    format: &str,
) -> Result<()> {
    let digest = sha256(bytes).0;
    let noted = office
        .store
        .report_copy(&issued.row, &digest, format, office.now());
    Ok(noted.await?)
}

/// `ground`: the case for which it is issued, so that two cases have two issues.
async fn issue(office: &Office, dossier: &Dossier, ask: &Ask, ground: &[String]) -> Result<Issued> {
    let subject = dossier.subject();
    if !subject.kind.is_organisation() {
        return Err(only_organisations());
    }
    let report = make(office, dossier, ask);
    let answer = digest(office, dossier, ask);
    let parts: Vec<&[u8]> = std::iter::once(answer.as_slice())
        .chain(ground.iter().map(String::as_bytes))
        .collect();
    let id = office.site_key.keyed16("report/issue", &parts);
    if let Some(kept) = office.store.report_issued(subject.id, &id).await? {
        return stands(office, report, kept);
    }
    let number = office.nonce();
    let verify = text_of(&number);
    let at = office.now();
    let stamp = Stamp {
        id: &text_of(&id),
        verify: &verify,
        at,
    };
    let signature = file::sign(&office.signer, views::report::tree(&report), &stamp);
    let new = NewIssue {
        verify: key_of(office, &number),
        sealed: keep(office, &id, &signature)?,
        issue: Issue {
            subject: subject.id,
            id,
            number: report.number.clone(),
            purpose: dossier.purpose(),
            ask: write_ask(office, ask),
            facts: facts_key(office, &dossier.stated(&ask.extent())),
            document: sha256(signature.as_bytes()).0,
            at,
        },
    };
    // Of two that issue it at once one writes, and both give out what was written.
    stands(office, report, office.store.report_issue(&new).await?)
}

/// An issue that is on file, given out again.
fn stands(office: &Office, report: Report, (row, sealed): store::IssueBody) -> Result<Issued> {
    let signature = open_body(office, &row, sealed.as_deref())?.ok_or_else(|| {
        Error::request(
            "这份签名报告的留存件已依法删除，不能重复签发。明天可以重新申请。",
            "What was kept of this signed report was erased, so it cannot be given out again. Ask for a new one tomorrow.",
            "Хранимый текст этого подписанного отчёта удалён, повторно выдать его нельзя. Запросите новый завтра.",
        )
    })?;
    let signed = file::kept(&signature)?;
    if canon::value(&signed.report) != views::report::json(&report) {
        return Err(Error::inner(
            "an issued report could not be made again",
            "the same question and facts gave other bytes",
        ));
    }
    Ok(Issued {
        report,
        file: file::write(&signature)?,
        verify: signed.verify,
        at: signed.at,
        row,
    })
}

/// The signature that was kept; `None` once it was erased.
pub(crate) fn open_body(
    office: &Office,
    row: &Issue,
    sealed: Option<&[u8]>,
) -> Result<Option<String>> {
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let opened = body_key(office)
        .open(BODY, &row.id, sealed)
        .map_err(broken)?;
    String::from_utf8(opened).map(Some).map_err(broken)
}

/// A signature sealed for its row, under a key of the site for this use alone.
fn keep(office: &Office, id: &[u8; 16], signature: &str) -> Result<Vec<u8>> {
    let mut nonce = [0; NONCE];
    (office.entropy)(&mut nonce);
    body_key(office)
        .seal(BODY, id, nonce, signature.as_bytes())
        .map_err(broken)
}

fn body_key(office: &Office) -> DataKey {
    DataKey::from_bytes(office.site_key.keyed32("report/body", &[]))
}

fn broken(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::inner("a kept report could not be read", cause)
}

/// What the store knows a number by.
pub(super) fn key_of(office: &Office, number: &[u8; 16]) -> [u8; 32] {
    office.site_key.keyed32("report/verify", &[number])
}

/// What the store keeps of what a report states.
pub(super) fn facts_key(office: &Office, stated: &str) -> [u8; 32] {
    office
        .site_key
        .keyed32("report/facts", &[stated.as_bytes()])
}

fn write_ask(office: &Office, ask: &Ask) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    // Today is no past day: such a report is held against every later today.
    let as_of = ask.as_of.filter(|day| *day < office.today());
    canon::value(&json!({
        "lang": ask.lang.tag(), "as_of": day(as_of), "from": day(ask.from), "to": day(ask.to),
        "themes": ask.themes,
    }))
}

pub(super) fn text_of(bytes: &[u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn only_organisations() -> Error {
    Error::request(
        "签名报告只向法人和非法人组织签发。自然人和个体工商户请使用不带验证码的本人报告。",
        "Signed reports are issued for organisations only. Natural persons and individual businesses take their own report, which nobody else can verify.",
        "Подписанные отчёты выдаются только организациям. Физические лица и предприниматели получают собственный отчёт, который никто посторонний проверить не может.",
    )
}
