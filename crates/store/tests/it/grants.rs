//! Grants on both engines: moves that the table has, looks that are counted once and never beyond the
//! volume, also when they come at the same time, and buckets that fill at their pace.

use crate::both;
use crate::kit::*;
use credit::catalog::{CaseRule, LookLimits, Mode, SupplyRules, UsePurpose};
use credit::grant::{GrantId, GrantMove, GrantState, Items, Party, Terms};
use credit::lang::Text;
use credit::people::AccountId;
use credit::subject::SubjectKind;
use policy::{CaseNumber, Officer, Permit};
use std::collections::BTreeSet;
use store::{Error, GrantDeed, GrantLook, GrantMoved, LookFault, NewGrant, Pace, Store};

fn deed(party: Party, tick: i64) -> GrantDeed<'static> {
    GrantDeed {
        by: AccountId(id16(9, 1)),
        party,
        at: at(tick),
        today: day(2),
        reason: "a test",
        due: Some(day(9)),
    }
}

fn terms(per_day: u32) -> Terms {
    Terms {
        items: Items::parse("registration/NAME registration/SAYS").expect("items"),
        purposes: BTreeSet::from(["subsidy".to_owned()]),
        kinds: BTreeSet::from([SubjectKind::Enterprise]),
        basis: "预算法 57".to_owned(),
        power: None,
        impact: Some("PIA-1".to_owned()),
        units: BTreeSet::from(["采购 一科".to_owned(), "二科".to_owned()]),
        areas: BTreeSet::from(["99".to_owned()]),
        from: day(1),
        until: day(9),
        per_day,
        in_all: 100,
    }
}

fn grant(number: u32) -> GrantId {
    GrantId(id16(12, number))
}

async fn ask(store: &Store, number: u32, per_day: u32, by_rule: bool) -> store::Result<()> {
    let terms = Terms {
        units: BTreeSet::new(),
        areas: BTreeSet::new(),
        ..terms(per_day)
    };
    let new = NewGrant {
        id: grant(number),
        asker: "finance",
        supplier: "market-regulator",
        terms: &terms,
    };
    store
        .grant_ask(&new, &deed(Party::Asker, 1), by_rule)
        .await
        .map(drop)
}

fn purpose() -> UsePurpose {
    let text = || "补助".to_owned();
    UsePurpose {
        code: "subsidy".to_owned(),
        title: Text {
            zh: text(),
            en: text(),
            ru: text(),
        },
        bases: Vec::new(),
        kinds: vec![SubjectKind::Enterprise],
        case: CaseRule::Named,
        valid_from: day(1),
        valid_to: None,
    }
}

fn limits() -> LookLimits {
    LookLimits {
        valid_from: day(1),
        officer_minute: 3,
        officer_day: 50,
        agency_minute: 4,
        agency_day: 50,
        stands_out_times: 3,
        stands_out_peers: 1,
        stands_out_looks: 1,
    }
}

async fn look(store: &Store, number: u32, permit: u32) -> store::Result<bool> {
    let (officer, case) = (
        Officer::parse("account:1", "finance").expect("an officer"),
        CaseNumber::parse("补1").expect("a case"),
    );
    let look = GrantLook {
        permit: id16(13, permit),
        grant: grant(number),
        subject: mention_of(1),
        named: mention_of(1),
        officer: &officer,
        unit: None,
        case: &case,
        purpose: &purpose(),
        items: &Items::default(),
        person: None,
        rules: &SupplyRules::default(),
        successions: &[],
        limits: &limits(),
        at: at(5),
        today: day(2),
    };
    store.grant_look(&look).await.map(|_| true)
}

both! {
    async fn a_grant_moves_by_its_table_and_reads_back_as_it_was_written(stores: &Stores) {
        let store = stores.open().await?;
        let asked = terms(5);
        let new = NewGrant { id: grant(1), asker: "finance", supplier: "samr", terms: &asked };
        store.grant_ask(&new, &deed(Party::Asker, 1), false).await?;
        let found = store.grant(grant(1)).await?.expect("a grant");
        assert_eq!((found.state, &found.asked, found.due), (GrantState::Asked, &asked, Some(day(9))));
        assert_eq!(found.granted, None);
        let go = async |what, party| store.grant_move(grant(1), what, None, &deed(party, 2)).await;
        assert_eq!(go(GrantMove::Grant, Party::Asker).await?, GrantMoved::NotLawful);
        assert_eq!(go(GrantMove::Dispute, Party::Asker).await?, GrantMoved::Early);
        let mut wider = asked.clone();
        wider.per_day = 6;
        let wide = store.grant_move(grant(1), GrantMove::Grant, Some(&wider), &deed(Party::Supplier, 2)).await?;
        assert_eq!(wide, GrantMoved::Wider);
        assert_eq!(store.grant_moves(grant(1)).await?.len(), 1, "what led nowhere wrote nothing");
        let mut less = asked.clone();
        less.items = Items::parse("registration/NAME").expect("items");
        let moved = store.grant_move(grant(1), GrantMove::Grant, Some(&less), &deed(Party::Supplier, 3)).await?;
        assert_eq!(moved, GrantMoved::To(GrantState::Granted));
        let found = store.grant(grant(1)).await?.expect("a grant");
        assert_eq!((found.asked, found.granted), (asked, Some(less)));
        assert_eq!(go(GrantMove::End, Party::Supplier).await?, GrantMoved::To(GrantState::Ended));
        assert_eq!(go(GrantMove::End, Party::Supplier).await?, GrantMoved::NotLawful);
        let none = store.grant_move(grant(9), GrantMove::End, None, &deed(Party::Supplier, 4)).await;
        assert!(matches!(none, Err(Error::NotFound(_))));
        ask(&store, 2, 5, true).await?;
        let page = store.grants(Some("finance"), None, 1).await?;
        let rest = store.grants(Some("finance"), page.next.as_deref(), 1).await?;
        assert_eq!((page.rows.len(), rest.rows.len(), rest.next), (1, 1, None));
        assert!(store.grants(Some("tax"), None, 9).await?.rows.is_empty());
        assert_eq!(store.grants(None, None, 9).await?.rows.len(), 2);
        assert!(matches!(store.grants(None, Some("x"), 9).await, Err(Error::Cursor)));
        assert_eq!(sequence(&store, "one", at(9)).await?, Some(5), "each move is an event");
    }

    async fn a_look_is_counted_and_written_down_once_and_never_beyond_the_volume(stores: &Stores) {
        let store = std::sync::Arc::new(stores.open().await?);
        send(&store, &submission(1, Mode::Delta, day(1)), &[Fact::new(1, 1, "a")], 1).await?;
        ask(&store, 1, 3, true).await?;
        assert!(look(&store, 1, 1).await?);
        let twice = look(&store, 1, 1).await;
        assert!(matches!(twice, Err(Error::Conflict(_))), "a permit is logged once");
        assert_eq!(store.grant_used(grant(1), day(2)).await?, (1, 1), "and counted once");
        assert!(matches!(look(&store, 7, 2).await, Err(Error::Look(LookFault::NoGrant))));
        // Eight come at once; two are left.
        let mut all = Vec::new();
        for permit in 10..18 {
            let store = std::sync::Arc::clone(&store);
            all.push(tokio::spawn(async move { look(&store, 1, permit).await }));
        }
        let (mut seen, mut refused) = (0, 0);
        for one in all {
            match one.await.expect("no panic") {
                Ok(true) => seen += 1,
                Err(Error::Look(LookFault::Refused(policy::grant::Refused::Volume))) => refused += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((seen, refused), (2, 6));
        assert_eq!(store.grant_used(grant(1), day(2)).await?, (3, 3));
        let own = Permit::own(
            id16(14, 1), mention_of(1),
            Officer::parse("窗口甲", "信用中心").expect("an officer"),
            CaseNumber::parse("窗1").expect("a case"),
        );
        let sealed = store.subject_looks(&own, at(9), None, 2).await?;
        let page = own.open_own(sealed).expect("the own file");
        assert_eq!(page.rows.len(), 2);
        assert!(page.next.is_some() && page.rows.iter().all(|row| row.grant == Some(grant(1))));
        let public = Permit::public(mention_of(1));
        assert!(store.subject_looks(&public, at(9), None, 2).await.is_err());
        let month = store.looks_of_officers("2026-03").await?;
        assert_eq!(month.iter().map(|one| one.looks).collect::<Vec<_>>(), [3]);
        // An end is seen by the next look.
        store.grant_move(grant(1), GrantMove::End, None, &deed(Party::Supplier, 9)).await?;
        let over = look(&store, 1, 30).await;
        assert!(matches!(over, Err(Error::Look(LookFault::Refused(policy::grant::Refused::Over)))));
    }

    async fn a_bucket_gives_what_it_holds_and_fills_at_its_pace(stores: &Stores) {
        let store = stores.open().await?;
        let officer = |name: &str| Officer::parse(name, "finance").expect("an officer");
        let minute = 60_000_000;
        let begin = credit::record::Instant(1_000 * minute);
        let go = async |name: &str, after: i64| {
            let now = credit::record::Instant(begin.0 + after);
            store.look_pace(&officer(name), &limits(), now).await
        };
        for _ in 0..3 {
            assert_eq!(go("a", 0).await?, Pace::Taken);
        }
        assert_eq!(go("a", 0).await?, Pace::Wait(minute / 3));
        assert_eq!(go("a", 0).await?, Pace::Wait(minute / 3), "asking in vain costs nothing");
        assert_eq!(go("b", 0).await?, Pace::Taken, "the agency's fourth");
        assert_eq!(go("b", 0).await?, Pace::Wait(minute / 4));
        assert_eq!(go("a", minute / 3).await?, Pace::Taken);
        assert_eq!(go("a", 10 * minute).await?, Pace::Taken);
        // A clock that was put back gives nothing away.
        assert!(matches!(go("a", 0).await?, Pace::Wait(_)));
    }
}
