//! Why a file as a whole is refused. Each refusal has an outer message that tells the sender how to
//! go on, in three languages, and an inner cause for the log. Neither carries a cell's content.

mod words;

use credit::lang::Lang;
use std::fmt;

/// A refusal of a whole file: nothing of it has been stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRefusal {
    /// What is the matter.
    pub kind: RefusalKind,
    /// The row where it showed, as a spreadsheet numbers rows, where there is one.
    pub row: Option<u64>,
    /// The technical cause for the log; holds no cell's content.
    pub cause: String,
}

impl FileRefusal {
    /// A refusal without a row.
    #[must_use]
    pub fn new(kind: RefusalKind, cause: impl Into<String>) -> FileRefusal {
        FileRefusal {
            kind,
            row: None,
            cause: cause.into(),
        }
    }

    /// The same refusal with the row where it showed.
    #[must_use]
    pub fn at(mut self, row: u64) -> FileRefusal {
        self.row = Some(row);
        self
    }

    /// A stable code for interfaces and tests: `file.archive`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// What the sender reads: what is wrong and how to go on.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        words::message(self, lang)
    }
}

impl fmt::Display for FileRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code())?;
        if let Some(row) = self.row {
            write!(f, " at row {row}")?;
        }
        write!(f, ": {}", self.cause)
    }
}

impl std::error::Error for FileRefusal {}

impl From<FileRefusal> for std::io::Error {
    fn from(refusal: FileRefusal) -> Self {
        std::io::Error::other(refusal)
    }
}

/// Finds the refusal inside an input error, or makes one of a true input error.
pub(crate) fn from_io(error: &std::io::Error) -> FileRefusal {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<FileRefusal>())
        .cloned()
        .unwrap_or_else(|| FileRefusal::new(RefusalKind::Unreadable, error.to_string()))
}

/// Reasons for which a whole file is refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// The bytes could not be fetched at all.
    Unreadable,
    /// There is no byte, or nothing but white space.
    Empty,
    /// An archive with files inside; it must be unpacked first.
    Archive,
    /// The packed stream is damaged or cut off.
    DamagedArchive,
    /// A document, image, database, program …: no table. The name of the form.
    NotATable(&'static str),
    /// The bytes are no text in any encoding we know.
    NotText,
    /// The told encoding is none we know.
    UnknownEncoding(String),
    /// More than a third of the sample is damaged in this encoding: surely the wrong one.
    WrongEncoding(String),
    /// Read in none of the encodings that are tried without being told (their names).
    UnclearEncoding(String),
    /// No row looks like a header.
    NoHeader,
    /// The header has so many titles, but the rows have so many cells, and it cannot be told which
    /// title is whose.
    HeaderUnclear {
        /// Titles in the header.
        titles: usize,
        /// Cells in the rows.
        cells: usize,
    },
    /// Required columns that the file lacks, and the titles it has.
    MissingColumns {
        /// Titles of the theme.
        missing: Vec<String>,
        /// Titles in the file.
        found: Vec<String>,
    },
    /// Two columns for one item.
    DoubledColumns(Vec<String>),
    /// The JSON holds no list of records.
    NoRecords,
    /// The JSON or XML breaks off or is malformed between records.
    Malformed,
    /// An XML file with a document type or entities of its own.
    DocumentType,
    /// The workbook cannot be opened: damaged, encrypted, or of another program.
    BadWorkbook,
    /// The workbook lacks this sheet; the sheets it has.
    NoSheet {
        /// The sheet that was asked for.
        asked: String,
        /// Sheets it has.
        found: Vec<String>,
    },
    /// The process that reads workbooks ended without an answer: memory or time ran out.
    WorkbookTooHeavy,
    /// Over `credit::limits::FILE_BYTES` or, for workbooks, `WORKBOOK_BYTES`; the limit in bytes.
    TooLarge(u64),
    /// Over `credit::limits::ZIP_RATIO`.
    TooDense,
    /// Over `credit::limits::ROWS`.
    TooManyRows,
    /// Over `credit::limits::COLUMNS`.
    TooManyColumns,
    /// Over `credit::limits::LINE_BYTES`; mostly an unclosed quotation mark.
    TooLongLine,
    /// Over `credit::limits::NESTING`.
    TooDeep,
}

impl RefusalKind {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            RefusalKind::Unreadable => "file.unreadable",
            RefusalKind::Empty => "file.empty",
            RefusalKind::Archive => "file.archive",
            RefusalKind::DamagedArchive => "file.damaged_archive",
            RefusalKind::NotATable(_) => "file.not_a_table",
            RefusalKind::NotText => "file.not_text",
            RefusalKind::UnknownEncoding(_) => "file.unknown_encoding",
            RefusalKind::WrongEncoding(_) => "file.wrong_encoding",
            RefusalKind::UnclearEncoding(_) => "file.unclear_encoding",
            RefusalKind::NoHeader => "file.no_header",
            RefusalKind::HeaderUnclear { .. } => "file.header_unclear",
            RefusalKind::MissingColumns { .. } => "file.missing_columns",
            RefusalKind::DoubledColumns(_) => "file.doubled_columns",
            RefusalKind::NoRecords => "file.no_records",
            RefusalKind::Malformed => "file.malformed",
            RefusalKind::DocumentType => "file.document_type",
            RefusalKind::BadWorkbook => "file.bad_workbook",
            RefusalKind::NoSheet { .. } => "file.no_sheet",
            RefusalKind::WorkbookTooHeavy => "file.workbook_too_heavy",
            RefusalKind::TooLarge(_) => "file.too_large",
            RefusalKind::TooDense => "file.too_dense",
            RefusalKind::TooManyRows => "file.too_many_rows",
            RefusalKind::TooManyColumns => "file.too_many_columns",
            RefusalKind::TooLongLine => "file.too_long_line",
            RefusalKind::TooDeep => "file.too_deep",
        }
    }
}
