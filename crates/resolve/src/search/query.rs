//! What is asked, what is answered, and the one order in which hits stand.

use std::fmt;
use std::ops::Range;

/// Hits that one page can hold.
pub const PAGE_HITS: usize = 1_000;
/// Questions of so many characters or fewer stand close to whole names rather than inside them: a
/// name one edit away comes before names that hold the text among others.
pub(super) const SHORT: usize = 2;

/// A question for names.
#[derive(Clone, Debug)]
pub struct Query {
    /// What the reader typed; it is compared in the form of [`credit::text::name_form`].
    pub text: String,
    /// Hits wanted; at most [`PAGE_HITS`].
    pub limit: usize,
    /// Where the last page ended.
    pub after: Option<Cursor>,
    /// Edits that are forgiven: 0, 1 or 2.
    pub edits: u8,
    /// Whether Latin letters may be pinyin.
    pub pinyin: bool,
}

impl Query {
    /// A first page with everything switched on.
    #[must_use]
    pub fn new(text: &str, limit: usize) -> Query {
        Query {
            text: text.to_owned(),
            limit,
            after: None,
            edits: 2,
            pinyin: true,
        }
    }
}

/// How a name was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The name is the text.
    Exact,
    /// The name begins with the text.
    Prefix,
    /// The name holds the text.
    Part,
    /// One character was added, left out, replaced, or swapped with its neighbour.
    OneEdit,
    /// Two such edits.
    TwoEdits,
    /// The text is the pinyin of the name's beginning, in full or by initials.
    Pinyin,
}

impl Kind {
    /// The code under which doors show it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Kind::Exact => "exact",
            Kind::Prefix => "prefix",
            Kind::Part => "part",
            Kind::OneEdit => "one-edit",
            Kind::TwoEdits => "two-edits",
            Kind::Pinyin => "pinyin",
        }
    }

    /// Whether the text stands in the name as it was typed.
    #[must_use]
    pub fn is_literal(self) -> bool {
        self <= Kind::Part
    }
}

/// A name that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was pushed with the name.
    pub key: u64,
    /// The name in comparison form.
    pub form: String,
    /// How it was found.
    pub kind: Kind,
    /// Edits between text and name; 0 where the name holds the text.
    pub edits: u8,
    /// Which characters of the form match, as ranges of character positions.
    pub matched: Vec<Range<usize>>,
    /// Its place in the order.
    pub place: Cursor,
}

/// A page of hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
}

/// A place in the order of hits: class, distance in proportion to length, characters beyond the
/// text, the name, its key. Nothing here says anything of a subject's worth.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub(super) group: u8,
    /// Characters that must be added or removed, in ten thousandths of both lengths.
    pub(super) apart: u16,
    pub(super) extra: u16,
    pub(super) form: String,
    pub(super) key: u64,
}

impl Cursor {
    /// Reads what [`Cursor`]'s display wrote; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut parts = text.splitn(5, '.');
        Some(Cursor {
            group: parts.next()?.parse().ok()?,
            apart: parts.next()?.parse().ok()?,
            extra: parts.next()?.parse().ok()?,
            key: parts.next()?.parse().ok()?,
            form: parts.next()?.to_owned(),
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cursor {
            group,
            apart,
            extra,
            form,
            key,
        } = self;
        write!(out, "{group}.{apart}.{extra}.{key}.{form}")
    }
}

/// The group of a kind in the order of hits, for a question of so many characters.
pub(super) fn group(kind: Kind, asked: usize, extra: usize) -> u8 {
    let near = asked <= SHORT && kind <= Kind::OneEdit && extra <= 1;
    match kind {
        Kind::Exact => 0,
        _ if near => 1,
        Kind::Prefix => 2,
        Kind::Part => 3,
        Kind::OneEdit => 4,
        Kind::TwoEdits => 5,
        Kind::Pinyin => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        let cursor = Cursor {
            group: 4,
            apart: 1_234,
            extra: 1,
            form: "甲.乙(丙)".to_owned(),
            key: u64::MAX,
        };
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor));
        for text in ["", "1", "1.2.3", "1.2.3.x.y", "256.1.1.1.a", "1.2.3.4"] {
            assert_eq!(Cursor::parse(text), None, "{text}");
        }
    }

    #[test]
    fn classes_stand_in_their_order() {
        let order = [
            group(Kind::Exact, 5, 0),
            group(Kind::Prefix, 5, 1),
            group(Kind::Part, 5, 1),
            group(Kind::OneEdit, 5, 1),
            group(Kind::TwoEdits, 5, 0),
            group(Kind::Pinyin, 5, 0),
        ];
        assert!(order.is_sorted_by(|a, b| a < b));
        assert!(group(Kind::OneEdit, 2, 0) < group(Kind::Prefix, 2, 2));
    }
}
