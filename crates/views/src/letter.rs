//! A letter: one step of a case as its subject receives it, with number, organ, basis and remedies.
//!
//! It is made of what stands in the case and of the table under which the step was made. It adds no word to a
//! decision, and holds nothing that the case's page does not show.

use crate::report::item;
use crate::report::model::Line;
use crate::text::{Msg, letter as text};
use credit::case::{CaseFile, Kind, Move, Party, Step, Told};
use credit::catalog::Catalog;
use credit::lang::{Lang, Text};
use jiff::civil::Date;
use policy::{Dossier, Entry};

/// Digits of a case's number that people read out.
const DIGITS: usize = 8;

/// A letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The language.
    pub lang: Lang,
    /// Its number: that of the case and of the step.
    pub number: String,
    /// The day of the step.
    pub dated: Date,
    /// The kind of case, and what was done.
    pub title: String,
    /// Number, organ, day.
    pub head: Vec<Line>,
    /// To whom.
    pub addressee: String,
    /// What the letter says; the table's words.
    pub says: String,
    /// The fact.
    pub matter: Vec<Line>,
    /// What was decided, why and on what basis.
    pub decision: Vec<Line>,
    /// How it can be contested; none where it is not to the subject's disadvantage.
    pub remedy: Option<String>,
}

/// What a letter is made of.
#[derive(Clone, Copy)]
pub struct Matter<'a> {
    /// The catalogue.
    pub catalog: &'a Catalog,
    /// The table under which the case was opened.
    pub kind: &'a Kind,
    /// The case.
    pub file: &'a CaseFile,
    /// The subject and the fact.
    pub dossier: &'a Dossier,
}

/// The letter on one step. `None` where there is no such step, or it is told to others only.
#[must_use]
pub fn letter(matter: Matter<'_>, seq: u32, lang: Lang) -> Option<Letter> {
    let (kind, file) = (matter.kind, matter.file);
    let mut steps = file.history.steps.iter();
    let step = steps.find(|step| step.seq == seq)?;
    let told = file.told.iter().find(|told| told.seq == seq)?;
    let one = kind.one_move(&step.what)?;
    if !is_letter(one) {
        return None;
    }
    let case = number(&file.history.id.to_string());
    let number = format!("{case}-{seq}");
    let organ = organ(matter, step, lang);
    let subject = matter.dossier.subject();
    let who = crate::report::cover::who(subject, lang);
    let code = who.identifiers.first().map(|one| one.value.as_str());
    Some(Letter {
        lang,
        dated: step.on,
        title: format!("{} · {}", kind.title.get(lang), one.title.get(lang)),
        head: vec![
            line(&text::NUMBER, &number, lang),
            line(&text::CASE, &case, lang),
            line(&text::ORGAN, &organ, lang),
            line(&text::DATED, &step.on.to_string(), lang),
        ],
        addressee: format!("{} {}", who.name, code.unwrap_or_default()),
        says: said(one.letter.as_ref(), lang),
        matter: fact(matter, lang),
        decision: decision(kind, one, told, lang),
        remedy: one.remedy.as_ref().map(|text| text.get(lang).to_owned()),
        number,
    })
}

/// Whether a step is told to the subject by somebody else.
#[must_use]
pub fn is_letter(one: &Move) -> bool {
    one.told.contains(&Party::Subject)
}

/// A case's number as people read it out.
#[must_use]
pub fn number(id: &str) -> String {
    id.chars().take(DIGITS).collect::<String>().to_uppercase()
}

fn line(label: &Msg, value: &str, lang: Lang) -> Line {
    Line {
        code: String::new(),
        label: label.get(lang).to_owned(),
        value: value.to_owned(),
    }
}

fn said(text: Option<&Text>, lang: Lang) -> String {
    text.map(|text| text.get(lang).to_owned())
        .unwrap_or_default()
}

/// Who sends it: the agency that answers by its name, others by their part.
fn organ(matter: Matter<'_>, step: &Step, lang: Lang) -> String {
    let supplier = matter.catalog.supplier(&matter.file.supplier);
    match (step.by, supplier, entry(matter)) {
        (Party::Supplier, Some(supplier), _) => supplier.title.get(lang).to_owned(),
        // An authority that is in no list is named by its own fact.
        (Party::Supplier, None, Some(entry)) => item::source(matter.catalog, entry, lang),
        (Party::Supplier, None, None) => matter.file.supplier.clone(),
        (party, ..) => party.title(lang).to_owned(),
    }
}

/// The fact that the case is about.
fn entry(matter: Matter<'_>) -> Option<&Entry> {
    let mut entries = matter.dossier.entries().iter();
    entries.find(|entry| Some(entry.record) == matter.file.record)
}

/// The fact by its theme, source and document.
fn fact(matter: Matter<'_>, lang: Lang) -> Vec<Line> {
    let Some(entry) = entry(matter) else {
        return Vec::new();
    };
    let source = item::source(matter.catalog, entry, lang);
    let mut lines = vec![
        line(&text::THEME, entry.theme.title.get(lang), lang),
        line(&text::SOURCE, &source, lang),
    ];
    let number = item::document(entry).number;
    lines.extend(number.map(|number| line(&text::DOCUMENT_NUMBER, &number, lang)));
    lines
}

/// What was decided: the step, where the case stands then, what was said, the basis.
fn decision(kind: &Kind, one: &Move, told: &Told, lang: Lang) -> Vec<Line> {
    let state = kind.state(&one.to);
    let state = state.map_or(one.to.as_str(), |state| state.title.get(lang));
    let mut lines = vec![
        line(&text::STEP, one.title.get(lang), lang),
        line(&text::STATE, state, lang),
    ];
    for (label, name) in FIELDS {
        let Some(value) = told.field(name) else {
            continue;
        };
        let choice = one.choices.iter().find(|choice| choice.code == value);
        let value = match choice.filter(|_| name == "choice") {
            Some(choice) => choice.title.get(lang),
            None => value,
        };
        lines.push(line(label, value, lang));
    }
    let version = told.version.map(|version| version.to_string());
    lines.extend(version.map(|version| line(&text::VERSION, &version, lang)));
    lines.push(line(&text::BASIS, &one.basis, lang));
    lines
}

/// Fields of what was said, in the order of a letter.
const FIELDS: [(&Msg, &str); 18] = [
    (&text::CHOICE, "choice"),
    (&text::REASON, "reason"),
    (&text::DOCUMENT_KIND, "document-kind"),
    (&text::DOCUMENT_NUMBER, "document-number"),
    (&text::DOCUMENT_DAY, "document-day"),
    (&text::DOCUMENT_ORGAN, "document-organ"),
    (&text::COMMITMENT, "commitment"),
    (&text::CONTENT_BASIS, "content-basis"),
    (&text::CONTENT_MEASURES, "content-measures"),
    (&text::CONTENT_REMOVAL, "content-removal"),
    (&text::CONTENT_REMEDIES, "content-remedies"),
    (&text::PROMISE_CONTENT, "promise-content"),
    (&text::PROMISE_LIABILITY, "promise-liability"),
    (&text::PROMISE_OPEN, "promise-open"),
    (&text::PROMISE_UNTIL, "promise-until"),
    (&text::HEAD, "head"),
    (&text::SERVICE_DAY, "service-day"),
    (&text::SERVICE_WAY, "service-way"),
];
