//! Announcements on both engines: the centre alone publishes, nothing is changed afterwards, each is shown on
//! its days and until it is withdrawn, and an audit finds what was done to one around the platform.

use crate::cases::{BY, person};
use crate::desk::{Desk, catalog, desks};
use credit::lang::Text;
use credit::people::{AccountKind, Role};
use exchange::Error;
use exchange::announcements::{self, Draft};
use exchange::people::{self, Acting, NewAppointment, begin};

async fn officer(desk: &Desk, role: Role, agency: &str) -> Acting {
    let (office, login) = (&desk.office, format!("{}.{agency}", role.code()));
    let to = NewAppointment {
        role,
        agency: agency.to_owned(),
        unit: None,
        themes: Vec::new(),
        until: None,
    };
    let made = people::add(office, AccountKind::Officer, &person(&login), &[to], BY).await;
    let link = people::link(office, made.expect("an account").0).await;
    let entered = begin::enter(office, link.expect("a link").shown()).await;
    entered.expect("entered").expect("a session");
    people::named(office, &login).await.expect("in use")
}

fn draft(title: &str, (from, until): (&str, &str)) -> Draft {
    let words = |zh: &str| Text {
        zh: zh.to_owned(),
        en: String::new(),
        ru: String::new(),
    };
    Draft {
        title: words(title),
        text: words("今晚二十二时起停机维护。"),
        from: from.parse().ok(),
        until: until.parse().ok(),
    }
}

async fn shown(desk: &Desk) -> Vec<String> {
    let page = announcements::in_force(&desk.office, None, 50).await;
    let rows = page.expect("a page").rows.into_iter();
    rows.map(|one| one.title.zh).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_is_shown_on_its_days_until_it_is_withdrawn_with_a_reason() {
    for desk in desks(&catalog(&[])).await {
        let office = &desk.office;
        let clerk = officer(&desk, Role::CentreClerk, "credit-centre").await;
        let whole = draft("停机", ("2026-11-22", "2026-11-25"));
        for (role, agency) in [
            (Role::SupplierOfficer, "samr"),
            (Role::SharingOfficer, "tax"),
            (Role::Auditor, "credit-centre"),
        ] {
            let who = officer(&desk, role, agency).await;
            let made = announcements::publish(office, &who, whole.clone()).await;
            assert!(matches!(made, Err(Error::Forbidden)), "{role:?}");
        }
        for wrong in [
            draft("", ("2026-11-22", "2026-11-25")),
            draft("停机", ("2026-11-21", "2026-11-25")),
            draft("停机", ("2026-11-22", "")),
            draft("停机", ("2026-11-22", "2029-01-01")),
            draft("关于11010519491231002X", ("2026-11-22", "2026-11-25")),
        ] {
            let made = announcements::publish(office, &clerk, wrong).await;
            assert!(matches!(made, Err(Error::Request(_))), "{made:?}");
        }
        assert!(shown(&desk).await.is_empty(), "{}", desk.engine);
        let later = draft("放假", ("2026-11-24", "2026-11-30"));
        let made = announcements::publish(office, &clerk, later).await;
        let later = made.expect("published").to_string();
        desk.advance(1);
        let made = announcements::publish(office, &clerk, whole).await;
        let id = made.expect("published").to_string();
        assert_eq!(shown(&desk).await, ["停机"]);
        let early = announcements::one(office, &later).await;
        assert!(
            matches!(early, Err(Error::NotFound)),
            "not before its first day"
        );
        desk.on("2026-11-24");
        assert_eq!(shown(&desk).await, ["停机", "放假"], "newest first");
        for reason in ["", "  ", "11010519491231002X 来电"] {
            let done = announcements::withdraw(office, &clerk, &id, reason).await;
            assert!(matches!(done, Err(Error::Request(_))), "{reason}");
        }
        let done = announcements::withdraw(office, &clerk, &id, "日期有误").await;
        done.expect("withdrawn");
        let again = announcements::withdraw(office, &clerk, &id, "再次").await;
        assert!(matches!(again, Err(Error::Request(_))));
        let none = announcements::withdraw(office, &clerk, &"0".repeat(32), "无").await;
        assert!(matches!(none, Err(Error::NotFound)));
        assert_eq!(shown(&desk).await, ["放假"]);
        let told = announcements::one(office, &id)
            .await
            .expect("within its days");
        assert_eq!(told.withdrawn.expect("withdrawn").reason, "日期有误");
        desk.on("2026-12-01");
        assert!(shown(&desk).await.is_empty(), "over by itself");
        for id in [&id, &later] {
            let gone = announcements::one(office, id).await;
            assert!(matches!(gone, Err(Error::NotFound)));
        }
        let all = announcements::all(office, &clerk, None).await;
        assert_eq!(all.expect("a page").rows.len(), 2, "history stays");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_many_hold_each_once() {
    for desk in desks(&catalog(&[])).await {
        let clerk = officer(&desk, Role::CentreAdministrator, "credit-centre").await;
        for nth in 0..7 {
            // Some come at the same instant.
            desk.advance(nth % 2);
            let one = draft(&format!("公告{nth}"), ("2026-11-22", "2026-11-25"));
            let made = announcements::publish(&desk.office, &clerk, one).await;
            made.expect("published");
        }
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = announcements::in_force(&desk.office, after.as_deref(), 2).await;
            let page = page.expect("a page");
            seen.extend(page.rows.into_iter().map(|one| one.title.zh));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 7, "{} {seen:?}", desk.engine);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 7);
        let wrong = announcements::in_force(&desk.office, Some("x"), 2).await;
        assert!(matches!(wrong, Err(Error::Request(_))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_audit_finds_one_that_was_changed_brought_back_or_taken_away() {
    for (statement, wrong) in [
        ("UPDATE announcement SET text_zh = '另一文'", "row-changed"),
        (
            "UPDATE announcement SET until_on = '2099-01-01'",
            "row-changed",
        ),
        ("DELETE FROM announcement_withdrawn", "row-gone"),
        ("DELETE FROM announcement", "row-gone"),
    ] {
        for desk in desks(&catalog(&[])).await {
            let office = &desk.office;
            let clerk = officer(&desk, Role::CentreClerk, "credit-centre").await;
            let one = draft("停机", ("2026-11-22", "2026-11-25"));
            let id = announcements::publish(office, &clerk, one).await;
            let id = id.expect("published").to_string();
            let done = announcements::withdraw(office, &clerk, &id, "日期有误").await;
            done.expect("withdrawn");
            crate::journal::run(&desk).await;
            let audit = async || {
                let audit = exchange::journal::audit(&office.store).await;
                audit.expect("an audit")
            };
            let sound = audit().await;
            let counted = (sound.wrong, sound.announcements, sound.announcement_events);
            assert_eq!(counted, (0, 2, 2), "{:?}", sound.findings);
            desk.around(statement);
            let found = audit().await;
            let mut codes = found.findings.iter().map(|one| one.wrong.code());
            assert!(
                codes.any(|code| code == wrong),
                "{} {statement}",
                desk.engine
            );
        }
    }
}
