//! Asking sealed facts one thing: whether they still say what a report said.

use super::{Mismatch, Permit, Purpose};
use crate::extent::Extent;
use crate::sealed::Sealed;
use credit::catalog::Catalog;
use credit::record::{AsOf, Facts};
use credit::subject::SubjectId;

/// The right to learn whether a subject's facts, seen for a purpose, are the same as before, and
/// nothing else. What comes out names records and versions and holds no content; whoever made the
/// report compares it with what was true then, and tells others yes or no (rights 11: after a
/// repair or a correction a third party learns only that a report is no longer current).
///
/// Nothing is logged, since nothing that is not public leaves. So it cannot be turned into a look:
///
/// ```compile_fail,E0507
/// # use policy::{Dossier, Mismatch, Recheck, Sealed};
/// # use credit::{catalog::Catalog, record::{AsOf, Facts}};
/// fn look(recheck: &Recheck, sealed: Sealed<Facts>, catalog: &Catalog, at: AsOf)
///     -> Result<Dossier, Mismatch> {
///     (*recheck.permit()).open(sealed, catalog, at)
/// }
/// ```
///
/// ```compile_fail,E0616
/// # use policy::{Permit, Recheck};
/// fn look(recheck: Recheck) -> Permit { recheck.permit }
/// ```
#[derive(Debug)]
pub struct Recheck {
    permit: Permit,
}

impl Recheck {
    /// Of whom, and as seen for which purpose.
    #[must_use]
    pub fn of(subject: SubjectId, purpose: Purpose) -> Recheck {
        let public = Permit::public(subject);
        Recheck {
            permit: Permit { purpose, ..public },
        }
    }

    /// What the store seals the facts for.
    #[must_use]
    pub fn permit(&self) -> &Permit {
        &self.permit
    }

    /// What the facts say today, in a text that changes with it and holds no content.
    ///
    /// # Errors
    /// As [`Permit::open`]; and [`Mismatch::NotPublic`] for whoever is no organisation.
    pub fn stated(
        self,
        sealed: Sealed<Facts>,
        catalog: &Catalog,
        at: AsOf,
        extent: &Extent<'_>,
    ) -> Result<String, Mismatch> {
        let dossier = self.permit.open(sealed, catalog, at)?;
        if !dossier.subject().kind.is_organisation() {
            return Err(Mismatch::NotPublic);
        }
        Ok(dossier.stated(extent))
    }
}
