//! Whether a move is lawful. Every door asks here, and nothing else decides.

use super::standing::Play;
use super::{Kind, Move, Need, Party, Standing, Step};
use crate::calendar::Calendar;
use crate::lang::Lang;
use crate::limits::CASE_STEPS;
use jiff::civil::Date;

/// What somebody brings for a move. The engine asks whether it is there; whether a version is what it
/// is said to be, the store tells in the transaction that writes the move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said<'a> {
    /// Code of the ground or reason that was chosen.
    pub choice: Option<&'a str>,
    /// Kinds of what is brought.
    pub brings: &'a [Need],
}

/// A lawful move and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied<'k> {
    /// The row of the table.
    pub one: &'k Move,
    /// The step that is to be written.
    pub step: Step,
    /// Where the case stands then.
    pub then: Standing<'k>,
}

/// Why a move is not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The table has no such move.
    #[error("the table has no such move")]
    Unknown,
    /// It does not lead from where the case stands.
    #[error("the move does not lead from where the case stands")]
    NotFromHere,
    /// The case is over.
    #[error("the case is over")]
    Over,
    /// Another has to make it.
    #[error("the move is another party's")]
    NotYours,
    /// It is made only once the deadline has passed.
    #[error("the deadline has not passed yet")]
    Early,
    /// A deadline that has passed is not put off and does not stand still.
    #[error("the deadline has passed")]
    Late,
    /// It was made already, and is made once.
    #[error("the move is made once in a case")]
    Twice,
    /// Something is missing.
    #[error("the move needs more: {}", .0.code())]
    Missing(Need),
    /// None of the grounds or reasons of the table was named.
    #[error("none of the reasons of the table was chosen")]
    Choice,
    /// The last move was made on a later day.
    #[error("the last move was made on a later day")]
    Backdated,
    /// The case has as many moves as one may have.
    #[error("the case has {CASE_STEPS} moves already")]
    Full,
    /// What is on file does not follow from the table.
    #[error("the moves on file do not follow from the table")]
    Broken,
}

impl Refusal {
    /// What whoever tried is told, and how to go on.
    #[must_use]
    pub fn text(self, lang: Lang) -> String {
        if let Refusal::Missing(need) = self {
            let need = need.title(lang);
            return match lang {
                Lang::Zh => format!("还缺少：{need}。请补充后再提交。"),
                Lang::En => format!("Still missing: {need}. Add it and send again."),
                Lang::Ru => format!("Не хватает: {need}. Добавьте и отправьте снова."),
            };
        }
        let texts = match self {
            Refusal::Unknown | Refusal::NotFromHere => [
                "案件目前的状态不允许这一步。请刷新页面，查看可以办理的事项。",
                "The case does not allow this step where it stands. Load the page again to see what can be done.",
                "На этой стадии такого шага нет. Обновите страницу, чтобы увидеть возможные действия.",
            ],
            Refusal::Over => [
                "案件已经办结，不能再办理。如有新的理由，请另行提出。",
                "The case is over. If there are new grounds, open another.",
                "Дело завершено. При новых основаниях откройте другое.",
            ],
            Refusal::NotYours => [
                "这一步应由另一方办理。",
                "This step is another party's.",
                "Этот шаг делает другая сторона.",
            ],
            Refusal::Early => [
                "期限尚未届满，届满后方可办理这一步。",
                "The deadline has not passed yet; this step is for after it.",
                "Срок ещё не истёк; этот шаг возможен после него.",
            ],
            Refusal::Late => [
                "期限已过，不能再中止或者延长。",
                "The deadline has passed; it can no longer be paused or put off.",
                "Срок истёк; его нельзя приостановить или продлить.",
            ],
            Refusal::Twice => [
                "这一步在一个案件中只能办理一次。",
                "This step is made once in a case.",
                "Этот шаг делается в деле один раз.",
            ],
            Refusal::Choice => [
                "请从列出的理由中选择一项。",
                "Choose one of the reasons that are listed.",
                "Выберите одно из перечисленных оснований.",
            ],
            Refusal::Backdated | Refusal::Full | Refusal::Broken | Refusal::Missing(_) => [
                "案件记录不允许这一步，请联系信用中心。",
                "The record of the case does not allow this step; ask the credit centre.",
                "Запись дела не допускает этого шага; обратитесь в кредитный центр.",
            ],
        };
        let [zh, en, ru] = texts;
        let text = match lang {
            Lang::Zh => zh,
            Lang::En => en,
            Lang::Ru => ru,
        };
        text.to_owned()
    }
}

impl Kind {
    /// Makes a move on a case, or says why not. No moves yet: the move opens the case.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn apply(
        &self,
        steps: &[Step],
        what: &str,
        by: Party,
        said: &Said<'_>,
        today: Date,
        calendar: &Calendar,
    ) -> Result<Applied<'_>, Refusal> {
        let one = self.one_move(what).ok_or(Refusal::Unknown)?;
        if steps.len() >= CASE_STEPS {
            return Err(Refusal::Full);
        }
        let mut play = match steps.last() {
            None => self.opening(one, by, today, calendar)?,
            Some(last) if today < last.on => return Err(Refusal::Backdated),
            Some(_) => self.next(one, (steps, by), today, calendar)?,
        };
        if one.once && steps.iter().any(|step| step.what == one.code) {
            return Err(Refusal::Twice);
        }
        brought(one, said)?;
        if !steps.is_empty() {
            play.step(one, today).ok_or(Refusal::Broken)?;
        }
        let seq = steps.last().map_or(0, |last| last.seq) + 1;
        Ok(Applied {
            one,
            step: Step {
                seq,
                what: one.code.clone(),
                by,
                on: today,
            },
            then: play.standing(today),
        })
    }

    /// The moves that a party may make on a day, whatever they need.
    #[must_use]
    pub fn open_moves(
        &self,
        steps: &[Step],
        by: Party,
        today: Date,
        calendar: &Calendar,
    ) -> Vec<&Move> {
        let lawful = |one: &&Move| {
            let twice = one.once && steps.iter().any(|step| step.what == one.code);
            !twice && self.next(one, (steps, by), today, calendar).is_ok()
        };
        self.moves.iter().filter(lawful).collect()
    }

    fn opening<'k, 'c>(
        &'k self,
        one: &Move,
        by: Party,
        today: Date,
        calendar: &'c Calendar,
    ) -> Result<Play<'k, 'c>, Refusal> {
        if !one.opens() {
            return Err(Refusal::NotFromHere);
        }
        if !one.by.contains(&by) {
            return Err(Refusal::NotYours);
        }
        Play::open(self, one, today, calendar).ok_or(Refusal::Broken)
    }

    fn next<'k, 'c>(
        &'k self,
        one: &Move,
        (steps, by): (&[Step], Party),
        today: Date,
        calendar: &'c Calendar,
    ) -> Result<Play<'k, 'c>, Refusal> {
        let mut play = Play::of(self, steps, today, calendar).map_err(|_| Refusal::Broken)?;
        play.roll(today);
        if !play.is_from(one) {
            // An end is left only where the table says so: a repair is revoked for a false statement.
            let over = play.state().end;
            return Err(if over {
                Refusal::Over
            } else {
                Refusal::NotFromHere
            });
        }
        // What a deadline does is computed and never written.
        if by == Party::Clock || !one.by.contains(&by) {
            return Err(Refusal::NotYours);
        }
        let late = play.is_late(today);
        if one.late && !late {
            return Err(Refusal::Early);
        }
        let slows = one.extends.is_some() || self.state(&one.to).is_some_and(|to| to.paused);
        if slows && late {
            return Err(Refusal::Late);
        }
        Ok(play)
    }
}

/// Whether everything is there that a move needs.
fn brought(one: &Move, said: &Said<'_>) -> Result<(), Refusal> {
    let chosen = |code| one.choices.iter().any(|choice| choice.code == code);
    match said.choice {
        Some(code) if !chosen(code) => return Err(Refusal::Choice),
        None if !one.choices.is_empty() => return Err(Refusal::Choice),
        _ => {}
    }
    match one.needs.iter().find(|need| !said.brings.contains(need)) {
        Some(need) => Err(Refusal::Missing(*need)),
        None => Ok(()),
    }
}
