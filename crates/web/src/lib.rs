//! The only HTTP: api v1 and the portals.
