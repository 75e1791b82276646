//! A session at the desk: a signed cookie that says who works here and until when. The server
//! remembers nothing, and a new code ends every session.

use super::Desk;
use crate::Site;
use crate::reader;
use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use credit::record::Instant;
use exchange::Office;
use policy::Officer;

/// A working day of eight hours, in microseconds.
const LENGTH: i64 = 8 * 3_600_000_000;

/// An officer at the desk.
#[derive(Clone, Debug)]
pub(crate) struct Clerk {
    /// Who.
    pub(crate) officer: Officer,
}

impl Clerk {
    /// The cookie of a session that begins now.
    pub(crate) fn cookie(&self, site: &Site) -> String {
        let until = site.office.now().0.saturating_add(LENGTH);
        let (name, agency) = (hex(self.officer.name()), hex(self.officer.agency()));
        let mac = mac(&site.office, &site.desk, until, &name, &agency);
        format!(
            "desk={until}.{name}.{agency}.{mac}; Path=/supply; Max-Age=28800; HttpOnly; SameSite=Strict"
        )
    }

    /// The cookie that ends a session.
    pub(crate) const NONE: &'static str =
        "desk=; Path=/supply; Max-Age=0; HttpOnly; SameSite=Strict";

    /// The officer of a cookie, if this site signed it and its day is not over.
    fn read(office: &Office, desk: &Desk, cookie: &str, now: Instant) -> Option<Clerk> {
        let mut parts = cookie.splitn(4, '.');
        let until = parts.next()?;
        // One session has one spelling: `+1` would be the same number.
        if !until.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let until: i64 = until.parse().ok()?;
        let (name, agency, given) = (parts.next()?, parts.next()?, parts.next()?);
        // Equal time for every wrong signature: digests of both are compared, never the texts.
        let digest = |text: &str| office.site_key.keyed32("desk/compare", &[text.as_bytes()]);
        if digest(given) != digest(&mac(office, desk, until, name, agency)) || now.0 >= until {
            return None;
        }
        let officer = Officer::parse(&unhex(name)?, &unhex(agency)?).ok()?;
        Some(Clerk { officer })
    }
}

impl FromRequestParts<Site> for Clerk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Clerk, Response> {
        let cookies = reader::header(&parts.headers, COOKIE);
        reader::value(cookies, ';', "desk")
            .and_then(|cookie| Clerk::read(&site.office, &site.desk, cookie, site.office.now()))
            .ok_or_else(|| Redirect::to("/supply/enter").into_response())
    }
}

fn mac(office: &Office, desk: &Desk, until: i64, name: &str, agency: &str) -> String {
    let until = until.to_string();
    let parts: [&[u8]; 4] = [
        &desk.code,
        until.as_bytes(),
        name.as_bytes(),
        agency.as_bytes(),
    ];
    let mac = office.site_key.keyed32("desk/session", &parts);
    mac.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Cookie values take few letters; names have any.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<String> {
    crate::cursor::open(text)
}
