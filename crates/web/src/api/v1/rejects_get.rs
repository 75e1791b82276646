//! `GET /api/v1/submissions/{id}/rejects`: the rejected rows, with what is wrong and how to mend it.

use super::{answer, cursor, sees};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use credit::lang::Lang;
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::supply::RejectRow;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Where the last page ended.
    after: Option<String>,
}

/// A page of rejected rows.
#[derive(Serialize, ToSchema)]
pub(super) struct Rejects {
    /// In the order of the file.
    rejects: Vec<Reject>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
}

/// A rejected row.
#[derive(Serialize, ToSchema)]
pub(super) struct Reject {
    /// Its row in the file; the header is row 1.
    row: u64,
    /// It speaks of a natural person: nothing of it was kept.
    personal: bool,
    /// A later submission mended it.
    mended: bool,
    /// What is wrong.
    faults: Vec<FaultWire>,
}

/// One thing that is wrong.
#[derive(Serialize, ToSchema)]
pub(super) struct FaultWire {
    /// Code of the rule.
    rule: String,
    /// Code of the item.
    item: Option<String>,
    /// Column in the file, from 1.
    column: Option<u64>,
    /// Header of that column.
    header: Option<String>,
    /// The value, masked where sensitive.
    value: Option<String>,
    /// What is wrong, in the reader's language.
    message: String,
    /// How to mend it, in the reader's language.
    mend: String,
}

/// What is wrong with a row, in a language.
pub(super) fn faults(row: &RejectRow, lang: Lang) -> Vec<FaultWire> {
    let faults: Vec<Value> = serde_json::from_str(&row.faults).unwrap_or_default();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let faults = faults.iter().map(|fault| FaultWire {
        rule: text(&fault["rule"]).unwrap_or_default(),
        item: text(&fault["item"]),
        column: fault["column"].as_u64(),
        header: text(&fault["header"]),
        value: text(&fault["value"]),
        message: text(&fault["message"][lang.tag()]).unwrap_or_default(),
        mend: text(&fault["mend"][lang.tag()]).unwrap_or_default(),
    });
    faults.collect()
}

fn reject(row: &RejectRow, lang: Lang) -> Reject {
    Reject {
        row: row.row,
        personal: row.personal,
        mended: row.mended,
        faults: faults(row, lang),
    }
}

#[utoipa::path(get, path = "/api/v1/submissions/{id}/rejects", operation_id = "list_rejects", tag = "submissions",
    params(("id" = String, Path, description = "Its id, 32 hexadecimal digits"), Ask), security(("desk" = [])),
    responses(
        (status = 200, description = "A page of rejected rows", body = Rejects),
        (status = 400, description = "The cursor is none of ours",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such submission",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_rejects(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let id = SubmissionId::parse(&id).ok_or_else(|| problem(exchange::Error::NotFound))?;
    let submission = exchange::supply::submission(&site.office, &id)
        .await
        .map_err(problem)?;
    sees(&actor, Action::RejectRead, &submission).map_err(problem)?;
    let after = cursor(ask.after.as_deref());
    let page = exchange::supply::rejects(&site.office, &id, after.as_deref())
        .await
        .map_err(problem)?;
    let page = Rejects {
        rejects: page
            .rows
            .iter()
            .map(|row| reject(row, reader.lang))
            .collect(),
        next: page.next.as_deref().map(crate::cursor::seal),
    };
    Ok(answer(&site, &headers, &reader, &page))
}
