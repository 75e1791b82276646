//! All that the typesetter can see: one layout file, one data file, the fonts it was given.

use crate::fonts::Faces;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// What is typeset: each has a layout, the same for every one of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    Report,
    Letter,
}

/// The layouts, by their names.
const REPORT: (&str, &str) = ("/report.typ", include_str!("report.typ"));
const LETTER: (&str, &str) = ("/letter.typ", include_str!("letter.typ"));

/// The data's name, as the layout files refer to it.
static DATA: LazyLock<Option<FileId>> = LazyLock::new(|| file_id("/data.json"));
/// The signed file that an issued report carries inside.
static SIGNED: LazyLock<Option<FileId>> = LazyLock::new(|| file_id("/report.signed.json"));

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn layout((name, text): (&str, &str)) -> Source {
    match file_id(name) {
        Some(id) => Source::new(id, text.to_owned()),
        None => Source::detached(text),
    }
}

/// What every paper shares.
pub(crate) struct Room {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    faces: Faces,
    report: Source,
    letter: Source,
}

impl Room {
    pub(crate) fn new(faces: Faces) -> Room {
        Room {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&faces.fonts)),
            faces,
            report: layout(REPORT),
            letter: layout(LETTER),
        }
    }

    /// The fonts.
    pub(crate) fn faces(&self) -> &Faces {
        &self.faces
    }

    /// The world of one paper.
    pub(crate) fn with(&self, paper: Paper, data: Vec<u8>, signed: Option<&str>) -> Desk<'_> {
        Desk {
            room: self,
            layout: match paper {
                Paper::Report => &self.report,
                Paper::Letter => &self.letter,
            },
            data: Bytes::new(data),
            signed: signed.map(|file| Bytes::new(file.as_bytes().to_vec())),
        }
    }
}

/// The world of one paper.
pub(crate) struct Desk<'a> {
    room: &'a Room,
    layout: &'a Source,
    data: Bytes,
    signed: Option<Bytes>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.room.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.room.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() {
            return Ok(self.layout.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == *DATA {
            return Ok(self.data.clone());
        }
        if let Some(signed) = self.signed.as_ref().filter(|_| Some(id) == *SIGNED) {
            return Ok(signed.clone());
        }
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.room.faces.fonts.get(index).cloned()
    }

    /// No clock: the date of a paper is in its data.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
