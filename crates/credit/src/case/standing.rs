//! Where a case stands on a day: the moves are played again over the table. Deadlines that passed are
//! found here, and so are the moves that a deadline makes by itself.

use super::{Deadline, Effect, Kind, Move, Party, State, Step, Term};
use crate::calendar::Calendar;
use crate::clock::end_of;
use jiff::ToSpan;
use jiff::civil::Date;

/// A deadline that was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Who had to act.
    pub who: Party,
    /// Code of the state; empty for the deadline of the whole case.
    pub state: String,
    /// The last day.
    pub due: Date,
    /// The day on which it was done after all; none while it is not.
    pub done: Option<Date>,
}

/// Where a case stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<'k> {
    /// The state.
    pub state: &'k State,
    /// Since when.
    pub since: Date,
    /// The last day for whoever has the next move; none at an end.
    pub due: Option<Date>,
    /// The day from which on it is warned of.
    pub warn_on: Option<Date>,
    /// The last day of the whole case, where a law names one; none at an end.
    pub due_in_all: Option<Date>,
    /// Who has the next move.
    pub who: Option<Party>,
    /// Deadlines that were not kept, oldest first.
    pub missed: Vec<Miss>,
}

impl Standing<'_> {
    /// Whether the case is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.state.end
    }

    /// Whether a deadline has passed and nobody acted since.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.missed.iter().any(|miss| miss.done.is_none())
    }

    /// Whether the clock stands still.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.state.paused
    }

    /// What the case does to its fact.
    #[must_use]
    pub fn effects(&self) -> &[Effect] {
        &self.state.effects
    }

    /// The earlier of the two last days.
    #[must_use]
    pub fn next_due(&self) -> Option<Date> {
        self.due.into_iter().chain(self.due_in_all).min()
    }
}

/// Moves that the table does not lead through: it was changed under the case, or the rows were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("move {seq} of the case does not follow from its table")]
pub struct Broken {
    /// Number of the move; 0 for a case without any.
    pub seq: u32,
}

/// The clock of the state in which a case is.
#[derive(Clone)]
struct Clock<'k> {
    state: &'k State,
    entered: Date,
    /// Working days and calendar days for which it stood still.
    stood: (u32, i32),
    /// Working days by which it was put off.
    extended: u16,
}

/// A case while its moves are played.
pub(super) struct Play<'k, 'c> {
    kind: &'k Kind,
    calendar: &'c Calendar,
    clock: Clock<'k>,
    /// The clock that stands still, and since when.
    frozen: Option<(Clock<'k>, Date)>,
    opened: Date,
    /// Working and calendar days for which the whole case stood still.
    stood: (u32, i32),
    /// It was decided once.
    settled: bool,
    missed: Vec<Miss>,
}

impl Kind {
    /// Where a case stands on a day; moves of later days are not looked at.
    ///
    /// # Errors
    /// [`Broken`] where the table does not lead through the moves.
    pub fn standing(
        &self,
        steps: &[Step],
        today: Date,
        calendar: &Calendar,
    ) -> Result<Standing<'_>, Broken> {
        let mut play = Play::of(self, steps, today, calendar)?;
        play.roll(today);
        Ok(play.standing(today))
    }
}

impl<'k, 'c> Play<'k, 'c> {
    /// Plays the moves up to a day.
    pub(super) fn of(
        kind: &'k Kind,
        steps: &[Step],
        today: Date,
        calendar: &'c Calendar,
    ) -> Result<Play<'k, 'c>, Broken> {
        let mut seen = steps.iter().filter(|step| step.on <= today);
        let first = seen.next().ok_or(Broken { seq: 0 })?;
        let opening = kind.one_move(&first.what);
        let opening = opening.filter(|one| one.opens() && one.by.contains(&first.by));
        let play = opening.and_then(|one| Play::open(kind, one, first.on, calendar));
        let mut play = play.ok_or(Broken { seq: first.seq })?;
        let mut last = first;
        for step in seen {
            let broken = Broken { seq: step.seq };
            if step.on < last.on || step.seq != last.seq + 1 {
                return Err(broken);
            }
            play.roll(step.on);
            let one = kind.one_move(&step.what).ok_or(broken)?;
            if !play.is_from(one) || !one.by.contains(&step.by) {
                return Err(broken);
            }
            play.step(one, step.on).ok_or(broken)?;
            last = step;
        }
        Ok(play)
    }

    /// A case that was just opened.
    pub(super) fn open(
        kind: &'k Kind,
        opening: &Move,
        on: Date,
        calendar: &'c Calendar,
    ) -> Option<Play<'k, 'c>> {
        Some(Play {
            kind,
            calendar,
            clock: Clock::new(kind.state(&opening.to)?, on),
            frozen: None,
            opened: on,
            stood: (0, 0),
            settled: false,
            missed: Vec::new(),
        })
    }

    /// The state.
    pub(super) fn state(&self) -> &'k State {
        self.clock.state
    }

    /// Whether the table has a move from where the case stands.
    pub(super) fn is_from(&self, one: &Move) -> bool {
        let from = one.from.contains(&self.clock.state.code);
        let back = self.frozen.as_ref().map(|(clock, _)| &clock.state.code);
        from && (!one.resumes || back == Some(&one.to))
    }

    /// Whether the deadline of the state, or of the case, has passed on a day.
    pub(super) fn is_late(&self, today: Date) -> bool {
        let in_all = self.due_in_all().is_some_and(|due| due < today);
        in_all || self.due().is_some_and(|due| due < today)
    }

    /// Makes a move on a day. `None` where the table does not name the state that it leads to.
    pub(super) fn step(&mut self, one: &Move, on: Date) -> Option<()> {
        let to = self.kind.state(&one.to)?;
        if let Some(days) = one.extends {
            self.clock.extended = self.clock.extended.saturating_add(days);
            return Some(());
        }
        self.leave(to, on, false);
        if one.resumes {
            let (mut clock, since) = self.frozen.take()?;
            let stood = stood(self.calendar, since, on);
            clock.stood = add(clock.stood, stood);
            self.stood = add(self.stood, stood);
            self.clock = clock;
            return Some(());
        }
        let next = Clock::new(to, on);
        let before = std::mem::replace(&mut self.clock, next);
        if to.paused {
            self.frozen = Some((before, on));
        } else if let Some((_, since)) = self.frozen.take() {
            self.stood = add(self.stood, stood(self.calendar, since, on));
        }
        Some(())
    }

    /// Lets deadlines that passed before a day make the moves that the table gives them. Each leads from
    /// one state to another; there are no more than states.
    pub(super) fn roll(&mut self, today: Date) {
        let kind = self.kind;
        for _ in 0..kind.states.len() {
            let Some(due) = self.due().filter(|due| *due < today) else {
                return;
            };
            let here = &self.clock.state.code;
            let mut moves = kind.moves.iter();
            let found = moves.find(|one| one.by == [Party::Clock] && one.from.contains(here));
            let Some(to) = found.and_then(|one| kind.state(&one.to)) else {
                return;
            };
            let on = due.tomorrow().unwrap_or(due);
            self.leave(to, on, true);
            self.clock = Clock::new(to, on);
            if let Some((_, since)) = self.frozen.take() {
                self.stood = add(self.stood, stood(self.calendar, since, on));
            }
        }
    }

    /// Notes what was missed by whoever leaves a state for another on a day. A subject that lets a term pass,
    /// after which the table itself goes on (`lapsed`), made no use of a right and missed nothing.
    fn leave(&mut self, to: &State, on: Date, lapsed: bool) {
        let here = self.clock.state;
        let own = here.deadline.as_ref().map(|one| (one.who, &*here.code));
        let total = self.kind.total.as_ref().filter(|_| to.end || to.settled);
        let own = own.filter(|(who, _)| !(lapsed && *who == Party::Subject));
        let own = own.zip(self.due());
        let total = total.map(|one| (one.who, "")).zip(self.due_in_all());
        self.settled |= to.settled;
        for ((who, state), due) in own.into_iter().chain(total) {
            if due < on {
                self.missed.push(Miss {
                    who,
                    state: state.to_owned(),
                    due,
                    done: Some(on),
                });
            }
        }
    }

    fn due(&self) -> Option<Date> {
        let deadline = self.clock.state.deadline.as_ref()?;
        let clock = &self.clock;
        let from = (clock.entered, clock.stood, clock.extended);
        Some(last_day(deadline, from, self.calendar))
    }

    fn due_in_all(&self) -> Option<Date> {
        let total = self.kind.total.as_ref()?;
        let open = !self.clock.state.end && !self.settled && self.frozen.is_none();
        open.then(|| last_day(total, (self.opened, self.stood, 0), self.calendar))
    }

    /// Where it stands on a day.
    pub(super) fn standing(mut self, today: Date) -> Standing<'k> {
        let deadline = self.clock.state.deadline.as_ref();
        let (due, due_in_all) = (self.due(), self.due_in_all());
        if let (Some(deadline), Some(due)) = (deadline, due)
            && due < today
        {
            self.missed.push(Miss {
                who: deadline.who,
                state: self.clock.state.code.clone(),
                due,
                done: None,
            });
        }
        if let (Some(total), Some(due)) = (&self.kind.total, due_in_all)
            && due < today
        {
            self.missed.push(Miss {
                who: total.who,
                state: String::new(),
                due,
                done: None,
            });
        }
        let warn = |deadline: &Deadline, due| self.calendar.working_days_before(due, deadline.warn);
        Standing {
            state: self.clock.state,
            since: self.clock.entered,
            due,
            warn_on: deadline.zip(due).map(|(deadline, due)| warn(deadline, due)),
            due_in_all,
            who: deadline.map(|deadline| deadline.who),
            missed: self.missed,
        }
    }
}

impl<'k> Clock<'k> {
    fn new(state: &'k State, entered: Date) -> Clock<'k> {
        Clock {
            state,
            entered,
            stood: (0, 0),
            extended: 0,
        }
    }
}

/// The last day of a deadline that began on a day, stood still for a while and was put off.
fn last_day(
    deadline: &Deadline,
    (from, stood, extended): (Date, (u32, i32), u16),
    calendar: &Calendar,
) -> Date {
    let put_off = |day, days| calendar.add_working_days(day, days);
    match deadline.term {
        Term::WorkingDays(days) => {
            let stood = u16::try_from(stood.0).unwrap_or(u16::MAX);
            put_off(from, days.saturating_add(stood).saturating_add(extended))
        }
        Term::Calendar(span) => {
            let end = end_of(from, span).saturating_add(stood.1.days());
            put_off(calendar.working_day_from(end), extended)
        }
    }
}

/// Working days and calendar days from one day to another.
fn stood(calendar: &Calendar, since: Date, on: Date) -> (u32, i32) {
    let days = since.until(on).map_or(0, |span| span.get_days());
    (calendar.working_days_between(since, on), days)
}

fn add(one: (u32, i32), other: (u32, i32)) -> (u32, i32) {
    (one.0.saturating_add(other.0), one.1.saturating_add(other.1))
}
