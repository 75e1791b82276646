//! `gongxin person`: a natural person's own report at the service window.

use super::lookup::acting;
use super::report;
use crate::args::Format;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::text;
use exchange::persons::{self, Number};
use exchange::report::Ask;
use std::io::{BufRead, IsTerminal, Read};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct Person {
    /// The officer who hands it out: the account's name to sign in with.
    #[arg(long, value_name = "LOGIN")]
    by: String,
    /// The case number under which the person proved who it is.
    #[arg(long, value_name = "NUMBER")]
    case: String,
    /// Format.
    #[arg(long, value_enum, default_value_t = Format::Html)]
    format: Format,
    /// Write there instead of to standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(desk: &Desk, ask: &Person) -> Result<Exit, Failure> {
    report::to_terminal(ask.format, ask.output.as_deref())?;
    let who = acting(desk, &ask.by)?;
    let number = asked_number(desk)?;
    let request = Ask {
        lang: desk.lang,
        ..Ask::default()
    };
    let own = persons::own(&desk.office, &who, &number, &ask.case, &request);
    let own = desk.runtime.block_on(own);
    let own = own.map_err(|error| Failure::of(error, desk.lang))?;
    report::write(ask.output.as_deref(), &report::bytes(&own, ask.format)?)?;
    Ok(Exit::Done)
}

/// Reads a person's number from standard input: it stands in no list of processes and in no history of
/// a shell. At a terminal it is asked for.
pub(super) fn asked_number(desk: &Desk) -> Result<Number, Failure> {
    if std::io::stdin().is_terminal() {
        eprintln!("{}", text::PERSON_NUMBER.say(desk.lang, &[]));
    }
    let mut line = String::new();
    // A number has 18 characters; whatever is longer than a line of them is none.
    let read = std::io::stdin().lock().take(200).read_line(&mut line);
    let read = read.map_err(|cause| exchange::Error::inner("standard input", cause));
    let number = read.and_then(|_| Number::parse(line.trim()));
    number.map_err(|error| Failure::of(error, desk.lang))
}
