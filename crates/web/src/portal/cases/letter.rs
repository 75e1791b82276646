//! A step of a case as a letter: a PDF with number, organ, basis and remedies, for its subject and for the desk.

use crate::Site;
use crate::page;
use crate::portal::report::no_font;
use crate::reader::Reader;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use exchange::Error;
use exchange::cases::Shown;
use views::letter::{Matter, letter};

/// Answers with the letter on a step of a case that was read.
pub(in crate::portal) async fn answer(
    site: &Site,
    reader: &Reader,
    shown: Result<Shown, Error>,
    seq: u32,
) -> Response {
    let shown = match shown {
        Ok(shown) => shown,
        Err(error) => return page::error(reader, &error),
    };
    let matter = Matter {
        catalog: &site.office.catalog,
        kind: &shown.kind,
        file: &shown.file,
        dossier: &shown.dossier,
    };
    let Some(letter) = letter(matter, seq, reader.lang) else {
        return page::error(reader, &Error::NotFound);
    };
    let Some(typesetter) = site.typesetter.clone() else {
        return no_font(reader);
    };
    let name = format!("inline; filename=\"{}.pdf\"", letter.number);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    // Typesetting takes milliseconds of one core: not on a thread that serves others.
    let made = tokio::task::spawn_blocking(move || typesetter.letter(&letter)).await;
    let broken = |cause: Box<dyn std::error::Error + Send + Sync>| {
        page::error(reader, &Error::inner("a letter could not be made", cause))
    };
    match made {
        Ok(Ok(bytes)) => (headers, bytes).into_response(),
        Ok(Err(cause)) => broken(cause.into()),
        Err(cause) => broken(cause.into()),
    }
}
