//! Machines and cases on both engines: an enterprise's own system by a mandate, a supplier's for an officer
//! whom it names; what is sent again is done once; nobody reaches further by a machine than without.

use super::{
    BY, Cast, ORGAN, act, cast, contested, filing, marks, officer, own, person, reason, record,
    refused,
};
use crate::desk::{Desk, catalog, desks};
use credit::people::{AccountKind, Role};
use exchange::cases::{self, Saying, Upload};
use exchange::people::{self, Acting, Actor, NewAppointment, machine, mandate};
use exchange::{Error, Office};

async fn made(office: &Office, login: &str, to: &[NewAppointment]) -> Actor {
    let made = people::add(office, AccountKind::Machine, &person(login), to, BY).await;
    let id = made.expect("an account").0;
    let key = machine::key(office, id, 9, BY).await.expect("a key");
    let read = machine::read(office, key.shown()).await.expect("read");
    read.expect("in use")
}

fn client(agency: &str) -> NewAppointment {
    NewAppointment {
        role: Role::MachineClient,
        agency: agency.to_owned(),
        unit: None,
        themes: Vec::new(),
        until: None,
    }
}

/// Gives a machine a task, as the representative does.
async fn given(desk: &Desk, cast: &Cast, login: &str, task: &str) -> Result<String, Error> {
    let (actor, own) = &cast.subject;
    let tasks = [task.to_owned()];
    let clerk = mandate::Clerk {
        person: person(login),
        tasks: &tasks,
        until: None,
        reason: "a test",
    };
    let made = mandate::appoint(&desk.office, actor, own, &clerk).await?;
    assert!(made.link.is_none(), "a machine signs in by a key");
    Ok(made.id.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprises_system_files_once_and_moves_once() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let office = &desk.office;
        let firm = made(office, "firm.erp", &[]).await;
        let own_id = given(&desk, &cast, "firm.erp", "cases")
            .await
            .expect("given");
        let facts = cases::own_facts(office, &firm, &own_id).await;
        assert_eq!(facts.expect("facts").entries().len(), 2, "{}", desk.engine);
        let record = record(&desk, &cast.subject).await;
        let send = |key, text: &str| {
            let mut filing = filing(&record);
            filing.saying.reason = text.to_owned();
            filing.saying.files = vec![Upload {
                name: "a.pdf".to_owned(),
                content: b"%PDF-1.4 << /Type /Catalog >>".to_vec(),
            }];
            cases::file_own_once(office, &firm, &own_id, key, filing)
        };
        let (one, two) = tokio::join!(send("2026-1", "不是本公司"), send("2026-1", "不是本公司"));
        let (one, two) = (one.expect("filed"), two.expect("filed"));
        assert_eq!(one.id, two.id, "{}", desk.engine);
        assert!(one.again != two.again, "one of them opened it");
        assert!(send("2026-1", "不是本公司").await.expect("again").again);
        assert_eq!(marks(&desk, None).await, contested());
        let other = send("2026-1", "另一个理由").await;
        refused(other.map(|_| 0), "used for another filing");
        let other = send("2026-2", "不是本公司").await;
        refused(other.map(|_| 0), "open already");
        refused(send("a b", "x").await.map(|_| 0), "letters, digits");
        let id = one.id.to_string();
        let page = cases::own_page(office, &firm, &own_id, None)
            .await
            .expect("a page");
        assert_eq!((page.rows.len(), page.next), (1, None));
        assert!(
            cases::own_page(office, &firm, &own_id, Some("x"))
                .await
                .is_err()
        );
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
        let complete = |text: &str, seen| {
            let saying = Saying {
                files: vec![Upload {
                    name: "b.pdf".to_owned(),
                    content: b"%PDF-1.4 << /Type /Catalog >>".to_vec(),
                }],
                ..reason(text)
            };
            cases::act_own(office, &firm, (&own_id, &id), ("complete", seen), saying)
        };
        assert_eq!(complete("补交", 2).await.expect("completed"), 3);
        assert_eq!(complete("补交", 2).await.expect("sent again"), 3);
        refused(complete("另一句", 2).await, "a moment ago");
        assert_eq!(own(&desk, &cast, &id).await.file.history.steps.len(), 3);
        let file = cases::attachment_own(office, &firm, &own_id, (&id, 3, 1)).await;
        assert_eq!(file.expect("kept").media, "application/pdf");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_reaches_no_further_than_its_mandate_or_its_agency() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let office = &desk.office;
        let record = record(&desk, &cast.subject).await;
        let firm = made(office, "firm.erp", &[]).await;
        let reads = given(&desk, &cast, "firm.erp", "file")
            .await
            .expect("given");
        let made_by = cases::file_own(office, &firm, &reads, filing(&record)).await;
        assert!(matches!(made_by, Err(Error::Forbidden)), "another task");
        for foreign in [&cast.subject.1, &cast.other.1, &"0".repeat(32)] {
            let made_by = cases::file_own(office, &firm, foreign, filing(&record)).await;
            assert!(matches!(made_by, Err(Error::NotFound)), "{foreign}");
        }
        // A machine of an agency is given no task, and one that is appointed later acts for no subject.
        let agency = made(office, "organ.gateway", &[client(ORGAN)]).await;
        assert!(given(&desk, &cast, "organ.gateway", "cases").await.is_err());
        let both = given(&desk, &cast, "firm.erp", "cases")
            .await
            .expect("given");
        people::appoint(office, firm.account, &client("tax"), BY)
            .await
            .expect("appointed");
        let key = machine::key(office, firm.account, 9, BY)
            .await
            .expect("a key");
        let turned = machine::read(office, key.shown()).await.expect("read");
        let made_by = cases::own(office, &turned.expect("in use"), &both).await;
        assert!(matches!(made_by, Err(Error::NotFound)), "{}", desk.engine);
        // The supplier's machine answers for an officer who may, and for the supplier alone.
        let (actor, mandate) = &cast.subject;
        let id = cases::file_own(office, actor, mandate, filing(&record)).await;
        let id = id.expect("filed").to_string();
        let machine = agency.acting();
        let answer = async |who: &Acting, what, seen, text| {
            cases::act_by(office, (&machine, who), &id, (what, seen), reason(text)).await
        };
        let forbidden = |made: Result<u32, Error>, why: &str| {
            assert!(matches!(made, Err(Error::Forbidden)), "{why}: {made:?}");
        };
        forbidden(
            answer(&cast.centre, "forward", 1, "x").await,
            "the centre's",
        );
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
        forbidden(answer(&cast.stranger, "uphold", 2, "x").await, "a stranger");
        forbidden(answer(&cast.auditor, "uphold", 2, "x").await, "an auditor");
        let both = officer(&desk, "theme.only", Role::Reader, ORGAN).await;
        forbidden(answer(&both, "uphold", 2, "x").await, "a reader");
        let stranger = made(office, "tax.gateway", &[client("tax")]).await.acting();
        let theirs = (&stranger, &cast.supplier);
        let gone = cases::act_by(office, theirs, &id, ("uphold", 2), reason("x")).await;
        assert!(
            matches!(gone, Err(Error::NotFound)),
            "another agency's machine"
        );
        assert!(matches!(
            cases::show(office, &stranger, &id).await,
            Err(Error::NotFound)
        ));
        assert_eq!(
            answer(&cast.supplier, "uphold", 2, "证据充分")
                .await
                .expect("upheld"),
            3
        );
        assert_eq!(
            answer(&cast.supplier, "uphold", 2, "证据充分")
                .await
                .expect("again"),
            3
        );
        let told = own(&desk, &cast, &id).await.file.told;
        let name = format!("account:{}", cast.supplier.account);
        assert_eq!(
            told.last().expect("a move").officer,
            name,
            "a person decided"
        );
    }
}
