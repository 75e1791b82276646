//! Walks an XML document element by element with bounded memory.

use crate::decode::Decoded;
use crate::refusal::{FileRefusal, RefusalKind, from_io};
use credit::limits;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::io::{self, BufRead, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the walk met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An element opens; it is the last of the path now.
    Open,
    /// Text within the last element of the path.
    Text,
    /// The last element of the path closes. Inside a record the caller says [`Walk::leave`].
    Close,
    /// The document ends.
    End,
}

/// A walk over a document.
pub(super) struct Walk {
    reader: quick_xml::Reader<Metered>,
    taken: Arc<AtomicU64>,
    replaced: Arc<AtomicU64>,
    buffer: Vec<u8>,
    path: Vec<String>,
    text: String,
    attributes: Vec<(String, String)>,
    closing: bool,
    /// An empty element was opened and must be closed next.
    empty: bool,
}

impl Walk {
    pub(super) fn new(text: Decoded) -> Result<Walk, FileRefusal> {
        let taken = Arc::new(AtomicU64::new(0));
        let replaced = Arc::new(AtomicU64::new(0));
        let head = without_declaration(text)?;
        let metered = Metered {
            inner: head,
            taken: Arc::clone(&taken),
            replaced: Arc::clone(&replaced),
        };
        let mut reader = quick_xml::Reader::from_reader(metered);
        reader.config_mut().expand_empty_elements = false;
        Ok(Walk {
            reader,
            taken,
            replaced,
            buffer: Vec::new(),
            path: Vec::new(),
            text: String::new(),
            attributes: Vec::new(),
            closing: false,
            empty: false,
        })
    }

    /// Names of the open elements from the root, without name space prefixes.
    pub(super) fn path(&self) -> &[String] {
        &self.path
    }

    /// The text of the last step.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Attributes of the element that was opened last, without those of name spaces and schemas.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn replaced(&self) -> u64 {
        self.replaced.load(Ordering::Relaxed)
    }

    /// Drops the closed element from the path; [`Walk::step`] does it where the caller did not.
    pub(super) fn leave(&mut self) {
        if self.closing {
            self.closing = false;
            self.path.pop();
        }
    }

    /// The next step.
    pub(super) fn step(&mut self) -> Result<Step, FileRefusal> {
        self.leave();
        if std::mem::take(&mut self.empty) {
            self.closing = true;
            return Ok(Step::Close);
        }
        loop {
            self.taken.store(0, Ordering::Relaxed);
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.clear();
            let event = self
                .reader
                .read_event_into(&mut buffer)
                .map_err(|error| broken(&error));
            let step = event.and_then(|event| self.take(&event));
            self.buffer = buffer;
            if let Some(step) = step? {
                return Ok(step);
            }
        }
    }

    fn take(&mut self, event: &Event<'_>) -> Result<Option<Step>, FileRefusal> {
        Ok(match event {
            Event::Start(start) => {
                self.open(start)?;
                Some(Step::Open)
            }
            Event::Empty(start) => {
                self.open(start)?;
                self.empty = true;
                Some(Step::Open)
            }
            Event::End(_) => {
                self.closing = true;
                Some(Step::Close)
            }
            Event::Text(text) => {
                self.text.clear();
                self.text.push_str(&text.xml10_content());
                Some(Step::Text)
            }
            Event::CData(text) => {
                self.text.clear();
                self.text.push_str(&text.xml10_content());
                Some(Step::Text)
            }
            Event::GeneralRef(reference) => {
                self.text.clear();
                resolve(reference, &mut self.text)?;
                Some(Step::Text)
            }
            Event::DocType(_) => {
                return Err(FileRefusal::new(
                    RefusalKind::DocumentType,
                    "a document type is declared",
                ));
            }
            Event::Eof if !self.path.is_empty() => {
                return Err(FileRefusal::new(
                    RefusalKind::Malformed,
                    "the document ends within an element",
                ));
            }
            Event::Eof => Some(Step::End),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => None,
        })
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), FileRefusal> {
        if self.path.len() >= limits::NESTING {
            let cause = format!("deeper than {} elements", limits::NESTING);
            return Err(FileRefusal::new(RefusalKind::TooDeep, cause));
        }
        self.path.push(start.local_name().into_inner().to_owned());
        self.attributes.clear();
        for attribute in start.attributes() {
            let attribute = attribute
                .map_err(|error| FileRefusal::new(RefusalKind::Malformed, error.to_string()))?;
            let name: &str = attribute.key.as_ref();
            if name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:") {
                continue;
            }
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| FileRefusal::new(RefusalKind::DocumentType, error.to_string()))?;
            let local = attribute.key.local_name().into_inner().to_owned();
            self.attributes.push((local, value.trim().to_owned()));
        }
        Ok(())
    }
}

/// The five entities of XML itself and characters by number; no others.
fn resolve(reference: &BytesRef<'_>, into: &mut String) -> Result<(), FileRefusal> {
    let unknown = |cause: &str| FileRefusal::new(RefusalKind::DocumentType, cause);
    match reference.resolve_char_ref() {
        Ok(Some(character)) => into.push(character),
        Ok(None) => match resolve_xml_entity(reference) {
            Some(text) => into.push_str(text),
            None => return Err(unknown("an entity that XML itself does not define")),
        },
        Err(_) => {
            return Err(FileRefusal::new(
                RefusalKind::Malformed,
                "a character that is none",
            ));
        }
    }
    Ok(())
}

fn broken(error: &quick_xml::Error) -> FileRefusal {
    match error {
        quick_xml::Error::Io(error) => from_io(error),
        other => FileRefusal::new(RefusalKind::Malformed, format!("XML: {}", kind(other))),
    }
}

/// What kind of error it is, without the file's own text.
fn kind(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::Syntax(_) => "syntax",
        quick_xml::Error::IllFormed(_) => "elements not closed in order",
        quick_xml::Error::InvalidAttr(_) => "attribute",
        quick_xml::Error::Escape(_) => "entity",
        _ => "other",
    }
}

/// The text after the XML declaration: its encoding has been dealt with, and the parser must not
/// apply it once more.
fn without_declaration(mut text: Decoded) -> Result<Head, FileRefusal> {
    let mut head = Vec::new();
    let failed = |error: io::Error| from_io(&error);
    text.by_ref()
        .take(2048)
        .read_to_end(&mut head)
        .map_err(failed)?;
    let start = head.trim_ascii_start();
    let rest = match start.starts_with(b"<?xml") {
        true => start
            .windows(2)
            .position(|pair| pair == b"?>")
            .and_then(|at| start.get(at + 2..))
            .unwrap_or(start),
        false => start,
    };
    Ok(Cursor::new(rest.to_vec()).chain(text))
}

type Head = io::Chain<Cursor<Vec<u8>>, Decoded>;

/// Stops a single tag or text that grows past the limit.
struct Metered {
    inner: Head,
    taken: Arc<AtomicU64>,
    replaced: Arc<AtomicU64>,
}

impl BufRead for Metered {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken.load(Ordering::Relaxed) > limits::LINE_BYTES as u64 {
            let cause = format!("a tag or text longer than {} bytes", limits::LINE_BYTES);
            return Err(FileRefusal::new(RefusalKind::TooLongLine, cause).into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.fetch_add(amount as u64, Ordering::Relaxed);
        self.inner.consume(amount);
        self.replaced
            .store(self.inner.get_ref().1.replaced(), Ordering::Relaxed);
    }
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}
