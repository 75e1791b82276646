//! A natural person is told: in an inbox that is read out at the window, and outside it, where the person
//! left an address, only that there is something. An erasure takes the address along.

use crate::desk::{Desk, Quiet, catalog, desks};
use crate::persons::{CANARIES, HEAD, NUMBERS, ORGAN, row, whole};
use crate::sharing::officer;
use credit::lang::Lang;
use credit::people::Role;
use exchange::Error;
use exchange::ingest::{self, File, Request, Told};
use exchange::notices::{self, Channel, NoticeKind, Routes, Webhook};
use exchange::people::Acting;
use exchange::persons::{self, Number};
use std::sync::{Arc, Mutex};

const PHONE: &str = "+8613800000001";

async fn send(desk: &Desk, rows: &[String]) {
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", format!("{HEAD}{}", rows.concat()).into_bytes()),
        told: Told::default(),
    };
    let sent = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
    assert_eq!(sent.expect("taken").counts.rejected, 0);
}

async fn set(desk: &Desk, who: &Acting, number: &str, address: &str) -> Result<(), Error> {
    // The pace of the window is kept.
    desk.advance(3_000_000);
    let number = Number::parse(number).expect("a number");
    persons::set_contact(&desk.office, who, &number, Channel::Sms, address, Lang::Zh).await
}

/// A round of messages by a gateway that takes them; what it was asked.
async fn delivered(desk: &Desk) -> Vec<String> {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&asked);
    let routes = Routes {
        site: "credit.example".to_owned(),
        sms: Some(Webhook {
            secret: b"0123456789abcdef".to_vec(),
            post: Arc::new(move |body: &str, _: &[(&str, String)]| {
                kept.lock().expect("ours").push(body.to_owned());
                Ok((200, "ok".to_owned()))
            }),
        }),
        ..Routes::default()
    };
    notices::deliver(&desk.office, &routes, "a")
        .await
        .expect("a round");
    asked.lock().expect("ours").clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_06_a_person_is_told_what_at_the_window_and_outside_only_that() {
    for mut desk in desks(&catalog(&[])).await {
        desk.office.persons = Some(Arc::new(seal::Ring::new([1; 32], [2; 32])));
        desk.on("2026-05-06");
        let centre = "credit-centre";
        let window = officer(&desk, "window", Role::CentreClerk, centre, None).await;
        let head = officer(&desk, "head", Role::CentreAdministrator, centre, None).await;
        // Of whom nothing is on file no address is kept.
        let early = set(&desk, &window, NUMBERS[0], PHONE).await;
        assert!(matches!(early, Err(Error::NotFound)), "{}", desk.engine);
        send(&desk, &[row(NUMBERS[0], 1, "一般", "甲事")]).await;
        assert!(delivered(&desk).await.is_empty(), "no address yet");
        let wrong = set(&desk, &window, NUMBERS[0], "13800000001 or so").await;
        assert!(matches!(wrong, Err(Error::Request(_))));
        let refused = set(&desk, &head, NUMBERS[0], PHONE).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        set(&desk, &window, NUMBERS[0], PHONE).await.expect("set");
        // A file with several facts is one message, and another person's is none.
        desk.on("2026-05-07");
        send(
            &desk,
            &[
                row(NUMBERS[0], 2, "一般", "乙事"),
                row(NUMBERS[0], 3, "", "丙事"),
                row(NUMBERS[1], 4, "一般", "丁事"),
            ],
        )
        .await;
        let asked = delivered(&desk).await;
        assert_eq!(asked.len(), 1, "{}: {asked:?}", desk.engine);
        assert!(asked[0].contains(PHONE) && asked[0].contains("credit.example"));
        for told in CANARIES.iter().copied().chain(["处罚", "penalty", "乙事"]) {
            assert!(!asked[0].contains(told), "{told}");
        }
        assert!(delivered(&desk).await.is_empty(), "once");
        let number = Number::parse(NUMBERS[0]).expect("a number");
        let told = async || {
            let told = persons::told(&desk.office, &window, &number, "窗-1", Lang::Zh).await;
            told.expect("told").notices
        };
        let read = told().await;
        assert_eq!(read.len(), 3, "{}", desk.engine);
        for one in &read {
            assert_eq!(one.kind, NoticeKind::Recorded);
            assert_eq!(one.facts, r#"{"theme":"penalty"}"#);
            assert!(!one.read && one.deferred.is_none());
        }
        assert!(told().await.iter().all(|one| one.read), "told is told");
        whole(&desk).await;
        // Erased, nobody is told anything any more: the address is gone with the person.
        persons::erase(&desk.office, &head, &number, "删除决定 2026-1", |_| {
            Ok(())
        })
        .await
        .expect("erased");
        let gone = set(&desk, &window, NUMBERS[0], PHONE).await;
        assert!(matches!(gone, Err(Error::NotFound)));
        desk.around(
            "INSERT INTO lease SELECT 'n', 1 / (CASE WHEN count(*) = 0 THEN 1 ELSE 0 END), '', 0 FROM contact",
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_was_taken_away_or_erased_is_told_nothing() {
    for mut desk in desks(&catalog(&[])).await {
        desk.office.persons = Some(Arc::new(seal::Ring::new([1; 32], [2; 32])));
        desk.on("2026-05-06");
        let window = officer(&desk, "window", Role::CentreClerk, "credit-centre", None).await;
        send(&desk, &[row(NUMBERS[0], 1, "一般", "甲事")]).await;
        set(&desk, &window, NUMBERS[0], PHONE).await.expect("set");
        desk.on("2026-05-07");
        send(&desk, &[row(NUMBERS[0], 2, "一般", "乙事")]).await;
        set(&desk, &window, NUMBERS[0], "")
            .await
            .expect("taken away");
        assert!(delivered(&desk).await.is_empty(), "{}", desk.engine);
        desk.on("2026-05-08");
        send(&desk, &[row(NUMBERS[0], 3, "一般", "丙事")]).await;
        desk.on("2026-05-09");
        assert!(delivered(&desk).await.is_empty(), "{}", desk.engine);
    }
}
