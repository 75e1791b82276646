//! What leaves the platform about a subject, tested from sealed facts to bytes.

mod golden;
mod history;
mod limits;
mod own;
mod property;
mod sample;
mod schema;
mod source;
mod times;
