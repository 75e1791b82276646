//! `gongxin verify stamp`: a time stamp of a head is held against the head; its signature is checked by
//! OpenSSL where that is installed.

use super::{limited, say};
use crate::exit::{Exit, Failure};
use crate::text;
use credit::lang::Lang;
use seal::checkpoint::Checkpoint;
use seal::stamp::{ANSWER_BYTES, read};
use std::path::Path;
use std::process::{Command, Stdio};

/// `ca`: the certificate that the reader trusts.
pub(super) fn run(
    stamp: &Path,
    head: &Path,
    ca: Option<&Path>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let bad = || Failure::request(text::STAMP_BAD, &[]);
    let bytes =
        std::fs::read(stamp).map_err(|cause| Failure::io(stamp, text::CANNOT_READ, cause))?;
    if bytes.len() > ANSWER_BYTES {
        return Err(bad());
    }
    let told = limited(head)?;
    let said = std::str::from_utf8(&told).map_err(|_| bad())?;
    let checkpoint = Checkpoint::parse(said).map_err(|_| bad())?;
    let token = read(&bytes).map_err(|_| bad())?;
    if token.digest != seal::sha256(&told) {
        return Err(bad());
    }
    let blanks = [
        checkpoint.origin.as_str(),
        &checkpoint.size.to_string(),
        &token.time,
    ];
    say(lang, text::STAMP_SAYS, &blanks)?;
    match ca.map(|ca| signed(stamp, head, ca)) {
        Some(Some(true)) => say(lang, text::STAMP_PROVEN, &[])?,
        Some(Some(false)) => return Err(Failure::request(text::STAMP_FORGED, &[])),
        Some(None) | None => {
            let names = [stamp, head].map(|path| path.display().to_string());
            let names = names.each_ref().map(String::as_str);
            say(lang, text::STAMP_UNPROVEN, &names)?;
        }
    }
    say(lang, text::NOT_PROVEN, &[])?;
    Ok(Exit::Done)
}

/// What OpenSSL says; `None` where it is not installed.
fn signed(stamp: &Path, head: &Path, ca: &Path) -> Option<bool> {
    let mut command = Command::new("openssl");
    command.args(["ts", "-verify", "-in"]).arg(stamp);
    command.arg("-data").arg(head).arg("-CAfile").arg(ca);
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Some(quiet.status().ok()?.success())
}
