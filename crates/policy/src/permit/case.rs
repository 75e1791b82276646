//! Permits to handle one case: the case and the fact that it is about, and nothing else of the subject.

use super::{CaseNumber, Mismatch, NotAccepted, Officer, Permit, Purpose};
use crate::dossier::Dossier;
use crate::open;
use crate::sealed::Sealed;
use credit::case::{AttachedFile, CaseFile, CaseId};
use credit::catalog::Catalog;
use credit::record::{AsOf, Facts};
use credit::subject::SubjectId;

/// The number under which work on a case stands among the looks at its subject.
fn number(case: CaseId) -> String {
    format!("case:{case}")
}

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
            Purpose::PublicLookup | Purpose::OwnSupply | Purpose::Forward | Purpose::Duty => false,
        };
        if fits { Ok(()) } else { Err(Mismatch::Permit) }
    }
}
