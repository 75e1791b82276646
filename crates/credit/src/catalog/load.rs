//! From the files of a catalogue folder to a [`Catalog`], or to everything that is wrong with them.

mod cases;
mod supply;

use super::build::{self, Shelf};
use super::check::{self, bundle::Source};
use super::finding::{Desk, Finding, Grade};
use super::model::{
    Catalog, CodeSet, CodeValue, HoldClock, LookLimits, SharingTerms, Succession, Supplier,
    UsePurpose,
};
use super::raw::measures::RawEdition;
use super::raw::models::RawModel;
use super::raw::{At, RawCodeSet, RawHolds, RawPurposes, RawSharingRules, RawSuppliers, RawTheme};
use super::refusals;
use crate::calendar::Calendar;
use crate::lang::Text;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;

/// Bytes of one catalogue file. The largest shipped theme has under 40 kB; a page that nobody can
/// read in one sitting is not reviewed.
pub const FILE_BYTES: usize = 256 * 1024;

/// A file of the catalogue: its path below the catalogue folder, and its text.
pub type File = (String, String);

impl Catalog {
    /// Loads a catalogue. Paths are relative to its folder and use `/`.
    ///
    /// # Errors
    /// Every finding, warnings included, if at least one of them is an error.
    pub fn load(files: &[File]) -> Result<Catalog, Vec<Finding>> {
        let (catalog, findings) = read(files);
        let refused = findings
            .iter()
            .any(|finding| finding.severity == Grade::Error);
        if refused { Err(findings) } else { Ok(catalog) }
    }
}

/// Everything the checker has to say about a catalogue, ordered by file and line.
#[must_use]
pub fn check(files: &[File]) -> Vec<Finding> {
    read(files).1
}

/// SHA-256 of texts, each preceded by its length so that no two lists share a digest.
pub(super) fn digest<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<&str> = texts.into_iter().collect();
    let mut hasher = Sha256::new();
    for text in &texts {
        if texts.len() > 1 {
            hasher.update((text.len() as u64).to_be_bytes());
        }
        hasher.update(text.as_bytes());
    }
    let bytes = hasher.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(files: &[File]) -> (Catalog, Vec<Finding>) {
    let mut sorted: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .filter(|(path, _)| !path.starts_with("examples/") && path.ends_with(".toml"))
        .collect();
    sorted.sort_unstable();
    let mut findings = Vec::new();
    sorted.retain(|(path, text)| is_readable(path, text, &mut findings));
    let mut catalog = Catalog {
        digest: digest(sorted.iter().flat_map(|(path, text)| [*path, *text])),
        ..Catalog::default()
    };
    catalog.code_sets = code_sets(&sorted, &mut findings);
    (catalog.suppliers, catalog.successions) = suppliers(&sorted, &mut findings);
    catalog.holds = holds(&sorted, &mut findings);
    catalog.purposes = purposes(&sorted, &mut findings);
    (catalog.sharing, catalog.looks) = sharing(&sorted, &mut findings);
    catalog.supply = supply::rules(&sorted, &mut findings);
    catalog.calendar = calendar(&sorted, &mut findings);
    catalog.themes = themes(&sorted, &catalog, &mut findings);
    catalog.measures = measures(&sorted, &catalog, &mut findings);
    catalog.models = models(&sorted, &catalog, &mut findings);
    catalog.cases = cases::kinds(&sorted, &mut findings);
    findings.sort_by(|a, b| (&a.file, a.line, &a.rule).cmp(&(&b.file, b.line, &b.rule)));
    (catalog, findings)
}

/// Refuses files too large to review and files that nobody would read.
fn is_readable(path: &str, text: &str, findings: &mut Vec<Finding>) -> bool {
    let mut desk = Desk::new(path, text, findings);
    let folder = path.split_once('/').map(|(folder, _)| folder);
    let known = match folder {
        Some(folder) => matches!(
            folder,
            "themes" | "codes" | "calendars" | "measures" | "models" | "cases"
        ),
        None => matches!(
            path,
            "suppliers.toml"
                | "holds.toml"
                | "purposes.toml"
                | "sharing.toml"
                | "supply.toml"
                | "content.toml"
                | "never-collected.toml"
                | "areas.toml"
                | "bodies.toml"
        ),
    };
    if !known {
        desk.refuse(0..0, &refusals::PATH, &[]);
    }
    if text.len() > FILE_BYTES {
        let (found, most) = (text.len().to_string(), FILE_BYTES.to_string());
        desk.refuse(0..0, &refusals::SIZE, &[&found, &most]);
        return false;
    }
    known
}

/// Reads one file; a defect of form becomes a finding on its line.
fn parse<T: DeserializeOwned>(desk: &mut Desk<'_>) -> Option<T> {
    match toml::from_str(desk.content()) {
        Ok(value) => Some(value),
        Err(error) => {
            let message = error.message();
            let refusal = if message.starts_with("unknown field") {
                &refusals::UNKNOWN_KEY
            } else if ["`zh`", "`en`", "`ru`"]
                .iter()
                .any(|lang| message == format!("missing field {lang}"))
            {
                &refusals::LANGUAGE
            } else {
                &refusals::SYNTAX
            };
            desk.refuse(error.span().unwrap_or(0..0), refusal, &[message]);
            None
        }
    }
}

fn in_folder<'f>(
    files: &'f [(&'f str, &'f str)],
    folder: &'static str,
) -> impl Iterator<Item = &'f (&'f str, &'f str)> {
    files.iter().filter(move |(path, _)| {
        path.split_once('/')
            .is_some_and(|(first, _)| first == folder)
    })
}

fn themes(
    files: &[(&str, &str)],
    catalog: &Catalog,
    findings: &mut Vec<Finding>,
) -> Vec<Arc<super::Theme>> {
    let shelf = Shelf {
        sets: &catalog.code_sets,
        suppliers: &catalog.suppliers,
    };
    let mut sources = Vec::new();
    for (file, content) in in_folder(files, "themes") {
        let mut desk = Desk::new(file, content, findings);
        let Some(raw) = parse::<RawTheme>(&mut desk) else {
            continue;
        };
        let theme = build::theme(&mut desk, &raw, &shelf);
        check::theme(&mut desk, &raw, &theme);
        sources.push(Source {
            file,
            content,
            raw,
            theme,
        });
    }
    check::together(&sources, findings);
    let mut themes: Vec<_> = sources
        .into_iter()
        .map(|source| Arc::new(source.theme))
        .collect();
    themes.sort_by(|a, b| (&a.code, a.valid_from).cmp(&(&b.code, b.valid_from)));
    themes
}

fn measures(
    files: &[(&str, &str)],
    catalog: &Catalog,
    findings: &mut Vec<Finding>,
) -> Vec<crate::measure::Edition> {
    let themes: Vec<&str> = catalog.themes.iter().map(|one| one.code.as_str()).collect();
    let mut editions = Vec::new();
    for (file, content) in in_folder(files, "measures") {
        let mut desk = Desk::new(file, content, findings);
        let raw = parse::<RawEdition>(&mut desk);
        editions.extend(raw.and_then(|raw| build::measures::edition(&mut desk, &raw, &themes)));
    }
    editions
}

/// Models of grading, by code, then by `valid_from`; two versions of one may not share a day.
fn models(
    files: &[(&str, &str)],
    catalog: &Catalog,
    findings: &mut Vec<Finding>,
) -> Vec<Arc<crate::grade::Model>> {
    let mut models: Vec<Arc<crate::grade::Model>> = Vec::new();
    for (file, content) in in_folder(files, "models") {
        let mut desk = Desk::new(file, content, findings);
        let Some(raw) = parse::<RawModel>(&mut desk) else {
            continue;
        };
        let Some(model) = build::models::model(&mut desk, &raw) else {
            continue;
        };
        check::models::model(&mut desk, &raw, &model, &catalog.themes);
        let other = models.iter().find(|known| {
            known.code == model.code
                && (known.version == model.version
                    || known.valid_to.is_none_or(|end| model.valid_from <= end)
                        && model.valid_to.is_none_or(|end| known.valid_from <= end))
        });
        if let Some(other) = other {
            let details = [other.version.as_str(), other.code.as_str()];
            desk.refuse(raw.model.span(), &refusals::OVERLAP, &details);
        }
        models.push(Arc::new(model));
    }
    models.sort_by(|one, two| (&one.code, one.valid_from).cmp(&(&two.code, two.valid_from)));
    models
}

fn code_sets(files: &[(&str, &str)], findings: &mut Vec<Finding>) -> Vec<Arc<CodeSet>> {
    let mut sets: Vec<Arc<CodeSet>> = Vec::new();
    for (file, content) in in_folder(files, "codes") {
        let mut desk = Desk::new(file, content, findings);
        let Some(raw) = parse::<RawCodeSet>(&mut desk) else {
            continue;
        };
        if sets.iter().any(|set| set.code == *raw.code.get_ref()) {
            desk.refuse(raw.code.span(), &refusals::DUPLICATE, &[raw.code.get_ref()]);
        }
        for note in &raw.unverified {
            desk.warn(note.span(), &refusals::UNVERIFIED, &[note.get_ref()]);
        }
        sets.push(Arc::new(code_set(&mut desk, &raw)));
    }
    sets
}

/// One spelling means one value: a shared alias would make a row mean two things.
fn code_set(desk: &mut Desk<'_>, raw: &RawCodeSet) -> CodeSet {
    let mut seen = HashSet::new();
    let mut values = Vec::new();
    for value in &raw.values {
        let value = value.get_ref();
        for name in std::iter::once(&value.value).chain(&value.aliases) {
            if !seen.insert(name.get_ref().clone()) {
                desk.refuse(name.span(), &refusals::DUPLICATE, &[name.get_ref()]);
            }
        }
        values.push(CodeValue {
            value: value.value.get_ref().clone(),
            aliases: value
                .aliases
                .iter()
                .map(|alias| alias.get_ref().clone())
                .collect(),
            title: value
                .title
                .as_ref()
                .map_or_else(|| same(value.value.get_ref()), |title| full(desk, title)),
        });
    }
    CodeSet {
        code: raw.code.get_ref().clone(),
        title: full(desk, &raw.title),
        values,
    }
}

/// A value that reads the same in every language.
fn same(value: &str) -> Text {
    Text {
        zh: value.to_owned(),
        en: value.to_owned(),
        ru: value.to_owned(),
    }
}

fn full(desk: &mut Desk<'_>, text: &At<Text>) -> Text {
    let value = text.get_ref();
    for (lang, part) in [("zh", &value.zh), ("en", &value.en), ("ru", &value.ru)] {
        if part.trim().is_empty() {
            desk.refuse(text.span(), &refusals::LANGUAGE, &[lang]);
        }
    }
    value.clone()
}

fn suppliers(
    files: &[(&str, &str)],
    findings: &mut Vec<Finding>,
) -> (Vec<Supplier>, Vec<Succession>) {
    let Some((file, content)) = files.iter().find(|(path, _)| *path == "suppliers.toml") else {
        return Default::default();
    };
    let mut desk = Desk::new(file, content, findings);
    let Some(raw) = parse::<RawSuppliers>(&mut desk) else {
        return Default::default();
    };
    let mut suppliers: Vec<Supplier> = Vec::new();
    for supplier in &raw.suppliers {
        let supplier = supplier.get_ref();
        let code = supplier.code.get_ref();
        if suppliers.iter().any(|known| known.code == *code) {
            desk.refuse(supplier.code.span(), &refusals::DUPLICATE, &[code]);
        }
        suppliers.push(Supplier {
            code: code.clone(),
            title: full(&mut desk, &supplier.title),
            area: supplier.area.get_ref().clone(),
            relays: supplier.relays,
            limits: supplier
                .limits
                .iter()
                .filter_map(|limit| supply::limit(&mut desk, limit.get_ref()))
                .collect(),
        });
    }
    let successions = build::sharing::successions(&mut desk, &raw);
    (suppliers, successions)
}

fn holds(files: &[(&str, &str)], findings: &mut Vec<Finding>) -> Vec<HoldClock> {
    let Some((file, content)) = files.iter().find(|(path, _)| *path == "holds.toml") else {
        return Vec::new();
    };
    let mut desk = Desk::new(file, content, findings);
    let Some(raw) = parse::<RawHolds>(&mut desk) else {
        return Vec::new();
    };
    let mut holds = Vec::new();
    for hold in &raw.holds {
        let hold = hold.get_ref();
        holds.push(HoldClock {
            code: hold.code.get_ref().clone(),
            title: full(&mut desk, &hold.title),
            ask_within: hold.ask_within_working_days,
            answer_within: hold.answer_within_working_days,
            basis: hold.basis.clone(),
            verified: hold.verified,
        });
    }
    holds
}

fn purposes(files: &[(&str, &str)], findings: &mut Vec<Finding>) -> Vec<UsePurpose> {
    let Some((file, content)) = files.iter().find(|(path, _)| *path == "purposes.toml") else {
        return Vec::new();
    };
    let mut desk = Desk::new(file, content, findings);
    let raw = parse::<RawPurposes>(&mut desk);
    raw.map_or_else(Vec::new, |raw| build::sharing::purposes(&mut desk, &raw))
}

fn sharing(
    files: &[(&str, &str)],
    findings: &mut Vec<Finding>,
) -> (Vec<SharingTerms>, Vec<LookLimits>) {
    let Some((file, content)) = files.iter().find(|(path, _)| *path == "sharing.toml") else {
        return (Vec::new(), Vec::new());
    };
    let mut desk = Desk::new(file, content, findings);
    let raw = parse::<RawSharingRules>(&mut desk);
    raw.map_or_else(Default::default, |raw| {
        build::sharing::rules(&mut desk, &raw)
    })
}

/// Reads the years; their format belongs to [`crate::calendar`].
fn calendar(files: &[(&str, &str)], findings: &mut Vec<Finding>) -> Calendar {
    let mut years = Vec::new();
    for (file, content) in in_folder(files, "calendars") {
        match Calendar::parse_year(content) {
            Ok(year) => years.push(year),
            Err(error) => {
                let reason = error.to_string().replace('\n', " ");
                Desk::new(file, content, findings).refuse(0..0, &refusals::SYNTAX, &[&reason]);
            }
        }
    }
    Calendar::from_years(years)
}
