//! Signing in through an OpenID provider: the way out and back, and what its proof is worth here.
//!
//! An account is tied to a provider's person by its owner, who is signed in. Only a legal
//! representative, whom the claims name together with an organisation on file, needs no account
//! before: it is made, and a mandate with it; and a natural person whose own number the claims tell, for
//! the person's own file. A provider that did not ask for two factors lets
//! nobody in by itself: the site asks for its own second one.
//!
//! The store learns of a way out only when it has led back: what it is told from stands in a cookie,
//! with a digest that only the site can make.

use super::enter::hex;
use super::session::{self, Actor};
use super::{Person, Secret, mandate, vault};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::persons::Number;
use credit::people::{
    APPOINTMENT_DAYS, AccountId, AccountKind, AccountState, BY_NUMBER, BY_PROVIDER, Mandate, Role,
};
use credit::record::Instant;
use credit::subject::SubjectId;
use store::{Deed, NewAccount, Stage, Tie};

/// How long a way out and back may take: ten minutes, in microseconds.
const TRIP: i64 = 10 * 60_000_000;
/// Letters of a person's name that are kept.
const NAME: usize = 60;

/// What a provider must give back, and what the code is exchanged with; all follow from one secret.
#[derive(Clone)]
pub struct Trip {
    /// Comes back beside the code.
    pub state: String,
    /// Comes back inside the token.
    pub nonce: String,
    /// Proves who left (RFC 7636): 64 hexadecimal digits.
    pub verifier: String,
}

impl Trip {
    fn of(office: &Office, secret: &Secret) -> Trip {
        let text = |of: &str| hex(&secret.digest(office, of));
        Trip {
            state: text("people/trip-state"),
            nonce: text("people/trip-nonce"),
            verifier: text("people/trip-verifier"),
        }
    }
}

/// A way out: what the browser keeps, and what goes with it. `ties` is the account that its owner,
/// signed in, wants to tie to the provider.
#[must_use]
pub fn leave(office: &Office, provider: &str, ties: Option<AccountId>) -> (String, Trip) {
    let secret = Secret::fresh(office);
    let ends = office.now().0 + TRIP;
    let whose = ties.map_or_else(|| "-".to_owned(), |id| id.to_string());
    let mac = mac(
        office,
        [secret.shown(), provider, &ends.to_string(), &whose],
    );
    let trip = Trip::of(office, &secret);
    (format!("{}.{ends}.{whose}.{mac}", secret.shown()), trip)
}

/// The way back: the trip, and the account to be tied, where the cookie is ours, is not over, and
/// belongs to that state and that provider. `None` says no more than that.
#[must_use]
pub fn back(
    office: &Office,
    provider: &str,
    cookie: &str,
    state: &str,
) -> Option<(Trip, Option<AccountId>)> {
    let mut parts = cookie.split('.');
    let mut next = || parts.next();
    let (secret, ends, whose, given) = (next()?, next()?, next()?, next()?);
    let right = mac(office, [secret, provider, ends, whose]);
    if next().is_some() || !same(office, &right, given) {
        return None;
    }
    let trip = Trip::of(office, &Secret::parse(secret)?);
    if office.now() > Instant(ends.parse().ok()?) || !same(office, &trip.state, state) {
        return None;
    }
    let ties = match whose {
        "-" => None,
        id => Some(AccountId::parse(id)?),
    };
    Some((trip, ties))
}

fn mac(office: &Office, parts: [&str; 4]) -> String {
    hex(&office
        .site_key
        .keyed32("people/trip", &parts.map(str::as_bytes)))
}

/// Compares in a time that tells nothing of where two texts differ.
fn same(office: &Office, right: &str, given: &str) -> bool {
    let of = "people/compare-trip";
    let given = office.site_key.keyed32(of, &[given.as_bytes()]);
    office.site_key.matches32(of, &[right.as_bytes()], &given)
}

/// What a provider has proven.
#[derive(Clone, Copy)]
pub struct Claimed<'a> {
    /// Code of the provider in the site's settings.
    pub provider: &'a str,
    /// The issuer, as in its token.
    pub issuer: &'a str,
    /// Who, in the issuer's own words.
    pub subject: &'a str,
    /// The person's name.
    pub name: Option<&'a str>,
    /// Code of the organisation whose legal representative the person is.
    pub represents: Option<&'a str>,
    /// The person's own number.
    pub number: Option<&'a str>,
    /// The provider asked for two factors.
    pub two_factors: bool,
}

/// What became of whoever came back.
#[derive(Debug)]
pub enum Came {
    /// Signed in; the session's secret, and what kind of account it is.
    In(Secret, AccountKind),
    /// The site asks for its own second factor first.
    Half(Secret),
    /// No account is tied to that person, and none is made for it.
    Unknown,
    /// The account may not sign in now.
    Shut,
    /// One factor was proven, and the account has none of its own.
    OneFactor,
}

/// Lets in whom a provider has proven.
///
/// # Errors
/// [`Error::Store`].
pub async fn enter(office: &Office, claimed: Claimed<'_>) -> Result<Came> {
    let key = key(office, claimed);
    let found = office.store.account_at_provider(&key).await?;
    let account = match found {
        Some(account) => account,
        None => match born(office, claimed, &key).await? {
            Some(account) => account,
            None => return Ok(Came::Unknown),
        },
    };
    if account.state != AccountState::Active || account.kind == AccountKind::Machine {
        return Ok(Came::Shut);
    }
    if account.kind == AccountKind::Representative {
        mandated(office, account.id, claimed).await?;
        owned(office, account.id, claimed).await?;
    }
    let stage = if claimed.two_factors {
        Stage::Full
    } else {
        Stage::Half
    };
    if stage == Stage::Half {
        let code = office.store.account_secrets(account.id).await?.code;
        if !code.is_some_and(|code| code.confirmed) {
            return Ok(Came::OneFactor);
        }
    }
    let (secret, session) = session::fresh(office, account.id, stage);
    let now = office.now();
    office.store.session_begin(&session, None, now).await?;
    Ok(match stage {
        Stage::Full => Came::In(secret, account.kind),
        Stage::Half | Stage::Enrol => Came::Half(secret),
    })
}

/// The id of a natural person whose own number the claims tell, where persons are kept at all: with two
/// factors, and a check character that fits. Whether anything is on file plays no part.
fn own(office: &Office, claimed: Claimed<'_>) -> Option<SubjectId> {
    let number = claimed.number.filter(|_| claimed.two_factors)?;
    let number = Number::parse(number).ok()?;
    Some(number.id(office.persons.as_ref()?))
}

/// Whether the claims name an organisation on file together with its legal representative.
async fn represents(office: &Office, claimed: Claimed<'_>) -> Result<bool> {
    let Some(code) = claimed.represents.filter(|_| claimed.two_factors) else {
        return Ok(false);
    };
    match mandate::organisation(office, code).await {
        Ok(_) => Ok(true),
        Err(Error::NotFound | Error::Request(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The account of a legal representative, or of a natural person for the own file, who comes for the first
/// time; none for everybody else.
async fn born(
    office: &Office,
    claimed: Claimed<'_>,
    key: &[u8; 32],
) -> Result<Option<store::Account>> {
    let acts = represents(office, claimed).await?;
    if !acts && own(office, claimed).is_none() {
        return Ok(None);
    }
    let claimed = Claimed {
        // Of a natural person who only reads the own file not even the name is kept.
        name: claimed.name.filter(|_| acts),
        ..claimed
    };
    let id = AccountId(office.nonce());
    let person = person(office, claimed);
    let (wrapped, sealed) = vault::lock(office, id, &person.login, &person.name)?;
    let new = NewAccount {
        id,
        kind: AccountKind::Representative,
        login: super::digest(office, &person.login),
        wrapped: &wrapped,
        sealed: &sealed,
        appointments: &[],
    };
    let reason = reason(claimed);
    let deed = deed(office, &reason);
    let store = &office.store;
    // Of two ways back at once one makes the account, and both are let in by it.
    store
        .account_add_proven(&new, claimed.provider, key, &deed)
        .await?;
    Ok(store.account_at_provider(key).await?)
}

/// A name to sign in with that tells nothing, and the person's own as far as it is told.
fn person(office: &Office, claimed: Claimed<'_>) -> Person {
    let short = office.nonce();
    let short = short.get(..6).unwrap_or(&short);
    let login = format!("id-{}", hex(short));
    let name: String = claimed
        .name
        .unwrap_or_default()
        .trim()
        .chars()
        .take(NAME)
        .collect();
    let name = if name.is_empty() { login.clone() } else { name };
    Person { login, name }
}

/// Writes the mandate that the claims prove, unless the account holds it.
async fn mandated(office: &Office, id: AccountId, claimed: Claimed<'_>) -> Result<()> {
    let Some(code) = claimed.represents.filter(|_| claimed.two_factors) else {
        return Ok(());
    };
    let subject = match mandate::organisation(office, code).await {
        Ok(subject) => subject,
        // Not on file, or not in public view: there is nothing to act for.
        Err(Error::NotFound | Error::Request(_)) => return Ok(()),
        Err(error) => return Err(error),
    };
    let today = office.today();
    let held = office.store.mandates_for(subject).await?;
    let own = held.iter().any(|one| {
        one.account == id && one.role == Role::SubjectRepresentative && one.holds(today)
    });
    if own {
        return Ok(());
    }
    let until = mandate::term(office, None, APPOINTMENT_DAYS)?;
    let new = Mandate {
        role: Role::SubjectRepresentative,
        document: Some(BY_PROVIDER.to_owned()),
        ..mandate::new(office, subject, id, until)
    };
    let reason = reason(claimed);
    office
        .store
        .mandate_add(&new, &deed(office, &reason))
        .await?;
    Ok(())
}

/// Writes a natural person's mandate for the own file, unless the account holds it. One for another number,
/// which the provider says no more, ends.
async fn owned(office: &Office, id: AccountId, claimed: Claimed<'_>) -> Result<()> {
    let Some(person) = own(office, claimed) else {
        return Ok(());
    };
    let (today, reason) = (office.today(), reason(claimed));
    let deed = deed(office, &reason);
    let held = office.store.mandates_of(id).await?;
    let held = held.iter().filter(|one| one.is_own() && one.holds(today));
    let mut holds = false;
    for one in held {
        if one.subject == person {
            holds = true;
        } else {
            office.store.mandate_end(one.subject, one.id, &deed).await?;
        }
    }
    if holds {
        return Ok(());
    }
    let until = mandate::term(office, None, APPOINTMENT_DAYS)?;
    let new = Mandate {
        role: Role::SubjectRepresentative,
        document: Some(BY_NUMBER.to_owned()),
        ..mandate::new(office, person, id, until)
    };
    office.store.mandate_add(&new, &deed).await?;
    Ok(())
}

/// Ties the account of whoever left signed in to the provider's person. False where that person is
/// another account, or the account has a tie there.
///
/// # Errors
/// [`Error::NotFound`] for an account that may not sign in any more.
pub async fn tie(office: &Office, id: AccountId, claimed: Claimed<'_>) -> Result<bool> {
    let account = office.store.account(id).await?.ok_or(Error::NotFound)?;
    if account.state != AccountState::Active || account.kind == AccountKind::Machine {
        return Err(Error::NotFound);
    }
    let deed = Deed {
        by: Some(id),
        at: office.now(),
        reason: "tied by its owner",
    };
    let key = key(office, claimed);
    Ok(office
        .store
        .provider_tie(id, claimed.provider, &key, &deed)
        .await?)
}

/// The providers to which one's own account is tied.
///
/// # Errors
/// [`Error::Store`].
pub async fn ties(office: &Office, actor: &Actor) -> Result<Vec<Tie>> {
    Ok(office.store.provider_ties(actor.account).await?)
}

/// Unties one's own account.
///
/// # Errors
/// [`Error::Request`] where the account has no password, as nobody could sign in to it any more;
/// [`Error::NotFound`].
pub async fn untie(office: &Office, actor: &Actor, provider: &str) -> Result<()> {
    let secrets = office.store.account_secrets(actor.account).await?;
    if secrets.phc.is_none() {
        return Err(Error::request(
            "该账号没有密码，解除关联后将无法登录。",
            "This account has no password: untied, nobody could sign in to it.",
            "У этой записи нет пароля: без связи войти в неё будет нельзя.",
        ));
    }
    let deed = Deed {
        by: Some(actor.account),
        at: office.now(),
        reason: "untied by its owner",
    };
    match office
        .store
        .provider_untie(actor.account, provider, &deed)
        .await?
    {
        true => Ok(()),
        false => Err(Error::NotFound),
    }
}

/// The one form in which a provider's person is compared; the store cannot tell whose it is.
fn key(office: &Office, claimed: Claimed<'_>) -> [u8; 32] {
    let parts = [claimed.issuer.as_bytes(), claimed.subject.as_bytes()];
    office.site_key.keyed32("people/provider", &parts)
}

fn reason(claimed: Claimed<'_>) -> String {
    format!("proven by the provider {}", claimed.provider)
}

fn deed<'a>(office: &Office, reason: &'a str) -> Deed<'a> {
    Deed {
        by: None,
        at: office.now(),
        reason,
    }
}
