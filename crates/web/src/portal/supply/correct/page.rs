//! The pages of a correction: whose fact, which fact, the corrected row, the answers once more.

use super::{Ask, Desk};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::form::{self, Cell, Shown};
use crate::portal::supply::rejects::FaultLine;
use crate::portal::supply::{Choice, Fault, agencies, fault_of, field, submit};
use crate::reader::Reader;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use credit::catalog::Role;
use credit::people::Action;
use credit::subject::RecordId;
use exchange::corrections::{self, OwnFact, SubmissionCause};
use exchange::supply::CauseKind;
use views::history::HistoryVersion;

/// The fields of reasons in the list, by place: a fault must name a field that stands on the page.
pub(super) const REASONS: [&str; 8] = [
    "reason-1", "reason-2", "reason-3", "reason-4", "reason-5", "reason-6", "reason-7", "reason-8",
];

#[derive(Template)]
#[template(path = "supply/correct_start.html")]
struct StartPage<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    themes: Vec<Choice>,
    suppliers: Vec<Choice>,
    supplier: &'a str,
    code: &'a str,
    case: &'a str,
}

impl StartPage<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

/// One version of a fact, in a line.
struct PastLine {
    when: String,
    change: String,
    /// Item, its value before, its value since.
    changed: Vec<(String, String, String)>,
}

/// What was done about a fact.
struct CauseLine {
    when: String,
    kind: String,
    reason: String,
    paper: String,
}

struct FactLine {
    record: String,
    title: String,
    stands: bool,
    values: Vec<(String, String)>,
    past: Vec<PastLine>,
    causes: Vec<CauseLine>,
}

#[derive(Template)]
#[template(path = "supply/correct_list.html")]
struct ListPage<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    theme: &'a str,
    title: &'a str,
    supplier: &'a str,
    code: &'a str,
    case: &'a str,
    facts: Vec<FactLine>,
}

#[derive(Template)]
#[template(path = "supply/correct_form.html")]
struct FormPage<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    head: String,
    refusal: String,
    again: bool,
    theme: &'a str,
    title: &'a str,
    supplier: &'a str,
    hidden: Vec<(&'static str, String)>,
    cells: Vec<Cell>,
    rest: Vec<FaultLine>,
    extra: Vec<(&'static str, String)>,
}

impl FormPage<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }
}

#[derive(Template)]
#[template(path = "supply/correct_check.html")]
struct CheckPage<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    theme: &'a str,
    title: &'a str,
    supplier: &'a str,
    answers: Vec<(String, String)>,
    hidden: Vec<(String, String)>,
}

/// The fields that say why, with the message that labels each.
const EXTRA: [&str; 5] = [
    "reason",
    "paper-kind",
    "paper-number",
    "paper-day",
    "paper-organ",
];
/// The fields that say which fact.
const WHICH: [&str; 4] = ["code", "case", "record", "version"];

pub(super) fn theme_fault(reader: &Reader) -> Vec<Fault> {
    let text = Frame::new(reader).t.get("submit-theme-missing");
    vec![Fault::new("theme", text)]
}

/// Whose fact is it, and why is it looked at.
pub(super) fn start(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    ask: &Ask,
    fields: &[(String, String)],
    faults: Vec<Fault>,
) -> Response {
    let f = Frame::new(reader);
    let reach = clerk.actor.reach(Action::FactCorrect);
    let own = reach.agencies().and_then(|own| own.first().copied());
    let supplier = if ask.supplier.is_empty() {
        own.unwrap_or_default()
    } else {
        &ask.supplier
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = StartPage {
        f: &f,
        clerk,
        faults,
        themes: submit::themes(site, &reach, &ask.theme, reader.lang),
        suppliers: agencies(&site.office.catalog, &reach, supplier, reader.lang),
        supplier,
        code: field(fields, "code"),
        case: field(fields, "case"),
    };
    page::answer(status, &f, &page)
}

impl Desk<'_> {
    /// The agency's own facts on the subject, each to be corrected or taken back.
    pub(super) fn list(&self, facts: &[OwnFact], faults: Vec<Fault>) -> Response {
        let f = Frame::new(self.reader);
        let status = if faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let page = ListPage {
            f: &f,
            clerk: self.clerk,
            faults,
            theme: &self.theme.code,
            title: self.theme.title.get(f.t.lang),
            supplier: self.supplier,
            code: self.field("code"),
            case: self.field("case"),
            facts: facts.iter().map(|fact| fact_line(fact, &f)).collect(),
        };
        page::answer(status, &f, &page)
    }

    pub(super) fn form(&self, shown: Shown, faults: Vec<Fault>, seen: (RecordId, u32)) -> Response {
        let f = Frame::new(self.reader);
        let status = shown.status();
        let (cells, rest) = form::cells(&self.theme, &shown.values, shown.faults, &f);
        let (record, version) = seen;
        let page = FormPage {
            f: &f,
            clerk: self.clerk,
            head: f.t.get("faults-title"),
            refusal: shown.refusal,
            again: shown.again && faults.is_empty(),
            faults,
            theme: &self.theme.code,
            title: self.theme.title.get(f.t.lang),
            supplier: self.supplier,
            hidden: vec![
                ("code", self.field("code").to_owned()),
                ("case", self.field("case").to_owned()),
                ("record", record.to_string()),
                ("version", version.to_string()),
            ],
            cells,
            rest,
            extra: EXTRA.map(|name| (name, self.field(name).to_owned())).into(),
        };
        page::answer(status, &f, &page)
    }

    /// The corrected row and its ground, to be read once more.
    pub(super) fn answers(&self, typed: &[String], canonical: &[String]) -> Response {
        let f = Frame::new(self.reader);
        let items = self
            .theme
            .items
            .iter()
            .filter(|item| item.role != Role::PersonIdentifier);
        let value = |values: &[String], code: &str| {
            let ix = self.theme.item(code)?;
            values.get(ix).filter(|value| !value.is_empty()).cloned()
        };
        let mut answers: Vec<(String, String)> = items
            .clone()
            .filter_map(|item| {
                Some((
                    item.title.get(f.t.lang).to_owned(),
                    value(canonical, &item.code)?,
                ))
            })
            .collect();
        let why = EXTRA.iter().map(|name| {
            (
                f.t.get(&format!("correct-{name}")),
                self.field(name).to_owned(),
            )
        });
        answers.extend(why);
        let mut hidden: Vec<(String, String)> = items
            .filter_map(|item| Some((format!("c-{}", item.code), value(typed, &item.code)?)))
            .collect();
        let told = WHICH.iter().chain(&EXTRA);
        hidden.extend(told.map(|name| ((*name).to_owned(), self.field(name).to_owned())));
        let page = CheckPage {
            f: &f,
            clerk: self.clerk,
            theme: &self.theme.code,
            title: self.theme.title.get(f.t.lang),
            supplier: self.supplier,
            answers,
            hidden,
        };
        page::answer(StatusCode::OK, &f, &page)
    }
}

fn fact_line(fact: &OwnFact, f: &Frame) -> FactLine {
    let titled = |code: &str| {
        let item = fact
            .theme
            .item(code)
            .and_then(|ix| fact.theme.items.get(ix));
        item.map_or_else(
            || code.to_owned(),
            |item| item.title.get(f.t.lang).to_owned(),
        )
    };
    let number = fact.theme.item_with(Role::DocumentNumber);
    let number = number
        .and_then(|ix| fact.theme.items.get(ix))
        .map(|item| item.code.as_str());
    let title = fact
        .values
        .iter()
        .find(|(code, _)| Some(code.as_str()) == number);
    let title = title
        .or(fact.values.first())
        .map(|(_, value)| value.clone());
    FactLine {
        record: fact.record.to_string(),
        title: title.unwrap_or_default(),
        stands: fact.stands,
        values: fact
            .values
            .iter()
            .map(|(code, value)| (titled(code), value.clone()))
            .collect(),
        past: past_lines(fact),
        causes: fact
            .causes
            .iter()
            .map(|cause| cause_line(cause, f))
            .collect(),
    }
}

/// The versions, newest first; of each what it changed, with both values (R43).
fn past_lines(fact: &OwnFact) -> Vec<PastLine> {
    let versions = fact
        .history
        .as_ref()
        .map(|history| history.versions.as_slice());
    let versions = versions.unwrap_or_default();
    let shown = |version: Option<&HistoryVersion>, code: &str| {
        let value = version?.values.iter().find(|value| value.code == code)?;
        Some((value.label.clone(), value.shown.clone()))
    };
    let lines = versions
        .iter()
        .enumerate()
        .map(|(place, version)| PastLine {
            when: page::moment(version.known_at.0),
            change: version.change.text.clone(),
            changed: version
                .changed
                .iter()
                .filter_map(|code| {
                    let (new, old) = (
                        shown(Some(version), code),
                        shown(versions.get(place + 1), code),
                    );
                    let label = new.as_ref().or(old.as_ref())?.0.clone();
                    let text = |value: Option<(String, String)>| {
                        value.map(|one| one.1).unwrap_or_default()
                    };
                    Some((label, text(old), text(new)))
                })
                .collect(),
        });
    lines.collect()
}

fn cause_line(cause: &SubmissionCause, f: &Frame) -> CauseLine {
    let paper = corrections::paper(cause).map(|paper| {
        let values = [
            ("kind", paper.kind.into()),
            ("number", paper.number.into()),
            ("day", paper.day.into()),
            ("organ", paper.organ.into()),
        ];
        f.t.with("correct-paper", &values)
    });
    CauseLine {
        when: page::moment(cause.made_at.0),
        kind: f.t.get(kind(cause.what.kind)),
        reason: cause.what.reason.clone(),
        paper: paper.unwrap_or_default(),
    }
}

/// What a cause is called.
pub(in crate::portal::supply) fn kind(kind: CauseKind) -> &'static str {
    match kind {
        CauseKind::Correction => "cause-correction",
        CauseKind::Recall => "cause-recall",
        CauseKind::Undo => "cause-undo",
        CauseKind::Nil => "cause-nil",
    }
}
