//! `gongxin audit`: the rows of the store beside the log. Whatever was changed, taken away or added
//! around the platform is named by its event, record or file.

mod log;
mod rows;

use crate::error::Result;
use crate::office::Office;
use seal::note::NoteKey;
use std::collections::BTreeMap;
use store::Store;

/// Findings that are kept; further ones are counted only. A store with that many needs a backup, not
/// a list.
const KEPT: usize = 1_000;

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// Events in the log.
    pub events: u64,
    /// Events whose salts were erased: what they stand for cannot be checked any more.
    pub erased: u64,
    /// Looks at facts that are not public, by their rows.
    pub looks: u64,
    /// Looks by their events.
    pub look_events: u64,
    /// Openings at the lock that processes settled.
    pub openings: u64,
    /// Those processes.
    pub runs: u64,
    /// Looks by their day.
    days: BTreeMap<String, u64>,
    /// Moves of grants.
    pub grants: u64,
    /// Moves of grants by their events.
    pub grant_events: u64,
    /// Decisions by which looks are told later.
    pub deferrals: u64,
    /// Those decisions by their events.
    pub deferral_events: u64,
    /// Rows of settled openings by their events.
    pub opening_events: u64,
    /// Consents of persons, and withdrawals of them.
    pub consents: u64,
    /// The same by their events.
    pub consent_events: u64,
    /// Agencies that were told to stop using a fact, and their word that they did.
    pub receivers: u64,
    /// The same by their events.
    pub receiver_events: u64,
    /// Moves of cases.
    pub cases: u64,
    /// Moves of cases by their events.
    pub case_events: u64,
    /// Tables that were taken out as files.
    pub exports: u64,
    /// The same by their events.
    pub export_events: u64,
    /// Announcements, and that they were withdrawn.
    pub announcements: u64,
    /// The same by their events.
    pub announcement_events: u64,
    /// Receipts.
    pub receipts: u64,
    /// Why submissions were made that are no ordinary file: corrections, recalls, nil reports.
    pub causes: u64,
    /// Receipts that commit to such a cause.
    caused: u64,
    /// Issued reports.
    pub reports: u64,
    /// Slices of files.
    pub slices: u64,
    /// Versions of facts.
    pub versions: u64,
    /// Versions whose content was erased, or never had any.
    pub bare: u64,
    /// Persons whose data were erased by a decision.
    pub erasures: u64,
    /// What is wrong, in the order in which it was found.
    pub findings: Vec<Finding>,
    /// How much is wrong in all.
    pub wrong: u64,
}

/// Something that is not as the log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub wrong: Wrong,
    /// An event, a record's version, a file of the log or a size.
    pub what: String,
}

/// How a row and the log differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The row of an event is gone.
    EventGone,
    /// An event reads differently than when it was written down.
    EventChanged,
    /// An event was added around the platform: it has no place and waits for none.
    EventAdded,
    /// Places of the order are missing, or were added.
    Order,
    /// A file of the log does not fit its entries.
    Tile,
    /// A head does not fit the entries up to it.
    Head,
    /// The newest head is not signed by the log's key.
    Signature,
    /// A row without its event: added around the platform, or its event was taken away.
    RowWithoutEvent,
    /// A row that reads differently than its event says.
    RowChanged,
    /// Events of looks, of moves of grants or cases, of decisions to tell later, of openings, consents,
    /// receivers, exports or announcements, whose rows are gone.
    RowGone,
    /// More was opened at the lock on a day than looks were written down: somebody looked around the
    /// platform's own doors.
    OpenedMore,
    /// The versions of a slice are not those that were accepted: one was changed, added or removed.
    Slice,
    /// The content of a version is not what it commits to.
    Content,
}

impl Wrong {
    /// A short code, for scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Wrong::EventGone => "event-gone",
            Wrong::EventChanged => "event-changed",
            Wrong::EventAdded => "event-added",
            Wrong::Order => "order",
            Wrong::Tile => "tile",
            Wrong::Head => "head",
            Wrong::Signature => "signature",
            Wrong::RowWithoutEvent => "row-without-event",
            Wrong::RowChanged => "row-changed",
            Wrong::RowGone => "row-gone",
            Wrong::OpenedMore => "opened-more",
            Wrong::Slice => "slice",
            Wrong::Content => "content",
        }
    }
}

impl Audit {
    fn finds(&mut self, wrong: Wrong, what: impl Into<String>) {
        self.wrong += 1;
        if self.findings.len() < KEPT {
            let what = what.into();
            self.findings.push(Finding { wrong, what });
        }
    }
}

/// Compares everything. Reads the whole store once, and its versions once a million of them; memory
/// stays below some 200 MB. Rows that arrive meanwhile are not compared.
///
/// # Errors
/// What the store says.
pub async fn audit(store: &Store) -> Result<Audit> {
    let mut audit = Audit::default();
    let key = store.journal_identity().await?;
    let key = key.and_then(|(_, key)| NoteKey::parse(&key).ok());
    log::check(store, key.as_ref(), &mut audit).await?;
    // What was opened is read first: the looks that it belongs to were written down before.
    let opened = rows::openings(store, &mut audit).await?;
    rows::looks(store, &mut audit).await?;
    rows::opened(&opened, &mut audit);
    rows::grants(store, &mut audit).await?;
    rows::deferrals(store, &mut audit).await?;
    rows::cases(store, &mut audit).await?;
    rows::consents(store, &mut audit).await?;
    rows::receivers(store, &mut audit).await?;
    rows::exports(store, &mut audit).await?;
    rows::announcements(store, &mut audit).await?;
    rows::receipts(store, &mut audit).await?;
    rows::erasures(store, &mut audit).await?;
    rows::reports(store, &mut audit).await?;
    rows::slices(store, &mut audit).await?;
    Ok(audit)
}

/// Compares everything, and the words of those who corrected or took back what was sent, which only the
/// site's key can compare.
///
/// # Errors
/// As [`audit`].
pub async fn audit_all(office: &Office) -> Result<Audit> {
    let mut found = audit(&office.store).await?;
    rows::causes(&office.store, &office.site_key, &mut found).await?;
    Ok(found)
}
