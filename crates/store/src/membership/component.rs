//! Reading a component: every mention that links and decisions in force lead to.

use super::{COMPONENT_MENTIONS, Component, Decided, DecisionId, Member, Verdict, verdict};
use crate::error::{Error, Result};
use crate::slice::{place, roots};
use crate::sql::membership as sql;
use crate::sql::name as name_sql;
use crate::tx::{Tx, Val};
use credit::subject::SubjectId;
use std::collections::{BTreeMap, BTreeSet};

/// Evidence between mentions as it is found.
#[derive(Default)]
struct Found {
    links: BTreeSet<(SubjectId, SubjectId)>,
    decided: BTreeMap<(DecisionId, SubjectId, SubjectId), (usize, Verdict)>,
}

/// Follows evidence from some mentions to all that it connects. A decision that two are different
/// leads on as well: what it parts must stay apart whatever joins.
pub(super) async fn read(tx: &mut Tx, from: &BTreeSet<SubjectId>) -> Result<Component> {
    let mut known = from.clone();
    let mut edge: Vec<SubjectId> = from.iter().copied().collect();
    let mut found = Found::default();
    while !edge.is_empty() {
        let next = around(tx, &edge, &mut found).await?;
        edge = next.into_iter().filter(|one| known.insert(*one)).collect();
        if known.len() > COMPONENT_MENTIONS {
            return Err(Error::Conflict(
                "these mentions hang together with too many others; undo wrong decisions first",
            ));
        }
    }
    let mut decided: Vec<(usize, Decided)> = found
        .decided
        .into_iter()
        .map(|((decision, left, right), (order, verdict))| {
            let one = Decided {
                decision,
                verdict,
                left,
                right,
            };
            (order, one)
        })
        .collect();
    decided.sort_by_key(|(order, one)| (*order, one.decision, one.left, one.right));
    Ok(Component {
        members: members(tx, &known).await?,
        links: found.links.into_iter().collect(),
        decided: decided.into_iter().map(|(_, one)| one).collect(),
    })
}

/// The mentions one step away.
async fn around(tx: &mut Tx, edge: &[SubjectId], found: &mut Found) -> Result<BTreeSet<SubjectId>> {
    let keys: Vec<Val<'_>> = edge.iter().map(|one| Val::Bytes(&one.0)).collect();
    let mut next = BTreeSet::new();
    for statement in [&sql::LINKS_OF, &sql::LINKS_TO] {
        for row in tx.each(statement, &keys).await? {
            let one = SubjectId(row.bytes(1, "subject id")?);
            let other = SubjectId(row.bytes(2, "subject id")?);
            found.links.insert((one, other));
            next.extend([one, other]);
        }
    }
    for statement in [&sql::DECIDED_LEFT, &sql::DECIDED_RIGHT] {
        for row in tx.each(statement, &keys).await? {
            let left = SubjectId(row.bytes(1, "subject id")?);
            let right = SubjectId(row.bytes(2, "subject id")?);
            let decision = DecisionId(row.bytes(3, "decision id")?);
            let verdict = verdict(&row, 4)?;
            found
                .decided
                .entry((decision, left, right))
                .or_insert((0, verdict));
            next.extend([left, right]);
        }
    }
    Ok(next)
}

/// Order and present root of each mention; one that is not on file is left out.
async fn members(tx: &mut Tx, known: &BTreeSet<SubjectId>) -> Result<Vec<Member>> {
    let ids: Vec<SubjectId> = known.iter().copied().collect();
    let keys: Vec<Val<'_>> = ids.iter().map(|one| Val::Bytes(&one.0)).collect();
    let now = roots(tx, &ids).await?;
    let mut members = Vec::with_capacity(ids.len());
    for row in tx.each(&name_sql::NUMBERS, &keys).await? {
        let Some(id) = ids.get(place(&row)?).copied() else {
            continue;
        };
        members.push(Member {
            id,
            order: row.int(1, "mention number")?,
            root: now.get(&id).map_or(id, |(_, root)| *root),
        });
    }
    members.sort_by_key(|one| (one.order, one.id));
    Ok(members)
}
