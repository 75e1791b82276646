//! Who is who: decisions of people, what follows for the mentions, and who a mention was on a past
//! day. Records keep their mention for ever; only membership rows are added, so all of it can be
//! undone.
//!
//! A subject is what two kinds of evidence make of its mentions: links (an identifier that intake
//! found) and decisions in force. The store reads the touched component, the caller arranges it
//! (purely), and what changed is written as membership rows with one event for the move and one
//! for each subject whose views must be made again.

mod apply;
mod bearer;
mod card;
mod component;
mod late;
mod queue;

pub use bearer::{Meaning, Meant};
pub use card::{Card, Holding};
pub(crate) use late::{LATER, Origin, later_registered, links};
pub use queue::{QueueAsk, QueueKind};

use crate::error::{Error, Result};
use crate::page::{Page, instant_and_id};
use crate::sql::membership as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::SubjectId;
use policy::Officer;

/// Mentions of one component at most: 4,096 × some 200 bytes; the largest lawful one is a firm
/// with a few dozen numbers and suppliers, × 100 for room.
pub const COMPONENT_MENTIONS: usize = 4_096;

/// A decision: 16 unpredictable bytes, written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DecisionId(pub [u8; 16]);

impl DecisionId {
    /// Reads 32 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<DecisionId> {
        SubjectId::parse(text).map(|id| DecisionId(id.0))
    }
}

impl std::fmt::Display for DecisionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        SubjectId(self.0).fmt(f)
    }
}

/// What a person decided about pairs of mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The two are one subject.
    Same,
    /// They are two.
    Different,
}

impl Verdict {
    /// The code in the store and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Different => "different",
        }
    }

    fn parse(code: &str) -> Option<Verdict> {
        [Verdict::Same, Verdict::Different]
            .into_iter()
            .find(|one| one.code() == code)
    }
}

/// A mention of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The mention.
    pub id: SubjectId,
    /// Order of first mention; the smallest leads its subject.
    pub order: i64,
    /// Its subject now.
    pub root: SubjectId,
}

/// A decided pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The decision.
    pub decision: DecisionId,
    /// What it says.
    pub verdict: Verdict,
    /// One mention.
    pub left: SubjectId,
    /// The other.
    pub right: SubjectId,
}

/// The mentions that a move may touch and the evidence between them, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// By order of first mention.
    pub members: Vec<Member>,
    /// Pairs that an identifier joins.
    pub links: Vec<(SubjectId, SubjectId)>,
    /// Decisions in force after the move, oldest first.
    pub decided: Vec<Decided>,
}

/// The subject of each mention after a move, or the decisions that stand against it.
pub type Arranged = std::result::Result<Vec<(SubjectId, SubjectId)>, Vec<DecisionId>>;

/// Arranges a component. Pure; called again when the transaction runs again.
pub type Arrange<'a> = dyn FnMut(&Component) -> Arranged + Send + 'a;

/// Who moves, when and why.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The officer.
    pub officer: &'a Officer,
    /// The reason.
    pub reason: &'a str,
    /// When.
    pub at: Instant,
}

/// What became of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It stands; these subjects changed, ascending.
    Done(Vec<SubjectId>),
    /// Decisions in force stand against it; nothing was written.
    Refused(Vec<DecisionId>),
    /// There is no such mention, question or decision in force; nothing was written.
    Unknown,
}

/// A decision as it stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// What it says.
    pub verdict: Verdict,
    /// Of which pairs of mentions; none where a question had no candidates.
    pub pairs: Vec<(SubjectId, SubjectId)>,
    /// The mention whose question it answered.
    pub question: Option<SubjectId>,
    /// When.
    pub at: Instant,
    /// The officer, and of which agency.
    pub officer: String,
    /// Why.
    pub reason: String,
    /// When, by whom and why it was taken back.
    pub undone: Option<(Instant, String, String)>,
}

impl Store {
    /// Decides that pairs of mentions are the same or different subjects.
    ///
    /// # Errors
    /// [`Error::Conflict`] for a component beyond [`COMPONENT_MENTIONS`].
    pub async fn decide(
        &self,
        id: DecisionId,
        verdict: Verdict,
        pairs: &[(SubjectId, SubjectId)],
        by: &By<'_>,
        arrange: &mut Arrange<'_>,
    ) -> Result<Moved> {
        let deed = apply::Deed {
            id,
            verdict,
            pairs: pairs.to_vec(),
            question: None,
        };
        transact!(self, Write, "decide", tx => apply::decide(&mut tx, &deed, by, arrange).await)
    }

    /// Answers a question: the mention is one of the candidates, or none of them. Facts that
    /// waited for the answer have effect from now on.
    ///
    /// # Errors
    /// As [`Store::decide`].
    pub async fn question_decide(
        &self,
        id: DecisionId,
        mention: SubjectId,
        same: Option<SubjectId>,
        by: &By<'_>,
        arrange: &mut Arrange<'_>,
    ) -> Result<Moved> {
        transact!(self, Write, "question_decide", tx => {
            queue::answer(&mut tx, id, mention, same, by, arrange).await
        })
    }

    /// Takes a decision back; an answered question is open again, and its facts wait again.
    ///
    /// # Errors
    /// As [`Store::decide`].
    pub async fn decision_undo(
        &self,
        id: DecisionId,
        by: &By<'_>,
        arrange: &mut Arrange<'_>,
    ) -> Result<Moved> {
        transact!(self, Write, "decision_undo", tx => apply::undo(&mut tx, id, by, arrange).await)
    }

    /// Decisions, newest first, those taken back included.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn decisions(&self, after: Option<&str>, limit: usize) -> Result<Page<Decision>> {
        let (at, id) = match after {
            None => (i64::MAX, Vec::new()),
            after => instant_and_id(after)?,
        };
        transact!(self, Read, "decisions", tx => decisions(&mut tx, at, &id, limit).await)
    }

    /// One decision.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn decision(&self, id: DecisionId) -> Result<Option<Decision>> {
        transact!(self, Read, "decision", tx => decision(&mut tx, id).await)
    }

    /// The subject of a mention as known at an instant: its own while it was not merged.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subject_root_at(&self, mention: SubjectId, known: Instant) -> Result<SubjectId> {
        transact!(self, Read, "subject_root_at", tx => root_at(&mut tx, mention, known).await)
    }
}

/// The root of a mention as known at an instant.
pub(crate) async fn root_at(tx: &mut Tx, mention: SubjectId, known: Instant) -> Result<SubjectId> {
    let asked = [Val::Bytes(&mention.0), Val::Int(known.0)];
    match tx.one(sql::ROOT_AT, &asked).await? {
        Some(row) => Ok(SubjectId(row.bytes(1, "subject id")?)),
        None => Ok(mention),
    }
}

/// The mentions of a root as known at an instant, without those that are apart from the asked one
/// today: a merge that was taken back does not return through a past day.
pub(crate) async fn members_at(
    tx: &mut Tx,
    asked: SubjectId,
    known: Instant,
) -> Result<Vec<SubjectId>> {
    let then = root_at(tx, asked, known).await?;
    let now = crate::subject::root(tx, asked).await?;
    let today = crate::subject::members(tx, now).await?;
    let mut members = Vec::with_capacity(today.len());
    for one in today {
        if one == asked || root_at(tx, one, known).await? == then {
            members.push(one);
        }
    }
    Ok(members)
}

async fn decisions(tx: &mut Tx, at: i64, id: &[u8], limit: usize) -> Result<Page<Decision>> {
    let asked = [Val::Int(at), Val::Bytes(id), Val::count(limit as u64 + 1)];
    let mut found = Vec::new();
    for row in tx.rows(sql::DECISIONS, &asked).await? {
        found.push(read(tx, &row).await?);
    }
    Ok(Page::cut(found, limit, |last: &Decision| {
        format!("{}.{}", last.at.0, last.id)
    }))
}

pub(crate) async fn decision(tx: &mut Tx, id: DecisionId) -> Result<Option<Decision>> {
    match tx.one(sql::DECISION, &[Val::Bytes(&id.0)]).await? {
        Some(row) => read(tx, &row).await.map(Some),
        None => Ok(None),
    }
}

async fn read(tx: &mut Tx, row: &Row) -> Result<Decision> {
    let id: [u8; 16] = row.bytes(0, "decision id")?;
    let mut pairs = Vec::new();
    for pair in tx.rows(sql::PAIRS, &[Val::Bytes(&id)]).await? {
        let side = |place| pair.bytes(place, "subject id").map(SubjectId);
        pairs.push((side(0)?, side(1)?));
    }
    let undone = match row.opt_int(6) {
        Some(at) => Some((
            Instant(at),
            row.text(7, "officer")?.to_owned(),
            row.text(8, "reason")?.to_owned(),
        )),
        None => None,
    };
    Ok(Decision {
        id: DecisionId(id),
        verdict: verdict(row, 1)?,
        pairs,
        question: row.opt_bytes(2, "subject id")?.map(SubjectId),
        at: Instant(row.int(3, "instant")?),
        officer: row.text(4, "officer")?.to_owned(),
        reason: row.text(5, "reason")?.to_owned(),
        undone,
    })
}

fn verdict(row: &Row, place: usize) -> Result<Verdict> {
    Verdict::parse(row.text(place, "verdict")?).ok_or(Error::Corrupt { what: "verdict" })
}
