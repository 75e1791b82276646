//! `gongxin keys`: the ring under which what is held of natural persons is sealed.

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::home::Home;
use crate::setup::{self, Desk};
use crate::{machine, out, text};
use clap::Subcommand;
use exchange::persons;
use indicatif::{ProgressBar, ProgressStyle};
use seal::Ring;
use std::sync::Arc;

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make the ring with its first key. From then on rows of natural persons are taken, sealed, of the
    /// themes that admit them.
    New,
    /// List the keys: number, persons' keys that it opens; the newest one seals.
    List,
    /// Make a new key, and wrap every person's key under it. Run again, it goes on where it stopped.
    Rotate {
        /// Only go on with what an earlier run began; make no new key.
        #[arg(long)]
        resume: bool,
    },
    /// Remove an old key that opens nothing any more here. Older copies of the store that still need it
    /// can then be opened by nobody.
    Retire {
        /// Its number, from `keys list`.
        number: u32,
    },
}

pub(super) fn run(args: &Args, command: &Keys) -> Result<Exit, Failure> {
    let home = Home::open(&args.data)?;
    match command {
        Keys::New => new(args, &home),
        Keys::List => list(&setup::desk(args, false)?),
        Keys::Rotate { resume } => rotate(args, &home, *resume),
        Keys::Retire { number } => retire(args, &home, *number),
    }
}

/// Makes the first ring. Under another index persons who are on file would not be found again, nor those
/// who were erased: where something stands under a ring already, a new one is refused.
fn new(args: &Args, home: &Home) -> Result<Exit, Failure> {
    let lang = setup::lang(args);
    if home.ring()?.is_some() {
        return Err(Failure::request(text::RING_THERE, &[]));
    }
    let desk = setup::desk(args, false)?;
    let needed = desk.runtime.block_on(persons::needs_ring(&desk.office));
    if needed.map_err(|error| Failure::of(error, lang))? {
        return Err(Failure::request(text::RING_NEEDED, &[]));
    }
    let (first, index) = (entropy(), entropy());
    home.ring_first(&Ring::new(first, index))?;
    out::line(&text::RING_MADE.say(lang, &[]))?;
    Ok(Exit::Done)
}

fn entropy() -> [u8; 32] {
    let mut bytes = [0; 32];
    machine::entropy(&mut bytes);
    bytes
}

fn list(desk: &Desk) -> Result<Exit, Failure> {
    let ring = ring(desk.office.persons.as_deref())?;
    let counts = counts(desk)?;
    for number in ring.numbers() {
        let opens = counts.iter().find(|(known, _)| *known == number);
        out::line(&format!(
            "{number}\t{}",
            opens.map_or(0, |(_, count)| *count)
        ))?;
    }
    Ok(Exit::Done)
}

fn rotate(args: &Args, home: &Home, resume: bool) -> Result<Exit, Failure> {
    let mut desk = setup::desk(args, false)?;
    let mut ring = ring(desk.office.persons.as_deref())?.clone();
    if !resume {
        // The file first: what is wrapped under a key that was lost is lost with it.
        let added = ring.add(entropy());
        added.map_err(|_| Failure::request(text::RING_FULL, &[]))?;
        home.ring_write(&ring)?;
    }
    desk.office.persons = Some(Arc::new(ring));
    let counts = counts(&desk)?;
    let bar = bar(counts.iter().map(|(_, count)| *count).sum());
    let step = |done| bar.inc(done);
    let rotated = desk.runtime.block_on(persons::rotate(&desk.office, &step));
    bar.finish_and_clear();
    let rotated = rotated.map_err(|error| Failure::of(error, desk.lang))?;
    let blanks = [rotated.done.to_string(), rotated.newest.to_string()];
    let blanks = blanks.each_ref().map(String::as_str);
    out::line(&text::ROTATED.say(desk.lang, &blanks))?;
    Ok(Exit::Done)
}

fn bar(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}");
    let bar = ProgressBar::new(length);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn retire(args: &Args, home: &Home, number: u32) -> Result<Exit, Failure> {
    let desk = setup::desk(args, false)?;
    let mut ring = ring(desk.office.persons.as_deref())?.clone();
    if counts(&desk)?.iter().any(|(known, _)| *known == number) {
        return Err(Failure::request(text::KEY_IN_USE, &[&number.to_string()]));
    }
    let retired = ring.retire(number);
    retired.map_err(|_| Failure::request(text::KEY_NOT_RETIRED, &[&number.to_string()]))?;
    home.ring_write(&ring)?;
    out::line(&text::KEY_RETIRED.say(desk.lang, &[&number.to_string()]))?;
    Ok(Exit::Done)
}

fn counts(desk: &Desk) -> Result<Vec<(u32, u64)>, Failure> {
    let counts = desk.runtime.block_on(persons::counts(&desk.office));
    counts.map_err(|error| Failure::of(error, desk.lang))
}

fn ring(ring: Option<&Ring>) -> Result<&Ring, Failure> {
    ring.ok_or_else(|| Failure::request(text::NO_RING, &[]))
}
