//! A case as a page shows it: where it stands, the fact, what happened, what may be done.

use super::form::Sent;
use crate::Site;
use crate::page::{self, Frame};
use crate::portal::supply::{supplier_title, theme_title};
use credit::case::{Kind, Move, Need};
use credit::lang::Lang;
use exchange::cases::{Shown, Standing};
use views::duty::DutyFact;
use views::lookup::Lookup;

/// A label and a value.
pub(in crate::portal) struct Line {
    pub(in crate::portal) label: String,
    pub(in crate::portal) value: String,
}

/// An attached file.
pub(in crate::portal) struct File {
    pub(in crate::portal) path: String,
    pub(in crate::portal) name: String,
    pub(in crate::portal) size: u64,
}

/// A move that was made.
pub(in crate::portal) struct Step {
    pub(in crate::portal) at: String,
    pub(in crate::portal) what: String,
    pub(in crate::portal) state: String,
    pub(in crate::portal) party: &'static str,
    pub(in crate::portal) letter: String,
    pub(in crate::portal) said: Vec<Line>,
    pub(in crate::portal) files: Vec<File>,
    /// The address of its letter; empty where it is none.
    pub(in crate::portal) paper: String,
    pub(in crate::portal) remedy: String,
    pub(in crate::portal) basis: String,
}

/// A choice of a form.
pub(in crate::portal) struct Choice {
    pub(in crate::portal) code: String,
    pub(in crate::portal) title: String,
    pub(in crate::portal) chosen: bool,
}

/// A step that may be taken, with the reasons of which one is chosen.
pub(in crate::portal) struct Open {
    pub(in crate::portal) code: String,
    pub(in crate::portal) title: String,
    pub(in crate::portal) hint: String,
    pub(in crate::portal) chosen: bool,
}

/// Everything on one case.
pub(in crate::portal) struct View {
    /// The address of the case's page; what is under it begins with it.
    pub(in crate::portal) path: String,
    pub(in crate::portal) number: String,
    pub(in crate::portal) title: String,
    pub(in crate::portal) about: String,
    pub(in crate::portal) subject: String,
    pub(in crate::portal) state: String,
    pub(in crate::portal) overdue: bool,
    pub(in crate::portal) lines: Vec<Line>,
    pub(in crate::portal) facts: Vec<DutyFact>,
    pub(in crate::portal) steps: Vec<Step>,
    pub(in crate::portal) open: Vec<Open>,
    pub(in crate::portal) choices: Vec<Choice>,
    pub(in crate::portal) seen: u32,
    pub(in crate::portal) head: bool,
    pub(in crate::portal) document: bool,
    pub(in crate::portal) version: bool,
    pub(in crate::portal) correct: String,
    pub(in crate::portal) papers: Vec<&'static str>,
    pub(in crate::portal) service: bool,
    pub(in crate::portal) contents: Vec<&'static str>,
    pub(in crate::portal) fact: bool,
    sent: Vec<(String, String)>,
}

impl View {
    /// What was typed, to be kept when something is wrong with it.
    pub(in crate::portal) fn typed(&self, name: &str) -> &str {
        crate::portal::supply::field(&self.sent, name)
    }
}

/// The fields of a legal document.
pub(in crate::portal) const PAPERS: [&str; 4] = [
    "document-kind",
    "document-number",
    "document-day",
    "document-organ",
];

/// What a decision to list says beside its reasons.
const CONTENTS: [&str; 4] = [
    "content-basis",
    "content-measures",
    "content-removal",
    "content-remedies",
];

/// Makes it.
pub(in crate::portal) fn view(
    site: &Site,
    f: &Frame,
    shown: &Shown,
    path: &str,
    sent: Sent,
) -> View {
    let (catalog, lang) = (&site.office.catalog, f.t.lang);
    let (file, kind, standing) = (&shown.file, &shown.kind, &shown.standing);
    let duty = views::duty::duty(catalog, &shown.dossier, lang);
    let needs = |need: Need| shown.open.iter().any(|one| one.needs(need));
    let code = duty.who.identifiers.first();
    let code = code.map(|one| one.value.clone()).unwrap_or_default();
    let version = needs(Need::Version) || needs(Need::Removal);
    let correct = format!(
        "/supply/correct?supplier={}&theme={}&code={code}",
        file.supplier, file.theme
    );
    View {
        path: path.to_owned(),
        number: number(&file.history.id.to_string()),
        title: kind.title.get(lang).to_owned(),
        about: kind.about.get(lang).to_owned(),
        subject: format!("{} {code}", duty.who.name),
        state: state(kind, &standing.state, lang),
        overdue: standing.overdue,
        lines: lines(site, f, shown, duty.facts.first()),
        facts: duty.facts,
        steps: steps(f, shown, path),
        open: open(&shown.open, f, sent.field("move")),
        choices: choices(&shown.open, lang, sent.field("choice")),
        seen: file.history.steps.last().map_or(0, |step| step.seq),
        head: needs(Need::Head),
        document: needs(Need::Document),
        correct: if version { correct } else { String::new() },
        version,
        papers: PAPERS.to_vec(),
        service: needs(Need::Service),
        contents: match needs(Need::Contents) {
            true => CONTENTS.to_vec(),
            false => Vec::new(),
        },
        fact: needs(Need::Fact) || needs(Need::Gone),
        sent: sent.fields,
    }
}

pub(in crate::portal) use views::letter::number;

/// The title of a state.
pub(in crate::portal) fn state(kind: &Kind, code: &str, lang: Lang) -> String {
    let state = kind.state(code);
    state.map_or_else(|| code.to_owned(), |state| state.title.get(lang).to_owned())
}

/// Who has the next move, in words.
pub(in crate::portal) fn turn(standing: &Standing, lang: Lang) -> &'static str {
    standing.who.map_or("–", |who| who.title(lang))
}

fn lines(site: &Site, f: &Frame, shown: &Shown, fact: Option<&DutyFact>) -> Vec<Line> {
    let (file, standing, lang) = (&shown.file, &shown.standing, f.t.lang);
    let catalog = &site.office.catalog;
    // An authority that is in no list is named by its own fact.
    let source = match fact {
        Some(fact) if catalog.supplier(&file.supplier).is_none() => fact.source.clone(),
        _ => supplier_title(catalog, &file.supplier, lang),
    };
    let line = |key: &str, value: String| Line {
        label: f.t.get(key),
        value,
    };
    let mut lines = vec![
        line("col-theme", theme_title(catalog, &file.theme, lang)),
        line("col-supplier", source),
        line("case-opened", page::moment(file.opened_at.0)),
        line("case-turn", turn(standing, lang).to_owned()),
    ];
    for (key, day) in [
        ("case-due", standing.due),
        ("case-due-in-all", standing.due_in_all),
    ] {
        lines.extend(day.map(|day| line(key, day.to_string())));
    }
    for miss in &standing.missed {
        let done = miss.done.map(|day| day.to_string()).unwrap_or_default();
        let values = [
            ("who", miss.who.title(lang).into()),
            ("due", miss.due.to_string().into()),
            ("done", done.into()),
        ];
        let key = if miss.done.is_some() {
            "case-missed-done"
        } else {
            "case-missed"
        };
        lines.push(line("case-missed-title", f.t.with(key, &values)));
    }
    let bases = shown.kind.bases.iter();
    let bases: Vec<String> = bases
        .map(|basis| {
            let article = basis.article.as_deref().unwrap_or_default();
            format!("{} {article}", basis.law).trim().to_owned()
        })
        .collect();
    lines.push(line("case-basis", bases.join("；")));
    lines
}

fn steps(f: &Frame, shown: &Shown, path: &str) -> Vec<Step> {
    let (kind, lang) = (&shown.kind, f.t.lang);
    let made = shown.file.history.steps.iter();
    made.filter_map(|step| {
        let one = kind.one_move(&step.what)?;
        let told = shown.file.told.iter().find(|told| told.seq == step.seq)?;
        let text = |text: &Option<credit::lang::Text>| {
            let text = text.as_ref().map(|text| text.get(lang));
            text.unwrap_or_default().to_owned()
        };
        let mut said: Vec<Line> = told
            .said
            .iter()
            .map(|(name, value)| Line {
                label: f.t.get(&format!("case-said-{name}")),
                value: chosen(one, name, value, lang),
            })
            .collect();
        if let Some(version) = told.version {
            said.push(Line {
                label: f.t.get("case-version"),
                value: version.to_string(),
            });
        }
        let files = told.files.iter().map(|file| File {
            path: format!("{path}/files/{}/{}", step.seq, file.number),
            name: file.name.clone().unwrap_or_else(|| f.t.get("case-erased")),
            size: file.size.div_ceil(1024),
        });
        Some(Step {
            at: page::moment(told.at.0),
            what: one.title.get(lang).to_owned(),
            state: state(kind, &one.to, lang),
            party: step.by.title(lang),
            letter: text(&one.letter),
            remedy: text(&one.remedy),
            paper: match views::letter::is_letter(one) {
                true => format!("{path}/letters/{}", step.seq),
                false => String::new(),
            },
            files: files.collect(),
            said,
            basis: one.basis.clone(),
        })
    })
    .collect()
}

/// A field's value; of what was chosen its title.
fn chosen(one: &Move, name: &str, value: &str, lang: Lang) -> String {
    let found = one.choices.iter().find(|choice| choice.code == value);
    match found.filter(|_| name == "choice") {
        Some(choice) => choice.title.get(lang).to_owned(),
        None => value.to_owned(),
    }
}

fn open(moves: &[Move], f: &Frame, chosen: &str) -> Vec<Open> {
    let each = moves.iter().map(|one| {
        let needs: Vec<&str> = one.needs.iter().map(|need| need.title(f.t.lang)).collect();
        Open {
            hint: match needs.is_empty() {
                true => String::new(),
                false => f.t.one("case-needs", "needs", &needs.join(" · ")),
            },
            title: one.title.get(f.t.lang).to_owned(),
            chosen: one.code == chosen || moves.len() == 1,
            code: one.code.clone(),
        }
    });
    each.collect()
}

/// The facts of a subject to choose from.
pub(in crate::portal) fn facts(found: Lookup, chosen: &str) -> Vec<Choice> {
    let sections = found.sections.into_iter();
    let lines = sections.flat_map(|section| section.lines);
    lines
        .map(|line| {
            let code = line.record.to_string();
            let headline = line.headline.unwrap_or_default();
            Choice {
                title: format!("{} · {headline} · {}", line.title, line.dated),
                chosen: code == chosen,
                code,
            }
        })
        .collect()
}

/// The grounds and reasons of some moves, each once.
pub(in crate::portal) fn choices(moves: &[Move], lang: Lang, chosen: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> = Vec::new();
    for one in moves.iter().flat_map(|one| &one.choices) {
        if all.iter().all(|known| known.code != one.code) {
            all.push(Choice {
                code: one.code.clone(),
                title: one.title.get(lang).to_owned(),
                chosen: one.code == chosen,
            });
        }
    }
    all
}
