//! Report to PDF by a typesetter, alone behind this crate for its weight.
