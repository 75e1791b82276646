//! `GET /api/v1/receipts`: facts that an agency looked at and is not to use any more.

use super::wire::instant;
use super::{cursor, private};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::response::Response;
use credit::lang::Lang;
use exchange::cases::{self, ReceiptLine};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Code of the agency; without it the machine's own.
    agency: Option<String>,
    /// What was acknowledged as well.
    all: Option<bool>,
    /// Where the last page ended.
    after: Option<String>,
}

/// A page.
#[derive(Serialize, ToSchema)]
pub(super) struct Receipts {
    /// By the day by which they are acknowledged.
    receipts: Vec<ReceiptWire>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
}

/// A fact that is not to be used any more. It is named by the agency's own case numbers.
#[derive(Serialize, ToSchema)]
pub(super) struct ReceiptWire {
    /// The case that ended it, 32 hexadecimal digits; without a case the fact itself.
    case: String,
    /// Number of the move; without a case that of the fact's version.
    number: u32,
    /// Code of the agency.
    agency: String,
    /// Code of the move: `repair`, `remove`, `revoke`; without a case what its supplier did: `corrected`,
    /// `removed`, `recalled`, `moved`.
    #[serde(rename = "move")]
    what: String,
    /// Its title.
    title: String,
    /// Code of the fact's theme.
    theme: String,
    /// Code of the agency that stated it.
    supplier: String,
    /// Numbers of the agency's own cases for which it looked.
    looked_for: Vec<String>,
    /// When it was told, RFC 3339.
    told_at: Option<String>,
    /// By when it acknowledges.
    #[schema(format = Date)]
    due: String,
    /// When it did, RFC 3339.
    acknowledged_at: Option<String>,
    /// The day has passed: looks under grants are refused until it is acknowledged.
    overdue: bool,
}

impl ReceiptWire {
    fn of(line: &ReceiptLine, lang: Lang) -> ReceiptWire {
        let one = &line.receipt;
        ReceiptWire {
            case: one.case.to_string(),
            number: one.seq,
            agency: one.agency.clone(),
            what: line.code().to_owned(),
            title: line.title(lang),
            theme: one.theme.clone(),
            supplier: one.supplier.clone(),
            looked_for: one.looks.clone(),
            told_at: instant(one.told_at),
            due: one.due.to_string(),
            acknowledged_at: one.given_at.and_then(instant),
            overdue: line.overdue,
        }
    }
}

#[utoipa::path(get, path = "/api/v1/receipts", operation_id = "list_receipts", tag = "sharing",
    params(Ask), security(("desk" = [])),
    responses(
        (status = 200, description = "A page of what is not to be used any more", body = Receipts),
        (status = 400, description = "The cursor is none of ours, or a value cannot be read",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may not see that of that agency",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_receipts(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let after = cursor(ask.after.as_deref());
    let asked = (
        ask.agency.as_deref().unwrap_or_default(),
        !ask.all.unwrap_or(false),
    );
    let page = cases::receipts(&site.office, &actor.acting(), asked, after.as_deref()).await;
    let page = page.map_err(|error| Problem::of(&error, reader.lang))?;
    let rows = page
        .rows
        .iter()
        .map(|one| ReceiptWire::of(one, reader.lang));
    let receipts = Receipts {
        receipts: rows.collect(),
        next: page.next.as_deref().map(crate::cursor::seal),
    };
    Ok(private(&reader, &receipts))
}
