//! `cases/*.toml`: a table of states and moves, or what differs from another edition's.

use super::super::finding::Desk;
use super::super::model::{Class, Layer};
use super::super::raw::{
    At, RawCaseDeadline, RawCaseKind, RawCaseMove, RawCaseState, RawChoice, RawKept,
};
use super::super::{load, refusals, words};
use super::Build;
use crate::case::{Choice, Deadline, Effect, Kept, Kind, Move, Need, Party, State, Term};
use crate::clock::Span;

/// Builds a kind. States and moves that it does not write itself are those of `like`.
pub(in super::super) fn kind(
    desk: &mut Desk<'_>,
    raw: &RawCaseKind,
    like: Option<&Kind>,
) -> Option<Kind> {
    let mut build = Build { desk, codes: &[] };
    let mut states = like.map_or_else(Vec::new, |like| like.states.clone());
    let mut moves = like.map_or_else(Vec::new, |like| like.moves.clone());
    let (of_states, of_moves) = (states.len(), moves.len());
    let mut replaced: Vec<&str> = Vec::new();
    for one in &raw.states {
        let one = build.state(one.get_ref());
        match states
            .iter_mut()
            .take(of_states)
            .find(|it| it.code == one.code)
        {
            Some(slot) => *slot = one,
            None => states.push(one),
        }
    }
    for one in &raw.moves {
        let one = build.one_move(one.get_ref());
        match moves
            .iter_mut()
            .take(of_moves)
            .find(|it| it.code == one.code)
        {
            Some(slot) => *slot = one,
            None => moves.push(one),
        }
    }
    let codes = raw.states.iter().map(|one| &one.get_ref().code);
    build.once(codes, &mut replaced);
    replaced.clear();
    let codes = raw.moves.iter().map(|one| &one.get_ref().code);
    build.once(codes, &mut replaced);
    for note in &raw.unverified {
        let text = [note.get_ref().as_str()];
        build.desk.warn(note.span(), &refusals::UNVERIFIED, &text);
    }
    let content = build.desk.content();
    let before = like.map_or("", |like| &like.digest);
    Some(Kind {
        code: build.slug(&raw.code),
        version: build.slug(&raw.version),
        valid_from: build.date(&raw.valid_from)?,
        valid_to: raw.valid_to.as_ref().and_then(|day| build.date(day)),
        jurisdiction: raw.jurisdiction.get_ref().clone(),
        layer: build
            .choice(words::LAYERS, &raw.layer)
            .unwrap_or(Layer::National),
        title: build.text(&raw.title),
        about: build.text(&raw.about),
        bases: build.bases(&raw.basis),
        unverified: super::plain(&raw.unverified),
        of: build.classes(&raw.of, like.map(|like| &like.of)),
        makes: build.classes(&raw.makes, like.map(|like| &like.makes)),
        kept: raw.kept.as_ref().map(kept).or_else(|| like?.kept.clone()),
        total: raw.total.as_ref().map(|one| build.deadline(one)),
        states,
        moves,
        digest: load::digest([content, before]),
    })
}

fn kept(raw: &RawKept) -> Kept {
    Kept {
        item: raw.item.clone(),
        values: raw.values.clone(),
    }
}

impl Build<'_, '_> {
    /// Refuses what one file writes twice.
    fn once<'r>(&mut self, codes: impl Iterator<Item = &'r At<String>>, met: &mut Vec<&'r str>) {
        for code in codes {
            if met.contains(&code.get_ref().as_str()) {
                let text = [code.get_ref().as_str()];
                self.desk.refuse(code.span(), &refusals::DUPLICATE, &text);
            }
            met.push(code.get_ref());
        }
    }

    /// Classes of themes; where the file names none, those of the edition that it is like.
    fn classes(&mut self, raw: &[At<String>], like: Option<&Vec<Class>>) -> Vec<Class> {
        if raw.is_empty() {
            return like.cloned().unwrap_or_default();
        }
        let each = raw
            .iter()
            .filter_map(|word| self.choice(words::CLASSES, word));
        each.collect()
    }

    fn state(&mut self, raw: &RawCaseState) -> State {
        State {
            code: self.slug(&raw.code),
            title: self.text(&raw.title),
            end: raw.end,
            paused: raw.paused,
            adverse: raw.adverse,
            settled: raw.settled,
            admits: raw.admits,
            effects: self.each(
                &raw.effects,
                Effect::parse,
                &codes(Effect::ALL, Effect::code),
            ),
            deadline: raw.deadline.as_ref().map(|one| self.deadline(one)),
        }
    }

    fn one_move(&mut self, raw: &RawCaseMove) -> Move {
        let parties = codes(Party::ALL, Party::code);
        self.basis_of(&raw.code, &raw.basis, raw.verified);
        Move {
            code: self.slug(&raw.code),
            title: self.text(&raw.title),
            from: super::plain(&raw.from),
            to: raw.to.get_ref().clone(),
            by: self.each(&raw.by, Party::parse, &parties),
            needs: self.each(&raw.needs, Need::parse, &codes(Need::ALL, Need::code)),
            choices: raw.choices.iter().map(|one| self.named(one)).collect(),
            once: raw.once,
            late: raw.late,
            resumes: raw.resumes,
            extends: raw.extends,
            receivers: raw.receivers_working_days,
            bars: raw.bars.as_ref().and_then(|term| self.span(term)),
            differs: self.items(&raw.differs),
            told: self.each(&raw.told, Party::parse, &parties),
            remedy: raw.remedy.as_ref().map(|text| self.text(text)),
            letter: raw.letter.as_ref().map(|text| self.text(text)),
            basis: raw.basis.clone(),
            verified: raw.verified,
        }
    }

    /// Items by theme and code.
    fn items(&mut self, raw: &[At<String>]) -> Vec<String> {
        for item in raw {
            let whole = item.get_ref().split_once('/');
            if whole.is_none_or(|(theme, code)| theme.is_empty() || code.is_empty()) {
                let text = [item.get_ref().as_str(), "penalty/CF_JDRQ"];
                self.desk.refuse(item.span(), &refusals::CHOICE, &text);
            }
        }
        super::plain(raw)
    }

    fn named(&mut self, raw: &At<RawChoice>) -> Choice {
        let raw = raw.get_ref();
        Choice {
            code: self.slug(&raw.code),
            title: self.text(&raw.title),
        }
    }

    fn deadline(&mut self, raw: &At<RawCaseDeadline>) -> Deadline {
        let own = raw.get_ref();
        self.basis_of(&own.who, &own.basis, own.verified);
        let days = own.working_days.map(Term::WorkingDays);
        let term = own.term.as_ref().and_then(|term| self.span(term));
        let term = match (days, term.map(Term::Calendar)) {
            (Some(term), None) | (None, Some(term)) => term,
            _ => {
                let reason = ["deadline", "working_days | term"];
                self.desk.refuse(raw.span(), &refusals::SENSE, &reason);
                Term::Calendar(Span::Days(1))
            }
        };
        let who = self.each(
            std::slice::from_ref(&own.who),
            Party::parse,
            &codes(Party::ALL, Party::code),
        );
        Deadline {
            who: who.first().copied().unwrap_or(Party::Centre),
            term,
            warn: own.warn,
            basis: own.basis.clone(),
            verified: own.verified,
        }
    }

    /// A basis is named, and what was not read in a source is said.
    fn basis_of(&mut self, at: &At<String>, basis: &str, verified: bool) {
        if basis.trim().is_empty() {
            let text = [at.get_ref().as_str()];
            self.desk.refuse(at.span(), &refusals::CASE_BASIS, &text);
        } else if !verified {
            self.desk.warn(at.span(), &refusals::UNVERIFIED, &[basis]);
        }
    }

    fn each<T>(
        &mut self,
        words: &[At<String>],
        parse: fn(&str) -> Option<T>,
        known: &str,
    ) -> Vec<T> {
        let mut read = Vec::with_capacity(words.len());
        for word in words {
            match parse(word.get_ref()) {
                Some(meaning) => read.push(meaning),
                None => {
                    let text = [word.get_ref().as_str(), known];
                    self.desk.refuse(word.span(), &refusals::CHOICE, &text);
                }
            }
        }
        read
    }
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    let list: Vec<&str> = all.iter().map(|one| code(*one)).collect();
    list.join(", ")
}
