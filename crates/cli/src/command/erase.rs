//! `gongxin erase`, and `gongxin restore`, which replays erasures onto a copy that was put back.

use super::lookup::acting;
use super::person::asked_number;
use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::setup::{self, Desk};
use crate::{erasures, out, text};
use exchange::persons;
use store::Erased;

#[derive(Debug, clap::Args)]
pub(crate) struct Erase {
    /// Who decides: the account's name to sign in with.
    #[arg(long, value_name = "LOGIN")]
    by: String,
    /// The number of the decision and what it is called; nothing of the person.
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

pub(super) fn run(desk: &Desk, ask: &Erase) -> Result<Exit, Failure> {
    let who = acting(desk, &ask.by)?;
    let number = asked_number(desk)?;
    let note = |erasure: &store::Erasure| erasures::add(&desk.data, std::slice::from_ref(erasure));
    let erased = persons::erase(&desk.office, &who, &number, &ask.reason, note);
    let failed = |error| Failure::of(error, desk.lang);
    let words = match desk.runtime.block_on(erased).map_err(failed)? {
        Erased::Done => text::ERASED,
        Erased::Nothing => text::ERASED_NOTHING,
        Erased::Before => text::ERASED_BEFORE,
    };
    out::line(&words.say(desk.lang, &[]))?;
    Ok(Exit::Done)
}

/// Replays what the store misses, and completes the list with what only the store knows.
pub(super) fn restore(args: &Args) -> Result<Exit, Failure> {
    let desk = setup::desk_as_found(args, false)?;
    let (missed, unlisted) = erasures::compared(&desk)?;
    erasures::add(&desk.data, &unlisted).map_err(|error| Failure::of(error, desk.lang))?;
    let replayed = persons::replay(&desk.office, &missed);
    let replayed = desk.runtime.block_on(replayed);
    let replayed = replayed.map_err(|error| Failure::of(error, desk.lang))?;
    let blanks = [replayed.erased.to_string(), replayed.nothing.to_string()];
    let blanks = blanks.each_ref().map(String::as_str);
    out::line(&text::REPLAYED.say(desk.lang, &blanks))?;
    Ok(Exit::Done)
}
