//! `gongxin catalog`: check, list, template, export, import.

use crate::args::{Args, Catalog as Ask};
use crate::exit::{Exit, Failure};
use crate::{out, setup, text};
use credit::catalog::finding::Grade;
use credit::catalog::frictionless::{ImportError, import as import_draft};
use credit::catalog::{Catalog, Theme};
use credit::lang::Lang;
use std::path::{Path, PathBuf};

pub(super) fn run(args: &Args, ask: &Ask) -> Result<Exit, Failure> {
    let lang = setup::lang(args);
    match ask {
        Ask::Check { paths } => check(args, paths, lang),
        Ask::List { json } => list(&setup::catalog(args, lang)?, *json, lang),
        Ask::Template { theme, output } => {
            template(&setup::catalog(args, lang)?, theme, output.as_deref(), lang)
        }
        Ask::Export { theme, output } => export(
            &setup::catalog(args, lang)?,
            theme.as_deref(),
            output.as_deref(),
            lang,
        ),
        Ask::Import { schema } => import(schema),
    }
}

/// Checks the given files together with the catalogue in use, so that layers and code sets resolve.
/// Warnings are told for the given files only; refusals come last, where a terminal shows them.
fn check(args: &Args, paths: &[PathBuf], lang: Lang) -> Result<Exit, Failure> {
    let mut files = setup::catalog_files(args.catalog.as_deref())?;
    let mut alone = Vec::new();
    for path in paths {
        if path.is_dir() {
            setup::policies(Some(path))?;
            files = setup::catalog_files(Some(path))?;
        } else {
            let content = std::fs::read_to_string(path)
                .map_err(|cause| Failure::io(path, text::CANNOT_READ_UTF8, cause))?;
            let name = theme_path(path);
            files.retain(|(known, _)| *known != name);
            alone.push(name.clone());
            files.push((name, content));
        }
    }
    let mut findings = credit::catalog::check(&files);
    findings.retain(|finding| {
        let about = alone.is_empty() || alone.contains(&finding.file);
        about || finding.severity == Grade::Error
    });
    findings.sort_by_key(|finding| finding.severity);
    for finding in &findings {
        out::line(&finding.line_in(lang))?;
    }
    let refused = findings
        .iter()
        .filter(|finding| finding.severity == Grade::Error)
        .count();
    let warnings = findings.len() - refused;
    let counts = [files.len(), refused, warnings].map(|count| count.to_string());
    let counts = counts.each_ref().map(String::as_str);
    out::line(&text::CATALOG_COUNTS.say(lang, &counts))?;
    Ok(if refused > 0 {
        Exit::CatalogRefused
    } else {
        Exit::Done
    })
}

/// A file given alone is a theme, whatever folder it lies in.
fn theme_path(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("themes/{name}")
}

fn list(catalog: &Catalog, json: bool, lang: Lang) -> Result<Exit, Failure> {
    if json {
        out::line(&exchange::browse::themes_json(catalog, lang))?;
        return Ok(Exit::Done);
    }
    for theme in &catalog.themes {
        let until = theme
            .valid_to
            .map(|day| day.to_string())
            .unwrap_or_default();
        out::line(&format!(
            "{}\t{}\t{}\t{until}\t{}\t{}",
            theme.code,
            theme.version,
            theme.valid_from,
            theme.suppliers.join(","),
            theme.title.get(lang)
        ))?;
    }
    Ok(Exit::Done)
}

fn find<'c>(catalog: &'c Catalog, code: &str) -> Result<&'c Theme, Failure> {
    catalog
        .themes
        .iter()
        .rev()
        .find(|theme| theme.code == code)
        .map(AsRef::as_ref)
        .ok_or_else(|| Failure::request(text::NO_THEME, &[code]))
}

fn template(
    catalog: &Catalog,
    code: &str,
    output: Option<&Path>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let theme = find(catalog, code)?;
    let bytes = intake::template::xlsx(theme, lang)
        .map_err(|cause| Failure::inner(text::NO_TEMPLATE, cause))?;
    let default = PathBuf::from(format!("{code}.xlsx"));
    let output = output.unwrap_or(&default);
    write(Some(output), &bytes)?;
    if output != Path::new("-") {
        out::line(&output.display().to_string())?;
    }
    Ok(Exit::Done)
}

fn export(
    catalog: &Catalog,
    code: Option<&str>,
    output: Option<&Path>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let value = match code {
        Some(code) => credit::catalog::frictionless::export(find(catalog, code)?, lang),
        None => serde_json::Value::Array(
            catalog
                .themes
                .iter()
                .map(|theme| credit::catalog::frictionless::export(theme, lang))
                .collect(),
        ),
    };
    let mut schema = serde_json::to_string_pretty(&value)
        .map_err(|cause| Failure::inner(text::NO_SCHEMA, cause))?;
    schema.push('\n');
    write(output, schema.as_bytes())?;
    Ok(Exit::Done)
}

fn import(path: &Path) -> Result<Exit, Failure> {
    let schema = std::fs::read_to_string(path)
        .map_err(|cause| Failure::io(path, text::CANNOT_READ_UTF8, cause))?;
    let schema = serde_json::from_str(&schema).map_err(|cause| {
        let blanks = [path.display().to_string(), cause.to_string()];
        Failure::request(text::NOT_JSON, &blanks.each_ref().map(String::as_str))
    })?;
    let draft = import_draft(&schema).map_err(|refused| match refused {
        ImportError::NoFields => Failure::request(text::NO_FIELDS, &[]),
        ImportError::NoName(number) => {
            Failure::request(text::NO_FIELD_NAME, &[&number.to_string()])
        }
    })?;
    out::bytes(draft.as_bytes())?;
    Ok(Exit::Done)
}

fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match output {
        Some(path) if path != Path::new("-") => std::fs::write(path, bytes)
            .map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause)),
        _ => out::bytes(bytes),
    }
}
