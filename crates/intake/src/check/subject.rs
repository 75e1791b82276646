//! Whom a row speaks of, and whether that may be written at all.

use super::cells::Cells;
use super::plan::Plan;
use credit::catalog::{ItemIx, ItemKind, KeyPart, Role, Theme};
use credit::fault::{Fault, FaultKind};
use credit::identifier::{Identifier, System};
use credit::subject::{Claim, SubjectKind};
use credit::text::{could_be_person, looks_like_organisation, name_form, simplify};

/// Joins the parts of a key: no text of a cell contains it after tidying.
const JOIN: char = '\u{1f}';

/// Why nothing of a row may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// It speaks of a natural person.
    Natural,
    /// It speaks of an individual business, and no statute publishes anything of it here.
    Business,
    /// It cannot be told.
    Unclear,
    /// A cell holds what is never written; the faults say which.
    Content,
}

/// Settles the kind of subject. `Some` means that nothing of the row may be written; else the
/// kind stands in `cells.kind` and is one that the theme takes, or a fault says that it is not.
pub(super) fn settle(plan: &Plan<'_>, theme: &Theme, cells: &mut Cells<'_>) -> Option<Person> {
    let stated = plan
        .kind
        .and_then(|ix| cells.get(ix))
        .and_then(|value| plan.stated(value));
    let stated = stated.or(cells.stated);
    let by_code = cells
        .identifiers
        .iter()
        .find_map(|(_, identifier)| identifier.subject_kind());
    if cells.person_number || by_code == Some(SubjectKind::NaturalPerson) {
        return Some(Person::Natural);
    }
    let is_person = stated == Some(SubjectKind::NaturalPerson);
    if is_person || stated == Some(SubjectKind::IndividualBusiness) {
        // A person's row with an organisation's code: one of the two is wrong, so it may be one.
        if by_code.is_some_and(SubjectKind::is_organisation) {
            return Some(Person::Unclear);
        }
        if is_person {
            return Some(Person::Natural);
        }
    }
    if cells.business_code {
        return Some(Person::Business);
    }
    let stated = stated.or_else(|| by_code.is_none().then(|| told(plan, cells)).flatten());
    if stated == Some(SubjectKind::NaturalPerson) {
        return Some(Person::Natural);
    }
    // A label alone makes no organisation of a person, nor does a code whose kind of body is unknown.
    if !by_code.is_some_and(SubjectKind::is_organisation)
        && !theme.names_organisations
        && may_name_a_person(plan, cells)
    {
        return Some(Person::Unclear);
    }
    let has_code = !cells.identifiers.is_empty();
    let kind = match by_code.or(stated) {
        Some(kind) => kind,
        None if has_code || theme.names_organisations || is_surely_organisation(plan, cells) => {
            organisation_of(theme)?
        }
        None => return Some(Person::Unclear),
    };
    if cells.never {
        return Some(Person::Content);
    }
    if kind == SubjectKind::IndividualBusiness && theme.individual_business.is_none() {
        return Some(Person::Business);
    }
    if !theme.subject_kinds.contains(&kind) {
        let item = plan.identifiers.first().or(plan.kind.as_ref());
        let fault = FaultKind::KindNotAllowed(kind);
        cells.fault(match item {
            Some(&ix) => Fault::of_item(fault, ix),
            None => Fault::of_row(fault),
        });
    }
    cells.kind = Some(kind);
    None
}

/// Drops whatever of an individual business's row no statute publishes. False where the row has
/// faults: a reject would show more of it than the statute does.
pub(super) fn publish_only(theme: &Theme, cells: &mut Cells<'_>) -> bool {
    let Some(published) = &theme.individual_business else {
        return false;
    };
    for (ix, value) in cells.values.iter_mut().enumerate() {
        if !published.items.contains(&ix) {
            *value = None;
        }
    }
    cells.faults.is_empty()
}

/// The kind that a column states, by our own codes or in the words of the 2018 standard.
pub(super) fn stated_kind(value: &str) -> Option<SubjectKind> {
    if let Some(kind) = SubjectKind::parse(value) {
        return Some(kind);
    }
    let value = simplify(value);
    if value.contains("自然人") || (value.contains("个人") && !value.contains("个人独资"))
    {
        return Some(SubjectKind::NaturalPerson);
    }
    if value.contains("个体") {
        return Some(SubjectKind::IndividualBusiness);
    }
    if value.contains("事业单位") {
        return Some(SubjectKind::PublicInstitution);
    }
    if value.contains("社会组织") || value.contains("社会团体") {
        return Some(SubjectKind::SocialOrganisation);
    }
    if value.contains("机关") || value.contains("政府") {
        return Some(SubjectKind::GovernmentAgency);
    }
    (value.contains("法人") || value.contains("企业")).then_some(SubjectKind::Enterprise)
}

/// Where neither code nor column of kinds tells, another column may: 企业类型 of a register says
/// 个体工商户. Only a whole cell counts, not a word in a text.
fn told(plan: &Plan<'_>, cells: &Cells<'_>) -> Option<SubjectKind> {
    let texts = plan
        .columns
        .iter()
        .filter(|column| !plan.names.contains(&column.ix))
        .filter_map(|column| cells.get(column.ix));
    let mut kinds = texts.filter_map(|text| match &*simplify(text) {
        "自然人" | "个人" => Some(SubjectKind::NaturalPerson),
        "个体" | "个体户" | "个体经营" | "个体工商户" => {
            Some(SubjectKind::IndividualBusiness)
        }
        other => other
            .starts_with("个体工商户（")
            .then_some(SubjectKind::IndividualBusiness),
    });
    kinds.next()
}

/// Whether a name may be a person's, or cannot be read. An organisation's name beside it settles
/// the doubt.
fn may_name_a_person(plan: &Plan<'_>, cells: &Cells<'_>) -> bool {
    if plan.names.iter().any(|&ix| cells.at_fault(ix)) {
        return true;
    }
    let mut names = plan.names.iter().filter_map(|&ix| cells.get(ix));
    names.clone().any(could_be_person) && !names.any(looks_like_organisation)
}

/// Without a code and without a stated kind only a name can tell, and only if it is surely no
/// person's. A row without any name says nothing about a person either: it lacks its subject.
fn is_surely_organisation(plan: &Plan<'_>, cells: &Cells<'_>) -> bool {
    let mut names = plan.names.iter().filter_map(|&ix| cells.get(ix)).peekable();
    names.peek().is_none() || names.all(looks_like_organisation)
}

fn organisation_of(theme: &Theme) -> Option<SubjectKind> {
    theme
        .subject_kinds
        .iter()
        .copied()
        .find(|kind| kind.is_organisation())
        .or(Some(SubjectKind::OtherOrganisation))
}

/// Whom the row speaks of; a fault is added where nobody is named or the codes disagree.
pub(super) fn claim(plan: &Plan<'_>, cells: &mut Cells<'_>) -> Option<Claim> {
    let mut identifiers: Vec<Identifier> = Vec::with_capacity(cells.identifiers.len());
    let mut clash = None;
    for (ix, identifier) in std::mem::take(&mut cells.identifiers) {
        if !cells.has(ix) {
            continue;
        }
        match identifiers
            .iter()
            .find(|known| contradicts(known, &identifier))
        {
            Some(_) => clash = Some(ix),
            None if identifiers.contains(&identifier) => {}
            None => identifiers.push(identifier),
        }
    }
    if let Some(ix) = clash {
        cells.fault(Fault::of_item(FaultKind::Contradiction, ix));
    }
    identifiers.sort_by_key(|identifier| strength(identifier.system()));
    let name = plan
        .names
        .iter()
        .find_map(|&ix| cells.get(ix))
        .map(str::to_owned);
    let place = plan.place.and_then(|ix| cells.get(ix)).map(str::to_owned);
    if identifiers.is_empty() && name.is_none() {
        let bad_code = plan.identifiers.iter().any(|&ix| cells.at_fault(ix));
        if !bad_code {
            cells.fault(Fault::of_row(FaultKind::NoSubject));
        }
        return None;
    }
    Some(Claim {
        kind: cells.kind?,
        identifiers,
        name,
        place,
    })
}

/// Two identifiers of one row that cannot be one body's.
fn contradicts(one: &Identifier, other: &Identifier) -> bool {
    if one.system() == other.system() {
        return one.value() != other.value();
    }
    match (one.org_code(), other.org_code()) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}

fn strength(system: System) -> u8 {
    match system {
        System::Uscc => 0,
        System::OrgCode => 1,
        System::RegNo => 2,
        System::TaxNo => 3,
        System::Lei => 4,
        _ => 9,
    }
}

/// The natural key, where all its parts can be read.
pub(super) fn key(
    theme: &Theme,
    plan: &Plan<'_>,
    cells: &Cells<'_>,
    claim: Option<&Claim>,
) -> Option<String> {
    let mut key = String::with_capacity(64);
    for (nth, part) in theme.key.iter().enumerate() {
        if nth > 0 {
            key.push(JOIN);
        }
        match part {
            KeyPart::Subject => push_subject(&mut key, plan, cells, claim?)?,
            KeyPart::Item(ix) => push_item(&mut key, theme, *ix, cells.get(*ix)?),
        }
    }
    Some(key)
}

/// A part of a key in comparison form: a document number with other brackets, a list with a comma
/// where a space was, are the same fact. Signs between letters and digits still keep them apart:
/// 1-23 is not 12-3.
fn push_item(key: &mut String, theme: &Theme, ix: ItemIx, text: &str) {
    match theme.items.get(ix) {
        Some(item) if item.role == Role::SubjectName => key.push_str(&name_form(text)),
        Some(item) if matches!(item.kind, ItemKind::Text(_)) => {
            let mut parts = text
                .split(|letter: char| !is_of_word(letter))
                .filter(|part| !part.is_empty());
            // A text of marks alone is its own form, else all such texts would be one.
            key.push_str(parts.next().unwrap_or(text));
            for part in parts {
                key.push('-');
                key.push_str(part);
            }
        }
        _ => key.push_str(text),
    }
}

/// A letter or digit; the most usual ones without a look into tables.
fn is_of_word(letter: char) -> bool {
    matches!(letter, '\u{4E00}'..='\u{9FFF}' | '0'..='9' | 'a'..='z' | 'A'..='Z')
        || letter.is_alphanumeric()
}

/// The strongest identifier, else the name; a code that is there and at fault leaves no key,
/// because with its mended code the row will have another one.
fn push_subject(key: &mut String, plan: &Plan<'_>, cells: &Cells<'_>, claim: &Claim) -> Option<()> {
    if let Some(identifier) = claim.identifiers.first() {
        key.push_str(identifier.system().code());
        key.push(':');
        key.push_str(identifier.value());
        return Some(());
    }
    if plan.identifiers.iter().any(|&ix| cells.at_fault(ix)) {
        return None;
    }
    key.push_str("name:");
    key.push_str(&name_form(claim.name.as_deref()?));
    Some(())
}

/// The first item of the key that is empty without being at fault already.
pub(super) fn missing_key(theme: &Theme, cells: &Cells<'_>) -> Option<ItemIx> {
    theme.key.iter().find_map(|part| match part {
        KeyPart::Item(ix) if !cells.has(*ix) && !cells.at_fault(*ix) => Some(*ix),
        _ => None,
    })
}

/// The snapshot scope of a row: its parts joined as a key's.
pub(super) fn scope(theme: &Theme, cells: &Cells<'_>) -> String {
    let parts: Vec<&str> = theme
        .submission
        .scope
        .iter()
        .map(|&ix| cells.get(ix).unwrap_or_default())
        .collect();
    parts.join(&JOIN.to_string())
}
