//! What an administrator does to an account: moves, appointments, keys. Each asks why, and none is
//! done to one's own account.

use super::new::Linked;
use super::{account, link};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, field};
use crate::reader::Reader;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::{AccountId, AccountMove, Action, AppointmentId, Role};
use exchange::Error;
use exchange::people::{self, By, NewAppointment, machine};

type Fields = [(String, String)];
type Sent = Form<Vec<(String, String)>>;

pub(super) async fn post_move(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(fields): Sent,
) -> Response {
    let moved = async {
        let (one, by) = begin(&clerk, &id, &fields)?;
        if field(&fields, "move") == "erase" {
            return people::erase(&site.office, one, by).await.map(|()| None);
        }
        let what = AccountMove::parse(field(&fields, "move")).ok_or(Error::NotFound)?;
        if what == AccountMove::Activate {
            // Only its own person makes an account active, by a password and a second factor.
            return Err(Error::Forbidden);
        }
        people::shift(&site.office, one, what, by).await
    };
    match moved.await {
        Ok(Some(secret)) => {
            let f = Frame::new(&reader);
            let link = link(&site, &headers, &secret);
            let page = Linked {
                f: &f,
                clerk: &clerk,
                id,
                link,
            };
            page::answer(StatusCode::OK, &f, &page)
        }
        other => ended(&site, &clerk, &reader, &id, "reason", other.map(|_| ())).await,
    }
}

pub(super) async fn post_appoint(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Form(fields): Sent,
) -> Response {
    let made = async {
        let (one, by) = begin(&clerk, &id, &fields)?;
        let to = appointment(&fields)?;
        people::appoint(&site.office, one, &to, by).await
    };
    let made = made.await.map(|_| ());
    ended(&site, &clerk, &reader, &id, "role", made).await
}

pub(super) async fn post_dismiss(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, one)): Path<(String, String)>,
    Form(fields): Sent,
) -> Response {
    let made = async {
        let (account, by) = begin(&clerk, &id, &fields)?;
        let one = AppointmentId::parse(&one).ok_or(Error::NotFound)?;
        people::dismiss(&site.office, account, one, by).await
    };
    ended(&site, &clerk, &reader, &id, "reason", made.await).await
}

pub(super) async fn post_key(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Form(fields): Sent,
) -> Response {
    let made = async {
        let (one, by) = begin(&clerk, &id, &fields)?;
        let days = field(&fields, "days").parse().unwrap_or(machine::KEY_DAYS);
        let overlap = field(&fields, "overlap").parse().ok();
        let public = field(&fields, "public");
        machine::register(&site.office, one, public, (days, overlap), by).await
    };
    let made = made.await.map(|_| ());
    ended(&site, &clerk, &reader, &id, "public", made).await
}

pub(super) async fn post_key_end(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, key)): Path<(String, String)>,
    Form(fields): Sent,
) -> Response {
    let made = async {
        let (one, by) = begin(&clerk, &id, &fields)?;
        // A key's number has the form of an appointment's: sixteen bytes in hexadecimal.
        let key = AppointmentId::parse(&key).ok_or(Error::NotFound)?;
        machine::end(&site.office, one, &key.0, by).await
    };
    ended(&site, &clerk, &reader, &id, "public", made.await).await
}

/// Whom it concerns and who does it; refused to who may not, and for one's own account.
fn begin<'f>(clerk: &Clerk, id: &str, fields: &'f Fields) -> Result<(AccountId, By<'f>), Error> {
    clerk.must(Action::PeopleMove)?;
    let one = AccountId::parse(id).ok_or(Error::NotFound)?;
    let by = By {
        account: Some(clerk.actor.account),
        reason: field(fields, "reason"),
    };
    Ok((one, by))
}

/// Back to the account, or its page with what is wrong with what was sent.
async fn ended(
    site: &Site,
    clerk: &Clerk,
    reader: &Reader,
    id: &str,
    place: &'static str,
    made: Result<(), Error>,
) -> Response {
    match made {
        Ok(()) => Redirect::to(&format!("/people/{id}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let faults = vec![Fault::new(place, error.message(reader.lang))];
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            account::show(site, reader, clerk, id, status, faults).await
        }
        Err(error) => page::error(reader, &error),
    }
}

/// An appointment as a form tells it.
pub(super) fn appointment(fields: &Fields) -> Result<NewAppointment, Error> {
    let role = Role::parse(field(fields, "role"))
        .ok_or_else(|| Error::request("请选择角色。", "Choose a role.", "Выберите роль."))?;
    let text = |name: &str| Some(field(fields, name)).filter(|text| !text.is_empty());
    let themes = fields.iter().filter(|(key, _)| key == "theme");
    Ok(NewAppointment {
        role,
        agency: text("agency").unwrap_or("credit-centre").to_owned(),
        unit: text("unit").map(str::to_owned),
        themes: themes.map(|(_, code)| code.clone()).collect(),
        until: text("until").map(crate::portal::report_day).transpose()?,
    })
}
