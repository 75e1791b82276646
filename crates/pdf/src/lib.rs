//! Report and letter to PDF: A4, archival and tagged, with Chinese text, the same bytes for the same content.
//!
//! The typesetter is a library inside this process: no browser, no network, no packages, no files
//! but the fonts it was given. What a report says reaches it as data, never as markup, so a name
//! full of markup signs is printed as it is. The date inside the file is the report's own.
//!
//! Alone in a crate for its weight: nothing else waits for it to compile.

mod data;
mod fonts;
mod world;

use world::Paper;

pub use fonts::{FontSource, NoFont};

use thiserror::Error;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use views::report::proof::Proof;
use views::{Letter, Report};

/// Generations for which the typesetter's memory of earlier layouts is kept: enough to reuse what
/// all reports share, few enough that memory stays flat (about 3 reports' worth).
const REMEMBERED: usize = 3;

/// A report could not be typeset.
#[derive(Debug, Error)]
pub enum PdfError {
    /// Asked for a page layout that the typesetter refuses; its words go to the log.
    #[error("The PDF could not be made. Take the report as a web page or as JSON instead.")]
    Typeset(#[source] Refusal),
}

/// What the typesetter said, without any of the report's content.
#[derive(Debug, Error)]
#[error("{stage}: {said}")]
pub struct Refusal {
    stage: &'static str,
    said: String,
}

/// What an issued report carries beside its content.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    /// Number, time, address and how to verify.
    pub proof: &'a Proof,
    /// The picture that leads to the address, as SVG.
    pub picture: &'a str,
    /// The signed file, attached byte for byte.
    pub file: &'a str,
}

/// Makes PDFs. Costly to build (it reads fonts), cheap to use from many threads at once.
pub struct Typesetter {
    room: world::Room,
    standards: PdfStandards,
    /// As above, and with files inside (PDF/A-3 alone allows them).
    carrying: PdfStandards,
}

impl Typesetter {
    /// Reads the fonts and readies the layout.
    ///
    /// # Errors
    /// [`NoFont`] if no font with Chinese characters is found; it says how to get one.
    pub fn new(fonts: FontSource) -> Result<Typesetter, NoFont> {
        let faces = fonts::load(&fonts)?;
        let standards = |archival| PdfStandards::new(&[archival, PdfStandard::Ua_1]);
        Ok(Typesetter {
            room: world::Room::new(faces),
            standards: standards(PdfStandard::A_2a).unwrap_or_default(),
            carrying: standards(PdfStandard::A_3a).unwrap_or_default(),
        })
    }

    /// Typesets a report: PDF/A-2a and PDF/UA-1, with outline, language and embedded fonts.
    ///
    /// # Errors
    /// [`PdfError::Typeset`] if the typesetter refuses; equal reports are refused equally.
    pub fn report(&self, report: &Report) -> Result<Vec<u8>, PdfError> {
        self.pages(report, None)
    }

    /// Typesets an issued report: PDF/A-3a and PDF/UA-1, with what it is verified by on its first
    /// page, and the signed file inside.
    ///
    /// # Errors
    /// As [`Typesetter::report`].
    pub fn issued(&self, report: &Report, issue: Issue<'_>) -> Result<Vec<u8>, PdfError> {
        self.pages(report, Some(issue))
    }

    fn pages(&self, report: &Report, issue: Option<Issue<'_>>) -> Result<Vec<u8>, PdfError> {
        let data = data::json(report, issue.as_ref(), self.room.faces());
        let world = self
            .room
            .with(Paper::Report, data, issue.map(|issue| issue.file));
        let standards = match issue {
            Some(_) => &self.carrying,
            None => &self.standards,
        };
        made(
            &world,
            PdfOptions {
                ident: Smart::Custom(format!("{} {}", report.versions.shape, report.number)),
                creator: Smart::Custom(Some(format!("Gongxin {}", report.versions.program))),
                standards: standards.clone(),
                ..PdfOptions::default()
            },
        )
    }

    /// Typesets a letter: PDF/A-2a and PDF/UA-1, the same bytes for the same letter.
    ///
    /// # Errors
    /// As [`Typesetter::report`].
    pub fn letter(&self, letter: &Letter) -> Result<Vec<u8>, PdfError> {
        let data = data::letter(letter, self.room.faces());
        let world = self.room.with(Paper::Letter, data, None);
        made(
            &world,
            PdfOptions {
                ident: Smart::Custom(format!("gongxin.letter/1 {}", letter.number)),
                creator: Smart::Custom(Some("Gongxin".to_owned())),
                standards: self.standards.clone(),
                ..PdfOptions::default()
            },
        )
    }
}

fn made(world: &world::Desk<'_>, options: PdfOptions) -> Result<Vec<u8>, PdfError> {
    let laid_out = typst::compile::<PagedDocument>(world).output;
    let made = laid_out
        .map_err(|said| refusal("layout", &said))
        .and_then(|pages| {
            typst_pdf::pdf(&pages, &options).map_err(|said| refusal("export", &said))
        });
    typst::comemo::evict(REMEMBERED);
    made
}

/// The typesetter's messages without what they quote: a quotation may be the report's own text, and
/// nothing of that goes to a log.
fn refusal(stage: &'static str, said: &[typst::diag::SourceDiagnostic]) -> PdfError {
    let said = said
        .iter()
        .map(|one| without_quotations(&one.message))
        .collect::<Vec<_>>()
        .join("; ");
    PdfError::Typeset(Refusal { stage, said })
}

/// Keeps what stands before the first and after the last quotation mark: what is quoted may itself
/// hold such marks, so pairs cannot be told.
fn without_quotations(message: &str) -> String {
    let marks = ['`', '"'];
    match (message.split_once(marks), message.rsplit_once(marks)) {
        (Some((before, _)), Some((_, after))) => format!("{before}…{after}"),
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_quotations;

    #[test]
    fn quotations_do_not_reach_a_log() {
        let told =
            without_quotations("the text `\"张三\"` could not be shown with `\"Font\"` here");
        assert_eq!(told, "the text … here");
        assert_eq!(without_quotations("no such page"), "no such page");
    }
}
