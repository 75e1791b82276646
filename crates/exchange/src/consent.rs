//! A natural person's consent: given at the service window under the person's own number, or by the person
//! alone who proved that number and is signed in; shown as a number (a link, a picture), withdrawn at any
//! time by a word that only the person has, by the person who is signed in, or at the window.
//!
//! Nobody is asked why a consent was refused or withdrawn, nothing is written down of a refusal, and a
//! consent opens nothing by itself: a look takes a grant, too, and `policy` compares the two in the
//! transaction that reads.

mod own;

pub use own::{give_own, own, withdraw_own};

use crate::duty;
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use crate::persons::{self, Number};
use crate::report::standing;
use credit::catalog::Exposure;
use credit::consent::{ITEMS, Scope, may_end};
use credit::grant::Items;
use credit::people::{AccountId, Action};
use credit::subject::{SubjectId, SubjectKind};
use jiff::civil::Date;
use policy::CaseNumber;
use std::fmt;
use store::NewConsent;

pub use credit::consent::{Consent, ConsentId, Standing};

/// A consent, as the form at the window tells it.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// The person's number, compared with the document.
    pub number: &'a Number,
    /// The case number under which the document was seen.
    pub seen: &'a str,
    /// What is agreed to.
    pub terms: Terms<'a>,
}

/// What a person agrees to, as a form tells it.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Code of the agency that may look.
    pub agency: &'a str,
    /// Code of the purpose.
    pub purpose: &'a str,
    /// The items, as `THEME/ITEM`, parted by spaces.
    pub items: &'a str,
    /// Number of that agency's case.
    pub case: &'a str,
    /// Good for one look only.
    pub once: bool,
    /// Its last day.
    pub until: Option<Date>,
}

/// A consent that was just given. Number and word are shown once and kept nowhere.
pub struct Given {
    /// The consent.
    pub consent: Consent,
    /// What the person shows to the agency: 32 hexadecimal digits.
    pub number: String,
    /// What the person keeps, and by which it is withdrawn: likewise.
    pub word: String,
}

impl fmt::Debug for Given {
    /// Prints neither number nor word: whoever has them may show the consent, or withdraw it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Given({})", self.consent.id)
    }
}

/// Gives a consent, in the presence of an officer who saw the person's document. It says nothing of
/// whether anything is on file.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for what is not narrow or not known to the catalogue, and
/// where sealed storage is not open; [`Error::Limit`] above the pace of the window.
pub async fn give(office: &Office, who: &Acting, ask: &Ask<'_>) -> Result<Given> {
    let officer = who.officer(who.home(Action::PersonConsent)?)?;
    let ring = persons::ring(office)?;
    let seen = case(ask.seen)?;
    let person = ask.number.id(&ring);
    let scope = scope(office, &ask.terms)?;
    duty::window(office, &officer).await?;
    write(office, person, (who.account, seen.as_str()), scope).await
}

/// Writes a consent of a person, recorded by an account under a number of its own.
async fn write(
    office: &Office,
    person: SubjectId,
    (by, seen): (AccountId, &str),
    scope: Scope,
) -> Result<Given> {
    let (number, word) = (office.nonce(), office.nonce());
    let consent = Consent {
        id: id(office, &number),
        subject: person,
        scope,
        by,
        given_at: office.now(),
        withdrawn_at: None,
        used_at: None,
    };
    let new = NewConsent {
        consent: &consent,
        seen,
        word: &word_key(office, &word),
    };
    if !office.store.consent_give(&new, office.today()).await? {
        return Err(too_many());
    }
    Ok(Given {
        number: hex(&number),
        word: hex(&word),
        consent,
    })
}

/// What a number shows: the consent as it stands, for whoever holds the number. It does not say whose it
/// is.
///
/// # Errors
/// [`Error::NotFound`] for a number under which none was given.
pub async fn shown(office: &Office, number: &str) -> Result<Consent> {
    let id = by_number(office, number).ok_or(Error::NotFound)?;
    office.store.consent(id).await?.ok_or(Error::NotFound)
}

/// What a system of an agency that means to look is told of a consent: what it allows and how it stands, and
/// not whose it is. `None` for a number under which none was given, and, in the same way, for one that was
/// given to an agency for which the account looks nobody up.
///
/// # Errors
/// [`Error::Forbidden`] for an account that looks nobody up.
pub async fn presented(office: &Office, who: &Acting, number: &str) -> Result<Option<Consent>> {
    let reach = who.reach(Action::LookupMake);
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    let Some(id) = by_number(office, number) else {
        return Ok(None);
    };
    let found = office.store.consent(id).await?;
    Ok(found.filter(|one| reach.touches(&one.scope.agency)))
}

/// Withdraws a consent by the person's word, at once and without a reason.
///
/// # Errors
/// [`Error::NotFound`] for a word that withdraws none.
pub async fn withdraw(office: &Office, word: &str) -> Result<Consent> {
    let word = standing::parse(word).ok_or(Error::NotFound)?;
    let word = word_key(office, &word);
    let found = office.store.consent_withdraw(&word, office.now()).await?;
    found.ok_or(Error::NotFound)
}

/// Withdraws at the window every consent of a person that may still be used: for whoever lost the paper.
/// Tells how many.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] where sealed storage is not open.
pub async fn withdraw_all(office: &Office, who: &Acting, number: &Number) -> Result<u64> {
    who.home(Action::PersonConsent)?;
    let ring = persons::ring(office)?;
    let person = number.id(&ring);
    let when = (office.now(), office.today());
    let store = &office.store;
    Ok(store.consents_withdraw(person, who.account, when).await?)
}

/// Days after today until which a consent may last at most.
#[must_use]
pub fn longest(office: &Office) -> u16 {
    office.catalog.sharing_terms(office.today()).consent_days
}

/// The items that a person can agree to today: of themes that take persons, what agencies may see.
#[must_use]
pub fn items(office: &Office) -> Items {
    let today = office.today();
    let themes = office.catalog.themes.iter();
    let themes = themes.filter(|theme| theme.natural_person.is_some() && theme.is_effective(today));
    let pairs = themes.flat_map(|theme| {
        let items = theme.items.iter();
        let items = items.filter(|item| item.exposure <= Exposure::Government);
        items.map(|item| format!("{}/{}", theme.code, item.code))
    });
    let pairs: Vec<String> = pairs.collect();
    Items::parse(&pairs.join(" ")).unwrap_or_default()
}

/// The consent of a number that an officer shows, as it is printed or as the link that the picture holds;
/// `None` for what is neither.
pub(crate) fn by_number(office: &Office, number: &str) -> Option<ConsentId> {
    let number = match number.trim().split_once("/consents/") {
        Some((site, number)) if site.starts_with("http") => number,
        _ => number,
    };
    standing::parse(number).map(|number| id(office, &number))
}

fn id(office: &Office, number: &[u8; 16]) -> ConsentId {
    ConsentId(office.site_key.keyed16("consent/number", &[number]))
}

fn word_key(office: &Office, word: &[u8; 16]) -> [u8; 32] {
    office.site_key.keyed32("consent/word", &[word])
}

fn hex(bytes: &[u8; 16]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn scope(office: &Office, ask: &Terms<'_>) -> Result<Scope> {
    let (catalog, today) = (&office.catalog, office.today());
    let purpose = catalog.purpose(ask.purpose.trim(), today);
    let purpose = purpose.filter(|one| one.kinds.contains(&SubjectKind::NaturalPerson));
    let agency = catalog.supplier(ask.agency.trim());
    let (Some(purpose), Some(agency)) = (purpose, agency) else {
        return Err(unnamed());
    };
    let asked = Items::parse(ask.items).map_err(|_| not_these())?;
    if asked.len() > ITEMS || !asked.is_within(&items(office)) {
        return Err(not_these());
    }
    let longest = longest(office);
    let until = ask.until.filter(|day| may_end(today, *day, longest));
    Ok(Scope {
        agency: agency.code.clone(),
        purpose: purpose.code.clone(),
        items: asked,
        case: case(ask.case)?.as_str().to_owned(),
        once: ask.once,
        until: until.ok_or_else(|| too_long(longest))?,
    })
}

fn case(text: &str) -> Result<CaseNumber> {
    CaseNumber::parse(text).map_err(|_| {
        Error::request(
            "请填写受理编号和用途单位的案件编号，各不超过 120 字，不得含身份证号码。",
            "Name the case number of the window and that of the agency, each of at most 120 characters and without a citizen's number.",
            "Укажите номер обращения и номер дела органа, каждый не длиннее 120 знаков и без номера гражданина.",
        )
    })
}

fn unnamed() -> Error {
    Error::request(
        "同意书须写明一个单位和一项适用于自然人的现行查询事由；不能同意“全部”。",
        "A consent names one agency and one purpose of today's catalogue that concerns persons; there is no consent to everything.",
        "Согласие называет один орган и одну действующую цель, относящуюся к физическим лицам; согласия на всё не бывает.",
    )
}

fn not_these() -> Error {
    Error::request(
        format!("请逐项勾选同意查询的信息项，至少一项，至多 {ITEMS} 项。"),
        format!("Tick the items that are agreed to, one at least and {ITEMS} at most."),
        format!("Отметьте сведения, на которые даётся согласие: от одного до {ITEMS}."),
    )
}

fn too_many() -> Error {
    Error::request(
        "尚未到期的同意书过多，请先撤回不再需要的。",
        "Too many consents are open. Withdraw those that are needed no more first.",
        "Открытых согласий слишком много. Сначала отзовите те, что больше не нужны.",
    )
}

fn too_long(days: u16) -> Error {
    Error::request(
        format!("请写明截止日期，从今天起最长 {days} 天。"),
        format!("Give its last day, at most {days} days from today."),
        format!("Укажите последний день, не позднее чем через {days} дней."),
    )
}
