//! Public look-ups of the store alone, by 32 at a time: `m7_store ADDRESS CODES SECONDS`, where
//! CODES is a file with a code in each line. Says how many a second, and the slowest of a hundred.

use credit::identifier::Identifier;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::{Store, StoreUrl};

/// Those who ask at a time.
const ASKERS: u64 = 32;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [address, file, seconds] = words.as_slice() else {
        return Err("m7_store ADDRESS CODES SECONDS".into());
    };
    let url: StoreUrl = address.parse()?;
    let store = Arc::new(Store::open(&url).await?);
    let codes: Vec<Identifier> = std::fs::read_to_string(file)?
        .lines()
        .filter_map(|line| Some(Identifier::detect(line).ok()?.identifier))
        .collect();
    let codes = Arc::new(codes);
    let stop = Arc::new(AtomicBool::new(false));
    let mut askers = Vec::new();
    for asker in 0..ASKERS {
        let (store, codes, stop) = (Arc::clone(&store), Arc::clone(&codes), Arc::clone(&stop));
        askers.push(tokio::spawn(async move {
            let mut dice = asker * 7_919 + 1;
            let mut took = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                dice = dice
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let place = usize::try_from(dice >> 33).unwrap_or(0) % codes.len();
                let start = Instant::now();
                if store.subject_public(&codes[place]).await?.is_none() {
                    return Err(store::Error::NotFound("code"));
                }
                took.push(start.elapsed());
            }
            Ok::<Vec<Duration>, store::Error>(took)
        }));
    }
    let seconds: u64 = seconds.parse()?;
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stop.store(true, Ordering::Relaxed);
    let mut all = Vec::new();
    for asker in askers {
        all.extend(asker.await??);
    }
    all.sort_unstable();
    let at = |share: usize| {
        all.get(all.len() * share / 1_000)
            .copied()
            .unwrap_or_default()
    };
    println!(
        "{} look-ups a second; half within {:?}, 99 of 100 within {:?}, slowest {:?}",
        all.len() as u64 / seconds,
        at(500),
        at(990),
        at(999)
    );
    Ok(())
}
