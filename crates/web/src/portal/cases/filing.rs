//! What a form of a case asks: first which kind it is, then what that kind takes and nothing else. It works by
//! addresses alone: the kind is part of the page's.

use super::view::{self, Choice};
use crate::Site;
use crate::portal::supply::field;
use credit::case::{Kind, Move, Need, Party};
use credit::lang::Lang;
use std::collections::BTreeMap;

/// A kind of case to choose, with what to know before.
pub(in crate::portal) struct Offered {
    pub(in crate::portal) code: String,
    pub(in crate::portal) title: String,
    pub(in crate::portal) about: String,
}

/// The kind that was chosen, and what its form takes.
pub(in crate::portal) struct Chosen {
    pub(in crate::portal) kind: Offered,
    pub(in crate::portal) choices: Vec<Choice>,
    pub(in crate::portal) papers: Vec<&'static str>,
    pub(in crate::portal) commitment: bool,
    pub(in crate::portal) attachment: bool,
}

/// A form of a case: the kinds to choose from, or the one that was chosen.
pub(in crate::portal) struct Filing {
    pub(in crate::portal) kinds: Vec<Offered>,
    pub(in crate::portal) chosen: Option<Chosen>,
}

impl Filing {
    /// The form for a party by what was sent so far. A kind that the party may not open is none.
    pub(in crate::portal) fn of(
        site: &Site,
        by: Party,
        sent: &[(String, String)],
        lang: Lang,
    ) -> Filing {
        let kinds = kinds(site, by);
        let kind = kinds.get(field(sent, "kind"));
        Filing {
            chosen: kind.map(|kind| chosen(kind, by, field(sent, "choice"), lang)),
            kinds: kinds.values().map(|kind| offered(kind, lang)).collect(),
        }
    }
}

fn offered(kind: &Kind, lang: Lang) -> Offered {
    Offered {
        code: kind.code.clone(),
        title: kind.title.get(lang).to_owned(),
        about: kind.about.get(lang).to_owned(),
    }
}

fn chosen(kind: &Kind, by: Party, choice: &str, lang: Lang) -> Chosen {
    let opening: Vec<Move> = opening(kind, by).cloned().collect();
    let asks = |need: Need| opening.iter().any(|one| one.needs(need));
    Chosen {
        kind: offered(kind, lang),
        choices: view::choices(&opening, lang, choice),
        papers: match asks(Need::Document) {
            true => view::PAPERS.to_vec(),
            false => Vec::new(),
        },
        commitment: asks(Need::Commitment),
        attachment: asks(Need::Attachment),
    }
}

/// The moves by which a party opens a case about a fact. A promise is made on a page of its own.
fn opening(kind: &Kind, by: Party) -> impl Iterator<Item = &Move> {
    let moves = kind.moves.iter();
    moves.filter(move |one| one.opens() && one.by.contains(&by) && !one.needs(Need::Promise))
}

/// Kinds that a party may open, by their code, as they read for the whole nation.
fn kinds(site: &Site, by: Party) -> BTreeMap<&str, &Kind> {
    let today = site.office.today();
    let all = site.office.catalog.cases.iter();
    let own = all.filter(|kind| kind.is_effective(today) && kind.covers("CN").is_some());
    let own = own.filter(|kind| opening(kind, by).next().is_some());
    own.map(|kind| (kind.code.as_str(), kind.as_ref()))
        .collect()
}
