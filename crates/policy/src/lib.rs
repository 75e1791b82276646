//! The lock: actor, purpose and subject make a permit, and only a permit opens sealed facts.
//!
//! *No permit, no dossier; no dossier, no view.* The store hands out [`Sealed`] facts that nobody
//! else can read; a [`Permit`] opens them once, for one subject and one purpose, and what comes
//! out is a [`Dossier`] with everything left out that the purpose may not see. Views take
//! dossiers only, so a page, an export or an operator has no way around this crate.
//!
//! | module | holds |
//! | --- | --- |
//! | [`permit`] | purposes, officers, case numbers, permits and the access that must be logged |
//! | [`grant`] | whether a grant covers a look |
//! | [`mod@grade`] | grading: facts go in, a grade comes out |
//! | [`job`] | permits of jobs, which read many organisations and are counted |
//! | [`tally`] | what was opened, counted by the lock |
//! | [`sealed`] | facts that only a permit opens |
//! | [`dossier`] | what a permit lets out |
//! | [`extent`] | which of it a report prints |
//!
//! What the lock decides is in the private module `open`: publication is decided **today**, on the
//! version in force now; content is that which was known at the asked instant (rights 11).

pub mod dossier;
pub mod extent;
pub mod grade;
pub mod grant;
pub mod job;
mod open;
pub mod permit;
pub mod sealed;
pub mod tally;

pub use dossier::{Dossier, Entry, Mark, Past, Publication, Shown, Status};
pub use extent::Extent;
pub use grade::{grade, grade_own};
pub use job::{Graded, JobAccount, JobPermit, OrganisationFacts, SealedBatch};
pub use permit::{Access, CaseNumber, Mismatch, NotAccepted, Officer, Permit, Purpose, Recheck};
pub use sealed::{OfCaseList, OfOwnFile, Sealed};
pub use tally::{Counter, Tally};
