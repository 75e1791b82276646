//! Whom a query may mean: holders of its codes, then bearers of names like its own.

use super::score::Asked;
use crate::error::Result;
use crate::office::Office;
use credit::limits::PAGE_ROWS;
use credit::subject::{SubjectId, SubjectKind};
use resolve::name::OrgName;
use store::{NameHit, NameQuery};

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
pub(super) async fn find(office: &Office, asked: &Asked) -> Result<Vec<Candidate>> {
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
        let mut hits = names(office, text).await?;
        let trade = name.trade();
        if hits.is_empty() && trade.chars().count() >= TRADE_CHARS && trade != *text {
            hits = names(office, &trade).await?;
        }
        for hit in hits {
            if found.iter().all(|known| known.subject != hit.subject) {
                found.push(Candidate {
                    subject: hit.subject,
                    kind: Some(hit.kind),
                    name: Some(OrgName::parse(&hit.name)),
                });
            }
        }
    }
    Ok(found)
}

async fn names(office: &Office, text: &str) -> Result<Vec<NameHit>> {
    let query = NameQuery {
        text: text.to_owned(),
        after: None,
        limit: PAGE_ROWS,
    };
    Ok(office.store.names_find(&query).await?.hits)
}
