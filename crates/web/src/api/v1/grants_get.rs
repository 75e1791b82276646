//! `GET /api/v1/grants`: grants that an agency asked for or was asked for, newest first.

use super::{cursor, private};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::response::Response;
use credit::grant::{Grant, Terms};
use exchange::sharing;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Only those of one agency; without it the machine's own.
    agency: Option<String>,
    /// Where the last page ended.
    after: Option<String>,
}

/// A page of grants.
#[derive(Serialize, ToSchema)]
pub(super) struct Grants {
    /// Newest first.
    grants: Vec<GrantWire>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
}

/// A grant, from the day on which it is asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct GrantWire {
    /// Its id, 32 hexadecimal digits.
    id: String,
    /// Code of the agency that asks and looks.
    asker: String,
    /// Code of the agency whose facts they are; `*` of every supplier of the themes.
    supplier: String,
    /// `asked`, `granted`, `refused`, `disputed`, `escalated`, `denied`, `withdrawn` or `ended`.
    state: &'static str,
    /// Whether looks are covered today.
    in_force: bool,
    /// The day by which the next move is due.
    #[schema(format = Date)]
    due: Option<String>,
    /// What was asked for.
    asked: TermsWire,
    /// What was granted.
    granted: Option<TermsWire>,
}

/// What is asked for or granted.
#[derive(Serialize, ToSchema)]
pub(super) struct TermsWire {
    /// Items, as `THEME/ITEM`.
    items: Vec<String>,
    /// Codes of purposes.
    purposes: Vec<String>,
    /// Kinds of subject.
    kinds: Vec<&'static str>,
    /// The law by which it is needed.
    basis: String,
    /// The statutory power over people.
    power: Option<String>,
    /// Number of the impact assessment.
    impact: Option<String>,
    /// Units whose officers may use it; none: all.
    units: Vec<String>,
    /// Areas in which a subject must be registered; none: all.
    areas: Vec<String>,
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    until: String,
    /// Looks in a day at most.
    per_day: u32,
    /// Looks in all at most.
    in_all: u32,
}

impl From<&Terms> for TermsWire {
    fn from(terms: &Terms) -> TermsWire {
        let items = terms.items.pairs();
        let of = |texts: &std::collections::BTreeSet<String>| texts.iter().cloned().collect();
        TermsWire {
            items: items
                .map(|(theme, item)| format!("{theme}/{item}"))
                .collect(),
            purposes: of(&terms.purposes),
            kinds: terms.kinds.iter().map(|kind| kind.code()).collect(),
            basis: terms.basis.clone(),
            power: terms.power.clone(),
            impact: terms.impact.clone(),
            units: of(&terms.units),
            areas: of(&terms.areas),
            from: terms.from.to_string(),
            until: terms.until.to_string(),
            per_day: terms.per_day,
            in_all: terms.in_all,
        }
    }
}

impl GrantWire {
    /// A grant on a day.
    pub(super) fn of(grant: &Grant, today: jiff::civil::Date) -> GrantWire {
        GrantWire {
            id: grant.id.to_string(),
            asker: grant.asker.clone(),
            supplier: grant.supplier.clone(),
            state: grant.state.code(),
            in_force: grant.in_force(today).is_some(),
            due: grant.due.map(|day| day.to_string()),
            asked: TermsWire::from(&grant.asked),
            granted: grant.granted.as_ref().map(TermsWire::from),
        }
    }
}

#[utoipa::path(get, path = "/api/v1/grants", operation_id = "list_grants", tag = "sharing",
    params(Ask), security(("desk" = [])),
    responses(
        (status = 200, description = "A page of grants", body = Grants),
        (status = 400, description = "The cursor is none of ours",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may not see that agency's grants",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_grants(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let after = cursor(ask.after.as_deref());
    let (office, agency) = (&site.office, ask.agency.as_deref());
    let page = sharing::grants(office, &actor.acting(), agency, after.as_deref()).await;
    let page = page.map_err(|error| Problem::of(&error, reader.lang))?;
    let today = office.today();
    let grants = page.rows.iter().map(|row| GrantWire::of(&row.grant, today));
    let grants = Grants {
        grants: grants.collect(),
        next: page.next.as_deref().map(crate::cursor::seal),
    };
    Ok(private(&reader, &grants))
}
