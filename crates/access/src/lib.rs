//! Who may do what at the desk: [Cedar](https://docs.cedarpolicy.com) policies, shipped as files
//! (`catalog/access/desk.cedar`, read against `desk.cedarschema`), to how far an account's appointments
//! reach.
//!
//! | module | holds |
//! | --- | --- |
//! | [`policies`] | policies read and checked against the schema; a site's own, which can only forbid |
//! | [`reach`] | what the policies say of one appointment, and of all that an account holds |
//!
//! The schema is narrow on purpose. A policy may speak of role, agency, unit, term, day and action, and of a
//! matter only whether it is the appointment's own and within its themes: so what is asked here of three
//! matters holds for every matter there is, and lists can be cut to what an account reaches instead of
//! asking for each row.

pub mod policies;
pub mod reach;

pub use policies::{BadPolicies, Policies};
pub use reach::Access;
