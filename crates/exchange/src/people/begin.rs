//! How an account begins, and begins again after a reset: a link that works once, a password, a
//! second factor that a first code proves, and recovery codes that are shown once.

use super::session::{self, Actor};
use super::{Enrolment, Person, Secret, Weak, code, opened, password, vault};
use crate::error::{Error, Result};
use crate::office::Office;
use credit::people::{AccountId, AccountState};
use store::Stage;

/// Recovery codes of an account: a sheet that fits a wallet.
const RECOVERY_CODES: usize = 10;
/// The letters of a code: no I, L, O, U, which hands confuse.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Whom a link invites.
#[derive(Clone, Debug)]
pub struct Invited {
    /// The person.
    pub person: Person,
    /// The link signs in at once.
    pub enters: bool,
}

/// Reads a link's secret without spending it; `None` for one that is spent, over, or none of ours.
///
/// # Errors
/// [`Error::Store`].
pub async fn invited(office: &Office, link: &str) -> Result<Option<Invited>> {
    let Some((_, account, enters)) = looked_up(office, link).await? else {
        return Ok(None);
    };
    Ok(opened(office, account)?
        .person
        .map(|person| Invited { person, enters }))
}

/// What became of a first password.
#[derive(Debug)]
pub enum Begun {
    /// It is set; this is the secret of the session in which the second factor is set.
    Done(Secret),
    /// It may not be used.
    Weak(Weak),
    /// The link does not work any more.
    Gone,
}

/// Sets the first password. The link stays good until the second factor is proven.
///
/// # Errors
/// [`Error::Store`].
pub async fn set_password(office: &Office, link: &str, given: &str) -> Result<Begun> {
    let Some((_, account, false)) = looked_up(office, link).await? else {
        return Ok(Begun::Gone);
    };
    let id = account.id;
    let Some(person) = opened(office, account)?.person else {
        return Ok(Begun::Gone);
    };
    if let Err(weak) = password::judge(given, &person.login) {
        return Ok(Begun::Weak(weak));
    }
    let phc = password::hash(office, given).await?;
    let (secret, session) = session::fresh(office, id, Stage::Enrol);
    let now = office.now();
    office
        .store
        .account_password(id, &phc, &session, now)
        .await?;
    Ok(Begun::Done(secret))
}

/// Makes a new secret of one-time codes and shows it, once: the one before it is void.
///
/// # Errors
/// [`Error::Request`] where a proven one is in use.
pub async fn second_factor(office: &Office, actor: &Actor) -> Result<Enrolment> {
    let (mut secret, nonce) = ([0_u8; 20], office.nonce());
    (office.entropy)(&mut secret);
    let mixed = office.site_key.keyed32("people/code", &[&secret, &nonce]);
    secret.copy_from_slice(mixed.get(..20).unwrap_or(&[0; 20]));
    let place = "account_code.sealed";
    let sealed = vault::seal(office, place, actor.account, &secret)?;
    if !office.store.account_code(actor.account, &sealed).await? {
        return Err(Error::request(
            "动态口令已经启用。如需更换，请联系管理员重置账号。",
            "One-time codes are in use already. An administrator resets the account to change them.",
            "Одноразовые коды уже подключены. Чтобы сменить их, администратор сбрасывает запись.",
        ));
    }
    Ok(Enrolment::of(&secret, &actor.person.login))
}

/// What is handed out when the second factor is proven.
pub struct Proven {
    /// The secret of the full session.
    pub session: Secret,
    /// The recovery codes, to be written down.
    pub recovery: Vec<String>,
}

/// Proves the second factor by a first code: the account is active. `None` for a wrong code.
///
/// # Errors
/// [`Error::Store`].
pub async fn prove(office: &Office, actor: &Actor, given: &str) -> Result<Option<Proven>> {
    let id = actor.account;
    let kept = office.store.account_secrets(id).await?.code;
    let Some(kept) = kept.filter(|code| !code.confirmed) else {
        return Ok(None);
    };
    let secret = vault::unseal(office, "account_code.sealed", id, &kept.sealed)?;
    let Some(step) = code::step_of(&secret, office.now().0, given, kept.last_step) else {
        return Ok(None);
    };
    let recovery: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(office)).collect();
    let digests: Vec<[u8; 32]> = recovery
        .iter()
        .map(|code| recovery_digest(office, id, code))
        .collect();
    let (session, new) = session::fresh(office, id, Stage::Full);
    let now = office.now();
    let store = &office.store;
    let done = store.account_enrol(id, step, &digests, &new, now).await?;
    Ok(done.then_some(Proven { session, recovery }))
}

/// Spends a link that signs in at once; `None` where it does not work any more.
///
/// # Errors
/// [`Error::Store`].
pub async fn enter(office: &Office, link: &str) -> Result<Option<Secret>> {
    let Some((token, account, true)) = looked_up(office, link).await? else {
        return Ok(None);
    };
    if account.state == AccountState::Invited {
        // A demonstration's account has neither password nor second factor: the link is all.
        let deed = store::Deed {
            by: Some(account.id),
            at: office.now(),
            reason: "a link that signs in at once was used",
        };
        let active = credit::people::AccountMove::Activate;
        let store = &office.store;
        store.account_move(account.id, active, None, &deed).await?;
    }
    let (secret, session) = session::fresh(office, account.id, Stage::Full);
    let now = office.now();
    let done = office.store.invitation_enter(&token, &session, now).await?;
    Ok(done.then_some(secret))
}

async fn looked_up(
    office: &Office,
    link: &str,
) -> Result<Option<([u8; 32], store::Account, bool)>> {
    let Some(secret) = Secret::parse(link) else {
        return Ok(None);
    };
    let token = secret.digest(office, "people/invitation");
    let found = office.store.invitation(&token, office.now()).await?;
    Ok(found
        .filter(|(account, enters)| {
            account.state == AccountState::Invited
                || (*enters && account.state == AccountState::Active)
        })
        .map(|(account, enters)| (token, account, enters)))
}

/// Sixty bits as twelve letters and digits.
fn recovery_code(office: &Office) -> String {
    let (one, two) = (office.nonce(), office.nonce());
    let mixed = office
        .site_key
        .keyed32("people/recovery-new", &[&one, &two]);
    let letters: Vec<u8> = mixed
        .iter()
        .take(12)
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied())
        .collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    groups.join("-")
}

/// What the store keeps of a recovery code: upper case without what hands put between.
pub(super) fn recovery_digest(office: &Office, id: AccountId, code: &str) -> [u8; 32] {
    let bare: String = code
        .chars()
        .take(64)
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    office
        .site_key
        .keyed32("people/recovery", &[&id.0, bare.as_bytes()])
}
