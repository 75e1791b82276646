//! Sealed facts: what the store hands out and only a permit opens.

use crate::permit::{Mismatch, Permit, Purpose};
use crate::tally::Counter;
use credit::subject::SubjectId;
use std::fmt;

/// A value that was read for one permit. Anyone may seal; only that permit opens.
///
/// The inside cannot be reached past the permit:
///
/// ```compile_fail,E0616
/// # use policy::Sealed; use credit::record::Facts;
/// fn peek(sealed: Sealed<Facts>) -> Facts { sealed.inner }
/// ```
///
/// ```compile_fail,E0624
/// # use policy::{Permit, Sealed}; use credit::record::Facts;
/// fn peek(sealed: Sealed<Facts>, permit: &Permit) { let _ = sealed.break_open(permit); }
/// ```
///
/// nor does printing it help, whatever was sealed:
///
/// ```
/// # use policy::{Permit, Sealed}; use credit::subject::SubjectId;
/// let sealed = Sealed::new(&Permit::public(SubjectId([7; 16])), "secret");
/// assert!(!format!("{sealed:?}").contains("secret"));
/// ```
pub struct Sealed<T> {
    subject: SubjectId,
    permit: [u8; 16],
    purpose: Purpose,
    counter: Option<Counter>,
    inner: T,
}

impl<T> Sealed<T> {
    /// Seals what was read for a permit whose look leaves no trace: any other opens nothing of it.
    #[must_use]
    pub fn new(permit: &Permit, inner: T) -> Sealed<T> {
        Sealed {
            subject: permit.subject(),
            permit: permit.id(),
            purpose: permit.purpose(),
            counter: None,
            inner,
        }
    }

    /// Seals what was read for a permit whose look was written down; opening it counts.
    #[must_use]
    pub fn counted(permit: &Permit, inner: T, counter: Counter) -> Sealed<T> {
        Sealed {
            counter: Some(counter),
            ..Sealed::new(permit, inner)
        }
    }

    /// Whom it is about.
    #[must_use]
    pub fn subject(&self) -> SubjectId {
        self.subject
    }

    /// Gives the inside to the permit for which it was read. A seal that does not fit is spent
    /// all the same: the facts are dropped, never handed back.
    pub(crate) fn break_open(self, permit: &Permit) -> Result<T, Mismatch> {
        if self.subject != permit.subject() {
            return Err(Mismatch::Subject);
        }
        if self.permit != permit.id() || self.purpose != permit.purpose() {
            return Err(Mismatch::Permit);
        }
        if permit.is_logged() {
            let counter = self.counter.ok_or(Mismatch::Uncounted)?;
            counter.count(self.purpose);
        }
        Ok(self.inner)
    }
}

impl<T> fmt::Debug for Sealed<T> {
    /// Prints whom it is about, never what is inside.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} for {})", self.purpose.code(), self.subject)
    }
}

/// What stands in a subject's own file beside its facts: who looked at it. Facts are none of it, so
/// that they never leave without the decisions behind [`Permit::open`]:
///
/// ```compile_fail,E0277
/// # use policy::{Permit, Sealed}; use credit::record::Facts;
/// fn past(permit: Permit, sealed: Sealed<Facts>) { let _ = permit.open_own(sealed); }
/// ```
pub trait OfOwnFile {}

/// What an officer of the centre reads who looks for the cases of one subject: ids, codes and days, nothing
/// that was said in them.
pub trait OfCaseList {}
