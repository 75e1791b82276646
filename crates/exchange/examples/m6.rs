//! Measures the journal: `m6 append STORE WRITERS EACH SECONDS`, where each writer has EACH events on
//! their way at a time and every one is waited for until a signed head covers it; and
//! `m6 verify STORE SECONDS`, which checks proofs of that log on one core, as an outsider does.

use exchange::journal::{self, Journal, LogKey, Tools};
use seal::note::{Kind, NoteKey};
use seal::proof::Proof;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use store::{NewEvent, Store};

type Failure = Box<dyn Error + Send + Sync>;

/// Proofs that are checked in turn.
const PROOFS: u64 = 1_000;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["append", store, writers, each, seconds] => {
            append(store, writers.parse()?, each.parse()?, seconds.parse()?).await
        }
        ["verify", store, seconds] => verify(store, seconds.parse()?).await,
        _ => Err("m6 append STORE WRITERS EACH SECONDS | m6 verify STORE SECONDS".into()),
    }
}

fn now() -> credit::record::Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    credit::record::Instant(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

fn signer() -> seal::Signer {
    seal::Signer::from_seed([6; 32])
}

async fn open(url: &str) -> Result<(Arc<Store>, Journal), Failure> {
    let store = Store::open(&url.parse()?).await?;
    store.migrate().await?;
    let store = Arc::new(Store::open(&url.parse()?).await?);
    let tools = Tools {
        store: Arc::clone(&store),
        now: Arc::new(now),
        // Salts of a measurement need not be secret.
        entropy: Arc::new(|bytes: &mut [u8]| {
            let seed = seal::sha256(&now().0.to_be_bytes());
            bytes
                .iter_mut()
                .zip(seed.0.iter().cycle())
                .for_each(|(byte, seed)| *byte = *seed);
        }),
    };
    let journal = Journal::open(
        tools,
        Some("bench.example/m6"),
        LogKey::Here(signer()),
        Vec::new(),
    );
    Ok((store, journal.await?))
}

/// One lane of a writer: an event, its proof, the next event.
async fn lane(
    journal: Journal,
    id: u64,
    until: Instant,
    warm: Instant,
) -> Result<Vec<u64>, Failure> {
    let mut took = Vec::new();
    let round = now().0;
    for turn in 0_u64.. {
        let begun = Instant::now();
        if begun >= until {
            break;
        }
        let name = format!("m6:{round}:{id}:{turn}");
        let content = seal::sha256(name.as_bytes());
        let event = NewEvent {
            id: name,
            kind: "m6".to_owned(),
            at: now(),
            content,
        };
        journal.append(event).await?;
        if begun >= warm {
            took.push(u64::try_from(begun.elapsed().as_micros())?);
        }
    }
    Ok(took)
}

async fn append(url: &str, writers: u64, each: u64, seconds: u64) -> Result<(), Failure> {
    let (store, journal) = open(url).await?;
    tokio::spawn(journal.clone().keep(Duration::from_millis(100)));
    let warm = Instant::now() + Duration::from_secs(1);
    let until = warm + Duration::from_secs(seconds);
    let lanes: Vec<_> = (0..writers * each)
        .map(|id| tokio::spawn(lane(journal.clone(), id, until, warm)))
        .collect();
    let mut took = Vec::new();
    for lane in lanes {
        took.extend(lane.await??);
    }
    journal.leave().await?;
    took.sort_unstable();
    let at = |share: usize| {
        took.get(took.len() * share / 1000)
            .copied()
            .unwrap_or_default()
    };
    let rate = took.len() as f64 / seconds as f64;
    let head = store.journal_head().await?.ok_or("no head")?;
    println!(
        "appended {rate:.0} a second, median {:.2} ms, p99 {:.2} ms, {} entries",
        at(500) as f64 / 1e3,
        at(990) as f64 / 1e3,
        head.size
    );
    Ok(())
}

async fn verify(url: &str, seconds: u64) -> Result<(), Failure> {
    let (store, _) = open(url).await?;
    let head = store.journal_head().await?.ok_or("no head")?;
    let key =
        NoteKey::new("bench.example/m6", Kind::Ed25519, signer().verifier()).ok_or("a key")?;
    let mut proofs = Vec::new();
    for turn in 0..PROOFS {
        let index = head.size.saturating_sub(1) * turn / PROOFS;
        let page = store.audit_order(index).await?;
        let placed = page.first().ok_or("no event")?;
        proofs.push(journal::prove(&store, 0, &placed.id, None).await?.written());
    }
    let begun = Instant::now();
    let mut checked = 0_u64;
    while begun.elapsed() < Duration::from_secs(seconds) {
        for text in &proofs {
            let proof = Proof::parse(text)?;
            let opened = journal::opened(&proof.extra)?;
            proof.verify(&opened.entry, &key, &[])?;
            checked += 1;
        }
    }
    let rate = checked as f64 / begun.elapsed().as_secs_f64();
    // Of one head its signature is checked once; after that a proof is hashing.
    let hashed = paths(&proofs, seconds)?;
    println!(
        "verified {rate:.0} a second with its signature, {hashed:.0} a second under a known head"
    );
    Ok(())
}

fn paths(proofs: &[String], seconds: u64) -> Result<f64, Failure> {
    let mut read = Vec::new();
    for text in proofs {
        let proof = Proof::parse(text)?;
        let note = seal::note::Note::parse(proof.checkpoint.as_bytes())?;
        let head = seal::checkpoint::Checkpoint::parse(note.text())?;
        read.push((journal::opened(&proof.extra)?.entry, proof, head));
    }
    let begun = Instant::now();
    let mut checked = 0_u64;
    while begun.elapsed() < Duration::from_secs(seconds) {
        for (entry, proof, head) in &read {
            let leaf = seal::merkle::leaf(entry);
            let stands = seal::merkle::verify_inclusion(
                &leaf,
                proof.index,
                head.size,
                &proof.path,
                &head.root,
            );
            if !stands {
                return Err("a proof does not hold".into());
            }
            checked += 1;
        }
    }
    Ok(checked as f64 / begun.elapsed().as_secs_f64())
}
