//! Rows on their way out, into a file or to standard output.

use crate::exit::Failure;
use crate::text;
use csv::{ErrorKind, Writer};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A CSV that is being written.
pub(crate) struct Answer {
    writer: Writer<Box<dyn Write>>,
    gone: bool,
}

impl Answer {
    /// Into a file, or to standard output.
    pub(crate) fn to(path: Option<&Path>) -> Result<Answer, Failure> {
        let out: Box<dyn Write> = match path {
            Some(path) => {
                let file = File::create(path);
                Box::new(BufWriter::new(
                    file.map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause))?,
                ))
            }
            None => Box::new(BufWriter::new(io::stdout().lock())),
        };
        Ok(Answer {
            writer: Writer::from_writer(out),
            gone: false,
        })
    }

    /// One row. `false` says that nobody reads any more (`| head`), which is no failure; a full disk
    /// is one.
    pub(crate) fn row<C: AsRef<[u8]>>(
        &mut self,
        cells: impl Iterator<Item = C>,
    ) -> Result<bool, Failure> {
        let written = self.writer.write_record(cells);
        self.told(written.map_err(csv::Error::into_kind))
    }

    /// What is left in memory.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let written = self.writer.flush().map_err(ErrorKind::Io);
        self.told(written).map(|_| ())
    }

    fn told(&mut self, written: Result<(), ErrorKind>) -> Result<bool, Failure> {
        match written {
            Err(ErrorKind::Io(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => {
                self.gone = true;
            }
            Err(ErrorKind::Io(cause)) => return Err(Failure::inner(text::OUTPUT_CLOSED, cause)),
            _ => {}
        }
        Ok(!self.gone)
    }
}
