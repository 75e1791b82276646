//! One theme: what is collected, on what basis, who sees it, for how long, and how it ends.

use super::words::{self, BasisLine};
use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::catalog::model::{Item, Repair, Required};
use credit::catalog::{Catalog, Mode, Role, Theme};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    edition: Option<String>,
}

struct ItemRow {
    code: String,
    title: String,
    kind: String,
    required: String,
    exposure: String,
    notes: Vec<String>,
}

struct Term {
    severity: String,
    published: bool,
    min: String,
    max: String,
}

struct Edition {
    version: String,
    from: String,
    to: String,
    shown: bool,
}

struct Fact {
    label: String,
    value: String,
}

#[derive(Template)]
#[template(path = "theme.html")]
struct Page<'a> {
    f: &'a Frame,
    theme: &'a Theme,
    title: &'a str,
    about: &'a str,
    facts: Vec<Fact>,
    bases: Vec<BasisLine>,
    sharing: Vec<Fact>,
    clocks: Vec<Fact>,
    severity: Option<BasisLine>,
    terms: Vec<Term>,
    repair: Vec<Fact>,
    items: Vec<ItemRow>,
    editions: Vec<Edition>,
}

pub(super) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Path(code): Path<String>,
    Query(ask): Query<Ask>,
) -> Response {
    let catalog = &site.office.catalog;
    let found = super::edition(catalog, &code, ask.edition.as_deref(), site.office.today());
    let Some(theme) = found else {
        return page::error(&reader, &exchange::Error::NotFound);
    };
    let f = Frame::new(&reader);
    let page = Page {
        f: &f,
        theme,
        title: theme.title.get(reader.lang),
        about: theme.about.get(reader.lang),
        facts: facts(catalog, theme, &f),
        bases: theme
            .bases
            .iter()
            .map(|basis| words::basis(basis, &f))
            .collect(),
        sharing: sharing(theme, &f),
        clocks: clocks(theme, &f),
        severity: theme
            .severity
            .as_ref()
            .map(|table| words::basis(&table.basis, &f)),
        terms: terms(theme, &f),
        repair: repair(theme, &f),
        items: theme
            .items
            .iter()
            .map(|item| item_row(theme, item, &f))
            .collect(),
        editions: editions(catalog, theme),
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn fact(f: &Frame, label: &str, value: impl Into<String>) -> Fact {
    Fact {
        label: f.t.get(label),
        value: value.into(),
    }
}

fn facts(catalog: &Catalog, theme: &Theme, f: &Frame) -> Vec<Fact> {
    let kinds: Vec<String> = theme
        .subject_kinds
        .iter()
        .map(|kind| f.t.get(&format!("kind-{}", kind.code())))
        .collect();
    let mode = match theme.submission.mode {
        Mode::Delta => "mode-delta",
        Mode::Snapshot => "mode-snapshot",
    };
    let mut facts = vec![
        fact(f, "theme-code", &*theme.code),
        fact(
            f,
            "theme-class",
            f.t.get(&format!("class-{}", words::class(theme.class))),
        ),
        fact(f, "theme-jurisdiction", &*theme.jurisdiction),
        fact(f, "theme-suppliers", words::suppliers(catalog, theme, f)),
        fact(f, "theme-kinds", kinds.join(" · ")),
        fact(
            f,
            "theme-public",
            f.t.get(if theme.public { "yes" } else { "no" }),
        ),
        fact(
            f,
            "theme-frequency",
            theme.reporting.frequency.get(f.t.lang),
        ),
        fact(f, "theme-mode", f.t.get(mode)),
    ];
    if let Some((days, from)) = theme.reporting.deadline {
        let item = theme
            .items
            .get(from)
            .map(|item| item.title.get(f.t.lang))
            .unwrap_or_default();
        let text = f.t.with(
            "deadline-days",
            &[("count", u64::from(days).into()), ("item", item.into())],
        );
        facts.push(fact(f, "theme-deadline", text));
    }
    facts
}

fn sharing(theme: &Theme, f: &Frame) -> Vec<Fact> {
    let class = words::sharing(theme.sharing.class);
    let mut lines = vec![fact(
        f,
        "theme-sharing",
        f.t.get(&format!("sharing-{class}")),
    )];
    if let Some(reason) = &theme.sharing.reason {
        lines.push(fact(f, "theme-reason", reason.get(f.t.lang)));
    }
    if let Some(basis) = &theme.sharing.basis {
        let basis = words::basis(basis, f);
        lines.push(fact(
            f,
            "theme-basis",
            format!("{} {}", basis.law, basis.article),
        ));
    }
    lines
}

fn clocks(theme: &Theme, f: &Frame) -> Vec<Fact> {
    let clocks = &theme.clocks;
    // Where severity decides, the table below says how long.
    let publicity = match (clocks.publicity, &theme.severity) {
        (None, Some(_)) => f.t.get("clock-by-severity"),
        (span, _) => words::span(span, f),
    };
    let mut lines = vec![
        fact(f, "clock-publicity", publicity),
        fact(f, "clock-sharing", words::span(clocks.sharing, f)),
        fact(f, "clock-query", words::span(clocks.query, f)),
        fact(f, "clock-archive", words::span(clocks.archive, f)),
    ];
    if let Some(item) = clocks.from.and_then(|ix| theme.items.get(ix)) {
        lines.push(fact(f, "clock-from", item.title.get(f.t.lang)));
    }
    lines
}

fn terms(theme: &Theme, f: &Frame) -> Vec<Term> {
    let table = theme.severity.iter().flat_map(|table| &table.publicity);
    table
        .map(|term| Term {
            severity: f.t.get(&format!("severity-{}", term.severity.code())),
            published: term.published,
            min: term
                .min
                .map_or_else(|| "—".to_owned(), |min| words::span(Some(min), f)),
            max: if term.published {
                words::span(Some(term.max), f)
            } else {
                "—".to_owned()
            },
        })
        .collect()
}

fn repair(theme: &Theme, f: &Frame) -> Vec<Fact> {
    let (answer, how, basis) = match &theme.repair {
        Repair::NotApplicable => return vec![fact(f, "theme-repair", f.t.get("repair-none"))],
        Repair::Repairable(how, basis) => ("yes", how, basis),
        Repair::NotRepairable(how, basis) => ("no", how, basis),
    };
    let basis = words::basis(basis, f);
    vec![
        fact(f, "theme-repair", f.t.get(answer)),
        fact(f, "repair-how", how.get(f.t.lang)),
        fact(f, "theme-basis", format!("{} {}", basis.law, basis.article)),
    ]
}

fn item_row(theme: &Theme, item: &Item, f: &Frame) -> ItemRow {
    let mut notes = Vec::new();
    if item.role == Role::PersonIdentifier {
        notes.push(f.t.get("item-never-stored"));
    } else if item.personal {
        notes.push(f.t.get("item-personal"));
    }
    if item.free_text {
        notes.push(f.t.get("item-free-text"));
    }
    if let Some(mask) = item.mask {
        let kept = [
            ("left", u64::from(mask.left).into()),
            ("right", u64::from(mask.right).into()),
        ];
        notes.push(f.t.with("item-mask", &kept));
    }
    if let Some(consent) = item.consent.and_then(|ix| theme.items.get(ix)) {
        notes.push(f.t.one("item-consent", "item", consent.title.get(f.t.lang)));
    }
    ItemRow {
        code: item.code.clone(),
        title: item.title.get(f.t.lang).to_owned(),
        kind: words::kind(&item.kind, f),
        required: f.t.get(match item.required {
            Required::No => "required-no",
            Required::Yes => "required-yes",
            Required::When(_) => "required-when",
        }),
        exposure: f
            .t
            .get(&format!("exposure-{}", words::exposure(item.exposure))),
        notes,
    }
}

fn editions(catalog: &Catalog, shown: &Theme) -> Vec<Edition> {
    let editions = catalog
        .themes
        .iter()
        .filter(|theme| theme.code == shown.code);
    editions
        .map(|theme| Edition {
            version: theme.version.clone(),
            from: theme.valid_from.to_string(),
            to: theme
                .valid_to
                .map(|day| day.to_string())
                .unwrap_or_default(),
            shown: theme.version == shown.version,
        })
        .collect()
}
