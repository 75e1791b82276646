//! Attempts to make the resolver guess: by name, by order, by half a number.

mod cases;
mod cluster;
mod cuts;
mod er;
mod er_laws;
#[allow(dead_code, missing_docs, unreachable_pub)]
mod er_people;
mod er_places;
mod er_tables;
mod make;
mod name;
mod properties;
mod search;
