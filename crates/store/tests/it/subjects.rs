//! Subjects: merged and split by membership only, asked about, found by name.

use crate::both;
use crate::kit::*;
use crate::membership::arrange;
use credit::catalog::Mode;
use credit::record::Change;
use policy::{CaseNumber, Officer, Permit};
use store::{By, DecisionId, Moved, NameQuery, NewHold, NewQuestion, Verdict};

fn officer() -> Officer {
    Officer::parse("甲某", "信用中心").expect("an officer")
}

both! {
    async fn a_question_waits_for_a_person_and_its_facts_with_it(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Delta, day(1)), &[Fact::new(1, 1, "a")], 1).await?;
        let new = submission(2, Mode::Delta, day(1));
        store.submission_begin(&new).await?;
        let nameless = Fact { code: None, held: true, name: Fact::new(1, 1, "a").name, ..Fact::new(2, 0, "b") };
        let form = credit::text::name_form(&nameless.name);
        let keys = [store::SliceKey {
            mention: mention(&nameless), record: record(2), digest: digest(&nameless), stated_on: day(1),
            identifiers: &[], name_form: Some(&form), person: false }];
        let mut namesakes = Vec::new();
        store.slice_apply(&new.id, 0, &keys, at(2), &mut |seen| {
            namesakes = seen[0].namesakes.iter().map(|one| one.subject).collect();
            let mut plan = decide(std::slice::from_ref(&nameless), seen, day(1));
            plan.questions.push(NewQuestion {
                mention: mention(&nameless), record: record(2), row: 2,
                reason: "same-name".to_owned(), candidates: namesakes.clone(),
            });
            plan.holds.push(NewHold {
                record: record(2), subject: mention(&nameless), seq: 1, row: 2,
                reason: "subject-unclear".to_owned(),
            });
            plan
        }).await?;
        assert_eq!(namesakes, [mention_of(1)]);
        let open = store.questions(None, 10).await?;
        assert_eq!(open.rows.len(), 1);
        assert_eq!(open.rows[0].candidates[0].subject, mention_of(1));
        assert_eq!(store.holds(Some("market-regulator"), None, 10).await?.rows.len(), 1);
        assert_eq!(store.holds(Some("someone-else"), None, 10).await?.rows.len(), 0);
        let waiting = mention(&nameless);
        let stranger = mention_of(9);
        let officer = officer();
        let by = |reason, tick| By { officer: &officer, reason, at: at(tick) };
        let answer = |n| DecisionId([n; 16]);
        let wrong = store.question_decide(answer(1), waiting, Some(stranger), &by("no", 3), &mut arrange).await?;
        assert_eq!(wrong, Moved::Unknown, "no candidate");
        let same = store.question_decide(answer(2), waiting, Some(mention_of(1)), &by("same seal", 4), &mut arrange).await?;
        assert!(matches!(same, Moved::Done(touched) if touched.contains(&waiting)));
        let twice = store.question_decide(answer(3), waiting, None, &by("twice", 5), &mut arrange).await?;
        assert_eq!(twice, Moved::Unknown, "it is answered");
        assert!(store.questions(None, 10).await?.rows.is_empty());
        assert!(store.holds(None, None, 10).await?.rows.is_empty());
        assert_eq!(store.subject_root(waiting).await?, mention_of(1));
        assert_eq!(versions(stores, &store, 1).await?, [(1, Change::Stated), (1, Change::Stated)]);
        // Taken back: it waits again, and its facts with it.
        let undone = store.decision_undo(answer(2), &by("wrong seal", 6), &mut arrange).await?;
        assert!(matches!(undone, Moved::Done(_)));
        assert_eq!(store.questions(None, 10).await?.rows.len(), 1);
        assert_eq!(store.holds(None, None, 10).await?.rows.len(), 1);
        assert_eq!(store.subject_root(waiting).await?, waiting);
        let twice = store.decision_undo(answer(2), &by("again", 7), &mut arrange).await?;
        assert_eq!(twice, Moved::Unknown, "it is not in force");
        let none = store.question_decide(answer(4), waiting, None, &by("another seal", 8), &mut arrange).await?;
        assert!(matches!(none, Moved::Done(_)));
        let known = store.decisions(None, 1).await?;
        assert_eq!(known.rows[0].verdict, Verdict::Different);
        assert_eq!(known.rows[0].pairs, [(waiting, mention_of(1))]);
        let older = store.decisions(known.next.as_deref(), 5).await?;
        assert!(older.next.is_none() && older.rows[0].undone.is_some());
    }

    async fn names_are_found_by_beginning_and_by_parts_page_by_page(stores: &Stores) {
        let store = stores.open().await?;
        let mut facts: Vec<Fact> = (0..120).map(|n| Fact::new(n, n, "a")).collect();
        for (n, fact) in facts.iter_mut().enumerate() {
            fact.name = if n % 2 == 0 { format!("甲市第{n:03}号商贸公司") } else { format!("乙市甲市{n:03}食品公司") };
        }
        send(&store, &submission(1, Mode::Delta, day(1)), &facts, 1).await?;
        let mut found = Vec::new();
        let mut after = None;
        loop {
            let query = NameQuery { text: "甲市".to_owned(), after, limit: 7 };
            let page = store.names_find(&query).await?;
            assert!(page.hits.len() <= 7);
            found.extend(page.hits.iter().map(|hit| hit.subject));
            after = page.next;
            if after.is_none() { break; }
        }
        let mut unique = found.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), found.len(), "no page repeats a hit");
        assert_eq!(found.len(), 120);
        let one = NameQuery { text: "１１９食品".to_owned(), after: None, limit: 5 };
        assert_eq!(store.names_find(&one).await?.hits[0].subject, mention_of(119));
        for nothing in ["", "丙市", "%", "\"", "甲市\" OR \"乙"] {
            let query = NameQuery { text: nothing.to_owned(), after: None, limit: 5 };
            assert!(store.names_find(&query).await?.hits.is_empty(), "{nothing}");
        }
    }

    async fn a_look_is_logged_once_with_its_permit(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Delta, day(1)), &[Fact::new(1, 1, "a")], 1).await?;
        sequence(&store, "one", at(1)).await?;
        let before = store.events_log(0, 100).await?;
        let case = || CaseNumber::parse("2026-0001").expect("a case number");
        let permit = Permit::own([5; 16], mention_of(1), officer(), case());
        assert!(store.subject_facts(&permit, at(2)).await?.is_some());
        let twice = Permit::own([5; 16], mention_of(1), officer(), case());
        let refused = store.subject_facts(&twice, at(3)).await;
        assert!(matches!(refused, Err(store::Error::Conflict(_))), "one permit, one look");
        assert_eq!(sequence(&store, "one", at(4)).await?, Some(1));
        let log = store.events_log(0, 100).await?;
        assert_eq!(log.len(), before.len() + 1);
        assert_eq!(log.last().map(|one| one.kind.as_str()), Some("access"));
        assert!(log.iter().zip(0..).all(|(one, index)| one.index == index), "dense");
        assert_eq!(sequence(&store, "other", at(5)).await?, None);
        let later = credit::record::Instant(at(5).0 + 11_000_000);
        assert_eq!(sequence(&store, "other", later).await?, Some(0));
        assert_eq!(sequence(&store, "one", later).await?, None);
    }
}
