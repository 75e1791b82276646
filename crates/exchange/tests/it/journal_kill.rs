//! A writer of the journal is killed in the middle, again and again, under 64 writers: nothing that
//! was acknowledged is lost, and the log goes on where it stood. `GONGXIN_KILLS` sets how often.

use exchange::journal::{self, Journal, LogKey, Tools};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use store::{NewEvent, Store, StoreUrl};

/// Tells the child where it writes; without it the child is a test that has nothing to do.
const STORE: &str = "GONGXIN_TEST_JOURNAL";
const WRITERS: u64 = 64;

fn key() -> seal::Signer {
    seal::Signer::from_seed([21; 32])
}

fn now() -> credit::record::Instant {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    credit::record::Instant(i64::try_from(since.as_micros()).unwrap_or_default())
}

async fn open(url: &str) -> (Arc<Store>, Journal) {
    let store = Store::open(&url.parse().unwrap()).await.unwrap();
    let tools = Tools {
        store: Arc::new(store),
        now: Arc::new(now),
        entropy: Arc::new(|bytes: &mut [u8]| {
            let seed = now().0.to_be_bytes();
            for (ix, byte) in bytes.iter_mut().enumerate() {
                *byte = seed[ix % 8] ^ u8::try_from(ix % 251).unwrap_or(0);
            }
        }),
    };
    let store = Arc::clone(&tools.store);
    let journal = Journal::open(
        tools,
        Some("log.example/killed"),
        LogKey::Here(key()),
        Vec::new(),
    );
    (store, journal.await.unwrap())
}

/// The child: 64 writers, each of which tells its event only after a signed head covers it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Ok(url) = std::env::var(STORE) else {
        return;
    };
    let (_, journal) = open(&url).await;
    tokio::spawn(journal.clone().keep(Duration::from_millis(50)));
    let round = now().0;
    for writer in 0..WRITERS {
        let journal = journal.clone();
        tokio::spawn(async move {
            for turn in 0.. {
                let id = format!("killed:{round}:{writer}:{turn}");
                let content = seal::sha256(id.as_bytes());
                let event = NewEvent {
                    id: id.clone(),
                    kind: "killed".to_owned(),
                    at: now(),
                    content,
                };
                // A round in which another process still has the turn is tried again.
                match journal.append(event).await {
                    Ok(written) => {
                        let line = format!("ack {} {id}\n", written.index);
                        std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
                    }
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        });
    }
    std::future::pending::<()>().await;
}

/// Runs the child, kills it after some acknowledgements and gives them.
fn killed(url: &str, after: usize) -> Vec<(u64, String)> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "journal_kill::child",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(STORE, url)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut acks = Vec::new();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut left = after;
    for line in lines.map_while(Result::ok) {
        let Some((index, id)) = line
            .strip_prefix("ack ")
            .and_then(|rest| rest.split_once(' '))
        else {
            continue;
        };
        acks.push((index.parse().unwrap(), id.to_owned()));
        left = left.saturating_sub(1);
        if left == 0 {
            // SIGKILL; what it had told and we had not read yet is read below.
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    // The last line may be cut in the middle.
    if acks
        .last()
        .is_some_and(|(_, id)| id.matches(':').count() < 3)
    {
        acks.pop();
    }
    acks
}

async fn survives(engine: &str, url: &str, rounds: usize) {
    let mut acks: Vec<(u64, String)> = Vec::new();
    for round in 0..rounds {
        acks.extend(killed(url, 1 + (round * 37) % 200));
        // The turn of the dead one is taken over at once here; in a house it takes ten seconds.
        let store = Store::open(&url.parse::<StoreUrl>().unwrap())
            .await
            .unwrap();
        let later = credit::record::Instant(now().0 + 20_000_000);
        let turn = store
            .journal_turn("the next", later)
            .await
            .unwrap()
            .unwrap();
        let done = store
            .journal_round(turn, credit::record::Instant(0), &[], 1, &[0; 32])
            .await;
        assert!(done.is_ok(), "round {round}: the tree is whole: {done:?}");
    }
    let (store, journal) = open(url).await;
    let audit = journal::audit(&store).await.unwrap();
    assert_eq!(audit.wrong, 0, "{:?}", audit.findings);
    assert!(audit.events >= acks.len() as u64);
    for (index, id) in &acks {
        // A cut line names a prefix of an event that nobody asks for.
        if let Some(placed) = store.journal_placed(id).await.unwrap() {
            assert_eq!(placed.index, *index, "{id}");
        } else {
            panic!("{id} was acknowledged at {index} and is lost");
        }
    }
    assert_eq!(journal.origin(), "log.example/killed");
    // On a line of its own: a runner of tests prints its dots wherever it stands.
    println!(
        "\nsoak {engine} kills={rounds} acknowledged={} lost=0 events={}",
        acks.len(),
        audit.events
    );
}

/// How often; `cargo xtask soak --part log` asks for a thousand in all.
fn kills() -> usize {
    let asked = std::env::var("GONGXIN_KILLS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(25)
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    Store::open(&url.parse().unwrap())
        .await
        .unwrap()
        .migrate()
        .await
        .unwrap();
    survives("sqlite", &url, kills()).await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_on_postgres() {
    let Some(cluster) = testkit::postgres::shared() else {
        return;
    };
    let url = cluster.database();
    Store::open(&url.parse().unwrap())
        .await
        .unwrap()
        .migrate()
        .await
        .unwrap();
    survives("postgres", &url, kills()).await;
}
