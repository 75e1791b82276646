//! Tests of intake on whole files: readers here, the checker in its own modules.
#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic
)]

mod bad_inputs;
mod check_header;
mod check_hostile;
mod check_persons;
mod check_properties;
mod check_rejects;
mod check_rows;
mod check_sealed;
mod check_support;
mod check_values;
mod check_words;
mod fuzz;
mod fuzz_workbooks;
mod read_delimited;
mod read_memory;
mod read_real;
mod read_records;
mod read_workbooks;
mod samples;
mod support;
