//! Figures over cases: for each agency and kind how many were opened, how they were decided, which deadlines
//! were not kept and how long it took. They are counted from the moves on every read, of cases and of
//! agencies, never of the subjects that they are about.

use super::kind;
use super::search::{agency, decided};
use super::show::standing;
use crate::error::{Error, Result};
use crate::office::{Office, begin_of_day, date_of, end_of_day};
use crate::people::Acting;
use credit::case::{CaseId, Kind, Party};
use credit::lang::Text;
use credit::limits::CASES_COUNTED;
use credit::people::Action;
use credit::record::Instant;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::{CaseCard, OpenedAsk};

/// The cases of one agency and one kind that were opened within some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistic {
    /// Code of the agency.
    pub agency: String,
    /// Code of the kind.
    pub kind: String,
    /// The kind's title.
    pub title: Text,
    /// How many were opened.
    pub opened: u64,
    /// Those that were decided or ended, by the state to which that led: its code, its title, how many.
    pub outcomes: Vec<(String, Text, u64)>,
    /// Deadlines that the agency did not keep.
    pub missed: u64,
    /// Deadlines that the centre or the authority above did not keep.
    pub missed_above: u64,
    /// Cases in which a deadline has passed and nobody acted since.
    pub overdue: u64,
    /// Working days from opening to the first decision, each case's, in order.
    days: Vec<u32>,
}

impl Statistic {
    fn new(card: &CaseCard, kind: &Kind) -> Statistic {
        Statistic {
            agency: card.supplier.clone(),
            kind: card.kind.clone(),
            title: kind.title.clone(),
            opened: 0,
            outcomes: Vec::new(),
            missed: 0,
            missed_above: 0,
            overdue: 0,
            days: Vec::new(),
        }
    }

    /// How many were decided or ended.
    #[must_use]
    pub fn decided(&self) -> u64 {
        self.days.len() as u64
    }

    /// The median of the working days from opening to the first decision, in tenths; none where nothing was
    /// decided.
    #[must_use]
    pub fn median(&self) -> Option<u32> {
        let middle = self.days.len() / 2;
        let upper = *self.days.get(middle)?;
        if self.days.len() % 2 == 1 {
            return Some(upper.saturating_mul(10));
        }
        let lower = *self.days.get(middle.checked_sub(1)?)?;
        Some((lower + upper).saturating_mul(5))
    }
}

/// Figures over the cases that were opened within some days: of one agency, of the reader's own, or of all.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] where the term has more cases than are counted at once.
pub async fn statistics(
    office: &Office,
    who: &Acting,
    asked: &str,
    (from, to): (Date, Date),
) -> Result<Vec<Statistic>> {
    let reach = who.reach(Action::LegalList);
    let agency = agency(who, Action::LegalList, &reach, asked)?;
    let ask = OpenedAsk {
        kind: "",
        supplier: agency.as_deref(),
        from: begin_of_day(from),
        to: end_of_day(to),
    };
    let mut counted: BTreeMap<(String, String), Statistic> = BTreeMap::new();
    let mut before = (Instant(i64::MAX), CaseId([0xff; 16]));
    let mut seen = 0;
    loop {
        let page = office.store.cases_opened(&ask, before, PAGE).await?;
        let Some(last) = page.last() else { break };
        before = (last.opened_at, last.id);
        seen += page.len();
        if seen > CASES_COUNTED {
            return Err(too_many());
        }
        let own = |card: &&CaseCard| reach.covers(&card.supplier, &card.theme);
        for card in page.iter().filter(own) {
            let kind = kind(office, card)?;
            let key = (card.supplier.clone(), card.kind.clone());
            let one = counted
                .entry(key)
                .or_insert_with(|| Statistic::new(card, kind));
            count(office, one, card, kind)?;
        }
    }
    let mut rows: Vec<Statistic> = counted.into_values().collect();
    for row in &mut rows {
        row.days.sort_unstable();
        row.outcomes
            .sort_by(|one, other| (other.2, &one.0).cmp(&(one.2, &other.0)));
    }
    Ok(rows)
}

/// Cases of one read of the store.
const PAGE: usize = 500;

fn count(office: &Office, one: &mut Statistic, card: &CaseCard, kind: &Kind) -> Result<()> {
    let standing = standing(office, kind, &card.steps)?;
    one.opened += 1;
    one.overdue += u64::from(standing.overdue);
    let missed = |by: &[Party]| {
        let misses = standing.missed.iter();
        misses.filter(|miss| by.contains(&miss.who)).count() as u64
    };
    one.missed += missed(&[Party::Supplier]);
    one.missed_above += missed(&[Party::Centre, Party::Authority]);
    let Some(day) = decided(kind, &card.steps, &standing) else {
        return Ok(());
    };
    let calendar = &office.catalog.calendar;
    let opened = date_of(card.opened_at);
    one.days.push(calendar.working_days_between(opened, day));
    if let Some(state) = kind.state(&outcome(kind, card, &standing.state)) {
        let known = one
            .outcomes
            .iter_mut()
            .find(|(code, ..)| *code == state.code);
        match known {
            Some((.., times)) => *times += 1,
            None => {
                let outcome = (state.code.clone(), state.title.clone(), 1);
                one.outcomes.push(outcome);
            }
        }
    }
    Ok(())
}

/// The state that counts: where it stands, if it was decided so; else, while the decision is reviewed, the
/// last in which it was decided.
fn outcome(kind: &Kind, card: &CaseCard, stands: &str) -> String {
    let is_decided = |code: &str| {
        let state = kind.state(code);
        state.is_some_and(|state| state.settled || state.end)
    };
    if is_decided(stands) {
        return stands.to_owned();
    }
    let moves = card.steps.iter().rev();
    let mut led = moves.filter_map(|step| kind.one_move(&step.what));
    let last = led.find(|one| is_decided(&one.to));
    last.map_or_else(|| stands.to_owned(), |one| one.to.clone())
}

fn too_many() -> Error {
    Error::request(
        format!("这段时间的案件超过 {CASES_COUNTED} 件，不能一次统计。请缩短期间。"),
        format!(
            "The term has more than {CASES_COUNTED} cases, which are not counted at once. Choose a shorter one."
        ),
        format!(
            "В этом периоде больше {CASES_COUNTED} дел, столько сразу не считается. Выберите период короче."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_lies_between_two_where_their_number_is_even() {
        let of = |days: &[u32]| Statistic {
            agency: String::new(),
            kind: String::new(),
            title: Text {
                zh: String::new(),
                en: String::new(),
                ru: String::new(),
            },
            opened: 0,
            outcomes: Vec::new(),
            missed: 0,
            missed_above: 0,
            overdue: 0,
            days: days.to_vec(),
        };
        assert_eq!(of(&[]).median(), None);
        assert_eq!(of(&[4]).median(), Some(40));
        assert_eq!(of(&[2, 5]).median(), Some(35));
        assert_eq!(of(&[1, 2, 9]).median(), Some(20));
    }
}
