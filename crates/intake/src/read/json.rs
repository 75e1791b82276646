//! JSON. The document is walked byte by byte down to its list of records; each record is cut out
//! and parsed alone, so that memory holds one record and a broken one is a fault of its row.

mod record;
mod scan;

use record::array_cells;
pub(super) use record::{Columns, names, object_cells};
use scan::{Ending, Scanner};

use super::{Reader, RowBuf, RowProblem};
use crate::decode::Decoded;
use crate::refusal::{FileRefusal, RefusalKind};
use credit::limits;

/// Records from which the columns are taken. A later record with a field that none of them had is
/// a fault of that row.
pub(super) const SAMPLED: usize = 1_000;

/// Where the records stand in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Names of the fields on the way down.
    path: Vec<String>,
    /// What stands there.
    pub(super) shape: Shape,
}

/// What a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A list of objects.
    Objects,
    /// A list of lists, the first of which is the header.
    Arrays,
    /// The document is one record itself.
    One,
}

/// Finds the largest list of records in a document, the first of equals. Walks the whole document
/// unless it is a list itself.
pub(super) fn locate(text: Decoded) -> Result<Place, FileRefusal> {
    let mut scanner = Scanner::new(text);
    let mut survey = Survey {
        path: Vec::new(),
        best: None,
        fields: 0,
    };
    if scanner.peek()? == Some(b'[') {
        let shape = scanner.first_element_shape()?;
        return match shape {
            Some(shape) => Ok(Place {
                path: Vec::new(),
                shape,
            }),
            None => Err(FileRefusal::new(
                RefusalKind::NoRecords,
                "a list of bare values",
            )),
        };
    }
    survey.value(&mut scanner)?;
    scanner.finish()?;
    match survey.best {
        Some((place, _)) => Ok(place),
        None if survey.fields > 0 => Ok(Place {
            path: Vec::new(),
            shape: Shape::One,
        }),
        None => Err(FileRefusal::new(
            RefusalKind::NoRecords,
            "no list of objects in the document",
        )),
    }
}

/// The walk that counts records per list.
struct Survey {
    path: Vec<String>,
    best: Option<(Place, u64)>,
    fields: u64,
}

impl Survey {
    fn value(&mut self, scanner: &mut Scanner) -> Result<(), FileRefusal> {
        match scanner.peek()? {
            Some(b'[') => self.list(scanner),
            Some(b'{') => self.object(scanner),
            _ => scanner.skip(self.path.len()),
        }
    }

    fn object(&mut self, scanner: &mut Scanner) -> Result<(), FileRefusal> {
        if self.path.len() >= limits::NESTING {
            return Err(FileRefusal::new(
                RefusalKind::TooDeep,
                "objects within objects",
            ));
        }
        scanner.enter(b'{')?;
        while let Some(name) = scanner.field()? {
            self.fields += 1;
            self.path.push(name);
            self.value(scanner)?;
            self.path.pop();
        }
        Ok(())
    }

    fn list(&mut self, scanner: &mut Scanner) -> Result<(), FileRefusal> {
        let (mut objects, mut arrays) = (0_u64, 0_u64);
        scanner.enter(b'[')?;
        while let Some(opening) = scanner.element()? {
            objects += u64::from(opening == b'{');
            arrays += u64::from(opening == b'[');
            scanner.skip(self.path.len() + 1)?;
        }
        let (shape, count) = if objects > 0 {
            (Shape::Objects, objects)
        } else {
            (Shape::Arrays, arrays)
        };
        if count > self.best.as_ref().map_or(0, |(_, most)| *most) {
            self.best = Some((
                Place {
                    path: self.path.clone(),
                    shape,
                },
                count,
            ));
        }
        Ok(())
    }
}

/// Reads the records of one list.
pub(super) struct Json {
    scanner: Scanner,
    shape: Shape,
    columns: Columns,
    record: Vec<u8>,
    number: u64,
    ended: bool,
}

impl Json {
    /// A reader that stands before the first record.
    pub(super) fn new(text: Decoded, place: &Place, columns: Columns) -> Result<Json, FileRefusal> {
        let mut scanner = Scanner::new(text);
        for name in &place.path {
            scanner.enter(b'{')?;
            scanner.seek(name)?;
        }
        if place.shape != Shape::One {
            scanner.enter(b'[')?;
        }
        // Lists of lists bring their own header, which then is row 1.
        let number = u64::from(place.shape != Shape::Arrays);
        Ok(Json {
            scanner,
            shape: place.shape,
            columns,
            record: Vec::new(),
            number,
            ended: false,
        })
    }

    /// Cuts the next record out; `false` at the end of the list.
    fn cut(&mut self) -> Result<bool, FileRefusal> {
        if self.ended {
            return Ok(false);
        }
        self.record.clear();
        let at = |refusal: FileRefusal, row: u64| refusal.at(row + 1);
        let number = self.number;
        if self.shape == Shape::One {
            self.ended = true;
        } else if self
            .scanner
            .element()
            .map_err(|refusal| at(refusal, number))?
            .is_none()
        {
            self.ended = true;
            return Ok(false);
        }
        let ending = self
            .scanner
            .copy(1, &mut self.record)
            .map_err(|refusal| at(refusal, number))?;
        if ending == Ending::CutOff {
            self.ended = true;
        }
        self.number += 1;
        Ok(true)
    }

    /// Names of the fields of the next record, for the discovery of columns; `None` at the end.
    pub(super) fn names(&mut self) -> Result<Option<Vec<String>>, FileRefusal> {
        Ok(if self.cut()? {
            Some(record::names(&self.record))
        } else {
            None
        })
    }
}

impl Reader for Json {
    fn next(&mut self, row: &mut RowBuf) -> Result<bool, FileRefusal> {
        if !self.cut()? {
            return Ok(false);
        }
        row.number = self.number;
        let read = match self.shape {
            Shape::Arrays => array_cells(&self.record, row),
            _ => object_cells(&self.record, &mut self.columns, row),
        };
        if let Err(problem) = read {
            row.problem = Some(if self.ended && self.shape != Shape::One {
                RowProblem::CutOff
            } else {
                problem
            });
        }
        Ok(true)
    }

    fn replaced(&self) -> u64 {
        self.scanner.replaced()
    }
}
