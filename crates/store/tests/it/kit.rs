//! Makes stores on both engines and small submissions in them.

use credit::catalog::{Catalog, Mode};
use credit::identifier::{Identifier, System};
use credit::record::{Change, Instant};
use credit::subject::{RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::{Date, date};
use std::sync::OnceLock;
use store::{
    Counts, Finish, NewHead, NewMention, NewReject, NewSubmission, NewVersion, Seen, SliceKey,
    SlicePlan, Store, StoreUrl,
};
use testkit::postgres::Database;

/// Runs one check on both engines; PostgreSQL where it is installed.
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($stores:ident: &Stores) $body:block)*) => {$(
        mod $name {
            use super::*;
            async fn check($stores: &Stores) -> store::Result<()> { $body; Ok(()) }

            #[tokio::test]
            async fn sqlite() -> store::Result<()> {
                check(&Stores::sqlite().await?).await
            }

            #[tokio::test]
            async fn postgres() -> store::Result<()> {
                match Stores::postgres().await? {
                    Some(stores) => check(&stores).await,
                    None => Ok(()),
                }
            }
        }
    )*};
}

/// A place for stores, gone when dropped.
pub(crate) struct Stores {
    url: StoreUrl,
    _folder: Option<tempfile::TempDir>,
    _database: Option<Database<'static>>,
}

impl Stores {
    pub(crate) async fn sqlite() -> store::Result<Stores> {
        let folder = tempfile::tempdir().expect("a folder");
        let url = StoreUrl::Sqlite(folder.path().join("store.db"));
        let stores = Stores {
            url,
            _folder: Some(folder),
            _database: None,
        };
        stores.open().await?.migrate().await?;
        Ok(stores)
    }

    pub(crate) async fn postgres() -> store::Result<Option<Stores>> {
        let Some(cluster) = testkit::postgres::shared() else {
            return Ok(None);
        };
        let database = cluster.migrated(migrate).await.expect("a database");
        let stores = Stores {
            url: database.parse()?,
            _folder: None,
            _database: Some(database),
        };
        Ok(Some(stores))
    }

    /// Opens the store, as another process would.
    pub(crate) async fn open(&self) -> store::Result<Store> {
        Store::open(&self.url).await
    }

    pub(crate) fn url(&self) -> &StoreUrl {
        &self.url
    }
}

async fn migrate(url: String) -> store::Result<()> {
    Store::open(&url.parse()?).await?.migrate().await.map(drop)
}

/// A fact of the tests: a key, whom it speaks of, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) key: u32,
    pub(crate) code: Option<u32>,
    pub(crate) name: String,
    pub(crate) says: String,
    pub(crate) held: bool,
}

impl Fact {
    pub(crate) fn new(key: u32, code: u32, says: &str) -> Fact {
        Fact {
            key,
            code: Some(code),
            name: format!("甲市第{code}号科技有限公司"),
            says: says.to_owned(),
            held: false,
        }
    }
}

pub(crate) fn id16(kind: u8, number: u32) -> [u8; 16] {
    let digest = seal::sha256(&[&[kind], number.to_be_bytes().as_slice()].concat());
    let mut id = [0; 16];
    id.copy_from_slice(&digest.0[..16]);
    id
}

pub(crate) fn code(number: u32) -> Identifier {
    Identifier::from_store(System::Uscc, format!("91440000{number:010}"))
}

pub(crate) fn record(key: u32) -> RecordId {
    RecordId(id16(1, key))
}

pub(crate) fn mention(fact: &Fact) -> SubjectId {
    match fact.code {
        Some(code) => mention_of(code),
        None => SubjectId(id16(3, fact.key)),
    }
}

pub(crate) fn mention_of(code: u32) -> SubjectId {
    SubjectId(id16(2, code))
}

pub(crate) fn at(tick: i64) -> Instant {
    Instant(1_760_000_000_000_000 + tick)
}

pub(crate) fn day(day: i8) -> Date {
    date(2026, 3, day)
}

/// A submission of a supplier's theme.
pub(crate) fn submission(number: u32, mode: Mode, stated_on: Date) -> NewSubmission {
    NewSubmission {
        id: SubmissionId(id16(4, number)),
        theme: "registration".to_owned(),
        theme_version: "2022-1".to_owned(),
        supplier: "market-regulator".to_owned(),
        mode,
        date: stated_on,
        file_digest: [7; 32],
        file_name: "file.csv".to_owned(),
        received_at: at(0),
        sent_by: None,
        cause: None,
    }
}

pub(crate) fn digest(fact: &Fact) -> [u8; 32] {
    seal::sha256(format!("{}|{}", fact.key, fact.says).as_bytes()).0
}

/// Decides as the platform does, in small.
pub(crate) fn decide(facts: &[Fact], seen: &[Seen], stated_on: Date) -> SlicePlan {
    let mut plan = SlicePlan::default();
    for (fact, seen) in facts.iter().zip(seen) {
        one(&mut plan, fact, seen, stated_on);
    }
    plan.root = seal::sha256(&(plan.versions.len() as u64).to_be_bytes()).0;
    plan
}

fn one(plan: &mut SlicePlan, fact: &Fact, seen: &Seen, stated_on: Date) {
    let digest = digest(fact);
    let (seq, forward) = match &seen.head {
        Some(head) if (head.digest == digest && head.change == Change::Stated) || seen.repeats => {
            plan.touched.push(record(fact.key));
            plan.counts.unchanged += 1;
            return;
        }
        Some(head) if head.subject != mention(fact) => {
            plan.versions.push(version(
                fact,
                head.subject,
                head.seq + 1,
                Change::Moved,
                stated_on,
            ));
            (head.seq + 2, stated_on >= head.stated_on)
        }
        Some(head) => (head.seq + 1, stated_on >= head.stated_on),
        None => (1, true),
    };
    plan.mentions.push(NewMention {
        subject: mention(fact),
        kind: SubjectKind::Enterprise,
        name_form: credit::text::name_form(&fact.name),
        name: fact.name.clone(),
        waiting: fact.held,
    });
    if let Some(number) = fact.code {
        plan.identifiers.push((code(number), mention(fact)));
        plan.identifiers
            .extend(code(number).org_code().map(|one| (one, mention(fact))));
    }
    plan.versions
        .push(version(fact, mention(fact), seq, Change::Stated, stated_on));
    if forward {
        plan.heads.push(NewHead {
            record: record(fact.key),
            subject: mention(fact),
            seq,
            digest,
            change: Change::Stated,
            held: fact.held,
            stated_on,
            scope: String::new(),
        });
    }
    if fact.held {
        plan.counts.held += 1;
    } else {
        plan.counts.accepted += 1;
    }
}

pub(crate) fn version(
    fact: &Fact,
    subject: SubjectId,
    seq: u32,
    change: Change,
    on: Date,
) -> NewVersion {
    NewVersion {
        subject,
        record: record(fact.key),
        seq,
        stated_on: on,
        change,
        digest: digest(fact),
        leaf: [9; 32],
        salt: [8; 16],
        body: (change == Change::Stated)
            .then(|| credit::canon::object(&[("name", &fact.name), ("says", &fact.says)])),
        document: None,
        severity: None,
        late: false,
        held: (fact.held && change == Change::Stated).then(|| "subject-unclear".to_owned()),
        row: u64::from(fact.key),
    }
}

/// Applies one slice.
pub(crate) async fn slice(
    store: &Store,
    new: &NewSubmission,
    number: u32,
    facts: &[Fact],
    tick: i64,
) -> store::Result<store::SliceApplied> {
    let codes: Vec<Vec<Identifier>> = facts
        .iter()
        .map(|fact| fact.code.map(code).into_iter().collect())
        .collect();
    let forms: Vec<String> = facts
        .iter()
        .map(|fact| credit::text::name_form(&fact.name))
        .collect();
    let keys: Vec<SliceKey<'_>> = facts
        .iter()
        .zip(codes.iter().zip(&forms))
        .map(|(fact, (codes, form))| SliceKey {
            mention: mention(fact),
            record: record(fact.key),
            digest: digest(fact),
            stated_on: new.date,
            identifiers: codes,
            name_form: fact.code.is_none().then_some(form.as_str()),
            person: false,
        })
        .collect();
    let stated_on = new.date;
    store
        .slice_apply(&new.id, number, &keys, at(tick), &mut |seen| {
            decide(facts, seen, stated_on)
        })
        .await
}

/// A whole submission of one slice.
pub(crate) async fn send(
    store: &Store,
    new: &NewSubmission,
    facts: &[Fact],
    tick: i64,
) -> store::Result<Counts> {
    store.submission_begin(new).await?;
    let applied = slice(store, new, 0, facts, tick).await?;
    store
        .submission_finish(&new.id, &finish(applied.counts))
        .await?;
    Ok(applied.counts)
}

pub(crate) fn finish(counts: Counts) -> Finish {
    Finish {
        counts,
        rows: 0,
        receipt: "{}".to_owned(),
        finished_at: at(1),
        waiting: false,
    }
}

pub(crate) fn reject(row: u64) -> NewReject {
    NewReject {
        row,
        personal: false,
        faults: "[]".to_owned(),
        cells: Some("[\"x\"]".to_owned()),
        record: None,
    }
}

/// A row of `version` as it lies in the database.
pub(crate) struct Lying {
    pub(crate) subject: SubjectId,
    pub(crate) record: RecordId,
    pub(crate) seq: u32,
    pub(crate) change: Change,
}

const LYING: &str =
    "SELECT subject_id, record_id, seq, change FROM version ORDER BY seq, record_id, subject_id";

impl Stores {
    /// All versions, read around the store.
    pub(crate) async fn lying(&self) -> Vec<Lying> {
        let rows: Vec<(Vec<u8>, Vec<u8>, i64, String)> = match &self.url {
            StoreUrl::Sqlite(path) => {
                let conn = rusqlite::Connection::open(path).expect("the file");
                let mut statement = conn.prepare(LYING).expect("a statement");
                let rows = statement
                    .query_map([], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                    })
                    .expect("rows");
                rows.collect::<Result<_, _>>().expect("rows")
            }
            StoreUrl::Postgres(_) => {
                let client = self.client().await;
                let rows = client.query(LYING, &[]).await.expect("rows");
                rows.iter()
                    .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3)))
                    .collect()
            }
        };
        rows.into_iter()
            .map(|(subject, record, seq, change)| Lying {
                subject: SubjectId(subject.try_into().expect("16 bytes")),
                record: RecordId(record.try_into().expect("16 bytes")),
                seq: seq.try_into().expect("a number"),
                change: Change::parse(&change).expect("a change"),
            })
            .collect()
    }

    /// A connection of the owner, around the store.
    pub(crate) async fn client(&self) -> tokio_postgres::Client {
        let StoreUrl::Postgres(text) = &self.url else {
            panic!("not on PostgreSQL");
        };
        let (client, connection) = tokio_postgres::connect(text, tokio_postgres::NoTls)
            .await
            .expect("a connection");
        tokio::spawn(connection);
        client
    }
}

/// Numbers and changes of all versions of a subject. What the store seals is counted against what
/// lies in the database.
pub(crate) async fn versions(
    stores: &Stores,
    store: &Store,
    subject: u32,
) -> store::Result<Vec<(u32, Change)>> {
    let id = mention_of(subject);
    let mut found = Vec::new();
    let mut last = std::collections::BTreeMap::new();
    for one in stores.lying().await {
        if store.subject_root(one.subject).await? == id {
            last.insert(one.record, one.change);
            found.push((one.seq, one.change));
        }
    }
    let permit = policy::Permit::public(id);
    let sealed = store
        .subject_facts(&permit, at(9))
        .await?
        .expect("a subject");
    let now = credit::record::AsOf {
        known: at(9),
        on: day(9),
        today: day(9),
    };
    // The public sees records in force, and nothing of a subject without any.
    let in_force = last
        .values()
        .filter(|change| **change == Change::Stated)
        .count();
    let seen = match permit.open(sealed, catalog(), now) {
        Ok(dossier) => dossier.entries().len(),
        Err(refused) => {
            assert_eq!(refused, policy::Mismatch::NotPublic);
            0
        }
    };
    assert_eq!(seen, in_force);
    Ok(found)
}

/// The shipped catalogue, which has the theme of the tests.
pub(crate) fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| {
        let root = testkit::data::workspace().join("catalog");
        let mut files = Vec::new();
        below(&root, "", &mut files);
        Catalog::load(&files).unwrap_or_else(|findings| panic!("{findings:#?}"))
    })
}

/// The files of a catalogue below a folder, by their paths from its root.
fn below(folder: &std::path::Path, at: &str, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{at}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            below(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".toml") && !name.starts_with("examples/") {
            files.push((
                name,
                std::fs::read_to_string(entry.path()).expect("readable"),
            ));
        }
    }
}

/// Gives all waiting events their places and tells how many got one; `None` when another process
/// has the turn.
pub(crate) async fn sequence(
    store: &Store,
    holder: &str,
    now: Instant,
) -> store::Result<Option<u64>> {
    let Some(turn) = store.journal_turn(holder, now).await? else {
        return Ok(None);
    };
    let mut done = 0;
    loop {
        match store.journal_round(turn, now, &[], 10, &[7; 32]).await? {
            store::Round::Done { from, head } => done += head.size - from,
            store::Round::Nothing => return Ok(Some(done)),
            store::Round::Elsewhere => return Ok(None),
        }
    }
}
