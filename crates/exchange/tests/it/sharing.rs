//! Sharing on both engines: grants asked for, answered, disputed and decided; looks under them, which
//! are limited, confirmed and told to whom they were about.

use crate::desk::{Desk, catalog, desks};
use crate::snapshots::code;
use credit::grant::{GrantId, GrantMove, GrantState};
use credit::lang::Lang;
use credit::people::{AccountKind, Role};
use exchange::Error;
use exchange::duty::{self, Ask, Seen};
use exchange::people::{self, Acting, By, NewAppointment, Person, begin};
use exchange::sharing::{self, Narrower, NewAsk};
use policy::{CaseNumber, Officer};

const BY: By<'static> = By {
    account: None,
    reason: "a test",
};

/// An account that works, appointed to one role of an agency.
pub(crate) async fn officer(
    desk: &Desk,
    login: &str,
    role: Role,
    agency: &str,
    unit: Option<&str>,
) -> Acting {
    let office = &desk.office;
    let person = Person {
        login: login.to_owned(),
        name: format!("某{login}"),
    };
    let to = NewAppointment {
        role,
        agency: agency.to_owned(),
        unit: unit.map(str::to_owned),
        themes: Vec::new(),
        until: None,
    };
    let made = people::add(office, AccountKind::Officer, &person, &[to], BY).await;
    let id = made.expect("an account").0;
    let early = people::named(office, login).await;
    assert!(
        matches!(early, Err(Error::Request(_))),
        "invited, not in use"
    );
    let link = people::link(office, id).await.expect("a link");
    let entered = begin::enter(office, link.shown()).await;
    entered.expect("entered").expect("a session");
    people::named(office, login).await.expect("in use")
}

/// The officers of these tests: who asks and who looks for finance, who answers for the register and
/// for social insurance, and the centre's clerk.
pub(crate) struct Cast {
    pub(crate) asks: Acting,
    pub(crate) looks: Acting,
    pub(crate) register: Acting,
    pub(crate) insurance: Acting,
    pub(crate) centre: Acting,
    pub(crate) auditor: Acting,
}

pub(crate) async fn cast(desk: &Desk) -> Cast {
    Cast {
        asks: officer(desk, "asks", Role::SharingOfficer, "finance", None).await,
        looks: officer(
            desk,
            "looks",
            Role::LookupOfficer,
            "finance",
            Some("采购科"),
        )
        .await,
        register: officer(desk, "register", Role::SharingOfficer, "samr", None).await,
        insurance: officer(desk, "insurance", Role::SharingOfficer, "hrss", None).await,
        centre: officer(desk, "centre", Role::CentreClerk, "credit-centre", None).await,
        auditor: officer(desk, "auditor", Role::Auditor, "credit-centre", None).await,
    }
}

fn new(supplier: &str, items: &str) -> NewAsk {
    NewAsk {
        supplier: supplier.to_owned(),
        items: items.to_owned(),
        purposes: vec!["public-procurement".to_owned()],
        kinds: vec!["enterprise".to_owned()],
        basis: "政府采购法 22".to_owned(),
        per_day: 5,
        in_all: 8,
        reason: "资格审查".to_owned(),
        ..NewAsk::default()
    }
}

const INSURED: &str = "social-insurance/SSQZ social-insurance/AQJN";
const REGISTERED: &str = "registration/ZCDZ registration/ZCRQ";

async fn act(desk: &Desk, who: &Acting, id: GrantId, what: GrantMove) -> Result<GrantState, Error> {
    let all = Narrower::default();
    sharing::act(&desk.office, who, id, what, &all, "理由").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_disputed_and_decided_above_with_every_step_dated() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let office = &desk.office;
        let asked = sharing::ask(office, &cast.asks, None, &new("hrss", INSURED)).await;
        let (id, state) = asked.expect("asked");
        assert_eq!(state, GrantState::Asked, "{}: conditional", desk.engine);
        let full = sharing::grant(office, &cast.asks, id)
            .await
            .expect("a grant");
        // Ten working days after Sunday 22 November 2026.
        assert_eq!(
            full.grant.due.map(|day| day.to_string()).as_deref(),
            Some("2026-12-04")
        );
        assert_eq!(
            full.open,
            [GrantMove::Withdraw],
            "no dispute before an answer is late"
        );
        // Nobody answers for another agency, and nobody learns of others' grants.
        let wrong = act(&desk, &cast.asks, id, GrantMove::Grant).await;
        assert!(matches!(wrong, Err(Error::Forbidden)));
        let wrong = act(&desk, &cast.register, id, GrantMove::Refuse).await;
        assert!(matches!(wrong, Err(Error::NotFound)));
        let early = act(&desk, &cast.asks, id, GrantMove::Dispute).await;
        assert!(matches!(early, Err(Error::Request(_))));
        let all = Narrower::default();
        let unreasoned =
            sharing::act(office, &cast.insurance, id, GrantMove::Refuse, &all, " ").await;
        assert!(matches!(unreasoned, Err(Error::Request(_))));
        for (who, what, state) in [
            (&cast.insurance, GrantMove::Refuse, GrantState::Refused),
            (&cast.asks, GrantMove::Dispute, GrantState::Disputed),
            (&cast.insurance, GrantMove::Escalate, GrantState::Escalated),
            (&cast.centre, GrantMove::Overrule, GrantState::Granted),
        ] {
            assert_eq!(act(&desk, who, id, what).await.expect("lawful"), state);
        }
        let full = sharing::grant(office, &cast.centre, id)
            .await
            .expect("a grant");
        let steps: Vec<(&str, &str, bool)> = full
            .steps
            .iter()
            .map(|step| (step.what.code(), step.party.code(), step.due.is_some()))
            .collect();
        assert_eq!(
            steps,
            [
                ("ask", "asker", true),
                ("refuse", "supplier", false),
                ("dispute", "asker", true),
                ("escalate", "supplier", true),
                ("overrule", "authority", false),
            ]
        );
        assert!(full.grant.in_force(office.today()).is_some());
        assert!(
            act(&desk, &cast.insurance, id, GrantMove::Refuse)
                .await
                .is_err()
        );
        assert_eq!(
            act(&desk, &cast.insurance, id, GrantMove::End).await.ok(),
            Some(GrantState::Ended)
        );
        assert!(
            act(&desk, &cast.asks, id, GrantMove::End).await.is_err(),
            "over is over"
        );
        // An answer that is late is disputed without one.
        desk.advance(1_000_000);
        let asked = sharing::ask(office, &cast.asks, None, &new("hrss", INSURED)).await;
        let (late, _) = asked.expect("asked");
        desk.on("2026-12-05");
        let asks = people::named(office, "asks").await.expect("an officer");
        let disputed = act(&desk, &asks, late, GrantMove::Dispute).await;
        assert_eq!(disputed.ok(), Some(GrantState::Disputed), "{}", desk.engine);
        let listed = sharing::grants(office, &asks, None, None)
            .await
            .expect("a list");
        let ids: Vec<GrantId> = listed.rows.iter().map(|row| row.grant.id).collect();
        assert_eq!(ids, [late, id], "newest first");
        desk.on("2026-11-22");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rule_grants_at_once_what_is_shared_unconditionally_and_touches_no_person() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let ask = async |new: NewAsk| sharing::ask(&desk.office, &cast.asks, None, &new).await;
        let every = ask(new("*", REGISTERED)).await.expect("by rule");
        assert_eq!(every.1, GrantState::Granted, "{}", desk.engine);
        let both = format!("{REGISTERED} social-insurance/SSQZ");
        let representative = "registration/FDDBR";
        let with = |change: fn(&mut NewAsk)| {
            let mut one = new("samr", REGISTERED);
            change(&mut one);
            one
        };
        for refused in [
            // Conditional themes are asked of each supplier; and each supplier for its own.
            new("*", INSURED),
            new("samr", &both),
            new("samr", "registration/NONE"),
            new("samr", "none/NONE"),
            new("finance", REGISTERED),
            new("samr", "penalty/CF_XDR_ZJHM"),
            // People: an assessment first.
            new("samr", representative),
            with(|new| new.kinds.push("natural-person".to_owned())),
            with(|new| new.basis.clear()),
            with(|new| new.reason.clear()),
            with(|new| new.purposes.clear()),
            with(|new| new.purposes.push("curiosity".to_owned())),
            with(|new| new.kinds = vec!["government-agency".to_owned()]),
            with(|new| new.per_day = 0),
            with(|new| new.in_all = 4),
            with(|new| new.until = Some(jiff::civil::date(2027, 11, 23))),
            with(|new| new.from = Some(jiff::civil::date(2026, 11, 21))),
            with(|new| new.areas = vec!["云汀".to_owned()]),
        ] {
            let answer = ask(refused.clone()).await;
            assert!(
                matches!(answer, Err(Error::Request(_))),
                "{refused:?}: {answer:?}"
            );
        }
        let mut assessed = new("samr", representative);
        assessed.impact = "PIA-2026-7".to_owned();
        let (id, state) = ask(assessed).await.expect("asked");
        assert_eq!(
            state,
            GrantState::Asked,
            "what names people is decided by people"
        );
        let wide = Narrower {
            until: Some(jiff::civil::date(2028, 1, 1)),
            ..Narrower::default()
        };
        let register = &cast.register;
        let wider = sharing::act(&desk.office, register, id, GrantMove::Grant, &wide, "更久").await;
        assert!(
            matches!(wider, Err(Error::Request(_))),
            "never more than was asked for"
        );
        let nobody = sharing::ask(&desk.office, &cast.looks, None, &new("samr", REGISTERED)).await;
        assert!(
            matches!(nobody, Err(Error::Forbidden)),
            "who looks does not ask"
        );
    }
}

pub(crate) async fn registered(desk: &Desk) {
    let mut text = "企业名称,统一社会信用代码,注册日期,注册地址\n".to_owned();
    for number in 1..=9 {
        let code = code(number);
        text += &format!("云汀第{number}号贸易有限公司,{code},2020-01-01,东华路{number}号\n");
    }
    desk.take("registration", "r.csv", text).await;
}

pub(crate) async fn by_rule(desk: &Desk, cast: &Cast) -> GrantId {
    let asked = sharing::ask(&desk.office, &cast.asks, None, &new("samr", REGISTERED)).await;
    asked.expect("by rule").0
}

pub(crate) async fn look(
    desk: &Desk,
    who: &Acting,
    (grant, purpose): (GrantId, &str),
    code: &str,
    case: &str,
) -> Result<Seen, Error> {
    let ask = Ask {
        grant,
        code,
        consent: "",
        purpose,
        case,
        items: "",
        lang: Lang::Zh,
    };
    duty::look(&desk.office, who, &ask).await
}

pub(crate) const BUY: &str = "public-procurement";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_is_written_down_with_its_ground_and_told_to_whom_it_was_about() {
    for desk in desks(&catalog(&[])).await {
        registered(&desk).await;
        let cast = cast(&desk).await;
        let grant = by_rule(&desk, &cast).await;
        let seen = look(&desk, &cast.looks, (grant, BUY), &code(3), "采1")
            .await
            .expect("seen");
        let values: Vec<&str> = seen.duty.facts[0]
            .values
            .iter()
            .map(|one| one.shown.as_str())
            .collect();
        assert_eq!(values, ["2020-01-01", "东华路3号"], "{}", desk.engine);
        for (refused, why) in [
            (
                look(&desk, &cast.asks, (grant, BUY), &code(3), "采1").await,
                "not a look-up officer",
            ),
            (
                look(&desk, &cast.looks, (grant, "subsidy"), &code(3), "采1").await,
                "another purpose",
            ),
            (
                look(&desk, &cast.looks, (grant, "none"), &code(3), "采1").await,
                "no purpose",
            ),
            (
                look(&desk, &cast.looks, (grant, BUY), &code(3), " ").await,
                "no case",
            ),
            (
                look(
                    &desk,
                    &cast.looks,
                    (grant, BUY),
                    "11010519491231002X",
                    "采1",
                )
                .await,
                "a person",
            ),
            (
                look(
                    &desk,
                    &cast.looks,
                    (grant, BUY),
                    "92110105MA00000X18",
                    "采1",
                )
                .await,
                "a trader",
            ),
            (
                look(&desk, &cast.looks, (grant, BUY), &code(77), "采1").await,
                "nobody",
            ),
            (
                look(&desk, &cast.looks, (GrantId([7; 16]), BUY), &code(3), "采1").await,
                "no grant",
            ),
        ] {
            assert!(refused.is_err(), "{why}");
        }
        let subject = exchange::lookup::find(&desk.office, &code(3))
            .await
            .expect("on file");
        let window = || {
            let officer = Officer::parse("account:00", "credit-centre").expect("an officer");
            (officer, CaseNumber::parse("窗1").expect("a case"))
        };
        let told = sharing::looks(&desk.office, subject, window(), None, Lang::Zh).await;
        let told = told.expect("a list").rows;
        assert_eq!(told.len(), 1, "refused looks are none");
        let one = &told[0];
        assert_eq!(
            (
                one.purpose_title.as_str(),
                one.agency_title.as_str(),
                one.case.as_str()
            ),
            ("政府采购供应商资格审查", "财政部门", "采1")
        );
        assert_eq!(one.officer, format!("account:{}", cast.looks.account));
        assert_eq!(one.officer_name.as_deref(), Some("某looks"));
        assert_eq!(one.grant, Some(grant));
        let items: Vec<&str> = one.items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(items, ["注册地址", "注册日期"]);
        assert_eq!(one.event, seen.event);
        // Nobody else was looked at, and the reading of the list is told the next time.
        let again = sharing::looks(&desk.office, subject, window(), None, Lang::En).await;
        let purposes: Vec<String> = again
            .expect("a list")
            .rows
            .into_iter()
            .map(|one| one.purpose)
            .collect();
        assert_eq!(purposes.len(), 2);
        assert!(purposes.contains(&"own-report".to_owned()), "{purposes:?}");
        let other = exchange::lookup::find(&desk.office, &code(4))
            .await
            .expect("on file");
        let none = sharing::looks(&desk.office, other, window(), None, Lang::Zh).await;
        assert!(none.expect("a list").rows.is_empty());
        // A person who is erased leaves a number, and the history stands.
        let id = cast.looks.account;
        people::shift(&desk.office, id, credit::people::AccountMove::End, BY)
            .await
            .expect("ended");
        people::erase(&desk.office, id, BY).await.expect("erased");
        let after = sharing::looks(&desk.office, subject, window(), None, Lang::Zh).await;
        let after = after.expect("a list").rows;
        let looked = after
            .iter()
            .find(|row| row.grant.is_some())
            .expect("the look");
        assert_eq!(looked.officer_name, None);
        assert_eq!(looked.officer, format!("account:{id}"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn volume_and_pace_are_kept_and_say_when_to_come_again() {
    // Three a minute for an officer; the rails of the day stay out of the way.
    let rails = "\n[[limits]]\nvalid_from = 2026-01-01\nofficer_minute = 3\nofficer_day = 7\n\
        agency_minute = 100\nagency_day = 1000\nstands_out_times = 3\nstands_out_peers = 1\n\
        stands_out_looks = 3\n";
    for desk in desks(&catalog(&[("sharing.toml", rails)])).await {
        registered(&desk).await;
        let cast = cast(&desk).await;
        let grant = by_rule(&desk, &cast).await;
        let go =
            async |number: u32| look(&desk, &cast.looks, (grant, BUY), &code(number), "采1").await;
        for number in 1..=3 {
            go(number).await.expect("within the pace");
        }
        let Err(Error::Limit { seconds, .. }) = go(4).await else {
            panic!("{}: the bucket is empty", desk.engine);
        };
        assert!(
            (1..=21).contains(&seconds),
            "a token comes each 20 s: {seconds}"
        );
        let full = sharing::grant(&desk.office, &cast.asks, grant)
            .await
            .expect("a grant");
        assert_eq!(full.used, (3, 3), "what was refused is not counted");
        // A token more after twenty seconds, and one only.
        desk.advance(20_000_000);
        go(4).await.expect("a token");
        assert!(matches!(go(5).await, Err(Error::Limit { .. })));
        desk.advance(120_000_000);
        go(5).await.expect("the fifth of the day");
        let Err(Error::Limit { seconds, .. }) = go(6).await else {
            panic!("{}: five a day", desk.engine);
        };
        assert!(seconds > 3_600, "until midnight: {seconds}");
        desk.on("2026-11-23");
        for number in 6..=8 {
            go(number).await.expect("another day");
        }
        desk.advance(120_000_000);
        let Err(Error::Limit { .. }) = go(9).await else {
            panic!("{}: eight in all", desk.engine);
        };
        let full = sharing::grant(&desk.office, &cast.asks, grant)
            .await
            .expect("a grant");
        assert_eq!(full.used, (3, 8));
        let month = sharing::officers_of_month(&desk.office, &cast.auditor, Some("2026-11")).await;
        let month = month.expect("officers");
        assert_eq!(
            (month.len(), month[0].looks, month[0].stands_out),
            (1, 8, false)
        );
        let refused = sharing::officers_of_month(&desk.office, &cast.centre, None).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        desk.on("2026-11-22");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invented_closed_and_reused_case_numbers_are_refused() {
    for desk in desks(&catalog(&[])).await {
        registered(&desk).await;
        let cast = cast(&desk).await;
        let mut wide = new("samr", REGISTERED);
        wide.purposes.push("permit-review".to_owned());
        let (grant, _) = sharing::ask(&desk.office, &cast.asks, None, &wide)
            .await
            .expect("by rule");
        let go = async |purpose: &str, number: u32, case: &str| {
            desk.advance(60_000_000);
            look(&desk, &cast.looks, (grant, purpose), &code(number), case).await
        };
        // Without a register a number is named; a purpose that asks for a confirmed one is refused.
        go(BUY, 1, "采0").await.expect("named");
        let none = go("permit-review", 1, "许0").await;
        assert!(
            matches!(none, Err(Error::Refused(_))),
            "{}: {none:?}",
            desk.engine
        );
        let file = format!(
            "case_no,opened_on,closed_on,code\n许1,2026-11-01,,\n许2,2026-11-01,2026-11-20,\n许3,2026-12-01,,\n许4,2026-11-01,,{}\n",
            code(4)
        );
        let office = &desk.office;
        let loaded = sharing::load_cases(office, &cast.asks, None, &file).await;
        assert_eq!(loaded.expect("loaded").cases, 4);
        for (case, number, why) in [
            ("许9", 1, "invented"),
            ("采0", 1, "a register is asked once there is one"),
            ("许2", 1, "closed"),
            ("许3", 1, "not open yet"),
            ("许4", 1, "about another"),
        ] {
            let refused = go("permit-review", number, case).await;
            assert!(
                matches!(refused, Err(Error::Refused(_))),
                "{why}: {refused:?}"
            );
        }
        go("permit-review", 4, "许4").await.expect("its own case");
        go("permit-review", 1, "许1")
            .await
            .expect("the first look settles whom it is about");
        let reused = go("permit-review", 2, "许1").await;
        assert!(matches!(reused, Err(Error::Refused(_))), "{reused:?}");
        go("permit-review", 1, "许1")
            .await
            .expect("the same subject again");
        // Closed, and no later loading opens it again.
        for text in ["许1,2026-11-01,2026-11-22,", "许1,2026-11-01,,"] {
            let file = format!("case_no,opened_on,closed_on,code\n{text}\n");
            desk.advance(1_000_000);
            sharing::load_cases(office, &cast.asks, None, &file)
                .await
                .expect("loaded");
            assert!(go("permit-review", 1, "许1").await.is_err(), "{text}");
        }
        for broken in [
            "",
            "x\n",
            "case_no,opened_on\n许1\n",
            "case_no,opened_on\n许1,2026-11-01\n许1,2026-11-01\n",
        ] {
            let refused = sharing::load_cases(office, &cast.asks, None, broken).await;
            assert!(matches!(refused, Err(Error::Request(_))), "{broken}");
        }
        let refused = sharing::load_cases(office, &cast.looks, None, &file).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        desk.on("2026-11-22");
    }
}

/// Invariant 14: a grant that is widened, or a look that is hidden, around the platform shows.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_14_a_grant_that_was_widened_around_the_platform_is_found() {
    for (statement, wrong) in [
        ("UPDATE grant_terms SET per_day = 100000", "row-changed"),
        ("UPDATE sharing_grant SET asker = 'tax'", "row-changed"),
        ("DELETE FROM grant_move WHERE seq = 2", "row-gone"),
        (
            "UPDATE access SET items = 'registration/ZCDZ'",
            "row-changed",
        ),
        (
            "UPDATE access SET grant_id = NULL, items = NULL",
            "row-changed",
        ),
        ("DELETE FROM access", "row-gone"),
    ] {
        for desk in desks(&catalog(&[])).await {
            registered(&desk).await;
            let cast = cast(&desk).await;
            let grant = by_rule(&desk, &cast).await;
            look(&desk, &cast.looks, (grant, BUY), &code(3), "采1")
                .await
                .expect("seen");
            crate::journal::run(&desk).await;
            let sound = exchange::journal::audit(&desk.office.store)
                .await
                .expect("an audit");
            assert_eq!(
                (sound.wrong, sound.looks, sound.grants),
                (0, 1, 2),
                "{:?}",
                sound.findings
            );
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
