//! What the store should hold, in the plainest way: lists that are searched from end to end. Nothing
//! of it is shared with the store; it knows the rules only.

use crate::kit::{Fact, digest};
use credit::record::Change;
use std::collections::{BTreeMap, BTreeSet};
use store::Verdict;

/// A version, with the mention it speaks of by its code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    pub(crate) key: u32,
    pub(crate) code: u32,
    pub(crate) seq: u32,
    pub(crate) change: Change,
    pub(crate) day: i8,
    pub(crate) tick: i64,
    digest: [u8; 32],
    from: Option<u32>,
}

/// The state of a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) code: u32,
    pub(crate) seq: u32,
    pub(crate) digest: [u8; 32],
    pub(crate) change: Change,
    pub(crate) held: bool,
    pub(crate) day: i8,
    seen_in: usize,
}

/// A decision in force: what it says of two mentions.
pub(crate) type Deeds = BTreeMap<u8, (Verdict, u32, u32)>;

/// Everything.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) heads: BTreeMap<u32, State>,
    pub(crate) said: Vec<Said>,
    pub(crate) holds: BTreeSet<(u32, u32, u32)>,
    /// Names of each mention, the first first, each with the day of its submission.
    pub(crate) names: BTreeMap<u32, Vec<(i8, String)>>,
    pub(crate) deeds: Deeds,
    /// The day of each submission, in the order in which they began.
    pub(crate) days: Vec<i8>,
}

impl Model {
    /// Begins a submission; its number.
    pub(crate) fn begin(&mut self, day: i8) -> usize {
        self.days.push(day);
        self.days.len()
    }

    /// A slice: how many rows were accepted, held, unchanged, and in force for the first time.
    pub(crate) fn slice(&mut self, number: usize, facts: &[Fact], tick: i64) -> [u64; 4] {
        let before = self.clone();
        let day = before.days[number - 1];
        let mut counts = [0; 4];
        let mut named = Vec::new();
        for fact in facts {
            let head = before.heads.get(&fact.key);
            if self.is_known(head, fact, day) {
                counts[2] += 1;
            } else {
                counts[usize::from(fact.held)] += 1;
                let fresh = self.state(fact, head, day, tick);
                counts[3] += u64::from(fresh);
                named.push(fact);
            }
            if let Some(head) = self.heads.get_mut(&fact.key) {
                head.seen_in = head.seen_in.max(number);
            }
        }
        self.name(&named, day);
        counts
    }

    /// Whether a row says what is in force, or what was said before for the same day or a later.
    fn is_known(&self, head: Option<&State>, fact: &Fact, day: i8) -> bool {
        let Some(head) = head else { return false };
        if head.digest == digest(fact) {
            return head.change == Change::Stated;
        }
        let (mut open, mut met) = (vec![head.code], BTreeSet::new());
        while let Some(code) = open.pop() {
            if !met.insert(code) {
                continue;
            }
            for one in self.of(fact.key).filter(|one| one.code == code) {
                let same = one.change != Change::Moved && one.digest == digest(fact);
                if same && one.day >= day {
                    return true;
                }
                open.extend(one.from);
            }
        }
        false
    }

    fn of(&self, key: u32) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(move |one| one.key == key)
    }

    /// Writes what a row says; whether the record is in force now and was not before.
    fn state(&mut self, fact: &Fact, head: Option<&State>, day: i8, tick: i64) -> bool {
        let code = fact.code.expect("a code");
        let mut seq = head.map_or(0, |head| head.seq);
        let said = |code, seq, change, from| Said {
            key: fact.key,
            code,
            seq,
            change,
            day,
            tick,
            digest: digest(fact),
            from,
        };
        let from = head.map(|head| head.code).filter(|from| *from != code);
        if let Some(from) = from {
            seq += 1;
            self.said.push(said(from, seq, Change::Moved, None));
        }
        seq += 1;
        self.said.push(said(code, seq, Change::Stated, from));
        if let Some(head) = head.filter(|head| head.held) {
            self.holds
                .retain(|(holder, key, _)| (*holder, *key) != (head.code, fact.key));
        }
        if fact.held {
            self.holds.insert((code, fact.key, seq));
        }
        let forward = head.is_none_or(|head| day >= head.day);
        if !forward {
            self.heads.get_mut(&fact.key).expect("a head").seq = seq;
            return false;
        }
        let state = State {
            code,
            seq,
            digest: digest(fact),
            change: Change::Stated,
            held: fact.held,
            day,
            seen_in: head.map_or(0, |head| head.seen_in),
        };
        self.heads.insert(fact.key, state);
        head.is_none_or(|head| head.change != Change::Stated)
    }

    fn name(&mut self, facts: &[&Fact], day: i8) {
        for fact in facts {
            let names = self.names.entry(fact.code.expect("a code")).or_default();
            if !names.iter().any(|(_, name)| *name == fact.name) {
                names.push((day, fact.name.clone()));
            }
        }
    }

    /// Records that a full list leaves out.
    pub(crate) fn absent(&self, number: usize) -> Vec<u32> {
        let day = self.days[number - 1];
        let left_out = |head: &State| {
            let seen_on = self.days[head.seen_in - 1];
            head.seen_in < number
                && head.change == Change::Stated
                && head.day <= day
                && seen_on <= day
        };
        let found = self.heads.iter().filter(|(_, head)| left_out(head));
        found.map(|(key, _)| *key).collect()
    }

    /// Records in force that a submission had.
    pub(crate) fn present(&self, number: usize) -> u64 {
        let had = |head: &&State| head.seen_in == number && head.change == Change::Stated;
        self.heads.values().filter(had).count() as u64
    }

    pub(crate) fn remove(&mut self, number: usize, tick: i64) -> u64 {
        let absent = self.absent(number);
        for key in &absent {
            let head = self.heads.get_mut(key).expect("a head");
            if head.held {
                let code = head.code;
                self.holds
                    .retain(|(holder, held, _)| (*holder, held) != (code, key));
            }
            *head = State {
                code: head.code,
                seq: head.seq + 1,
                digest: [0; 32],
                change: Change::Removed,
                held: false,
                day: self.days[number - 1],
                seen_in: number,
            };
            self.said.push(Said {
                key: *key,
                code: head.code,
                seq: head.seq,
                change: Change::Removed,
                day: head.day,
                tick,
                digest: [0; 32],
                from: None,
            });
        }
        absent.len() as u64
    }

    /// The mentions on file as sets of one subject each; `None` where decisions contradict.
    pub(crate) fn subjects(&self) -> Option<BTreeSet<BTreeSet<u32>>> {
        let mut sets: Vec<BTreeSet<u32>> = self
            .names
            .keys()
            .map(|one| BTreeSet::from([*one]))
            .collect();
        let same = |verdict| {
            let deeds = self.deeds.values();
            deeds.filter(move |deed| deed.0 == verdict)
        };
        for (_, a, b) in same(Verdict::Same) {
            let (one, rest): (Vec<_>, Vec<_>) = sets
                .into_iter()
                .partition(|set| set.contains(a) || set.contains(b));
            sets = rest;
            sets.push(one.into_iter().flatten().collect());
        }
        let torn = |(_, a, b): &(Verdict, u32, u32)| {
            sets.iter().any(|set| set.contains(a) && set.contains(b))
        };
        let torn = same(Verdict::Different).any(torn);
        (!torn).then(|| sets.into_iter().collect())
    }

    /// The subject of a mention.
    pub(crate) fn subject(&self, code: u32) -> BTreeSet<u32> {
        let sets = self.subjects().unwrap_or_default();
        let own = sets.into_iter().find(|set| set.contains(&code));
        own.unwrap_or_else(|| BTreeSet::from([code]))
    }
}
