//! Natural persons: found by their own exact, verified number, for a named officer and case, and by
//! nothing else. There is no list of them, no search, no count and no alert.

mod erase;
mod list;
mod rotate;
mod told;

pub use erase::{Replayed, erase, missed, replay};
pub use list::{BadList, LIST_BYTES, line, parse};
pub use rotate::{Rotation, counts, rotate};
pub(crate) use told::open_contact;
pub use told::set_contact;

use crate::duty;
use crate::error::{Error, Result};
use crate::ids;
use crate::notices::{self, Addressee, Notice};
use crate::office::Office;
use crate::people::Acting;
use crate::report::{self, Ask};
use crate::sharing::{self, Look};
use credit::identifier::{Identifier, System};
use credit::lang::Lang;
use credit::people::Action;
use credit::personal::Personal;
use credit::subject::SubjectId;
use jiff::civil::Date;
use policy::{CaseNumber, Dossier, Officer, Permit};
use seal::Ring;
use std::sync::Arc;
use views::report::Report;

/// A person's own number as somebody gave it, with its check character verified.
pub struct Number {
    inner: Personal<Identifier>,
}

impl Number {
    /// Reads it.
    ///
    /// # Errors
    /// [`Error::Request`], which repeats nothing of it.
    pub fn parse(text: &str) -> Result<Number> {
        let inner = Identifier::of_person(text).map(Personal::new);
        inner.map(|inner| Number { inner }).ok_or_else(|| {
            Error::request(
                "不是有效的公民身份号码或新版外国人永久居留证号码：应为18位且校验位相符。请对照证件核对。",
                "This is no valid citizen's number or number of a newer foreigner's card: 18 characters, the last of which checks the others. Compare it with the document.",
                "Это не номер гражданина и не номер новой карты постоянного жительства: нужно 18 знаков, последний — контрольный. Сверьте с документом.",
            )
        })
    }

    /// Reads a code that may be anybody's: a person's number where it is a verified one and no unified
    /// code of an organisation.
    pub(crate) fn detect(code: &str) -> Option<Number> {
        let organisation = Identifier::parse(System::Uscc, code).is_ok();
        let number = Number::parse(code).ok();
        number.filter(|_| !organisation)
    }

    pub(crate) fn id(&self, ring: &Ring) -> SubjectId {
        id(ring, self.inner.reveal())
    }

    /// Under what a register of cases has the person.
    pub(crate) fn mention(&self, office: &Office) -> SubjectId {
        ids::mention_of(&office.site_key, self.inner.reveal())
    }
}

/// A person's id: a keyed digest of the number, under the ring's index key.
pub(crate) fn id(ring: &Ring, number: &Identifier) -> SubjectId {
    let parts = [number.system().code().as_bytes(), number.value().as_bytes()];
    SubjectId(ring.id("person", &parts))
}

/// The person's own report, handed out at the service window by an officer who may, for a case. The look
/// is written in the same transaction as the read, whether anything is on file or not, and a notice of it
/// is owed.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Limit`] where the officer serves more than the pace of the window;
/// [`Error::NotFound`] when nothing is on file; [`Error::Request`] without a case number, and where sealed storage is not open, since nobody can say then what is on file.
pub async fn own(
    office: &Office,
    who: &Acting,
    number: &Number,
    case: &str,
    ask: &Ask,
) -> Result<Report> {
    let officer = who.officer(who.home(Action::PersonReport)?)?;
    let window = report::window(officer.name(), officer.agency(), case)?;
    duty::window(office, &officer).await?;
    let person = number.id(&*ring(office)?);
    report(office, person, window, ask).await
}

/// The own report of a person who is at the window, or who is the mandate's.
pub(crate) async fn report(
    office: &Office,
    person: SubjectId,
    ground: (Officer, CaseNumber),
    ask: &Ask,
) -> Result<Report> {
    report::check(office, ask)?;
    let dossier = dossier(office, person, ground, ask.as_of).await?;
    Ok(report::make(office, &dossier, ask))
}

/// Everything on file about a person, for the person; the look is written down.
pub(crate) async fn dossier(
    office: &Office,
    person: SubjectId,
    (officer, case): (Officer, CaseNumber),
    as_of: Option<Date>,
) -> Result<Dossier> {
    let ring = ring(office)?;
    let permit = Permit::own(office.nonce(), person, officer, case);
    let sealed = office.store.person_facts(&permit, &ring, office.now());
    let sealed = sealed.await?.ok_or(Error::NotFound)?;
    Ok(permit.open(sealed, &office.catalog, office.as_of(as_of))?)
}

/// What a person is told at the window.
#[derive(Clone, Debug)]
pub struct Told {
    /// The newest fifty looks at the person's facts.
    pub looks: Vec<Look>,
    /// The newest fifty notices: what was recorded, and who looked; why one comes late stands with it.
    pub notices: Vec<Notice>,
}

/// Who looked at the person's facts, and the person's notices, which are told by this. That they were read
/// is a look at the person's own file, and written down.
///
/// # Errors
/// As [`own`], save that nothing on file is no error: a look at nothing is one, too.
pub async fn told(
    office: &Office,
    who: &Acting,
    number: &Number,
    case: &str,
    lang: Lang,
) -> Result<Told> {
    let officer = who.officer(who.home(Action::PersonReport)?)?;
    let window = report::window(officer.name(), officer.agency(), case)?;
    duty::window(office, &officer).await?;
    let ring = ring(office)?;
    let person = number.id(&ring);
    let looks = sharing::looks(office, person, window, None, lang).await?;
    let notices = notices::inbox(office, &Addressee::Subject(person), None).await?;
    Ok(Told {
        looks: looks.rows,
        notices: notices.rows,
    })
}

/// Whether the ring at hand is the store's: it opens what was wrapped last there, or nothing is held of
/// anybody yet. Without a ring nothing is opened or sealed, and there is nothing to compare.
///
/// # Errors
/// [`Error::Store`] when the store failed.
pub async fn fits(office: &Office) -> Result<bool> {
    let Some(ring) = &office.persons else {
        return Ok(true);
    };
    let newest = office.store.person_key_newest().await?;
    Ok(newest.is_none_or(|one| ring.open(store::KEY, &one.subject.0, &one.key).is_ok()))
}

/// Whether the store holds anything that stands under a ring: somebody's key, or an erasure, which
/// names a person by the ring's index.
///
/// # Errors
/// [`Error::Store`] when the store failed.
pub async fn needs_ring(office: &Office) -> Result<bool> {
    let newest = office.store.person_key_newest().await?;
    Ok(newest.is_some() || !office.store.person_erasures().await?.is_empty())
}

/// The key ring. Without one nothing can be said of anybody, not even that nothing is on file: the ring
/// may only be missing from its place.
pub(crate) fn ring(office: &Office) -> Result<Arc<Ring>> {
    office.persons.clone().ok_or_else(|| {
        Error::request(
            "本平台未启用加密存储，或密钥环不在原处：自然人信息现在无法查询。请联系系统管理员。",
            "Sealed storage is not open here, or its key ring is not in its place: nothing can be said about natural persons now. Ask whoever runs the site.",
            "Защищённое хранение здесь не открыто или связки ключей нет на месте: о физических лицах сейчас ничего сказать нельзя. Обратитесь к администратору.",
        )
    })
}
