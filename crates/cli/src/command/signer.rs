//! `gongxin signer`: the log's key in a process of its own, behind a Unix socket that only its owner
//! and group may open. It is run as another user than the server, so that whoever takes the server
//! over can neither read the key nor have a second history signed: like a witness, it remembers what
//! it signed last and signs only what extends that.

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::home::Home;
use crate::{out, setup, text};
use exchange::journal::{Ask as Asks, LogKey};
use seal::checkpoint::Checkpoint;
use seal::note::{Kind, Note, NoteKey};
use seal::witness::{REQUEST_BYTES, Refusal, Request, Seen, grows};
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long either side waits for the other.
const PATIENCE: Duration = Duration::from_secs(5);
/// What asks for the key instead of a signature.
const KEY: &str = "key\n";

/// A signer.
#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// Folder of the signer: the key (log.key) and what it signed last (signer.state).
    #[arg(long, value_name = "DIR", default_value = "signer")]
    pub(crate) folder: PathBuf,
    /// Socket to listen on; its folder decides who may reach it.
    #[arg(long, value_name = "SOCKET", default_value = "signer/socket")]
    pub(crate) socket: PathBuf,
    /// Name of the log for ever; without it one from its key.
    #[arg(long, value_name = "NAME")]
    pub(crate) origin: Option<String>,
}

/// The log whose heads are signed.
struct Log {
    origin: String,
    signer: seal::Signer,
    key: NoteKey,
    memory: super::witness::Memory,
}

pub(super) fn run(args: &Args, ask: &Ask) -> Result<Exit, Failure> {
    let lang = setup::lang(args);
    let signer = Home::open(&ask.folder)?.log_signer()?;
    let origin = ask.origin.clone();
    let origin = origin.unwrap_or_else(|| exchange::journal::default_origin(&signer.verifier()));
    let key = NoteKey::new(&origin, Kind::Ed25519, signer.verifier());
    let key = key.ok_or_else(|| Failure::usage(text::VERIFY_KEY, &[&origin]))?;
    let memory = super::witness::Memory::open(&ask.folder.join("signer.state"))?;
    // A socket that a signer left behind; one that still answers is another signer's.
    if UnixStream::connect(&ask.socket).is_err() {
        let _ = std::fs::remove_file(&ask.socket);
    }
    let failed = |cause| Failure::io(&ask.socket, text::CANNOT_MAKE, cause);
    let listener = UnixListener::bind(&ask.socket).map_err(failed)?;
    let shared = std::fs::Permissions::from_mode(0o660);
    std::fs::set_permissions(&ask.socket, shared).map_err(failed)?;
    out::line(
        &text::SIGNER_SERVES.say(lang, &[&ask.socket.display().to_string(), &key.to_string()]),
    )?;
    let log = Log {
        origin,
        signer,
        key,
        memory,
    };
    for stream in listener.incoming() {
        // One at a time: a log asks once a head, and nobody else has anything to ask.
        if let Err(cause) = stream.and_then(|stream| answer(stream, &log)) {
            tracing::warn!(error = %cause, "a request was not answered");
        }
    }
    Ok(Exit::Done)
}

fn answer(mut stream: UnixStream, log: &Log) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut asked = Vec::new();
    (&stream)
        .take(REQUEST_BYTES as u64 + 1)
        .read_to_end(&mut asked)?;
    let said = if asked == KEY.as_bytes() {
        format!("ok {}\n", log.key)
    } else {
        match log.memory.under_lock(|seen| sign(&asked, log, seen)) {
            Some(Ok(line)) => format!("ok {line}"),
            Some(Err(Refusal::Stale(size))) => format!("size {size}\n"),
            Some(Err(refusal)) => format!("no {refusal}\n"),
            None => "no what was signed could not be written down\n".to_owned(),
        }
    };
    stream.write_all(said.as_bytes())
}

fn sign(
    asked: &[u8],
    log: &Log,
    seen: &mut std::collections::BTreeMap<String, Seen>,
) -> Result<String, Refusal> {
    let request = Request::parse(asked)?;
    let head = Checkpoint::parse(&request.checkpoint).map_err(|_| Refusal::Form)?;
    if head.origin != log.origin {
        return Err(Refusal::Unknown);
    }
    grows(&request, &head, seen.get(&head.origin).copied())?;
    let mut note = Note::new(&head.to_string()).map_err(|_| Refusal::Form)?;
    let line = note.sign(&log.origin, &log.signer).ok_or(Refusal::Form)?;
    seen.insert(
        head.origin,
        Seen {
            size: head.size,
            root: head.root,
        },
    );
    Ok(line)
}

/// The key behind a socket.
pub(super) fn apart(socket: &Path) -> Result<LogKey, exchange::Error> {
    let silent = |cause: io::Error| {
        let path = socket.display();
        exchange::Error::request(
            format!(
                "无法使用签名进程 {path}（{cause}）。请先启动 `gongxin signer`，并检查套接字的权限。"
            ),
            format!(
                "The signer at {path} cannot be used ({cause}). Start `gongxin signer` first and check who may open its socket."
            ),
            format!(
                "Процесс подписи {path} недоступен ({cause}). Сначала запустите `gongxin signer` и проверьте права на сокет."
            ),
        )
    };
    let said = exchange_with(socket, KEY).map_err(silent)?;
    let key = said
        .strip_prefix("ok ")
        .and_then(|text| NoteKey::parse(text).ok());
    let key = key.ok_or_else(|| silent(io::Error::other("no key")))?;
    let socket = socket.to_owned();
    let ask: Asks = Arc::new(move |request: &str| {
        let said = exchange_with(&socket, request)?;
        match (said.strip_prefix("ok "), said.strip_prefix("size ")) {
            (Some(line), _) => Ok(Ok(line.to_owned())),
            (_, Some(size)) => Ok(Err(size.trim().parse().unwrap_or(u64::MAX))),
            _ => Err(io::Error::other(said.trim().to_owned())),
        }
    });
    Ok(LogKey::Apart { key, ask })
}

fn exchange_with(socket: &Path, asked: &str) -> io::Result<String> {
    let mut stream = UnixStream::connect(socket)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(asked.as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let mut said = String::new();
    stream.take(4_096).read_to_string(&mut said)?;
    Ok(said)
}
