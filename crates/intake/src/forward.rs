//! Facts in the theme's own template, for a platform above: item codes as the header, canonical
//! values, nothing of a person's numbers. The platform above answers with the same columns and its
//! reasons beside them; those rows are mended and sent here again under the same keys.

use crate::check::Draft;
use credit::catalog::{ItemIx, Role, Theme};
use std::io::Write;

/// Header of the column in which a fact that is contested, or before a court or review, says so. The template has
/// no such column: it stands after those of the template, and whoever does not know it passes over it.
/// Unverified: no standard names such a column, and the name is this platform's.
pub const MARKS: &str = "信息标注";

/// Writes drafts as a CSV file in UTF-8 with a byte order mark, as spreadsheets expect it.
pub struct Writer<W: Write> {
    items: Vec<ItemIx>,
    marked: bool,
    csv: csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// Begins the file with its header: the codes of all items that may be written.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(theme: &Theme, out: W) -> Result<Writer<W>, csv::Error> {
        Writer::begin(theme, out, false)
    }

    /// Begins a file of facts that are on file, each with its marks in a last column ([`MARKS`]).
    ///
    /// # Errors
    /// When writing fails.
    pub fn marking(theme: &Theme, out: W) -> Result<Writer<W>, csv::Error> {
        Writer::begin(theme, out, true)
    }

    fn begin(theme: &Theme, mut out: W, marked: bool) -> Result<Writer<W>, csv::Error> {
        out.write_all(&[0xEF, 0xBB, 0xBF])?;
        let written = theme.items.iter().enumerate();
        let written = written.filter(|(_, item)| item.role != Role::PersonIdentifier);
        let (items, mut codes): (Vec<ItemIx>, Vec<&str>) =
            written.map(|(ix, item)| (ix, item.code.as_str())).unzip();
        if marked {
            codes.push(MARKS);
        }
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(codes)?;
        Ok(Writer { items, marked, csv })
    }

    /// Writes one fact.
    ///
    /// # Errors
    /// When writing fails.
    pub fn row(&mut self, draft: &Draft) -> Result<(), csv::Error> {
        self.values(|ix| draft.values.get(ix).and_then(Option::as_deref), "")
    }

    /// Writes one fact that is on file, by what is known of each item, and its marks where the file has them.
    ///
    /// # Errors
    /// When writing fails.
    pub fn values<'v>(
        &mut self,
        of: impl Fn(ItemIx) -> Option<&'v str>,
        marks: &str,
    ) -> Result<(), csv::Error> {
        let values = self.items.iter().map(|ix| of(*ix).unwrap_or(""));
        self.csv
            .write_record(values.chain(self.marked.then_some(marks)))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When writing fails.
    pub fn finish(mut self) -> Result<(), csv::Error> {
        Ok(self.csv.flush()?)
    }
}
