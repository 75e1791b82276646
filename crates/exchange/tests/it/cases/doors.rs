//! Doors of cases: another's case, two at once, deadlines that end, attachments, notices, the audit, the window.

use super::{
    FIRM, ORGAN, act, cast, contested, filed, filing, marks, own, reason, record, refused, seen,
};
use crate::desk::{catalog, desks};
use exchange::cases::{self, Saying, Upload};
use exchange::{Error, notices};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anothers_case_is_one_that_there_is_not() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = filed(&desk, &cast).await;
        let office = &desk.office;
        let (actor, mandate) = &cast.other;
        let gone =
            |made: Result<(), Error>| assert!(matches!(made, Err(Error::NotFound)), "{made:?}");
        gone(cases::own_case(office, actor, mandate, &id).await.map(drop));
        gone(
            cases::own_case(office, actor, &cast.subject.1, &id)
                .await
                .map(drop),
        );
        let what = ("take-back", 1);
        gone(
            cases::act_own(office, actor, (mandate, &id), what, Saying::default())
                .await
                .map(drop),
        );
        gone(
            cases::attachment_own(office, actor, mandate, (&id, 1, 1))
                .await
                .map(drop),
        );
        assert!(
            cases::own(office, actor, mandate)
                .await
                .expect("its own")
                .is_empty()
        );
        // Nor may another file on this one's fact, nor on none.
        let theirs = filing(&record(&desk, &cast.subject).await);
        gone(
            cases::file_own(office, actor, mandate, theirs)
                .await
                .map(drop),
        );
        gone(cases::show(office, &cast.stranger, &id).await.map(drop));
        gone(
            cases::act(office, &cast.stranger, &id, ("uphold", 1), reason("x"))
                .await
                .map(drop),
        );
        // Whoever may read may not therefore act: the supplier decides nothing for the centre.
        for (who, what) in [
            (&cast.supplier, "forward"),
            (&cast.auditor, "forward"),
            (&cast.centre, "uphold"),
        ] {
            let made = cases::act(office, who, &id, (what, 1), reason("x")).await;
            assert!(matches!(made, Err(Error::Forbidden)), "{what}: {made:?}");
        }
        let looked = cases::show(office, &cast.auditor, &id)
            .await
            .expect("an auditor reads");
        assert!(looked.open.is_empty());
        // Each of these looks at somebody's facts stands among the looks.
        let nobody = (credit::subject::SubjectId([0; 16]), [0; 16]);
        let looks = office.store.audit_accesses(nobody).await.expect("looks");
        let work = looks.iter().filter(|look| look.texts[0] == "case-work");
        assert_eq!(work.count(), 1, "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_moves_at_once_one_is_made_and_the_other_is_told() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = filed(&desk, &cast).await;
        let office = &desk.office;
        let one = cases::act(office, &cast.centre, &id, ("forward", 1), Saying::default());
        let two = cases::act(office, &cast.second, &id, ("refuse", 1), reason("超出范围"));
        let (one, two) = tokio::join!(one, two);
        assert_eq!(
            u8::from(one.is_ok()) + u8::from(two.is_ok()),
            1,
            "{one:?} {two:?}"
        );
        let lost = if one.is_ok() { two } else { one };
        refused(lost, "a moment ago");
        assert_eq!(seen(&desk, &cast, &id).await, 2, "{}", desk.engine);
        // Two filings on one fact are one case.
        let (actor, mandate) = &cast.subject;
        let again = filing(&record(&desk, &cast.subject).await);
        let again = cases::file_own(office, actor, mandate, again).await;
        refused(again.map(|_| 0), "open already");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_of_the_subject_ends_a_case_and_makes_room_for_another() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = filed(&desk, &cast).await;
        act(
            &desk,
            &cast,
            &cast.centre,
            &id,
            "ask-more",
            reason("缺决定书"),
        )
        .await
        .expect("asked");
        assert_eq!(marks(&desk, None).await, contested());
        desk.on("2026-06-20");
        assert_eq!(own(&desk, &cast, &id).await.standing.state, "lapsed");
        assert_eq!(
            marks(&desk, None).await,
            Some(Vec::new()),
            "no sweep was needed"
        );
        let second = filed(&desk, &cast).await;
        assert_ne!(second, id);
        assert_eq!(marks(&desk, None).await, contested(), "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_attached_is_looked_through_and_comes_back_as_it_was() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let (actor, mandate) = &cast.subject;
        let record = record(&desk, &cast.subject).await;
        let with = |name: &str, content: &[u8]| {
            let mut filing = filing(&record);
            filing.saying.files = vec![Upload {
                name: name.to_owned(),
                content: content.to_vec(),
            }];
            filing
        };
        for (name, content) in [
            ("a.pdf", b"%PDF-1.4 << /OpenAction 1 0 R >>".as_slice()),
            ("a.pdf", b"MZ this is a program"),
            ("a.png", b"<script>alert(1)</script>"),
            ("a.pdf", b""),
        ] {
            let made = cases::file_own(&desk.office, actor, mandate, with(name, content)).await;
            assert!(matches!(made, Err(Error::Request(_))), "{name}: {made:?}");
        }
        let mut personal = filing(&record);
        personal.saying.reason = "法定代表人 11010519491231002X".to_owned();
        let made = cases::file_own(&desk.office, actor, mandate, personal).await;
        refused(made.map(|_| 0), "citizen's number");
        let proof = b"%PDF-1.4 << /Type /Catalog >>";
        let made = cases::file_own(
            &desk.office,
            actor,
            mandate,
            with("../决定\u{202e}书.pdf", proof),
        )
        .await;
        let id = made.expect("filed").to_string();
        let file = cases::attachment_own(&desk.office, actor, mandate, (&id, 1, 1))
            .await
            .expect("kept");
        assert_eq!(
            (file.content.as_slice(), file.name.as_str()),
            (proof.as_slice(), "决定书.pdf")
        );
        let read = cases::attachment(&desk.office, &cast.supplier, (&id, 1, 1)).await;
        assert_eq!(
            read.expect("read").media,
            "application/pdf",
            "{}",
            desk.engine
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_06_each_step_is_told_and_the_notice_holds_nothing_of_the_fact() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = filed(&desk, &cast).await;
        act(
            &desk,
            &cast,
            &cast.centre,
            &id,
            "forward",
            Saying::default(),
        )
        .await
        .expect("forwarded");
        let office = &desk.office;
        let subject = own(&desk, &cast, &id).await.file.subject;
        for (addressee, told) in [
            (notices::Addressee::Subject(subject), 2),
            (notices::Addressee::Agency(ORGAN.to_owned()), 1),
        ] {
            let inbox = notices::inbox(office, &addressee, None)
                .await
                .expect("an inbox");
            let own = inbox
                .rows
                .iter()
                .filter(|one| one.kind == notices::NoticeKind::Case);
            assert_eq!(own.clone().count(), told, "{} {addressee:?}", desk.engine);
            for one in own {
                assert!(
                    one.facts.contains(&id) && !one.facts.contains("罚款"),
                    "{}",
                    one.facts
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_14_a_case_that_was_changed_around_the_platform_is_found() {
    for (statement, wrong) in [
        (
            "UPDATE legal_move SET move = 'refuse' WHERE seq = 2",
            "row-changed",
        ),
        (
            "UPDATE legal_move SET moved_at = 0 WHERE seq = 1",
            "row-changed",
        ),
        ("UPDATE legal_case SET supplier = 'tax'", "row-changed"),
        ("UPDATE legal_body SET body = '{}'", "content"),
        ("DELETE FROM legal_move WHERE seq = 2", "row-gone"),
    ] {
        for desk in desks(&catalog(&[])).await {
            let cast = cast(&desk).await;
            let id = filed(&desk, &cast).await;
            act(
                &desk,
                &cast,
                &cast.centre,
                &id,
                "forward",
                Saying::default(),
            )
            .await
            .expect("forwarded");
            crate::journal::run(&desk).await;
            let sound = exchange::journal::audit(&desk.office.store)
                .await
                .expect("an audit");
            assert_eq!((sound.wrong, sound.cases), (0, 2), "{:?}", sound.findings);
            desk.around(statement);
            let found = exchange::journal::audit(&desk.office.store)
                .await
                .expect("an audit");
            let codes: Vec<&str> = found.findings.iter().map(|one| one.wrong.code()).collect();
            assert!(
                codes.contains(&wrong),
                "{} {statement}: {codes:?}",
                desk.engine
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_the_window_a_named_officer_files_for_whoever_came() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let filing = filing(&record(&desk, &cast.subject).await);
        let refused =
            cases::file_at_window(&desk.office, &cast.supplier, FIRM, filing.clone()).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        let id = cases::file_at_window(&desk.office, &cast.centre, FIRM, filing).await;
        let id = id.expect("filed").to_string();
        assert_eq!(marks(&desk, None).await, contested());
        let shown = own(&desk, &cast, &id).await;
        assert_eq!(
            shown.file.opener(),
            Some(credit::case::Party::Centre),
            "{}",
            desk.engine
        );
    }
}
