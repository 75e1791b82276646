//! Tests of intake on whole files: readers here, the checker in its own modules.

mod bad_inputs;
mod fuzz;
mod read_delimited;
mod samples;
mod read_memory;
mod read_real;
mod read_workbooks;
mod read_records;
mod support;
mod check_header;
mod check_persons;
mod check_properties;
mod check_rejects;
mod check_rows;
mod check_support;
mod check_words;
