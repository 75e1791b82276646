//! `gongxin verify`: checks a published log, a proof, a receipt or an issued report offline, from files alone, and says
//! in plain words what that proves and what it does not. Needs no platform and no data folder.

mod report;
mod stamp;

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::text::{self, Words};
use crate::{out, setup};
use credit::lang::Lang;
use exchange::journal::{event_of_receipt, opened};
use seal::checkpoint::Checkpoint;
use seal::log::{Fault, Log, Trust};
use seal::note::{NOTE_BYTES, NoteKey, Signed};
use seal::proof::Proof;
use std::path::{Path, PathBuf};

/// What is checked.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// A whole log: its checkpoint, every entry, every tile; and that it extends an earlier checkpoint.
    Log {
        /// Folder with the published files.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// A checkpoint that was kept from an earlier day, or that somebody else was shown.
        #[arg(long, value_name = "FILE")]
        extends: Option<PathBuf>,
        #[command(flatten)]
        trust: Trusted,
    },
    /// A proof of one event, as `gongxin journal prove` or the site hands it out.
    Proof {
        /// The proof.
        #[arg(value_name = "FILE")]
        proof: PathBuf,
        #[command(flatten)]
        trust: Trusted,
    },
    /// That a receipt of a submission is in the log.
    Receipt {
        /// The receipts, one a line, as `ingest --receipt` writes them.
        #[arg(value_name = "FILE")]
        receipt: PathBuf,
        /// Folder with the published files.
        #[arg(long, value_name = "DIR")]
        log: PathBuf,
        /// The key that signs receipts (`gongxin receipt key`).
        // One key in 64 begins with a hyphen.
        #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
        signer: String,
        #[command(flatten)]
        trust: Trusted,
    },
    /// A time stamp of a head, as `gongxin journal stamp --output DIR` wrote both.
    Stamp {
        /// The stamp, SIZE.tsr.
        #[arg(value_name = "FILE")]
        stamp: PathBuf,
        /// The text of the head, SIZE.head.
        #[arg(long, value_name = "FILE")]
        head: PathBuf,
        /// Certificate of the authority that the reader trusts (PEM); checked by OpenSSL, if it is here.
        #[arg(long, value_name = "FILE")]
        ca: Option<PathBuf>,
    },
    /// An issued report: the signed file, or the PDF that carries it.
    Report {
        /// The file as it was handed out, JSON or PDF.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The platform's public key (`gongxin receipt key`), or a file with it.
        // One key in 64 begins with a hyphen.
        #[arg(long, value_name = "KEY", allow_hyphen_values = true)]
        key: String,
        /// Folder with the published files of the platform's log: proves that the issue was written down.
        #[arg(long, value_name = "DIR", requires = "log_key")]
        log: Option<PathBuf>,
        /// The log's key, NAME+ID+KEY (`gongxin journal key`).
        #[arg(long, value_name = "KEY", requires = "log")]
        log_key: Option<String>,
        /// Key of a witness that the reader trusts. May be given often; all must have signed.
        #[arg(long, value_name = "KEY", requires = "log")]
        witness: Vec<String>,
    },
}

/// Whom the reader trusts.
#[derive(Debug, clap::Args)]
pub(crate) struct Trusted {
    /// The log's key, NAME+ID+KEY (`gongxin journal key`).
    #[arg(long, value_name = "KEY")]
    key: String,
    /// Key of a witness that the reader trusts. May be given often.
    #[arg(long, value_name = "KEY")]
    witness: Vec<String>,
    /// How many of them must have signed; without it all.
    #[arg(long, value_name = "K")]
    witnesses_needed: Option<usize>,
}

impl Trusted {
    fn read(&self) -> Result<Trust, Failure> {
        let key = |text: &String| {
            NoteKey::parse(text).map_err(|_| Failure::usage(text::VERIFY_KEY, &[text]))
        };
        let witnesses = self
            .witness
            .iter()
            .map(key)
            .collect::<Result<Vec<_>, _>>()?;
        let trust = Trust {
            log: key(&self.key)?,
            needed: self.witnesses_needed.unwrap_or(witnesses.len()),
            witnesses,
        };
        if trust.is_sound() {
            Ok(trust)
        } else {
            Err(Failure::usage(text::VERIFY_KEY, &[&self.key]))
        }
    }
}

pub(super) fn run(args: &Args, command: &Command) -> Result<Exit, Failure> {
    let lang = setup::lang(args);
    match command {
        Command::Log {
            folder,
            extends,
            trust,
        } => whole(folder, extends.as_deref(), &trust.read()?, lang),
        Command::Proof { proof, trust } => one(proof, &trust.read()?, lang),
        Command::Receipt {
            receipt,
            log,
            signer,
            trust,
        } => receipts(receipt, log, signer, &trust.read()?, lang),
        Command::Stamp { stamp, head, ca } => stamp::run(stamp, head, ca.as_deref(), lang),
        Command::Report {
            file,
            key,
            log,
            log_key,
            witness,
        } => {
            let trust = log_key.as_ref().map(|log_key| Trusted {
                key: log_key.clone(),
                witness: witness.clone(),
                witnesses_needed: None,
            });
            let trust = trust.map(|trust| trust.read()).transpose()?;
            let log = log.as_deref().zip(trust.as_ref());
            report::run(file, key, log, lang)
        }
    }
}

/// Reads the files of a log below a folder. Paths come from tiles, never from outside.
fn files(folder: &Path) -> impl Fn(&str) -> Option<Vec<u8>> {
    let folder = folder.to_owned();
    move |path: &str| std::fs::read(folder.join(path)).ok()
}

fn whole(
    folder: &Path,
    extends: Option<&Path>,
    trust: &Trust,
    lang: Lang,
) -> Result<Exit, Failure> {
    let fetch = files(folder);
    let log = Log::open(&fetch, trust).map_err(|fault| refused(&fault))?;
    log.check_all().map_err(|fault| refused(&fault))?;
    say(
        lang,
        text::VERIFIED_LOG,
        &[&log.head.origin, &log.head.size.to_string()],
    )?;
    if let Some(path) = extends {
        let note = limited(path)?;
        let (seen, _) =
            Checkpoint::verify(&note, &trust.log, &[]).map_err(|_| refused(&Fault::Signature))?;
        log.check_extends(&seen).map_err(|fault| refused(&fault))?;
        say(
            lang,
            text::VERIFIED_EXTENDS,
            &[&seen.size.to_string(), &log.head.size.to_string()],
        )?;
    }
    say(lang, text::PROVES_LOG, &[])?;
    limits(&log.signed, lang)
}

fn one(path: &Path, trust: &Trust, lang: Lang) -> Result<Exit, Failure> {
    let bytes = limited(path)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| refused(&Fault::Absent))?;
    let proof = Proof::parse(text).map_err(|_| Failure::request(text::VERIFY_NO_PROOF, &[]))?;
    let opened = opened(&proof.extra).map_err(|error| Failure::of(error, lang))?;
    trust
        .head(proof.checkpoint.as_bytes())
        .map_err(|fault| refused(&fault))?;
    let verified = proof.verify(&opened.entry, &trust.log, &trust.witnesses);
    let (head, signed) = verified.map_err(|_| refused(&Fault::Absent))?;
    let blanks = [proof.index.to_string(), head.size.to_string()];
    say(
        lang,
        text::VERIFIED_ENTRY,
        &[&opened.event.id, &blanks[0], &blanks[1], &head.origin],
    )?;
    say(lang, text::VERIFIED_WHEN, &[&instant(opened.event.at)])?;
    match &opened.look {
        Some(look) => {
            let [purpose, officer, agency, case] = &look.texts;
            say(lang, text::VERIFIED_LOOK, &[purpose, officer, agency, case])?;
            if let Some((grant, items)) = &look.ground {
                say(lang, text::VERIFIED_GROUND, &[&grant.to_string(), items])?;
            }
        }
        None => say(
            lang,
            text::VERIFIED_CONTENT,
            &[&opened.event.content.to_string()],
        )?,
    }
    limits(&signed, lang)
}

fn receipts(
    path: &Path,
    folder: &Path,
    signer: &str,
    trust: &Trust,
    lang: Lang,
) -> Result<Exit, Failure> {
    let key = seal::Verifier::parse(signer.trim())
        .map_err(|_| Failure::usage(text::VERIFY_KEY, &[signer]))?;
    let lines = std::fs::read_to_string(path)
        .map_err(|cause| Failure::io(path, text::CANNOT_READ_UTF8, cause))?;
    let fetch = files(folder);
    let log = Log::open(&fetch, trust).map_err(|fault| refused(&fault))?;
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let signature = signature(line);
        let json =
            exchange::ingest::verify(&key, &signature).map_err(|error| Failure::of(error, lang))?;
        let event = event_of_receipt(&signature, &json);
        let entry = event
            .as_ref()
            .and_then(|event| Some(event.entry(&event.own_salt()?)));
        let (event, entry) = event.zip(entry).ok_or_else(|| refused(&Fault::Absent))?;
        let index = log.find(&entry).map_err(|fault| refused(&fault))?;
        log.check_entry(index, &entry)
            .map_err(|fault| refused(&fault))?;
        let blanks = [index.to_string(), log.head.size.to_string()];
        say(
            lang,
            text::VERIFIED_ENTRY,
            &[&event.id, &blanks[0], &blanks[1], &log.head.origin],
        )?;
        say(lang, text::VERIFIED_WHEN, &[&instant(event.at)])?;
    }
    say(lang, text::PROVES_RECEIPT, &[])?;
    limits(&log.signed, lang)
}

/// The signature of a receipt: its last member, or the line itself.
fn signature(line: &str) -> String {
    let body: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let member = body.get("signature").and_then(|one| one.as_str());
    member.unwrap_or(line).trim().to_owned()
}

/// A small file: a checkpoint or a proof.
fn limited(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = std::fs::read(path).map_err(|cause| Failure::io(path, text::CANNOT_READ, cause))?;
    if bytes.len() > 2 * NOTE_BYTES {
        return Err(Failure::request(text::VERIFY_NO_PROOF, &[]));
    }
    Ok(bytes)
}

/// An instant as a civil time in Asia/Shanghai.
fn instant(micros: i64) -> String {
    let at = credit::record::Instant(micros);
    let day = exchange::office::date_of(at);
    let second = (micros.div_euclid(1_000_000) + 8 * 3_600).rem_euclid(86_400);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    format!("{day} {hour:02}:{minute:02}:{:02} +08:00", second % 60)
}

/// Who signed, and what nobody has proven.
fn limits(signed: &[Signed], lang: Lang) -> Result<Exit, Failure> {
    let witnesses: Vec<&str> = signed
        .iter()
        .filter(|one| one.time.is_some())
        .map(|one| one.name.as_str())
        .collect();
    if witnesses.is_empty() {
        say(lang, text::NO_WITNESSES, &[])?;
    } else {
        let count = witnesses.len().to_string();
        say(lang, text::WITNESSED, &[&count, &witnesses.join(", ")])?;
    }
    say(lang, text::NOT_PROVEN, &[])?;
    Ok(Exit::Done)
}

fn say(lang: Lang, words: Words, blanks: &[&str]) -> Result<(), Failure> {
    out::line(&words.say(lang, blanks))
}

/// A fault in words: refused, exit code 3.
fn refused(fault: &Fault) -> Failure {
    match fault {
        Fault::Missing(path) => Failure::request(text::FAULT_MISSING, &[path]),
        Fault::File(path) => Failure::request(text::FAULT_FILE, &[path]),
        Fault::Signature => Failure::request(text::FAULT_SIGNATURE, &[]),
        Fault::Witnesses { found, needed } => Failure::request(
            text::FAULT_WITNESSES,
            &[&found.to_string(), &needed.to_string()],
        ),
        Fault::Absent => Failure::request(text::FAULT_ABSENT, &[]),
        Fault::Shrunk { found, seen } => {
            Failure::request(text::FAULT_SHRUNK, &[&found.to_string(), &seen.to_string()])
        }
        Fault::Forked => Failure::request(text::FAULT_FORKED, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::{instant, signature};

    #[test]
    fn an_instant_is_a_time_in_shanghai() {
        assert_eq!(instant(0), "1970-01-01 08:00:00 +08:00");
        assert_eq!(instant(-1), "1970-01-01 07:59:59 +08:00");
    }

    #[test]
    fn a_receipt_is_a_line_with_or_without_its_text() {
        assert_eq!(signature(r#"{"a":1,"signature":"x.y.z"}"#), "x.y.z");
        assert_eq!(signature(" x.y.z \n"), "x.y.z");
    }
}
