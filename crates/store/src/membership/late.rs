//! What a slice of intake means for who is who: identifiers that join its mentions with others, and
//! registrations that come after somebody was met by name alone.

use crate::error::Result;
use crate::plan::{NewMention, SlicePlan};
use crate::slice::{place, roots};
use crate::sql::{membership as sql, slice as slice_sql};
use crate::tx::{Tx, Val};
use credit::identifier::Identifier;
use credit::limits::CANDIDATES;
use credit::record::Instant;
use credit::subject::SubjectId;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Code of the reason of a question that a registration raises about an earlier name.
pub(crate) const LATER: &str = "registered-later";

/// Where the questions of a slice belong.
pub(crate) struct Origin {
    pub(crate) submission: i64,
    pub(crate) at: Instant,
}

/// Writes for each mention that joins a subject which mention it met: the one that held the
/// identifier, whatever subject that belongs to today or later.
pub(crate) async fn links(tx: &mut Tx, plan: &SlicePlan, at: Instant) -> Result<()> {
    if plan.memberships.is_empty() {
        return Ok(());
    }
    // Whoever moves mentions goes one by one: a root read from here on stays one.
    tx.exec(sql::TURN, &[]).await?;
    let joining: HashMap<SubjectId, &str> = plan
        .memberships
        .iter()
        .map(|one| (one.mention, one.reason.as_str()))
        .collect();
    let claimed: Vec<(&Identifier, SubjectId, &str)> = plan
        .identifiers
        .iter()
        .filter_map(|(identifier, mention)| Some((identifier, *mention, *joining.get(mention)?)))
        .collect();
    let asked: Vec<Val<'_>> = claimed
        .iter()
        .flat_map(|(identifier, ..)| {
            [
                Val::Text(identifier.system().code()),
                Val::Text(identifier.value()),
            ]
        })
        .collect();
    let mut found: BTreeMap<(SubjectId, SubjectId), &str> = BTreeMap::new();
    for row in tx.each(&slice_sql::HOLDERS, &asked).await? {
        let holder = SubjectId(row.bytes(1, "subject id")?);
        if let Some((_, mention, reason)) = claimed.get(place(&row)?)
            && holder != *mention
        {
            found.insert((*mention, holder), reason);
        }
    }
    let values: Vec<Val<'_>> = found
        .iter()
        .flat_map(|((mention, holder), reason)| {
            [
                Val::Bytes(&mention.0),
                Val::Bytes(&holder.0),
                Val::Text(reason),
                Val::Int(at.0),
            ]
        })
        .collect();
    tx.bulk(&sql::LINKS, &values).await?;
    Ok(())
}

/// Asks about mentions by name alone when a body of that name comes with an identifier. Their
/// facts stay with them until a person decides.
pub(crate) async fn later_registered(tx: &mut Tx, plan: &SlicePlan, origin: &Origin) -> Result<()> {
    let coded: HashSet<SubjectId> = plan.identifiers.iter().map(|(_, one)| *one).collect();
    let bodies: Vec<&NewMention> = plan
        .mentions
        .iter()
        .chain(&plan.names)
        .filter(|one| one.kind.is_organisation() && !one.waiting)
        .filter(|one| coded.contains(&one.subject))
        .filter(|one| one.name_form.chars().any(char::is_alphanumeric))
        .collect();
    let forms: Vec<Val<'_>> = bodies.iter().map(|one| Val::Text(&one.name_form)).collect();
    let mut asked: BTreeMap<SubjectId, Vec<SubjectId>> = BTreeMap::new();
    for row in tx.each(&sql::NAMELESS, &forms).await? {
        let named = SubjectId(row.bytes(1, "subject id")?);
        if let Some(body) = bodies.get(place(&row)?) {
            let bodies = asked.entry(named).or_default();
            if !bodies.contains(&body.subject) && bodies.len() < CANDIDATES {
                bodies.push(body.subject);
            }
        }
    }
    if asked.is_empty() {
        return Ok(());
    }
    settled(tx, &mut asked).await?;
    more_candidates(tx, &mut asked).await?;
    ask(tx, plan, origin, &asked).await
}

/// Leaves out pairs that are one subject already or on which a person decided.
async fn settled(tx: &mut Tx, asked: &mut BTreeMap<SubjectId, Vec<SubjectId>>) -> Result<()> {
    let named: Vec<SubjectId> = asked.keys().copied().collect();
    let both: Vec<SubjectId> = asked
        .iter()
        .flat_map(|(one, others)| std::iter::once(*one).chain(others.iter().copied()))
        .collect();
    let now = roots(tx, &both).await?;
    let root = |id: &SubjectId| now.get(id).map_or(*id, |(_, root)| *root);
    let keys: Vec<Val<'_>> = named.iter().map(|one| Val::Bytes(&one.0)).collect();
    let mut decided: HashSet<(SubjectId, SubjectId)> = HashSet::new();
    for statement in [&sql::DECIDED_LEFT, &sql::DECIDED_RIGHT] {
        for row in tx.each(statement, &keys).await? {
            let left = SubjectId(row.bytes(1, "subject id")?);
            let right = SubjectId(row.bytes(2, "subject id")?);
            decided.extend([(left, right), (right, left)]);
        }
    }
    for (one, others) in asked.iter_mut() {
        others.retain(|other| root(other) != root(one) && !decided.contains(&(*one, *other)));
    }
    asked.retain(|_, others| !others.is_empty());
    Ok(())
}

/// A mention whose question is open gets its further candidates there.
async fn more_candidates(
    tx: &mut Tx,
    asked: &mut BTreeMap<SubjectId, Vec<SubjectId>>,
) -> Result<()> {
    let named: Vec<SubjectId> = asked.keys().copied().collect();
    let keys: Vec<Val<'_>> = named.iter().map(|one| Val::Bytes(&one.0)).collect();
    for row in tx.each(&sql::OPEN, &keys).await? {
        let Some(mention) = named.get(place(&row)?) else {
            continue;
        };
        let others = asked.remove(mention).unwrap_or_default();
        let mut all: Vec<SubjectId> = row
            .text(1, "candidates")?
            .split(' ')
            .filter_map(SubjectId::parse)
            .collect();
        let before = all.len();
        for other in others {
            if !all.contains(&other) && all.len() < CANDIDATES {
                all.push(other);
            }
        }
        if all.len() > before {
            let text = ids(&all);
            let values = [Val::Bytes(&mention.0), Val::Text(&text)];
            tx.exec(sql::CANDIDATES_PUT, &values).await?;
        }
    }
    Ok(())
}

async fn ask(
    tx: &mut Tx,
    plan: &SlicePlan,
    origin: &Origin,
    asked: &BTreeMap<SubjectId, Vec<SubjectId>>,
) -> Result<()> {
    let rows: Vec<(SubjectId, [u8; 16], u64, String)> = asked
        .iter()
        .map(|(mention, others)| {
            // The row that brought the first candidate is the one to look at.
            let raised = plan
                .versions
                .iter()
                .find(|version| others.contains(&version.subject));
            let (record, row) =
                raised.map_or(([0; 16], 0), |version| (version.record.0, version.row));
            (*mention, record, row, ids(others))
        })
        .collect();
    let values: Vec<Val<'_>> = rows
        .iter()
        .flat_map(|(mention, record, row, candidates)| {
            [
                Val::Bytes(&mention.0),
                Val::Bytes(record),
                Val::Int(origin.submission),
                Val::count(*row),
                Val::Text(LATER),
                Val::Text(candidates),
                Val::Int(origin.at.0),
            ]
        })
        .collect();
    tx.bulk(&slice_sql::QUESTIONS, &values).await?;
    Ok(())
}

fn ids(all: &[SubjectId]) -> String {
    let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
    texts.join(" ")
}
