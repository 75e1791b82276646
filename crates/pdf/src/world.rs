//! All that the typesetter can see: one layout file, one data file, the fonts it was given.

use crate::fonts::Faces;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The layout, the same for every report.
const LAYOUT: &str = include_str!("report.typ");

/// Its name and the data's, as the layout file refers to it.
static MAIN: LazyLock<Option<FileId>> = LazyLock::new(|| file_id("/report.typ"));
static DATA: LazyLock<Option<FileId>> = LazyLock::new(|| file_id("/report.json"));
/// The signed file that an issued report carries inside.
static SIGNED: LazyLock<Option<FileId>> = LazyLock::new(|| file_id("/report.signed.json"));

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What every report shares.
pub(crate) struct Room {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    faces: Faces,
    layout: Source,
}

impl Room {
    pub(crate) fn new(faces: Faces) -> Room {
        let layout = match *MAIN {
            Some(id) => Source::new(id, LAYOUT.to_owned()),
            None => Source::detached(LAYOUT),
        };
        Room {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&faces.fonts)),
            faces,
            layout,
        }
    }

    /// The fonts.
    pub(crate) fn faces(&self) -> &Faces {
        &self.faces
    }

    /// The world of one report.
    pub(crate) fn with(&self, data: Vec<u8>, signed: Option<&str>) -> Desk<'_> {
        Desk {
            room: self,
            data: Bytes::new(data),
            signed: signed.map(|file| Bytes::new(file.as_bytes().to_vec())),
        }
    }
}

/// The world of one report.
pub(crate) struct Desk<'a> {
    room: &'a Room,
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
        self.room.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.room.layout.id() {
            return Ok(self.room.layout.clone());
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

    /// No clock: the date of a report is in its data.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
