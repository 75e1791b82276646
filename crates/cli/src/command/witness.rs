//! `gongxin witness`: a small process of its own that remembers the last head of a log and signs a
//! later one only when that begins with all that stood before. It needs no store and no data folder.

mod memory;

pub(super) use memory::Memory;

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::home::Home;
use crate::{machine, out, setup, text};
use seal::note::{Kind, NoteKey};
use seal::witness::{Refusal, Request, Seen, consider};
use std::path::PathBuf;
use std::sync::Arc;

/// A witness.
#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// Folder of the witness: its key (witness.key) and what it signed last (witness.state).
    #[arg(long, value_name = "DIR", default_value = "witness")]
    pub(crate) folder: PathBuf,
    /// Name of the witness, best its web address without https://.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Key of a log that is watched (`gongxin journal key`). May be given often.
    #[arg(long, value_name = "KEY", required = true)]
    pub(crate) log: Vec<String>,
    /// Address to listen on; a server before it may end TLS.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8090")]
    pub(crate) listen: std::net::SocketAddr,
}

pub(super) fn run(args: &Args, ask: &Ask) -> Result<Exit, Failure> {
    let lang = setup::lang(args);
    let signer = Home::open(&ask.folder)?.witness_signer()?;
    let bad = |text: &str| Failure::usage(text::VERIFY_KEY, &[text]);
    let key = NoteKey::new(&ask.name, Kind::Cosignature, signer.verifier());
    let key = key.ok_or_else(|| bad(&ask.name))?;
    let mut logs = Vec::new();
    for text in &ask.log {
        let log = NoteKey::parse(text)
            .ok()
            .filter(|log| log.kind() == Kind::Ed25519);
        logs.push(log.ok_or_else(|| bad(text))?);
    }
    let memory = Memory::open(&ask.folder.join("witness.state"))?;
    let name = ask.name.clone();
    let cosign: web::journal::Cosign =
        Arc::new(move |body| sign(body, &logs, &memory, &name, &signer));
    let runtime =
        tokio::runtime::Runtime::new().map_err(|cause| Failure::inner(text::NO_RUNTIME, cause))?;
    runtime.block_on(async {
        let bound = tokio::net::TcpListener::bind(ask.listen).await;
        let listener = bound.map_err(|cause| {
            let blanks = [ask.listen.to_string(), cause.to_string()];
            Failure::request(text::CANNOT_LISTEN, &blanks.each_ref().map(String::as_str))
        })?;
        let at = listener
            .local_addr()
            .map_err(|cause| Failure::inner(text::SERVER_ENDED, cause))?;
        out::line(&text::WITNESS_SERVES.say(lang, &[&at.to_string(), &key.to_string()]))?;
        web::journal::serve_witness(listener, cosign, super::serve::stop())
            .await
            .map_err(|cause| Failure::inner(text::SERVER_ENDED, cause))
    })?;
    Ok(Exit::Done)
}

/// Considers a request, writes down what will be signed, and signs; all under one lock.
fn sign(
    body: &[u8],
    logs: &[NoteKey],
    memory: &Memory,
    name: &str,
    signer: &seal::Signer,
) -> Option<Result<String, Refusal>> {
    let request = match Request::parse(body) {
        Ok(request) => request,
        Err(refusal) => return Some(Err(refusal)),
    };
    memory.under_lock(|seen| {
        let (mut note, head) = consider(&request, logs, |origin| seen.get(origin).copied())?;
        seen.insert(
            head.origin,
            Seen {
                size: head.size,
                root: head.root,
            },
        );
        let seconds = u64::try_from(machine::now().0 / 1_000_000).unwrap_or_default();
        note.cosign(name, signer, seconds).ok_or(Refusal::Form)
    })
}
