//! Walks a JSON document by its brackets and quotation marks, without building anything.

use super::Shape;
use crate::decode::Decoded;
use crate::refusal::{FileRefusal, RefusalKind, from_io};
use credit::limits;
use std::io::BufRead;

/// How a value that was copied ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// At its own closing mark.
    Closed,
    /// At the end of the file.
    CutOff,
}

/// A walker over a document.
pub(super) struct Scanner {
    text: Decoded,
    /// Where inside one container the walk is: before its first member or after one.
    fresh: bool,
}

impl Scanner {
    pub(super) fn new(text: Decoded) -> Scanner {
        Scanner { text, fresh: true }
    }

    pub(super) fn replaced(&self) -> u64 {
        self.text.replaced()
    }

    /// The next byte that is not white space, not taken.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, FileRefusal> {
        loop {
            let chunk = self.text.fill_buf().map_err(|error| from_io(&error))?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let blank = chunk
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            let found = chunk.get(blank).copied();
            self.text.consume(blank);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Takes the bracket that opens a container.
    pub(super) fn enter(&mut self, bracket: u8) -> Result<(), FileRefusal> {
        self.require(bracket)?;
        self.fresh = true;
        Ok(())
    }

    /// Moves to the next element of a list and gives its first byte; `None` after the last.
    pub(super) fn element(&mut self) -> Result<Option<u8>, FileRefusal> {
        if !self.member(b']')? {
            return Ok(None);
        }
        self.peek()?.map(Some).ok_or_else(cut_off)
    }

    /// Moves to the next field of an object and gives its name; `None` after the last.
    pub(super) fn field(&mut self) -> Result<Option<String>, FileRefusal> {
        if !self.member(b'}')? {
            return Ok(None);
        }
        if self.peek()? != Some(b'"') {
            return Err(malformed("a field without a name"));
        }
        let mut name = Vec::new();
        self.copy(0, &mut name)?;
        self.require(b':')?;
        let name =
            serde_json::from_slice(&name).map_err(|_| malformed("a name that is no text"))?;
        Ok(Some(name))
    }

    /// Moves to the value of one field of an object.
    pub(super) fn seek(&mut self, name: &str) -> Result<(), FileRefusal> {
        while let Some(found) = self.field()? {
            if found == name {
                return Ok(());
            }
            self.skip(1)?;
        }
        Err(malformed("the file changed while it was read"))
    }

    /// Whether the first element of a list is an object or a list; takes nothing that matters.
    pub(super) fn first_element_shape(&mut self) -> Result<Option<Shape>, FileRefusal> {
        self.enter(b'[')?;
        while let Some(opening) = self.element()? {
            match opening {
                b'{' => return Ok(Some(Shape::Objects)),
                b'[' => return Ok(Some(Shape::Arrays)),
                _ => self.skip(1)?,
            }
        }
        Ok(None)
    }

    /// Passes over a value.
    pub(super) fn skip(&mut self, depth: usize) -> Result<(), FileRefusal> {
        match self.walk(depth, None)? {
            Ending::Closed => Ok(()),
            Ending::CutOff => Err(cut_off()),
        }
    }

    /// Copies a value.
    pub(super) fn copy(&mut self, depth: usize, into: &mut Vec<u8>) -> Result<Ending, FileRefusal> {
        self.walk(depth, Some(into))
    }

    /// After the document nothing but white space may stand.
    pub(super) fn finish(&mut self) -> Result<(), FileRefusal> {
        match self.peek()? {
            None => Ok(()),
            Some(_) => Err(malformed("text after the document")),
        }
    }

    fn require(&mut self, wanted: u8) -> Result<(), FileRefusal> {
        match self.peek()? {
            Some(found) if found == wanted => {
                self.text.consume(1);
                Ok(())
            }
            Some(_) => Err(malformed(&format!(
                "no {} where one belongs",
                char::from(wanted)
            ))),
            None => Err(cut_off()),
        }
    }

    /// Moves past the comma between members; `false` if the container closes instead.
    fn member(&mut self, closing: u8) -> Result<bool, FileRefusal> {
        let fresh = std::mem::take(&mut self.fresh);
        match self.peek()? {
            None => Err(cut_off()),
            Some(found) if found == closing => {
                self.text.consume(1);
                Ok(false)
            }
            Some(b',') if !fresh => {
                self.text.consume(1);
                Ok(true)
            }
            Some(_) if fresh => Ok(true),
            Some(_) => Err(malformed("no comma between members")),
        }
    }

    /// Walks over one value, copying it where asked.
    fn walk(
        &mut self,
        depth: usize,
        mut into: Option<&mut Vec<u8>>,
    ) -> Result<Ending, FileRefusal> {
        self.peek()?;
        let mut state = Walk {
            depth,
            outer: depth,
            ..Walk::default()
        };
        loop {
            let chunk = self.text.fill_buf().map_err(|error| from_io(&error))?;
            if chunk.is_empty() {
                // A bare number may end with the file; anything else is cut off.
                return Ok(if state.scalar {
                    Ending::Closed
                } else {
                    Ending::CutOff
                });
            }
            let (used, done) = state.take(chunk)?;
            if let Some(into) = into.as_deref_mut() {
                into.extend_from_slice(chunk.get(..used).unwrap_or(&[]));
                if into.len() > limits::LINE_BYTES {
                    let cause = format!("a record longer than {} bytes", limits::LINE_BYTES);
                    return Err(FileRefusal::new(RefusalKind::TooLongLine, cause));
                }
            }
            self.text.consume(used);
            if done {
                self.fresh = false;
                return Ok(Ending::Closed);
            }
        }
    }
}

/// The state of a walk over one value.
#[derive(Default)]
struct Walk {
    depth: usize,
    outer: usize,
    quoted: bool,
    escaped: bool,
    scalar: bool,
}

impl Walk {
    /// Walks over a chunk; gives how much of it belongs to the value and whether the value ended.
    fn take(&mut self, chunk: &[u8]) -> Result<(usize, bool), FileRefusal> {
        for (at, &byte) in chunk.iter().enumerate() {
            if self.quoted {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.quoted = false;
                        if self.depth == self.outer {
                            return Ok((at + 1, true));
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'{' | b'[' if !self.scalar => {
                    self.depth += 1;
                    if self.depth > limits::NESTING {
                        let cause = format!("deeper than {} levels", limits::NESTING);
                        return Err(FileRefusal::new(RefusalKind::TooDeep, cause));
                    }
                }
                b'}' | b']' if self.depth > self.outer => {
                    self.depth -= 1;
                    if self.depth == self.outer {
                        return Ok((at + 1, true));
                    }
                }
                b'"' if !self.scalar => self.quoted = true,
                b',' | b'}' | b']' if self.depth == self.outer => return Ok((at, true)),
                _ if self.depth > self.outer => {}
                byte if byte.is_ascii_whitespace() => return Ok((at, true)),
                _ => self.scalar = true,
            }
        }
        Ok((chunk.len(), false))
    }
}

fn malformed(cause: &str) -> FileRefusal {
    FileRefusal::new(RefusalKind::Malformed, cause)
}

fn cut_off() -> FileRefusal {
    malformed("the document ends too early")
}
