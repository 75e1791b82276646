//! What a table of a case may not be: a place that nothing leads to or from, a step that nobody makes or
//! that no law asks for, somebody who waits for ever, a decision against the subject without reasons or
//! remedy, a deadline that decides.

mod heard;

use super::super::finding::{Desk, Refusal};
use super::super::model::Layer;
use super::super::raw::{At, RawCaseKind};
use super::super::refusals;
use super::Rank;
use crate::case::{Kind, Move, Need, Party, State, Term};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Checks one kind by itself.
pub(in super::super) fn kind(desk: &mut Desk<'_>, raw: &RawCaseKind, kind: &Kind) {
    let mut check = Check { desk, raw, kind };
    check.basis();
    for one in &kind.moves {
        check.names(one);
        check.actor(one);
        check.remedy(one);
        check.pause(one);
        if one.by.contains(&Party::Clock) {
            check.clock(one);
        }
    }
    for state in &kind.states {
        check.deadline(state);
    }
    check.ways();
    check.heard();
}

/// Two editions of one kind in one place may not be in force on the same day, nor carry one version.
pub(in super::super) fn editions(
    desk: &mut Desk<'_>,
    raw: &RawCaseKind,
    kind: &Kind,
    known: &[Arc<Kind>],
) {
    for other in known.iter().filter(|one| one.code == kind.code) {
        if other.version == kind.version {
            let text = [kind.version.as_str()];
            desk.refuse(raw.version.span(), &refusals::DUPLICATE, &text);
        }
        let apart = kind.valid_to.is_some_and(|end| end < other.valid_from)
            || other.valid_to.is_some_and(|end| end < kind.valid_from);
        if other.jurisdiction == kind.jurisdiction && !apart {
            let text = [other.version.as_str(), "cases/"];
            desk.refuse(raw.valid_from.span(), &refusals::OVERLAP, &text);
        }
    }
}

struct Check<'c, 'd> {
    desk: &'c mut Desk<'d>,
    raw: &'c RawCaseKind,
    kind: &'c Kind,
}

impl Check<'_, '_> {
    /// The line of a state or move in this file; of what another edition wrote, the line that names it.
    fn line(&self, code: &str, moves: bool) -> Range<usize> {
        let is = |one: &&At<String>| one.get_ref() == code;
        let mut states = self.raw.states.iter().map(|one| &one.get_ref().code);
        let mut own = self.raw.moves.iter().map(|one| &one.get_ref().code);
        let found = if moves { own.find(is) } else { states.find(is) };
        let like = self.raw.like.as_ref().unwrap_or(&self.raw.code);
        found.unwrap_or(like).span()
    }

    fn refuse_move(&mut self, refusal: &Refusal, one: &Move) {
        let at = self.line(&one.code, true);
        self.desk.refuse(at, refusal, &[&one.code]);
    }

    fn refuse_state(&mut self, refusal: &Refusal, state: &State) {
        let at = self.line(&state.code, false);
        self.desk.refuse(at, refusal, &[&state.code]);
    }

    /// A kind rests on law; below the nation on a local regulation.
    fn basis(&mut self) {
        let mut bases = self.kind.bases.iter();
        if !bases.any(|basis| basis.rank != Rank::Standard) {
            let at = self.raw.code.span();
            self.desk.refuse(at, &refusals::NO_BASIS, &[]);
        }
        let mut bases = self.kind.bases.iter();
        let local = bases.any(|basis| basis.rank == Rank::LocalRegulation);
        if self.kind.layer != Layer::National && !local {
            let at = self.raw.layer.span();
            self.desk.refuse(at, &refusals::LAYER_BASIS, &[]);
        }
    }

    /// Every state that a move names is in the table.
    fn names(&mut self, one: &Move) {
        for code in one.from.iter().chain([&one.to]) {
            if self.kind.state(code).is_none() {
                let at = self.line(&one.code, true);
                self.desk.refuse(at, &refusals::CASE_UNKNOWN, &[code]);
            }
        }
    }

    fn actor(&mut self, one: &Move) {
        let clock = one.by.contains(&Party::Clock);
        if one.by.is_empty() || (one.opens() && clock) {
            self.refuse_move(&refusals::CASE_ACTOR, one);
        }
    }

    /// Rights 12: reasons and a remedy with whatever is against the subject.
    fn remedy(&mut self, one: &Move) {
        let adverse = self.kind.state(&one.to).is_some_and(|to| to.adverse);
        let told = one.remedy.is_some() && one.needs(Need::Reason);
        let clock = one.by.contains(&Party::Clock);
        if adverse && !clock && !told {
            self.refuse_move(&refusals::CASE_REMEDY, one);
        }
    }

    /// A deadline makes a move alone, needs one to pass, and decides nothing against the subject.
    fn clock(&mut self, one: &Move) {
        let adverse = self.kind.state(&one.to).is_some_and(|to| to.adverse);
        let mut states = one.from.iter().filter_map(|code| self.kind.state(code));
        let timed = states.all(|state| state.deadline.is_some());
        let alone = |code: &String| {
            let mut others = self.kind.moves.iter();
            !others.any(|other| {
                let same = other.code != one.code && other.by.contains(&Party::Clock);
                same && other.from.contains(code)
            })
        };
        let bare = one.needs.is_empty()
            && one.choices.is_empty()
            && one.extends.is_none()
            && one.receivers.is_none()
            && !one.resumes
            && !one.late;
        if one.by != [Party::Clock] || adverse || !timed || !bare || !one.from.iter().all(alone) {
            self.refuse_move(&refusals::CASE_CLOCK, one);
        }
    }

    /// R22: reasons to pause are limited, and a pause ends where it began.
    fn pause(&mut self, one: &Move) {
        let stays = one.from.iter().all(|from| *from == one.to);
        let put_off = one
            .extends
            .is_none_or(|days| days > 0 && stays && !one.opens());
        let to = self.kind.state(&one.to).filter(|to| to.paused);
        let back = |from: &String| {
            let mut moves = self.kind.moves.iter();
            moves.any(|other| other.resumes && other.from.contains(&one.to) && other.to == *from)
        };
        let paused = to.is_none() || (!one.choices.is_empty() && one.from.iter().all(back));
        let mut from = one.from.iter().filter_map(|code| self.kind.state(code));
        let resumed = !one.resumes || (!one.opens() && from.all(|state| state.paused));
        let told = one.receivers.is_none_or(|days| days > 0 && !one.opens());
        if !put_off || !paused || !resumed || !told {
            self.refuse_move(&refusals::CASE_PAUSE, one);
        }
    }

    /// Nobody waits for ever, and a case that is over waits for nobody.
    fn deadline(&mut self, state: &State) {
        let sound = match &state.deadline {
            None => state.end,
            Some(deadline) => !state.end && deadline.term != Term::WorkingDays(0),
        };
        if !sound {
            self.refuse_state(&refusals::CASE_DEADLINE, state);
        }
    }

    /// Every state is reached, and from every state an end is.
    fn ways(&mut self) {
        let kind = self.kind;
        let opening = kind.moves.iter().filter(|one| one.opens());
        let mut reached: BTreeSet<&str> = opening.map(|one| one.to.as_str()).collect();
        let ends = kind.states.iter().filter(|state| state.end);
        let mut ending: BTreeSet<&str> = ends.map(|state| state.code.as_str()).collect();
        // Each round adds a state or is the last.
        for _ in 0..kind.states.len() {
            for one in &kind.moves {
                let from = one.from.iter().map(String::as_str);
                if from.clone().any(|code| reached.contains(code)) {
                    reached.insert(&one.to);
                }
                if ending.contains(one.to.as_str()) {
                    ending.extend(from);
                }
            }
        }
        if reached.is_empty() {
            let at = self.raw.code.span();
            self.desk.refuse(at, &refusals::CASE_ACTOR, &["from = []"]);
        }
        for state in &kind.states {
            if !reached.contains(state.code.as_str()) {
                self.refuse_state(&refusals::CASE_UNREACHED, state);
            }
            if !ending.contains(state.code.as_str()) {
                self.refuse_state(&refusals::CASE_ENDLESS, state);
            }
        }
    }
}
