//! Decisions by which a subject is told later of an agency's looks for one case (rights 6). A decision is
//! an entry of the journal, is made once and is not made longer; what it kept back is told by itself when
//! its last day is over.

use crate::error::Result;
use crate::notice::Deferral;
use crate::page::Page;
use crate::sql::deferral as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::notice::NoticeId;
use credit::record::Instant;
use policy::{Access, Purpose};
use seal::Digest;

/// Rows of a page of an audit: half a kilobyte each.
const AUDITED: i64 = 4_096;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookDeferral {
    /// Keyed digest of agency and case.
    pub id: NoticeId,
    /// Whose looks.
    pub agency: String,
    /// For which case.
    pub case: String,
    /// By which law, by whom, why, until when.
    pub deferral: Deferral,
    /// From when on the looks are told: the end of the last day.
    pub told_at: Instant,
    /// When it was decided.
    pub decided_at: Instant,
}

impl LookDeferral {
    /// Its event in the journal.
    #[must_use]
    pub fn event(&self) -> String {
        format!("deferral:{}", self.id)
    }

    /// What its event commits to: agency, case, law, officer, reason, last day and its end, in this order.
    #[must_use]
    pub fn content(&self) -> Digest {
        let (until, told) = (self.deferral.until.to_string(), self.told_at.0.to_string());
        let mut body = Vec::new();
        for part in [
            self.agency.as_str(),
            &self.case,
            &self.deferral.law,
            &self.deferral.officer,
            &self.deferral.reason,
            &until,
            &told,
        ] {
            body.extend((part.len() as u64).to_be_bytes());
            body.extend(part.as_bytes());
        }
        seal::commit(&self.id.0, &body)
    }
}

impl Store {
    /// Writes a decision with its event. What was decided before for the case stays, and is told.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn deferral_decide(&self, new: &LookDeferral) -> Result<Option<LookDeferral>> {
        transact!(self, Write, "deferral_decide", tx => decide(&mut tx, new).await)
    }

    /// Decisions, newest first, of one agency or of all.
    ///
    /// # Errors
    /// [`Error::Cursor`](crate::Error::Cursor) for a cursor that is not ours.
    pub async fn deferrals(
        &self,
        agency: Option<&str>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<LookDeferral>> {
        let (at, id) = match after {
            Some(_) => crate::page::instant_and_id(after)?,
            None => (i64::MAX, Vec::new()),
        };
        let asked = [
            Val::Int(at),
            Val::Bytes(&id),
            Val::Text(agency.unwrap_or_default()),
            Val::count(limit as u64 + 1),
        ];
        transact!(self, Read, "deferrals", tx => {
            let rows = tx.rows(sql::PAGE, &asked).await;
            rows.and_then(|rows| {
                let rows = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
                Ok(Page::cut(rows, limit, |last| format!("{}.{}", last.decided_at.0, last.id)))
            })
        })
    }

    /// Decisions after one, in the order of their ids.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_deferrals(&self, after: NoticeId) -> Result<Vec<LookDeferral>> {
        let values = [Val::Bytes(&after.0), Val::Int(AUDITED)];
        transact!(self, Read, "audit_deferrals", tx => {
            let rows = tx.rows(sql::AFTER, &values).await;
            rows.and_then(|rows| rows.iter().map(read).collect())
        })
    }
}

async fn decide(tx: &mut Tx, new: &LookDeferral) -> Result<Option<LookDeferral>> {
    let values = [
        Val::Bytes(&new.id.0),
        Val::Text(&new.agency),
        Val::Text(&new.case),
        Val::Text(&new.deferral.law),
        Val::Text(&new.deferral.officer),
        Val::Text(&new.deferral.reason),
        Val::Day(new.deferral.until),
        Val::Int(new.told_at.0),
        Val::Int(new.decided_at.0),
    ];
    if tx.exec(sql::NEW, &values).await? == 0 {
        let row = tx.one(sql::ONE, &[Val::Bytes(&new.id.0)]).await?;
        return row.map(|row| read(&row)).transpose();
    }
    let (id, content) = (new.event(), new.content());
    crate::event::add(tx, &id, "deferral", new.decided_at, &content.0).await?;
    Ok(None)
}

/// Whether a look is told later, and from when on: only looks under a grant are, only by a decision that
/// stood before them, and only where `defers` says that its law is one for the subject's kind.
pub(crate) async fn of_look(
    tx: &mut Tx,
    access: &Access,
    at: Instant,
    defers: impl Fn(&str) -> bool,
) -> Result<Option<(Deferral, Instant)>> {
    if access.purpose != Purpose::Duty {
        return Ok(None);
    }
    let asked = [
        Val::Text(access.officer.agency()),
        Val::Text(access.case.as_str()),
        Val::Int(at.0),
    ];
    let row = tx.one(sql::OF_CASE, &asked).await?;
    let found = row.map(|row| read(&row)).transpose()?;
    let found = found.filter(|one| defers(&one.deferral.law));
    Ok(found.map(|one| (one.deferral, one.told_at)))
}

fn read(row: &Row) -> Result<LookDeferral> {
    let text = |place| row.text(place, "deferral").map(str::to_owned);
    Ok(LookDeferral {
        id: NoticeId(row.bytes(0, "deferral id")?),
        agency: text(1)?,
        case: text(2)?,
        deferral: Deferral {
            law: text(3)?,
            officer: text(4)?,
            reason: text(5)?,
            until: row.day(6, "day")?,
        },
        told_at: Instant(row.int(7, "instant")?),
        decided_at: Instant(row.int(8, "instant")?),
    })
}
