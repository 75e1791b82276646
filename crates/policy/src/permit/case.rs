//! Permits to handle one case: the case and the fact that it is about, and nothing else of the subject.

use super::{CaseNumber, Mismatch, NotAccepted, Officer, Permit, Purpose};
use crate::dossier::Dossier;
use crate::open;
use crate::sealed::{OfCaseList, Sealed};
use credit::case::{AttachedFile, CaseFile, CaseId};
use credit::catalog::Catalog;
use credit::record::{AsOf, Facts};
use credit::subject::SubjectId;

/// The number under which work on a case stands among the looks at its subject.
fn number(case: CaseId) -> String {
    format!("case:{case}")
}

/// What stands before the number of the matter for which a subject's cases are looked for.
const SEARCH: &str = "search:";

impl Permit {
    /// A permit of an officer who handles a case. The read must be logged under `id`, which the caller
    /// draws from its source of entropy.
    ///
    /// # Errors
    /// Never for an id; the number is checked as every other is.
    pub fn case_work(
        id: [u8; 16],
        subject: SubjectId,
        officer: Officer,
        case: CaseId,
    ) -> Result<Permit, NotAccepted> {
        let case = CaseNumber::parse(&number(case))?;
        let about = (subject, Purpose::CaseWork);
        Ok(Permit::logged(id, about, officer, case, None))
    }

    /// A permit of an officer who looks for a subject's cases, for a matter whose number the officer names.
    /// It opens the list and no case. The read must be logged under `id`, which the caller draws from its
    /// source of entropy.
    ///
    /// # Errors
    /// As [`CaseNumber::parse`].
    pub fn case_search(
        id: [u8; 16],
        subject: SubjectId,
        officer: Officer,
        matter: &str,
    ) -> Result<Permit, NotAccepted> {
        let matter = CaseNumber::parse(matter)?;
        let matter = CaseNumber::parse(&format!("{SEARCH}{}", matter.as_str()))?;
        let about = (subject, Purpose::CaseWork);
        Ok(Permit::logged(id, about, officer, matter, None))
    }

    /// Opens the list of a subject's cases under a permit to look for them.
    ///
    /// # Errors
    /// [`Mismatch`] when it was read for another subject or permit, or the permit is for something else.
    pub fn open_case_list<T: OfCaseList>(self, sealed: Sealed<T>) -> Result<T, Mismatch> {
        let list = sealed.break_open(&self)?;
        let named = self.access.as_ref().map(|access| access.case.as_str());
        let search = named.is_some_and(|named| named.starts_with(SEARCH));
        if self.purpose == Purpose::CaseWork && search {
            Ok(list)
        } else {
            Err(Mismatch::Permit)
        }
    }

    /// Opens a case with the fact that it is about: for its subject under a permit for its own file, for
    /// an officer under a permit for this very case.
    ///
    /// # Errors
    /// [`Mismatch`] when it was read for another subject or permit, or the permit is for something else.
    pub fn open_case(
        self,
        sealed: Sealed<CaseFile>,
        catalog: &Catalog,
        at: AsOf,
    ) -> Result<(CaseFile, Dossier), Mismatch> {
        let mut file = sealed.break_open(&self)?;
        self.is_for(file.history.id)?;
        let nothing = Facts {
            subject: file.facts.subject.clone(),
            records: Vec::new(),
        };
        let mut facts = std::mem::replace(&mut file.facts, nothing);
        facts
            .records
            .retain(|record| Some(record.id) == file.record);
        let dossier = open::facts(self.subject, self.purpose, facts, catalog, at)?;
        file.facts.subject = dossier.subject().clone();
        Ok((file, dossier))
    }

    /// Opens a file that was attached to a move, under the same permits.
    ///
    /// # Errors
    /// As [`Permit::open_case`].
    pub fn open_attachment(self, sealed: Sealed<AttachedFile>) -> Result<AttachedFile, Mismatch> {
        let file = sealed.break_open(&self)?;
        self.is_for(file.case)?;
        Ok(file)
    }

    fn is_for(&self, case: CaseId) -> Result<(), Mismatch> {
        let named = self.access.as_ref().map(|access| access.case.as_str());
        let fits = match self.purpose {
            Purpose::OwnReport => true,
            Purpose::CaseWork => named == Some(number(case).as_str()),
            Purpose::PublicLookup
            | Purpose::OwnSupply
            | Purpose::Forward
            | Purpose::Grading
            | Purpose::Duty => false,
        };
        if fits { Ok(()) } else { Err(Mismatch::Permit) }
    }
}
