//! Grants between agencies: asked for, answered, disputed, ended, in moves that are only added; and
//! looks under them ([`look`]), which are checked, counted, read and written down in one transaction.

mod audit;
mod case;
mod list;
mod look;
mod pace;
mod row;

pub use audit::GrantProof;
pub use case::{CaseFault, CaseRow, NewCases};
pub use list::{LookRow, OfficerLooks};
pub use look::{GrantLook, LookFault, PersonLook};
pub use pace::Pace;

use crate::error::{Error, Result};
use crate::event;
use crate::page::Page;
use crate::sql::grant as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::grant::{Grant, GrantId, GrantMove, GrantState, Party, Terms};
use credit::people::AccountId;
use credit::record::Instant;
use jiff::civil::Date;

/// A request for a grant.
#[derive(Clone, Copy, Debug)]
pub struct NewGrant<'a> {
    /// Its id.
    pub id: GrantId,
    /// Who asks.
    pub asker: &'a str,
    /// Whose facts.
    pub supplier: &'a str,
    /// What is asked for.
    pub terms: &'a Terms,
}

/// Who makes a move, for which party, when and why, and by when the next one is due.
#[derive(Clone, Copy, Debug)]
pub struct GrantDeed<'a> {
    /// The account.
    pub by: AccountId,
    /// For whom.
    pub party: Party,
    /// When.
    pub at: Instant,
    /// The day of that, in Asia/Shanghai.
    pub today: Date,
    /// Why, in one line.
    pub reason: &'a str,
    /// The day by which whoever has the next move must have made it.
    pub due: Option<Date>,
}

/// What became of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrantMoved {
    /// It led there.
    To(GrantState),
    /// There is no such move from where the grant stands, for this party.
    NotLawful,
    /// The supplier's deadline is not over yet.
    Early,
    /// More would be granted than was asked for.
    Wider,
}

/// A row of a grant's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantStep {
    /// What happened.
    pub what: GrantMove,
    /// Where it led.
    pub state: GrantState,
    /// For whom.
    pub party: Party,
    /// When.
    pub at: Instant,
    /// The account that did it.
    pub by: AccountId,
    /// Why.
    pub reason: String,
    /// By when the next move is due.
    pub due: Option<Date>,
}

/// A grant in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// The grant.
    pub grant: Grant,
    /// When it was asked for.
    pub asked_at: Instant,
}

impl Store {
    /// Writes a request down, and grants it at once where the rule does. `None`: there is a grant of this
    /// id, and nothing was written.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn grant_ask(
        &self,
        new: &NewGrant<'_>,
        deed: &GrantDeed<'_>,
        by_rule: bool,
    ) -> Result<Option<GrantState>> {
        transact!(self, Write, "grant_ask", tx => ask(&mut tx, new, deed, by_rule).await)
    }

    /// Moves a grant, with terms where the move has any. Nothing is written unless it leads somewhere.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such grant.
    pub async fn grant_move(
        &self,
        id: GrantId,
        what: GrantMove,
        terms: Option<&Terms>,
        deed: &GrantDeed<'_>,
    ) -> Result<GrantMoved> {
        transact!(self, Write, "grant_move", tx => moved(&mut tx, id, what, terms, deed).await)
    }

    /// A grant as it stands.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn grant(&self, id: GrantId) -> Result<Option<Grant>> {
        transact!(self, Read, "grant", tx => {
            row::grant(&mut tx, id).await.map(|found| found.map(|(grant, _)| grant))
        })
    }

    /// What happened to a grant, oldest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn grant_moves(&self, id: GrantId) -> Result<Vec<GrantStep>> {
        transact!(self, Read, "grant_moves", tx => {
            let rows = tx.rows(sql::MOVES, &[Val::Bytes(&id.0)]).await;
            rows.and_then(|rows| rows.iter().map(row::step).collect())
        })
    }

    /// Grants, newest first, of one agency as asker or supplier, or of all.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn grants(
        &self,
        agency: Option<&str>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<GrantRow>> {
        let (at, id) = list::newest(after)?;
        transact!(self, Read, "grants", tx => page(&mut tx, agency, (at, &id), limit).await)
    }

    /// Looks under a grant so far: on a day, and in all.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn grant_used(&self, id: GrantId, today: Date) -> Result<(u64, u64)> {
        transact!(self, Read, "grant_used", tx => used(&mut tx, id, today).await)
    }
}

async fn ask(
    tx: &mut Tx,
    new: &NewGrant<'_>,
    deed: &GrantDeed<'_>,
    by_rule: bool,
) -> Result<Option<GrantState>> {
    let values = [
        Val::Bytes(&new.id.0),
        Val::Text(new.asker),
        Val::Text(new.supplier),
        Val::Int(deed.at.0),
    ];
    if tx.exec(sql::NEW, &values).await? == 0 {
        return Ok(None);
    }
    let asked = GrantMove::Ask
        .from(None, Party::Asker)
        .ok_or(Error::Conflict("nothing begins by asking"))?;
    let of = (new.id, new.asker, new.supplier);
    write(tx, of, (1, GrantMove::Ask, asked), Some(new.terms), deed).await?;
    let granted = GrantMove::Rule.from(Some(asked), Party::Rule);
    let Some(granted) = granted.filter(|_| by_rule) else {
        return Ok(Some(asked));
    };
    let rule = GrantDeed {
        party: Party::Rule,
        due: None,
        ..*deed
    };
    write(
        tx,
        of,
        (2, GrantMove::Rule, granted),
        Some(new.terms),
        &rule,
    )
    .await?;
    Ok(Some(granted))
}

async fn moved(
    tx: &mut Tx,
    id: GrantId,
    what: GrantMove,
    terms: Option<&Terms>,
    deed: &GrantDeed<'_>,
) -> Result<GrantMoved> {
    let found = row::grant(tx, id).await?;
    let (grant, seq) = found.ok_or(Error::NotFound("grant"))?;
    let Some(to) = what.from(Some(grant.state), deed.party) else {
        return Ok(GrantMoved::NotLawful);
    };
    if what.is_early(grant.state, grant.is_late(deed.today)) {
        return Ok(GrantMoved::Early);
    }
    let terms = match (what.has_terms(), terms) {
        (true, None) => Some(&grant.asked),
        (true, Some(own)) if !own.is_within(&grant.asked) => return Ok(GrantMoved::Wider),
        (true, own) => own,
        (false, _) => None,
    };
    let of = (id, grant.asker.as_str(), grant.supplier.as_str());
    write(tx, of, (seq + 1, what, to), terms, deed).await?;
    Ok(GrantMoved::To(to))
}

/// Adds a move, its terms and its event, which commits to all of it.
async fn write(
    tx: &mut Tx,
    (id, asker, supplier): (GrantId, &str, &str),
    (seq, what, to): (i64, GrantMove, GrantState),
    terms: Option<&Terms>,
    deed: &GrantDeed<'_>,
) -> Result<()> {
    let values = [
        Val::Bytes(&id.0),
        Val::Int(seq),
        Val::Text(what.code()),
        Val::Text(to.code()),
        Val::Text(deed.party.code()),
        Val::Int(deed.at.0),
        Val::Bytes(&deed.by.0),
        Val::Text(deed.reason),
        deed.due.map_or(Val::Null, Val::Day),
    ];
    tx.exec(sql::MOVE_NEW, &values).await?;
    let due = deed.due.map(|day| day.to_string()).unwrap_or_default();
    let mut said: Vec<String> = [
        asker,
        supplier,
        what.code(),
        to.code(),
        deed.party.code(),
        deed.reason,
        &due,
    ]
    .map(str::to_owned)
    .into();
    if let Some(terms) = terms {
        said.extend(row::write_terms(tx, id, seq, terms).await?);
    }
    let leaf = audit::content(&deed.by, &said);
    let event = format!("grant:{id}:{seq}");
    event::add(tx, &event, "grant", deed.at, &leaf.0).await
}

async fn page(
    tx: &mut Tx,
    agency: Option<&str>,
    (at, id): (i64, &[u8]),
    limit: usize,
) -> Result<Page<GrantRow>> {
    let asked = [
        Val::Int(at),
        Val::Bytes(id),
        Val::Text(agency.unwrap_or_default()),
        Val::count(limit as u64 + 1),
    ];
    let mut found = Vec::new();
    for one in &tx.rows(sql::PAGE, &asked).await? {
        let id = GrantId(one.bytes(0, "grant id")?);
        let (grant, _) = row::grant(tx, id)
            .await?
            .ok_or(Error::Corrupt { what: "grant" })?;
        let asked_at = Instant(one.int(1, "instant")?);
        found.push(GrantRow { grant, asked_at });
    }
    Ok(Page::cut(found, limit, |one| {
        format!("{}.{}", one.asked_at.0, one.grant.id)
    }))
}

async fn used(tx: &mut Tx, id: GrantId, today: Date) -> Result<(u64, u64)> {
    let (name, day) = (id.to_string(), today.to_string());
    let mut used = [0, 0];
    for (slot, period) in used.iter_mut().zip([day.as_str(), "all"]) {
        let asked = [Val::Text("grant"), Val::Text(&name), Val::Text(period)];
        if let Some(row) = tx.one(sql::USED, &asked).await? {
            *slot = row.count(0, "count")?;
        }
    }
    Ok((used[0], used[1]))
}
