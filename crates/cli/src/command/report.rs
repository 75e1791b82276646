//! `gongxin report CODE`: a public look-up, printed.

use crate::args::{Format, Report};
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::report::Ask;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;

/// An officer and a case, read from an account that may hand files out.
type HandedOut = (exchange::report::Officer, exchange::report::CaseNumber);

pub(super) fn run(desk: &Desk, ask: &Report) -> Result<Exit, Failure> {
    refuse_early(ask)?;
    let request = Ask {
        lang: desk.lang,
        as_of: ask.as_of,
        themes: ask.themes.clone(),
        from: ask.from,
        to: ask.to,
    };
    if ask.sign {
        return signed(desk, ask, &request);
    }
    let report = made(desk, ask, &request)?;
    write(ask.output.as_deref(), &bytes(&report, ask.format)?)?;
    Ok(Exit::Done)
}

/// A report in a format.
pub(super) fn bytes(report: &views::report::Report, format: Format) -> Result<Vec<u8>, Failure> {
    match format {
        Format::Html => web::page::report_document(report)
            .map(String::into_bytes)
            .map_err(|cause| Failure::inner(text::NO_PAGE, cause)),
        Format::Json => Ok(views::report::json(report).into_bytes()),
        Format::Pdf => typesetter()?
            .report(report)
            .map_err(|cause| Failure::inner(text::NO_PDF, cause)),
    }
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
    to_terminal(ask.format, ask.output.as_deref())
}

/// Refuses to show a PDF file to a terminal.
pub(super) fn to_terminal(format: Format, output: Option<&Path>) -> Result<(), Failure> {
    if format == Format::Pdf && output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::usage(text::PDF_TO_TERMINAL, &[]));
    }
    Ok(())
}

/// The same, issued under a signature.
fn signed(desk: &Desk, ask: &Report, request: &Ask) -> Result<Exit, Failure> {
    let failed = |error| Failure::of(error, desk.lang);
    let address = match ask.site.as_deref() {
        Some(url) => web::address(url).ok_or_else(|| Failure::usage(text::SITE_ADDRESS, &[url]))?,
        None => String::new(),
    };
    let handed = handed_out(desk, ask)?;
    let bytes = desk.runtime.block_on(async {
        let issued = issued(desk, ask, request, handed).await.map_err(failed)?;
        match ask.format {
            Format::Json => Ok(issued.file.into_bytes()),
            Format::Html => web::issued::document(&issued, &address)
                .map(String::into_bytes)
                .map_err(failed),
            Format::Pdf => {
                let typesetter = Arc::new(typesetter()?);
                web::issued::pdf(&desk.office, &typesetter, &issued, &address)
                    .await
                    .map_err(failed)
            }
        }
    })?;
    write(ask.output.as_deref(), &bytes)?;
    Ok(Exit::Done)
}

async fn issued(
    desk: &Desk,
    ask: &Report,
    request: &Ask,
    handed: Option<HandedOut>,
) -> exchange::error::Result<exchange::report::issue::Issued> {
    match handed {
        None => exchange::report::issue::public(&desk.office, &ask.code, request).await,
        Some((officer, case)) => {
            exchange::report::issue::own(&desk.office, &ask.code, officer, case, request).await
        }
    }
}

/// Who hands an own report out, and for which case: an account that may. `None`: it is a public one.
fn handed_out(desk: &Desk, ask: &Report) -> Result<Option<HandedOut>, Failure> {
    let (true, Some(by), Some(case)) = (ask.own, &ask.by, &ask.case) else {
        return Ok(None);
    };
    let who = super::lookup::acting(desk, by)?;
    let handed = exchange::report::at_window(&who, case);
    handed
        .map(Some)
        .map_err(|error| Failure::of(error, desk.lang))
}

/// A public look-up, or the subject's own report for a named officer and case.
fn made(desk: &Desk, ask: &Report, request: &Ask) -> Result<views::report::Report, Failure> {
    let (office, code) = (&desk.office, &ask.code);
    let made = match handed_out(desk, ask)? {
        None => desk
            .runtime
            .block_on(exchange::report::public(office, code, request)),
        Some((officer, case)) => {
            let own = exchange::report::own(office, code, officer, case, request);
            desk.runtime.block_on(own)
        }
    };
    made.map_err(|error| Failure::of(error, desk.lang))
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

/// Writes to a file, or to standard output.
pub(super) fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match output {
        Some(path) => std::fs::write(path, bytes)
            .map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause)),
        None => out::bytes(bytes),
    }
}
