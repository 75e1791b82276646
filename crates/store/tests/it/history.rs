//! History stays as it was written; unknown schemas are refused; a killed process loses no slice
//! that was acknowledged.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use store::{Error, SubmissionState};

const HISTORY: [&str; 12] = [
    "catalog_bundle",
    "slice",
    "membership",
    "mention_link",
    "decision",
    "decision_pair",
    "decision_undone",
    "version",
    "answer",
    "access",
    "event",
    "event_order",
];

both! {
    async fn migrating_again_changes_nothing(stores: &Stores) {
        let store = stores.open().await?;
        assert!(store.migrate().await?.is_empty());
        store.check_schema().await?;
        store.catalog_put("d", "one").await?;
        store.catalog_put("d", "two").await?;
        assert_eq!(store.catalog_get("d").await?.as_deref(), Some("one"), "insert-only");
        assert!(store.transactions()["catalog_put"].committed == 2);
    }
}

#[tokio::test]
async fn the_role_of_the_program_cannot_rewrite_history() -> store::Result<()> {
    let Some(stores) = Stores::postgres().await? else {
        return Ok(());
    };
    let client = stores.client().await;
    client
        .batch_execute("SET ROLE gongxin_app")
        .await
        .expect("the role");
    for table in HISTORY {
        for statement in [
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table}"),
            format!("DROP TABLE {table}"),
            format!("UPDATE {table} SET {} = NULL", first_column(table)),
        ] {
            let refused = client
                .batch_execute(&statement)
                .await
                .expect_err(&statement);
            assert_eq!(
                refused.code().map(|code| code.code()),
                Some("42501"),
                "{statement}"
            );
        }
    }
    client
        .batch_execute("DELETE FROM payload")
        .await
        .expect("content can be erased");
    Ok(())
}

fn first_column(table: &str) -> &'static str {
    match table {
        "catalog_bundle" => "body",
        "slice" => "fresh",
        "event_order" => "event_id",
        "event" => "leaf",
        "decision" | "decision_pair" | "decision_undone" => "decision_id",
        _ => "subject_id",
    }
}

#[tokio::test]
async fn a_schema_of_another_time_is_refused_with_the_way_out() -> store::Result<()> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("store.db");
    let url = store::StoreUrl::Sqlite(path.clone());
    let store = store::Store::open(&url).await?;
    let empty = store.check_schema().await.expect_err("not migrated");
    assert!(matches!(empty, Error::SchemaOld { found: 0, .. }));
    assert!(empty.to_string().contains("gongxin migrate"));
    store.migrate().await?;
    let conn = rusqlite::Connection::open(&path).expect("the file");
    conn.execute("INSERT INTO schema_version VALUES (999, 'future', '')", [])
        .expect("a row");
    let newer = store.check_schema().await.expect_err("newer");
    assert!(matches!(newer, Error::SchemaUnknown { found: 999, .. }));
    conn.execute(
        "UPDATE schema_version SET digest = 'x' WHERE version = 1",
        [],
    )
    .expect("a row");
    assert!(matches!(
        store.migrate().await,
        Err(Error::MigrationChanged(1))
    ));
    Ok(())
}

/// The child of the next test: applies slices for ever and says so after each.
#[tokio::test]
async fn child_that_is_killed() -> store::Result<()> {
    let Ok(path) = std::env::var("GONGXIN_TEST_KILLED_STORE") else {
        return Ok(());
    };
    let store = store::Store::open(&store::StoreUrl::Sqlite(path.into())).await?;
    let new = submission(1, Mode::Delta, day(1));
    store.submission_begin(&new).await?;
    for number in 0.. {
        let facts: Vec<Fact> = (0..50)
            .map(|n| Fact::new(number * 50 + n, n, "a"))
            .collect();
        slice(&store, &new, number, &facts, 1).await?;
        println!("applied {number}");
    }
    Ok(())
}

#[tokio::test]
async fn a_killed_process_loses_no_applied_slice_and_leaves_no_half() -> store::Result<()> {
    use std::io::{BufRead, BufReader};
    let stores = Stores::sqlite().await?;
    let store::StoreUrl::Sqlite(path) = stores.url() else {
        panic!("not on SQLite");
    };
    let mut child = std::process::Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "history::child_that_is_killed", "--nocapture"])
        .env("GONGXIN_TEST_KILLED_STORE", path)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("a child");
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let mut acknowledged = 0;
    for line in lines.map_while(Result::ok) {
        if let Some(number) = line
            .rsplit("applied ")
            .next()
            .and_then(|n| n.parse::<u32>().ok())
        {
            acknowledged = number + 1;
            if acknowledged == 7 {
                child.kill().expect("killed");
            }
        }
    }
    child.wait().expect("ended");
    let store = stores.open().await?;
    let state = store
        .submission_begin(&submission(1, Mode::Delta, day(1)))
        .await?;
    let SubmissionState::Resumed { slices } = state else {
        panic!("{state:?}");
    };
    assert!(
        slices >= acknowledged && acknowledged >= 7,
        "{slices} of {acknowledged}"
    );
    assert_eq!(
        stores.lying().await.len(),
        slices as usize * 50,
        "whole slices only"
    );
    Ok(())
}
