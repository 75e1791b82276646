//! The workflows on real stores: SQLite and PostgreSQL, the same tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where something is wrong"
)]

mod announcements;
mod asked_again;
mod bad_inputs;
mod cases;
mod charge;
mod clocks;
mod consents;
mod corrections;
mod counted;
mod deferrals;
mod desk;
mod due;
mod figures;
mod forward;
mod hidden;
mod identity;
mod issued;
mod japan;
mod journal;
mod journal_kill;
mod mail;
mod mandates;
mod notices;
mod own_person;
mod people;
mod persons;
mod persons_told;
mod provable;
mod pull;
mod recall;
mod registry;
mod rejects;
mod search;
mod search_follow;
mod sharing;
mod snapshots;
mod spine;
mod supplier;
mod years;
