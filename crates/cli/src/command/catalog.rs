//! `gongxin catalog`: check, list, template, export, import.

use crate::args::{Args, Catalog as Ask};
use crate::exit::{Exit, Failure};
use crate::setup;
use credit::catalog::finding::Grade;
use credit::catalog::{Catalog, Theme};
use credit::lang::Lang;
use std::io::Write;
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
fn check(args: &Args, paths: &[PathBuf], lang: Lang) -> Result<Exit, Failure> {
    let mut files = setup::catalog_files(args.catalog.as_deref())?;
    for path in paths {
        if path.is_dir() {
            files = setup::catalog_files(Some(path))?;
        } else {
            let text = std::fs::read_to_string(path)
                .map_err(|cause| Failure::io(path, "cannot be read as UTF-8", cause))?;
            files.push((theme_path(path), text));
        }
    }
    let findings = credit::catalog::check(&files);
    for finding in &findings {
        println!("{}", finding.line_in(lang));
    }
    let refused = findings
        .iter()
        .filter(|finding| finding.severity == Grade::Error)
        .count();
    println!(
        "{} files, {refused} refusals, {} warnings",
        files.len(),
        findings.len() - refused
    );
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
        println!("{}", exchange::browse::themes_json(catalog, lang));
        return Ok(Exit::Done);
    }
    for theme in &catalog.themes {
        let until = theme
            .valid_to
            .map(|day| day.to_string())
            .unwrap_or_default();
        println!(
            "{}\t{}\t{}\t{until}\t{}\t{}",
            theme.code,
            theme.version,
            theme.valid_from,
            theme.suppliers.join(","),
            theme.title.get(lang)
        );
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
        .ok_or_else(|| Failure::request(format!("no theme {code}; see: gongxin catalog list")))
}

fn template(
    catalog: &Catalog,
    code: &str,
    output: Option<&Path>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let theme = find(catalog, code)?;
    let bytes = intake::template::xlsx(theme, lang)
        .map_err(|cause| Failure::inner("the template could not be made", cause))?;
    let default = PathBuf::from(format!("{code}.xlsx"));
    let output = output.unwrap_or(&default);
    write(Some(output), &bytes)?;
    if output != Path::new("-") {
        println!("{}", output.display());
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
    let mut text = serde_json::to_string_pretty(&value)
        .map_err(|cause| Failure::inner("the schema could not be written", cause))?;
    text.push('\n');
    write(output, text.as_bytes())?;
    Ok(Exit::Done)
}

fn import(path: &Path) -> Result<Exit, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| Failure::io(path, "cannot be read", cause))?;
    let schema = serde_json::from_str(&text)
        .map_err(|cause| Failure::request(format!("{} is not JSON: {cause}", path.display())))?;
    let draft = credit::catalog::frictionless::import(&schema)
        .map_err(|cause| Failure::request(cause.to_string()))?;
    print!("{draft}");
    Ok(Exit::Done)
}

fn write(output: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match output {
        Some(path) if path != Path::new("-") => std::fs::write(path, bytes)
            .map_err(|cause| Failure::io(path, "cannot be written", cause)),
        _ => std::io::stdout()
            .lock()
            .write_all(bytes)
            .map_err(|cause| Failure::inner("standard output is closed", cause)),
    }
}
