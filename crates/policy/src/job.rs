//! Permits of jobs: reads of many subjects for one purpose, which the lock counts.
//!
//! A job sees organisations only: what is sealed for it is [`OrganisationFacts`], and those cannot be
//! made of a person's facts. It sees the items that its permit names and no others, through the same
//! code that opens a single subject, until it expires. The store writes down that it began, in the
//! transaction of its first read, and what it read when it ends.

use crate::dossier::Dossier;
use crate::open;
use crate::permit::{Mismatch, Officer, Purpose};
use credit::catalog::{Catalog, Theme};
use credit::grade::{Grade, Model, NotGraded};
use credit::record::{AsOf, Facts, Instant};
use credit::subject::SubjectId;
use std::collections::BTreeSet;
use std::fmt;

/// Facts on an organisation. There is no other way to one than [`OrganisationFacts::of`], so that no
/// list, export or count of a job can hold a person:
///
/// ```compile_fail,E0423
/// # use policy::OrganisationFacts; use credit::record::Facts;
/// fn force(facts: Facts) -> OrganisationFacts { OrganisationFacts(facts) }
/// ```
pub struct OrganisationFacts(Facts);

impl OrganisationFacts {
    /// The facts, where their subject is an organisation: no person, no individual business (rights,
    /// preamble).
    #[must_use]
    pub fn of(facts: Facts) -> Option<OrganisationFacts> {
        facts
            .subject
            .kind
            .is_organisation()
            .then_some(OrganisationFacts(facts))
    }

    pub(crate) fn facts(self) -> Facts {
        self.0
    }
}

/// Facts of several subjects, each whole, read for one job. Only its permit opens them:
///
/// ```compile_fail,E0616
/// # use policy::SealedBatch;
/// fn peek(batch: SealedBatch) { let _ = batch.subjects; }
/// ```
///
/// and nothing but organisations' facts can be sealed:
///
/// ```compile_fail,E0308
/// # use policy::{JobPermit, SealedBatch}; use credit::record::Facts;
/// fn seal(permit: &JobPermit, facts: Vec<Facts>) -> SealedBatch { SealedBatch::new(permit, facts) }
/// ```
pub struct SealedBatch {
    permit: [u8; 16],
    subjects: Vec<OrganisationFacts>,
}

impl SealedBatch {
    /// Seals what was read for a job.
    #[must_use]
    pub fn new(permit: &JobPermit, subjects: Vec<OrganisationFacts>) -> SealedBatch {
        SealedBatch {
            permit: permit.id,
            subjects,
        }
    }

    /// Subjects in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.subjects.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }
}

impl fmt::Debug for SealedBatch {
    /// Prints how many subjects there are and nothing of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedBatch({} subjects)", self.subjects.len())
    }
}

/// The right to read one theme's facts on many organisations, for one purpose, until an instant.
///
/// It cannot be written down or copied, so that what one job read is counted in one place:
///
/// ```compile_fail,E0451
/// # use policy::{JobPermit, Officer}; use credit::record::Instant;
/// fn invent(officer: Officer) -> JobPermit {
///     JobPermit { id: [1; 16], purpose: policy::Purpose::Forward, theme: String::new(), items: Default::default(), officer,
///         expires: Instant(0), subjects: 0, records: 0 }
/// }
/// ```
///
/// ```compile_fail,E0599
/// # use policy::JobPermit;
/// fn double(permit: &JobPermit) -> JobPermit { permit.clone() }
/// ```
///
/// and a job that has ended reads no more:
///
/// ```compile_fail,E0382
/// # use policy::{JobPermit, SealedBatch}; use credit::{catalog::Catalog, record::AsOf, record::Instant};
/// fn on(mut permit: JobPermit, batch: SealedBatch, catalog: &Catalog, at: AsOf, now: Instant) {
///     let _account = permit.end();
///     let _more = permit.open(batch, catalog, at, now);
/// }
/// ```
pub struct JobPermit {
    id: [u8; 16],
    purpose: Purpose,
    theme: String,
    items: BTreeSet<String>,
    officer: Officer,
    expires: Instant,
    subjects: u64,
    records: u64,
}

/// A subject and its grade, or why it has none.
pub type Graded = (SubjectId, Result<Grade, NotGraded>);

/// What a job read, for the journal. Made by ending its permit, so nobody else counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobAccount {
    /// The permit.
    pub permit: [u8; 16],
    /// Why.
    pub purpose: Purpose,
    /// Whose facts; of grading, the model's code.
    pub theme: String,
    /// Codes of the items that it could see; of grading, the themes that the model reads.
    pub items: Vec<String>,
    /// Who.
    pub officer: Officer,
    /// Until when.
    pub expires: Instant,
    /// Subjects opened.
    pub subjects: u64,
    /// Records given out.
    pub records: u64,
}

impl JobPermit {
    /// A permit to forward a theme's facts to the platform above, in its template: the items that
    /// agencies may see (政务共享), of what is in force. `id` comes from the caller's entropy.
    #[must_use]
    pub fn forward(id: [u8; 16], theme: &Theme, officer: Officer, expires: Instant) -> JobPermit {
        let purpose = Purpose::Forward;
        let seen = theme.items.iter();
        let seen = seen.filter(|item| item.exposure <= purpose.exposure());
        JobPermit {
            id,
            purpose,
            theme: theme.code.clone(),
            items: seen.map(|item| item.code.clone()).collect(),
            officer,
            expires,
            subjects: 0,
            records: 0,
        }
    }

    /// A permit to grade organisations by a model, or to try what it would say: it gives out grades and
    /// never a fact.
    #[must_use]
    pub fn grading(id: [u8; 16], model: &Model, officer: Officer, expires: Instant) -> JobPermit {
        JobPermit {
            id,
            purpose: Purpose::Grading,
            theme: model.code.clone(),
            items: model.themes().into_iter().map(str::to_owned).collect(),
            officer,
            expires,
            subjects: 0,
            records: 0,
        }
    }

    /// Its id in the journal.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// The theme whose facts it reads.
    #[must_use]
    pub fn theme(&self) -> &str {
        &self.theme
    }

    /// What it is and what it has read so far.
    #[must_use]
    pub fn account(&self) -> JobAccount {
        JobAccount {
            permit: self.id,
            purpose: self.purpose,
            theme: self.theme.clone(),
            items: self.items.iter().cloned().collect(),
            officer: self.officer.clone(),
            expires: self.expires,
            subjects: self.subjects,
            records: self.records,
        }
    }

    /// Opens a batch that was read for this very job, and counts what it gives out. Of each subject
    /// the facts of its theme, and of those its items; subjects without any are left out.
    ///
    /// # Errors
    /// [`Mismatch::Expired`] after its end; [`Mismatch::Permit`] for another job's batch.
    pub fn open(
        &mut self,
        batch: SealedBatch,
        catalog: &Catalog,
        at: AsOf,
        now: Instant,
    ) -> Result<Vec<Dossier>, Mismatch> {
        if now > self.expires {
            return Err(Mismatch::Expired);
        }
        if batch.permit != self.id || self.purpose != Purpose::Forward {
            return Err(Mismatch::Permit);
        }
        let mut dossiers = Vec::with_capacity(batch.subjects.len());
        for OrganisationFacts(mut facts) in batch.subjects {
            facts.records.retain(|record| record.theme == self.theme);
            let mut dossier = open::facts(facts.subject.id, Purpose::Forward, facts, catalog, at)?;
            for entry in &mut dossier.entries {
                let theme = std::sync::Arc::clone(&entry.theme);
                entry.values.retain(|(ix, _)| {
                    let item = theme.items.get(*ix);
                    item.is_some_and(|item| self.items.contains(&item.code))
                });
            }
            if !dossier.entries.is_empty() {
                self.subjects += 1;
                self.records += dossier.entries.len() as u64;
                dossiers.push(dossier);
            }
        }
        Ok(dossiers)
    }

    /// Grades organisations by the model for which the permit was made, and counts whom and how many records it
    /// read. The grades are given out, in the order of the subjects, and no fact is.
    ///
    /// # Errors
    /// [`Mismatch::Expired`] after its end; [`Mismatch::Permit`] for another model, or a job that does not grade.
    pub fn grade(
        &mut self,
        model: &Model,
        organisations: Vec<OrganisationFacts>,
        (catalog, at): (&Catalog, AsOf),
        now: Instant,
    ) -> Result<Vec<Graded>, Mismatch> {
        if now > self.expires {
            return Err(Mismatch::Expired);
        }
        if self.purpose != Purpose::Grading || model.code != self.theme {
            return Err(Mismatch::Permit);
        }
        let mut grades = Vec::with_capacity(organisations.len());
        for facts in organisations {
            self.subjects += 1;
            self.records += facts.0.records.len() as u64;
            let subject = facts.0.subject.id;
            grades.push((subject, crate::grade(model, facts, catalog, at)));
        }
        Ok(grades)
    }

    /// Ends the job; what it read is left, to be written down.
    #[must_use]
    pub fn end(self) -> JobAccount {
        self.account()
    }
}

impl fmt::Debug for JobPermit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JobPermit({} of {})", self.purpose.code(), self.theme)
    }
}
