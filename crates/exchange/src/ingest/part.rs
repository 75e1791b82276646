//! Whose facts the rows of a file are. An agency's own file is one part. What a platform above
//! returns has a part for each source that its rows name: a submission of its own, so that each
//! fact lands on its source's record, and a receipt that says who returned it. What is rejected
//! stays with the platform that returned it, which mends it.
//!
//! One pass sorts the rows. Whenever a slice of them has gathered, whatever parts they are of, all
//! are sent on; so memory is bounded by the slice, and a retry cuts the same file at the same places.

use super::faults;
use super::prepare::{Frame, Refused, Row};
use super::terms::{self, Terms};
use crate::ids;
use crate::office::Office;
use credit::catalog::{Beyond, ItemIx, Outside};
use credit::fault::{Fault, FaultKind};
use credit::identifier::{Identifier, System};
use credit::subject::SubmissionId;
use intake::check::{Draft, HoldReason, Outcome, PersonalDraft, Rejected};
use intake::header::Binding;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::sync::mpsc::Sender;

/// Sources of one returned file: a province has some 60 agencies in 150 places; a city's file has
/// some ten. Rows that name more are rejected like those of an unknown one.
const SOURCES: usize = 1_000;

/// The rows of one source: a submission.
pub(super) struct Part {
    pub(super) id: SubmissionId,
    pub(super) supplier: String,
}

/// A slice of a part.
pub(super) struct Parcel {
    pub(super) part: Arc<Part>,
    pub(super) slice: u32,
    pub(super) rows: Vec<Row>,
}

/// What is the same for every row of a part.
pub(super) fn frame<'a>(
    office: &'a Office,
    terms: &'a Terms,
    part: &'a Part,
    seed: [u8; 32],
) -> Frame<'a> {
    Frame {
        key: &office.site_key,
        ring: office.persons.as_deref(),
        entropy: &office.entropy,
        theme: &terms.theme,
        supplier: &part.supplier,
        submission: part.id,
        stated_on: terms.date,
        known_at: office.now(),
        corrects: terms.told.cause.as_ref().and_then(|cause| cause.record),
        seed,
    }
}

struct Heap {
    part: Arc<Part>,
    rows: Vec<Row>,
    slices: u32,
}

/// On the reading thread: rows to parcels. A closed channel means that applying failed.
pub(super) struct Sorter<'a> {
    office: &'a Office,
    terms: &'a Terms,
    digest: seal::Digest,
    seed: [u8; 32],
    size: usize,
    send: Sender<Parcel>,
    gathered: usize,
    /// The file's own part first.
    heaps: Vec<Heap>,
    /// Where the rows of a source go; nowhere where the catalogue does not allow it.
    places: HashMap<String, Option<usize>>,
}

impl<'a> Sorter<'a> {
    pub(super) fn new(
        office: &'a Office,
        terms: &'a Terms,
        file: (SubmissionId, seal::Digest),
        seed: [u8; 32],
        size: usize,
        send: Sender<Parcel>,
    ) -> Sorter<'a> {
        let (id, digest) = file;
        let part = Arc::new(Part {
            id,
            supplier: terms.supplier.code.clone(),
        });
        Sorter {
            office,
            terms,
            digest,
            seed,
            size,
            send,
            gathered: 0,
            heaps: vec![Heap {
                part,
                rows: Vec::with_capacity(size),
                slices: 0,
            }],
            places: HashMap::new(),
        }
    }

    /// Takes an outcome; `false` when nobody applies any more.
    pub(super) fn put(&mut self, outcome: Outcome, binding: &Binding) -> bool {
        match outcome {
            Outcome::Blank | Outcome::Footer { .. } => return true,
            Outcome::Ready(draft) => self.fact(draft, None),
            Outcome::Held(draft, reason) => self.fact(draft, Some(reason)),
            Outcome::Personal(draft) => self.person(&draft),
            Outcome::Rejected(mut rejected) => {
                rejected.cells = rejected.cells.map(|cells| faults::by_item(&cells, binding));
                self.refused(rejected);
            }
        }
        self.gathered += 1;
        self.gathered < self.size || self.flush()
    }

    /// Sends what has gathered.
    pub(super) fn flush(&mut self) -> bool {
        self.gathered = 0;
        let spare = if self.heaps.len() == 1 { self.size } else { 0 };
        for heap in self.heaps.iter_mut().filter(|heap| !heap.rows.is_empty()) {
            let parcel = Parcel {
                part: Arc::clone(&heap.part),
                slice: heap.slices,
                rows: std::mem::replace(&mut heap.rows, Vec::with_capacity(spare)),
            };
            heap.slices += 1;
            if self.send.blocking_send(parcel).is_err() {
                return false;
            }
        }
        true
    }

    fn fact(&mut self, draft: Draft, held: Option<HoldReason>) {
        let place = match self.terms.returned {
            None => Some(0),
            Some(item) => {
                let source = draft.values.get(item).and_then(Option::as_deref);
                source.and_then(|code| self.place(code))
            }
        };
        let part = place.and_then(|place| self.heaps.get(place));
        let Some(part) = part.map(|heap| Arc::clone(&heap.part)) else {
            return self.unknown(&draft);
        };
        let held = match self.beyond(&part.supplier, &draft) {
            Some(Beyond::Kind) => {
                return self.back(&draft, FaultKind::KindNotAllowed(draft.claim.kind));
            }
            Some(Beyond::Area(Outside::Reject)) => {
                return self.back(&draft, FaultKind::OutsideArea);
            }
            Some(Beyond::Area(Outside::Hold)) => held.or(Some(HoldReason::OutsideArea)),
            None => held,
        };
        let frame = frame(self.office, self.terms, &part, self.seed);
        if let Some(heap) = place.and_then(|place| self.heaps.get_mut(place)) {
            heap.rows.push(frame.fact(draft, held));
        }
    }

    /// Whether a returned fact goes beyond the charge of its source: the checker saw only that of the
    /// platform above.
    fn beyond(&self, source: &str, draft: &Draft) -> Option<Beyond> {
        self.terms.returned?;
        let source = self.office.catalog.supplier(source)?;
        source.beyond(&draft.claim, self.terms.date)
    }

    /// A fact that goes back for a fault of the row as a whole.
    fn back(&mut self, draft: &Draft, fault: FaultKind) {
        self.refused(Rejected {
            row: draft.row,
            key: None,
            personal: false,
            faults: vec![Fault::of_row(fault)],
            cells: Some(faults::values(draft)),
        });
    }

    /// A fact on a person: of the file's own part, since returned files bring none.
    fn person(&mut self, draft: &PersonalDraft) {
        if let Some(heap) = self.heaps.first_mut() {
            let frame = frame(self.office, self.terms, &heap.part, self.seed);
            heap.rows.extend(frame.person(draft));
        }
    }

    /// A fact whose source the catalogue does not allow goes back.
    fn unknown(&mut self, draft: &Draft) {
        let fault = match self.terms.returned {
            Some(item) => self.fault(item, draft),
            None => Fault::of_row(FaultKind::UnknownSource),
        };
        let rejected = Rejected {
            row: draft.row,
            key: None,
            personal: false,
            faults: vec![fault],
            cells: Some(faults::values(draft)),
        };
        self.refused(rejected);
    }

    fn fault(&self, ix: ItemIx, draft: &Draft) -> Fault {
        let fault = Fault::of_item(FaultKind::UnknownSource, ix);
        let value = draft.values.get(ix).and_then(Option::as_deref);
        match (self.terms.theme.items.get(ix), value) {
            (Some(item), Some(value)) => fault.with_value(item, value),
            _ => fault,
        }
    }

    /// A rejected row stays with who sent the file. Its record is its source's, where that can be
    /// read, so that a later row of the source mends it, too.
    fn refused(&mut self, rejected: Rejected) {
        let place = self.source_of(&rejected).and_then(|code| self.place(&code));
        let whose = self.heaps.get(place.unwrap_or(0)).map(|heap| {
            let frame = frame(self.office, self.terms, &heap.part, self.seed);
            frame.record(&rejected)
        });
        if let Some(own) = self.heaps.first_mut() {
            own.rows.push(Row::Refused(Box::new(Refused {
                rejected,
                record: whose.flatten(),
            })));
        }
    }

    fn source_of(&self, rejected: &Rejected) -> Option<String> {
        let cell = rejected.cells.as_ref()?.get(self.terms.returned?)?;
        let parsed = Identifier::parse(System::Uscc, cell);
        Some(parsed.map_or_else(
            |_| cell.trim().to_owned(),
            |parsed| parsed.identifier.value().to_owned(),
        ))
    }

    /// Where the rows of a source go; its part is made when it is first met.
    fn place(&mut self, code: &str) -> Option<usize> {
        if let Some(known) = self.places.get(code) {
            return *known;
        }
        if self.places.len() >= SOURCES {
            return None;
        }
        let source = terms::source(self.office, &self.terms.theme, code);
        let place = source.map(|source| {
            let terms = self.terms;
            let id = ids::returned(
                &self.office.site_key,
                (&terms.supplier.code, &source.code),
                &terms.theme.code,
                terms.date,
                &self.digest,
            );
            self.heaps.push(Heap {
                part: Arc::new(Part {
                    id,
                    supplier: source.code,
                }),
                rows: Vec::new(),
                slices: 0,
            });
            self.heaps.len() - 1
        });
        self.places.insert(code.to_owned(), place);
        place
    }
}
