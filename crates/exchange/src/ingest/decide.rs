//! What becomes of each row of a slice, given what the store already knows. Pure.
//!
//! A known record keeps its subject; a corrected code closes the record there and opens it here.
//! Equal content changes nothing. What an earlier statement for the same or a later day already
//! said does not come back by being repeated. Within one submission the first row of a key
//! stands, and a differing repeat is rejected.

use super::prepare::{Fact, Frame, Refused, Row};
use crate::cases::made::Door;
use credit::fault::{Fault, FaultKind};
use credit::identifier::Identifier;
use credit::record::Change;
use credit::subject::{RecordId, SubjectId};
use credit::text::name_form;
use intake::check::HoldReason;
use resolve::Answer;
use seal::DataKey;
use std::collections::{BTreeSet, HashMap};
use store::{
    Head, Namesake, NewHead, NewHold, NewMembership, NewMention, NewQuestion, NewReject,
    NewVersion, Seen, SlicePlan,
};

/// Decides a slice.
pub(super) struct Decider<'f, 'a> {
    pub(super) frame: &'f Frame<'a>,
    pub(super) plan: SlicePlan,
    /// Records met earlier in this slice.
    pub(super) met: HashMap<RecordId, Met>,
    /// Keys of persons met in this slice.
    pub(super) keys: HashMap<SubjectId, DataKey>,
    /// Mentions by name met first in this slice, and whether they wait.
    named: HashMap<SubjectId, bool>,
    /// Identifiers first claimed in this slice, and by which subject.
    claimed: HashMap<Identifier, SubjectId>,
    /// All that a subject first met in this slice claims.
    claims: HashMap<SubjectId, Vec<Identifier>>,
    pub(super) leaves: seal::merkle::Builder,
}

impl<'f, 'a> Decider<'f, 'a> {
    pub(super) fn decide(
        frame: &'f Frame<'a>,
        rows: &[Row],
        seen: &[Seen],
        doors: &[Door],
    ) -> SlicePlan {
        let mut decider = Decider {
            frame,
            plan: SlicePlan::default(),
            met: HashMap::with_capacity(rows.len()),
            keys: HashMap::new(),
            named: HashMap::new(),
            claimed: HashMap::new(),
            claims: HashMap::new(),
            leaves: seal::merkle::Builder::default(),
        };
        for ((row, seen), door) in rows.iter().zip(seen).zip(doors) {
            match row {
                Row::Fact(fact) if shut(frame, fact, seen, door) => decider.unheard(fact),
                Row::Fact(fact) => decider.row(fact, seen),
                Row::Person(person) => decider.person(person, seen),
                Row::Refused(refused) => decider.refused(refused),
            }
        }
        decider.plan.root = decider.leaves.root().0;
        decider.plan
    }

    /// R12: a listing of whom its organ is still hearing.
    fn unheard(&mut self, fact: &Fact) {
        self.plan.counts.rejected += 1;
        let fault = Fault::of_row(FaultKind::NotHeard);
        self.plan.rejects.push(NewReject {
            row: fact.draft.row,
            personal: false,
            faults: super::faults::json(&[fault], self.frame.theme),
            cells: Some(super::faults::cells_json(&super::faults::values(
                &fact.draft,
            ))),
            record: Some(fact.record),
        });
    }

    fn refused(&mut self, refused: &Refused) {
        self.plan.counts.rejected += 1;
        if let Some(record) = refused.record {
            self.plan.touched.push(record);
        }
        let rejected = &refused.rejected;
        self.plan.rejects.push(NewReject {
            row: rejected.row,
            personal: rejected.personal,
            faults: super::faults::json(&rejected.faults, self.frame.theme),
            cells: rejected.cells.as_deref().map(super::faults::cells_json),
            record: refused.record,
        });
    }

    /// A row that is taken, held or known already mends the rejected one that it names.
    fn row(&mut self, fact: &Fact, seen: &Seen) {
        let of_person = |head: &store::PersonHead| head.change == Change::Stated;
        if seen.person.head.as_ref().is_some_and(of_person) {
            return self.refuse_person(fact.draft.row, FaultKind::OtherSubject);
        }
        let rejected = self.plan.rejects.len();
        self.fact(fact, seen);
        if self.plan.rejects.len() == rejected
            && let Some(mends) = fact.draft.mends
        {
            self.plan.mends.push((mends.submission, mends.row));
        }
    }

    fn fact(&mut self, fact: &Fact, seen: &Seen) {
        if let Some(met) = self.met.get(&fact.record).copied() {
            return self.repeat_in_submission(fact, met);
        }
        match &seen.head {
            Some(head) if head.seen_in == self.frame.submission => {
                let met = Met {
                    digest: head.digest,
                    held: head.held,
                    row: 0,
                };
                self.repeat_in_submission(fact, met);
            }
            Some(head) => self.known(fact, seen, head),
            None => self.first(fact, seen),
        }
    }

    /// The key occurred before in this very submission.
    fn repeat_in_submission(&mut self, fact: &Fact, met: Met) {
        if met.digest == fact.digest {
            self.count_unchanged(met.held);
            return;
        }
        self.plan.counts.rejected += 1;
        let fault = Fault::of_row(FaultKind::Repeat { row: met.row });
        self.plan.rejects.push(NewReject {
            row: fact.draft.row,
            personal: false,
            faults: super::faults::json(&[fault], self.frame.theme),
            cells: Some(super::faults::cells_json(&super::faults::values(
                &fact.draft,
            ))),
            // The first row of the record stands; there is nothing to wait for.
            record: None,
        });
    }

    /// The record is on file from an earlier submission.
    fn known(&mut self, fact: &Fact, seen: &Seen, head: &Head) {
        let equal = head.digest == fact.digest && head.held == fact.held.is_some();
        let repeats = seen.repeats && self.frame.corrects != Some(fact.record);
        if equal || repeats {
            self.meet(fact, head.held);
            self.plan.touched.push(fact.record);
            self.count_unchanged(head.held && equal);
            return;
        }
        let moves_head = self.frame.stated_on >= head.stated_on;
        let has_code = !fact.draft.claim.identifiers.is_empty();
        if !has_code || head.subject == fact.mention {
            self.contradicts(fact, seen);
            self.rename(fact, head.subject);
            let place = Place {
                subject: head.subject,
                seq: head.seq + 1,
                moves_head,
            };
            return self.write(fact, place, fact.held);
        }
        let closing = Place {
            subject: head.subject,
            seq: head.seq + 1,
            moves_head,
        };
        self.plan.versions.push(NewVersion {
            change: Change::Moved,
            body: None,
            document: None,
            severity: None,
            late: false,
            ..self.version(fact, closing, None)
        });
        let held = self.subject(fact, seen);
        let opening = Place {
            subject: fact.mention,
            seq: head.seq + 2,
            moves_head,
        };
        self.write(fact, opening, held);
    }

    /// The record is new here.
    fn first(&mut self, fact: &Fact, seen: &Seen) {
        let held = self.subject(fact, seen);
        let place = Place {
            subject: fact.mention,
            seq: 1,
            moves_head: true,
        };
        self.write(fact, place, held);
    }

    /// Settles whom the row speaks of; a row that waits for a person is held on its own mention.
    fn subject(&mut self, fact: &Fact, seen: &Seen) -> Option<HoldReason> {
        if let Some(known) = seen.mention {
            // The same supplier named it so before, at the same place: what was settled stands.
            return if known.waiting {
                Some(HoldReason::SubjectUnclear)
            } else {
                fact.held
            };
        }
        if let Some(waiting) = self.named.get(&fact.mention).copied() {
            return if waiting {
                Some(HoldReason::SubjectUnclear)
            } else {
                fact.held
            };
        }
        let mut held = fact.held;
        let candidates: Vec<resolve::Candidate> = seen.namesakes.iter().map(candidate).collect();
        let holders = self.holders(fact, seen);
        let mut joined = fact.mention;
        match resolve::resolve(&fact.draft.claim, &holders, &candidates) {
            Answer::Same { subject, reason } if subject != fact.mention => {
                joined = subject;
                self.plan.memberships.push(NewMembership {
                    mention: fact.mention,
                    root: subject,
                    reason: reason.code().to_owned(),
                });
            }
            Answer::Same { .. } | Answer::New => {}
            Answer::AskHuman { candidates, reason } => {
                if fact.keys.is_empty() {
                    held = Some(HoldReason::SubjectUnclear);
                }
                self.ask(fact, candidates, reason);
            }
        }
        let waiting = held == Some(HoldReason::SubjectUnclear);
        if fact.keys.is_empty() {
            self.named.insert(fact.mention, waiting);
        }
        self.mention(fact, waiting);
        self.claim(fact, joined);
        held
    }

    /// A row of a known record that brings an identifier of somebody else: a question, which moves
    /// nothing. What people decided stays until they decide again.
    fn contradicts(&mut self, fact: &Fact, seen: &Seen) {
        if fact.keys.len() < 2 {
            return;
        }
        if let Answer::AskHuman { candidates, reason } =
            resolve::resolve(&fact.draft.claim, &seen.holders, &[])
        {
            self.ask(fact, candidates, reason);
        }
    }

    /// Who holds the row's identifiers: those on file, and those claimed earlier in this slice
    /// with everything else that their subjects claim.
    fn holders(&self, fact: &Fact, seen: &Seen) -> Vec<(Identifier, SubjectId)> {
        let mut holders = seen.holders.clone();
        let here: BTreeSet<SubjectId> = fact
            .keys
            .iter()
            .filter(|key| holders.iter().all(|(held, _)| held != *key))
            .filter_map(|key| self.claimed.get(key).copied())
            .collect();
        for subject in here {
            let claims = self.claims.get(&subject).into_iter().flatten();
            holders.extend(claims.map(|one| (one.clone(), subject)));
        }
        holders
    }

    fn claim(&mut self, fact: &Fact, subject: SubjectId) {
        for key in &fact.keys {
            self.claimed.entry(key.clone()).or_insert(subject);
        }
        if !fact.keys.is_empty() {
            let claims = self.claims.entry(subject).or_default();
            claims.extend(fact.keys.iter().cloned());
        }
    }

    fn ask(&mut self, fact: &Fact, candidates: Vec<resolve::Candidate>, reason: resolve::Reason) {
        self.plan.questions.push(NewQuestion {
            mention: fact.mention,
            record: fact.record,
            row: fact.draft.row,
            reason: reason.code().to_owned(),
            candidates: candidates
                .into_iter()
                .map(|candidate| candidate.subject)
                .collect(),
        });
    }

    fn mention(&mut self, fact: &Fact, waiting: bool) {
        self.plan
            .mentions
            .push(new_mention(fact, fact.mention, waiting));
        for identifier in &fact.keys {
            self.plan
                .identifiers
                .push((identifier.clone(), fact.mention));
        }
    }

    /// A record of a known subject may bring a new name or a further identifier of it.
    fn rename(&mut self, fact: &Fact, subject: SubjectId) {
        if fact.draft.claim.identifiers.is_empty() {
            return;
        }
        self.plan.names.push(new_mention(fact, subject, false));
        for identifier in &fact.keys {
            self.plan.identifiers.push((identifier.clone(), subject));
        }
    }

    fn write(&mut self, fact: &Fact, place: Place, held: Option<HoldReason>) {
        self.meet(fact, held.is_some());
        self.leaves.append(fact.leaf);
        let version = self.version(fact, place, held);
        let decided_on = fact
            .draft
            .document
            .as_ref()
            .and_then(|document| document.decided_on);
        if let (Some(id), Some(day)) = (fact.document, decided_on) {
            self.plan.documents.push((id, day));
        }
        if place.moves_head {
            self.plan.heads.push(NewHead {
                record: fact.record,
                subject: place.subject,
                seq: place.seq,
                digest: fact.digest,
                change: version.change,
                held: held.is_some(),
                stated_on: self.frame.stated_on,
                scope: fact.draft.scope.clone(),
            });
        }
        match held {
            Some(reason) => {
                self.plan.counts.held += 1;
                self.plan.holds.push(NewHold {
                    record: fact.record,
                    subject: place.subject,
                    seq: place.seq,
                    row: fact.draft.row,
                    reason: reason.code().to_owned(),
                });
            }
            None => {
                self.plan.counts.accepted += 1;
                self.plan.counts.late += u64::from(fact.draft.late);
            }
        }
        self.plan.versions.push(version);
    }

    fn version(&self, fact: &Fact, place: Place, held: Option<HoldReason>) -> NewVersion {
        NewVersion {
            subject: place.subject,
            record: fact.record,
            seq: place.seq,
            stated_on: self.frame.stated_on,
            change: if fact.draft.removed {
                Change::Removed
            } else {
                Change::Stated
            },
            digest: fact.digest,
            leaf: fact.leaf.0,
            salt: fact.salt,
            body: Some(fact.body.clone()),
            document: fact.document,
            severity: fact.draft.severity,
            late: fact.draft.late,
            held: held.map(|reason| reason.code().to_owned()),
            row: fact.draft.row,
        }
    }

    fn meet(&mut self, fact: &Fact, held: bool) {
        let met = Met {
            digest: fact.digest,
            held,
            row: fact.draft.row,
        };
        self.met.insert(fact.record, met);
    }

    pub(super) fn count_unchanged(&mut self, held: bool) {
        if held {
            self.plan.counts.held += 1;
        } else {
            self.plan.counts.unchanged += 1;
        }
    }
}

/// Whether a row would put on a list somebody who is still heard (a record that is new, or is another's so
/// far), or says of a promise that was made here what was not found in its case.
fn shut(frame: &Frame<'_>, fact: &Fact, seen: &Seen, door: &Door) -> bool {
    let known = seen.head.as_ref();
    let own = known.is_some_and(|head| head.subject == fact.mention);
    let value = |code: &str| {
        let item = frame.theme.item(code)?;
        fact.draft.values.get(item)?.as_deref()
    };
    !door.takes(fact.document.as_ref(), own, value)
}

/// A record as this submission first gave it.
#[derive(Clone, Copy)]
pub(super) struct Met {
    pub(super) digest: [u8; 32],
    pub(super) held: bool,
    /// Its row; 0 when it stood in an earlier slice.
    pub(super) row: u64,
}

/// Where a version goes. A statement for an older day than the one in force is history: it is
/// kept, and does not move the head.
#[derive(Clone, Copy)]
struct Place {
    subject: SubjectId,
    seq: u32,
    moves_head: bool,
}

fn new_mention(fact: &Fact, subject: SubjectId, waiting: bool) -> NewMention {
    let name = fact.draft.claim.name.clone().unwrap_or_default();
    NewMention {
        subject,
        kind: fact.draft.claim.kind,
        name_form: name_form(&name),
        name,
        waiting,
    }
}

fn candidate(namesake: &Namesake) -> resolve::Candidate {
    resolve::Candidate {
        subject: namesake.subject,
        kind: namesake.kind,
        name: namesake.name.clone(),
        identifier: namesake.identifier.clone(),
    }
}
