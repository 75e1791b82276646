//! The journal end to end on both engines: from a file to a proof that leaves the house, and every
//! way of changing rows around the platform, each named by the audit.

use crate::desk::{Desk, catalog, desks};
use exchange::journal::{
    self, Ask, Finding, Journal, LogKey, Ran, Witness, Wrong, event_of_access, event_of_receipt,
};
use seal::checkpoint::Checkpoint;
use seal::log::{Fault, Log, Trust};
use seal::note::{Kind, NoteKey};
use seal::witness::{Request, Seen, consider};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::NewEvent;

const CODE: &str = "91110000MA00000152";
const ROWS: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n\
    北京明远软件有限公司,91110000MA00000152,2001-02-03,软件开发\n\
    北京甲一软件有限公司,91110000MA0000023W,2002-02-03,软件开发\n\
    北京乙二软件有限公司,91110000MA0000031P,2003-02-03,软件开发\n";

fn log_key() -> seal::Signer {
    seal::Signer::from_seed([21; 32])
}

async fn open(desk: &Desk, witnesses: Vec<Witness>) -> Journal {
    Journal::open(
        &desk.office,
        Some("log.example/city"),
        LogKey::Here(log_key()),
        witnesses,
    )
    .await
    .expect("the journal opens")
}

/// Gives what waits its places.
pub(crate) async fn run(desk: &Desk) {
    let journal = open(desk, Vec::new()).await;
    journal.run().await.expect("a run");
}

fn trust() -> Trust {
    let log = NoteKey::new("log.example/city", Kind::Ed25519, log_key().verifier()).unwrap();
    Trust {
        log,
        witnesses: Vec::new(),
        needed: 0,
    }
}

/// Every published file, as a mirror would have it.
async fn files(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let (head, note) = journal::checkpoint(&desk.office.store, 0)
        .await
        .unwrap()
        .unwrap();
    found.insert("checkpoint".to_owned(), note.into_bytes());
    for tile in journal::tiles(head.size) {
        let file = journal::file(&desk.office, 0, &tile.path())
            .await
            .unwrap()
            .unwrap();
        assert!(file.is_fixed);
        found.insert(tile.path(), file.body);
    }
    found
}

fn event(number: u64) -> NewEvent {
    NewEvent {
        id: format!("probe:{number}"),
        kind: "probe".to_owned(),
        at: credit::record::Instant(5),
        content: seal::sha256(&number.to_be_bytes()),
    }
}

/// A witness in memory, and what it signed last.
fn witness(name: &str, seed: u8) -> (Witness, Arc<Mutex<Option<Seen>>>) {
    let signer = seal::Signer::from_seed([seed; 32]);
    let key = NoteKey::new(name, Kind::Cosignature, signer.verifier()).unwrap();
    let seen: Arc<Mutex<Option<Seen>>> = Arc::default();
    let (memory, name) = (Arc::clone(&seen), name.to_owned());
    let ask: Ask = Arc::new(move |text: &str| {
        let mut seen = memory.lock().unwrap();
        let request = Request::parse(text.as_bytes()).map_err(std::io::Error::other)?;
        match consider(&request, &[trust().log], |_| *seen) {
            Ok((mut note, head)) => {
                *seen = Some(Seen {
                    size: head.size,
                    root: head.root,
                });
                Ok(Ok(note.cosign(&name, &signer, 1_700_000_000).unwrap()))
            }
            Err(seal::witness::Refusal::Stale(size)) => Ok(Err(size)),
            Err(refusal) => Err(std::io::Error::other(refusal)),
        }
    });
    (Witness { key, ask }, seen)
}

#[tokio::test]
async fn a_receipt_leads_to_the_log_and_a_look_to_its_proof() {
    for desk in desks(&catalog(&[])).await {
        let receipt = desk.take("registration", "a.csv", ROWS).await;
        assert!(receipt.counts.accepted > 0, "{}: {receipt:?}", desk.engine);
        let (officer, case) = exchange::report::window("甲某", "信用中心", "2026-0001").unwrap();
        let ask = exchange::report::Ask::default();
        let own = exchange::report::own(&desk.office, CODE, officer, case, &ask).await;
        assert!(own.is_ok(), "{own:?}");
        let journal = open(&desk, Vec::new()).await;
        assert!(matches!(journal.run().await.unwrap(), Ran::Done(3..)));
        assert_eq!(journal.run().await.unwrap(), Ran::Done(0));
        let files = files(&desk).await;
        let fetch = |path: &str| files.get(path).cloned();
        let log = Log::open(&fetch, &trust()).unwrap();
        log.check_all().unwrap();
        // From the receipt alone, with nothing of the platform.
        let event = event_of_receipt(&receipt.signature, &receipt.json).unwrap();
        let entry = event.entry(&event.own_salt().unwrap());
        let index = log.find(&entry).unwrap();
        log.check_entry(index, &entry).unwrap();
        // The look: its proof tells its subject who looked, and is checked by anyone.
        let look = desk
            .office
            .store
            .audit_accesses((credit::subject::SubjectId([0; 16]), [0; 16]))
            .await
            .unwrap();
        let id = event_of_access(&look[0].permit);
        let proof = journal::prove(&desk.office.store, 0, &id, Some(look[0].subject))
            .await
            .unwrap();
        let text = proof.written();
        let read = seal::proof::Proof::parse(&text).unwrap();
        let opened = journal::opened(&read.extra).unwrap();
        read.verify(&opened.entry, &trust().log, &[]).unwrap();
        assert_eq!(opened.look.unwrap().texts[1], "甲某");
        let lying = String::from_utf8(read.extra.clone())
            .unwrap()
            .replace("甲某", "乙某");
        assert!(
            journal::opened(lying.as_bytes()).is_err(),
            "another officer does not fit"
        );
        // Nothing of the look stands in the published files.
        for (path, body) in &files {
            let text = String::from_utf8_lossy(body);
            assert!(!text.contains("甲某") && !text.contains("access"), "{path}");
        }
        // Erasure: the log stays valid, the proof is gone.
        assert!(desk.office.store.journal_forget(&id).await.unwrap());
        assert!(
            journal::prove(&desk.office.store, 0, &id, None)
                .await
                .is_err()
        );
        Log::open(&fetch, &trust()).unwrap().check_all().unwrap();
        let audit = journal::audit(&desk.office.store).await.unwrap();
        assert_eq!(
            (audit.wrong, audit.erased, audit.looks, audit.look_events),
            (0, 1, 1, 1),
            "{audit:?}"
        );
        assert!(
            audit.versions > 0 && audit.slices > 0 && audit.receipts == 1,
            "{audit:?}"
        );
    }
}

#[tokio::test]
async fn a_log_has_one_name_and_one_key() {
    for desk in desks(&catalog(&[])).await {
        open(&desk, Vec::new()).await;
        let other = LogKey::Here(seal::Signer::from_seed([22; 32]));
        assert!(
            Journal::open(&desk.office, None, other, Vec::new())
                .await
                .is_err()
        );
        let named = Journal::open(
            &desk.office,
            Some("another"),
            LogKey::Here(log_key()),
            Vec::new(),
        );
        assert!(named.await.is_err());
        let spaced = Journal::open(
            &desk.office,
            Some("a b"),
            LogKey::Here(log_key()),
            Vec::new(),
        );
        assert!(spaced.await.is_err());
        let again = Journal::open(&desk.office, None, LogKey::Here(log_key()), Vec::new())
            .await
            .unwrap();
        assert_eq!(again.origin(), "log.example/city");
        assert!(
            journal::checkpoint(&desk.office.store, 0)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test]
async fn many_writers_share_batches_and_each_gets_a_place_under_a_signed_head() {
    for desk in desks(&catalog(&[])).await {
        let journal = open(&desk, Vec::new()).await;
        let keeper = tokio::spawn(journal.clone().keep(Duration::from_millis(20)));
        let writers: Vec<_> = (0..32)
            .map(|writer| {
                let journal = journal.clone();
                tokio::spawn(async move {
                    let mut places = Vec::new();
                    for turn in 0..20 {
                        let written = journal.append(event(writer * 1_000 + turn)).await.unwrap();
                        assert!(written.index < written.head.size);
                        places.push(written.index);
                    }
                    assert!(places.is_sorted(), "a writer's events keep their order");
                    places
                })
            })
            .collect();
        let mut all = Vec::new();
        for writer in writers {
            all.extend(writer.await.unwrap());
        }
        keeper.abort();
        all.sort_unstable();
        assert!(all.iter().copied().eq(0..640), "dense and each once");
        let audit = journal::audit(&desk.office.store).await.unwrap();
        assert_eq!((audit.events, audit.wrong), (640, 0), "{audit:?}");
        let commits = desk.office.store.transactions()["journal_round"].committed;
        assert!(
            commits < 640,
            "writers that wait together share a transaction: {commits}"
        );
    }
}

#[tokio::test]
async fn a_forked_log_gets_no_second_signature() {
    for desk in desks(&catalog(&[])).await {
        let ((one, seen), (two, _)) = (witness("w.example/1", 31), witness("w.example/2", 32));
        let keys = [one.key.clone(), two.key.clone()];
        let journal = open(&desk, vec![one, two]).await;
        let keeper = tokio::spawn(journal.clone().keep(Duration::from_millis(10)));
        for number in 0..5 {
            journal.append(event(number)).await.unwrap();
        }
        keeper.abort();
        let _ = keeper.await;
        journal.run().await.unwrap();
        let (head, note) = journal::checkpoint(&desk.office.store, 2)
            .await
            .unwrap()
            .expect("two of two signed");
        assert_eq!(head.size, 5);
        let wants = Trust {
            witnesses: keys.to_vec(),
            needed: 2,
            ..trust()
        };
        let (_, signed) = wants.head(note.as_bytes()).unwrap();
        assert_eq!(signed.len(), 3);
        assert!(
            journal::checkpoint(&desk.office.store, 3)
                .await
                .unwrap()
                .is_none()
        );
        // Another history of the same log, as its operator might show it to some: same key, same
        // witnesses, other events.
        let fork = desks(&catalog(&[]))
            .await
            .into_iter()
            .find(|fork| fork.engine == desk.engine)
            .unwrap();
        let (silent, other) = witness("w.example/1", 31);
        *other.lock().unwrap() = *seen.lock().unwrap();
        let forked = open(&fork, vec![silent]).await;
        let keeper = tokio::spawn(forked.clone().keep(Duration::from_millis(10)));
        for number in 100..109 {
            forked.append(event(number)).await.unwrap();
        }
        keeper.abort();
        let _ = keeper.await;
        forked.run().await.unwrap();
        assert!(
            journal::checkpoint(&fork.office.store, 1)
                .await
                .unwrap()
                .is_none(),
            "the witness refuses"
        );
        let files = files(&fork).await;
        let fetch = |path: &str| files.get(path).cloned();
        let missing = Log::open(
            &fetch,
            &Trust {
                needed: 1,
                ..wants.clone()
            },
        )
        .err();
        assert_eq!(
            missing,
            Some(Fault::Witnesses {
                found: 0,
                needed: 1
            })
        );
        let log = Log::open(&fetch, &trust()).unwrap();
        let seen = Checkpoint {
            origin: "log.example/city".into(),
            size: head.size,
            root: head.root,
        };
        assert_eq!(
            log.check_extends(&seen),
            Err(Fault::Forked),
            "who has both views can tell"
        );
    }
}

#[tokio::test]
async fn whatever_was_changed_around_the_platform_is_named() {
    for desk in desks(&catalog(&[])).await {
        desk.take("registration", "a.csv", ROWS).await;
        let (officer, case) = exchange::report::window("甲某", "信用中心", "2026-0001").unwrap();
        let ask = exchange::report::Ask::default();
        exchange::report::own(&desk.office, CODE, officer, case, &ask)
            .await
            .unwrap();
        let journal = open(&desk, Vec::new()).await;
        journal.run().await.unwrap();
        let clean = journal::audit(&desk.office.store).await.unwrap();
        assert_eq!(clean.wrong, 0, "{}: {clean:?}", desk.engine);
        for (statement, back, wrong) in [
            (
                "UPDATE payload SET body = body || ' '",
                "UPDATE payload SET body = rtrim(body)",
                Wrong::Content,
            ),
            (
                "UPDATE version SET row_no = 999 - row_no",
                "UPDATE version SET row_no = 999 - row_no",
                Wrong::Slice,
            ),
            (
                "UPDATE event SET happened_at = happened_at + 1",
                "UPDATE event SET happened_at = happened_at - 1",
                Wrong::EventChanged,
            ),
            (
                "UPDATE access SET officer = officer || 'x'",
                "UPDATE access SET officer = substr(officer, 1, length(officer) - 1)",
                Wrong::RowChanged,
            ),
            (
                "UPDATE slice SET applied_at = applied_at + 1",
                "UPDATE slice SET applied_at = applied_at - 1",
                Wrong::RowChanged,
            ),
            (
                "UPDATE submission SET receipt = receipt || ' '",
                "UPDATE submission SET receipt = rtrim(receipt)",
                Wrong::RowChanged,
            ),
            (
                "INSERT INTO event (event_id, kind, happened_at, leaf) SELECT 'forged:1', kind, happened_at, leaf FROM event WHERE kind = 'receipt'",
                "DELETE FROM event WHERE event_id = 'forged:1'",
                Wrong::EventAdded,
            ),
            (
                "UPDATE journal_head SET root = (SELECT leaf FROM event WHERE kind = 'receipt')",
                "",
                Wrong::Head,
            ),
            ("DELETE FROM access", "", Wrong::RowGone),
            (
                "DELETE FROM event_order WHERE log_index = 1",
                "",
                Wrong::Order,
            ),
            (
                "DELETE FROM event WHERE kind = 'slice'",
                "",
                Wrong::EventGone,
            ),
            (
                "UPDATE journal_edge SET body = substr(body, 1, 32) WHERE level = 0",
                "",
                Wrong::Tile,
            ),
        ] {
            desk.around(statement);
            let audit = journal::audit(&desk.office.store).await.unwrap();
            let named = |finding: &Finding| finding.wrong == wrong;
            let expected = audit.findings.iter().any(named);
            assert!(
                expected,
                "{}: {statement}: {:?}",
                desk.engine, audit.findings
            );
            if !back.is_empty() {
                desk.around(back);
                let again = journal::audit(&desk.office.store).await.unwrap();
                assert_eq!(
                    again.wrong, 0,
                    "{}: {back}: {:?}",
                    desk.engine, again.findings
                );
            }
        }
    }
}
