//! A look under a grant: grant, purpose, case and code are asked for; the answer is shown once and kept
//! by nobody but the journal.

use super::{Choice, agency, purposes};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::field;
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use credit::grant::GrantId;
use credit::people::Action;
use exchange::Error;
use exchange::duty::{self, Ask, Seen};
use exchange::sharing;
use serde::Deserialize;
use views::duty::Duty;

// No `Debug`: the code may be a person's number.
#[derive(Default, Deserialize)]
pub(super) struct Fields {
    #[serde(default)]
    grant: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    consent: String,
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    case: String,
}

impl Fields {
    /// A person's number is not shown again, nor one with a slip in it.
    fn forget_person(&mut self) {
        if duty::may_be_a_persons(&self.code) {
            self.code.clear();
        }
    }
}

#[derive(Template)]
#[template(path = "sharing/lookup.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    fields: &'a Fields,
    refusal: String,
    grants: Vec<Choice>,
    purposes: Vec<Choice>,
    seen: Option<(Duty, String)>,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(mut fields): Query<Fields>,
) -> Response {
    fields.forget_person();
    answered(&site, &reader, &clerk, &fields, None).await
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(form): Form<Vec<(String, String)>>,
) -> Response {
    let text = |name: &str| field(&form, name).to_owned();
    let mut fields = Fields {
        grant: text("grant"),
        code: text("code"),
        consent: text("consent"),
        purpose: text("purpose"),
        case: text("case"),
    };
    let looked = look(&site, &reader, &clerk, &fields).await;
    fields.forget_person();
    answered(&site, &reader, &clerk, &fields, Some(looked)).await
}

async fn look(site: &Site, reader: &Reader, clerk: &Clerk, fields: &Fields) -> Result<Seen, Error> {
    let who = clerk.actor.acting();
    if who.reach(Action::LookupMake).is_nothing() {
        return Err(Error::Forbidden);
    }
    let ask = Ask {
        grant: GrantId::parse(&fields.grant).ok_or(Error::NotFound)?,
        code: &fields.code,
        consent: &fields.consent,
        purpose: &fields.purpose,
        case: &fields.case,
        items: "",
        lang: reader.lang,
    };
    duty::look(&site.office, &who, &ask).await
}

async fn answered(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    fields: &Fields,
    looked: Option<Result<Seen, Error>>,
) -> Response {
    if !clerk.can(Action::LookupMake.code()) {
        return page::error(reader, &Error::Forbidden);
    }
    let f = Frame::new(reader);
    let (grants, purposes) = match offered(site, clerk, fields, &f).await {
        Ok(offered) => offered,
        Err(error) => return page::error(reader, &error),
    };
    let (mut status, mut refusal, mut seen, mut retry) =
        (StatusCode::OK, String::new(), None, None);
    match looked {
        None => {}
        Some(Ok(look)) => seen = Some((look.duty, look.event)),
        Some(Err(error)) => {
            status = crate::problem::kind(&error).0;
            retry = crate::problem::retry(&error);
            refusal = error.message(reader.lang);
        }
    }
    let page = Page {
        f: &f,
        clerk,
        fields,
        refusal,
        grants,
        purposes,
        seen,
    };
    let mut response = page::answer(status, &f, &page);
    if let Some(seconds) = retry {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The grants of the account's agency that are in force, and the purposes that they name.
async fn offered(
    site: &Site,
    clerk: &Clerk,
    fields: &Fields,
    f: &Frame,
) -> Result<(Vec<Choice>, Vec<Choice>), Error> {
    let (office, today) = (&site.office, site.office.today());
    let found = sharing::usable(office, &clerk.actor.acting()).await?;
    let (mut grants, mut named): (Vec<Choice>, Vec<Choice>) = (Vec::new(), Vec::new());
    for grant in &found {
        let Some(terms) = grant.in_force(today) else {
            continue;
        };
        let id = grant.id.to_string();
        let themes: Vec<String> = terms
            .items
            .themes()
            .map(|code| crate::portal::supply::theme_title(&office.catalog, code, f.t.lang))
            .collect();
        grants.push(Choice {
            title: format!(
                "{} · {} · {}",
                agency(&office.catalog, &grant.supplier, &f.t),
                themes.join(", "),
                terms.until
            ),
            chosen: id == fields.grant,
            code: id,
        });
        for mut one in purposes(&office.catalog, terms, f.t.lang) {
            one.chosen = one.code == fields.purpose;
            if !named.iter().any(|known| known.code == one.code) {
                named.push(one);
            }
        }
    }
    Ok((grants, named))
}
