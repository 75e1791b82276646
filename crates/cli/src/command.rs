//! The commands: each parses its arguments, calls one workflow and prints its answer.

mod against;
mod audit;
mod catalog;
mod decide;
pub(crate) mod deferral;
mod demo;
pub(crate) mod due;
pub(crate) mod erase;
mod forward;
pub(crate) mod grade;
pub(crate) mod grant;
mod ingest;
pub(crate) mod journal;
pub(crate) mod keys;
pub(crate) mod lookup;
mod matching;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod plain;
pub(crate) mod pull;
mod recall;
mod receipt;
mod report;
pub(crate) mod resolve;
mod search;
mod serve;
pub(crate) mod sign;
pub(crate) mod signer;
mod snapshots;
mod subject;
pub(crate) mod telling;
pub(crate) mod verify;
pub(crate) mod witness;
pub(crate) mod workbook;

use crate::args::{Args, Command};
use crate::exit::{Exit, Failure};
use crate::{out, setup, text};

/// Runs the command.
pub(crate) fn run(args: Args) -> Result<Exit, Failure> {
    match &args.command {
        Command::ReadWorkbook { sheet } => workbook::child(sheet.as_deref()),
        Command::Catalog { command } => catalog::run(&args, command),
        Command::Ingest(ask) => ingest::run(&setup::desk(&args, false)?, ask),
        Command::Forward(ask) => settled(&args, |desk| forward::run(desk, ask)),
        Command::Report(ask) => settled(&args, |desk| report::run(desk, ask)),
        Command::Subject(ask) => subject::run(&setup::desk(&args, false)?, ask),
        Command::Search(ask) if ask.names.is_some() => search::lists(ask, setup::lang(&args)),
        Command::Search(ask) => search::run(&setup::desk(&args, false)?, ask),
        Command::Serve(ask) => serve::run(setup::desk(&args, false)?, ask),
        Command::Snapshots { command } => snapshots::run(&setup::desk(&args, false)?, command),
        Command::Due { command } => due::run(&setup::desk(&args, false)?, command),
        Command::Pull(ask) => pull::run(&setup::desk(&args, false)?, ask),
        Command::Recall(ask) => recall::run(&setup::desk(&args, false)?, ask),
        Command::Receipt { command } => receipt::run(&args, command),
        Command::Decide { command } => decide::run(&setup::desk(&args, false)?, command),
        Command::People { command } => people::run(&setup::desk(&args, false)?, command),
        Command::Sign(ask) => sign::run(ask),
        Command::Grade(ask) => settled(&args, |desk| grade::run(desk, ask)),
        Command::Grant { command } => grant::run(&setup::desk(&args, false)?, command),
        Command::Lookup(ask) => settled(&args, |desk| lookup::look(desk, ask)),
        Command::Looks(ask) => settled(&args, |desk| lookup::looks(desk, ask)),
        Command::Deferral { command } => deferral::run(&setup::desk(&args, false)?, command),
        Command::Cases { command } => lookup::cases(&setup::desk(&args, false)?, command),
        Command::Match(ask) => matching::run(ask, setup::lang(&args)),
        Command::Resolve(ask) => resolve::run(ask, setup::lang(&args)),
        Command::Journal { command } => journal::run(&args, command),
        Command::Verify { command } => verify::run(&args, command),
        Command::Audit => audit::run(&setup::desk(&args, false)?),
        Command::Witness(ask) => witness::run(&args, ask),
        Command::Signer(ask) => signer::run(&args, ask),
        Command::Keys { command } => keys::run(&args, command),
        Command::Person(ask) => settled(&args, |desk| person::run(desk, ask)),
        Command::Erase(ask) => erase::run(&setup::desk(&args, false)?, ask),
        Command::Restore => erase::restore(&args),
        Command::Migrate => migrate(&args),
        Command::Demo(ask) => demo::run(&args, ask),
    }
}

/// Runs a command that may look, and writes down what it opened (rights 14).
fn settled(
    args: &Args,
    run: impl FnOnce(&setup::Desk) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let desk = setup::desk(args, false)?;
    let done = run(&desk);
    let settling = exchange::openings::settle(&desk.office);
    let settled = desk.runtime.block_on(settling);
    settled.map_err(|error| Failure::of(error, desk.lang))?;
    done
}

fn migrate(args: &Args) -> Result<Exit, Failure> {
    let desk = setup::desk(args, true)?;
    out::line(&text::MIGRATED.say(desk.lang, &[]))?;
    Ok(Exit::Done)
}
