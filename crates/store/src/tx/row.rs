//! A row that was read, and typed access to its columns.

use crate::error::{Error, Result};
use jiff::civil::Date;

/// One column of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// No value.
    Null,
    /// An integer.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// A row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row(pub(super) Vec<Cell>);

impl Row {
    fn cell(&self, place: usize) -> &Cell {
        self.0.get(place).unwrap_or(&Cell::Null)
    }

    pub(crate) fn opt_int(&self, place: usize) -> Option<i64> {
        match self.cell(place) {
            Cell::Int(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn int(&self, place: usize, what: &'static str) -> Result<i64> {
        self.opt_int(place).ok_or(Error::Corrupt { what })
    }

    pub(crate) fn count(&self, place: usize, what: &'static str) -> Result<u64> {
        u64::try_from(self.int(place, what)?).map_err(|_| Error::Corrupt { what })
    }

    pub(crate) fn small(&self, place: usize, what: &'static str) -> Result<u32> {
        u32::try_from(self.int(place, what)?).map_err(|_| Error::Corrupt { what })
    }

    pub(crate) fn flag(&self, place: usize, what: &'static str) -> Result<bool> {
        Ok(self.int(place, what)? != 0)
    }

    pub(crate) fn opt_text(&self, place: usize) -> Option<&str> {
        match self.cell(place) {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn text(&self, place: usize, what: &'static str) -> Result<&str> {
        self.opt_text(place).ok_or(Error::Corrupt { what })
    }

    pub(crate) fn opt_bytes<const N: usize>(
        &self,
        place: usize,
        what: &'static str,
    ) -> Result<Option<[u8; N]>> {
        match self.cell(place) {
            Cell::Null => Ok(None),
            Cell::Bytes(bytes) => <[u8; N]>::try_from(bytes.as_slice())
                .map(Some)
                .map_err(|_| Error::Corrupt { what }),
            _ => Err(Error::Corrupt { what }),
        }
    }

    pub(crate) fn bytes<const N: usize>(
        &self,
        place: usize,
        what: &'static str,
    ) -> Result<[u8; N]> {
        self.opt_bytes(place, what)?.ok_or(Error::Corrupt { what })
    }

    /// Bytes of any length.
    pub(crate) fn opt_blob(&self, place: usize) -> Option<Vec<u8>> {
        match self.cell(place) {
            Cell::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    pub(crate) fn opt_day(&self, place: usize, what: &'static str) -> Result<Option<Date>> {
        self.opt_text(place)
            .map(|text| text.parse().map_err(|_| Error::Corrupt { what }))
            .transpose()
    }

    pub(crate) fn day(&self, place: usize, what: &'static str) -> Result<Date> {
        self.opt_day(place, what)?.ok_or(Error::Corrupt { what })
    }
}
