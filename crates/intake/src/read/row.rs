//! The row that every reader fills: one text buffer and the ends of its cells, reused row by row,
//! so that reading costs no allocation however long the file is.

/// Why a cell's text is not what the sender wrote; the checker makes a fault of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CellState {
    /// The text is whole.
    #[default]
    Sound,
    /// Some bytes are no text in the file's encoding; `U+FFFD` stands in their place.
    Malformed,
    /// The cell was longer than `credit::limits::CELL_CHARS`; only its beginning is here.
    TooLong,
    /// The workbook shows an error there: `#REF!`, `#N/A`, `#DIV/0!` ….
    WorkbookError,
    /// The workbook holds a number of sixteen digits or more, and spreadsheet programs keep only
    /// fifteen: the last digits of a code are lost unless its column is formatted as text.
    Rounded,
}

/// Why a row as a whole could not be read as the file's form demands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RowProblem {
    /// The line or element is broken (bad JSON, a number where a record should stand).
    Broken,
    /// The record carries a field that none of the sampled records had.
    UnknownField(String),
    /// The record carries one field twice, so that no one can tell which counts.
    DoubledField(String),
    /// A quotation mark was opened in the last row and never closed: the file may be cut off.
    CutOff,
}

/// A cell's place in the row's text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cell {
    start: u32,
    end: u32,
    state: CellState,
}

/// One row as read. Cells are as many as the row truly has, not as many as the header.
#[derive(Clone, Copy, Debug)]
pub struct RawRow<'a> {
    /// The row's number as a spreadsheet shows it: the first line of the file is 1, blank lines
    /// and title lines count, line ends inside quotation marks do not. For JSON and XML the
    /// record's ordinal plus one, as if a header stood above.
    pub number: u64,
    /// Where the cells lie.
    pub cells: &'a [Cell],
    /// What is wrong with the row as a whole, if anything.
    pub problem: Option<&'a RowProblem>,
    text: &'a str,
}

impl<'a> RawRow<'a> {
    /// Cells in the row.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// No cell at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The text of a cell as the file has it, decoded but not tidied; `None` past the row's end.
    #[must_use]
    pub fn get(&self, column: usize) -> Option<&'a str> {
        let cell = self.cells.get(column)?;
        self.text.get(cell.start as usize..cell.end as usize)
    }

    /// The text of a cell, empty past the row's end.
    #[must_use]
    pub fn text(&self, column: usize) -> &'a str {
        self.get(column).unwrap_or("")
    }

    /// Whether a cell is whole.
    #[must_use]
    pub fn state(&self, column: usize) -> CellState {
        self.cells
            .get(column)
            .map_or(CellState::Sound, |cell| cell.state)
    }

    /// Every cell's text in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let row = *self;
        (0..row.cells.len()).map(move |column| row.text(column))
    }

    /// Whether no cell holds anything but white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// The buffer behind [`RawRow`]. It can be kept and sent to another thread.
#[derive(Clone, Debug, Default)]
pub struct RowBuf {
    /// See [`RawRow::number`].
    pub number: u64,
    /// See [`RawRow::problem`].
    pub problem: Option<RowProblem>,
    text: String,
    cells: Vec<Cell>,
}

impl RowBuf {
    /// An empty row.
    #[must_use]
    pub fn new() -> RowBuf {
        RowBuf::default()
    }

    /// Empties the row and keeps its memory.
    pub fn clear(&mut self) {
        self.number = 0;
        self.problem = None;
        self.text.clear();
        self.cells.clear();
    }

    /// Adds a cell; too long a text is cut and marked, and `U+FFFD` in it marks it malformed.
    pub fn push(&mut self, text: &str) {
        self.push_with(text, CellState::Sound);
    }

    /// Adds a cell whose state is known.
    pub fn push_with(&mut self, text: &str, state: CellState) {
        let (text, state) = bounded(text, state);
        let start = place(self.text.len());
        self.text.push_str(text);
        self.cells.push(Cell {
            start,
            end: place(self.text.len()),
            state,
        });
    }

    /// Takes text whose cells end at `ends`, as the CSV parser delivers them.
    pub(crate) fn fill(&mut self, text: &str, ends: &[usize]) {
        let damaged = text.contains(char::REPLACEMENT_CHARACTER);
        let long = text.len() > credit::limits::CELL_CHARS;
        let mut start = 0;
        if !damaged && !long {
            self.text.push_str(text);
            for &end in ends {
                self.cells.push(Cell {
                    start: place(start),
                    end: place(end),
                    state: CellState::Sound,
                });
                start = end;
            }
            return;
        }
        for &end in ends {
            self.push(text.get(start..end).unwrap_or(""));
            start = end;
        }
    }

    /// Adds empty cells until the row has `columns`.
    pub fn pad(&mut self, columns: usize) {
        while self.cells.len() < columns {
            self.push("");
        }
    }

    /// The row in the buffer.
    #[must_use]
    pub fn row(&self) -> RawRow<'_> {
        RawRow {
            number: self.number,
            cells: &self.cells,
            problem: self.problem.as_ref(),
            text: &self.text,
        }
    }

    /// Copies a row, for a queue or another thread.
    pub fn copy_from(&mut self, row: &RawRow<'_>) {
        self.number = row.number;
        self.problem = row.problem.cloned();
        self.text.clear();
        self.text.push_str(row.text);
        self.cells.clear();
        self.cells.extend_from_slice(row.cells);
    }
}

/// A place in a row's text; rows are far below 4 GiB by `credit::limits::LINE_BYTES`.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Cuts a text at the limit and says so.
fn bounded(text: &str, state: CellState) -> (&str, CellState) {
    if text.len() > credit::limits::CELL_CHARS
        && let Some((cut, _)) = text.char_indices().nth(credit::limits::CELL_CHARS)
    {
        return (text.get(..cut).unwrap_or(""), CellState::TooLong);
    }
    if state == CellState::Sound && text.contains(char::REPLACEMENT_CHARACTER) {
        return (text, CellState::Malformed);
    }
    (text, state)
}
