//! `gongxin report CODE`: a public look-up, printed.

use crate::args::{Format, Report};
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::report::Ask;
use std::io::IsTerminal;

pub(super) fn run(desk: &Desk, ask: &Report) -> Result<Exit, Failure> {
    refuse_early(ask)?;
    let request = Ask {
        lang: desk.lang,
        as_of: ask.as_of,
        themes: ask.themes.clone(),
        from: ask.from,
        to: ask.to,
    };
    let report = made(desk, ask, &request).map_err(|error| Failure::of(error, desk.lang))?;
    let bytes = match ask.format {
        Format::Html => web::page::report_document(&report)
            .map_err(|cause| Failure::inner(text::NO_PAGE, cause))?
            .into_bytes(),
        Format::Json => views::report::json(&report).into_bytes(),
        Format::Pdf => typesetter()?
            .report(&report)
            .map_err(|cause| Failure::inner(text::NO_PDF, cause))?,
    };
    write(ask, &bytes)?;
    Ok(Exit::Done)
}

/// What is wrong with the question itself is said before anything is read or written down.
fn refuse_early(ask: &Report) -> Result<(), Failure> {
    if let (Some(from), Some(to)) = (ask.from, ask.to)
        && from > to
    {
        return Err(Failure::usage(
            text::PERIOD,
            &[&from.to_string(), &to.to_string()],
        ));
    }
    let shown = ask.output.is_none() && std::io::stdout().is_terminal();
    if ask.format == Format::Pdf && shown {
        return Err(Failure::usage(text::PDF_TO_TERMINAL, &[]));
    }
    Ok(())
}

/// A public look-up, or the subject's own report for a named officer and case.
fn made(
    desk: &Desk,
    ask: &Report,
    request: &Ask,
) -> exchange::error::Result<views::report::Report> {
    let asked = (&ask.officer, &ask.agency, &ask.case);
    let (true, (Some(officer), Some(agency), Some(case))) = (ask.own, asked) else {
        let public = exchange::report::public(&desk.office, &ask.code, request);
        return desk.runtime.block_on(public);
    };
    let (officer, case) = exchange::report::window(officer, agency, case)?;
    let own = exchange::report::own(&desk.office, &ask.code, officer, case, request);
    desk.runtime.block_on(own)
}

/// The typesetter with the fonts of this machine.
pub(super) fn typesetter() -> Result<pdf::Typesetter, Failure> {
    let source = match std::env::var_os("GONGXIN_FONTS") {
        Some(folder) => pdf::FontSource::Directory(folder.into()),
        None => pdf::FontSource::System,
    };
    pdf::Typesetter::new(source)
        .map_err(|missing| Failure::request(text::NO_FONT, &[&missing.looked_in]))
}

fn write(ask: &Report, bytes: &[u8]) -> Result<(), Failure> {
    match &ask.output {
        Some(path) => std::fs::write(path, bytes)
            .map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause)),
        None => out::bytes(bytes),
    }
}
