//! Looks into the container of a workbook before a parser does: how many files, how far they swell.

use crate::refusal::{FileRefusal, RefusalKind};
use credit::limits;
use std::io::{Cursor, Read};

/// Files in a container: sheets, styles, pictures. Ordinary workbooks have under a hundred.
const ENTRIES: usize = 10_000;

/// Bytes that one entry may have before its ratio is looked at; small files of one repeated tag
/// pack very well.
const RATIO_FROM: u64 = 1 << 20;

/// Checks a container by unpacking it once into nothing: the sizes that it states may be lies.
/// What is no container passes, for the parser to judge.
pub(super) fn check(bytes: &[u8]) -> Result<(), FileRefusal> {
    if bytes.len() as u64 > limits::WORKBOOK_BYTES {
        return Err(super::too_large());
    }
    if !bytes.starts_with(b"PK") {
        return Ok(());
    }
    let damaged = |error: zip::result::ZipError| {
        FileRefusal::new(RefusalKind::BadWorkbook, error.to_string())
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > ENTRIES {
        return Err(FileRefusal::new(
            RefusalKind::TooDense,
            format!("{} entries", archive.len()),
        ));
    }
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(damaged)?;
        let packed = entry.compressed_size().max(1);
        let made = swell(&mut entry, packed)?;
        total += made;
        if total > limits::WORKBOOK_MEMORY {
            return Err(FileRefusal::new(
                RefusalKind::TooDense,
                format!("over {total} bytes unpacked"),
            ));
        }
    }
    Ok(())
}

/// Unpacks one entry into nothing and gives its length.
fn swell(entry: &mut impl Read, packed: u64) -> Result<u64, FileRefusal> {
    let mut chunk = vec![0; 64 << 10];
    let mut made = 0_u64;
    loop {
        let got = entry
            .read(&mut chunk)
            .map_err(|error| FileRefusal::new(RefusalKind::BadWorkbook, error.to_string()))?;
        if got == 0 {
            return Ok(made);
        }
        made += got as u64;
        if made > RATIO_FROM && made / packed > limits::ZIP_RATIO {
            let cause = format!("{made} bytes from {packed}");
            return Err(FileRefusal::new(RefusalKind::TooDense, cause));
        }
    }
}
