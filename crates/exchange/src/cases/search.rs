//! Looking for cases: by number, kind, state, agency and days, newest first; or all of one subject, for a
//! matter that is named and written down. Where each stands is computed from its moves.
//!
//! What a search gives tells nothing of whom a case is about. Whoever asks for one subject's cases reads
//! something of its own file: that look has a permit, and the subject sees it.

use super::queue::Line;
use super::show::{Standing, standing};
use super::{kind, parties};
use crate::error::{Error, Result};
use crate::office::{Office, begin_of_day, end_of_day};
use crate::people::Acting;
use credit::case::{CaseId, Kind, Step};
use credit::limits::{CASES_SEARCHED, PAGE_ROWS};
use credit::people::{Action, Reach};
use credit::record::Instant;
use jiff::civil::Date;
use policy::Permit;
use std::sync::Arc;
use store::{CaseCard, OpenedAsk, Page};

/// A term of days; a side that is none is open.
pub type Term = (Option<Date>, Option<Date>);

/// Which cases are looked for. What is empty or none lets every case through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Search<'a> {
    /// How the number begins, as pages show it.
    pub number: &'a str,
    /// Code of the kind.
    pub kind: &'a str,
    /// Code of a state; or [`OPEN`], or [`OVER`].
    pub state: &'a str,
    /// The agency that answers.
    pub agency: &'a str,
    /// The days on which it was opened.
    pub opened: Term,
    /// The days on which it was decided, or ended.
    pub decided: Term,
    /// A deadline has passed and nobody acted since.
    pub overdue: bool,
}

/// Any state that is no end.
pub const OPEN: &str = "open";

/// Any end.
pub const OVER: &str = "over";

/// A case that was found.
pub struct Found {
    /// The case, as the queue shows it.
    pub line: Line,
    /// The day on which it was decided for the first time, or ended.
    pub decided: Option<Date>,
}

/// Cases of one read of the store.
const PAGE: usize = 500;

/// A page of cases, newest first. It may have fewer rows than fit, and a next page all the same: no more than
/// [`CASES_SEARCHED`] are looked through at once.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a number that is none, or a cursor that is not ours.
pub async fn search(
    office: &Office,
    who: &Acting,
    asked: &Search<'_>,
    after: Option<&str>,
) -> Result<Page<Found>> {
    let most = (PAGE_ROWS, CASES_SEARCHED);
    let scanned = scan(office, who, Action::LegalList, asked, after, most).await?;
    Ok(Page {
        rows: scanned.rows,
        next: scanned.next,
    })
}

/// The cases of one subject, newest first, for an officer of the centre who names the matter for which they
/// are looked for. The look is written down.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] for a code that is none or without a matter;
/// [`Error::NotFound`] for whom nothing is on file.
pub async fn of_subject(
    office: &Office,
    who: &Acting,
    code: &str,
    matter: &str,
) -> Result<Vec<Found>> {
    if who.reach(Action::LegalFind).is_nothing() {
        return Err(Error::Forbidden);
    }
    let officer = who.officer(who.home(Action::LegalFind)?)?;
    let subject = crate::lookup::find(office, code).await?;
    let permit = Permit::case_search(office.nonce(), subject, officer, matter);
    let permit = permit.map_err(|_| unnamed())?;
    let sealed = office.store.cases_own(&permit, office.now()).await?;
    let cards = permit.open_case_list(sealed)?.0;
    let reach = who.reach(Action::LegalList);
    let own = cards
        .into_iter()
        .filter(|card| reach.covers(&card.supplier, &card.theme));
    own.map(|card| found(office, who, card)).collect()
}

/// What was gone through.
pub(super) struct Scanned {
    pub(super) rows: Vec<Found>,
    /// Where to go on; none at the end.
    pub(super) next: Option<String>,
}

/// Goes through cases, newest first, until a page is full, so many were looked through, or none is left.
pub(super) async fn scan(
    office: &Office,
    who: &Acting,
    action: Action,
    asked: &Search<'_>,
    after: Option<&str>,
    (want, most): (usize, usize),
) -> Result<Scanned> {
    let reach = who.reach(action);
    let agency = agency(who, action, &reach, asked.agency)?;
    if !asked.number.is_empty() {
        return numbered(office, who, (&reach, agency.as_deref()), asked).await;
    }
    let (mut before, mut seen) = (cursor(after)?, 0);
    let mut rows: Vec<Found> = Vec::new();
    loop {
        let ask = ask(asked, agency.as_deref());
        let page = office.store.cases_opened(&ask, before, PAGE).await?;
        let whole = page.len() == PAGE;
        for card in page {
            let place = (card.opened_at, card.id);
            seen += 1;
            if let Some(one) = judged(office, who, &reach, asked, card)? {
                if rows.len() == want {
                    return Ok(Scanned {
                        rows,
                        next: Some(mark(before)),
                    });
                }
                rows.push(one);
            }
            // The place of the last that was passed over: the next page begins with the one after it.
            before = place;
        }
        if !whole || seen >= most {
            let next = whole.then(|| mark(before));
            return Ok(Scanned { rows, next });
        }
    }
}

/// The agency whose cases are read: the one asked for, where the account reaches it; else its own; `None` for
/// all.
pub(super) fn agency(
    who: &Acting,
    action: Action,
    reach: &Reach,
    asked: &str,
) -> Result<Option<String>> {
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    match (asked, reach.agencies()) {
        ("", None) => Ok(None),
        (asked, _) => Ok(Some(who.agency(action, Some(asked))?)),
    }
}

/// What the store is asked of it.
fn ask<'a>(asked: &Search<'a>, agency: Option<&'a str>) -> OpenedAsk<'a> {
    let (from, to) = asked.opened;
    OpenedAsk {
        kind: asked.kind,
        supplier: agency,
        from: from.map_or(Instant(i64::MIN), begin_of_day),
        to: to.map_or(Instant(i64::MAX), end_of_day),
    }
}

/// The cases whose number begins in a way: so few that there is one page of them.
async fn numbered(
    office: &Office,
    who: &Acting,
    (reach, agency): (&Reach, Option<&str>),
    asked: &Search<'_>,
) -> Result<Scanned> {
    let ids = ids(asked.number).ok_or_else(no_number)?;
    let ask = ask(asked, agency);
    let fits = |card: &CaseCard| {
        let kind = ask.kind.is_empty() || ask.kind == card.kind;
        let within = ask.from <= card.opened_at && card.opened_at <= ask.to;
        kind && within && agency.is_none_or(|agency| agency == card.supplier)
    };
    let mut rows = Vec::new();
    for card in office.store.cases_numbered(ids, PAGE_ROWS).await? {
        if fits(&card) {
            rows.extend(judged(office, who, reach, asked, card)?);
        }
    }
    Ok(Scanned { rows, next: None })
}

/// The ids between which those lie that begin with some digits.
fn ids(number: &str) -> Option<(CaseId, CaseId)> {
    let digits = number.trim();
    let sound = (4..=32).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !sound {
        return None;
    }
    let first = CaseId::parse(&format!("{digits:0<32}"))?;
    let last = CaseId::parse(&format!("{digits:f<32}"))?;
    Some((first, last))
}

/// A case, where the reader may know of it and it is one that is looked for.
fn judged(
    office: &Office,
    who: &Acting,
    reach: &Reach,
    asked: &Search<'_>,
    card: CaseCard,
) -> Result<Option<Found>> {
    if !reach.covers(&card.supplier, &card.theme) {
        return Ok(None);
    }
    let one = found(office, who, card)?;
    let standing = &one.line.standing;
    let state = match asked.state {
        "" => true,
        OPEN => !standing.over,
        OVER => standing.over,
        code => standing.state == code,
    };
    let decided =
        asked.decided == (None, None) || one.decided.is_some_and(|day| within(asked, day));
    let due = !asked.overdue || standing.overdue;
    Ok((state && decided && due).then_some(one))
}

fn within(asked: &Search<'_>, day: Date) -> bool {
    let (from, to) = asked.decided;
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

fn found(office: &Office, who: &Acting, card: CaseCard) -> Result<Found> {
    let kind = Arc::clone(kind(office, &card)?);
    let standing = standing(office, &kind, &card.steps)?;
    let mine = parties(who, &card);
    Ok(Found {
        decided: decided(&kind, &card.steps, &standing),
        line: Line {
            mine: standing.who.is_some_and(|who| mine.contains(&who)),
            card,
            kind,
            standing,
        },
    })
}

/// The day on which a case was decided for the first time, or ended, by whoever or whatever ended it.
pub(super) fn decided(kind: &Kind, steps: &[Step], standing: &Standing) -> Option<Date> {
    let mut moves = steps.iter();
    let settles = |step: &&Step| {
        let to = kind.one_move(&step.what);
        let to = to.and_then(|one| kind.state(&one.to));
        to.is_some_and(|state| state.settled || state.end)
    };
    let first = moves.find(settles).map(|step| step.on);
    first.or_else(|| standing.over.then_some(standing.since))
}

fn mark((at, id): (Instant, CaseId)) -> String {
    format!("{}.{id}", at.0)
}

/// The place before which a page begins: of the first, after everything.
fn cursor(after: Option<&str>) -> Result<(Instant, CaseId)> {
    let Some(text) = after else {
        return Ok((Instant(i64::MAX), CaseId([0xff; 16])));
    };
    let read = text.split_once('.').and_then(|(at, id)| {
        let at: i64 = at.parse().ok()?;
        Some((Instant(at), CaseId::parse(id)?))
    });
    Ok(read.ok_or(store::Error::Cursor)?)
}

fn no_number() -> Error {
    Error::request(
        "案件编号是数字 0–9 和字母 A–F，至少填写前四位。",
        "A case's number has the digits 0–9 and the letters A–F; give at least the first four.",
        "Номер дела состоит из цифр 0–9 и букв A–F; укажите хотя бы первые четыре знака.",
    )
}

fn unnamed() -> Error {
    Error::request(
        "请填写查找事由的编号，例如受理号或者来文号；其中不能有公民身份号码。",
        "Give the number of the matter for which you look, such as that of a letter or of a call; it may not hold a citizen's number.",
        "Укажите номер вопроса, по которому ведётся поиск, например письма или обращения; в нём не может быть номера гражданина.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_names_the_ids_that_begin_with_it_and_nothing_else_is_one() {
        let (first, last) = ids("0AbC").unwrap_or((CaseId([1; 16]), CaseId([1; 16])));
        assert_eq!((first.0[0], first.0[1], first.0[2]), (0x0a, 0xbc, 0));
        assert_eq!((last.0[0], last.0[1], last.0[15]), (0x0a, 0xbc, 0xff));
        for wrong in ["", "abc", "xyzt", "ab-c", &"a".repeat(33)] {
            assert_eq!(ids(wrong), None, "{wrong}");
        }
    }
}
