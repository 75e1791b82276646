//! A file as the rooms outside hand it over: intake touches no disk and no network itself.

use std::io::{self, Read};

/// Opens the bytes of a file from their start; called once to look and once to read.
pub type Opener<'a> = dyn Fn() -> io::Result<Box<dyn Read + Send>> + 'a;

/// A file that can be opened again and again: it is read in two passes.
pub struct Source<'a> {
    /// The name that the sender gave it; a hint for the form, never trusted over the bytes.
    pub name: String,
    /// Opens it from the start.
    pub open: &'a Opener<'a>,
    /// Its size in bytes as stored, packed if it is packed.
    pub bytes: u64,
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}
