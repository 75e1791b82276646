//! Sharing between agencies: who asks whom for what, what is answered, what is disputed, and when it
//! ends. Each workflow asks the account itself whether it may.
//!
//! A grant is a row of moves (`credit::grant`); looks under it are made in [`crate::duty`].

mod ask;
mod cases;
mod counted;
mod looks;
mod outliers;

pub use ask::{NewAsk, Sent, ask, ask_by};
pub use cases::{Loaded, load as load_cases};
pub use counted::{DayCount, DayOpenings, RefusedLooks, openings, refused};
pub use looks::{Look, LookItem, looks, looks_at_window};
pub use outliers::{Officer as OfficerMonth, month as officers_of_month};
pub use store::{GrantRow, GrantStep, Page};

use crate::error::{Error, Result};
use crate::identity::reasoned;
use crate::office::Office;
use crate::people::Acting;
use credit::catalog::{SharingClass, heir};
use credit::grant::{EVERY_SUPPLIER, Grant, GrantId, GrantMove, GrantState, Items, Party, Terms};
use credit::limits::PAGE_ROWS;
use credit::people::Action;
use jiff::civil::Date;
use std::collections::BTreeSet;
use store::{GrantDeed, GrantMoved};

/// What a supplier, or the authority above, grants of what was asked for: nothing means all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrower {
    /// Items, as `THEME/ITEM`.
    pub items: Option<Items>,
    /// Codes of purposes.
    pub purposes: Option<BTreeSet<String>>,
    /// The last day.
    pub until: Option<Date>,
    /// Looks in a day.
    pub per_day: Option<u32>,
    /// Looks in all.
    pub in_all: Option<u32>,
}

/// A grant with its history and how often it was used.
#[derive(Clone, Debug)]
pub struct Full {
    /// The grant.
    pub grant: Grant,
    /// What happened to it, oldest first.
    pub steps: Vec<GrantStep>,
    /// Looks today and in all.
    pub used: (u64, u64),
    /// Moves that the account may make now.
    pub open: Vec<GrantMove>,
}

/// Grants, newest first, that an account may know of: of one agency, or of all where it reaches all.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a cursor that is not ours.
pub async fn grants(
    office: &Office,
    who: &Acting,
    agency: Option<&str>,
    after: Option<&str>,
) -> Result<Page<GrantRow>> {
    let reach = who.reach(Action::GrantList);
    let agency = match agency.filter(|agency| !agency.is_empty()) {
        Some(agency) => Some(who.agency(Action::GrantList, Some(agency))?),
        None if reach.agencies().is_none() => None,
        None => Some(who.agency(Action::GrantList, None)?),
    };
    Ok(office
        .store
        .grants(agency.as_deref(), after, PAGE_ROWS)
        .await?)
}

/// Pages of grants of one agency that are read to find those in force: an agency has a handful of them,
/// and a new one is among the newest.
const PAGES: usize = 4;

/// The grants under which an account may look today, newest first, agency by agency; what passed on
/// from another agency among them.
///
/// # Errors
/// [`Error::Forbidden`] for an account that looks nobody up.
pub async fn usable(office: &Office, who: &Acting) -> Result<Vec<Grant>> {
    let reach = who.reach(Action::LookupMake);
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    let (today, passed) = (office.today(), &office.catalog.successions);
    let own = reach.agencies().unwrap_or_default().into_iter();
    let before = passed.iter().map(|one| one.from.as_str());
    let before = before.filter(|from| reach.touches(heir(passed, from, today)));
    let agencies: BTreeSet<&str> = own.chain(before).collect();
    let mut found = Vec::new();
    for agency in agencies {
        let mut after = None;
        for _ in 0..PAGES {
            let store = &office.store;
            let page = store
                .grants(Some(agency), after.as_deref(), PAGE_ROWS)
                .await?;
            let grants = page.rows.into_iter().map(|row| row.grant);
            let asked = grants.filter(|one| one.asker == agency);
            found.extend(asked.filter(|one| {
                reach.touches(heir(passed, &one.asker, today)) && one.in_force(today).is_some()
            }));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(found)
}

/// A grant that an account may know of; to any other there is none.
///
/// # Errors
/// [`Error::Forbidden`] for an account that may know of none; [`Error::NotFound`].
pub async fn grant(office: &Office, who: &Acting, id: GrantId) -> Result<Full> {
    let grant = known(office, who, id).await?;
    let used = office.store.grant_used(id, office.today()).await?;
    let steps = office.store.grant_moves(id).await?;
    let moves = GrantMove::ALL.iter().copied();
    let open = moves.filter(|one| party(office, who, &grant, *one).is_some());
    let late = grant.is_late(office.today());
    Ok(Full {
        open: open
            .filter(|one| !one.is_early(grant.state, late))
            .collect(),
        steps,
        used,
        grant,
    })
}

async fn known(office: &Office, who: &Acting, id: GrantId) -> Result<Grant> {
    let reach = who.reach(Action::GrantList);
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    let grant = office.store.grant(id).await?.ok_or(Error::NotFound)?;
    let today = office.today();
    let heir = |agency| heir(&office.catalog.successions, agency, today);
    let known = [&grant.asker, &grant.supplier]
        .into_iter()
        .any(|agency| reach.touches(agency) || reach.touches(heir(agency)));
    known.then_some(grant).ok_or(Error::NotFound)
}

/// For which party an account may make a move on a grant as it stands.
fn party(office: &Office, who: &Acting, grant: &Grant, what: GrantMove) -> Option<Party> {
    let today = office.today();
    let heir = |agency| heir(&office.catalog.successions, agency, today);
    let (asker, supplier) = (heir(&grant.asker), heir(&grant.supplier));
    let is_supplier = || {
        let mut themes = grant.asked.items.themes();
        let reach = who.reach(Action::GrantDecide);
        supplier != EVERY_SUPPLIER && themes.all(|theme| reach.covers(supplier, theme))
    };
    let lawful = |party: &Party| what.from(Some(grant.state), *party).is_some();
    [Party::Supplier, Party::Asker, Party::Authority]
        .into_iter()
        .filter(lawful)
        .find(|party| match party {
            Party::Supplier => is_supplier(),
            Party::Asker => who.reach(Action::GrantAsk).touches(asker),
            Party::Authority => !who.reach(Action::GrantSettle).is_nothing(),
            Party::Rule => false,
        })
}

/// Makes a move: answers, disputes, escalates, decides, takes back, ends.
///
/// # Errors
/// [`Error::Forbidden`] where the account may not, or the grant stands where there is no such move;
/// [`Error::NotFound`]; [`Error::Request`] without a reason, too early, or for more than was asked for.
pub async fn act(
    office: &Office,
    who: &Acting,
    id: GrantId,
    what: GrantMove,
    narrower: &Narrower,
    reason: &str,
) -> Result<GrantState> {
    let grant = known(office, who, id).await?;
    let party = party(office, who, &grant, what).ok_or(Error::Forbidden)?;
    let reason = reasoned(reason)?;
    let terms = match what.has_terms() {
        true => Some(granted(office, &grant, narrower)?),
        false => None,
    };
    let today = office.today();
    let deed = GrantDeed {
        by: who.account,
        party,
        at: office.now(),
        today,
        reason,
        due: due(office, what, today),
    };
    match office
        .store
        .grant_move(id, what, terms.as_ref(), &deed)
        .await?
    {
        GrantMoved::To(state) => Ok(state),
        GrantMoved::NotLawful => Err(Error::Forbidden),
        GrantMoved::Early => Err(Error::request(
            "提供单位的答复期限未满，期满未答复方可提出争议。",
            "The supplier's deadline is not over: an answer is disputed once it came, or is late.",
            "Срок ответа поставщика не истёк: спорят об ответе или после просрочки.",
        )),
        GrantMoved::Wider => Err(Error::request(
            "授权不能超出申请的范围：信息项、事由、期限和数量只能缩小。",
            "No more is granted than was asked for: items, purposes, term and volume may only shrink.",
            "Разрешается не больше запрошенного: сведения, цели, срок и объём можно только сузить.",
        )),
    }
}

/// Makes a move by a machine, for an officer whom it names. Both must be allowed to make it.
///
/// # Errors
/// As [`act`], for either of the two.
pub async fn act_by(
    office: &Office,
    (machine, who): (&Acting, &Acting),
    id: GrantId,
    what: GrantMove,
    narrower: &Narrower,
    reason: &str,
) -> Result<GrantState> {
    let grant = known(office, machine, id).await?;
    party(office, machine, &grant, what).ok_or(Error::Forbidden)?;
    act(office, who, id, what, narrower, reason).await
}

/// By when the next move is due after one.
fn due(office: &Office, what: GrantMove, today: Date) -> Option<Date> {
    let terms = office.catalog.sharing_terms(today);
    let days = match what {
        GrantMove::Ask => terms.answer,
        GrantMove::Dispute => terms.settle,
        GrantMove::Escalate => terms.decide,
        _ => return None,
    };
    Some(office.catalog.calendar.add_working_days(today, days))
}

/// What is granted: what was asked for, made narrower. A theme whose class says that it is not shared
/// is granted by nobody: the class is changed first, in the catalogue.
fn granted(office: &Office, grant: &Grant, narrower: &Narrower) -> Result<Terms> {
    let mut terms = grant.asked.clone();
    if let Some(items) = &narrower.items {
        terms.items = items.clone();
    }
    if let Some(purposes) = &narrower.purposes {
        terms.purposes = purposes.clone();
    }
    terms.until = narrower.until.unwrap_or(terms.until);
    terms.per_day = narrower.per_day.unwrap_or(terms.per_day);
    terms.in_all = narrower.in_all.unwrap_or(terms.in_all);
    let today = office.today();
    // What was answered late begins on the day of the answer.
    terms.from = terms.from.max(today);
    if terms.until < terms.from || terms.purposes.is_empty() || terms.per_day == 0 {
        return Err(Error::request(
            "授权须至少有一个事由、一天期限和一次查询。",
            "A grant has at least one purpose, one day and one look.",
            "В разрешении есть хотя бы одна цель, один день и один запрос.",
        ));
    }
    let closed = terms.items.themes().find(|code| {
        let theme = office.catalog.theme(code, today);
        theme.is_none_or(|theme| theme.sharing.class == SharingClass::NotShared)
    });
    match closed {
        None => Ok(terms),
        Some(code) => Err(Error::request(
            format!("主题 {code} 目前不予共享；须先依程序修改目录中的共享属性。"),
            format!(
                "The theme {code} is not shared today; its sharing class is changed in the catalogue first."
            ),
            format!("Тема {code} сейчас не передаётся; сначала меняют её класс в каталоге."),
        )),
    }
}
