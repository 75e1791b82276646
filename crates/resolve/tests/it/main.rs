//! Attempts to make the resolver guess: by name, by order, by half a number.

mod cases;
mod cluster;
mod make;
mod properties;
