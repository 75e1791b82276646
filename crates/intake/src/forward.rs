//! Facts in the theme's own template, for a platform above: item codes as the header, canonical
//! values, nothing of a person's numbers. The platform above answers with the same columns and its
//! reasons beside them; those rows are mended and sent here again under the same keys.

use crate::check::Draft;
use credit::catalog::{ItemIx, Role, Theme};
use std::io::Write;

/// Writes drafts as a CSV file in UTF-8 with a byte order mark, as spreadsheets expect it.
pub struct Writer<W: Write> {
    items: Vec<ItemIx>,
    csv: csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// Begins the file with its header: the codes of all items that may be written.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(theme: &Theme, mut out: W) -> Result<Writer<W>, csv::Error> {
        out.write_all(&[0xEF, 0xBB, 0xBF])?;
        let written = theme.items.iter().enumerate();
        let written = written.filter(|(_, item)| item.role != Role::PersonIdentifier);
        let (items, codes): (Vec<ItemIx>, Vec<&str>) =
            written.map(|(ix, item)| (ix, item.code.as_str())).unzip();
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(codes)?;
        Ok(Writer { items, csv })
    }

    /// Writes one fact.
    ///
    /// # Errors
    /// When writing fails.
    pub fn row(&mut self, draft: &Draft) -> Result<(), csv::Error> {
        self.values(|ix| draft.values.get(ix).and_then(Option::as_deref))
    }

    /// Writes one fact that is on file, by what is known of each item.
    ///
    /// # Errors
    /// When writing fails.
    pub fn values<'v>(&mut self, of: impl Fn(ItemIx) -> Option<&'v str>) -> Result<(), csv::Error> {
        let values = self.items.iter().map(|ix| of(*ix).unwrap_or(""));
        self.csv.write_record(values)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> Result<(), csv::Error> {
        Ok(self.csv.flush()?)
    }
}
