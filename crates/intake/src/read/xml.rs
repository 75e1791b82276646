//! XML. A record is an element that repeats; its attributes and the elements in it that hold text
//! are columns. Document types and entities of the file's own are refused: they only serve attacks
//! in data files.

mod survey;
mod walk;

pub(super) use survey::{columns, survey};
use walk::{Step, Walk};

use super::json::Columns;
use super::{Reader, RowBuf};
use crate::decode::Decoded;
use crate::refusal::{FileRefusal, RefusalKind};
use credit::limits;

/// Reads the records of one kind of element.
pub(super) struct Xml {
    walk: Walk,
    /// Names of the elements from the root down to a record.
    record: Vec<String>,
    columns: Columns,
    fields: Fields,
    number: u64,
}

impl Xml {
    pub(super) fn new(
        text: Decoded,
        record: Vec<String>,
        columns: Columns,
    ) -> Result<Xml, FileRefusal> {
        Ok(Xml {
            walk: Walk::new(text)?,
            record,
            columns,
            fields: Fields::default(),
            number: 1,
        })
    }

    /// Moves to the next record's opening; `false` at the end of the document.
    fn seek(&mut self) -> Result<bool, FileRefusal> {
        loop {
            match self.walk.step()? {
                Step::End => return Ok(false),
                Step::Open if self.walk.path() == self.record => return Ok(true),
                _ => {}
            }
        }
    }
}

impl Reader for Xml {
    fn next(&mut self, row: &mut RowBuf) -> Result<bool, FileRefusal> {
        let number = self.number + 1;
        if !self.seek().map_err(|refusal| refusal.at(number))? {
            return Ok(false);
        }
        self.number = number;
        row.number = number;
        self.columns.begin();
        let (columns, depth) = (&mut self.columns, self.record.len());
        let mut likely = 0;
        let mut problem = None;
        self.fields
            .read(&mut self.walk, depth, |name, value| {
                match columns.put(name, likely, value, true) {
                    Ok(place) => likely = place + 1,
                    Err(found) => {
                        problem.get_or_insert(found);
                    }
                }
                columns.bytes() <= limits::LINE_BYTES
            })
            .map_err(|refusal| refusal.at(number))?;
        self.columns.finish(row);
        row.problem = problem;
        Ok(true)
    }

    fn replaced(&self) -> u64 {
        self.walk.replaced()
    }
}

/// Reads the fields of one record; kept for its buffers.
#[derive(Default)]
pub(super) struct Fields {
    name: String,
    text: Vec<String>,
    /// For each open element below the record, whether it holds elements.
    holds: Vec<bool>,
}

impl Fields {
    /// Gives every field of the record that has just been opened, up to its closing. `take` says
    /// whether there is room for more.
    fn read(
        &mut self,
        walk: &mut Walk,
        depth: usize,
        mut take: impl FnMut(&str, &str) -> bool,
    ) -> Result<(), FileRefusal> {
        self.text.clear();
        self.holds.clear();
        self.open(walk, depth, &mut take)?;
        loop {
            match walk.step()? {
                Step::Open => self.open(walk, depth, &mut take)?,
                Step::Text => {
                    if let Some(text) = self.text.last_mut() {
                        text.push_str(walk.text());
                    }
                }
                Step::Close => {
                    let text = self.text.pop().unwrap_or_default();
                    let holds = self.holds.pop().unwrap_or_default();
                    let is_record = walk.path().len() == depth;
                    let leaf = !holds && !is_record;
                    // Text beside elements, or in a record without any, is a field of its own.
                    if leaf || !text.trim().is_empty() {
                        self.name_of(walk, depth, None);
                        room(take(&self.name, text.trim()))?;
                    }
                    walk.leave();
                    if is_record {
                        return Ok(());
                    }
                }
                Step::End => {
                    return Err(FileRefusal::new(
                        RefusalKind::Malformed,
                        "a record is not closed",
                    ));
                }
            }
        }
    }

    /// Notes an element that was opened and gives its attributes as fields.
    fn open(
        &mut self,
        walk: &Walk,
        depth: usize,
        take: &mut impl FnMut(&str, &str) -> bool,
    ) -> Result<(), FileRefusal> {
        if let Some(outer) = self.holds.last_mut() {
            *outer = true;
        }
        self.text.push(String::new());
        self.holds.push(false);
        for (attribute, value) in walk.attributes() {
            self.name_of(walk, depth, Some(attribute));
            room(take(&self.name, value))?;
        }
        Ok(())
    }

    /// The column's name: the way from the record to the element, then the attribute.
    fn name_of(&mut self, walk: &Walk, depth: usize, attribute: Option<&str>) {
        self.name.clear();
        for step in walk.path().get(depth..).unwrap_or(&[]) {
            if !self.name.is_empty() {
                self.name.push('/');
            }
            self.name.push_str(step);
        }
        match attribute {
            Some(attribute) => {
                if !self.name.is_empty() {
                    self.name.push('@');
                }
                self.name.push_str(attribute);
            }
            None if self.name.is_empty() => {
                self.name
                    .push_str(walk.path().last().map_or("", String::as_str));
            }
            None => {}
        }
    }
}

fn room(left: bool) -> Result<(), FileRefusal> {
    if left {
        return Ok(());
    }
    let cause = format!("a record longer than {} bytes", limits::LINE_BYTES);
    Err(FileRefusal::new(RefusalKind::TooLongLine, cause))
}
