//! Attempts to get out of the lock what must not leave it.

mod content;
mod grade;
mod grant;
mod job;
mod lock;
mod make;
mod own;
mod properties;
mod publication;
mod subject;
mod tally;
