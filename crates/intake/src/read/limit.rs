//! Rails around the bytes of a file: unpacking `.gz` with its ratio watched, and the total length.

use crate::refusal::{FileRefusal, RefusalKind};
use credit::limits;
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Below so many unpacked bytes the ratio is not looked at: a short file of one repeated line packs
/// far better than any long one.
const RATIO_FROM: u64 = 64 << 20;

/// Counts the bytes that pass.
struct Counted {
    inner: Box<dyn Read + Send>,
    seen: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        self.seen.fetch_add(got as u64, Ordering::Relaxed);
        Ok(got)
    }
}

/// Unpacks a gzip stream (of one member or several) and stops it when it swells too far.
struct Unpacked {
    inner: MultiGzDecoder<Counted>,
    packed: Arc<AtomicU64>,
    made: u64,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer).map_err(|error| {
            if error
                .get_ref()
                .is_some_and(|inner| inner.is::<FileRefusal>())
            {
                return error;
            }
            FileRefusal::new(RefusalKind::DamagedArchive, error.to_string()).into()
        })?;
        self.made += got as u64;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        if self.made > RATIO_FROM && self.made / packed > limits::ZIP_RATIO {
            let cause = format!("{} bytes from {packed}", self.made);
            return Err(FileRefusal::new(RefusalKind::TooDense, cause).into());
        }
        Ok(got)
    }
}

/// Stops a stream at a length.
struct Bounded {
    inner: Box<dyn Read + Send>,
    left: u64,
    limit: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.inner.read(buffer)?;
        match self.left.checked_sub(got as u64) {
            Some(left) => self.left = left,
            None => {
                let cause = format!("more than {} bytes", self.limit);
                return Err(FileRefusal::new(RefusalKind::TooLarge(self.limit), cause).into());
            }
        }
        Ok(got)
    }
}

/// Stops a stream after `limit` bytes with a refusal.
pub(crate) fn bounded(inner: Box<dyn Read + Send>, limit: u64) -> Box<dyn Read + Send> {
    Box::new(Bounded {
        inner,
        left: limit,
        limit,
    })
}

/// Unpacks a gzip stream, its ratio watched.
pub(crate) fn gunzip(inner: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    let packed = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        inner,
        seen: Arc::clone(&packed),
    };
    Box::new(Unpacked {
        inner: MultiGzDecoder::new(counted),
        packed,
        made: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::from_io;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn drain(mut stream: Box<dyn Read + Send>) -> Result<u64, FileRefusal> {
        io::copy(&mut stream, &mut io::sink()).map_err(|error| from_io(&error))
    }

    #[test]
    fn a_bomb_is_stopped_early() -> io::Result<()> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        let block = vec![b'0'; 1 << 20];
        for _ in 0..300 {
            packer.write_all(&block)?;
        }
        let bytes = packer.finish()?;
        let refusal = drain(gunzip(Box::new(io::Cursor::new(bytes))));
        assert_eq!(
            refusal.map_err(|refusal| refusal.kind),
            Err(RefusalKind::TooDense)
        );
        Ok(())
    }

    #[test]
    fn a_cut_stream_is_named_as_damaged() -> io::Result<()> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        packer.write_all(b"a,b\n1,2\n")?;
        let mut bytes = packer.finish()?;
        bytes.truncate(bytes.len() - 6);
        let refusal = drain(gunzip(Box::new(io::Cursor::new(bytes))));
        assert_eq!(
            refusal.map_err(|refusal| refusal.kind),
            Err(RefusalKind::DamagedArchive)
        );
        Ok(())
    }

    #[test]
    fn the_limit_itself_still_passes() {
        let exact = bounded(Box::new(io::Cursor::new(vec![0; 10])), 10);
        assert_eq!(drain(exact), Ok(10));
        let over = bounded(Box::new(io::Cursor::new(vec![0; 11])), 10);
        assert_eq!(
            drain(over).map_err(|refusal| refusal.kind),
            Err(RefusalKind::TooLarge(10))
        );
    }
}
