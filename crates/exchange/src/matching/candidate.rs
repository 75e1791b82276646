//! Whom a query may mean: holders of its codes, then bearers of names like its own.

use super::score::Asked;
use crate::error::Result;
use crate::office::Office;
use crate::search::{Names, near};
use credit::subject::{SubjectId, SubjectKind};
use resolve::name::OrgName;
use std::collections::HashSet;
use store::Meaning;

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

/// Candidates of each of many queries, each subject once; a code's holder first.
pub(super) async fn find(
    office: &Office,
    index: Option<&Names>,
    asked: &[&Asked],
) -> Result<Vec<Vec<Candidate>>> {
    let names = || asked.iter().flat_map(|one| &one.names);
    let meaning = Meaning {
        ids: Vec::new(),
        codes: asked.iter().flat_map(|one| &one.codes).collect(),
        names: names().map(|(text, _)| text.as_str()).collect(),
    };
    let meant = office.store.subjects_meant(&meaning).await?;
    // Whoever bears the very name is meant; without any, those of names near it and of its trade name.
    let texts: Vec<Vec<String>> = names()
        .zip(&meant.bearers)
        .map(|((text, name), exact)| match exact.is_empty() {
            true => texts(text, name),
            false => Vec::new(),
        })
        .collect();
    let flat: Vec<&str> = texts.iter().flatten().map(String::as_str).collect();
    let mut near = near(office, index, &flat).await?.into_iter();
    let mut holders = meant.holders.into_iter();
    let mut bearers = meant.bearers.into_iter().zip(texts);
    Ok(asked
        .iter()
        .map(|one| {
            let mut found = Found::default();
            for subject in holders.by_ref().take(one.codes.len()).flatten() {
                found.add(subject, None);
            }
            for (exact, texts) in bearers.by_ref().take(one.names.len()) {
                for one in exact {
                    found.add(one.subject, Some((one.kind, one.name)));
                }
                for hit in near.by_ref().take(texts.len()).flatten() {
                    found.add(hit.subject, Some((hit.kind, hit.name)));
                }
            }
            found.all
        })
        .collect())
}

/// What is searched for where nobody bears the very name.
fn texts(text: &str, name: &OrgName) -> Vec<String> {
    let trade = name.trade();
    let tells = trade.chars().count() >= TRADE_CHARS && trade != *text;
    std::iter::once(text.to_owned())
        .chain(tells.then_some(trade))
        .collect()
}

/// Candidates of one query.
#[derive(Default)]
struct Found {
    all: Vec<Candidate>,
    met: HashSet<SubjectId>,
}

impl Found {
    fn add(&mut self, subject: SubjectId, named: Option<(SubjectKind, String)>) {
        if self.met.insert(subject) {
            self.all.push(Candidate {
                subject,
                kind: named.as_ref().map(|(kind, _)| *kind),
                name: named.map(|(_, name)| OrgName::parse(&name)),
            });
        }
    }
}
