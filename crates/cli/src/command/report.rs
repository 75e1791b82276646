//! `gongxin report CODE`: a public look-up, printed.

use crate::args::{Format, Report};
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use exchange::report::Ask;
use std::io::Write;

pub(super) fn run(desk: &Desk, ask: &Report) -> Result<Exit, Failure> {
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
            .map_err(|cause| Failure::inner("the page could not be made", cause))?
            .into_bytes(),
        Format::Json => views::report::json(&report).into_bytes(),
        Format::Pdf => typesetter()?
            .report(&report)
            .map_err(|cause| Failure::inner("the PDF could not be made", cause))?,
    };
    write(ask, &bytes)?;
    Ok(Exit::Done)
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
    pdf::Typesetter::new(source).map_err(|missing| Failure::request(missing.to_string()))
}

fn write(ask: &Report, bytes: &[u8]) -> Result<(), Failure> {
    match &ask.output {
        Some(path) => std::fs::write(path, bytes)
            .map_err(|cause| Failure::io(path, "cannot be written", cause)),
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(bytes)
                .and_then(|()| out.flush())
                .map_err(|cause| Failure::inner("standard output is closed", cause))
        }
    }
}
