//! `gongxin journal`: gives events their places where no server runs, writes the published files into
//! a folder, proves one event, and prints the log's key.

use crate::args::Args;
use crate::exit::{Exit, Failure};
use crate::home::Home;
use crate::setup::{self, Desk};
use crate::{out, text};
use exchange::journal::{self, Journal, LogKey, Ran, Witness};
use seal::note::{Kind, NoteKey};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What to do with the journal.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Give waiting events their places, sign the head, ask the witnesses; then end.
    Run {
        #[command(flatten)]
        keeping: Keeping,
    },
    /// Write the published files of the log into a folder; what is there is only added to.
    Export {
        /// The folder; any web server can serve it.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Only a checkpoint that so many witnesses signed.
        #[arg(long, value_name = "K", default_value_t = 0)]
        witnesses_needed: u64,
    },
    /// Prove that one event is in the log: a text that anyone checks with `gongxin verify proof`.
    Prove {
        /// Id of the event, such as receipt:SUBMISSION or access:PERMIT.
        #[arg(value_name = "EVENT")]
        event: String,
        /// Of a look: whom it was about; then the proof tells purpose, officer and case.
        #[arg(long, value_name = "CODE")]
        subject: Option<String>,
        /// Write there instead of to standard output.
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Have the newest head stamped by a time-stamping authority (RFC 3161), and write each stamp with
    /// the text of its head into a folder.
    Stamp {
        /// Address of the authority, http://HOST:PORT/PATH; without it the kept stamps are only written.
        #[arg(long, value_name = "URL")]
        tsa: Option<String>,
        /// The folder.
        #[arg(long, short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    /// Print the log's public key (NAME+ID+KEY), with which anyone checks it.
    Key,
}

/// How the journal is kept.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Keeping {
    /// Seconds between two looks for new events, 1 to 3600.
    #[arg(long, value_name = "SECONDS", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) journal_interval: u64,
    /// Name of the log for ever, best its web address without https://; without it one from its key.
    #[arg(long, value_name = "NAME", env = "GONGXIN_JOURNAL_ORIGIN")]
    pub(crate) journal_origin: Option<String>,
    /// A witness that is asked to sign each head: KEY@http://HOST:PORT/PATH. May be given often.
    #[arg(long, value_name = "KEY@URL")]
    pub(crate) witness: Vec<String>,
    /// Publish only checkpoints that so many of them signed.
    #[arg(long, value_name = "K", default_value_t = 0)]
    pub(crate) witnesses_needed: u64,
    /// Address of a time-stamping authority (RFC 3161), http://HOST:PORT/PATH: stamps heads.
    #[arg(long, value_name = "URL", env = "GONGXIN_TSA")]
    pub(crate) tsa: Option<String>,
    /// Seconds between two stamps.
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=86_400), requires = "tsa")]
    pub(crate) tsa_interval: u64,
    /// Socket of `gongxin signer`, which keeps the log's key in a process of its own.
    #[arg(long, value_name = "SOCKET", env = "GONGXIN_SIGNER")]
    pub(crate) signer: Option<PathBuf>,
}

impl Keeping {
    /// Opens the journal as it is to be kept.
    pub(crate) async fn open(
        &self,
        office: &exchange::Office,
        data: &Path,
    ) -> Result<Journal, exchange::Error> {
        let key = match &self.signer {
            Some(socket) => super::signer::apart(socket)?,
            None => LogKey::Here(
                Home::open(data)
                    .and_then(|home| home.log_signer())
                    .map_err(inner)?,
            ),
        };
        let witnesses = self
            .witness
            .iter()
            .map(|one| asked(one))
            .collect::<Option<Vec<_>>>();
        let witnesses = witnesses.ok_or_else(bad_witness)?;
        if self.witnesses_needed > witnesses.len() as u64 {
            return Err(bad_witness());
        }
        Journal::open(office, self.journal_origin.as_deref(), key, witnesses).await
    }

    /// Seconds between two looks.
    pub(crate) fn interval(&self) -> Duration {
        Duration::from_secs(self.journal_interval)
    }
}

fn inner(failure: Failure) -> exchange::Error {
    let said = failure.message(credit::lang::Lang::En);
    exchange::Error::request(said.clone(), said.clone(), said)
}

fn bad_witness() -> exchange::Error {
    exchange::Error::request(
        "--witness 的格式为 KEY@http://主机:端口/路径，KEY 是 `gongxin witness` 启动时打印的公钥；--witnesses-needed 不能多于见证人数。",
        "--witness is KEY@http://HOST:PORT/PATH with the key that `gongxin witness` prints; --witnesses-needed is at most their number.",
        "--witness имеет вид KEY@http://HOST:PORT/PATH с ключом, который печатает `gongxin witness`; --witnesses-needed не больше их числа.",
    )
}

/// A witness from its key and address.
fn asked(text: &str) -> Option<Witness> {
    let (key, rest) = text.rsplit_once("@http://")?;
    let key = NoteKey::parse(key)
        .ok()
        .filter(|key| key.kind() == Kind::Cosignature)?;
    let url = format!("http://{}/add-checkpoint", rest.trim_end_matches('/'));
    let ask: journal::Ask = Arc::new(move |request: &str| {
        let (status, body) = web::journal::post(&url, request)?;
        match (status, body.trim().parse()) {
            (200, _) => Ok(Ok(body)),
            (409, Ok(size)) => Ok(Err(size)),
            _ => Err(std::io::Error::other(format!(
                "status {status}: {}",
                body.trim()
            ))),
        }
    });
    Some(Witness { key, ask })
}

pub(super) fn run(args: &Args, command: &Command) -> Result<Exit, Failure> {
    let desk = setup::desk(args, false)?;
    match command {
        Command::Run { keeping } => sequence(&desk, keeping),
        Command::Export {
            folder,
            witnesses_needed,
        } => export(&desk, folder, *witnesses_needed),
        Command::Prove {
            event,
            subject,
            output,
        } => prove(&desk, event, subject.as_deref(), output.as_deref()),
        Command::Stamp { tsa, output } => stamped(&desk, tsa.as_deref(), output.as_deref()),
        Command::Key => {
            let known = desk.runtime.block_on(desk.office.store.journal_identity());
            let (_, key) = known
                .map_err(Failure::store)?
                .ok_or_else(|| Failure::request(text::JOURNAL_EMPTY, &[]))?;
            out::line(&key)?;
            Ok(Exit::Done)
        }
    }
}

fn sequence(desk: &Desk, keeping: &Keeping) -> Result<Exit, Failure> {
    let ran = desk.runtime.block_on(async {
        let journal = keeping.open(&desk.office, &desk.data).await?;
        journal.run().await
    });
    match ran.map_err(|error| Failure::of(error, desk.lang))? {
        Ran::Done(count) => out::line(&text::JOURNAL_RAN.say(desk.lang, &[&count.to_string()]))?,
        Ran::Elsewhere => out::line(&text::JOURNAL_ELSEWHERE.say(desk.lang, &[]))?,
    }
    Ok(Exit::Done)
}

/// Tiles first and the checkpoint last, so that whoever reads meanwhile never misses a file.
fn export(desk: &Desk, folder: &Path, witnesses: u64) -> Result<Exit, Failure> {
    let store = &desk.office.store;
    let published = desk.runtime.block_on(journal::checkpoint(store, witnesses));
    let published = published.map_err(|error| Failure::of(error, desk.lang))?;
    let (head, note) = published.ok_or_else(|| Failure::request(text::JOURNAL_EMPTY, &[]))?;
    let mut written = 0_u64;
    for tile in journal::tiles(head.size) {
        let path = folder.join(tile.path());
        if path.exists() {
            continue;
        }
        let body = desk
            .runtime
            .block_on(store.journal_tile(&tile))
            .map_err(Failure::store)?;
        let body = body.ok_or_else(|| Failure::inner(text::STORE_FAILED, tile.path()))?;
        place(&path, &body)?;
        written += 1;
    }
    place(&folder.join("checkpoint"), note.as_bytes())?;
    let blanks = [
        head.size.to_string(),
        written.to_string(),
        folder.display().to_string(),
    ];
    out::line(&text::JOURNAL_EXPORTED.say(desk.lang, &blanks.each_ref().map(String::as_str)))?;
    Ok(Exit::Done)
}

/// Writes a file whole or not at all.
pub(super) fn place(path: &Path, body: &[u8]) -> Result<(), Failure> {
    let failed = |cause| Failure::io(path, text::CANNOT_WRITE, cause);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let fresh = path.with_extension("new");
    std::fs::write(&fresh, body).map_err(failed)?;
    std::fs::rename(&fresh, path).map_err(failed)
}

/// Stamps what is new, and writes what is kept: `SIZE.head` and `SIZE.tsr`, as OpenSSL reads them.
fn stamped(desk: &Desk, tsa: Option<&str>, output: Option<&Path>) -> Result<Exit, Failure> {
    let failed = |error| Failure::of(error, desk.lang);
    let tools = journal::Tools::from(&desk.office);
    if let Some(tsa) = tsa {
        let stamped = desk.runtime.block_on(journal::stamp(&tools, time(tsa)));
        match stamped.map_err(failed)? {
            Some(new) => {
                let blanks = [new.size.to_string(), new.token.time];
                let blanks = blanks.each_ref().map(String::as_str);
                out::line(&text::STAMPED.say(desk.lang, &blanks))?;
            }
            None => out::line(&text::STAMPED_NOTHING.say(desk.lang, &[]))?,
        }
    }
    let Some(folder) = output else {
        return Ok(Exit::Done);
    };
    let all = desk.runtime.block_on(journal::stamps(&tools.store));
    for one in all.map_err(failed)? {
        place(
            &folder.join(format!("{}.head", one.size)),
            one.head.as_bytes(),
        )?;
        place(&folder.join(format!("{}.tsr", one.size)), &one.answer)?;
    }
    Ok(Exit::Done)
}

/// An authority by its address.
fn time(url: &str) -> journal::AskTime {
    let url = url.to_owned();
    Arc::new(move |request: &[u8]| {
        let (status, answer) =
            web::journal::post_bytes(&url, "application/timestamp-query", request)?;
        if status == 200 {
            Ok(answer)
        } else {
            Err(std::io::Error::other(format!("status {status}")))
        }
    })
}

/// Stamps heads for as long as the server runs. An authority that is not reached is asked again next
/// time: a later stamp covers all that an earlier one would have.
pub(super) async fn keep_stamping(tools: journal::Tools, tsa: String, interval: Duration) {
    loop {
        if let Err(error) = journal::stamp(&tools, time(&tsa)).await {
            tracing::warn!(error = ?error, "the head of the journal was not stamped");
        }
        tokio::time::sleep(interval).await;
    }
}

fn prove(
    desk: &Desk,
    event: &str,
    subject: Option<&str>,
    output: Option<&Path>,
) -> Result<Exit, Failure> {
    let made = desk.runtime.block_on(async {
        let subject = match subject {
            Some(code) => Some(exchange::lookup::find(&desk.office, code).await?),
            None => None,
        };
        journal::prove(&desk.office.store, 0, event, subject).await
    });
    let proof = made
        .map_err(|error| Failure::of(error, desk.lang))?
        .written();
    match output {
        Some(path) => place(path, proof.as_bytes())?,
        None => out::bytes(proof.as_bytes())?,
    }
    Ok(Exit::Done)
}
