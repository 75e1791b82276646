//! Natural persons: sealed, found exactly, opened for a logged look only, rotated, erased for good.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use credit::people::AccountId;
use credit::record::{AsOf, Change};
use credit::subject::{RecordId, SubjectId};
use policy::{CaseNumber, Mismatch, Officer, Permit};
use seal::{DataKey, Ring, Wrapped};
use store::{
    Counts, Erased, Erasure, NewPerson, NewPersonVersion, PersonKey, Seen, SliceKey, SlicePlan,
    Store,
};

const NAME: &str = "金丝雀甲";

fn ring() -> Ring {
    Ring::new([1; 32], [2; 32])
}

fn person(number: u32) -> SubjectId {
    SubjectId(ring().id("person", &[b"citizen-id", &number.to_be_bytes()]))
}

fn index(number: u32) -> [u8; 32] {
    ring().index("citizen-id", &number.to_string())
}

fn own(number: u32, permit: u8) -> Permit {
    let officer = Officer::parse("甲某", "信用中心").expect("an officer");
    let case = CaseNumber::parse("2026-1").expect("a case");
    Permit::own([permit; 16], person(number), officer, case)
}

/// A fact on a person, as the sealer of the platform would have it.
#[derive(Clone, Debug)]
struct Told {
    person: u32,
    key: u32,
    says: &'static str,
}

fn told(person: u32, key: u32, says: &'static str) -> Told {
    Told { person, key, says }
}

fn content(fact: &Told) -> [u8; 32] {
    seal::sha256(format!("{}{}", fact.key, fact.says).as_bytes()).0
}

/// Decides as the platform does, in small.
fn plan(facts: &[Told], seen: &[Seen]) -> SlicePlan {
    let mut plan = SlicePlan::default();
    for (fact, seen) in facts.iter().zip(seen) {
        let id = person(fact.person);
        let known = &seen.person;
        let equal = known
            .head
            .as_ref()
            .is_some_and(|head| head.digest == content(fact));
        if known.erased || equal || known.repeats {
            plan.counts.rejected += u64::from(known.erased);
            plan.counts.unchanged += u64::from(!known.erased);
            if !known.erased {
                plan.persons.touched.push(record(fact.key));
            }
            continue;
        }
        let key = match &known.key {
            Some(wrapped) => ring().open(store::KEY, &id.0, wrapped).expect("a key"),
            None => {
                let key = DataKey::from_bytes([fact.person.to_be_bytes()[3]; 32]);
                let number = fact.person.to_string();
                plan.persons.new.push(NewPerson {
                    subject: id,
                    key: ring()
                        .wrap(store::KEY, &id.0, [3; 12], &key)
                        .expect("wrapped"),
                    system: "citizen-id",
                    digest: index(fact.person),
                    sealed: key
                        .seal(store::IDENTIFIER, &id.0, [4; 12], number.as_bytes())
                        .expect("sealed"),
                });
                key
            }
        };
        let seq = known.head.as_ref().map_or(0, |head| head.seq) + 1;
        let body = credit::canon::object(&[
            ("name", NAME),
            ("severity", "serious"),
            ("values", &credit::canon::object(&[("CF_SY", fact.says)])),
        ]);
        let bound = store::body_row(id, record(fact.key), seq);
        let sealed = key
            .seal(store::BODY, &bound, [5; 12], body.as_bytes())
            .expect("sealed");
        plan.counts.accepted += 1;
        plan.persons.versions.push(NewPersonVersion {
            subject: id,
            record: record(fact.key),
            seq,
            row: u64::from(fact.key),
            change: Change::Stated,
            digest: content(fact),
            held: false,
            salt: [6; 16],
            leaf: seal::commit(&[6; 16], &sealed).0,
            sealed,
        });
    }
    plan
}

async fn send_told(store: &Store, number: u32, facts: &[Told]) -> store::Result<Counts> {
    let new = submission(
        number,
        Mode::Delta,
        day(i8::try_from(number).expect("a day")),
    );
    store.submission_begin(&new).await?;
    let keys: Vec<SliceKey<'_>> = facts
        .iter()
        .map(|fact| SliceKey {
            mention: person(fact.person),
            record: record(fact.key),
            digest: content(fact),
            stated_on: new.date,
            identifiers: &[],
            name_form: None,
            person: true,
        })
        .collect();
    let decide = &mut |seen: &[Seen]| plan(facts, seen);
    let applied = store
        .slice_apply(&new.id, 0, &keys, at(number.into()), decide)
        .await?;
    store
        .submission_finish(&new.id, &finish(applied.counts))
        .await?;
    Ok(applied.counts)
}

async fn dossier(
    store: &Store,
    ring: &Ring,
    permit: Permit,
) -> store::Result<Option<policy::Dossier>> {
    let Some(sealed) = store.person_facts(&permit, ring, at(20)).await? else {
        return Ok(None);
    };
    let now = AsOf {
        known: at(30),
        on: day(9),
        today: day(9),
    };
    Ok(Some(permit.open(sealed, catalog(), now).expect("it fits")))
}

fn erasure(number: u32) -> Erasure {
    Erasure {
        subject: person(number),
        at: at(50),
        by: Some(AccountId([8; 16])),
        reason: "决定 2026-3".to_owned(),
    }
}

async fn looks(store: &Store) -> store::Result<usize> {
    Ok(store
        .audit_accesses((SubjectId([0; 16]), [0; 16]))
        .await?
        .len())
}

both! {
    async fn what_was_sealed_comes_back_for_a_logged_look_only(stores: &Stores) {
        let store = stores.open().await?;
        let sent = send_told(&store, 1, &[told(1, 1, "a"), told(1, 2, "b"), told(2, 3, "c")]).await?;
        assert_eq!(sent.accepted, 3);
        assert_eq!(store.person_find("citizen-id", &index(1)).await?, Some(person(1)));
        assert_eq!(store.person_find("citizen-id", &index(9)).await?, None);
        assert_eq!(store.person_find("passport", &index(1)).await?, None);
        let found = dossier(&store, &ring(), own(1, 1)).await?.expect("on file");
        assert_eq!(found.entries().len(), 2);
        assert_eq!(found.subject().name, NAME);
        assert_eq!(looks(&store).await?, 1);
        // Nobody is found by a permit of the public, and nothing is written of the try.
        assert!(store.person_facts(&Permit::public(person(1)), &ring(), at(21)).await?.is_none());
        assert!(store.subject_facts(&Permit::public(person(1)), at(21)).await?.is_none());
        assert_eq!(store.subject_root(person(1)).await?, person(1));
        // A look at somebody who is not on file is a look.
        assert!(dossier(&store, &ring(), own(9, 2)).await?.is_none());
        assert_eq!(looks(&store).await?, 2);
        // A permit is used once, and a refused look opens nothing.
        let again = store.person_facts(&own(1, 1), &ring(), at(22)).await;
        assert!(again.is_err());
        // What was read for one person opens for no other.
        let sealed = store.person_facts(&own(1, 3), &ring(), at(23)).await?.expect("on file");
        let now = AsOf { known: at(30), on: day(9), today: day(9) };
        assert_eq!(own(2, 3).open(sealed, catalog(), now).err(), Some(Mismatch::Subject));
        assert!(store.figures().await?.subjects == 0 && store.figures().await?.records == 0);
    }

    async fn repeats_change_nothing_and_corrections_are_versions(stores: &Stores) {
        let store = stores.open().await?;
        send_told(&store, 1, &[told(1, 1, "a")]).await?;
        assert_eq!(send_told(&store, 2, &[told(1, 1, "a")]).await?.unchanged, 1);
        assert_eq!(send_told(&store, 3, &[told(1, 1, "b")]).await?.accepted, 1);
        let found = dossier(&store, &ring(), own(1, 1)).await?.expect("on file");
        assert_eq!(found.entries().len(), 1);
        assert_eq!(found.entries()[0].version, 2);
    }

    async fn another_ring_opens_nothing(stores: &Stores) {
        let store = stores.open().await?;
        send_told(&store, 1, &[told(1, 1, "a")]).await?;
        let other = Ring::new([7; 32], [2; 32]);
        assert!(store.person_facts(&own(1, 1), &other, at(9)).await.is_err());
        assert_eq!(looks(&store).await?, 0, "what did not open was not seen");
    }

    async fn keys_are_wrapped_anew_in_batches_that_resume(stores: &Stores) {
        let store = stores.open().await?;
        let facts: Vec<Told> = (1..=5).map(|n| told(n, n, "a")).collect();
        send_told(&store, 1, &facts).await?;
        let mut newer = ring();
        newer.add([9; 32]).expect("room");
        assert_eq!(store.person_key_counts().await?, [(1, 5)]);
        let mut turns = 0;
        loop {
            let batch = store.person_keys_under(1, 2).await?;
            if batch.is_empty() { break; }
            let anew: Vec<PersonKey> = batch.iter().map(|one| {
                let id = &one.subject.0;
                let key = newer.open(store::KEY, id, &one.key).expect("opens");
                PersonKey { subject: one.subject, key: newer.wrap(store::KEY, id, [1; 12], &key).expect("wraps") }
            }).collect();
            assert_eq!(store.person_keys_rewrap(1, &anew, at(60 + turns)).await?, batch.len() as u64);
            // Whoever comes second with the same batch changes nothing.
            assert_eq!(store.person_keys_rewrap(1, &anew, at(60 + turns)).await?, 0);
            turns += 1;
            // Half way through both keys open what stands under them.
            assert!(dossier(&store, &newer, own(1, 100 + u8::try_from(turns).expect("few"))).await?.is_some());
        }
        assert_eq!(turns, 3);
        assert_eq!(store.person_key_counts().await?, [(2, 5)]);
        newer.retire(1).expect("old");
        assert!(dossier(&store, &newer, own(1, 1)).await?.is_some());
        assert!(store.person_facts(&own(1, 2), &ring(), at(70)).await.is_err());
        // A key of one person does not open in another's row.
        let stolen = store.person_keys_under(2, 1).await?.remove(0);
        let moved = PersonKey { subject: person(5), key: Wrapped { number: 2, ..stolen.key } };
        let victim = if stolen.subject == person(5) { person(4) } else { person(5) };
        store.person_keys_rewrap(2, &[PersonKey { subject: victim, ..moved }], at(80)).await?;
        let number = if victim == person(5) { 5 } else { 4 };
        assert!(store.person_facts(&own(number, 3), &newer, at(81)).await.is_err());
    }

    async fn an_erasure_is_for_good_and_leaves_the_log_whole(stores: &Stores) {
        let store = stores.open().await?;
        send_told(&store, 1, &[told(1, 1, "a"), told(2, 2, "b")]).await?;
        assert!(dossier(&store, &ring(), own(1, 1)).await?.is_some());
        assert_eq!(store.person_erase(&erasure(1)).await?, Erased::Done);
        assert_eq!(store.person_erase(&erasure(1)).await?, Erased::Before);
        assert_eq!(store.person_find("citizen-id", &index(1)).await?, None);
        assert!(dossier(&store, &ring(), own(1, 2)).await?.is_none());
        assert!(dossier(&store, &ring(), own(2, 3)).await?.is_some());
        // No later file brings the person back, and one who never came is kept out as well.
        assert_eq!(store.person_erase(&erasure(3)).await?, Erased::Nothing);
        let sent = send_told(&store, 2, &[told(1, 1, "a"), told(1, 4, "d"), told(3, 5, "e"), told(2, 2, "c")]).await?;
        assert_eq!((sent.rejected, sent.accepted), (3, 1));
        assert_eq!(store.person_erasures().await?.len(), 2);
        assert_eq!(store.person_key_counts().await?, [(1, 1)]);
        // The history of what was erased stands, without what it committed to.
        let all = store.audit_person_versions((SubjectId([0; 16]), RecordId([0; 16]), -1), (0, 99)).await?;
        assert_eq!(all.len(), 3);
        for one in all {
            match one.opened {
                None => assert_eq!(one.key.0, person(1)),
                Some((salt, sealed)) => assert_eq!(seal::commit(&salt, &sealed), one.leaf),
            }
        }
    }

    async fn an_erasure_and_a_slice_at_once_end_with_nothing_on_file(stores: &Stores) {
        let store = stores.open().await?;
        send_told(&store, 1, &[told(1, 1, "a")]).await?;
        let other = stores.open().await?;
        for round in 2..6 {
            // The person is put back as a restored copy would have it.
            let facts = [told(round, 10 * round, "x")];
            send_told(&store, round, &facts).await?;
            let more = [told(round, 10 * round + 1, "y"), told(round, 10 * round, "z")];
            let (sent, erased) = tokio::join!(
                send_told(&store, round + 10, &more),
                async { other.person_erase(&erasure(round)).await }
            );
            sent?;
            erased?;
            assert_eq!(store.person_find("citizen-id", &index(round)).await?, None);
            assert!(dossier(&store, &ring(), own(round, 200 + u8::try_from(round).expect("few"))).await?.is_none());
        }
        assert_eq!(store.person_key_counts().await?, [(1, 1)]);
    }
}
