//! What a clerk sees side by side: the mention that waits and those it may be. Names taken apart,
//! numbers, days and counts; never what the records say.

use crate::error::Result;
use crate::office::Office;
use credit::lang::Lang;
use credit::subject::SubjectId;
use resolve::name::{Likeness, OrgName, compare};
use store::{Card, Question};

pub use store::Holding;

/// A piece of a name, and whether it is what differs.
pub type Piece = (String, bool);

/// One candidate of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What is known of it.
    pub card: Card,
    /// Whether its subject is the waiting mention's own.
    pub own: bool,
    /// Its name in pieces.
    pub name: Vec<Piece>,
    /// The waiting mention's name in pieces, beside this candidate.
    pub asked_name: Vec<Piece>,
    /// The region in its name; may be empty.
    pub region: String,
    /// How like the two names are, 0 to 1; none where one has no name.
    pub likeness: Option<f32>,
    /// What decides between the names, in one sentence.
    pub why: String,
}

/// A question with what is known of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The question.
    pub question: Question,
    /// The mention that waits; none where it went since.
    pub asked: Option<Card>,
    /// The region in its name; may be empty.
    pub region: String,
    /// Whom it may be, in the order of the question.
    pub candidates: Vec<Side>,
}

/// Reads the evidence of a question.
///
/// # Errors
/// [`crate::Error::Store`].
pub async fn evidence(office: &Office, question: Question, lang: Lang) -> Result<Evidence> {
    let asked = office.store.cards(&[question.mention]).await?.pop();
    let ids: Vec<SubjectId> = question.candidates.iter().map(|one| one.subject).collect();
    let own = asked.as_ref().map(|own| own.subject);
    let name = OrgName::parse(&question.name);
    let candidates = office.store.cards(&ids).await?;
    let candidates = candidates
        .into_iter()
        .map(|card| side(&question.name, &name, card, own, lang))
        .collect();
    Ok(Evidence {
        region: name.region().to_owned(),
        asked,
        candidates,
        question,
    })
}

fn side(asked: &str, name: &OrgName, card: Card, own: Option<SubjectId>, lang: Lang) -> Side {
    let best = card
        .names
        .iter()
        .map(|(_, text)| (text.clone(), OrgName::parse(text)))
        .map(|(text, other)| (compare(name, &other), text, other))
        .max_by(|one, other| one.0.score.total_cmp(&other.0.score));
    let own = own == Some(card.subject);
    let Some((likeness, text, other)) = best.filter(|_| !asked.is_empty()) else {
        return Side {
            own,
            name: card
                .names
                .first()
                .map(|(_, name)| (name.clone(), false))
                .into_iter()
                .collect(),
            asked_name: vec![(asked.to_owned(), false)],
            region: String::new(),
            likeness: None,
            why: String::new(),
            card,
        };
    };
    Side {
        own,
        asked_name: pieces(asked, &likeness, |part| &part.left),
        name: pieces(&text, &likeness, |part| &part.right),
        region: other.region().to_owned(),
        likeness: Some(likeness.score),
        why: likeness.why(lang),
        card,
    }
}

/// Cuts a name where a part of it differs. A part that was levelled before it was compared stands
/// nowhere in the name as written and is not marked.
fn pieces(
    name: &str,
    likeness: &Likeness,
    of: impl Fn(&resolve::name::PartDifference) -> &String,
) -> Vec<Piece> {
    let mut marks: Vec<(usize, usize)> = likeness
        .parts
        .iter()
        .map(of)
        .filter(|part| !part.is_empty())
        .filter_map(|part| name.find(part.as_str()).map(|at| (at, at + part.len())))
        .collect();
    marks.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (from, to) in marks {
        if from < at {
            continue;
        }
        pieces.extend(name.get(at..from).map(|text| (text.to_owned(), false)));
        pieces.extend(name.get(from..to).map(|text| (text.to_owned(), true)));
        at = to;
    }
    pieces.extend(name.get(at..).map(|text| (text.to_owned(), false)));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_differing_part_is_marked_and_nothing_is_lost() {
        for (one, other) in [
            ("北京明远软件有限公司", "北京明运软件有限公司"),
            ("北京明远软件有限公司", "上海明远软件有限公司"),
            ("", "甲"),
            ("北京明远软件有限公司", "北京明远软件有限公司"),
        ] {
            let likeness = compare(&OrgName::parse(one), &OrgName::parse(other));
            let whole = |pieces: Vec<Piece>| -> String {
                pieces.into_iter().map(|(text, _)| text).collect()
            };
            assert_eq!(whole(pieces(one, &likeness, |part| &part.left)), one);
            assert_eq!(whole(pieces(other, &likeness, |part| &part.right)), other);
            let marked = pieces(one, &likeness, |part| &part.left);
            assert!(one != other || marked.iter().all(|(_, mark)| !mark));
        }
    }
}
