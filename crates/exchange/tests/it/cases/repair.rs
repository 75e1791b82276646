//! Repair and shield on both engines: by rule, told once, and then as if nothing had been, for every third
//! party and on every day.

use super::{
    Cast, FIRM, ORGAN, OTHER, act, cast, numbered, officer, penalty, reason, refused, scan,
};
use crate::desk::{Desk, Quiet, catalog, desks};
use credit::people::Role;
use exchange::Error;
use exchange::cases::{self, Filing, Paper, Saying};
use exchange::ingest;
use policy::Publication;
use serde_json::Value;
use std::sync::Arc;

pub(super) fn ruling() -> Paper {
    Paper {
        kind: "裁定书".to_owned(),
        number: "（2026）某01破1号".to_owned(),
        day: "2026-06-01".to_owned(),
        organ: "某市中级人民法院".to_owned(),
    }
}

pub(super) fn applied(record: &str) -> Filing {
    Filing {
        kind: "repair".to_owned(),
        record: record.to_owned(),
        saying: Saying {
            choice: "fulfilled".to_owned(),
            commitment: true,
            files: vec![scan()],
            ..reason("罚款已缴清，广告已下架")
        },
    }
}

/// The record of the penalty as the organ that decided it states it.
pub(super) async fn decided(desk: &Desk, cast: &Cast) -> String {
    let (actor, own) = &cast.subject;
    let facts = cases::own_facts(&desk.office, actor, own).await;
    let facts = facts.expect("facts");
    let mut entries = facts.entries().iter();
    let entry = entries.find(|entry| entry.theme.code == "penalty" && entry.supplier == ORGAN);
    entry.expect("the penalty").record.to_string()
}

pub(super) async fn file(desk: &Desk, cast: &Cast, filing: Filing) -> Result<String, Error> {
    let (actor, own) = &cast.subject;
    let made = cases::file_own(&desk.office, actor, own, filing).await;
    made.map(|id| id.to_string())
}

/// The whole way to a repaired fact.
pub(super) async fn repaired(desk: &Desk, cast: &Cast) -> String {
    desk.on("2026-08-03");
    let filing = applied(&decided(desk, cast).await);
    let id = file(desk, cast, filing).await.expect("filed");
    let supplier = &cast.supplier;
    act(desk, cast, supplier, &id, "accept", Saying::default())
        .await
        .expect("accepted");
    act(
        desk,
        cast,
        supplier,
        &id,
        "repair",
        reason("已核实履行完毕"),
    )
    .await
    .expect("repaired");
    id
}

/// What the own file says of the penalty; of every copy the same.
async fn publication(desk: &Desk, cast: &Cast) -> Publication {
    let (actor, own) = &cast.subject;
    let facts = cases::own_facts(&desk.office, actor, own).await;
    let facts = facts.expect("facts");
    let entries = facts.entries().iter();
    let entries = entries.filter(|entry| entry.theme.code == "penalty");
    let mut said: Vec<Publication> = entries.map(|entry| entry.publication.clone()).collect();
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    said.remove(0)
}

/// What the public sees of an organisation, without what names it.
async fn public(desk: &Desk, code: &str, as_of: Option<&str>) -> Value {
    let text = desk.report(code, as_of).await.expect("a report");
    let text = text.replace(code, "CODE");
    // The organisation code stands within the unified one.
    let text = text.replace(&code[8..17], "ORGAN");
    let text = text.replace("北京明远软件有限公司", "NAME");
    let text = text.replace("北京远明软件有限公司", "NAME");
    let mut report: Value = serde_json::from_str(&text).expect("JSON");
    unnamed(&mut report);
    report
}

/// Takes ids and digests away: they differ between any two subjects.
fn unnamed(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members
                .retain(|name, _| !["record", "id", "digest", "number"].contains(&name.as_str()));
            members.values_mut().for_each(unnamed);
        }
        Value::Array(list) => {
            // The report's own number, which is drawn from whom it is about.
            list.retain(|one| one["code"] != "number");
            list.iter_mut().for_each(unnamed);
        }
        _ => {}
    }
}

async fn has_penalty(desk: &Desk, as_of: Option<&str>) -> bool {
    let report = desk.report(FIRM, as_of).await.expect("a report");
    report.contains("某市监罚〔2026〕1号")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r26_what_a_repair_lacks_is_told_at_once_and_whole() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let mut early = applied(&decided(&desk, &cast).await);
        early.saying.commitment = false;
        early.saying.files.clear();
        let Err(Error::Request(text)) = file(&desk, &cast, early.clone()).await else {
            panic!("refused")
        };
        for part in ["2026-08-01", "an attachment", "the credit commitment"] {
            assert!(text.en.contains(part), "{}", text.en);
        }
        // Nothing was opened by that, and the shortest term alone is enough to refuse.
        desk.on("2026-08-01");
        let whole = applied(&decided(&desk, &cast).await);
        let Err(Error::Request(text)) = file(&desk, &cast, whole.clone()).await else {
            panic!("refused")
        };
        assert!(text.en.contains("2026-08-01"), "{}", text.en);
        assert!(!text.en.contains("commitment"), "{}", text.en);
        desk.on("2026-08-03");
        let id = file(&desk, &cast, whole).await.expect("filed");
        // Its own deadline, by whoever decided the matter, and once for what is missing.
        let (supplier, stranger) = (&cast.supplier, &cast.stranger);
        let made = act(&desk, &cast, stranger, &id, "accept", Saying::default()).await;
        assert!(matches!(made, Err(Error::NotFound)), "{made:?}");
        act(
            &desk,
            &cast,
            supplier,
            &id,
            "ask-more",
            reason("请补缴款凭证原件"),
        )
        .await
        .expect("asked once");
        let (actor, own) = &cast.subject;
        let more = Saying {
            files: vec![scan()],
            ..reason("见附件")
        };
        cases::act_own(&desk.office, actor, (own, &id), ("complete", 2), more)
            .await
            .expect("completed");
        let again = act(&desk, &cast, supplier, &id, "ask-more", reason("再补")).await;
        refused(again, "once");
        let shown = super::own(&desk, &cast, &id).await;
        assert_eq!(
            shown.standing.due.map(|day| day.to_string()).as_deref(),
            Some("2026-08-06")
        );
        // A registration needs no repair.
        let facts = cases::own_facts(&desk.office, actor, own)
            .await
            .expect("facts");
        let mut entries = facts.entries().iter();
        let entry = entries.find(|entry| entry.theme.code == "registration");
        let other = applied(&entry.expect("registration").record.to_string());
        let made = file(&desk, &cast, other).await.map(|_| 0);
        refused(made, "needs no repair");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_11_a_repaired_firm_and_one_never_punished_give_third_parties_the_same() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        assert!(has_penalty(&desk, None).await);
        // The centre returned the same decision too: the repair is the document's.
        let mut copy = penalty("广告不实");
        copy.supplier = Some("credit-centre".to_owned());
        let taken = ingest::submit(&desk.office, copy, Arc::new(Quiet)).await;
        assert_eq!(taken.expect("taken").counts.accepted, 1, "{}", desk.engine);
        repaired(&desk, &cast).await;
        for as_of in [None, Some("2026-05-28"), Some("2026-08-02")] {
            assert!(!has_penalty(&desk, as_of).await, "{as_of:?}");
            let (one, twin) = (
                public(&desk, FIRM, as_of).await,
                public(&desk, OTHER, as_of).await,
            );
            assert_eq!(one, twin, "{} {as_of:?}", desk.engine);
        }
        // It does not come back by being sent again, corrected or not.
        let mut again = penalty("广告不实，已整改");
        again.date = Some(jiff::civil::date(2026, 8, 4));
        desk.on("2026-08-05");
        let taken = ingest::submit(&desk.office, again, Arc::new(Quiet)).await;
        assert_eq!(taken.expect("taken").counts.accepted, 1);
        assert!(!has_penalty(&desk, None).await);
        // The subject's own file says it.
        assert_eq!(publication(&desk, &cast).await, Publication::Repaired);
        let made = file(&desk, &cast, applied(&decided(&desk, &cast).await)).await;
        refused(made.map(|_| 0), "repaired already");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r27_a_repair_ends_by_a_decision_alone_and_a_false_commitment_brings_the_fact_back() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = repaired(&desk, &cast).await;
        let made = act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "revoke",
            reason("承诺不实"),
        )
        .await;
        refused(made, "a legal document");
        let said = Saying {
            head: "某局长".to_owned(),
            paper: ruling(),
            ..reason("缴款凭证系伪造")
        };
        let made = act(&desk, &cast, &cast.centre, &id, "revoke", said.clone()).await;
        assert!(made.is_err(), "{made:?}");
        assert!(!has_penalty(&desk, None).await);
        act(&desk, &cast, &cast.supplier, &id, "revoke", said)
            .await
            .expect("revoked");
        assert!(has_penalty(&desk, None).await, "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r29_a_courts_ruling_shields_until_the_plan_is_carried_out_or_has_failed() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        desk.on("2026-06-08");
        let mut filing = applied(&decided(&desk, &cast).await);
        filing.kind = "shield".to_owned();
        filing.saying.choice = "reorganisation".to_owned();
        let bare = file(&desk, &cast, filing.clone()).await.map(|_| 0);
        refused(bare, "a legal document");
        filing.saying.paper = ruling();
        let id = file(&desk, &cast, filing).await.expect("filed");
        assert!(has_penalty(&desk, None).await);
        let supplier = &cast.supplier;
        act(&desk, &cast, supplier, &id, "shield", reason("裁定属实"))
            .await
            .expect("shielded");
        assert!(!has_penalty(&desk, None).await);
        assert_eq!(publication(&desk, &cast).await, Publication::Suspended);
        let said = Saying {
            paper: ruling(),
            ..reason("执行完毕")
        };
        act(&desk, &cast, supplier, &id, "carry-out", said)
            .await
            .expect("carried out");
        assert!(!has_penalty(&desk, None).await);
        assert_eq!(publication(&desk, &cast).await, Publication::Repaired);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r26_after_a_false_commitment_no_repair_is_applied_for_until_the_ban_is_over() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let other = ingest::submit(&desk.office, numbered(2, "另一违法行为"), Arc::new(Quiet));
        assert_eq!(other.await.expect("taken").counts.accepted, 1);
        let first = decided(&desk, &cast).await;
        let id = repaired(&desk, &cast).await;
        let (actor, own) = &cast.subject;
        let facts = cases::own_facts(&desk.office, actor, own).await;
        let facts = facts.expect("facts");
        let mut records = facts
            .entries()
            .iter()
            .filter(|one| one.theme.code == "penalty");
        let second = records.find(|entry| entry.record.to_string() != first);
        let second = second.expect("another penalty").record.to_string();
        let said = Saying {
            head: "某局长".to_owned(),
            paper: ruling(),
            ..reason("缴款凭证系伪造")
        };
        act(&desk, &cast, &cast.supplier, &id, "revoke", said)
            .await
            .expect("revoked");
        for day in ["2026-08-03", "2027-05-03"] {
            desk.on(day);
            for record in [&first, &second] {
                let made = file(&desk, &cast, applied(record)).await.map(|_| 0);
                refused(made, "until 2029-08-03");
            }
        }
        // At the window on its behalf it is the same, to the last day.
        desk.on("2029-08-03");
        let later = officer(&desk, "later", Role::CentreClerk, "credit-centre").await;
        let window = async |record: &str| {
            let made = cases::file_at_window(&desk.office, &later, FIRM, applied(record));
            made.await.map(|_| 0)
        };
        refused(window(&first).await, "until 2029-08-03");
        refused(window(&second).await, "until 2029-08-03");
        desk.on("2029-08-04");
        let made = window(&second).await;
        assert!(made.is_ok(), "{}: {made:?}", desk.engine);
    }
}
