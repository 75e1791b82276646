//! `gongxin forward`: facts in the theme's template, for a platform above; those of a file, or those
//! on file under an officer's name.

use crate::args::Forward;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::ingest::{self, File, Forwarded, Request, Told};
use std::io::BufWriter;
use std::path::Path;

pub(super) fn run(desk: &Desk, ask: &Forward) -> Result<Exit, Failure> {
    let forwarded = match &ask.file {
        Some(path) => of_file(desk, ask, path)?,
        None => on_file(desk, ask)?,
    };
    let path = ask.output.display().to_string();
    let [written, left_out] =
        [forwarded.written, forwarded.left_out].map(|count| count.to_string());
    out::line(&text::FORWARDED.say(desk.lang, &[&written, &left_out, &path]))?;
    Ok(Exit::Done)
}

fn target(ask: &Forward) -> Result<BufWriter<std::fs::File>, Failure> {
    let made = std::fs::File::create(&ask.output);
    made.map(BufWriter::new)
        .map_err(|cause| Failure::io(&ask.output, text::CANNOT_WRITE, cause))
}

fn of_file(desk: &Desk, ask: &Forward, path: &Path) -> Result<Forwarded, Failure> {
    let file = File::path(path).map_err(|cause| Failure::io(path, text::CANNOT_READ, cause))?;
    let request = Request {
        theme: ask.theme.clone(),
        supplier: ask.supplier.clone(),
        mode: None,
        date: ask.date,
        file,
        told: Told::default(),
    };
    ingest::forward(&desk.office, request, &mut target(ask)?)
        .map_err(|error| Failure::of(error, desk.lang))
}

fn on_file(desk: &Desk, ask: &Forward) -> Result<Forwarded, Failure> {
    let who = super::lookup::acting(desk, ask.by.as_deref().unwrap_or_default())?;
    let officer = ingest::forwarder(&who).map_err(|error| Failure::of(error, desk.lang))?;
    let mut target = target(ask)?;
    let who = (officer.name(), officer.agency());
    let forwarded = ingest::forward_held(&desk.office, &ask.theme, who, &mut target);
    desk.runtime
        .block_on(forwarded)
        .map_err(|error| Failure::of(error, desk.lang))
}
