//! A subject's cases: its list, the form by which one is filed, one case with the steps that are its own.

pub(super) mod file;
pub(super) mod list;
pub(super) mod one;
pub(super) mod promise;
