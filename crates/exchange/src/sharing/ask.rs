//! A request for a grant: checked against the catalogue, granted at once where the rule does.

use super::due;
use crate::error::{Error, Result};
use crate::identity::reasoned;
use crate::office::Office;
use crate::people::Acting;
use credit::catalog::{Exposure, Item, Role, SharingClass, Theme};
use credit::clock::end_of;
use credit::grant::{EVERY_SUPPLIER, Grant, GrantId, GrantMove, GrantState, Items, Party, Terms};
use credit::identifier::{Identifier, System};
use credit::people::Action;
use credit::subject::SubjectKind;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{GrantDeed, NewGrant};

/// Characters of a basis or a power: a law's full title with its article has about 60; × 4 for room.
const BASIS_CHARS: usize = 240;
/// Characters of a key: a UUID has 36.
const KEY_CHARS: usize = 64;
/// Looks in a day that anyone may ask for: one a second through a working day has 28,800; × 3.
const PER_DAY: u32 = 100_000;
/// Looks in all: × 366 days.
const IN_ALL: u32 = 36_600_000;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct NewAsk {
    /// Code of the agency whose facts they are; `*` for every supplier of themes that the rule shares.
    pub supplier: String,
    /// Items: `THEME/ITEM`, parted by spaces.
    pub items: String,
    /// Codes of purposes.
    pub purposes: Vec<String>,
    /// Kinds of subject.
    pub kinds: Vec<String>,
    /// The law by which it is needed, with its article.
    pub basis: String,
    /// The statutory power over people; empty: a person is looked up by consent only.
    pub power: String,
    /// Number of the impact assessment; empty: none.
    pub impact: String,
    /// Units whose officers may use it; none: all.
    pub units: Vec<String>,
    /// Areas of registration; none: all.
    pub areas: Vec<String>,
    /// The first day; today where none is named.
    pub from: Option<Date>,
    /// The last day; as late as may be where none is named.
    pub until: Option<Date>,
    /// Looks in a day.
    pub per_day: u32,
    /// Looks in all.
    pub in_all: u32,
    /// Why, in a line.
    pub reason: String,
}

/// Asks for a grant, for an agency of the account.
///
/// # Errors
/// [`Error::Forbidden`] where the account may not ask; [`Error::Request`] for what the catalogue does
/// not have, what nobody may be granted, or what the rules ask for and is missing.
pub async fn ask(
    office: &Office,
    who: &Acting,
    agency: Option<&str>,
    new: &NewAsk,
) -> Result<(GrantId, GrantState)> {
    let asker = who.agency(Action::GrantAsk, agency)?;
    let made = write(office, who, (&asker, GrantId(office.nonce())), new).await?;
    made.ok_or_else(used_otherwise)
}

/// Writes a request under an id; `None` where there is a grant of that id.
async fn write(
    office: &Office,
    who: &Acting,
    (asker, id): (&str, GrantId),
    new: &NewAsk,
) -> Result<Option<(GrantId, GrantState)>> {
    let reason = reasoned(&new.reason)?;
    let terms = terms(office, new)?;
    let asked = Asked::of(office, &terms)?;
    let supplier = supplier(office, new.supplier.trim(), asker, &asked)?;
    let by_rule = asked.by_rule(&terms);
    if supplier == EVERY_SUPPLIER && !by_rule {
        return Err(Error::request(
            "只有全部为无条件共享、不涉及个人的主题才能一次向所有提供单位申请；其余请逐个单位申请。",
            "Only themes that are shared unconditionally, without anything of people, are asked of every supplier at once. Ask each supplier for the rest.",
            "Сразу у всех поставщиков запрашивают только безусловно передаваемые темы без личных сведений. Остальное запросите у каждого.",
        ));
    }
    if asked.needs_impact(&terms) && terms.impact.is_none() {
        return Err(Error::request(
            "涉及个人信息的共享须先完成个人信息保护影响评估，并填写评估编号（个人信息保护法第五十五、五十六条）。",
            "What touches people is shared after an impact assessment only: give its number (PIPL 55, 56).",
            "Личные сведения передают только после оценки воздействия: укажите её номер (PIPL 55, 56).",
        ));
    }
    let today = office.today();
    let grant = NewGrant {
        id,
        asker,
        supplier: &supplier,
        terms: &terms,
    };
    let deed = GrantDeed {
        by: who.account,
        party: Party::Asker,
        at: office.now(),
        today,
        reason,
        due: due(office, GrantMove::Ask, today),
    };
    let state = office.store.grant_ask(&grant, &deed, by_rule).await?;
    Ok(state.map(|state| (id, state)))
}

/// What became of a machine's request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The grant.
    pub id: GrantId,
    /// Where it stands.
    pub state: GrantState,
    /// It was asked for before under the same key, and nothing was written now.
    pub again: bool,
}

/// Asks by a machine, for an officer whom it names, once under a key of the sender's own choice: sent again
/// with the same words it is the grant that was asked for, wherever that stands by now. Both must be allowed
/// to ask for the agency. Without a key each sending is another request.
///
/// # Errors
/// As [`ask`], for either of the two; [`Error::Request`] for a key that is too long, or was used for
/// something else.
pub async fn ask_by(
    office: &Office,
    (machine, who): (&Acting, &Acting),
    (agency, key): (Option<&str>, &str),
    new: &NewAsk,
) -> Result<Sent> {
    let agency = machine.agency(Action::GrantAsk, agency)?;
    let fresh = |(id, state)| Sent {
        id,
        state,
        again: false,
    };
    if key.is_empty() {
        return ask(office, who, Some(&agency), new).await.map(fresh);
    }
    let agency = who.agency(Action::GrantAsk, Some(&agency))?;
    let id = numbered(office, &agency, key)?;
    if let Some(sent) = before(office, id, (&agency, new)).await? {
        return Ok(sent);
    }
    match write(office, who, (&agency, id), new).await? {
        Some(made) => Ok(fresh(made)),
        // Of two that come at once the later finds what the other wrote.
        None => {
            let sent = before(office, id, (&agency, new)).await?;
            sent.ok_or_else(used_otherwise)
        }
    }
}

/// The id of a request under an agency's key.
fn numbered(office: &Office, agency: &str, key: &str) -> Result<GrantId> {
    let sound = |one: char| one.is_ascii_alphanumeric() || "._-".contains(one);
    if key.len() > KEY_CHARS || !key.chars().all(sound) {
        return Err(Error::request(
            format!("编号（key）为 1 至 {KEY_CHARS} 位字母、数字或 . _ -。"),
            format!("A key has 1 to {KEY_CHARS} letters, digits or . _ -."),
            format!("Ключ: от 1 до {KEY_CHARS} латинских букв, цифр или . _ -."),
        ));
    }
    let parts = [agency.as_bytes(), key.as_bytes()];
    Ok(GrantId(office.site_key.keyed16("grant", &parts)))
}

/// The grant that was asked for before under an id, if it was with the same words.
async fn before(
    office: &Office,
    id: GrantId,
    (asker, new): (&str, &NewAsk),
) -> Result<Option<Sent>> {
    let Some(grant) = office.store.grant(id).await? else {
        return Ok(None);
    };
    let steps = office.store.grant_moves(id).await?;
    let reason = steps.first().map(|step| step.reason.as_str());
    let same = grant.asker == asker && reason == Some(reasoned(&new.reason)?) && is_of(&grant, new);
    if !same {
        return Err(used_otherwise());
    }
    Ok(Some(Sent {
        id,
        state: grant.state,
        again: true,
    }))
}

/// Whether a grant is what a request asks for; a day that the request leaves open is the one that was taken.
fn is_of(grant: &Grant, new: &NewAsk) -> bool {
    let asked = &grant.asked;
    let kinds = asked.kinds.iter().map(|kind| kind.code().to_owned());
    let kinds: BTreeSet<String> = kinds.collect();
    grant.supplier == new.supplier.trim()
        && Items::parse(&new.items).is_ok_and(|items| items == asked.items)
        && listed(&new.purposes) == asked.purposes
        && listed(&new.kinds) == kinds
        && written(&new.basis).as_ref() == Some(&asked.basis)
        && written(&new.power) == asked.power
        && written(&new.impact) == asked.impact
        && listed(&new.units) == asked.units
        && listed(&new.areas) == asked.areas
        && new.from.is_none_or(|day| day == asked.from)
        && new.until.is_none_or(|day| day == asked.until)
        && (new.per_day, new.in_all) == (asked.per_day, asked.in_all)
}

fn used_otherwise() -> Error {
    Error::request(
        "该编号（key）已用于另一份申请。新的申请请用新的编号。",
        "That key was used for another request. Give a new request a new key.",
        "Этот ключ уже использован для другого запроса. Новому запросу нужен новый ключ.",
    )
}

/// The themes and items that are asked for, in today's edition.
struct Asked {
    items: Vec<(Arc<Theme>, usize)>,
}

impl Asked {
    fn of(office: &Office, terms: &Terms) -> Result<Asked> {
        let mut items = Vec::new();
        for (code, item) in terms.items.pairs() {
            let theme = office.catalog.theme(code, office.today());
            let found = theme.and_then(|theme| Some((Arc::clone(theme), theme.item(item)?)));
            items.push(found.ok_or_else(|| {
                Error::request(
                    format!("目录中没有信息项 {code}/{item}。"),
                    format!("The catalogue has no item {code}/{item}."),
                    format!("В каталоге нет сведений {code}/{item}."),
                )
            })?);
        }
        let asked = Asked { items };
        let closed = asked
            .each()
            .find(|(_, item)| item.exposure > Exposure::Government)
            .map(|(theme, item)| format!("{}/{}", theme.code, item.code));
        match closed {
            None => Ok(asked),
            Some(item) => Err(Error::request(
                format!("信息项 {item} 只能经主体授权查询或仅供本人查阅，不能由提供单位授权。"),
                format!(
                    "The item {item} is seen with its subject's authorisation, or by the subject alone: no supplier grants it."
                ),
                format!(
                    "Сведения {item} доступны с согласия субъекта или только ему: поставщик их не разрешает."
                ),
            )),
        }
    }

    fn each(&self) -> impl Iterator<Item = (&Theme, &Item)> {
        let items = self.items.iter();
        items.filter_map(|(theme, ix)| Some((theme.as_ref(), theme.items.get(*ix)?)))
    }

    fn has_personal(&self) -> bool {
        self.each()
            .any(|(_, item)| item.personal || item.role == Role::PersonName)
    }

    /// Whether the catalogue's rule grants it: every theme is shared unconditionally, and nothing of it
    /// is of people.
    fn by_rule(&self, terms: &Terms) -> bool {
        let free = |theme: &Theme| theme.sharing.class == SharingClass::Unconditional;
        self.each().all(|(theme, _)| free(theme)) && !self.needs_impact(terms)
    }

    /// Whether people are concerned, so that an impact assessment comes first (PIPL 55, 56; R36).
    fn needs_impact(&self, terms: &Terms) -> bool {
        terms.reaches_people() || self.has_personal()
    }
}

/// Whose facts: a supplier of the catalogue, or an authority by its own code, that sends each theme.
fn supplier(office: &Office, code: &str, asker: &str, asked: &Asked) -> Result<String> {
    let authority = Identifier::parse(System::Uscc, code)
        .is_ok_and(|parsed| parsed.identifier.value() == code && code.starts_with('1'));
    let sends = |theme: &Theme| {
        theme.suppliers.iter().any(|one| one == code) || (theme.any_authority && authority)
    };
    let known = code == EVERY_SUPPLIER
        || ((authority || office.catalog.supplier(code).is_some())
            && asked.each().all(|(theme, _)| sends(theme)));
    if known && code != asker {
        return Ok(code.to_owned());
    }
    Err(Error::request(
        "该单位不提供所列主题，或就是本单位。请按目录选择提供单位。",
        "That agency does not supply these themes, or is your own. Choose a supplier of the catalogue.",
        "Этот орган не поставляет эти темы или это ваш орган. Выберите поставщика из каталога.",
    ))
}

fn terms(office: &Office, new: &NewAsk) -> Result<Terms> {
    let today = office.today();
    let items = Items::parse(&new.items).map_err(|_| {
        Error::request(
            "请按“主题/信息项”填写所需信息项，以空格分开，至少一项。",
            "Write the items that are needed as THEME/ITEM, parted by spaces, at least one.",
            "Укажите нужные сведения как ТЕМА/ПУНКТ через пробел, хотя бы одно.",
        )
    })?;
    let from = new.from.unwrap_or(today);
    let last = end_of(from, office.catalog.sharing_terms(today).longest);
    let until = new.until.unwrap_or(last);
    if from < today || until < from || until > last {
        return Err(Error::request(
            format!("期限从今天起，最晚到 {last}。更长的需要到期后重新申请。"),
            format!(
                "The term begins today at the earliest and ends on {last} at the latest. Ask again for more."
            ),
            format!(
                "Срок начинается не раньше сегодня и кончается не позже {last}. Дольше — новый запрос."
            ),
        ));
    }
    if new.per_day == 0 || new.per_day > PER_DAY || new.in_all < new.per_day || new.in_all > IN_ALL
    {
        return Err(Error::request(
            format!("每日查询量为 1 至 {PER_DAY} 次，总量不少于每日量。"),
            format!("Looks in a day are 1 to {PER_DAY}, and those in all are no fewer."),
            format!("Запросов в день от 1 до {PER_DAY}, всего — не меньше."),
        ));
    }
    let kinds = kinds(office, new)?;
    let power = written(&new.power);
    // Without a power each look at a natural person takes that person's consent.
    let by_power =
        |kind: &SubjectKind| !kind.is_organisation() && *kind != SubjectKind::NaturalPerson;
    if kinds.iter().any(by_power) && power.is_none() {
        return Err(Error::request(
            "查询个体工商户须写明法律授予的职权。",
            "Looking individual businesses up takes a power given by statute: name it.",
            "Запросы о предпринимателях требуют полномочия по закону: укажите его.",
        ));
    }
    Ok(Terms {
        items,
        purposes: purposes(office, new)?,
        kinds,
        basis: written(&new.basis).ok_or_else(|| {
            Error::request(
                format!("请写明法律依据及条款，不超过 {BASIS_CHARS} 字。没有依据就没有数据。"),
                format!("Name the law and its article, in at most {BASIS_CHARS} characters. No basis, no data."),
                format!("Укажите закон и статью, не длиннее {BASIS_CHARS} знаков. Нет основания — нет данных."),
            )
        })?,
        power,
        impact: written(&new.impact),
        units: listed(&new.units),
        areas: areas(new)?,
        from,
        until,
        per_day: new.per_day,
        in_all: new.in_all,
    })
}

fn purposes(office: &Office, new: &NewAsk) -> Result<BTreeSet<String>> {
    let today = office.today();
    let purposes = listed(&new.purposes);
    let known = |code: &String| office.catalog.purpose(code, today).is_some();
    if !purposes.is_empty() && purposes.iter().all(known) {
        return Ok(purposes);
    }
    Err(Error::request(
        "请至少选择一个目录中现行的查询事由。",
        "Name at least one purpose of the catalogue that holds today.",
        "Укажите хотя бы одну действующую цель из каталога.",
    ))
}

/// Kinds of subject, each of which one of the purposes can concern.
fn kinds(office: &Office, new: &NewAsk) -> Result<BTreeSet<SubjectKind>> {
    let today = office.today();
    let purposes: Vec<_> = new
        .purposes
        .iter()
        .filter_map(|code| office.catalog.purpose(code, today))
        .collect();
    let kind = |code: &String| {
        let kind = SubjectKind::parse(code)?;
        let concerned = purposes.iter().any(|one| one.kinds.contains(&kind));
        concerned.then_some(kind)
    };
    let kinds: Option<BTreeSet<SubjectKind>> = listed(&new.kinds).iter().map(kind).collect();
    kinds.filter(|kinds| !kinds.is_empty()).ok_or_else(|| {
        Error::request(
            "请至少选择一类主体，并且所选事由适用于每一类。",
            "Name at least one kind of subject, each of which one of the purposes can concern.",
            "Укажите хотя бы один вид субъекта, к которому относится одна из целей.",
        )
    })
}

fn areas(new: &NewAsk) -> Result<BTreeSet<String>> {
    let areas = listed(&new.areas);
    let sound = |area: &String| {
        matches!(area.len(), 2 | 4 | 6) && area.bytes().all(|byte| byte.is_ascii_digit())
    };
    if areas.iter().all(sound) {
        return Ok(areas);
    }
    Err(Error::request(
        "区域请填写 2、4 或 6 位行政区划代码。",
        "An area is a division's code of 2, 4 or 6 digits.",
        "Район — код деления из 2, 4 или 6 цифр.",
    ))
}

fn listed(texts: &[String]) -> BTreeSet<String> {
    let texts = texts.iter().map(|text| text.trim());
    let texts = texts.filter(|text| !text.is_empty() && text.chars().count() <= 60);
    texts.map(str::to_owned).take(100).collect()
}

/// A text that is not empty and not too long, on one line.
fn written(text: &str) -> Option<String> {
    let text = text.trim();
    let sound = !text.is_empty()
        && text.chars().count() <= BASIS_CHARS
        && !text.chars().any(char::is_control);
    sound.then(|| text.to_owned())
}
