//! `gongxin receipt verify`: a signed receipt is checked without the platform, and the words say
//! what that proves and what it does not.

use super::ingest::line;
use crate::args::{Args, Receipt};
use crate::exit::{Exit, Failure};
use crate::home::Home;
use crate::{out, setup, text};
use credit::lang::Lang;
use exchange::ingest::{self, File, RECEIPTS_BYTES};
use seal::sign::Verifier;
use serde_json::Value;
use std::io::Read;
use std::path::Path;
use store::Counts;

pub(super) fn run(args: &Args, command: &Receipt) -> Result<Exit, Failure> {
    let home = Home::there(&args.data);
    match command {
        Receipt::Key => {
            out::line(&own(&home, &args.data)?.to_text())?;
            Ok(Exit::Done)
        }
        Receipt::Verify { receipt, file, key } => {
            let lang = setup::lang(args);
            let verifier = match key {
                Some(key) => given(key)?,
                None => own(&home, &args.data)?,
            };
            let signed = ingest::verify_lines(&verifier, &content(receipt)?)
                .map_err(|error| Failure::of(error, lang))?;
            let sent = match file {
                Some(path) => Some(Sent::open(&home, &args.data, path)?),
                None => None,
            };
            told(&signed, &verifier, sent.as_ref(), lang)
        }
    }
}

/// The key of the data folder.
fn own(home: &Home, folder: &Path) -> Result<Verifier, Failure> {
    home.verifier()?
        .ok_or_else(|| Failure::request(text::RECEIPT_NO_KEY, &[&folder.display().to_string()]))
}

/// A key as text, or a file that holds it.
pub(super) fn given(key: &str) -> Result<Verifier, Failure> {
    if let Ok(verifier) = Verifier::parse(key.trim()) {
        return Ok(verifier);
    }
    let held = content(Path::new(key)).unwrap_or_default();
    Verifier::parse(held.trim()).map_err(|_| Failure::usage(text::RECEIPT_KEY, &[]))
}

/// The text of a file, or of standard input.
fn content(path: &Path) -> Result<String, Failure> {
    let failed = |cause| Failure::io(path, text::CANNOT_READ_UTF8, cause);
    let mut held = String::new();
    let mut take = |from: &mut dyn Read| from.take(RECEIPTS_BYTES + 1).read_to_string(&mut held);
    if path.as_os_str() == "-" {
        take(&mut std::io::stdin().lock()).map_err(failed)?;
    } else {
        take(&mut std::fs::File::open(path).map_err(failed)?).map_err(failed)?;
    }
    if held.len() as u64 > RECEIPTS_BYTES {
        let path = path.display().to_string();
        return Err(Failure::request(text::RECEIPT_LARGE, &[&path]));
    }
    Ok(held)
}

/// A file that is held against receipts, and the key without which nobody can.
struct Sent<'p> {
    path: &'p Path,
    file: File,
    key: seal::SiteKey,
}

impl Sent<'_> {
    fn open<'p>(home: &Home, folder: &Path, path: &'p Path) -> Result<Sent<'p>, Failure> {
        let file = File::path(path).map_err(|cause| Failure::io(path, text::CANNOT_READ, cause))?;
        let key = home.kept_site_key()?.ok_or_else(|| {
            Failure::request(text::RECEIPT_SITE_KEY, &[&folder.display().to_string()])
        })?;
        Ok(Sent { path, file, key })
    }

    fn is_of(&self, signed: &str) -> Result<bool, Failure> {
        ingest::speaks_of(&self.key, signed, &self.file)
            .map_err(|cause| Failure::io(self.path, text::CANNOT_READ, cause))
    }
}

/// Says of each receipt what holds. A file must be that of one of them.
fn told(
    signed: &[String],
    verifier: &Verifier,
    sent: Option<&Sent<'_>>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let mut found = false;
    for json in signed {
        let body: Value = serde_json::from_str(json).unwrap_or_default();
        about(&body, verifier, lang)?;
        if let Some(sent) = sent {
            let path = sent.path.display().to_string();
            let fits = sent.is_of(json)?;
            let words = if fits {
                text::RECEIPT_FILE
            } else {
                text::RECEIPT_OTHER_FILE
            };
            out::line(&words.say(lang, &[&path]))?;
            found |= fits;
        }
    }
    match sent {
        Some(sent) if !found => {
            let path = sent.path.display().to_string();
            return Err(Failure::request(text::RECEIPT_WRONG_FILE, &[&path]));
        }
        Some(_) => {}
        None => out::line(&text::RECEIPT_NO_FILE.say(lang, &[]))?,
    }
    out::line(&text::RECEIPT_UNPROVEN.say(lang, &[]))?;
    Ok(Exit::Done)
}

/// What the receipt says, and that it holds.
fn about(body: &Value, verifier: &Verifier, lang: Lang) -> Result<(), Failure> {
    let text_of = |name: &str| body[name].as_str().unwrap_or_default();
    let number = |name: &str| body[name].as_u64().unwrap_or_default();
    let rows = number("rows").to_string();
    let names = ["submission", "theme", "edition", "supplier", "date"].map(text_of);
    let blanks: Vec<&str> = names.into_iter().chain([rows.as_str()]).collect();
    out::line(&text::RECEIPT.say(lang, &blanks))?;
    let counts = Counts {
        accepted: number("accepted"),
        rejected: number("rejected"),
        held: number("held"),
        unchanged: number("unchanged"),
        late: number("late"),
        removed: number("removed"),
    };
    out::line(&format!("  {}", line(&counts)))?;
    let slices = body["slices"].as_array().map_or(0, Vec::len).to_string();
    out::line(&text::RECEIPT_PROVEN.say(lang, &[&verifier.kid(), &slices]))
}
