//! What a case should be, by somebody who counts on fingers: days one by one, and the table read row by row.
//! It shares nothing with the engine but the table and the calendar's working days. The tests of the
//! workflows use it too.

use credit::calendar::Calendar;
use credit::case::{Kind, Move, Need, Party, Term};
use credit::clock::Span;
use jiff::ToSpan;
use jiff::civil::Date;

/// A small source of numbers: the same seed gives the same walk.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

/// A clock that is counted down, a day at a time.
#[derive(Clone, Debug)]
pub(crate) struct Countdown {
    pub(crate) state: String,
    /// Working days left; calendar terms have their day from the start.
    pub(crate) left: i64,
    pub(crate) due: Option<Date>,
    pub(crate) calendar_term: bool,
}

/// What a case should be, by somebody who counts on fingers.
pub(crate) struct Oracle<'k> {
    pub(crate) kind: &'k Kind,
    pub(crate) calendar: &'k Calendar,
    pub(crate) today: Date,
    pub(crate) clock: Countdown,
    pub(crate) frozen: Option<Countdown>,
    pub(crate) total: Option<Countdown>,
    pub(crate) made: Vec<String>,
    pub(crate) settled: bool,
}

fn start(kind: &Kind, state: &str, on: Date, calendar: &Calendar) -> Countdown {
    let deadline = &kind.state(state).unwrap().deadline;
    let mut clock = Countdown {
        state: state.to_owned(),
        left: 0,
        due: None,
        calendar_term: false,
    };
    match deadline.as_ref().map(|deadline| deadline.term) {
        None => {}
        Some(Term::WorkingDays(days)) => clock.left = days.into(),
        Some(Term::Calendar(span)) => {
            let end = match span {
                Span::Days(days) => on.checked_add(i64::from(days).days()),
                Span::Months(months) => on.checked_add(i64::from(months).months()),
                Span::Years(years) => on.checked_add(i64::from(years).years()),
            };
            let mut end = end.unwrap();
            while !calendar.is_working_day(end) {
                end = end.tomorrow().unwrap();
            }
            clock.due = Some(end);
            clock.calendar_term = true;
        }
    }
    clock
}

fn tick(clock: &mut Countdown, works: bool, today: Date) {
    if clock.due.is_none() && works && clock.left > 0 {
        clock.left -= 1;
        if clock.left == 0 {
            clock.due = Some(today);
        }
    }
}

impl<'k> Oracle<'k> {
    pub(crate) fn open(
        kind: &'k Kind,
        to: &str,
        today: Date,
        calendar: &'k Calendar,
    ) -> Oracle<'k> {
        let total = kind.total.as_ref().map(|total| Countdown {
            state: String::new(),
            left: match total.term {
                Term::WorkingDays(days) => days.into(),
                Term::Calendar(_) => panic!("no shipped total is in calendar days"),
            },
            due: None,
            calendar_term: false,
        });
        Oracle {
            kind,
            calendar,
            today,
            clock: start(kind, to, today, calendar),
            frozen: None,
            total,
            made: Vec::new(),
            settled: false,
        }
    }

    /// The next day comes. A deadline that was the day before may move the case by itself.
    pub(crate) fn next_day(&mut self) {
        let late = self.clock.due == Some(self.today);
        self.today = self.today.tomorrow().unwrap();
        let own = late.then(|| {
            let mut moves = self.kind.moves.iter();
            moves.find(|one| one.by == [Party::Clock] && one.from.contains(&self.clock.state))
        });
        if let Some(one) = own.flatten() {
            self.clock = start(self.kind, &one.to, self.today, self.calendar);
            self.frozen = None;
            return;
        }
        let works = self.calendar.is_working_day(self.today);
        tick(&mut self.clock, works, self.today);
        if let (None, Some(total)) = (&self.frozen, &mut self.total) {
            tick(total, works, self.today);
        }
    }

    pub(crate) fn ended(&self) -> bool {
        self.kind.state(&self.clock.state).unwrap().end
    }

    pub(crate) fn late(&self) -> bool {
        let passed = |clock: &Countdown| clock.due.is_some_and(|due| due < self.today);
        let total = self.frozen.is_none() && !self.ended() && !self.settled;
        passed(&self.clock) || (total && self.total.as_ref().is_some_and(passed))
    }

    /// Whether somebody may do that now, read off the table row by row.
    pub(crate) fn may(&self, one: &Move, by: Party, brings: &[Need], choice: Option<&str>) -> bool {
        let to = self.kind.state(&one.to).unwrap();
        let known = |code: &str| one.choices.iter().any(|choice| choice.code == code);
        one.from.contains(&self.clock.state)
            && by != Party::Clock
            && one.by.contains(&by)
            && (!one.resumes || self.frozen.as_ref().is_some_and(|it| it.state == one.to))
            && (!one.late || self.late())
            && !((to.paused || one.extends.is_some()) && self.late())
            && !(one.once && self.made.contains(&one.code))
            && one.needs.iter().all(|need| brings.contains(need))
            && match choice {
                None => one.choices.is_empty(),
                Some(code) => known(code),
            }
    }

    pub(crate) fn make(&mut self, one: &Move) {
        self.made.push(one.code.clone());
        if let Some(days) = one.extends {
            self.clock.left += i64::from(days);
            self.clock.due = None;
            return;
        }
        if one.resumes {
            let mut before = self.frozen.take().unwrap();
            // Where it was the last day, the clock stood on it and goes on from the last working day.
            let mut day = self.today;
            while !self.calendar.is_working_day(day) {
                day = day.yesterday().unwrap();
            }
            let total = self.total.iter_mut();
            for clock in total.chain([&mut before]).filter(|one| !one.calendar_term) {
                clock.due = clock.due.map(|due| due.max(day));
            }
            self.clock = before;
            return;
        }
        self.settled |= self.kind.state(&one.to).unwrap().settled;
        let next = start(self.kind, &one.to, self.today, self.calendar);
        let before = std::mem::replace(&mut self.clock, next);
        let paused = self.kind.state(&one.to).unwrap().paused;
        self.frozen = paused.then_some(before);
    }

    /// The last day, counted on from today.
    pub(crate) fn due(&self) -> Option<Date> {
        let clock = &self.clock;
        if clock.due.is_some() || self.ended() {
            return clock.due;
        }
        let (mut day, mut left) = (self.today, clock.left);
        while left > 0 {
            day = day.tomorrow().unwrap();
            left -= i64::from(self.calendar.is_working_day(day));
        }
        Some(day)
    }
}
