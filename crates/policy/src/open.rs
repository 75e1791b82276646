//! What the lock lets out: the decisions behind `Permit::open`. Closed until they are in place.

use crate::dossier::Dossier;
use crate::permit::{Mismatch, Permit};
use credit::catalog::Catalog;
use credit::record::{AsOf, Facts};

/// Opens the facts of the permit's subject.
pub(crate) fn facts(
    permit: &Permit,
    facts: Facts,
    _catalog: &Catalog,
    at: AsOf,
) -> Result<Dossier, Mismatch> {
    if facts.subject.id != permit.subject() {
        return Err(Mismatch::Subject);
    }
    Ok(Dossier {
        subject: facts.subject,
        purpose: permit.purpose(),
        at,
        entries: Vec::new(),
        unreadable: 0,
    })
}
