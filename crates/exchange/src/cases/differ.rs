//! Two suppliers state one document and differ: a verification opens by itself on each of the two facts, once for
//! each pair (R23). Which one is right the platform does not say; whoever stated a fact checks it.

use super::file::{area, card};
use super::saying::Saying;
use super::{made, saying, tell};
use crate::error::Result;
use crate::office::Office;
use credit::case::{CaseId, Kind, Move, Party};
use credit::catalog::Theme;
use credit::lang::Lang;
use credit::limits::DOUBTS_OF_SLICE;
use credit::subject::RecordId;
use policy::CaseNumber;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::{CaseRules, NewCase, NewMove, Twin, TwinAsk};

/// Who opens such a case, as histories name it: no account does.
const PLATFORM: &str = "platform";

/// Opens what is to be checked after a slice of a supplier's facts was applied. The same slice again opens nothing
/// again.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub(crate) async fn differ(
    office: &Office,
    (theme, supplier): (&Theme, &str),
    facts: &[TwinAsk],
) -> Result<()> {
    let items = items(office, theme);
    if items.is_empty() || facts.is_empty() {
        return Ok(());
    }
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let twins = office
        .store
        .twins((&theme.code, supplier), facts, &items)
        .await?;
    if twins.len() > DOUBTS_OF_SLICE {
        tracing::warn!(
            pairs = twins.len(),
            "more differing facts than cases are opened for"
        );
    }
    for twin in twins.iter().take(DOUBTS_OF_SLICE) {
        let own = (supplier, twin.asked.record);
        let other = (twin.supplier.as_str(), twin.other);
        doubt(office, theme, twin, own, other).await?;
        doubt(office, theme, twin, other, own).await?;
    }
    Ok(())
}

/// Codes of the theme's items that are compared, by any table that is in force today.
fn items(office: &Office, theme: &Theme) -> BTreeSet<String> {
    let today = office.today();
    let kinds = office.catalog.cases.iter();
    let kinds = kinds
        .filter(|kind| kind.valid_from <= today && kind.valid_to.is_none_or(|end| today <= end));
    let moves = kinds.flat_map(|kind| &kind.moves);
    moves.flat_map(|one| of_theme(one, theme)).collect()
}

fn of_theme(one: &Move, theme: &Theme) -> Vec<String> {
    let each = one.differs.iter().filter_map(|item| item.split_once('/'));
    each.filter(|(code, _)| *code == theme.code)
        .map(|(_, item)| item.to_owned())
        .collect()
}

/// The tables in force for a supplier that open such a case, each with the move.
fn tables<'o>(office: &'o Office, theme: &Theme, area: &str) -> Vec<(&'o Arc<Kind>, &'o Move)> {
    let codes: BTreeSet<&str> = office
        .catalog
        .cases
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    let kinds = codes
        .into_iter()
        .filter_map(|code| office.catalog.case_kind(code, area, office.today()));
    let found = kinds.filter_map(|kind| {
        let mut moves = kind.moves.iter();
        let opens = moves.find(|one| one.opens() && !of_theme(one, theme).is_empty())?;
        Some((kind, opens))
    });
    found.collect()
}

/// Opens the case on one of the two facts.
async fn doubt(
    office: &Office,
    theme: &Theme,
    twin: &Twin,
    (supplier, record): (&str, RecordId),
    (other, other_record): (&str, RecordId),
) -> Result<()> {
    let area = area(office, supplier, &theme.jurisdiction);
    for (kind, opening) in tables(office, theme, &area) {
        let asked = of_theme(opening, theme);
        let items: Vec<&String> = twin
            .items
            .iter()
            .filter(|one| asked.contains(one))
            .collect();
        let id = id(office, kind, (record, other_record));
        if items.is_empty() || office.store.case(id).await?.is_some() {
            continue;
        }
        let saying = Saying {
            reason: words(office, theme, other, &items),
            ..Saying::default()
        };
        let said = saying::read(office, saying, supplier)?;
        let new = NewCase {
            id,
            subject: twin.asked.subject,
            record: Some(record),
            theme: &theme.code,
            supplier,
            area: &area,
        };
        let notices = tell::of(office, &card(&new, kind, office), opening).await?;
        let first = NewMove {
            what: &opening.code,
            by: Party::Centre,
            officer: PLATFORM,
            choice: None,
            brings: &said.brings,
            body: &said.body,
            salt: office.nonce(),
            version: None,
            files: &[],
            notices: &notices,
            receivers: &[],
            at: office.now(),
        };
        let themes = made::themes(office, kind);
        let rules = CaseRules {
            kind,
            themes: &themes,
            calendar: &office.catalog.calendar,
        };
        // A case about the fact that is open already does, and a fact that has moved on needs none.
        match office.store.case_open(&new, &first, rules).await {
            Ok(_) | Err(store::Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The items that differ and who states the other fact; no value of it.
fn words(office: &Office, theme: &Theme, other: &str, items: &[&String]) -> String {
    let title = |code: &String, lang: Lang| {
        let item = theme.item(code).and_then(|ix| theme.items.get(ix));
        item.map_or_else(|| code.clone(), |item| item.title.get(lang).to_owned())
    };
    let named = |lang: Lang| {
        let known = office.catalog.supplier(other);
        known.map_or_else(|| other.to_owned(), |one| one.title.get(lang).to_owned())
    };
    let list = |lang: Lang, and: &str| {
        let each: Vec<String> = items.iter().map(|code| title(code, lang)).collect();
        each.join(and)
    };
    format!(
        "同一文书，{}报送的信息与贵单位不一致：{}。请核对文书原件。\n{} states the same document otherwise: {}. Compare it with the original.\n{} сообщает тот же документ иначе: {}. Сверьте с оригиналом.",
        named(Lang::Zh),
        list(Lang::Zh, "、"),
        named(Lang::En),
        list(Lang::En, ", "),
        named(Lang::Ru),
        list(Lang::Ru, ", "),
    )
}

/// The id of the case on a fact because of another: one for each pair, whichever of them came last. As with fresh
/// ids, one that reads as a citizen's number is passed over.
fn id(office: &Office, kind: &Kind, (record, other): (RecordId, RecordId)) -> CaseId {
    let one = |turn: u8| {
        let parts: [&[u8]; 4] = [kind.code.as_bytes(), &record.0, &other.0, &[turn]];
        CaseId(office.site_key.keyed16("legal-differ", &parts))
    };
    let mut tried = (0..8).map(one);
    let sound = tried.find(|id| CaseNumber::parse(&format!("case:{id}")).is_ok());
    sound.unwrap_or_else(|| one(8))
}
