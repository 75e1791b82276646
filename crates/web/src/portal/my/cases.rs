//! A subject's cases: its list, the form by which one is filed, one case with the steps that are its own.

pub(super) mod file;
pub(super) mod list;
pub(super) mod one;
pub(super) mod promise;

use crate::Site;
use crate::portal::cases::view::{self, Choice};
use credit::case::{Kind, Move, Need, Party};
use credit::lang::Lang;
use std::collections::BTreeMap;

/// The kinds of case that a party may open today, as they read for the whole nation, to choose from.
pub(in crate::portal) fn kinds(site: &Site, by: Party, chosen: &str, lang: Lang) -> Vec<Choice> {
    let kinds = today(site, by).into_values();
    kinds
        .map(|kind| Choice {
            code: kind.code.clone(),
            title: kind.title.get(lang).to_owned(),
            chosen: kind.code == chosen,
        })
        .collect()
}

/// The grounds of all of them, each once.
pub(in crate::portal) fn grounds(site: &Site, by: Party, chosen: &str, lang: Lang) -> Vec<Choice> {
    let moves: Vec<Move> = opening(site, by).into_iter().cloned().collect();
    view::choices(&moves, lang, chosen)
}

/// Whether a case that a party may open asks for something: a form has no field that none of them takes.
pub(in crate::portal) fn asks(site: &Site, by: Party, need: Need) -> bool {
    opening(site, by).iter().any(|one| one.needs(need))
}

/// The fields of a legal document, where a case that a party may open asks for one.
pub(in crate::portal) fn papers(site: &Site, by: Party) -> Vec<&'static str> {
    match asks(site, by, Need::Document) {
        true => view::PAPERS.to_vec(),
        false => Vec::new(),
    }
}

/// The moves by which a party opens a case.
fn opening(site: &Site, by: Party) -> Vec<&Move> {
    let moves = today(site, by).into_values().flat_map(|kind| &kind.moves);
    moves
        .filter(|one| one.opens() && one.by.contains(&by))
        .collect()
}

/// Kinds that a party may open, by their code, as they read for the whole nation.
fn today(site: &Site, by: Party) -> BTreeMap<&str, &Kind> {
    let today = site.office.today();
    let all = site.office.catalog.cases.iter();
    let own = all.filter(|kind| kind.is_effective(today) && kind.covers("CN").is_some());
    let own = own.filter(|kind| {
        let mut moves = kind.moves.iter();
        // A promise is made on a page of its own: it is about no fact yet.
        let about = |one: &Move| !one.needs(Need::Promise);
        moves.any(|one| one.opens() && one.by.contains(&by) && about(one))
    });
    own.map(|kind| (kind.code.as_str(), kind.as_ref()))
        .collect()
}
