//! M5: how fast facts become stored, resolved, versioned records with their events, beside the raw
//! rate of each engine (one table, one random index) in the same run. One JSON line a result.
//!
//! `cargo run --release -p store --example m5_store -- [FACTS] [sqlite|postgres|both]`
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use credit::catalog::Mode;
use credit::identifier::{Identifier, System};
use credit::record::{Change, Instant};
use credit::subject::{RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::date;
use std::time::Instant as Clock;
use store::{
    NewHead, NewMention, NewSubmission, NewVersion, Seen, SliceKey, SlicePlan, Store, StoreUrl,
};
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

const SLICE: usize = 1_000;

struct Fact {
    record: RecordId,
    mention: SubjectId,
    codes: Vec<Identifier>,
    name: String,
    digest: [u8; 32],
    body: String,
    row: u64,
}

fn id(kind: u8, number: u64) -> [u8; 16] {
    let digest = seal::sha256(&[&[kind], number.to_be_bytes().as_slice()].concat());
    let mut id = [0; 16];
    id.copy_from_slice(&digest.0[..16]);
    id
}

/// A registration: ten items, about 400 bytes, a unified code and the organisation code inside it.
fn fact(number: u64) -> Fact {
    let digest = seal::sha256(&number.to_be_bytes()).0;
    let place = digest[0] as usize;
    let city = ["甲城市", "乙江市", "丙海市", "丁山市"][place % 4];
    let trade = ["贸易", "科技", "餐饮管理", "建筑工程", "农业发展"][place % 5];
    let name = format!("{city}第{number}号{trade}有限公司");
    let code = format!("9144{:02}00MA{:08}", place % 21, number % 100_000_000);
    let org = code.get(8..17).unwrap_or_default().to_owned();
    let scope = "一般项目：技术服务、技术开发、技术咨询；货物进出口；日用百货销售（依法须经批准的项目除外）";
    let body = credit::canon::object(&[
        ("code", &code),
        ("name", &name),
        ("scope", scope),
        ("capital", "100万元人民币"),
        ("day", "2020-01-02"),
        ("kind", "有限责任公司"),
        ("state", "存续"),
        ("organ", "市场监督管理局"),
    ]);
    Fact {
        record: RecordId(id(1, number)),
        mention: SubjectId(id(2, number)),
        codes: vec![
            Identifier::from_store(System::Uscc, code),
            Identifier::from_store(System::OrgCode, org),
        ],
        name,
        digest,
        body,
        row: number,
    }
}

fn decide(facts: &[Fact], seen: &[Seen]) -> SlicePlan {
    let mut plan = SlicePlan::default();
    for (fact, seen) in facts.iter().zip(seen) {
        assert!(seen.head.is_none(), "the facts are new");
        plan.mentions.push(NewMention {
            subject: fact.mention,
            kind: SubjectKind::Enterprise,
            name_form: credit::text::name_form(&fact.name),
            name: fact.name.clone(),
            waiting: false,
        });
        let codes = fact.codes.iter().map(|code| (code.clone(), fact.mention));
        plan.identifiers.extend(codes);
        plan.versions.push(NewVersion {
            subject: fact.mention,
            record: fact.record,
            seq: 1,
            stated_on: date(2026, 3, 1),
            change: Change::Stated,
            digest: fact.digest,
            leaf: fact.digest,
            salt: [3; 16],
            body: Some(fact.body.clone()),
            document: None,
            severity: None,
            late: false,
            held: None,
            row: fact.row,
        });
        plan.heads.push(NewHead {
            record: fact.record,
            subject: fact.mention,
            seq: 1,
            digest: fact.digest,
            change: Change::Stated,
            held: false,
            stated_on: date(2026, 3, 1),
            scope: String::new(),
        });
        plan.counts.accepted += 1;
    }
    plan
}

/// Rows written for each fact: mention, two identifiers, head, version, payload, search entry.
const ROWS_PER_FACT: u64 = 7;

async fn slices(engine: &str, url: &StoreUrl, facts: u64) {
    let store = Store::open(url).await.expect("a store");
    store.migrate().await.expect("migrated");
    let new = NewSubmission {
        id: SubmissionId([1; 16]),
        theme: "registration".to_owned(),
        theme_version: "1".to_owned(),
        supplier: "s".to_owned(),
        mode: Mode::Delta,
        date: date(2026, 3, 1),
        file_digest: [0; 32],
        file_name: "f".to_owned(),
        sent_by: None,
        received_at: Instant(0),
        cause: None,
    };
    store.submission_begin(&new).await.expect("begun");
    let mut spent = 0.0;
    for number in 0..facts / SLICE as u64 {
        let first = number * SLICE as u64;
        let batch: Vec<Fact> = (first..first + SLICE as u64).map(fact).collect();
        let clock = Clock::now();
        let keys: Vec<SliceKey<'_>> = batch
            .iter()
            .map(|fact| SliceKey {
                mention: fact.mention,
                record: fact.record,
                digest: fact.digest,
                stated_on: new.date,
                identifiers: &fact.codes,
                name_form: None,
                person: false,
            })
            .collect();
        let slice = u32::try_from(number).expect("few slices");
        store
            .slice_apply(&new.id, slice, &keys, Instant(1), &mut |seen| {
                decide(&batch, seen)
            })
            .await
            .expect("applied");
        spent += clock.elapsed().as_secs_f64();
    }
    let rate = facts as f64 / spent;
    println!(
        "{{\"bench\":\"m5\",\"engine\":\"{engine}\",\"what\":\"slice_apply\",\"facts\":{facts},\
         \"seconds\":{spent:.2},\"facts_per_second\":{rate:.0},\"rows_per_second\":{:.0}}}",
        rate * ROWS_PER_FACT as f64
    );
}

fn raw_sqlite(path: &std::path::Path, facts: u64) {
    let mut conn = rusqlite::Connection::open(path).expect("a file");
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
         CREATE TABLE raw (id BLOB, name TEXT, body TEXT); CREATE INDEX raw_id ON raw (id);",
    )
    .expect("a table");
    let mut spent = 0.0;
    for first in (0..facts).step_by(20_000) {
        let batch: Vec<Fact> = (first..(first + 20_000).min(facts)).map(fact).collect();
        let clock = Clock::now();
        let tx = conn.transaction().expect("a transaction");
        let mut insert = tx
            .prepare_cached("INSERT INTO raw VALUES (?, ?, ?)")
            .expect("a statement");
        for fact in &batch {
            let row = (&fact.mention.0, &fact.name, &fact.body);
            insert.execute(row).expect("a row");
        }
        drop(insert);
        tx.commit().expect("committed");
        spent += clock.elapsed().as_secs_f64();
    }
    raw_line("sqlite", facts, spent);
}

async fn raw_postgres(url: &str, facts: u64) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
        .await
        .expect("a server");
    tokio::spawn(connection);
    client
        .batch_execute(
            "CREATE TABLE raw (id BYTEA, name TEXT, body TEXT); CREATE INDEX raw_id ON raw (id)",
        )
        .await
        .expect("a table");
    let mut spent = 0.0;
    for first in (0..facts).step_by(20_000) {
        let batch: Vec<Fact> = (first..(first + 20_000).min(facts)).map(fact).collect();
        let clock = Clock::now();
        let sink = client
            .copy_in("COPY raw FROM STDIN BINARY")
            .await
            .expect("a copy");
        let writer = BinaryCopyInWriter::new(sink, &[Type::BYTEA, Type::TEXT, Type::TEXT]);
        let mut writer = std::pin::pin!(writer);
        for fact in &batch {
            let id = fact.mention.0.as_slice();
            let row: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
                [&id, &fact.name, &fact.body];
            writer.as_mut().write(&row).await.expect("a row");
        }
        writer.finish().await.expect("copied");
        spent += clock.elapsed().as_secs_f64();
    }
    raw_line("postgres", facts, spent);
}

fn raw_line(engine: &str, facts: u64, spent: f64) {
    println!(
        "{{\"bench\":\"m5\",\"engine\":\"{engine}\",\"what\":\"raw insert, one random index\",\
         \"rows\":{facts},\"seconds\":{spent:.2},\"rows_per_second\":{:.0}}}",
        facts as f64 / spent
    );
}

#[tokio::main]
async fn main() {
    let facts = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let facts: u64 = facts.unwrap_or(200_000);
    let which = std::env::args().nth(2).unwrap_or_else(|| "both".to_owned());
    if which != "postgres" {
        let folder = tempfile::tempdir().expect("a folder");
        raw_sqlite(&folder.path().join("raw.db"), facts);
        let url = StoreUrl::Sqlite(folder.path().join("store.db"));
        slices("sqlite", &url, facts).await;
    }
    if which != "sqlite"
        && let Some(cluster) = testkit::postgres::Cluster::durable()
    {
        raw_postgres(&cluster.database(), facts).await;
        let database = cluster.database();
        let url = database.parse().expect("an address");
        slices("postgres", &url, facts).await;
    }
}
