//! Writing a move: the decision, the membership rows that follow, and their events, in one
//! transaction.

use super::{Arrange, By, Component, Decided, DecisionId, Moved, Verdict, component};
use crate::error::Result;
use crate::slice::memberships;
use crate::sql::membership as sql;
use crate::tx::{Tx, Val};
use crate::{event, figure};
use credit::subject::SubjectId;
use std::collections::BTreeSet;

/// A decision to write.
pub(super) struct Deed {
    pub(super) id: DecisionId,
    pub(super) verdict: Verdict,
    pub(super) pairs: Vec<(SubjectId, SubjectId)>,
    /// The mention whose question it answers.
    pub(super) question: Option<SubjectId>,
}

/// Decides, unless decisions in force stand against it.
pub(super) async fn decide(
    tx: &mut Tx,
    deed: &Deed,
    by: &By<'_>,
    arrange: &mut Arrange<'_>,
) -> Result<Moved> {
    tx.exec(sql::TURN, &[]).await?;
    let named: BTreeSet<SubjectId> = deed
        .pairs
        .iter()
        .flat_map(|pair| [pair.0, pair.1])
        .chain(deed.question)
        .collect();
    let mut component = component::read(tx, &named).await?;
    let known = |id: &SubjectId| component.members.iter().any(|member| member.id == *id);
    if !named.iter().all(known) {
        return Ok(Moved::Unknown);
    }
    component
        .decided
        .extend(deed.pairs.iter().map(|(left, right)| Decided {
            decision: deed.id,
            verdict: deed.verdict,
            left: *left,
            right: *right,
        }));
    let roots = match arrange(&component) {
        Ok(roots) => roots,
        Err(mut against) => {
            against.retain(|one| *one != deed.id);
            return Ok(Moved::Refused(against));
        }
    };
    write(tx, deed, by).await?;
    let kind = match deed.verdict {
        Verdict::Same => "merge",
        Verdict::Different => "split",
    };
    settle(tx, (kind, deed.id), &component, &roots, by)
        .await
        .map(Moved::Done)
}

async fn write(tx: &mut Tx, deed: &Deed, by: &By<'_>) -> Result<()> {
    let officer = crate::case::officer_text(by.officer);
    let question = deed.question.as_ref().map(|one| one.0.as_slice());
    let values = [
        Val::Bytes(&deed.id.0),
        Val::Text(deed.verdict.code()),
        Val::opt_bytes(question),
        Val::Int(by.at.0),
        Val::Text(&officer),
        Val::Text(by.reason),
    ];
    tx.exec(sql::DECISION_NEW, &values).await?;
    let mut pairs = Vec::with_capacity(deed.pairs.len() * 4);
    for ((left, right), seq) in deed.pairs.iter().zip(1..) {
        pairs.extend([
            Val::Bytes(&deed.id.0),
            Val::Int(seq),
            Val::Bytes(&left.0),
            Val::Bytes(&right.0),
        ]);
    }
    tx.bulk(&sql::PAIRS_NEW, &pairs).await?;
    Ok(())
}

/// Takes a decision back: its mentions fall where the evidence that is left puts them.
pub(super) async fn undo(
    tx: &mut Tx,
    id: DecisionId,
    by: &By<'_>,
    arrange: &mut Arrange<'_>,
) -> Result<Moved> {
    tx.exec(sql::TURN, &[]).await?;
    let Some(decision) = super::decision(tx, id).await? else {
        return Ok(Moved::Unknown);
    };
    if decision.undone.is_some() {
        return Ok(Moved::Unknown);
    }
    let named: BTreeSet<SubjectId> = decision
        .pairs
        .iter()
        .flat_map(|pair| [pair.0, pair.1])
        .chain(decision.question)
        .collect();
    let mut component = component::read(tx, &named).await?;
    component.decided.retain(|one| one.decision != id);
    let roots = match arrange(&component) {
        Ok(roots) => roots,
        Err(against) => return Ok(Moved::Refused(against)),
    };
    let officer = crate::case::officer_text(by.officer);
    let values = [
        Val::Bytes(&id.0),
        Val::Int(by.at.0),
        Val::Text(&officer),
        Val::Text(by.reason),
    ];
    tx.exec(sql::UNDONE_NEW, &values).await?;
    if let Some(mention) = decision.question {
        super::queue::ask_again(tx, mention, decision.at).await?;
    }
    settle(tx, ("undo", id), &component, &roots, by)
        .await
        .map(Moved::Done)
}

/// Writes what changed: membership rows, the move, and each subject whose views are made again.
async fn settle(
    tx: &mut Tx,
    deed: (&'static str, DecisionId),
    component: &Component,
    roots: &[(SubjectId, SubjectId)],
    by: &By<'_>,
) -> Result<Vec<SubjectId>> {
    let (kind, id) = deed;
    let mut rows = Vec::new();
    let mut touched = BTreeSet::new();
    for (mention, root) in roots {
        let before = component.members.iter().find(|one| one.id == *mention);
        if let Some(before) = before.filter(|before| before.root != *root) {
            touched.extend([before.root, *root, *mention]);
            rows.push((*mention, *root, kind));
        }
    }
    let officer = crate::case::officer_text(by.officer);
    // Leaders first: a mention is written under a root that leads itself by then.
    rows.sort_by_key(|(mention, root, _)| (mention != root, *mention));
    let change = memberships(tx, &rows, Some(&officer), by.at).await?;
    figure::subjects(tx, figure::NO_SOURCE, change).await?;
    let mut body = format!("{kind}\u{1f}{officer}\u{1f}{}", by.reason);
    for one in &touched {
        body.push_str(&format!("\u{1f}{one}"));
    }
    let leaf = seal::commit(&id.0, body.as_bytes());
    event::add(tx, &format!("{kind}:{id}"), kind, by.at, &leaf.0).await?;
    for one in &touched {
        let leaf = seal::commit(&one.0, &id.0);
        let event = format!("reissue:{kind}:{id}:{one}");
        event::add(tx, &event, "reissue", by.at, &leaf.0).await?;
    }
    Ok(touched.into_iter().collect())
}
