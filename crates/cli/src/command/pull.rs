//! `gongxin pull`, and the loop beside the server: suppliers' files fetched on a schedule.

use crate::exit::{Exit, Failure};
use crate::home::is_private;
use crate::setup::Desk;
use crate::{out, text};
use credit::catalog::Mode;
use credit::limits::UPLOAD_BYTES;
use exchange::Office;
use exchange::pull::{self, Answer, Every, Pulled, Source};
use fetch::{Client, Fetched};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Between two looks for sources that are due.
const ROUND: Duration = Duration::from_secs(60);

/// Pull suppliers' files that are due. A line each: source, what became of it, submission or reason.
#[derive(Debug, clap::Args)]
pub(crate) struct Pull {
    /// File of the sources and of the hosts that may be asked; keys that it names lie beside it.
    #[arg(value_name = "FILE", env = "GONGXIN_SOURCES")]
    sources: PathBuf,
    /// Only these sources, whether they are due or not.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    source: Vec<String>,
}

/// The sources of a file. Keys that other accounts of the machine can read are refused.
pub(super) fn sources(file: &Path) -> Result<Vec<Source>, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Failure::io(file, text::CANNOT_READ_UTF8, cause))?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let bad = |cause: fetch::BadSettings| Failure::request(text::SOURCES, &[&cause.to_string()]);
    let found = fetch::Settings::parse(&text, |name| std::fs::read(folder.join(name)));
    let found = found.map_err(bad)?;
    for name in &found.keys {
        let key = folder.join(name);
        if !is_private(&key) {
            return Err(Failure::request(
                text::KEY_OPEN,
                &[&key.display().to_string()],
            ));
        }
    }
    let sources = found.sources.iter();
    sources.map(|one| source(one).map_err(bad)).collect()
}

fn source(one: &fetch::Source) -> Result<Source, fetch::BadSettings> {
    let client = Client::of(one, UPLOAD_BYTES as u64)?;
    let code = one.code.clone();
    let ask = move |tag: Option<&str>| match client.fetch(tag) {
        Ok(Fetched::Same) => Ok(Answer::Same),
        Ok(Fetched::File { bytes, tag }) => Ok(Answer::File { bytes, tag }),
        Err(lost) => {
            tracing::warn!(source = code, %lost, "a source could not be pulled");
            Err(lost.code())
        }
    };
    Ok(Source {
        code: one.code.clone(),
        supplier: one.supplier.clone(),
        theme: one.theme.clone(),
        mode: one.mode.as_deref().map(|mode| match mode {
            "snapshot" => Mode::Snapshot,
            _ => Mode::Delta,
        }),
        account: one.account.clone(),
        host: one.host().to_owned(),
        every: match &one.every {
            fetch::Every::Minutes(minutes) => Every::Minutes(*minutes),
            fetch::Every::Times(times) => Every::Times(times.clone()),
        },
        fetch: Arc::new(ask),
    })
}

pub(super) fn run(desk: &Desk, ask: &Pull) -> Result<Exit, Failure> {
    let sources = sources(&ask.sources)?;
    let named = |one: &&Source| ask.source.is_empty() || ask.source.contains(&one.code);
    let chosen: Vec<&Source> = sources.iter().filter(named).collect();
    if chosen.len() < ask.source.len() {
        return Err(Failure::usage(text::NO_SOURCE, &[]));
    }
    let mut exit = Exit::Done;
    for one in chosen {
        let pulling = pull::pull(&desk.office, one, !ask.source.is_empty());
        let pulled = desk.runtime.block_on(pulling);
        let pulled = pulled.map_err(|error| Failure::of(error, desk.lang))?;
        let (what, more) = match &pulled {
            Pulled::Early => ("early", String::new()),
            Pulled::Elsewhere => ("elsewhere", String::new()),
            Pulled::Same => ("same", String::new()),
            Pulled::Taken(id) => ("taken", id.to_string()),
            Pulled::Failed(why) => {
                exit = Exit::Incomplete;
                ("failed", (*why).to_owned())
            }
        };
        out::line(&format!("{}\t{what}\t{more}", one.code))?;
    }
    Ok(exit)
}

/// Pulls what is due, until the process ends. One that is slow holds up nobody: each has a task of its own.
pub(super) fn keep(office: &Office, sources: Vec<Source>) {
    for one in sources {
        let office = office.clone();
        tokio::spawn(async move {
            loop {
                if let Err(error) = pull::pull(&office, &one, false).await {
                    tracing::warn!(source = one.code, error = ?error, "a pull was not kept");
                }
                tokio::time::sleep(ROUND).await;
            }
        });
    }
}
