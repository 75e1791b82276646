//! `gongxin`: the one binary. The only place that reads environment, clock and entropy.
//!
//! Exit codes: 0 done · 1 an error inside · 2 the command line is wrong · 3 the request or file was
//! refused, nothing was changed · 4 nothing was found · 5 rows were rejected, held or wait for an officer
//! (only with `--strict`) · 6 the catalogue is refused.

mod args;
mod command;
mod erasures;
mod exit;
mod home;
mod machine;
mod out;
mod setup;
mod text;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    setup::logging(args.verbose);
    let lang = setup::lang(&args);
    match command::run(args) {
        Ok(exit) => exit.into(),
        Err(failure) => exit::report(&failure, lang),
    }
}
