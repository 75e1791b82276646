//! A file as the doors hand it over: opened again for each pass, never copied to disk.

use credit::subject::SubmissionId;
use std::fs;
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

type Opener = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// A file to be taken in. Cheap to clone.
#[derive(Clone)]
pub struct File {
    /// The sender's name for it; a hint for the form, never trusted over the bytes.
    pub name: String,
    /// Its size as stored.
    pub bytes: u64,
    open: Arc<Opener>,
}

impl File {
    /// A file on this machine.
    ///
    /// # Errors
    /// When it is not there or is no regular file.
    pub fn path(path: &Path) -> io::Result<File> {
        let metadata = fs::metadata(path)?;
        if !metadata.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        let owned = path.to_owned();
        Ok(File {
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            bytes: metadata.len(),
            open: Arc::new(move || Ok(Box::new(fs::File::open(&owned)?))),
        })
    }

    /// Bytes in memory: an upload, a sample.
    #[must_use]
    pub fn bytes(name: &str, bytes: Vec<u8>) -> File {
        let bytes: Arc<[u8]> = bytes.into();
        File {
            name: name.to_owned(),
            bytes: bytes.len() as u64,
            open: Arc::new(move || Ok(Box::new(Cursor::new(Arc::clone(&bytes))))),
        }
    }

    /// Opens it from the start.
    ///
    /// # Errors
    /// When it cannot be opened any more.
    pub fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        (self.open)()
    }

    /// SHA-256 of its bytes.
    ///
    /// # Errors
    /// When reading breaks off.
    pub fn digest(&self) -> io::Result<seal::Digest> {
        let mut hasher = seal::Hasher::default();
        let mut reader = self.open()?;
        let mut buffer = vec![0_u8; 1 << 16];
        loop {
            let read = reader.read(&mut buffer)?;
            if read == 0 {
                return Ok(hasher.finish());
            }
            hasher.update(buffer.get(..read).unwrap_or_default());
        }
    }
}

/// What is told about a file; what is not told is found out.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Encoding by name.
    pub encoding: Option<String>,
    /// Delimiter.
    pub delimiter: Option<u8>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// The officer who sends it, as given at the desk.
    pub officer: Option<String>,
    /// It is the mended row of a rejected one: of that submission, that row.
    pub mends: Option<(SubmissionId, u64)>,
    /// Why it is sent, where it is no ordinary file.
    pub cause: Option<store::NewCause>,
}
