//! One question as the page shows it: a table with the waiting row on the left and those it may be
//! beside it.

use super::super::{supplier_title, theme_title};
use crate::Site;
use crate::page::{self, Frame};
use credit::subject::SubjectKind;
use exchange::identity::{Card, Evidence, Piece, Side};

/// A column of evidence.
pub(super) struct Column {
    /// The candidate's id; empty for the waiting row.
    pub(super) id: String,
    pub(super) name: Vec<Piece>,
    pub(super) other_names: Vec<String>,
    pub(super) kind: String,
    pub(super) region: String,
    pub(super) codes: Vec<String>,
    /// First and last day for which anything is stated.
    pub(super) days: String,
    /// Suppliers with their themes and counts of records.
    pub(super) sources: Vec<String>,
    /// How like the names are, in per cent; empty for the waiting row.
    pub(super) likeness: String,
    pub(super) why: String,
    /// The candidate is the waiting mention's own subject.
    pub(super) own: bool,
}

/// A question.
pub(super) struct Row {
    pub(super) mention: String,
    pub(super) name: String,
    pub(super) theme: String,
    pub(super) supplier: String,
    pub(super) row: u64,
    pub(super) asked: String,
    pub(super) reason: String,
    pub(super) columns: Vec<Column>,
    pub(super) candidates: Vec<Column>,
}

pub(super) fn row(site: &Site, evidence: &Evidence, f: &Frame) -> Row {
    let question = &evidence.question;
    let catalog = &site.office.catalog;
    let candidates: Vec<Column> = evidence
        .candidates
        .iter()
        .map(|one| candidate(site, one, f))
        .collect();
    Row {
        mention: question.mention.to_string(),
        name: question.name.clone(),
        theme: theme_title(catalog, &question.theme, f.t.lang),
        supplier: supplier_title(catalog, &question.supplier, f.t.lang),
        row: question.row,
        asked: page::moment(question.asked_at.0),
        reason: f.t.get(&format!("question-reason-{}", question.reason)),
        columns: vec![waiting(site, evidence, f)],
        candidates,
    }
}

fn waiting(site: &Site, evidence: &Evidence, f: &Frame) -> Column {
    // Beside one candidate its difference is marked; beside several the name stands plain.
    let name = match evidence.candidates.as_slice() {
        [one] => one.asked_name.clone(),
        _ => vec![(evidence.question.name.clone(), false)],
    };
    let column = Column {
        id: String::new(),
        name,
        other_names: Vec::new(),
        kind: kind(evidence.question.kind, f),
        region: evidence.region.clone(),
        codes: Vec::new(),
        days: String::new(),
        sources: Vec::new(),
        likeness: String::new(),
        why: String::new(),
        own: false,
    };
    match &evidence.asked {
        Some(card) => filled(site, column, card, f),
        None => column,
    }
}

fn candidate(site: &Site, side: &Side, f: &Frame) -> Column {
    let column = Column {
        id: side.card.subject.to_string(),
        name: side.name.clone(),
        other_names: Vec::new(),
        kind: kind(side.card.kind, f),
        region: side.region.clone(),
        codes: Vec::new(),
        days: String::new(),
        sources: Vec::new(),
        likeness: side
            .likeness
            .map(|score| format!("{:.0} %", f64::from(score) * 100.0))
            .unwrap_or_default(),
        why: side.why.clone(),
        own: side.own,
    };
    filled(site, column, &side.card, f)
}

fn kind(kind: SubjectKind, f: &Frame) -> String {
    f.t.get(&format!("kind-{}", kind.code()))
}

/// Fills in what a card tells.
fn filled(site: &Site, mut column: Column, card: &Card, f: &Frame) -> Column {
    let shown: String = column.name.iter().map(|(text, _)| text.as_str()).collect();
    column.other_names = card
        .names
        .iter()
        .filter(|(_, name)| *name != shown)
        .map(|(day, name)| format!("{name} ({day})"))
        .collect();
    column.codes = card
        .identifiers
        .iter()
        .map(|code| {
            format!(
                "{} {}",
                f.t.get(&format!("reconcile-property-{}", code.system().code())),
                code.value()
            )
        })
        .collect();
    let from = card.holdings.iter().map(|held| held.from).min();
    let to = card.holdings.iter().map(|held| held.to).max();
    column.days = match (from, to) {
        (Some(from), Some(to)) if from != to => format!("{from} – {to}"),
        (Some(from), _) => from.to_string(),
        _ => String::new(),
    };
    let catalog = &site.office.catalog;
    column.sources = card
        .holdings
        .iter()
        .map(|held| {
            let supplier = supplier_title(catalog, &held.supplier, f.t.lang);
            let theme = theme_title(catalog, &held.theme, f.t.lang);
            format!(
                "{supplier} · {theme} · {}",
                f.t.count("questions-records", held.records)
            )
        })
        .collect();
    column
}
