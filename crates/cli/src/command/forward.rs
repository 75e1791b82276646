//! `gongxin forward`: a file's sound facts in the theme's template, for a platform above.

use crate::args::Forward;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::ingest::{self, File, Request, Told};
use std::io::BufWriter;

pub(super) fn run(desk: &Desk, ask: &Forward) -> Result<Exit, Failure> {
    let file =
        File::path(&ask.file).map_err(|cause| Failure::io(&ask.file, text::CANNOT_READ, cause))?;
    let target = std::fs::File::create(&ask.output)
        .map_err(|cause| Failure::io(&ask.output, text::CANNOT_WRITE, cause))?;
    let request = Request {
        theme: ask.theme.clone(),
        supplier: ask.supplier.clone(),
        mode: None,
        date: ask.date,
        file,
        told: Told::default(),
    };
    let forwarded = ingest::forward(&desk.office, request, &mut BufWriter::new(target))
        .map_err(|error| Failure::of(error, desk.lang))?;
    let path = ask.output.display().to_string();
    let [written, left_out] =
        [forwarded.written, forwarded.left_out].map(|count| count.to_string());
    out::line(&text::FORWARDED.say(desk.lang, &[&written, &left_out, &path]))?;
    Ok(Exit::Done)
}
