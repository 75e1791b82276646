//! `POST /api/v1/corrections`: a fact is corrected with reason and document.

use super::own_facts_post::PaperWire;
use super::rejects_get;
use super::submissions_post::receipt_answer;
use super::{named_officer, whose};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::Response;
use credit::catalog::{Role, Theme};
use credit::lang::Lang;
use credit::people::Action;
use credit::subject::RecordId;
use exchange::Error;
use exchange::corrections::{self, Corrected, Correction, Paper};
use exchange::ingest::{self, RowTerms, Told};
use exchange::people::Actor;
use exchange::supply::RejectRow;
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A correction: which version of which fact, how it should read, why, and on what ground.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectionAsk {
    /// Code of the theme.
    theme: String,
    /// Code of the supplier; without it the machine's own agency.
    supplier: Option<String>,
    /// The record, 32 hexadecimal digits.
    record: String,
    /// The version that was seen: the fact's last one.
    version: u32,
    /// The whole fact as it should read: item code and value.
    values: BTreeMap<String, String>,
    /// Why; without anybody's identity, telephone or account number.
    #[schema(max_length = 500)]
    reason: String,
    /// The document on whose ground it is corrected.
    document: PaperWire,
    /// The officer who corrects: the name to sign in with, or `account:ID`, of an account that may correct
    /// the supplier's facts. Without it the machine's account stands in the history.
    officer: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/corrections", operation_id = "create_correction", tag = "submissions",
    security(("desk" = [])), request_body = CorrectionAsk,
    responses(
        (status = 201, description = "The signed receipt; both values stay in the fact's history",
            body = serde_json::Value),
        (status = 200, description = "The same correction was made before: its receipt", body = serde_json::Value),
        (status = 400, description = "Reason or document are not complete, the fact is not on file or changed meanwhile",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "Machine or officer may not correct that supplier's facts",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such officer",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 422, description = "The corrected row would be rejected: `faults` name what is wrong; nothing was stored",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 503, description = "Too many files are under way",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn create_correction(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    ask: Result<Json<CorrectionAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let lang = reader.lang;
    let known = |status, kind| Problem::known(status, kind, lang);
    let Json(ask) = ask.map_err(|_| known(StatusCode::BAD_REQUEST, "request"))?;
    let correction = correction(&site, &actor, ask).await;
    let correction = correction.map_err(|error| Problem::of(&error, lang))?;
    let busy = || known(StatusCode::SERVICE_UNAVAILABLE, "busy");
    let _seat = site.desk.jobs.seat().ok_or_else(busy)?;
    match corrections::correct(&site.office, correction).await {
        Ok(Corrected::Sent(receipt)) => Ok(receipt_answer(&receipt)),
        Ok(Corrected::Rejected(row)) => Err(rejected(&row, lang)),
        Err(error) => Err(Problem::of(&error, lang)),
    }
}

/// Who corrects what, once machine and officer are known to be allowed to.
async fn correction(site: &Site, actor: &Actor, ask: CorrectionAsk) -> Result<Correction, Error> {
    let action = Action::FactCorrect;
    let supplier = whose(actor, action, ask.supplier.as_deref(), &ask.theme)?;
    let officer = match &ask.officer {
        Some(name) => named_officer(site, action, name, (&supplier, &ask.theme)).await?,
        None => actor.officer()?,
    };
    let theme = site.office.catalog.theme(&ask.theme, site.office.today());
    let theme = theme.ok_or_else(no_theme)?;
    let values = values(theme, ask.values)?;
    let terms = RowTerms {
        theme,
        supplier: &supplier,
        date: None,
        name: "correction.json",
    };
    let told = Told {
        officer: Some(officer.name().to_owned()),
        ..Told::default()
    };
    let record = RecordId::parse(&ask.record).ok_or_else(no_record)?;
    Ok(Correction {
        request: ingest::row(&terms, &values, told),
        seen: Some((record, ask.version)),
        reason: ask.reason,
        paper: Paper {
            kind: ask.document.kind,
            number: ask.document.number,
            day: ask.document.day,
            organ: ask.document.organ,
        },
    })
}

/// The values in the order of the theme's items. A code that the theme has not is refused rather than
/// dropped: a correction that loses a word is none.
fn values(theme: &Theme, mut given: BTreeMap<String, String>) -> Result<Vec<String>, Error> {
    let items = theme.items.iter();
    let values = items.map(|item| match item.role {
        Role::PersonIdentifier => String::new(),
        _ => given.remove(&item.code).unwrap_or_default(),
    });
    let values = values.collect();
    if given.is_empty() {
        return Ok(values);
    }
    let count = given.len();
    Err(Error::request(
        format!(
            "有 {count} 个信息项不属于该主题，或者不能更正。信息项代码见 /api/v1/themes/{{code}}。"
        ),
        format!(
            "{count} of the items are none of the theme's, or cannot be corrected. See the items under /api/v1/themes/{{code}}."
        ),
        format!(
            "Полей, которых нет в теме или которые не исправляются: {count}. Поля темы: /api/v1/themes/{{code}}."
        ),
    ))
}

fn rejected(row: &RejectRow, lang: Lang) -> Problem {
    let faults = serde_json::to_value(rejects_get::faults(row, lang)).unwrap_or_default();
    Problem::known(StatusCode::UNPROCESSABLE_ENTITY, "rejected", lang).with_faults(faults)
}

fn no_theme() -> Error {
    Error::request(
        "目录中没有这个现行主题。主题代码见 /api/v1/themes。",
        "The catalogue has no such theme in force. See /api/v1/themes.",
        "В каталоге нет такой действующей темы. Темы: /api/v1/themes.",
    )
}

fn no_record() -> Error {
    Error::request(
        "信息编号应为 32 位十六进制数字，由 /api/v1/own-facts 给出。",
        "A record is 32 hexadecimal digits, as /api/v1/own-facts gives them.",
        "Номер записи состоит из 32 шестнадцатеричных цифр, его даёт /api/v1/own-facts.",
    )
}
