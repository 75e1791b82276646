//! Any work in any order against the plain model, on both engines: what rows say, who they speak of,
//! what waits, who is who, names, and what was known on any past moment.

use crate::kit::*;
use crate::membership::arrange;
use crate::model::Model;
use credit::catalog::Mode;
use credit::record::{AsOf, Instant};
use policy::{CaseNumber, Dossier, Mismatch, Officer, Permit};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use std::collections::{BTreeMap, BTreeSet};
use store::{
    By, DecisionId, Moved, NamesRead, NewHold, NewSubmission, Seen, SliceKey, Store, Verdict,
};

/// Codes of subjects, far enough apart that no two share the organisation code inside.
const CODES: u32 = 4;

#[derive(Clone, Debug)]
struct Row {
    key: u32,
    code: u32,
    says: u8,
    held: bool,
}

#[derive(Clone, Debug)]
enum Op {
    /// A submission of changes: its first slice now, the second with the next [`Op::Rest`].
    Delta(i8, Vec<Row>, Vec<Row>),
    /// The oldest second slice that waits, by a process that begins anew.
    Rest,
    /// A full list.
    Snapshot(i8, Vec<Row>),
    Decide(bool, u32, u32),
    Undo(u8),
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..6_u32, 1..=CODES, 0..3_u8, prop::bool::weighted(0.2)).prop_map(
        |(key, code, says, held)| Row {
            key,
            code: code * 10,
            says,
            held,
        },
    );
    // One row of each key: intake sees to that.
    prop::collection::vec(row, 0..5).prop_map(|rows| {
        let by_key: BTreeMap<u32, Row> = rows.into_iter().map(|row| (row.key, row)).collect();
        by_key.into_values().collect()
    })
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let code = || (1..=CODES).prop_map(|code| code * 10);
    let op = prop_oneof![
        4 => (1..5_i8, rows(), rows()).prop_map(|(day, now, later)| Op::Delta(day, now, later)),
        2 => Just(Op::Rest),
        2 => (1..5_i8, rows()).prop_map(|(day, rows)| Op::Snapshot(day, rows)),
        3 => (any::<bool>(), code(), code()).prop_map(|(same, a, b)| Op::Decide(same, a, b)),
        2 => any::<u8>().prop_map(Op::Undo),
    ];
    prop::collection::vec(op, 1..14)
}

/// A subject is called differently by each thing that is said of it, so that names change.
fn fact(row: &Row) -> Fact {
    Fact {
        key: row.key,
        code: Some(row.code),
        name: format!(
            "甲市第{}号{}公司",
            row.code,
            ["科技", "商贸", "食品"][usize::from(row.says)]
        ),
        says: row.says.to_string(),
        held: row.held,
    }
}

fn officer() -> Officer {
    Officer::parse("甲某", "信用中心").expect("an officer")
}

/// A store, its model, and where both are.
struct World<'s> {
    stores: &'s Stores,
    store: Store,
    model: Model,
    tick: i64,
    waiting: Vec<(NewSubmission, usize, Vec<Fact>)>,
    deeds: u8,
    /// The model as it was after each tick.
    past: Vec<(i64, Model)>,
}

impl World<'_> {
    async fn new(stores: &Stores) -> store::Result<World<'_>> {
        Ok(World {
            stores,
            store: stores.open().await?,
            model: Model::default(),
            tick: 0,
            waiting: Vec::new(),
            deeds: 0,
            past: Vec::new(),
        })
    }

    async fn run(&mut self, op: &Op) -> store::Result<()> {
        match op {
            Op::Delta(day, now, later) => self.delta(*day, now, later).await?,
            Op::Rest if self.waiting.is_empty() => {}
            Op::Rest => {
                self.store = self.stores.open().await?;
                let (new, number, facts) = self.waiting.remove(0);
                self.slice(&new, number, 1, &facts).await?;
                self.end(&new).await?;
            }
            Op::Snapshot(day, rows) => self.snapshot(*day, rows).await?,
            Op::Decide(same, a, b) => self.decide(*same, *a, *b).await?,
            Op::Undo(nth) => self.undo(*nth).await?,
        }
        self.past.push((self.tick, self.model.clone()));
        Ok(())
    }

    async fn begin(&mut self, mode: Mode, on: i8) -> store::Result<(NewSubmission, usize)> {
        let number = self.model.begin(on);
        let new = submission(number as u32, mode, day(on));
        self.store.submission_begin(&new).await?;
        Ok((new, number))
    }

    async fn end(&self, new: &NewSubmission) -> store::Result<()> {
        let end = finish(store::Counts::default());
        self.store.submission_finish(&new.id, &end).await
    }

    async fn delta(&mut self, day: i8, now: &[Row], later: &[Row]) -> store::Result<()> {
        let (new, number) = self.begin(Mode::Delta, day).await?;
        let facts: Vec<Fact> = now.iter().map(fact).collect();
        self.slice(&new, number, 0, &facts).await?;
        self.waiting
            .push((new, number, later.iter().map(fact).collect()));
        Ok(())
    }

    async fn snapshot(&mut self, day: i8, rows: &[Row]) -> store::Result<()> {
        let (new, number) = self.begin(Mode::Snapshot, day).await?;
        let facts: Vec<Fact> = rows.iter().map(fact).collect();
        let fresh = self.slice(&new, number, 0, &facts).await?;
        let absent = self.store.snapshot_absent(&new.id).await?;
        let wanted = self.model.absent(number).len() as u64;
        assert_eq!(absent.absent, wanted);
        assert_eq!(absent.earlier, wanted + self.model.present(number) - fresh);
        self.tick += 1;
        let removed = self
            .store
            .snapshot_remove(&new.id, None, at(self.tick), [1; 16])
            .await?;
        assert_eq!(removed, self.model.remove(number, self.tick));
        self.end(&new).await
    }

    /// Applies a slice to both; how many records it brought into force.
    async fn slice(
        &mut self,
        new: &NewSubmission,
        number: usize,
        slice: u32,
        facts: &[Fact],
    ) -> store::Result<u64> {
        self.tick += 1;
        let codes: Vec<_> = facts
            .iter()
            .map(|fact| [code(fact.code.unwrap_or(0))])
            .collect();
        let keys: Vec<SliceKey<'_>> = facts
            .iter()
            .zip(&codes)
            .map(|(fact, codes)| SliceKey {
                mention: mention(fact),
                record: record(fact.key),
                digest: digest(fact),
                stated_on: new.date,
                identifiers: codes,
                name_form: None,
                person: false,
            })
            .collect();
        let mut saw: Vec<Seen> = Vec::new();
        let applied = self
            .store
            .slice_apply(&new.id, slice, &keys, at(self.tick), &mut |seen| {
                saw = seen.to_vec();
                planned(facts, seen, new)
            })
            .await?;
        for (fact, seen) in facts.iter().zip(&saw) {
            self.check_head(fact, seen);
        }
        let [accepted, held, unchanged, fresh] = self.model.slice(number, facts, self.tick);
        let counts = applied.counts;
        assert_eq!(
            (counts.accepted, counts.held, counts.unchanged),
            (accepted, held, unchanged)
        );
        let again = self
            .store
            .slice_apply(&new.id, slice, &keys, at(self.tick), &mut |_| {
                panic!("applied once")
            })
            .await?;
        assert!(again.repeated && again.counts == counts);
        Ok(fresh)
    }

    fn check_head(&self, fact: &Fact, seen: &Seen) {
        let stored = seen.head.as_ref().map(|head| {
            (
                head.subject,
                head.seq,
                head.digest,
                head.change,
                head.held,
                head.stated_on,
            )
        });
        let wanted = self.model.heads.get(&fact.key).map(|head| {
            let on = day(head.day);
            (
                mention_of(head.code),
                head.seq,
                head.digest,
                head.change,
                head.held,
                on,
            )
        });
        assert_eq!(stored, wanted, "the head of {}", fact.key);
    }

    async fn decide(&mut self, same: bool, a: u32, b: u32) -> store::Result<()> {
        if a == b {
            return Ok(());
        }
        self.tick += 1;
        self.deeds += 1;
        let verdict = if same {
            Verdict::Same
        } else {
            Verdict::Different
        };
        let officer = officer();
        let by = By {
            officer: &officer,
            reason: "seen",
            at: at(self.tick),
        };
        let pair = [(mention_of(a), mention_of(b))];
        let id = DecisionId([self.deeds; 16]);
        let moved = self
            .store
            .decide(id, verdict, &pair, &by, &mut arrange)
            .await?;
        let mut wanted = self.model.clone();
        wanted.deeds.insert(self.deeds, (verdict, a, b));
        let known = [a, b].iter().all(|one| self.model.names.contains_key(one));
        match moved {
            Moved::Unknown => assert!(!known, "both are on file"),
            Moved::Refused(_) => assert!(wanted.subjects().is_none(), "nothing stands against it"),
            Moved::Done(_) => {
                assert!(known && wanted.subjects().is_some(), "it contradicts");
                self.model = wanted;
            }
        }
        Ok(())
    }

    async fn undo(&mut self, nth: u8) -> store::Result<()> {
        let deeds: Vec<u8> = self.model.deeds.keys().copied().collect();
        if deeds.is_empty() {
            return Ok(());
        }
        self.tick += 1;
        let deed = deeds[usize::from(nth) % deeds.len()];
        let officer = officer();
        let by = By {
            officer: &officer,
            reason: "wrong",
            at: at(self.tick),
        };
        let moved = self
            .store
            .decision_undo(DecisionId([deed; 16]), &by, &mut arrange)
            .await?;
        assert!(matches!(moved, Moved::Done(_)));
        self.model.deeds.remove(&deed);
        Ok(())
    }

    /// Everything that can be asked, against the model.
    async fn check(&mut self) -> store::Result<()> {
        let mut found: BTreeMap<_, BTreeSet<u32>> = BTreeMap::new();
        for code in self.model.names.keys() {
            let root = self.store.subject_root(mention_of(*code)).await?;
            found.entry(root).or_default().insert(*code);
        }
        let sets: BTreeSet<_> = found.values().cloned().collect();
        assert_eq!(Some(sets), self.model.subjects(), "who is who");
        let holds = self.store.holds(None, None, 50).await?;
        let holds: BTreeSet<_> = holds
            .rows
            .iter()
            .map(|one| (one.subject, one.record, one.seq))
            .collect();
        let wanted = self.model.holds.iter();
        let wanted = wanted.map(|(code, key, seq)| (mention_of(*code), record(*key), *seq));
        assert_eq!(holds, wanted.collect(), "what waits");
        self.check_names().await?;
        for (root, codes) in &found {
            self.check_now(*root, codes).await?;
            let past: Vec<(i64, Model)> = self.past.iter().step_by(2).cloned().collect();
            for (tick, then) in past {
                self.check_then(*root, codes, tick, &then).await?;
            }
        }
        self.check_public().await
    }

    async fn check_names(&self) -> store::Result<()> {
        let mut found: Vec<String> = Vec::new();
        for source in self.store.names_sources(0, 1_000).await? {
            let mut read = NamesRead::before(source.submission);
            loop {
                // Small pages, so that there are several.
                let page = self.store.names_stream(source.submission, read, 3).await?;
                if page.0.is_empty() {
                    break;
                }
                read = page.1;
                found.extend(page.0.into_iter().map(|row| row.form));
            }
        }
        let names = self.model.names.values().flatten();
        let mut wanted: Vec<String> = names.map(|one| credit::text::name_form(&one.1)).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "each name of each mention, once");
        Ok(())
    }

    async fn own(
        &mut self,
        root: credit::subject::SubjectId,
        known: Option<Instant>,
    ) -> store::Result<Dossier> {
        // Each look is logged under a permit of its own.
        self.tick += 1;
        let case = CaseNumber::parse("2026-0001").expect("a case number");
        let permit = Permit::own(id16(9, self.tick as u32), root, officer(), case);
        let sealed = self
            .store
            .subject_facts_then(&permit, at(self.tick), known)
            .await?;
        let times = AsOf {
            known: known.unwrap_or(at(self.tick)),
            on: day(9),
            today: day(9),
        };
        Ok(permit
            .open(sealed.expect("a subject"), catalog(), times)
            .expect("its own file"))
    }

    async fn check_now(
        &mut self,
        root: credit::subject::SubjectId,
        codes: &BTreeSet<u32>,
    ) -> store::Result<()> {
        let dossier = self.own(root, None).await?;
        let mut names: Vec<&(i8, String)> = codes
            .iter()
            .flat_map(|one| &self.model.names[one])
            .collect();
        names.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut wanted: Vec<&String> = Vec::new();
        for (_, name) in names {
            if !wanted.contains(&name) {
                wanted.push(name);
            }
        }
        let subject = dossier.subject();
        let told: Vec<&String> = std::iter::once(&subject.name)
            .chain(&subject.other_names)
            .collect();
        assert_eq!(told, wanted, "names, the latest first");
        let own = |one: &u32| [Some(code(*one)), code(*one).org_code()];
        let numbers: BTreeSet<_> = codes.iter().flat_map(own).flatten().collect();
        assert_eq!(
            subject.identifiers.iter().cloned().collect::<BTreeSet<_>>(),
            numbers
        );
        assert_eq!(
            told_versions(&dossier),
            wanted_versions(&self.model, codes, i64::MAX)
        );
        Ok(())
    }

    /// What was known on a past moment, of those who were one then and are one today.
    async fn check_then(
        &mut self,
        root: credit::subject::SubjectId,
        codes: &BTreeSet<u32>,
        tick: i64,
        then: &Model,
    ) -> store::Result<()> {
        let dossier = self.own(root, Some(at(tick))).await?;
        let lead = codes
            .iter()
            .find(|one| mention_of(**one) == root)
            .expect("a root is its own");
        let then = then.subject(*lead);
        let both: BTreeSet<u32> = codes.intersection(&then).copied().collect();
        assert_eq!(
            told_versions(&dossier),
            wanted_versions(&self.model, &both, tick),
            "at {tick}"
        );
        Ok(())
    }

    /// Public look-ups that travel together say what each says alone.
    async fn check_public(&self) -> store::Result<()> {
        let codes: Vec<_> = (1..=CODES + 1).map(|one| code(one * 10)).collect();
        let asked = codes.iter().map(|one| self.store.subject_public(one));
        let together = futures_util::future::try_join_all(asked).await?;
        let mut roots = Vec::new();
        for (code, found) in codes.iter().zip(together) {
            let root = self.store.subject_find(code).await?;
            assert_eq!(found.as_ref().map(|(permit, _)| permit.subject()), root);
            let Some((permit, sealed)) = found else {
                continue;
            };
            let alone = Permit::public(permit.subject());
            let own = self
                .store
                .subject_facts(&alone, at(0))
                .await?
                .expect("a subject");
            assert_eq!(seen(permit, sealed), seen(alone, own));
            roots.extend(root);
        }
        roots.push(mention_of(9_999));
        let many = self.store.subjects_public(&roots).await?;
        let many: Vec<_> = many
            .into_iter()
            .map(|one| one.map(|(permit, _)| permit.subject()))
            .collect();
        let mut wanted: Vec<_> = roots.into_iter().map(Some).collect();
        wanted.pop();
        wanted.push(None);
        assert_eq!(many, wanted);
        Ok(())
    }
}

fn planned(facts: &[Fact], seen: &[Seen], new: &NewSubmission) -> store::SlicePlan {
    let mut plan = decide(facts, seen, new.date);
    let held = plan
        .versions
        .iter()
        .filter(|version| version.held.is_some());
    let held = held.map(|version| NewHold {
        record: version.record,
        subject: version.subject,
        seq: version.seq,
        row: version.row,
        reason: "subject-unclear".to_owned(),
    });
    plan.holds = held.collect();
    plan
}

fn seen(permit: Permit, sealed: policy::Sealed<credit::record::Facts>) -> Option<String> {
    let now = AsOf {
        known: Instant(i64::MAX),
        on: day(9),
        today: day(9),
    };
    match permit.open(sealed, catalog(), now) {
        Ok(dossier) => Some(dossier.fingerprint()),
        Err(refused) => {
            assert_eq!(refused, Mismatch::NotPublic);
            None
        }
    }
}

type Versions = BTreeSet<(credit::subject::RecordId, u32, i64, jiff::civil::Date)>;

fn told_versions(dossier: &Dossier) -> Versions {
    let entries = dossier.entries().iter();
    let each = entries.flat_map(|entry| {
        let past = entry.history.iter();
        let past = past.map(|one| (entry.record, one.version, one.known_at.0, one.stated_on));
        past.chain([(
            entry.record,
            entry.version,
            entry.known_at.0,
            entry.stated_on,
        )])
    });
    each.collect()
}

fn wanted_versions(model: &Model, codes: &BTreeSet<u32>, tick: i64) -> Versions {
    let said = model.said.iter();
    let said = said.filter(|one| codes.contains(&one.code) && one.tick <= tick);
    said.map(|one| (record(one.key), one.seq, at(one.tick).0, day(one.day)))
        .collect()
}

async fn live(stores: &Stores, ops: &[Op]) -> store::Result<()> {
    let mut world = World::new(stores).await?;
    for (place, op) in ops.iter().enumerate() {
        world.run(op).await?;
        if place % 4 == 3 {
            world.check().await?;
        }
    }
    world.check().await
}

/// Runs so many cases, each in a store of its own; a panic inside is a case that fails and shrinks.
fn cases<F>(count: u32, make: impl Fn() -> F)
where
    F: Future<Output = store::Result<Option<Stores>>>,
{
    let config = Config {
        cases: count,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let done = TestRunner::new(config).run(&ops(), |ops| {
        runtime
            .block_on(async {
                match make().await {
                    Ok(Some(stores)) => live(&stores, &ops).await,
                    Ok(None) => Ok(()),
                    Err(error) => Err(error),
                }
            })
            .map_err(|error| TestCaseError::fail(format!("{error}: {error:?}")))
    });
    if let Err(wrong) = done {
        panic!("{wrong}");
    }
}

#[test]
fn any_work_on_sqlite_is_what_the_model_says() {
    cases(24, || async { Stores::sqlite().await.map(Some) });
}

#[test]
fn any_work_on_postgres_is_what_the_model_says() {
    cases(8, Stores::postgres);
}
