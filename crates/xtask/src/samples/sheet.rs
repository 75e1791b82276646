//! A sample file while it is made: its rows, and what must become of each.

use super::write::{Form, Sheet};

/// What must become of the rows of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Stored, the late ones included.
    pub accepted: usize,
    /// Sent back.
    pub rejected: usize,
    /// Stored and waiting.
    pub held: usize,
    /// Said before with the same content.
    pub unchanged: usize,
    /// Accepted after the deadline.
    pub late: usize,
}

/// One file and how it is sent.
pub struct Sample {
    /// File name.
    pub file: &'static str,
    /// Theme code.
    pub theme: &'static str,
    /// Supplier's short code, or the unified code of an organ.
    pub supplier: String,
    /// `delta` or `snapshot`.
    pub mode: &'static str,
    /// Day of submission.
    pub date: &'static str,
    /// How it is written.
    pub form: Form,
    /// Its rows.
    pub sheet: Sheet,
    /// What must become of them.
    pub counts: Counts,
    /// Rows that are bad, held or odd on purpose: their number (the header is row 1) and why.
    pub notes: Vec<(usize, &'static str)>,
}

/// A row by the headers of its columns.
pub type Cells<'a> = &'a [(&'static str, String)];

impl Sample {
    /// An empty file.
    #[must_use]
    pub fn new(
        file: &'static str,
        theme: &'static str,
        supplier: &str,
        date: &'static str,
        form: Form,
        header: &[&'static str],
    ) -> Sample {
        Sample {
            file,
            theme,
            supplier: supplier.to_owned(),
            mode: "delta",
            date,
            form,
            sheet: Sheet {
                header: header.to_vec(),
                rows: Vec::new(),
            },
            counts: Counts::default(),
            notes: Vec::new(),
        }
    }

    /// A row that is accepted.
    pub fn good(&mut self, cells: Cells<'_>) {
        self.push(cells);
        self.counts.accepted += 1;
    }

    /// A row that is accepted and late.
    pub fn late(&mut self, cells: Cells<'_>) {
        self.good(cells);
        self.counts.late += 1;
    }

    /// A row that is accepted although it looks odd.
    pub fn odd(&mut self, cells: Cells<'_>, why: &'static str) {
        self.good(cells);
        self.note(why);
    }

    /// A row that is sent back.
    pub fn bad(&mut self, cells: Cells<'_>, why: &'static str) {
        self.push(cells);
        self.counts.rejected += 1;
        self.note(why);
    }

    /// A row that waits.
    pub fn held(&mut self, cells: Cells<'_>, why: &'static str) {
        self.push(cells);
        self.counts.held += 1;
        self.note(why);
    }

    /// A row that was said before.
    pub fn again(&mut self, cells: Cells<'_>, why: &'static str) {
        self.push(cells);
        self.counts.unchanged += 1;
        self.note(why);
    }

    fn note(&mut self, why: &'static str) {
        self.notes.push((self.sheet.rows.len() + 1, why));
    }

    fn push(&mut self, cells: Cells<'_>) {
        let cell = |name: &&str| {
            let found = cells.iter().rev().find(|(header, _)| header == name);
            found.map(|(_, cell)| cell.clone()).unwrap_or_default()
        };
        let row = self.sheet.header.iter().map(cell).collect();
        self.sheet.rows.push(row);
    }
}

/// The same cells with some put in the place of others.
#[must_use]
pub fn with(cells: Cells<'_>, other: Cells<'_>) -> Vec<(&'static str, String)> {
    cells.iter().chain(other).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_find_their_column_and_the_last_one_counts() {
        let mut sample = Sample::new("a.csv", "a", "tax", "2026-09-18", Form::Csv, &["x", "y"]);
        let cells = [("y", "1".to_owned()), ("y", "2".to_owned())];
        sample.late(&cells);
        sample.bad(&with(&cells, &[("x", "3".to_owned())]), "why");
        assert_eq!(sample.sheet.rows, [["", "2"], ["3", "2"]]);
        assert_eq!(
            (
                sample.counts.accepted,
                sample.counts.late,
                sample.counts.rejected
            ),
            (1, 1, 1)
        );
        assert_eq!(sample.notes, [(3, "why")]);
    }
}
