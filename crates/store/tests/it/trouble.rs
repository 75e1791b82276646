//! What goes wrong around the store: programs that end half way, meet or come too late, disks that
//! are full, files that stay locked, servers that go away. Nothing is half done, and what cannot be
//! done is said in words that tell how to go on.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{Error, Store, StoreUrl};

/// This test program again, for one test of it, with one more variable.
fn child(test: &str, name: &str, value: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", test, "--nocapture"])
        .env(name, value)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

const MIGRATED: &str = "GONGXIN_TEST_MIGRATED_STORE";

/// The child of the next test.
#[tokio::test]
async fn child_that_migrates() -> store::Result<()> {
    let Ok(address) = std::env::var(MIGRATED) else {
        return Ok(());
    };
    Store::open(&address.parse()?)
        .await?
        .migrate()
        .await
        .map(drop)
}

async fn killed_while_migrating(
    address: &str,
    pauses: impl Iterator<Item = u64>,
) -> store::Result<()> {
    let url: StoreUrl = address.parse()?;
    for pause in pauses {
        let mut child = child("trouble::child_that_migrates", MIGRATED, address)
            .spawn()
            .expect("a child");
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().expect("killed");
        child.wait().expect("ended");
        match Store::open(&url).await?.check_schema().await {
            Ok(()) | Err(Error::SchemaOld { found: 0, .. }) => {}
            Err(half) => panic!("after {pause} ms: {half}"),
        }
    }
    let store = Store::open(&url).await?;
    store.migrate().await?;
    assert!(store.migrate().await?.is_empty());
    send(
        &store,
        &submission(1, Mode::Delta, day(1)),
        &[Fact::new(1, 1, "a")],
        1,
    )
    .await
    .map(drop)
}

#[test]
fn many_who_open_one_new_file_at_the_same_moment_all_open_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for round in 0..20 {
        let address = format!("sqlite:{}/{round}.db", folder.path().display());
        let url: StoreUrl = address.parse().expect("an address");
        let gate = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let runtime = tokio::runtime::Builder::new_current_thread().build();
                    gate.wait();
                    let opened = runtime.expect("a runtime").block_on(Store::open(&url));
                    drop(opened.expect("opened"));
                });
            }
        });
    }
}

#[tokio::test]
async fn a_killed_migration_leaves_all_or_nothing_on_sqlite() -> store::Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    for round in 0..6 {
        let address = format!("sqlite:{}/{round}.db", folder.path().display());
        killed_while_migrating(&address, std::iter::once(8 + round * 7)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_killed_migration_leaves_all_or_nothing_on_postgres() -> store::Result<()> {
    let Some(cluster) = testkit::postgres::shared() else {
        return Ok(());
    };
    let database = cluster.database();
    killed_while_migrating(&database, (0..6).map(|round| 15 + round * 15)).await
}

/// Three programs migrate an empty store at the same moment.
async fn together(url: &StoreUrl) -> store::Result<()> {
    let stores = [
        Store::open(url).await?,
        Store::open(url).await?,
        Store::open(url).await?,
    ];
    let [one, two, three] = &stores;
    let (one, two, three) = tokio::join!(one.migrate(), two.migrate(), three.migrate());
    let done = [one?, two?, three?].concat();
    let unique: BTreeSet<&String> = done.iter().collect();
    assert_eq!(
        unique.len(),
        done.len(),
        "each migration ran once: {done:?}"
    );
    assert!(!done.is_empty());
    stores[0].check_schema().await
}

#[tokio::test]
async fn programs_that_migrate_at_once_go_one_by_one() -> store::Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    // On SQLite the call waits inline, so the others are processes of their own.
    let path = folder.path().join("store.db");
    let address = format!("sqlite:{}", path.display());
    let children: Vec<_> = (0..3)
        .map(|_| {
            child("trouble::child_that_migrates", MIGRATED, &address)
                .spawn()
                .expect("a child")
        })
        .collect();
    for mut child in children {
        assert!(
            child.wait().expect("ended").success(),
            "each finds it done or does it"
        );
    }
    Store::open(&address.parse()?).await?.check_schema().await?;
    let Some(cluster) = testkit::postgres::shared() else {
        return Ok(());
    };
    for _ in 0..3 {
        let database = cluster.database();
        together(&database.parse()?).await?;
    }
    Ok(())
}

const FULL: &str = "GONGXIN_TEST_FULL_STORE";

/// The child of the next test, on a disk of six megabytes. What it asserts is in its exit code.
#[tokio::test]
async fn child_on_a_small_disk() -> store::Result<()> {
    let Ok(folder) = std::env::var(FULL) else {
        return Ok(());
    };
    let path = std::path::Path::new(&folder).join("store.db");
    let url = StoreUrl::Sqlite(path.clone());
    let store = Store::open(&url).await?;
    store.migrate().await?;
    let new = submission(1, Mode::Delta, day(1));
    store.submission_begin(&new).await?;
    let mut applied = 0;
    let refused = loop {
        let facts: Vec<Fact> = (0..200)
            .map(|n| Fact::new(applied * 200 + n, n, "a"))
            .collect();
        match slice(&store, &new, applied, &facts, 1).await {
            Ok(_) => applied += 1,
            Err(refused) => break refused,
        }
    };
    assert!(applied > 0, "it did not begin full");
    assert!(matches!(refused, Error::Full(_)), "{refused:?}");
    assert!(refused.to_string().contains("make room"));
    let lying = |conn: &rusqlite::Connection| -> u32 {
        let count = conn.query_row("SELECT count(*) FROM version", [], |row| row.get(0));
        count.expect("a count")
    };
    let conn = rusqlite::Connection::open(&path).expect("the file");
    assert_eq!(lying(&conn), applied * 200, "whole slices only");
    // With room again, the same store goes on.
    let more = Command::new("mount")
        .args(["-o", "remount,size=64m", &folder])
        .status();
    assert!(more.is_ok_and(|status| status.success()));
    let facts: Vec<Fact> = (0..200)
        .map(|n| Fact::new(applied * 200 + n, n, "a"))
        .collect();
    slice(&store, &new, applied, &facts, 1).await?;
    assert_eq!(lying(&conn), (applied + 1) * 200);
    Ok(())
}

#[test]
fn a_full_disk_is_named_and_leaves_nothing_half() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().display().to_string();
    // A disk of one's own needs a name space of one's own: root has one, others often.
    let small = |then: &str| {
        let mut command = Command::new("unshare");
        let script = format!("mount -t tmpfs -o size=6m tmpfs '{at}' && {then}");
        command.args(["-r", "-m", "sh", "-c", &script, "sh"]);
        command
    };
    let can = small("true").stderr(Stdio::null()).status();
    if !can.is_ok_and(|status| status.success()) {
        println!("SKIPPED: a small disk cannot be mounted here");
        return;
    }
    let program = std::env::current_exe().expect("this program");
    let output = small("exec \"$@\"")
        .arg(program)
        .args(["--exact", "trouble::child_on_a_small_disk", "--nocapture"])
        .env(FULL, &at)
        .output()
        .expect("a child");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test]
async fn a_file_that_stays_locked_is_said_to_be_busy() -> store::Result<()> {
    let stores = Stores::sqlite().await?;
    let StoreUrl::Sqlite(path) = stores.url() else {
        panic!("not on SQLite");
    };
    let store = stores.open().await?;
    let holder = rusqlite::Connection::open(path).expect("the file");
    holder.execute_batch("BEGIN IMMEDIATE").expect("its lock");
    let start = std::time::Instant::now();
    let refused = store
        .catalog_put("d", "one")
        .await
        .expect_err("it is locked");
    assert!(
        matches!(
            refused,
            Error::Busy {
                transaction: "catalog_put",
                ..
            }
        ),
        "{refused:?}"
    );
    assert!(refused.to_string().contains("again in a moment"));
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "one wait, not one for each try"
    );
    // Readers never waited, and the writer goes on when the lock is gone.
    assert_eq!(store.catalog_get("d").await?, None);
    holder.execute_batch("ROLLBACK").expect("given back");
    store.catalog_put("d", "one").await?;
    assert_eq!(store.catalog_get("d").await?.as_deref(), Some("one"));
    Ok(())
}

both! {
    async fn a_long_reader_sees_its_own_moment_and_holds_no_writer_up(stores: &Stores) {
        const COUNT: &str = "SELECT count(*) FROM version";
        let store = stores.open().await?;
        let new = submission(1, Mode::Delta, day(1));
        store.submission_begin(&new).await?;
        let facts = |slice: u32| -> Vec<Fact> { (0..10).map(|n| Fact::new(slice * 10 + n, n, "a")).collect() };
        slice(&store, &new, 0, &facts(0), 1).await?;
        match stores.url() {
            StoreUrl::Sqlite(path) => {
                let reader = rusqlite::Connection::open(path).expect("the file");
                let count = || reader.query_row(COUNT, [], |row| row.get::<_, i64>(0)).expect("a count");
                reader.execute_batch("BEGIN").expect("begun");
                assert_eq!(count(), 10);
                for number in 1..20 { slice(&store, &new, number, &facts(number), 1).await?; }
                assert_eq!(count(), 10, "its own moment");
                reader.execute_batch("COMMIT").expect("ended");
                assert_eq!(count(), 200);
            }
            StoreUrl::Postgres(_) => {
                let reader = stores.client().await;
                reader.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ").await.expect("begun");
                let before: i64 = reader.query_one(COUNT, &[]).await.expect("a row").get(0);
                for number in 1..20 { slice(&store, &new, number, &facts(number), 1).await?; }
                let after: i64 = reader.query_one(COUNT, &[]).await.expect("a row").get(0);
                assert_eq!((before, after), (10, 10), "its own moment");
            }
        }
        assert_eq!(store.subject_find(&code(9)).await?, Some(mention_of(9)));
    }
}

/// Ends every connection of the store as a restart of the server does.
async fn cut(client: &tokio_postgres::Client) -> u64 {
    let ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    client.execute(ended, &[]).await.expect("ended")
}

#[tokio::test]
async fn a_server_that_ends_its_connections_costs_a_try_and_no_row() -> store::Result<()> {
    let Some(stores) = Stores::postgres().await? else {
        return Ok(());
    };
    let (store, client) = (stores.open().await?, stores.client().await);
    let new = submission(1, Mode::Delta, day(1));
    store.submission_begin(&new).await?;
    let asked = code(1);
    for number in 0..12 {
        let facts: Vec<Fact> = (0..40)
            .map(|n| Fact::new(number * 40 + n, n, "a"))
            .collect();
        let (applied, found, _) = tokio::join!(
            slice(&store, &new, number, &facts, 1),
            store.subject_public(&asked),
            async {
                tokio::time::sleep(Duration::from_millis(u64::from(number))).await;
                cut(&client).await
            },
        );
        // A commit whose answer was lost may have happened; the slice's gate tells when it is sent again.
        match applied {
            Ok(applied) => assert_eq!(applied.counts.accepted, 40),
            Err(Error::Gone(_)) => {
                slice(&store, &new, number, &facts, 1).await?;
            }
            Err(other) => panic!("{other:?}"),
        }
        found?;
    }
    assert_eq!(stores.lying().await.len(), 12 * 40, "each row once");
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_to_be_so() {
    let port = testkit::machine::free_port().expect("a port");
    let url = format!("postgres://gongxin@127.0.0.1:{port}/none");
    let refused = Store::open(&url.parse().expect("an address")).await.err();
    let said = refused
        .map(|refused| refused.to_string())
        .unwrap_or_default();
    assert!(
        said.contains("check that it exists, runs and may be used"),
        "{said}"
    );
}
