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
use crate::search::Names;
use crate::{lookup, report};
use credit::identifier::Identifier;
use credit::lang::Lang;
use credit::limits::{MATCH_CHARS, MATCH_RESULTS, MATCH_VALUES};
use credit::subject::{SubjectId, SubjectKind};
use policy::Dossier;
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

/// Queries that are answered together: their reads share round trips. 20 × 50 candidates of a name
/// are some thousand comparisons, a few milliseconds.
const TOGETHER: usize = 20;

/// Subjects opened in one reading, at most: what is on file of more would hold a connection up.
const OPENED: usize = 64;

/// Finds the organisations that each of many queries may mean, best first; equal scores stand by id.
/// Without the derived index only names that hold the asked one, or its trade name, are compared.
/// Of a query without a name and a code, or with too many or too long ones, the answer is
/// [`Error::Request`], and the others are answered all the same.
///
/// # Errors
/// [`Error::Store`], [`Error::Inner`].
pub async fn find_all(
    office: &Office,
    index: Option<&Names>,
    queries: &[(Query, Terms)],
) -> Result<Vec<Result<Vec<Match>>>> {
    let mut answers = Vec::with_capacity(queries.len());
    for part in queries.chunks(TOGETHER) {
        answers.extend(together(office, index, part).await?);
    }
    Ok(answers)
}

/// One organisation as a result for each id or code, in their order; nothing where the public may
/// know of no such organisation.
///
/// # Errors
/// [`Error::Store`].
pub async fn known(office: &Office, asked: &[String]) -> Result<Vec<Option<Match>>> {
    let mut found = Vec::with_capacity(asked.len());
    for part in asked.chunks(OPENED) {
        let subjects = lookup::find_all(office, part).await?;
        let wanted: Vec<SubjectId> = subjects.iter().flatten().copied().collect();
        let mut opened = open(office, &wanted).await?.into_iter();
        let (asked, terms) = (Asked::default(), Terms::default());
        found.extend(subjects.iter().map(|subject| {
            let dossier = subject.and_then(|_| opened.next().flatten())?;
            scored(&asked, &dossier, &terms)
        }));
    }
    Ok(found)
}

/// The same for one.
///
/// # Errors
/// [`Error::Store`].
pub async fn one(office: &Office, id: &str) -> Result<Option<Match>> {
    let found = known(office, &[id.to_owned()]).await?;
    Ok(found.into_iter().next().flatten())
}

/// A query on its way to its answer.
struct Hunt<'q> {
    query: &'q Query,
    terms: &'q Terms,
    asked: Asked,
    /// Whom to open next, by what the index told of them; the best last.
    left: Vec<SubjectId>,
    matches: Vec<Match>,
}

async fn together(
    office: &Office,
    index: Option<&Names>,
    part: &[(Query, Terms)],
) -> Result<Vec<Result<Vec<Match>>>> {
    let mut hunts: Vec<Result<Hunt<'_>>> = part
        .iter()
        .map(|(query, terms)| Hunt::begin(query, terms))
        .collect();
    let asked: Vec<&Asked> = hunts.iter().flatten().map(|hunt| &hunt.asked).collect();
    let found = candidate::find(office, index, &asked).await?;
    for (hunt, found) in hunts.iter_mut().flatten().zip(found) {
        hunt.rank(found);
    }
    while open_next(office, &mut hunts).await? {}
    Ok(hunts.into_iter().map(|hunt| Ok(hunt?.end())).collect())
}

/// Opens those whom each query still needs, as many as one reading takes; `false` when none does.
async fn open_next(office: &Office, hunts: &mut [Result<Hunt<'_>>]) -> Result<bool> {
    let mut next: Vec<(usize, SubjectId)> = Vec::new();
    for (place, hunt) in hunts.iter_mut().enumerate() {
        if let Ok(hunt) = hunt {
            let room = OPENED - next.len();
            next.extend(hunt.next(room).map(|subject| (place, subject)));
        }
    }
    let subjects: Vec<SubjectId> = next.iter().map(|(_, subject)| *subject).collect();
    let opened = open(office, &subjects).await?;
    for ((place, _), dossier) in next.iter().zip(opened) {
        if let (Some(Ok(hunt)), Some(dossier)) = (hunts.get_mut(*place), dossier) {
            hunt.meet(&dossier);
        }
    }
    Ok(!next.is_empty())
}

impl Hunt<'_> {
    fn begin<'q>(query: &'q Query, terms: &'q Terms) -> Result<Hunt<'q>> {
        Ok(Hunt {
            query,
            terms,
            asked: Asked::of(check(query)?),
            left: Vec::new(),
            matches: Vec::new(),
        })
    }

    fn wants(&self, kind: SubjectKind) -> bool {
        self.query.kinds.is_empty() || self.query.kinds.contains(&kind)
    }

    /// Puts candidates in the order in which they are opened.
    fn rank(&mut self, found: Vec<candidate::Candidate>) {
        let mut scored: Vec<(f64, SubjectId)> = found
            .into_iter()
            .filter(|one| one.kind.is_none_or(|kind| self.wants(kind)))
            .map(|one| (score::guess(&self.asked, &one), one.subject))
            .filter(|(score, _)| *score >= self.terms.cutoff)
            .collect();
        scored.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| other.cmp(one)));
        self.left = scored.into_iter().map(|(_, subject)| subject).collect();
    }

    /// Those to open next: as many as results are missing.
    fn next(&mut self, room: usize) -> impl Iterator<Item = SubjectId> {
        let limit = self.terms.limit.clamp(1, MATCH_RESULTS);
        let missing = limit.saturating_sub(self.matches.len()).min(room);
        let rest = self.left.len().saturating_sub(missing);
        self.left.split_off(rest).into_iter().rev()
    }

    /// What a hit is scored by is its found name; the subject's public names decide.
    fn meet(&mut self, dossier: &Dossier) {
        let found = scored(&self.asked, dossier, self.terms);
        let found = found.filter(|one| one.score >= self.terms.cutoff && self.wants(one.kind));
        self.matches.extend(found);
    }

    fn end(mut self) -> Vec<Match> {
        self.matches.sort_by(|one, other| {
            let by_score = other.score.total_cmp(&one.score);
            by_score.then_with(|| one.subject.cmp(&other.subject))
        });
        self.matches
    }
}

/// Opens subjects for the public, in one reading; nothing where the public may know of none.
async fn open(office: &Office, subjects: &[SubjectId]) -> Result<Vec<Option<Dossier>>> {
    let read = office.store.subjects_public(subjects).await?;
    let opened = read.into_iter().map(|read| {
        let Some((permit, sealed)) = read else {
            return Ok(None);
        };
        match report::unseal(office, permit, sealed, None) {
            Ok(dossier) => Ok(Some(dossier)),
            Err(Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    });
    opened.collect()
}

/// Scores what the public may know of a subject.
fn scored(asked: &Asked, dossier: &Dossier, terms: &Terms) -> Option<Match> {
    let who = dossier.subject();
    if !who.kind.is_organisation() {
        return None;
    }
    let scored = score::score(asked, who, terms);
    Some(Match {
        subject: who.id,
        kind: who.kind,
        name: who.name.clone(),
        other_names: who.other_names.clone(),
        identifiers: who.identifiers.clone(),
        score: scored.score,
        same: scored.same,
        features: scored.features,
        why: scored.why,
    })
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
