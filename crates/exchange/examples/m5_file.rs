//! M5, the whole way: files taken in through the one door, and what it cost. One JSON line a file
//! and one for all. Apart from the command line it is what `gongxin ingest` does, and it builds
//! without the typesetter, so that a profile costs minutes and not a quarter of an hour.
//!
//! `cargo run --release -p exchange --example m5_file -- STORE THEME DATE FILE…`
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use credit::catalog::Catalog;
use credit::record::Instant;
use exchange::Office;
use exchange::ingest::{File, Progress, Request, Told};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Instant as Clock, SystemTime, UNIX_EPOCH};
use store::{Counts, Store, StoreUrl};

struct Quiet;

impl Progress for Quiet {
    fn rows_checked(&self, _rows: u64) {}
    fn rows_applied(&self, _rows: u64) {}
    fn done(&self) {}
}

fn files(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "examples") {
            files(root, &path, found);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path.strip_prefix(root).expect("below the root");
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            found.push((name.to_string_lossy().into_owned(), text));
        }
    }
}

fn now() -> Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    Instant(i64::try_from(since.as_micros()).expect("before 294246"))
}

async fn office(url: &StoreUrl) -> Office {
    let told = std::env::var_os("GONGXIN_CATALOG").map(PathBuf::from);
    let root =
        told.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalog"));
    let mut found = Vec::new();
    files(&root, &root, &mut found);
    found.sort();
    let store = Store::open(url).await.expect("a store");
    store.migrate().await.expect("migrated");
    Office {
        store: Arc::new(store),
        catalog: Arc::new(Catalog::load(&found).expect("a catalogue")),
        access: access::Access::shipped().expect("the shipped policies"),
        persons: None,
        site_key: Arc::new(seal::SiteKey::from_bytes([7; 32])),
        signer: Arc::new(seal::sign::Signer::from_seed([8; 32])),
        now: Arc::new(now),
        entropy: Arc::new(|bytes| bytes.fill(9)),
        workbooks: None,
        program: env!("CARGO_PKG_VERSION"),
    }
}

/// Peak resident memory of this process, in MiB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    number.unwrap_or(0) / 1024
}

fn line(name: &str, rows: u64, seconds: f64, counts: &Counts) {
    println!(
        "{{\"file\":\"{name}\",\"rows\":{rows},\"accepted\":{},\"rejected\":{},\"held\":{},\"unchanged\":{},\
         \"late\":{},\"seconds\":{seconds:.2},\"rows_per_second\":{:.0},\"peak_mib\":{}}}",
        counts.accepted,
        counts.rejected,
        counts.held,
        counts.unchanged,
        counts.late,
        rows as f64 / seconds,
        peak()
    );
}

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [store, theme, date, paths @ ..] = words.as_slice() else {
        eprintln!("m5_file STORE THEME DATE FILE…");
        return;
    };
    let office = office(&store.parse().expect("an address of a store")).await;
    let (mut total, mut rows, clock) = (Counts::default(), 0, Clock::now());
    for path in paths {
        let started = Clock::now();
        let request = Request {
            theme: theme.clone(),
            supplier: None,
            mode: None,
            date: Some(date.parse().expect("a day")),
            file: File::path(Path::new(path)).expect("a file"),
            told: Told::default(),
        };
        let receipt = exchange::ingest::submit(&office, request, Arc::new(Quiet))
            .await
            .expect("taken in");
        line(
            path,
            receipt.rows,
            started.elapsed().as_secs_f64(),
            &receipt.counts,
        );
        rows += receipt.rows;
        total += receipt.counts;
    }
    line("all", rows, clock.elapsed().as_secs_f64(), &total);
    for (name, count) in office.store.transactions() {
        println!(
            "{{\"transaction\":\"{name}\",\"committed\":{},\"retried\":{}}}",
            count.committed, count.retried
        );
    }
}
