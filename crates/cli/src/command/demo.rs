//! `gongxin demo`: the shipped synthetic files through the real intake, then the site.

use super::ingest::{Bar, line};
use crate::args::{Args, Serve};
use crate::exit::{Exit, Failure};
use crate::setup;
use exchange::ingest::{File, Progress, Request, Told};
use jiff::civil::Date;
use std::path::Path;
use std::sync::Arc;

/// The shipped sample files, inside the program.
#[derive(rust_embed::Embed)]
#[folder = "../../samples"]
struct Samples;

pub(super) fn run(args: &Args, ask: &Serve) -> Result<Exit, Failure> {
    let desk = setup::desk(args, true)?;
    println!("Taking the sample files in; they are synthetic, and some rows are bad on purpose.");
    for entry in manifest()? {
        let file = Samples::get(&entry.file)
            .ok_or_else(|| Failure::request(format!("sample file {} is missing", entry.file)))?;
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
        println!("{:<34} {}", entry.file, line(&receipt.counts));
    }
    if ask.no_serve {
        return Ok(Exit::Done);
    }
    println!();
    println!("The data lie in {}.", desk.data.display());
    println!(
        "Look at http://{}/ : search for a name or a code, open a subject, get its report;",
        ask.listen
    );
    println!(
        "http://{}/supply shows the submissions with their receipts and rejected rows.",
        ask.listen
    );
    super::serve::run(desk, ask)
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
    let broken =
        |line: &str| Failure::request(format!("samples/manifest.tsv is damaged at: {line}"));
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
