//! `POST /api/v1/lookups`: a look under a grant, for a purpose and a case, by a named officer.

use super::wire::Code;
use super::{Coded, private};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::grant::GrantId;
use exchange::duty::{self, Ask, Seen};
use exchange::people;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use views::duty::DutyFact;

/// What is asked.
// No `Debug`: the code may be a person's number.
#[derive(Deserialize, ToSchema)]
pub(super) struct LookupAsk {
    /// The grant, 32 hexadecimal digits.
    grant: String,
    /// The subject's code; a natural person's own number where grant and consent, or a statutory power
    /// that the grant names, allow it.
    code: String,
    /// The number of the person's consent, 32 hexadecimal digits; of a natural person only.
    #[serde(default)]
    consent: String,
    /// Code of the purpose; the grant names it.
    purpose: String,
    /// Number of the case, as the agency's own register has it.
    case: String,
    /// The officer who looks: the name to sign in with, or `account:ID`. The account must itself be
    /// appointed to look subjects up for the agency.
    officer: String,
    /// The items that are needed, as `THEME/ITEM`; without any all that the grant names.
    #[serde(default)]
    items: Vec<String>,
}

/// What was seen.
#[derive(Serialize, ToSchema)]
pub(super) struct Lookup {
    /// The event under which the journal has the look.
    event: String,
    /// Kind of the subject.
    kind: &'static str,
    /// The name; empty where the public does not know it and the grant does not name it.
    name: String,
    /// Identifiers, likewise.
    codes: Vec<Code>,
    /// The day for which this was decided.
    #[schema(format = Date)]
    today: String,
    /// Facts found; the most recent two hundred are listed.
    found: usize,
    /// The facts, cut to the grant's items.
    facts: Vec<LookupFact>,
    /// What may be done with it, and what may not.
    notice: String,
}

/// A fact, as far as the grant goes.
#[derive(Serialize, ToSchema)]
pub(super) struct LookupFact {
    /// Its record, 32 hexadecimal digits.
    record: String,
    /// Code of its theme.
    theme: String,
    /// Title of its theme.
    title: String,
    /// Whose fact it is.
    source: String,
    /// The day for which it is stated.
    #[schema(format = Date)]
    stated_on: String,
    /// Its state by its own dates.
    state: Coded,
    /// Whether the public sees it.
    publication: Coded,
    /// Marks to be seen before the content.
    marks: Vec<Coded>,
    /// The items that were granted and are filled.
    items: Vec<LookupItem>,
}

/// A value.
#[derive(Serialize, ToSchema)]
pub(super) struct LookupItem {
    /// Code of the item.
    code: String,
    /// Its title.
    label: String,
    /// The value as it may be seen: masked where the catalogue says so.
    value: Option<String>,
    /// The value for reading.
    shown: String,
}

impl From<Seen> for Lookup {
    fn from(seen: Seen) -> Lookup {
        let who = seen.duty.who;
        Lookup {
            event: seen.event,
            kind: who.kind.code(),
            codes: who.identifiers.iter().map(Code::from).collect(),
            name: who.name,
            today: seen.duty.at.today.to_string(),
            found: seen.duty.found,
            facts: seen.duty.facts.into_iter().map(fact).collect(),
            notice: seen.duty.notice,
        }
    }
}

fn fact(fact: DutyFact) -> LookupFact {
    let items = fact.values.into_iter().map(|value| LookupItem {
        code: value.code,
        label: value.label,
        value: value.value,
        shown: value.shown,
    });
    LookupFact {
        record: fact.record.to_string(),
        state: Coded::from(&fact.state),
        publication: Coded::from(&fact.publication),
        marks: fact.marks.iter().map(Coded::from).collect(),
        items: items.collect(),
        theme: fact.theme,
        title: fact.title,
        source: fact.source,
        stated_on: fact.stated_on.to_string(),
    }
}

#[utoipa::path(post, path = "/api/v1/lookups", operation_id = "create_lookup", tag = "sharing",
    request_body = LookupAsk, security(("desk" = [])),
    responses(
        (status = 200, description = "What was seen; the look is written down for the subject to see",
            body = Lookup),
        (status = 400, description = "Code, purpose, case or items cannot be read",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "Machine, officer, grant, consent or case do not allow it; the detail says why",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "No such grant of the agency, no such officer, or nobody holds the code",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 429, description = "Too soon, or the volume is used up; `Retry-After` says when to come again",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn create_lookup(
    Machine(machine): Machine,
    State(site): State<Site>,
    reader: Reader,
    request: Request,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let known = |_| Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let body = Json::<LookupAsk>::from_request(request, &site).await;
    let Json(asked) = body.map_err(known)?;
    let grant = GrantId::parse(&asked.grant).ok_or_else(|| problem(exchange::Error::NotFound))?;
    let officer = people::named(&site.office, &asked.officer)
        .await
        .map_err(problem)?;
    let items = asked.items.join(" ");
    let ask = Ask {
        grant,
        code: &asked.code,
        consent: &asked.consent,
        purpose: &asked.purpose,
        case: &asked.case,
        items: &items,
        lang: reader.lang,
    };
    let seen = duty::look_by(&site.office, &machine.acting(), &officer, &ask)
        .await
        .map_err(problem)?;
    Ok(private(&reader, &Lookup::from(seen)))
}
