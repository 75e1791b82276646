//! What the tests of readers share: files in memory, rows as text, the folder of shared data.

use intake::read::{CellState, ReadOptions, RowProblem, Rows, open};
use intake::refusal::FileRefusal;
use intake::source::Source;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

/// A row as the tests compare it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    /// Its number.
    pub(crate) number: u64,
    /// Its cells.
    pub(crate) cells: Vec<String>,
    /// States that are not sound, by column.
    pub(crate) unsound: Vec<(usize, CellState)>,
    /// What is wrong with it as a whole.
    pub(crate) problem: Option<RowProblem>,
}

/// A file as read.
#[derive(Debug)]
pub(crate) struct File {
    /// Titles.
    pub(crate) header: Vec<String>,
    /// Rows.
    pub(crate) rows: Vec<Seen>,
    /// The stream, at its end.
    pub(crate) end: Rows,
}

impl File {
    /// Cells of every row.
    pub(crate) fn cells(&self) -> Vec<Vec<&str>> {
        self.rows
            .iter()
            .map(|row| row.cells.iter().map(String::as_str).collect())
            .collect()
    }

    /// Numbers of every row.
    pub(crate) fn numbers(&self) -> Vec<u64> {
        self.rows.iter().map(|row| row.number).collect()
    }
}

/// Reads bytes to the end.
pub(crate) fn read_with(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions<'_>,
) -> Result<File, FileRefusal> {
    let opener =
        || -> io::Result<Box<dyn Read + Send>> { Ok(Box::new(Cursor::new(bytes.to_vec()))) };
    drain(open(
        &Source {
            name: name.to_owned(),
            open: &opener,
            bytes: bytes.len() as u64,
        },
        options,
    )?)
}

/// Reads bytes with everything detected.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<File, FileRefusal> {
    read_with(name, bytes, &ReadOptions::default())
}

/// Reads a file from disk as a stream, with everything detected.
pub(crate) fn read_path(path: &Path) -> Result<File, FileRefusal> {
    drain(open_path(path, &ReadOptions::default())?)
}

/// Opens a file from disk as a stream.
pub(crate) fn open_path(path: &Path, options: &ReadOptions<'_>) -> Result<Rows, FileRefusal> {
    let opener =
        || -> io::Result<Box<dyn Read + Send>> { Ok(Box::new(std::fs::File::open(path)?)) };
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let bytes = std::fs::metadata(path).map_or(0, |data| data.len());
    open(
        &Source {
            name,
            open: &opener,
            bytes,
        },
        options,
    )
}

/// Takes every row.
fn drain(mut rows: Rows) -> Result<File, FileRefusal> {
    let header = rows.header().to_vec();
    let mut seen = Vec::new();
    while let Some(row) = rows.next()? {
        let unsound = (0..row.len()).map(|column| (column, row.state(column)));
        seen.push(Seen {
            number: row.number,
            cells: row.iter().map(str::to_owned).collect(),
            unsound: unsound
                .filter(|(_, state)| *state != CellState::Sound)
                .collect(),
            problem: row.problem.cloned(),
        });
    }
    Ok(File {
        header,
        rows: seen,
        end: rows,
    })
}

/// The folder of shared test data, or a message that says how to give it.
pub(crate) fn shared() -> Option<PathBuf> {
    let told = std::env::var_os("GONGXIN_SHARED_DATA").map(PathBuf::from);
    let folder =
        told.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "skipped: no test data at {}; set GONGXIN_SHARED_DATA to its folder",
        folder.display()
    );
    None
}

/// Every file below a folder, in order.
pub(crate) fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    Ok(found)
}
