//! A request for a grant that a system sends again under its own key is the grant that was asked for, on both
//! engines, and never a second one.

use crate::desk::{catalog, desks};
use crate::sharing::officer;
use credit::grant::{GrantMove, GrantState};
use credit::people::Role;
use exchange::Error;
use exchange::people::Acting;
use exchange::sharing::{self, Narrower, NewAsk, Sent};

/// Whose facts are asked for.
const SUPPLIER: &str = "hrss";

fn wanted() -> NewAsk {
    NewAsk {
        supplier: SUPPLIER.to_owned(),
        items: "social-insurance/SSQZ".to_owned(),
        purposes: vec!["public-procurement".to_owned()],
        kinds: vec!["enterprise".to_owned()],
        basis: "政府采购法 22".to_owned(),
        per_day: 5,
        in_all: 8,
        reason: "资格审查".to_owned(),
        ..NewAsk::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_a_key_makes_one_grant() {
    for desk in desks(&catalog(&[])).await {
        let (office, engine) = (&desk.office, desk.engine);
        let asks = officer(&desk, "asks", Role::SharingOfficer, "finance", None).await;
        let other = officer(&desk, "other", Role::SharingOfficer, "tax", None).await;
        let answers = officer(&desk, "answers", Role::SharingOfficer, SUPPLIER, None).await;
        let ask = async |who: &Acting, key: &str, new: &NewAsk| {
            sharing::ask_by(office, (who, who), (None, key), new).await
        };
        let first = ask(&asks, "2026-17", &wanted()).await.expect("asked");
        assert_eq!(
            (first.state, first.again),
            (GrantState::Asked, false),
            "{engine}"
        );
        let again = ask(&asks, "2026-17", &wanted()).await.expect("the same");
        assert_eq!(
            again,
            Sent {
                again: true,
                ..first
            },
            "{engine}"
        );
        // Whatever became of it, and on a later day, whose days the request leaves open.
        let all = Narrower::default();
        let refused = sharing::act(office, &answers, first.id, GrantMove::Refuse, &all, "否").await;
        assert_eq!(refused.expect("refused"), GrantState::Refused, "{engine}");
        desk.advance(2 * 86_400_000_000);
        let later = ask(&asks, "2026-17", &wanted()).await.expect("the same");
        assert_eq!((later.id, later.state), (first.id, GrantState::Refused));
        // The key for other words, a key that is none, and an officer of nobody.
        let with = |change: fn(&mut NewAsk)| {
            let mut new = wanted();
            change(&mut new);
            new
        };
        for wrong in [
            with(|new| new.reason = "另一事由".to_owned()),
            with(|new| new.per_day = 4),
            with(|new| new.items = "social-insurance/AQJN".to_owned()),
            with(|new| new.until = "2026-12-31".parse().ok()),
            with(|new| new.reason = String::new()),
        ] {
            let refused = ask(&asks, "2026-17", &wrong).await;
            assert!(
                matches!(refused, Err(Error::Request(_))),
                "{engine} {wrong:?}"
            );
        }
        for key in ["a b", "键", &"x".repeat(65)] {
            let refused = ask(&asks, key, &wanted()).await;
            assert!(matches!(refused, Err(Error::Request(_))), "{engine} {key}");
        }
        // Another's key is another's request; without a key each sending is one.
        let theirs = ask(&other, "2026-17", &wanted()).await.expect("asked");
        let bare = ask(&asks, "", &wanted()).await.expect("asked");
        let twice = ask(&asks, "", &wanted()).await.expect("asked");
        for one in [theirs, bare, twice] {
            assert!(!one.again && one.id != first.id, "{engine}");
        }
        assert_ne!(bare.id, twice.id, "{engine}");
        // Two that come at once are one.
        let new = wanted();
        let (left, right) = tokio::join!(ask(&asks, "2026-18", &new), ask(&asks, "2026-18", &new));
        let (left, right) = (left.expect("asked"), right.expect("asked"));
        assert_eq!(left.id, right.id, "{engine}");
        assert!(left.again != right.again, "{engine}: one of them made it");
        let found = exchange::journal::audit(&office.store).await;
        let found = found.expect("an audit").findings;
        assert!(found.is_empty(), "{engine}: {found:?}");
    }
}
