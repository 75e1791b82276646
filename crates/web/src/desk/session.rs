//! Who works at the desk: the account of a session, told by a cookie that holds a secret and nothing
//! else. How far the account reaches is said by `catalog/access/desk.cedar`.

use crate::Site;
use crate::page;
use crate::reader::{self, Reader};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::{AccountKind, Action, Reach};
use exchange::Error;
use exchange::people::enter::Place;
use exchange::people::session::{self, Open};
use exchange::people::{Actor, Secret};
use exchange::supply::Submission;
use policy::Officer;
use std::net::{IpAddr, SocketAddr};

/// The cookie that ends a session.
pub(crate) const NO_SESSION: HeaderValue =
    HeaderValue::from_static("desk=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");

/// An account at the desk.
#[derive(Clone, Debug)]
pub(crate) struct Clerk {
    /// Who acts.
    pub(crate) actor: Actor,
    /// How the account stands in histories: by its id.
    pub(crate) officer: Officer,
}

impl Clerk {
    /// The person's name, for the head of the page.
    pub(crate) fn name(&self) -> &str {
        &self.actor.person.name
    }

    /// Whether it may do something anywhere at all, by the action's code: what it may not is not shown.
    pub(crate) fn can(&self, code: &str) -> bool {
        let action = Action::ALL.iter().find(|action| action.code() == code);
        action.is_some_and(|action| !self.actor.reach(*action).is_nothing())
    }

    /// Whether it is one of a person who acts for subjects.
    pub(crate) fn is_representative(&self) -> bool {
        self.actor.kind == AccountKind::Representative
    }

    /// Refuses what the account may do nowhere. For what concerns no agency.
    pub(crate) fn must(&self, action: Action) -> Result<(), Error> {
        match self.actor.reach(action) {
            Reach::All => Ok(()),
            Reach::Own(_) => Err(Error::Forbidden),
        }
    }

    /// Refuses what the account may not do to an agency's theme.
    pub(crate) fn may(&self, action: Action, agency: &str, theme: &str) -> Result<(), Error> {
        if self.actor.reach(action).covers(agency, theme) {
            Ok(())
        } else {
            Err(Error::Forbidden)
        }
    }

    /// Refuses what the account may not know of: to it there is no such submission.
    pub(crate) fn sees(&self, action: Action, one: &Submission) -> Result<(), Error> {
        let reach = self.actor.reach(action);
        if reach.is_nothing() {
            Err(Error::Forbidden)
        } else if reach.covers(&one.supplier, &one.theme) {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    }

    /// The agency of which a list is shown: the one asked for, where the account reaches it; else its
    /// own; `None` for all.
    pub(crate) fn scope(&self, action: Action, asked: &str) -> Result<Option<String>, Error> {
        scope(&self.actor, action, asked)
    }
}

/// As [`Clerk::scope`], for machines too.
pub(crate) fn scope(actor: &Actor, action: Action, asked: &str) -> Result<Option<String>, Error> {
    let reach = actor.reach(action);
    match reach.agencies() {
        None if asked.is_empty() => Ok(None),
        Some(own) if asked.is_empty() => match own.first() {
            Some(first) => Ok(Some((*first).to_owned())),
            None => Err(Error::Forbidden),
        },
        _ if reach.touches(asked) => Ok(Some(asked.to_owned())),
        _ => Err(Error::Forbidden),
    }
}

/// Whether a reach is without limits.
pub(crate) fn is_all(reach: &Reach) -> bool {
    matches!(reach, Reach::All)
}

/// What the session's cookie holds.
pub(crate) fn cookie(headers: &HeaderMap) -> &str {
    reader::value(reader::header(headers, COOKIE), ';', "desk").unwrap_or_default()
}

/// Hands a session's secret out. It ends in the store; the cookie goes with the browser's own end.
pub(crate) fn begin_session(mut response: Response, secret: &Secret) -> Response {
    let cookie = format!(
        "desk={}; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict",
        secret.shown()
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Where a try to sign in comes from. Behind TLS the server before this one tells the address.
pub(crate) fn place(site: &Site, headers: &HeaderMap, extensions: &Extensions) -> Place {
    let forwarded = HeaderName::from_static("x-forwarded-for");
    let told = reader::header(headers, forwarded).rsplit(',').next();
    let told = told.filter(|_| site.behind_tls);
    let address = told.and_then(|text| text.trim().parse().ok()).or_else(|| {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>();
        peer.map(|peer| peer.0.ip())
    });
    let device = reader::value(reader::header(headers, COOKIE), ';', "device");
    Place {
        address: address.map(network),
        device: device.map(str::to_owned),
    }
}

/// An address as tries are counted by: of version 6 the 64 bits that one household has.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(four) => four.to_string(),
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => four.to_string(),
            None => format!("{:?}", six.segments().get(..4).unwrap_or_default()),
        },
    }
}

impl FromRequestParts<Site> for Clerk {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Clerk, Response> {
        let away = |to: &str| Redirect::to(to).into_response();
        let fails = |error: &Error| page::error(&Reader::of(&parts.uri, &parts.headers), error);
        match session::read(&site.office, cookie(&parts.headers)).await {
            Ok(Some(Open::Full(actor))) => {
                let officer = actor.officer().map_err(|error| fails(&error))?;
                Ok(Clerk {
                    actor: *actor,
                    officer,
                })
            }
            Ok(Some(Open::Half(_))) => Err(away("/account/code")),
            Ok(Some(Open::Enrol(_))) => Err(away("/account/enrol")),
            Ok(None) => Err(away("/account/enter")),
            Err(error) => Err(fails(&error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn neighbours_of_one_household_are_one_place() {
        let of = |text: &str| network(text.parse().unwrap_or([0, 0, 0, 0].into()));
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    }
}
