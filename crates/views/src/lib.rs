//! Views: what leaves the platform about a subject, made from an opened dossier and nothing else.
//!
//! No permit, no dossier; no dossier, no view. A view is a pure function: the same dossier, catalogue
//! and question give the same bytes on any machine and any day. It records nothing, judges nothing
//! and adds nothing to what the dossier holds; it orders, labels and formats.
//!
//! | module | holds |
//! | --- | --- |
//! | [`report`] | the public credit information report in the ten sections of the national standard |
//! | [`lookup`] | the short view of a subject's page |
//! | [`export`] | everything on file, for its subject to take away |
//! | [`duty`] | what an officer sees under a grant |
//! | [`letter`] | one step of a case as its subject receives it |
//! | [`history`] | the versions of one fact, for the own file |
//! | [`show`] | values for reading: dates, money, code titles |
//! | [`text`] | every text in three languages |

pub mod duty;
pub mod export;
pub mod history;
pub mod letter;
pub mod lookup;
pub mod report;
pub mod show;
pub mod text;

pub use letter::{Letter, letter};
pub use report::{Report, ReportAsk, report};
