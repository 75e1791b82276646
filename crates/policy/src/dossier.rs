//! Dossiers: what a permit lets out. Views are functions of these and of nothing else.

use crate::extent::Extent;
use crate::permit::Purpose;
use credit::catalog::{ItemIx, Theme};
use credit::clock::{Ended, Severity};
use credit::lang::Lang;
use credit::record::{AsOf, Change, Instant, Subject};
use credit::subject::RecordId;
use jiff::civil::Date;
use std::fmt;
use std::sync::Arc;

/// The opened file of one subject for one purpose at one time.
///
/// Only [`Permit::open`](crate::Permit::open) makes one:
///
/// ```compile_fail,E0451
/// # use policy::{Dossier, Purpose}; use credit::record::{AsOf, Subject};
/// fn invent(subject: Subject, at: AsOf) -> Dossier {
///     Dossier { subject, purpose: Purpose::PublicLookup, at, entries: Vec::new(), unreadable: 0 }
/// }
/// ```
pub struct Dossier {
    pub(crate) subject: Subject,
    pub(crate) purpose: Purpose,
    pub(crate) at: AsOf,
    pub(crate) entries: Vec<Entry>,
    pub(crate) unreadable: usize,
}

impl Dossier {
    /// Who it is about. No personal identifier is ever among the identifiers.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// For what it was opened.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The three times it speaks of.
    #[must_use]
    pub fn at(&self) -> AsOf {
        self.at
    }

    /// What may be seen, ordered by theme, then record id.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What the dossier says, in one text that changes with it: equal dossiers of one subject give
    /// equal fingerprints, whenever they are opened. For deriving a report's number and an ETag by
    /// a keyed digest; it names the subject, so it is never shown or logged itself.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut text = self.identity();
        for entry in &self.entries {
            text += &entry.fingerprint();
        }
        text
    }

    /// The same of the facts that a report prints, with the items that it shows: two reports with
    /// equal texts state the same facts, whatever their day and language.
    #[must_use]
    pub fn stated(&self, extent: &Extent<'_>) -> String {
        let mut text = self.identity();
        for entry in self.entries.iter().filter(|entry| extent.holds(entry)) {
            text += &entry.fingerprint();
            for (item, shown) in &entry.values {
                let waits = matches!(shown, Shown::Waits);
                text += &format!(" {item:?}{}", if waits { "?" } else { "" });
            }
        }
        text
    }

    /// Whom it is about, by all that is told of it.
    fn identity(&self) -> String {
        let subject = &self.subject;
        let mut text = format!(
            "{} {} {} {:?} {:?}",
            self.purpose.code(),
            subject.id,
            subject.kind.code(),
            subject.name,
            subject.other_names
        );
        for identifier in &subject.identifiers {
            text += &format!(" {}:{}", identifier.system().code(), identifier.value());
        }
        text
    }

    /// Records left out because the catalogue in force does not know their theme, so that nobody
    /// can tell who may see them. Always none with the catalogue under which they came in.
    #[must_use]
    pub fn unreadable(&self) -> usize {
        self.unreadable
    }
}

impl fmt::Debug for Dossier {
    /// Prints no content: a dossier must not end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Dossier({} for {}, {} entries)",
            self.purpose.code(),
            self.subject.id,
            self.entries.len()
        )
    }
}

/// One fact, as far as the purpose may see it.
#[derive(Clone)]
pub struct Entry {
    /// The record.
    pub record: RecordId,
    /// The edition of the theme under which the shown version was accepted.
    pub theme: Arc<Theme>,
    /// The supplier's code.
    pub supplier: String,
    /// Number of the shown version within the record.
    pub version: u32,
    /// When the platform came to know the shown version.
    pub known_at: Instant,
    /// The day for which the supplier states it.
    pub stated_on: Date,
    /// What may be seen of the content, in the theme's order; unfilled items are left out.
    pub values: Vec<(ItemIx, Shown)>,
    /// The day from which the clocks of the legal document count: the earliest on file.
    pub document_started_on: Option<Date>,
    /// How grave, where the theme has a severity table.
    pub severity: Option<Severity>,
    /// The last day of publicity; `None` while it stays public as long as it holds, and always
    /// `None` for what is not public.
    pub public_until: Option<Date>,
    /// Whether the public sees the fact today. Always [`Publication::Public`] in a public dossier.
    pub publication: Publication,
    /// Whether the fact holds on the asked day, by its own dates.
    pub status: Status,
    /// Reported after its deadline (R07).
    pub late: bool,
    /// Marks that must be shown with the fact.
    pub marks: Vec<Mark>,
    /// Earlier versions, newest first: in the subject's own file only.
    pub history: Vec<Past>,
}

impl Entry {
    /// The value of an item, if it may be seen and is filled.
    #[must_use]
    pub fn value(&self, item: ItemIx) -> Option<&Shown> {
        self.values
            .iter()
            .find(|(ix, _)| *ix == item)
            .map(|(_, shown)| shown)
    }

    /// The day that places it in time: its document's, else the one it was stated for.
    #[must_use]
    pub fn dated(&self) -> Date {
        self.document_started_on.unwrap_or(self.stated_on)
    }

    /// A version is insert-only, so that its number stands for its content.
    fn fingerprint(&self) -> String {
        format!(
            "\n{} {} {} {:?} {:?} {:?} {:?}",
            self.record,
            self.version,
            self.history.len(),
            self.document_started_on,
            self.publication,
            self.status,
            self.marks
        )
    }
}

impl fmt::Debug for Entry {
    /// Prints no content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("record", &self.record)
            .field("theme", &self.theme.code)
            .field("version", &self.version)
            .field("publication", &self.publication)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// An earlier version of a fact, in its subject's own file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its number within the record.
    pub version: u32,
    /// When the platform came to know it.
    pub known_at: Instant,
    /// The day for which it was stated.
    pub stated_on: Date,
    /// What it said.
    pub change: Change,
    /// Its content, shown as the current content is; item positions are those of `theme`.
    pub values: Vec<(ItemIx, Shown)>,
    /// The edition of the theme under which it was accepted.
    pub theme_version: String,
    /// Reported after its deadline.
    pub late: bool,
}

/// A value as far as it may be seen. Typed, so that no view takes a notice for content.
#[derive(Clone, PartialEq, Eq)]
pub enum Shown {
    /// The canonical value.
    Plain(String),
    /// With its middle hidden by the item's mask.
    Masked(String),
    /// Free text from which people, addresses, accounts and health were taken out.
    Redacted(String),
    /// Free text of which nobody can say yet whether it is free of such things: it waits whole.
    Waits,
}

impl Shown {
    /// What the reader sees: the value, or the notice in the reader's language.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        match (self, lang) {
            (Shown::Plain(text) | Shown::Masked(text) | Shown::Redacted(text), _) => text,
            (Shown::Waits, Lang::Zh) => "待人工核对后公开",
            (Shown::Waits, Lang::En) => "To be published once a person has checked it",
            (Shown::Waits, Lang::Ru) => "Будет опубликовано после проверки сотрудником",
        }
    }

    /// The value if it is whole: for dates, codes and sums that a view reads.
    #[must_use]
    pub fn plain(&self) -> Option<&str> {
        match self {
            Shown::Plain(text) => Some(text),
            Shown::Masked(_) | Shown::Redacted(_) | Shown::Waits => None,
        }
    }
}

impl fmt::Debug for Shown {
    /// Prints the kind only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Shown::Plain(_) => "Plain(…)",
            Shown::Masked(_) => "Masked(…)",
            Shown::Redacted(_) => "Redacted(…)",
            Shown::Waits => "Waits",
        })
    }
}

/// Whether the public sees a fact today, decided on the version in force now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It does, until that day if there is one.
    Public {
        /// The last day of publicity.
        until: Option<Date>,
    },
    /// It did, or would have: a clock ran out, its supplier removed it, or it is minor.
    Ended(Ended),
    /// The supplier said that the fact is about another subject.
    Moved,
    /// The fact waits; the code of the reason.
    Held(String),
    /// Facts of this theme, or of this kind of subject, are not published.
    NotPublished,
    /// A case suspends its showing: an objection where the local rule says so, or an order that stays
    /// the decision behind it.
    Suspended,
    /// Repaired: publicity, sharing and use have ended. Said in the subject's own file alone (rights 11).
    Repaired,
}

/// Whether a fact holds on the asked day, by its own dates (a permit's validity).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It holds.
    InForce,
    /// It held until an earlier day.
    Expired,
    /// It begins on a later day.
    NotYet,
}

/// A mark that every view shows with the fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// 异议处理中: its subject contests it, and no automatic decision may rest on it (rights 10).
    Contested,
    /// 复议、诉讼中: the decision behind it is under review or before a court (R25).
    Appealed,
}
