//! Which organisation on file does a name or a code mean? Answers for other systems, with a score
//! and its reasons; the same that a clerk sees. Organisations only, public names and codes only.
//!
//! An exact valid code decides. Without one the names are compared part by part
//! (`resolve::name`); two valid codes that differ outweigh any likeness of names. What is found is
//! opened with a public permit before it is told, like every other hit.

mod candidate;
mod score;

pub use score::Feature;

use crate::error::{Error, Result};
use crate::office::Office;
use crate::report;
use crate::search::Names;
use credit::identifier::Identifier;
use credit::lang::Lang;
use credit::limits::{MATCH_CHARS, MATCH_RESULTS, MATCH_VALUES};
use credit::subject::{SubjectId, SubjectKind};
use policy::Permit;
use score::Asked;

/// What is asked: all names and codes are of one organisation.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Names, present and former, as the asker has them.
    pub names: Vec<String>,
    /// Codes as the asker has them; what is no valid code of an organisation says nothing.
    pub codes: Vec<String>,
    /// Only these kinds; every kind of organisation when empty.
    pub kinds: Vec<SubjectKind>,
}

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Terms {
    /// Results at most; 1 to [`MATCH_RESULTS`].
    pub limit: usize,
    /// The score from which a result counts as a match, 0 to 1.
    pub threshold: f64,
    /// Results below this score are left out, 0 to 1.
    pub cutoff: f64,
    /// Language of the reasons.
    pub lang: Lang,
}

impl Default for Terms {
    fn default() -> Terms {
        Terms {
            limit: 5,
            threshold: 0.7,
            cutoff: 0.5,
            lang: Lang::default(),
        }
    }
}

/// An organisation that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Its subject.
    pub subject: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// Its current name.
    pub name: String,
    /// Former and other names, newest first.
    pub other_names: Vec<String>,
    /// Its public identifiers, strongest first.
    pub identifiers: Vec<Identifier>,
    /// How surely it is meant: 0 to 1.
    pub score: f64,
    /// Whether the score reaches the threshold and the evidence allows it.
    pub same: bool,
    /// What the score rests on.
    pub features: Vec<Feature>,
    /// One sentence of reasons.
    pub why: String,
}

/// Finds the organisations that a query may mean, best first. Equal scores stand by id. Without the
/// derived index only names that hold the asked one, or its trade name, are compared.
///
/// # Errors
/// [`Error::Request`] for a query without a name and a code, or with too many or too long ones.
pub async fn find(
    office: &Office,
    index: Option<&Names>,
    query: &Query,
    terms: &Terms,
) -> Result<Vec<Match>> {
    let asked = Asked::of(check(query)?);
    let wanted = |kind| query.kinds.is_empty() || query.kinds.contains(&kind);
    let mut found = candidate::find(office, index, &asked).await?;
    found.retain(|one| one.kind.is_none_or(wanted));
    let mut scored: Vec<(f64, candidate::Candidate)> = found
        .into_iter()
        .map(|one| (score::guess(&asked, &one), one))
        .filter(|(score, _)| *score >= terms.cutoff)
        .collect();
    scored.sort_by(|(a, one), (b, other)| {
        b.total_cmp(a).then_with(|| one.subject.cmp(&other.subject))
    });
    let mut matches: Vec<Match> = Vec::new();
    // What a hit is scored by is its found name; the subject's public names decide.
    for (_, one) in scored {
        if matches.len() >= terms.limit.clamp(1, MATCH_RESULTS) {
            break;
        }
        let found = open(office, &asked, one.subject, terms).await?;
        matches.extend(found.filter(|one| one.score >= terms.cutoff && wanted(one.kind)));
    }
    matches.sort_by(|one, other| {
        let by_score = other.score.total_cmp(&one.score);
        by_score.then_with(|| one.subject.cmp(&other.subject))
    });
    Ok(matches)
}

/// One organisation as a result, by its id or any of its codes; nothing where the public may know
/// of no such organisation.
///
/// # Errors
/// [`Error::Store`].
pub async fn one(office: &Office, id: &str) -> Result<Option<Match>> {
    let asked = Asked::default();
    match crate::lookup::find(office, id).await {
        Ok(subject) => open(office, &asked, subject, &Terms::default()).await,
        Err(Error::NotFound | Error::Request(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens a subject for the public and scores what the public may know of it.
async fn open(
    office: &Office,
    asked: &Asked,
    subject: SubjectId,
    terms: &Terms,
) -> Result<Option<Match>> {
    let dossier = match report::open(office, Permit::public(subject), None).await {
        Ok(dossier) => dossier,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let who = dossier.subject();
    if !who.kind.is_organisation() {
        return Ok(None);
    }
    let scored = score::score(asked, who, terms);
    Ok(Some(Match {
        subject: who.id,
        kind: who.kind,
        name: who.name.clone(),
        other_names: who.other_names.clone(),
        identifiers: who.identifiers.clone(),
        score: scored.score,
        same: scored.same,
        features: scored.features,
        why: scored.why,
    }))
}

fn check(query: &Query) -> Result<&Query> {
    let values = || query.names.iter().chain(&query.codes);
    let some = values().any(|value| !value.trim().is_empty());
    let few = query.names.len() <= MATCH_VALUES && query.codes.len() <= MATCH_VALUES;
    let short = values().all(|value| value.chars().count() <= MATCH_CHARS);
    if some && few && short {
        return Ok(query);
    }
    Err(Error::request(
        format!(
            "每条查询须有名称或代码，名称和代码各不超过 {MATCH_VALUES} 个，每个不超过 {MATCH_CHARS} 字。"
        ),
        format!(
            "Each query needs a name or a code: at most {MATCH_VALUES} of each, \
             {MATCH_CHARS} characters long at most."
        ),
        format!(
            "В каждом запросе нужно наименование или код: не более {MATCH_VALUES} каждого вида, \
             не длиннее {MATCH_CHARS} знаков."
        ),
    ))
}
