//! Tests of intake on whole files: readers here, the checker in its own modules.

mod read_delimited;
mod read_workbooks;
mod read_records;
mod support;
