//! Files that are pulled from suppliers on a schedule. What comes goes through the one door as a
//! submission of a machine's account, with that account's limits; what fails is tried again, later each
//! time, and told to the supplier. How a file is fetched is somebody else's matter ([`Fetch`]).

use crate::error::{Error, Result};
use crate::ingest::{self, File, Request, Told};
use crate::notices::{self, Addressee, NoticeKind};
use crate::office::{Office, end_of_day};
use crate::people;
use credit::catalog::Mode;
use credit::people::{AccountKind, AccountState, Action};
use credit::record::Instant;
use credit::subject::SubmissionId;
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use serde_json::json;
use std::sync::Arc;
use store::{PullDone, PullState};

pub use store::{PullRow, PullTry};

/// How long one pull may hold its source: two minutes to fetch, and a large file's way through the door.
const LEASE: i64 = 3_600_000_000;
/// Before the second try; each later one waits twice as long.
const AGAIN: i64 = 300_000_000;
/// Between two tries at most: six hours.
const LONGEST: i64 = 21_600_000_000;
/// Failures in a row after which the supplier is told: one may be a restart over there.
const TOLD: u32 = 3;
/// A minute, in microseconds.
const MINUTE: i64 = 60_000_000;

/// Fetches a source's file, unless it is the one that bears the tag given; else says why, in one word.
pub type Fetch =
    Arc<dyn Fn(Option<&str>) -> std::result::Result<Answer, &'static str> + Send + Sync>;

/// What a source answered.
pub enum Answer {
    /// The file is the one that was fetched before.
    Same,
    /// A file, and what its source calls this edition of it.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Its tag.
        tag: Option<String>,
    },
}

/// When a source is pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each so many minutes.
    Minutes(u32),
    /// At these times of the day, in Asia/Shanghai, in order.
    Times(Vec<Time>),
}

/// A file that is pulled.
#[derive(Clone)]
pub struct Source {
    /// Its name.
    pub code: String,
    /// Code of the supplier.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// How it is taken; none: as the theme says.
    pub mode: Option<Mode>,
    /// The machine's account in whose name it is submitted, by its name to sign in with.
    pub account: String,
    /// The host that is asked, for lists.
    pub host: String,
    /// When.
    pub every: Every,
    /// How it is fetched.
    pub fetch: Fetch,
}

/// What became of a pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// It is not due.
    Early,
    /// Another process pulls it now.
    Elsewhere,
    /// The file is the one that was taken today.
    Same,
    /// It was taken.
    Taken(SubmissionId),
    /// It failed, for that reason, and is tried again.
    Failed(&'static str),
}

/// What a try brought.
enum Came {
    Same {
        tag: Option<String>,
    },
    Taken {
        id: SubmissionId,
        tag: Option<String>,
        digest: [u8; 32],
    },
}

impl Every {
    /// When it is due next after an instant.
    #[must_use]
    pub fn after(&self, now: Instant) -> Instant {
        match self {
            Every::Minutes(minutes) => Instant(now.0 + i64::from(*minutes) * MINUTE),
            Every::Times(times) => {
                let today = now.day();
                let days = [today, today.saturating_add(1.day())].into_iter();
                let all = days.flat_map(|day| times.iter().map(move |time| at(day, *time)));
                all.filter(|at| *at > now)
                    .min()
                    .unwrap_or(Instant(now.0 + 24 * 60 * MINUTE))
            }
        }
    }
}

/// A time of a civil day in Asia/Shanghai.
fn at(day: Date, time: Time) -> Instant {
    let begin = end_of_day(day.saturating_sub(1.day())).0 + 1;
    let minutes = i64::from(time.hour()) * 60 + i64::from(time.minute());
    Instant(begin + minutes * MINUTE)
}

/// Pulls a source that is due, or, with `now`, whether it is due or not. A process at a time pulls one.
///
/// # Errors
/// [`Error::Store`]; what the source or the file did wrong is [`Pulled::Failed`].
pub async fn pull(office: &Office, source: &Source, now: bool) -> Result<Pulled> {
    let store = &office.store;
    let early = |state: &Option<PullState>| {
        let state = state.as_ref();
        !now && state.is_some_and(|state| state.next_at > office.now())
    };
    if early(&store.pull_state(&source.code).await?) {
        return Ok(Pulled::Early);
    }
    let holder: String = office
        .nonce()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let turn = format!("pull:{}", source.code);
    let begun = office.now();
    let until = Instant(begun.0 + LEASE);
    if !store.turn_take(&turn, &holder, begun, until).await? {
        return Ok(Pulled::Elsewhere);
    }
    // Another process may have pulled it just before the turn was taken.
    let known = store.pull_state(&source.code).await?;
    let pulled = if early(&known) {
        Ok(Pulled::Early)
    } else {
        turned(office, source, known).await
    };
    let left = office.now();
    store.turn_take(&turn, &holder, left, left).await?;
    pulled
}

async fn turned(office: &Office, source: &Source, known: Option<PullState>) -> Result<Pulled> {
    let today = office.today();
    // A list that has not changed is stated anew each day: only today's file is the same one.
    let before = known.as_ref().filter(|known| known.taken_on == Some(today));
    let came = attempt(office, source, before).await?;
    let at = office.now();
    let state = after(source, known.as_ref(), &came, at);
    let (outcome, submission, pulled) = match &came {
        Ok(Came::Same { .. }) => ("same", None, Pulled::Same),
        Ok(Came::Taken { id, .. }) => ("taken", Some(*id), Pulled::Taken(*id)),
        Err(why) => (*why, None, Pulled::Failed(why)),
    };
    let done = PullDone {
        code: &source.code,
        supplier: &source.supplier,
        theme: &source.theme,
        host: &source.host,
        state: &state,
        at,
        outcome,
        submission,
    };
    office.store.pull_done(&done).await?;
    if state.failures >= TOLD {
        tell(office, source, &state).await?;
    }
    Ok(pulled)
}

/// How a source stands after a try.
fn after(
    source: &Source,
    known: Option<&PullState>,
    came: &std::result::Result<Came, &'static str>,
    at: Instant,
) -> PullState {
    let regular = source.every.after(at);
    match came {
        Ok(came) => {
            let (tag, digest) = match came {
                Came::Taken { tag, digest, .. } => (tag.clone(), Some(*digest)),
                Came::Same { tag } => {
                    let before = known.and_then(|known| known.tag.clone());
                    (tag.clone().or(before), known.and_then(|known| known.digest))
                }
            };
            PullState {
                tag,
                digest,
                taken_on: Some(at.day()),
                next_at: regular,
                failures: 0,
                failing_since: None,
            }
        }
        Err(_) => {
            let failures = known.map_or(0, |known| known.failures).saturating_add(1);
            let wait = AGAIN
                .saturating_mul(1 << (failures - 1).min(16))
                .min(LONGEST);
            PullState {
                tag: known.and_then(|known| known.tag.clone()),
                digest: known.and_then(|known| known.digest),
                taken_on: known.and_then(|known| known.taken_on),
                next_at: Instant(at.0 + wait).min(regular),
                failures,
                failing_since: known.and_then(|known| known.failing_since).or(Some(at)),
            }
        }
    }
}

/// Fetches and submits. Only what the store did wrong is an error; all else is why the try failed.
async fn attempt(
    office: &Office,
    source: &Source,
    before: Option<&PullState>,
) -> Result<std::result::Result<Came, &'static str>> {
    let Some(mark) = account(office, source).await? else {
        return Ok(Err("account"));
    };
    let (fetch, tag) = (
        Arc::clone(&source.fetch),
        before.and_then(|one| one.tag.clone()),
    );
    let fetched = tokio::task::spawn_blocking(move || fetch(tag.as_deref())).await;
    let fetched = fetched.map_err(|cause| Error::inner("a pull ended early", cause))?;
    let (bytes, tag) = match fetched {
        Err(why) => return Ok(Err(why)),
        Ok(Answer::Same) => return Ok(Ok(Came::Same { tag: None })),
        Ok(Answer::File { bytes, tag }) => (bytes, tag),
    };
    let digest = seal::sha256(&bytes).0;
    if before.is_some_and(|one| one.digest == Some(digest)) {
        return Ok(Ok(Came::Same { tag }));
    }
    let request = Request {
        theme: source.theme.clone(),
        supplier: Some(source.supplier.clone()),
        mode: source.mode,
        date: None,
        file: File::bytes(&source.code, bytes),
        told: Told {
            officer: Some(mark),
            ..Told::default()
        },
    };
    match ingest::submit(office, request, Arc::new(ingest::Quiet)).await {
        Ok(receipt) => Ok(Ok(Came::Taken {
            id: receipt.id,
            tag,
            digest,
        })),
        Err(Error::File(_)) => Ok(Err("file")),
        Err(Error::Request(_)) => Ok(Err("terms")),
        Err(error) => Err(error),
    }
}

/// The mark of the machine's account, where it is in use and may send that theme for that supplier.
async fn account(office: &Office, source: &Source) -> Result<Option<String>> {
    let account = match people::find(office, &source.account).await {
        Ok(account) => account,
        Err(Error::NotFound | Error::Request(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let works = account.kind == AccountKind::Machine && account.state == AccountState::Active;
    let action = Action::SubmissionCreate;
    let reach = office
        .access
        .reach(&account.appointments, action, office.today());
    let may = works && reach.covers(&source.supplier, &source.theme);
    Ok(may.then(|| format!("account:{}", account.id)))
}

/// Tells the supplier, once for each time that it fails.
async fn tell(office: &Office, source: &Source, state: &PullState) -> Result<()> {
    let since = state.failing_since.unwrap_or(state.next_at);
    let what = format!("{} {}", source.code, since.0);
    let facts = json!({
        "theme": source.theme,
        "supplier": source.supplier,
        "from": since.day().to_string(),
    });
    let to = Addressee::Agency(source.supplier.clone());
    let kind = NoticeKind::PullFailed;
    let notice = notices::notice(office, to, kind, &what, &facts, None)?;
    notices::tell(office, &[notice]).await.map(drop)
}

/// Sources of a supplier, or of all, each with its last try.
///
/// # Errors
/// [`Error::Store`].
pub async fn pulls(office: &Office, supplier: Option<&str>) -> Result<Vec<PullRow>> {
    Ok(office.store.pulls(supplier).await?)
}

#[cfg(test)]
mod tests {
    use super::{Every, at};
    use jiff::civil::{date, time};

    #[test]
    fn a_schedule_of_times_goes_on_the_next_day() {
        let times = Every::Times(vec![time(6, 30, 0, 0), time(18, 0, 0, 0)]);
        let day = date(2026, 11, 22);
        for (now, next) in [
            (at(day, time(5, 0, 0, 0)), at(day, time(6, 30, 0, 0))),
            (at(day, time(6, 30, 0, 0)), at(day, time(18, 0, 0, 0))),
            (
                at(day, time(23, 0, 0, 0)),
                at(date(2026, 11, 23), time(6, 30, 0, 0)),
            ),
        ] {
            assert_eq!(times.after(now), next);
        }
        let each = Every::Minutes(5).after(at(day, time(0, 0, 0, 0)));
        assert_eq!(each, at(day, time(0, 5, 0, 0)));
    }
}
