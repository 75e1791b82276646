//! `GET /api/v1/my/{mandate}/looks`: who looked at the subject of one's own mandate, newest first.

use super::{cursor, private};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use exchange::my::{self, Told};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Where the last page ended.
    after: Option<String>,
}

/// A page of looks, for a subject's own programs.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyLooks {
    /// Newest first.
    looks: Vec<MyLook>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
}

/// A look that was not public.
#[derive(Serialize, ToSchema)]
struct MyLook {
    /// The event under which the journal has it.
    event: String,
    /// When.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// Code of the purpose.
    purpose: String,
    /// What that is.
    purpose_title: String,
    /// Code of the agency.
    agency: String,
    /// Its name.
    agency_title: String,
    /// Who looked: a name, or an account's number where there is none.
    officer: String,
    /// Number of the case for which it was; of a look for the subject itself, the mandate.
    case: String,
    /// The grant under which it was; `null` for the subject's own file.
    grant: Option<String>,
    /// Items that could be seen, `THEME/ITEM`; empty for the subject's own file, which shows all.
    items: Vec<String>,
    /// It was one who acts for the subject itself.
    own: bool,
}

impl MyLooks {
    /// A page of looks as programs read it; `next` is where the store goes on.
    pub(crate) fn of(rows: Vec<Told>, next: Option<&str>) -> MyLooks {
        MyLooks {
            looks: rows.into_iter().map(MyLook::from).collect(),
            next: next.map(crate::cursor::seal),
        }
    }
}

impl From<Told> for MyLook {
    fn from(Told { look, own }: Told) -> MyLook {
        let at = jiff::Timestamp::from_microsecond(look.at.0);
        MyLook {
            at: at.ok().map(|at| at.to_string()),
            officer: look.who().to_owned(),
            event: look.event,
            purpose: look.purpose,
            purpose_title: look.purpose_title,
            agency: look.agency,
            agency_title: look.agency_title,
            case: look.case,
            grant: look.grant.map(|grant| grant.to_string()),
            items: look.items.into_iter().map(|item| item.code).collect(),
            own,
        }
    }
}

#[utoipa::path(get, path = "/api/v1/my/{mandate}/looks", operation_id = "list_my_looks", tag = "my",
    params(("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits"), Ask),
    security(("desk" = [])),
    responses(
        (status = 200, description = "A page of looks; that they were read is one, too, and shows the next time",
            body = MyLooks),
        (status = 400, description = "The cursor is none of ours",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The mandate does not have the task `looks`",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine has no such mandate",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_my_looks(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(mandate): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let after = cursor(ask.after.as_deref());
    let page = my::looks(
        &site.office,
        &actor,
        &mandate,
        after.as_deref(),
        reader.lang,
    )
    .await;
    let page = page.map_err(|error| Problem::of(&error, reader.lang))?;
    Ok(private(
        &reader,
        &MyLooks::of(page.rows, page.next.as_deref()),
    ))
}
