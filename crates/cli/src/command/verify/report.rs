//! `gongxin verify report`: an issued report is checked offline, from its file and a public key alone.

use super::{limits, refused, say};
use crate::exit::{Exit, Failure};
use crate::text;
use credit::lang::Lang;
use exchange::journal::event_of_report;
use exchange::report::file::{FILE_BYTES, Opened, Signed, open};
use exchange::report::standing::grouped;
use seal::log::{Fault, Log, Trust};
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// Entries that are listed; further ones are counted. A report prints 2,000 at most.
const LISTED: usize = 2_000;

/// `log`: the folder of a published log and whom the reader trusts for it.
pub(super) fn run(
    path: &Path,
    key: &str,
    log: Option<(&Path, &Trust)>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let key = crate::command::receipt::given(key)?;
    let bytes = read(path)?;
    let Opened { signed, in_pdf } = open(&key, &bytes).map_err(|error| Failure::of(error, lang))?;
    about(&signed, lang)?;
    say(lang, text::REPORT_PROVEN, &[&key.kid()])?;
    if in_pdf {
        say(lang, text::REPORT_PAGES, &[])?;
    }
    let exit = match log {
        Some((folder, trust)) => logged(&signed, folder, trust, lang)?,
        None => Exit::Done,
    };
    say(lang, text::REPORT_UNPROVEN, &[&grouped(&signed.verify)])?;
    Ok(exit)
}

/// What the report says, line by line, so that a print or the pages of a PDF can be held against it.
fn about(signed: &Signed, lang: Lang) -> Result<(), Failure> {
    let report = &signed.report;
    let who = &report["subject"];
    let code = who["identifiers"][0]["value"].as_str().unwrap_or("-");
    let blanks = [
        signed.number.as_str(),
        who["name"].as_str().unwrap_or_default(),
        code,
        &super::instant(signed.at.0),
        report["purpose"]["text"].as_str().unwrap_or_default(),
    ];
    say(lang, text::REPORT_ABOUT, &blanks)?;
    let sections = report["sections"].as_array().into_iter().flatten();
    let entries = sections.flat_map(|section| {
        let entries = section["entries"].as_array().into_iter().flatten();
        entries.map(move |entry| (section, entry))
    });
    let mut count = 0_usize;
    for (section, entry) in entries {
        count += 1;
        if count <= LISTED {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let parts = [
                text(&section["title"]),
                text(&entry["title"]),
                text(&entry["headline"]),
                text(&entry["document"]["dated"]),
                text(&entry["state"]["text"]),
            ];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            crate::out::line(&format!("  {count}. {}", parts.join(" · ")))?;
        }
    }
    say(lang, text::REPORT_ENTRIES, &[&count.to_string()])
}

/// That the issue was written down in a published log.
fn logged(signed: &Signed, folder: &Path, trust: &Trust, lang: Lang) -> Result<Exit, Failure> {
    let fetch = super::files(folder);
    let log = Log::open(&fetch, trust).map_err(|fault| refused(&fault))?;
    let event = event_of_report(signed);
    let entry = event.own_salt().map(|salt| event.entry(&salt));
    let entry = entry.ok_or_else(|| refused(&Fault::Absent))?;
    let index = log.find(&entry).map_err(|fault| refused(&fault))?;
    log.check_entry(index, &entry)
        .map_err(|fault| refused(&fault))?;
    let blanks = [index.to_string(), log.head.size.to_string()];
    say(
        lang,
        text::VERIFIED_ENTRY,
        &[&signed.number, &blanks[0], &blanks[1], &log.head.origin],
    )?;
    limits(&log.signed, lang)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |cause| Failure::io(path, text::CANNOT_READ, cause);
    let mut bytes = Vec::new();
    let most = FILE_BYTES as u64 + 1;
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}
