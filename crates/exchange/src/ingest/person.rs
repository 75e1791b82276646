//! The sealer: the one place that looks inside what is personal. What leaves it is a keyed digest or is
//! sealed under the person's own key.

use super::decide::{Decider, Met};
use super::prepare::{Frame, Row};
use crate::ids;
use crate::persons;
use credit::canon;
use credit::fault::{Fault, FaultKind};
use credit::personal::Personal;
use credit::record::Change;
use credit::subject::{DocumentId, RecordId, SubjectId};
use intake::check::{PersonFact, PersonalDraft};
use intake::rejects::Reference;
use jiff::civil::Date;
use seal::vault::NONCE;
use seal::{BadSeal, DataKey};
use store::{NewPerson, NewPersonVersion, NewReject, Seen};

/// A person's row ready to be decided on: ids and digests, and two values that are still to be sealed.
pub(super) struct PersonRow {
    row: u64,
    mends: Option<Reference>,
    pub(super) subject: SubjectId,
    pub(super) record: RecordId,
    /// Keyed digest of the content: equal digest, equal fact.
    pub(super) digest: [u8; 32],
    system: &'static str,
    index: [u8; 32],
    document: Option<(DocumentId, Option<Date>)>,
    removed: bool,
    held: bool,
    late: bool,
    number: Personal<String>,
    content: Personal<String>,
}

impl Frame<'_> {
    /// Prepares a person's row. Nothing where no ring is at hand: the checker let none pass then.
    pub(super) fn person(&self, draft: &PersonalDraft) -> Option<Row> {
        let ring = self.ring?;
        let fact = draft.fact.reveal();
        let (system, value) = (fact.number.system().code(), fact.number.value());
        let document = fact.draft.document.as_ref();
        let document = document.map(|one| (ids::document(self.key, one), one.decided_on));
        let subject = persons::id(ring, &fact.number);
        // The number is no value of the row, and yet another person's row is another fact.
        let digest = self.digest(&fact.draft);
        let content = [digest.as_slice(), &subject.0];
        Some(Row::Person(Box::new(PersonRow {
            row: draft.row,
            mends: draft.mends,
            subject,
            record: ids::record(self.key, self.supplier, &self.theme.code, &fact.draft.key),
            digest: ring.keyed32("person/content", &content),
            system,
            index: ring.index(system, value),
            removed: fact.draft.removed,
            held: fact.held.is_some(),
            late: fact.draft.late,
            number: Personal::new(value.to_owned()),
            content: Personal::new(self.content(fact, document.map(|one| one.0))),
            document,
        })))
    }

    /// What is sealed of a version, as canonical JSON; `store::person` reads it back.
    fn content(&self, fact: &PersonFact, document: Option<DocumentId>) -> String {
        let values = self.body(&fact.draft);
        let document = document.map(|id| id.to_string()).unwrap_or_default();
        let name = fact.draft.claim.name.as_deref().unwrap_or_default();
        let severity = fact.draft.severity.map_or("", |severity| severity.code());
        let held = fact.held.map_or("", |reason| reason.code());
        canon::object(&[
            ("document", &document),
            ("held", held),
            ("late", if fact.draft.late { "1" } else { "" }),
            ("name", name),
            ("severity", severity),
            ("values", &values),
        ])
    }

    fn nonce(&self) -> [u8; NONCE] {
        let mut nonce = [0; NONCE];
        (self.entropy)(&mut nonce);
        nonce
    }
}

impl Decider<'_, '_> {
    /// Decides a person's row. Persons are never asked about: the number is theirs, or the row is
    /// refused.
    pub(super) fn person(&mut self, row: &PersonRow, seen: &Seen) {
        let rejected = self.plan.rejects.len();
        self.person_fact(row, seen);
        if self.plan.rejects.len() == rejected
            && let Some(mends) = row.mends
        {
            self.plan.mends.push((mends.submission, mends.row));
        }
    }

    fn person_fact(&mut self, row: &PersonRow, seen: &Seen) {
        let person = &seen.person;
        if person.erased {
            return self.refuse_person(row.row, FaultKind::PersonErased);
        }
        let own = person
            .head
            .as_ref()
            .filter(|head| head.subject == row.subject);
        let of_other = person
            .head
            .as_ref()
            .is_some_and(|head| head.subject != row.subject);
        let of_body = seen
            .head
            .as_ref()
            .is_some_and(|head| head.change == Change::Stated);
        if of_other || of_body {
            return self.refuse_person(row.row, FaultKind::OtherSubject);
        }
        let here = own.filter(|head| head.seen_now);
        let here = here.map(|head| Met {
            digest: head.digest,
            held: head.held,
            row: 0,
        });
        if let Some(met) = self.met.get(&row.record).copied().or(here) {
            if met.digest == row.digest {
                return self.count_unchanged(met.held);
            }
            return self.refuse_person(row.row, FaultKind::Repeat { row: met.row });
        }
        let Some(head) = own else {
            return self.seal(row, seen, 1);
        };
        let equal = head.digest == row.digest && head.held == row.held;
        // What an earlier statement said does not come back by being repeated, nor does one for an
        // older day change what is in force.
        if equal || person.repeats || self.frame.stated_on < head.stated_on {
            self.meet_person(row, head.held);
            self.plan.persons.touched.push(row.record);
            return self.count_unchanged(head.held && equal);
        }
        self.seal(row, seen, head.seq + 1);
    }

    /// Seals a version. A key that does not open fails the slice: the ring is not this store's.
    fn seal(&mut self, row: &PersonRow, seen: &Seen, seq: u32) {
        match self.sealed(row, seen, seq) {
            Ok(version) => {
                self.leaves.append(seal::Digest(version.leaf));
                self.plan.persons.versions.push(version);
                self.plan.persons.theme.clone_from(&self.frame.theme.code);
            }
            Err(BadSeal) => {
                self.plan.persons.unsealed = true;
                return;
            }
        }
        self.meet_person(row, row.held);
        if let Some((id, Some(day))) = row.document {
            self.plan.documents.push((id, day));
        }
        if row.held {
            self.plan.counts.held += 1;
        } else {
            self.plan.counts.accepted += 1;
            self.plan.counts.late += u64::from(row.late);
        }
    }

    fn sealed(
        &mut self,
        row: &PersonRow,
        seen: &Seen,
        seq: u32,
    ) -> Result<NewPersonVersion, BadSeal> {
        let key = self.key(row, seen)?;
        let bound = store::body_row(row.subject, row.record, seq);
        let content = row.content.reveal().as_bytes();
        let sealed = key.seal(store::BODY, &bound, self.frame.nonce(), content)?;
        let salt = self.frame.salt(row.row);
        Ok(NewPersonVersion {
            subject: row.subject,
            record: row.record,
            seq,
            row: row.row,
            change: if row.removed {
                Change::Removed
            } else {
                Change::Stated
            },
            digest: row.digest,
            held: row.held,
            salt,
            leaf: seal::commit(&salt, &sealed).0,
            sealed,
        })
    }

    /// The person's own key: known here, on file, or made now together with the sealed number.
    fn key(&mut self, row: &PersonRow, seen: &Seen) -> Result<DataKey, BadSeal> {
        if let Some(key) = self.keys.get(&row.subject) {
            return Ok(key.clone());
        }
        let ring = self.frame.ring.ok_or(BadSeal)?;
        let id = &row.subject.0;
        let key = match &seen.person.key {
            Some(wrapped) => ring.open(store::KEY, id, wrapped)?,
            None => {
                let mut bytes = [0; 32];
                (self.frame.entropy)(&mut bytes);
                let key = DataKey::from_bytes(bytes);
                let number = row.number.reveal().as_bytes();
                self.plan.persons.new.push(NewPerson {
                    subject: row.subject,
                    key: ring.wrap(store::KEY, id, self.frame.nonce(), &key)?,
                    system: row.system,
                    digest: row.index,
                    sealed: key.seal(store::IDENTIFIER, id, self.frame.nonce(), number)?,
                });
                key
            }
        };
        self.keys.insert(row.subject, key.clone());
        Ok(key)
    }

    fn meet_person(&mut self, row: &PersonRow, held: bool) {
        let met = Met {
            digest: row.digest,
            held,
            row: row.row,
        };
        self.met.insert(row.record, met);
    }

    /// A row that touches a person and is not taken: nothing of it is kept.
    pub(super) fn refuse_person(&mut self, row: u64, kind: FaultKind) {
        self.plan.counts.rejected += 1;
        let faults = super::faults::json(&[Fault::of_row(kind)], self.frame.theme);
        self.plan.rejects.push(NewReject {
            row,
            personal: true,
            faults,
            cells: None,
            record: None,
        });
    }
}
