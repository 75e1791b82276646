//! The rules that keep the schema portable, checked over every migration and every statement, and
//! every statement prepared by both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{
    cause, event, grade, grant, journal, legal, membership, name, notice, person, slice, subject,
    submission,
};
use crate::error::Engine;
use crate::migrate::MIGRATIONS;
use crate::store::{Store, Want};
use crate::tx::{Bulk, Each, Tx};

/// Tables that one subject owns: the mention comes first in their keys (rule 1).
const OWNED: &[&str] = &[
    "mention",
    "mention_name",
    "membership",
    "mention_link",
    "version",
    "payload",
    "hold",
    "question",
    "answer",
    "access",
    "name_search",
    "person_key",
    "person_identifier",
    "person_version",
    "person_body",
    "person_notice",
    "person_erasure",
    "consent",
    "consent_withdrawn",
    "consent_use",
    "report_issue",
    "report_body",
    "report_copy",
    "legal_case",
    "legal_move",
    "legal_body",
    "legal_file",
    "legal_file_body",
    "legal_queue",
    "legal_receiver",
    "legal_receipt",
    "grade",
    "grade_head",
];

const BULKS: &[&Bulk] = &[
    &slice::MENTIONS,
    &slice::NAMES,
    &slice::IDENTIFIERS,
    &slice::VERSIONS,
    &slice::PAYLOADS,
    &slice::NEW_HEADS,
    &slice::OLDER,
    &slice::TOUCHED,
    &slice::DOCUMENTS,
    &slice::MEMBERSHIPS,
    &slice::HOLDS,
    &slice::SETTLED,
    &slice::QUESTIONS,
    &submission::NEW_REJECTS,
    &submission::MENDED,
    &submission::MENDED_BY_NAME,
    &event::ORDER,
    &membership::LINKS,
    &membership::PAIRS_NEW,
    &event::UNPEND,
    &journal::EVENTS,
    &journal::SALTS,
    &journal::TILES,
    &journal::EDGE_SET,
    &person::NEW_KEYS,
    &person::SEEN_KEYS,
    &person::NEW_IDENTIFIERS,
    &person::NEW_VERSIONS,
    &person::NEW_BODIES,
    &person::NEW_HEADS,
    &person::SEEN_HEADS,
    &person::NEW_NOTICES,
    &person::REWRAPPED,
    &journal::HEAD_NEW,
    &grant::CASES,
    &notice::TOLD,
    &notice::TOLD_OUTSIDE,
    &grade::GRADES,
    &grade::HEADS,
    &grade::FRESH,
    &grade::STALE,
];

const EACHES: &[&Each] = &[
    &cause::VERSIONS,
    &slice::HEADS,
    &slice::HOLDERS,
    &slice::ROOTS,
    &slice::NAMESAKES,
    &slice::LATER_NAMESAKES,
    &slice::REPEATS,
    &name::NUMBERS,
    &name::NAMED,
    &subject::MOVES,
    &subject::MENTION,
    &subject::NAMES,
    &subject::IDENTIFIERS,
    &subject::VERSIONS,
    &subject::DOCUMENTS,
    &subject::BEARERS,
    &membership::LINKS_OF,
    &membership::LINKS_TO,
    &membership::DECIDED_LEFT,
    &membership::DECIDED_RIGHT,
    &membership::NAMELESS,
    &membership::OPEN,
    &person::KEYS,
    &person::ERASED,
    &person::HEADS,
    &person::REPEATS,
    &legal::CASES,
    &legal::STEPS,
    &grade::NEWEST,
    &legal::LENT,
    &legal::TWINS,
    &legal::FOLLOWERS,
];

/// Every `const NAME: &str = "…"` of the statement modules, by name.
fn constants() -> Vec<(String, String)> {
    let sources = [
        include_str!("announcement.rs"),
        include_str!("case.rs"),
        include_str!("cause.rs"),
        include_str!("consent.rs"),
        include_str!("deferral.rs"),
        include_str!("event.rs"),
        include_str!("export.rs"),
        include_str!("journal.rs"),
        include_str!("figure.rs"),
        include_str!("grade.rs"),
        include_str!("grant.rs"),
        include_str!("job.rs"),
        include_str!("legal.rs"),
        include_str!("mandate.rs"),
        include_str!("membership.rs"),
        include_str!("name.rs"),
        include_str!("notice.rs"),
        include_str!("opening.rs"),
        include_str!("people.rs"),
        include_str!("person.rs"),
        include_str!("pull.rs"),
        include_str!("report.rs"),
        include_str!("snapshot.rs"),
        include_str!("subject.rs"),
        include_str!("submission.rs"),
    ];
    let mut found = Vec::new();
    for source in sources {
        for part in source.split("pub(crate) const ").skip(1) {
            let name = part.split(':').next().unwrap().to_owned();
            let text = part.split('"').nth(1).unwrap().to_owned();
            found.push((name, text));
        }
    }
    assert!(
        found.len() > 40,
        "the statements were not found: {}",
        found.len()
    );
    found
}

fn every_text() -> Vec<String> {
    let mut texts: Vec<String> = constants().into_iter().map(|(_, text)| text).collect();
    texts.extend(BULKS.iter().map(|bulk| bulk.pg_text().to_owned()));
    texts.extend(EACHES.iter().map(|each| each.pg_text().to_owned()));
    texts
}

#[test]
fn statements_keep_the_rules() {
    for text in every_text() {
        let upper = text.to_uppercase();
        for banned in [
            "TRIGGER",
            " RULE ",
            "EXCLUDE ",
            "ROLLUP",
            "LISTEN",
            "NOTIFY",
            "ADVISORY",
            "RECURSIVE",
            "PREPARE TRANSACTION",
            "NOW()",
            "CURRENT_TIMESTAMP",
            "RANDOM()",
            "GEN_RANDOM",
        ] {
            assert!(!upper.contains(banned), "{banned} in {text}");
        }
        assert!(
            !upper.contains("SET SUBJECT_ID =") || upper.contains("EXCLUDED.SUBJECT_ID"),
            "{text}"
        );
        let many = upper.starts_with("SELECT") && !upper.starts_with("SELECT COUNT");
        let keyed = !upper.contains("ORDER BY");
        if many && keyed {
            let single = [
                "MAX(",
                "SUM(",
                "_ID = $1",
                "_NO = $1",
                "NAME = $1",
                "VALUE = $2",
                "SUPPLIER = $1",
                "DIGEST = $1",
            ];
            assert!(
                single.iter().any(|one| upper.contains(one)),
                "no ORDER BY in {text}"
            );
        }
    }
}

#[test]
fn migrations_keep_the_rules() {
    for migration in MIGRATIONS {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let text = migration.text(engine);
            assert!(
                !text.contains("{bytes}") && !text.contains("{bigint}") && !text.contains("{text}")
            );
            let lines = text.lines().filter_map(|line| line.split("--").next());
            let upper = lines.collect::<Vec<_>>().join("\n").to_uppercase();
            for banned in [
                "CREATE TRIGGER",
                "CREATE RULE",
                "EXCLUDE USING",
                "REFERENCES",
                "SERIAL",
                "AS IDENTITY",
                "AUTOINCREMENT",
                "JSONB",
                "TIMESTAMP",
                "DROP TABLE",
                "DROP COLUMN",
            ] {
                assert!(!upper.contains(banned), "{banned} in {}", migration.name);
            }
            tables(&text);
        }
    }
}

/// Every table has a named primary key, the mention first where a subject owns it, and a comment
/// on itself and on each column.
fn tables(text: &str) {
    for part in text.split("CREATE TABLE ").skip(1) {
        let table = part.split([' ', '(']).next().unwrap();
        let body = part.split("\n)").next().unwrap();
        let key = body.split("PRIMARY KEY (").nth(1).expect(table);
        assert!(
            body.contains(&format!("CONSTRAINT {table}_pk PRIMARY KEY")),
            "{table}"
        );
        if OWNED.contains(&table) {
            assert!(key.starts_with("subject_id"), "{table}: {key}");
            assert!(
                !body.contains(" UNIQUE ("),
                "{table} has another unique key"
            );
        }
        let before = text
            .split(&format!("CREATE TABLE {table} "))
            .next()
            .unwrap();
        assert!(
            before
                .trim_end()
                .lines()
                .next_back()
                .unwrap()
                .starts_with("--"),
            "{table}"
        );
        let counts = [
            "accepted",
            "rejected",
            "held",
            "unchanged",
            "late",
            "removed",
        ];
        for line in body
            .lines()
            .skip(1)
            .filter(|line| !line.contains("CONSTRAINT"))
        {
            let column = line.split_whitespace().next().unwrap();
            assert!(
                line.contains("--") || counts.contains(&column),
                "{table}: {line}"
            );
        }
    }
}

async fn prepares(store: &Store) -> crate::Result<()> {
    store.migrate().await?;
    let engine = store.engine();
    let other = match engine {
        Engine::Sqlite => "POSTGRES",
        Engine::Postgres => "SQLITE",
    };
    let mut texts: Vec<String> = constants()
        .into_iter()
        .filter(|(name, _)| !name.ends_with(other))
        .map(|(_, text)| text)
        .collect();
    for bulk in BULKS {
        texts.push(match engine {
            Engine::Sqlite => bulk.lite_text().to_owned(),
            Engine::Postgres => bulk.pg_text().to_owned(),
        });
    }
    for each in EACHES {
        texts.push(match engine {
            Engine::Sqlite => each.lite_text().to_owned(),
            Engine::Postgres => each.pg_text().to_owned(),
        });
    }
    if engine == Engine::Postgres {
        texts.extend(EACHES.iter().map(|each| each.pg_one_text().to_owned()));
    }
    for text in texts {
        let mut tx = store.begin(Want::Write).await?;
        if let Err(error) = tx.prepare(&text).await {
            panic!("{engine} refuses {text}: {error:?}");
        }
        tx.roll_back().await;
    }
    Ok(())
}

#[tokio::test]
async fn sqlite_prepares_every_statement() -> crate::Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let url = crate::StoreUrl::Sqlite(folder.path().join("store.db"));
    prepares(&Store::open(&url).await?).await
}

#[tokio::test]
async fn postgres_prepares_every_statement() -> crate::Result<()> {
    match testkit::postgres::shared() {
        Some(cluster) => prepares(&Store::open(&cluster.database().parse()?).await?).await,
        None => Ok(()),
    }
}

#[tokio::test]
async fn the_authorizer_keeps_history_and_schema() -> crate::Result<()> {
    let folder = tempfile::tempdir().unwrap();
    let url = crate::StoreUrl::Sqlite(folder.path().join("store.db"));
    let store = Store::open(&url).await?;
    store.migrate().await?;
    // Open again: the guarded connection of a migrated store.
    let store = Store::open(&url).await?;
    for table in super::HISTORY {
        for text in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET rowid = 1"),
            format!("DROP TABLE {table}"),
            format!("ALTER TABLE {table} RENAME TO gone"),
        ] {
            let mut tx: Tx = store.begin(Want::Write).await?;
            let refused = tx.exec(&text, &[]).await.expect_err(&text);
            assert!(
                format!("{refused:?}").contains("not authorized"),
                "{text}: {refused:?}"
            );
            tx.roll_back().await;
        }
    }
    for text in [
        "PRAGMA writable_schema = ON",
        "CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END",
        "CREATE TEMP TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END",
        "ATTACH ':memory:' AS other",
        "UPDATE schema_version SET version = 2",
    ] {
        let mut tx = store.begin(Want::Write).await?;
        assert!(tx.exec(text, &[]).await.is_err(), "{text}");
        tx.roll_back().await;
    }
    let mut tx = store.begin(Want::Write).await?;
    tx.exec("DELETE FROM payload", &[]).await?;
    tx.commit().await
}
