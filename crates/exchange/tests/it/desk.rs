//! A desk for each engine, with a clock that stands where the test puts it.

use credit::catalog::{Catalog, Mode};
use credit::lang::Lang;
use credit::record::Instant;
use exchange::Office;
use exchange::ingest::{self, File, Progress, Receipt, Request, Told};
use exchange::office::end_of_day;
use jiff::civil::Date;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};
use store::{Store, StoreUrl};
use testkit::postgres::Database;

pub(crate) struct Desk {
    pub(crate) engine: &'static str,
    pub(crate) office: Office,
    clock: Arc<AtomicI64>,
    files: AtomicUsize,
    folder: tempfile::TempDir,
    _database: Option<Database<'static>>,
}

/// Nobody watches.
pub(crate) struct Quiet;

impl Progress for Quiet {
    fn rows_checked(&self, _: u64) {}
    fn rows_applied(&self, _: u64) {}
    fn done(&self) {}
}

impl Desk {
    /// Puts the clock to the middle of a day.
    pub(crate) fn on(&self, day: &str) -> &Desk {
        let day: Date = day.parse().expect("a date");
        self.clock
            .store(end_of_day(day).0 - 43_200_000_000, Ordering::SeqCst);
        self
    }

    /// Empty rows, one more than the last time: what makes a file another one.
    pub(crate) fn serial(&self) -> String {
        "\n".repeat(self.files.fetch_add(1, Ordering::SeqCst))
    }

    /// Moves the clock on by so many microseconds.
    pub(crate) fn advance(&self, micros: i64) {
        self.clock.fetch_add(micros, Ordering::SeqCst);
    }

    pub(crate) async fn take(&self, theme: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Receipt {
        self.submit(theme, None, None, File::bytes(name, bytes.into()))
            .await
            .expect("the file is taken")
    }

    pub(crate) async fn submit(
        &self,
        theme: &str,
        mode: Option<Mode>,
        date: Option<&str>,
        file: File,
    ) -> exchange::error::Result<Receipt> {
        let request = Request {
            theme: theme.to_owned(),
            supplier: None,
            mode,
            date: date.map(|date| date.parse().expect("a date")),
            file,
            told: Told::default(),
        };
        ingest::submit(&self.office, request, Arc::new(Quiet)).await
    }

    pub(crate) async fn report(
        &self,
        code: &str,
        as_of: Option<&str>,
    ) -> exchange::error::Result<String> {
        let ask = exchange::report::Ask {
            lang: Lang::Zh,
            as_of: as_of.map(|day| day.parse().expect("a date")),
            ..Default::default()
        };
        let report = exchange::report::public(&self.office, code, &ask).await?;
        Ok(views::report::json(&report))
    }
}

/// The files of the shipped catalogue, and one more theme where a test needs it.
pub(crate) fn catalog(more: &[(&str, &str)]) -> Arc<Catalog> {
    let root = testkit::data::workspace().join("catalog");
    let mut files: Vec<(String, String)> = Vec::new();
    for path in below(&root) {
        let name = path
            .strip_prefix(&root)
            .expect("below")
            .to_string_lossy()
            .replace('\\', "/");
        if name.ends_with(".toml") && !name.starts_with("examples/") {
            files.push((name, std::fs::read_to_string(&path).expect("readable")));
        }
    }
    for (name, text) in more {
        match files.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => known.push_str(text),
            None => files.push(((*name).to_owned(), (*text).to_owned())),
        }
    }
    Arc::new(Catalog::load(&files).unwrap_or_else(|findings| panic!("{findings:#?}")))
}

/// A desk on SQLite, and one on PostgreSQL where its server is installed.
pub(crate) async fn desks(catalog: &Arc<Catalog>) -> Vec<Desk> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.db");
    let lite = StoreUrl::Sqlite(path.clone());
    migrate(format!("sqlite:{}", path.display()))
        .await
        .expect("the store migrates");
    let mut desks = vec![desk("sqlite", lite, folder, catalog).await];
    if let Some(cluster) = testkit::postgres::shared() {
        let folder = tempfile::tempdir().expect("a folder");
        let database = cluster.migrated(migrate).await.expect("a database");
        let url = StoreUrl::Postgres(database.to_string());
        let mut desk = desk("postgres", url, folder, catalog).await;
        desk._database = Some(database);
        desks.push(desk);
    }
    desks
}

async fn migrate(url: String) -> store::Result<()> {
    let url: StoreUrl = url.parse()?;
    Store::open(&url).await?.migrate().await.map(drop)
}

async fn desk(
    engine: &'static str,
    url: StoreUrl,
    folder: tempfile::TempDir,
    catalog: &Arc<Catalog>,
) -> Desk {
    let store = Store::open(&url).await.expect("the store opens");
    let clock = Arc::new(AtomicI64::new(0));
    let reading = Arc::clone(&clock);
    let serial = AtomicU64::new(1);
    let desk = Desk {
        engine,
        office: Office {
            store: Arc::new(store),
            catalog: Arc::clone(catalog),
            access: access::Access::shipped().expect("the shipped policies"),
            persons: None,
            site_key: Arc::new(seal::SiteKey::from_bytes([7; 32])),
            signer: Arc::new(seal::sign::Signer::from_seed([9; 32])),
            now: Arc::new(move || Instant(reading.load(Ordering::SeqCst))),
            entropy: Arc::new(move |bytes: &mut [u8]| {
                let seed = serial.fetch_add(1, Ordering::SeqCst).to_be_bytes();
                for (ix, byte) in bytes.iter_mut().enumerate() {
                    *byte = seed[ix % 8] ^ u8::try_from(ix % 251).unwrap_or(0);
                }
            }),
            workbooks: None,
            program: "test",
        },
        clock,
        files: AtomicUsize::new(0),
        folder,
        _database: None,
    };
    desk.on("2026-11-22");
    desk
}

impl Desk {
    /// Where its store is, for another process.
    pub(crate) fn url(&self) -> String {
        match &self._database {
            Some(database) => database.to_string(),
            None => format!("sqlite:{}", self.folder.path().join("store.db").display()),
        }
    }

    /// A desk in another process, over a store that is there.
    pub(crate) async fn over(url: &str, catalog: &Arc<Catalog>) -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let url: StoreUrl = url.parse().expect("an address");
        desk("another", url, folder, catalog).await
    }
}

/// The five counts as the command line prints them.
pub(crate) fn counts(receipt: &Receipt) -> [u64; 5] {
    let counts = &receipt.counts;
    [
        counts.accepted,
        counts.rejected,
        counts.held,
        counts.unchanged,
        counts.late,
    ]
}

impl Desk {
    /// Runs a statement around the platform, as whoever has the database can.
    pub(crate) fn around(&self, statement: &str) {
        let Some(database) = &self._database else {
            let path = self.folder.path().join("store.db");
            let conn = rusqlite::Connection::open(path).expect("the file");
            conn.execute_batch(statement).expect(statement);
            return;
        };
        let ran = std::process::Command::new("psql")
            .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement])
            .arg(database.to_string())
            .status();
        assert!(ran.expect("psql").success(), "{statement}");
    }

    /// The raw bytes of everything the SQLite desk wrote, as text; PostgreSQL's files belong to the
    /// cluster and are read by its own dump in the store's tests.
    pub(crate) fn on_disk(&self) -> String {
        let mut all = String::new();
        for path in below(self.folder.path()) {
            let bytes = std::fs::read(&path).unwrap_or_default();
            all.push_str(&String::from_utf8_lossy(&bytes));
        }
        all
    }
}

/// Every file below a folder.
pub(crate) fn below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = testkit::data::files(folder);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.path().is_dir()) {
        files.extend(below(&entry.path()));
    }
    files
}
