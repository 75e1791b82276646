//! R12, R13, rights 8: a table by which somebody is put on a list, or a promise is called broken, has every step
//! of it, and no way around one. Asked of the table itself, so that no edition and no city can leave a step out.

use super::super::super::model::Class;
use super::super::super::refusals;
use super::Check;
use crate::case::{Kind, Move, Need, Party};
use std::collections::BTreeSet;

/// A step without which nobody is listed.
type Step = (&'static str, fn(&Kind, &Move) -> bool);

const STEPS: [Step; 4] = [
    (
        "prior notice with its service (needs document, service), before the subject's term",
        |kind, one| {
            let heard = |code: &str| is_turn(kind, code, Party::Subject);
            one.needs(Need::Document) && one.needs(Need::Service) && heard(&one.to)
        },
    ),
    ("the end of the subject's term (by clock)", |kind, one| {
        let mut from = one.from.iter();
        one.by == [Party::Clock] && from.all(|code| is_turn(kind, code, Party::Subject))
    }),
    (
        "the decision (needs reason, document, contents, head)",
        |kind, one| {
            let whole = [Need::Reason, Need::Document, Need::Contents, Need::Head];
            let adverse = kind.state(&one.to).is_some_and(|to| to.adverse);
            adverse && one.by == [Party::Supplier] && whole.iter().all(|need| one.needs(*need))
        },
    ),
    (
        "the service of the decision (needs service)",
        |kind, one| {
            let decided = |code: &String| kind.state(code).is_some_and(|from| from.adverse);
            one.needs(Need::Service) && one.from.iter().all(decided) && !one.opens()
        },
    ),
];

/// Steps without which no promise is called broken.
const BREACH: [Step; 3] = [
    (
        "notice of the breach with its service (needs service), before the subject's term",
        |kind, one| one.needs(Need::Service) && is_turn(kind, &one.to, Party::Subject),
    ),
    STEPS[1],
    ("the finding (needs reason, head)", |kind, one| {
        let adverse = kind.state(&one.to).is_some_and(|to| to.adverse);
        let whole = one.needs(Need::Reason) && one.needs(Need::Head);
        adverse && whole && one.by == [Party::Supplier]
    }),
];

fn is_turn(kind: &Kind, code: &str, who: Party) -> bool {
    let deadline = kind.state(code).and_then(|state| state.deadline.as_ref());
    deadline.is_some_and(|deadline| deadline.who == who)
}

impl Check<'_, '_> {
    /// Of a table that lists or finds a breach: who opens it, and that each step is on every way there.
    pub(super) fn heard(&mut self) {
        let kind = self.kind;
        let (steps, opens): (&[Step], Party) = if kind.makes.contains(&Class::SeriousList) {
            (&STEPS, Party::Supplier)
        } else if kind.makes.contains(&Class::Promise) {
            (&BREACH, Party::Subject)
        } else {
            return;
        };
        let admits = kind.states.iter().any(|state| state.admits);
        let mut opening = kind.moves.iter().filter(|one| one.opens());
        if !admits || !opening.all(|one| one.by == [opens]) {
            self.unheard(&format!("admits, by = [\"{}\"]", opens.code()));
        }
        let told = kind
            .kept
            .as_ref()
            .is_some_and(|kept| !kept.values.is_empty());
        if kind.makes.contains(&Class::Promise) && !told {
            self.unheard("kept = { item, values }");
        }
        for (name, is_step) in steps {
            if without(kind, *is_step) {
                self.unheard(name);
            }
        }
    }

    fn unheard(&mut self, what: &str) {
        let at = self.raw.code.span();
        self.desk.refuse(at, &refusals::CASE_HEARD, &[what]);
    }
}

/// Whether the fact is admitted somewhere that can be reached without any move of a kind.
fn without(kind: &Kind, is_step: fn(&Kind, &Move) -> bool) -> bool {
    let left: Vec<&Move> = kind
        .moves
        .iter()
        .filter(|one| !is_step(kind, one))
        .collect();
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    // Each round adds a state or is the last.
    for _ in 0..=kind.states.len() {
        for one in &left {
            if one.opens() || one.from.iter().any(|code| reached.contains(code.as_str())) {
                reached.insert(&one.to);
            }
        }
    }
    let mut states = kind.states.iter();
    states.any(|state| state.admits && reached.contains(state.code.as_str()))
}
