//! `gongxin demo`: the shipped synthetic files through the real intake, then the site.

use super::ingest::{Bar, line};
use crate::args::{Args, Serve};
use crate::exit::{Exit, Failure};
use crate::{out, setup, text};
use exchange::ingest::{File, Progress, Request, Told};
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// The shipped sample files, inside the program.
#[derive(rust_embed::Embed)]
#[folder = "../../samples"]
struct Samples;

/// A company of the sample files of which several sections tell something.
const EXAMPLE: &str = "91990105MD0024050D";

pub(super) fn run(args: &Args, ask: &Serve) -> Result<Exit, Failure> {
    let desk = setup::desk(args, true)?;
    let lang = desk.lang;
    out::line(&text::DEMO_BEGINS.say(lang, &[]))?;
    for entry in manifest()? {
        let file = Samples::get(&entry.file)
            .ok_or_else(|| Failure::request(text::DEMO_DAMAGED, &[&entry.file]))?;
        let bar: Arc<dyn Progress> = Arc::new(Bar::new(Path::new(&entry.file)));
        let request = Request {
            theme: entry.theme.clone(),
            supplier: Some(entry.supplier.clone()),
            mode: Some(entry.mode),
            date: Some(entry.date.min(desk.office.today())),
            file: File::bytes(&entry.file, file.data.into_owned()),
            told: Told::default(),
        };
        let receipt = desk
            .runtime
            .block_on(exchange::ingest::submit(&desk.office, request, bar))
            .map_err(|error| Failure::of(error, desk.lang))?;
        out::line(&format!("{:<34} {}", entry.file, line(&receipt.counts)))?;
    }
    if ask.no_serve {
        return Ok(Exit::Done);
    }
    let at = ask.listen.to_string();
    let data = desk.data.display().to_string();
    out::line("")?;
    out::line(&text::DEMO_DATA.say(lang, &[&data]))?;
    out::line(&text::DEMO_LOOK.say(lang, &[&at, EXAMPLE]))?;
    let (first, second) = super::people::demonstration(&desk, &agencies()?)?;
    out::line(&text::DEMO_SUPPLY.say(lang, &[&at, first.shown()]))?;
    out::line(&text::DEMO_SECOND.say(lang, &[&at, second.shown()]))?;
    super::serve::run(desk, ask)
}

/// Codes of the agencies whose files the demonstration takes in, each once.
fn agencies() -> Result<Vec<String>, Failure> {
    let mut codes: Vec<String> = manifest()?.into_iter().map(|one| one.supplier).collect();
    codes.sort();
    codes.dedup();
    Ok(codes)
}

struct Entry {
    file: String,
    theme: String,
    supplier: String,
    mode: credit::catalog::Mode,
    date: Date,
}

/// Reads `manifest.tsv`: order, file, theme, supplier, mode, date.
fn manifest() -> Result<Vec<Entry>, Failure> {
    let broken = |line: &str| Failure::request(text::DEMO_DAMAGED, &[line]);
    let file = Samples::get("manifest.tsv").ok_or_else(|| broken("(missing)"))?;
    let text = String::from_utf8_lossy(&file.data).into_owned();
    text.lines()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| entry(line).ok_or_else(|| broken(line)))
        .collect()
}

fn entry(line: &str) -> Option<Entry> {
    let mut cells = line.split('\t').skip(1);
    Some(Entry {
        file: cells.next()?.to_owned(),
        theme: cells.next()?.to_owned(),
        supplier: cells.next()?.to_owned(),
        mode: match cells.next()? {
            "delta" => credit::catalog::Mode::Delta,
            "snapshot" => credit::catalog::Mode::Snapshot,
            _ => return None,
        },
        date: cells.next()?.parse().ok()?,
    })
}
