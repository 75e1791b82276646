//! Whom a query may mean: holders of its codes, then bearers of names like its own.

use super::score::Asked;
use crate::error::Result;
use crate::office::Office;
use crate::search::{Names, near};
use credit::subject::{SubjectId, SubjectKind};
use resolve::name::OrgName;

/// A trade name of one character is borne by thousands and tells nothing.
const TRADE_CHARS: usize = 2;

/// Somebody to compare with.
pub(super) struct Candidate {
    pub(super) subject: SubjectId,
    /// Its kind, where a name was found; a code's holder tells it when it is opened.
    pub(super) kind: Option<SubjectKind>,
    /// The name that was found; none where a code was.
    pub(super) name: Option<OrgName>,
}

/// Candidates, each subject once; a code's holder first.
pub(super) async fn find(
    office: &Office,
    index: Option<&Names>,
    asked: &Asked,
) -> Result<Vec<Candidate>> {
    let mut found: Vec<Candidate> = Vec::new();
    for code in &asked.codes {
        let holder = office.store.subject_find(code).await?;
        if let Some(subject) = holder.filter(|one| found.iter().all(|known| known.subject != *one))
        {
            found.push(Candidate {
                subject,
                kind: None,
                name: None,
            });
        }
    }
    for (text, name) in &asked.names {
        for one in bearers(office, index, text, name).await? {
            if found.iter().all(|known| known.subject != one.subject) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// Bearers of the very name; without any, those of names near it and of its trade name.
async fn bearers(
    office: &Office,
    index: Option<&Names>,
    text: &str,
    name: &OrgName,
) -> Result<Vec<Candidate>> {
    let exact = office.store.name_bearers(text).await?;
    if !exact.is_empty() {
        let named = exact.into_iter();
        return Ok(named
            .map(|one| candidate(one.subject, one.kind, &one.name))
            .collect());
    }
    let trade = name.trade();
    let mut hits = near(office, index, text).await?;
    if trade.chars().count() >= TRADE_CHARS && trade != *text {
        hits.extend(near(office, index, &trade).await?);
    }
    let hits = hits.into_iter();
    Ok(hits
        .map(|hit| candidate(hit.subject, hit.kind, &hit.name))
        .collect())
}

fn candidate(subject: SubjectId, kind: SubjectKind, name: &str) -> Candidate {
    Candidate {
        subject,
        kind: Some(kind),
        name: Some(OrgName::parse(name)),
    }
}
