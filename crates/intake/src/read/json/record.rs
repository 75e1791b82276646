//! One JSON record to cells. Numbers keep the digits that the file has, so that a code written as a
//! number loses none; what is nested becomes compact JSON text.

use crate::read::{CellState, RowBuf, RowProblem};
use crate::value::decimal::written_out;
use serde::Deserializer as _;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;

/// Columns by name, and where the values of the record in hand lie.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Columns {
    names: Vec<String>,
    places: HashMap<String, usize>,
    /// Text of the record's values, reused.
    text: String,
    /// Start and end of each column's value.
    spans: Vec<Option<(usize, usize)>>,
}

impl Columns {
    /// Adds the names that are not there yet.
    pub(in crate::read) fn learn(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            if !self.places.contains_key(&name) {
                self.places.insert(name.clone(), self.names.len());
                self.names.push(name);
            }
        }
    }

    /// The names in order.
    pub(in crate::read) fn names(&self) -> &[String] {
        &self.names
    }

    /// The column of a name; records mostly keep one order, so the place after the last is tried
    /// first.
    fn place(&self, name: &str, likely: usize) -> Option<usize> {
        if self.names.get(likely).is_some_and(|known| known == name) {
            return Some(likely);
        }
        self.places.get(name).copied()
    }

    /// Empties the values before a record.
    pub(in crate::read) fn begin(&mut self) {
        self.text.clear();
        self.spans.clear();
        self.spans.resize(self.names.len(), None);
    }

    /// Puts a value down; several values of one column are joined with `;` where `join` says so.
    pub(in crate::read) fn put(
        &mut self,
        name: &str,
        likely: usize,
        value: &str,
        join: bool,
    ) -> Result<usize, RowProblem> {
        let Some(place) = self.place(name, likely) else {
            return Err(RowProblem::UnknownField(name.chars().take(64).collect()));
        };
        let start = self.text.len();
        match self.spans.get(place).copied().flatten() {
            Some((from, to)) if join => {
                self.text.extend_from_within(from..to);
                self.text.push(';');
            }
            Some(_) => return Err(RowProblem::DoubledField(name.chars().take(64).collect())),
            None => {}
        }
        self.text.push_str(value);
        if let Some(span) = self.spans.get_mut(place) {
            *span = Some((start, self.text.len()));
        }
        Ok(place)
    }

    /// Bytes that the values of the record take so far.
    pub(in crate::read) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Moves the values into the row.
    pub(in crate::read) fn finish(&self, row: &mut RowBuf) {
        for span in &self.spans {
            let text = span.and_then(|(start, end)| self.text.get(start..end));
            row.push(text.unwrap_or(""));
        }
    }
}

/// Puts an object's values into the row by column. The row is filled as far as the record goes
/// even where a problem is found.
pub(in crate::read) fn object_cells(
    record: &[u8],
    columns: &mut Columns,
    row: &mut RowBuf,
) -> Result<(), RowProblem> {
    columns.begin();
    let mut problem = None;
    let mut reader = serde_json::Deserializer::from_slice(record);
    let read = reader.deserialize_map(Fields {
        columns,
        problem: &mut problem,
    });
    let whole = read.is_ok() && reader.end().is_ok();
    if !whole {
        row.pad(columns.names.len());
        return Err(RowProblem::Broken);
    }
    columns.finish(row);
    problem.map_or(Ok(()), Err)
}

/// Puts a list's values into the row in order.
pub(in crate::read) fn array_cells(record: &[u8], row: &mut RowBuf) -> Result<(), RowProblem> {
    let mut reader = serde_json::Deserializer::from_slice(record);
    let read = reader.deserialize_seq(Elements { row });
    if read.is_ok() && reader.end().is_ok() {
        Ok(())
    } else {
        Err(RowProblem::Broken)
    }
}

/// Names of a record's fields in order; none for a record that is no object.
pub(in crate::read) fn names(record: &[u8]) -> Vec<String> {
    serde_json::Deserializer::from_slice(record)
        .deserialize_map(Names)
        .unwrap_or_default()
}

struct Fields<'c> {
    columns: &'c mut Columns,
    problem: &'c mut Option<RowProblem>,
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut likely = 0;
        while let Some((name, value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
            let value = plain(value.get()).map_err(|()| A::Error::custom("a text that is none"))?;
            match self.columns.put(&name.0, likely, &value, false) {
                Ok(place) => likely = place + 1,
                Err(problem) => {
                    self.problem.get_or_insert(problem);
                }
            }
        }
        Ok(())
    }
}

struct Elements<'r> {
    row: &'r mut RowBuf,
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of values")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<&'de RawValue>()? {
            let value = plain(value.get()).map_err(|()| A::Error::custom("a text that is none"))?;
            self.row.push_with(&value, CellState::Sound);
        }
        Ok(())
    }
}

struct Names;

impl<'de> Visitor<'de> for Names {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vec<String>, A::Error> {
        let mut names = Vec::new();
        while let Some((name, _)) = map.next_entry::<Name<'de>, serde::de::IgnoredAny>()? {
            names.push(name.0.into_owned());
        }
        Ok(names)
    }
}

/// A field's name, borrowed from the record unless it holds an escape.
struct Name<'de>(std::borrow::Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Name<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(name.trim().into()))
            }
            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(name.trim().to_owned().into()))
            }
        }
        reader.deserialize_str(Text)
    }
}

/// A value as text: strings without their marks, `null` as nothing, numbers digit by digit as they
/// stand and exponents written out, nested values as compact JSON.
fn plain(raw: &str) -> Result<std::borrow::Cow<'_, str>, ()> {
    match raw.as_bytes().first() {
        Some(b'"') => {
            let inside = raw.get(1..raw.len().saturating_sub(1)).unwrap_or("");
            if inside.contains('\\') {
                return serde_json::from_str::<String>(raw)
                    .map(Into::into)
                    .map_err(|_| ());
            }
            Ok(inside.into())
        }
        Some(b'{' | b'[') => Ok(compact(raw).into()),
        _ if raw == "null" => Ok("".into()),
        _ => Ok(written_out(raw).map_or(raw.into(), Into::into)),
    }
}

/// Drops white space outside of quotation marks.
fn compact(raw: &str) -> String {
    let (mut quoted, mut escaped) = (false, false);
    let keep = |character: &char| {
        let inside = quoted;
        match *character {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        inside || !character.is_ascii_whitespace()
    };
    raw.chars().filter(keep).collect()
}
