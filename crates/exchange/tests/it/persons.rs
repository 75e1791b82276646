//! Natural persons with sealed storage open: taken by their own number, shown to themselves alone, on
//! no public door, and gone when it is decided so.

use crate::desk::{Desk, Quiet, catalog, counts, desks};
use crate::sharing::officer;
use credit::catalog::Mode;
use credit::identifier::Identifier;
use credit::lang::Lang;
use credit::people::Role;
use credit::subject::SubjectId;
use exchange::Error;
use exchange::ingest::{self, File, Recall, Receipt, Request, Told, What, recall};
use exchange::journal::{Wrong, audit};
use exchange::people::{self, Acting};
use exchange::persons::{self, Number};
use exchange::report::{Ask, window};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use store::{Erased, Erasure};

pub(crate) const ORGAN: &str = "11990100MD00010003";
pub(crate) const NAME: &str = "金丝雀甲";
pub(crate) const STREET: &str = "鹦鹉里七巷三号";
const PHONE: &str = "13912345678";
/// Three numbers that were made up; their check characters are right.
pub(crate) const NUMBERS: [&str; 3] = [
    "110101199003077758",
    "110101199003077774",
    "11010119900307774X",
];
pub(crate) const CANARIES: [&str; 4] = [NAME, STREET, PHONE, "1101011990030777"];

pub(crate) const HEAD: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,居民身份证号,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n";

/// A fine of 500 yuan, or of 95,000 where nobody says how grave it is, so that it waits.
pub(crate) fn row(number: &str, document: u32, severity: &str, fact: &str) -> String {
    let fine = if severity.is_empty() { "9.50" } else { "0.05" };
    format!(
        "{NAME},自然人,,,{number},某市监罚〔2026〕{document}号,无照经营,{fact}，住{STREET}，电话{PHONE},某条例第九条,罚款,罚款,{fine},2026-05-01,2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},{severity}\n"
    )
}

fn firm(document: u32) -> String {
    format!(
        "北京明远软件有限公司,法人及非法人组织,91110000MA00000152,甲某,,某市监罚〔2026〕{document}号,广告不实,广告不实,某法第九条,罚款,罚款95000元,9.50,2026-05-01,2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},一般\n"
    )
}

async fn open_desks() -> Vec<Desk> {
    let mut desks = desks(&catalog(&[])).await;
    for desk in &mut desks {
        desk.office.persons = Some(Arc::new(seal::Ring::new([1; 32], [2; 32])));
        desk.on("2026-05-06");
        let centre = "credit-centre";
        officer(desk, "window", Role::CentreClerk, centre, None).await;
        officer(desk, "head", Role::CentreAdministrator, centre, None).await;
    }
    desks
}

async fn send(desk: &Desk, mode: Option<Mode>, date: Option<&str>, rows: &[String]) -> Receipt {
    let text = format!("{HEAD}{}", rows.concat());
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(ORGAN.to_owned()),
        mode,
        date: date.map(|day| day.parse().expect("a date")),
        file: File::bytes("p.csv", text.into_bytes()),
        told: Told::default(),
    };
    ingest::submit(&desk.office, request, Arc::new(Quiet))
        .await
        .expect("taken")
}

async fn named(desk: &Desk, login: &str) -> Acting {
    people::named(&desk.office, login)
        .await
        .expect("an officer")
}

async fn own(desk: &Desk, number: &str) -> exchange::error::Result<String> {
    own_for(desk, "window", number, "2026-窗-1").await
}

async fn own_for(
    desk: &Desk,
    login: &str,
    number: &str,
    case: &str,
) -> exchange::error::Result<String> {
    // The pace of the window is kept.
    desk.advance(3_000_000);
    let who = named(desk, login).await;
    let ask = Ask {
        lang: Lang::Zh,
        ..Ask::default()
    };
    let number = Number::parse(number)?;
    let report = persons::own(&desk.office, &who, &number, case, &ask).await?;
    Ok(views::report::json(&report))
}

fn id(desk: &Desk, number: &str) -> SubjectId {
    let number = Identifier::of_person(number).expect("a number");
    let parts = [number.system().code().as_bytes(), number.value().as_bytes()];
    SubjectId(
        desk.office
            .persons
            .as_ref()
            .expect("a ring")
            .id("person", &parts),
    )
}

/// What an answer tells a stranger.
fn told<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Ok(answer) => format!("{answer:?}"),
        Err(error) => Lang::ALL.map(|lang| error.message(lang)).join("|"),
    }
}

#[test]
fn the_numbers_of_this_test_are_sound() {
    let kept: BTreeSet<_> = NUMBERS
        .iter()
        .filter_map(|one| Identifier::of_person(one))
        .collect();
    assert_eq!(kept.len(), 3, "{NUMBERS:?}");
}

#[tokio::test]
async fn invariant_07_a_person_is_taken_by_a_verified_number_and_read_by_nobody_else() {
    for desk in open_desks().await {
        let sent = send(
            &desk,
            None,
            None,
            &[
                row(NUMBERS[0], 1, "一般", "甲事"),
                firm(2),
                row(NUMBERS[1], 3, "一般", "乙事"),
                row("", 4, "一般", "丙事"),
                row("110101199003077751", 5, "一般", "丁事"),
            ],
        )
        .await;
        assert_eq!(counts(&sent), [3, 2, 0, 0, 0], "{}", desk.engine);
        let report = own(&desk, NUMBERS[0]).await.expect("a report");
        assert!(report.contains(NAME) && report.contains("甲事"), "{report}");
        assert!(
            !report.contains("乙事") && !report.contains(NUMBERS[0]),
            "{report}"
        );
        doors(&desk).await;
        assert!(matches!(own(&desk, NUMBERS[2]).await, Err(Error::NotFound)));
        assert!(matches!(
            own(&desk, "110101199003077751").await,
            Err(Error::Request(_))
        ));
        // Who may not is refused, whoever is asked for; and no number stands in the place of a case's.
        for number in [NUMBERS[0], NUMBERS[2]] {
            let refused = own_for(&desk, "head", number, "1").await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
        }
        for case in ["", "本人110101199003077758"] {
            let refused = own_for(&desk, "window", NUMBERS[0], case).await;
            assert!(matches!(refused, Err(Error::Request(_))), "{case}");
        }
        whole(&desk).await;
    }
}

/// Every door of the public answers as for somebody unknown, by number, by id and by name.
async fn doors(desk: &Desk) {
    let office = &desk.office;
    let (there, nobody) = (id(desk, NUMBERS[0]), id(desk, NUMBERS[2]));
    for (known, unknown) in [
        (NUMBERS[0].to_owned(), NUMBERS[2].to_owned()),
        (there.to_string(), nobody.to_string()),
    ] {
        for day in [None, Some("2026-05-05")] {
            assert_eq!(
                told(desk.report(&known, day).await),
                told(desk.report(&unknown, day).await)
            );
        }
        let short = |code: String| async move {
            told(
                exchange::lookup::by_code(office, &code, Lang::Zh)
                    .await
                    .map(|_| ()),
            )
        };
        assert_eq!(short(known).await, short(unknown).await);
    }
    let by_id = |id| async move {
        told(
            exchange::lookup::by_id(office, id, Lang::Zh)
                .await
                .map(|_| ()),
        )
    };
    assert_eq!(by_id(there).await, by_id(nobody).await);
    // The window for organisations opens no person's file either.
    let (officer, case) = window("乙某", "信用中心", "1").expect("named");
    let ask = Ask::default();
    let other = exchange::report::own(office, &there.to_string(), officer, case, &ask).await;
    assert!(matches!(other, Err(Error::NotFound)), "{}", desk.engine);
    for text in [NAME, "金丝雀", "丝雀甲", "jinsique"] {
        let names = exchange::lookup::by_name(office, text, None)
            .await
            .expect("a page");
        assert!(names.hits.is_empty() && names.next.is_none(), "{text}");
    }
    let figures = exchange::browse::figures(office).await.expect("figures");
    assert_eq!(
        (figures.subjects, figures.records),
        (1, 1),
        "persons are in no count"
    );
    assert!(
        exchange::questions::open(office, None)
            .await
            .expect("a page")
            .rows
            .is_empty()
    );
    let holds = exchange::supply::holds(office, None, None)
        .await
        .expect("a page");
    assert!(holds.rows.is_empty(), "{}", desk.engine);
}

/// Nothing is wrong with the store, and no canary is in its files.
pub(crate) async fn whole(desk: &Desk) {
    let audit = audit(&desk.office.store).await.expect("an audit");
    // The journal of these desks is not kept, so that nothing has a place in it.
    let wrong = audit
        .findings
        .iter()
        .filter(|one| one.wrong != Wrong::RowGone);
    assert_eq!(wrong.count(), 0, "{:?}", audit.findings);
    for canary in CANARIES {
        assert!(!desk.on_disk().contains(canary), "{canary} {}", desk.engine);
    }
}

#[tokio::test]
async fn invariant_06_a_notice_is_owed_for_each_fact_and_each_look() {
    for desk in open_desks().await {
        send(
            &desk,
            None,
            None,
            &[
                row(NUMBERS[0], 1, "一般", "甲事"),
                row(NUMBERS[0], 2, "", "乙事"),
            ],
        )
        .await;
        own(&desk, NUMBERS[0]).await.expect("a report");
        let _ = own(&desk, NUMBERS[1]).await;
        // Two facts and one look are owed; what was not on file owes nobody a notice. A row too many or
        // too few divides by zero.
        for (kind, wanted) in [("recorded", 2), ("looked-up", 1)] {
            desk.around(&format!(
                "INSERT INTO lease SELECT 'n{kind}', 1 / (CASE WHEN count(*) = {wanted} THEN 1 ELSE 0 END), '', 0 FROM person_notice WHERE kind = '{kind}'"
            ));
        }
    }
}

#[tokio::test]
async fn repeats_corrections_removals_and_conflicts_of_persons_rows() {
    for desk in open_desks().await {
        let first = [row(NUMBERS[0], 1, "", "甲事"), firm(2)];
        assert_eq!(
            counts(&send(&desk, None, None, &first).await),
            [1, 0, 1, 0, 0]
        );
        let report = own(&desk, NUMBERS[0]).await.expect("a report");
        assert!(
            report.contains("severity-unknown") || report.contains("甲事"),
            "{report}"
        );
        desk.on("2026-05-07");
        assert_eq!(
            counts(&send(&desk, None, None, &first).await),
            [0, 0, 1, 1, 0],
            "{}",
            desk.engine
        );
        let mended = [
            row(NUMBERS[0], 1, "一般", "甲事"),
            row(NUMBERS[0], 1, "一般", "改事"),
        ];
        assert_eq!(
            counts(&send(&desk, None, None, &mended).await),
            [1, 1, 0, 0, 0]
        );
        // What was said before does not come back by being repeated for the same day or an older one.
        desk.on("2026-05-08");
        let older = [firm(2), row(NUMBERS[0], 1, "", "甲事")];
        assert_eq!(
            counts(&send(&desk, None, Some("2026-05-06"), &older).await)[0],
            0
        );
        let report = own(&desk, NUMBERS[0]).await.expect("a report");
        assert!(
            report.contains("甲事") && !report.contains("改事"),
            "{report}"
        );
        // A full list and a file that a platform above returned bring no persons.
        let list = send(
            &desk,
            Some(Mode::Snapshot),
            None,
            &[row(NUMBERS[1], 9, "一般", "丙事"), firm(2)],
        )
        .await;
        assert_eq!(list.counts.rejected, 1, "{}", desk.engine);
        whole(&desk).await;
    }
}

#[tokio::test]
async fn invariant_13_an_erasure_is_noted_first_and_replayed_onto_an_older_copy() {
    for desk in open_desks().await {
        let rows = [
            row(NUMBERS[0], 1, "一般", "甲事"),
            row(NUMBERS[1], 2, "一般", "乙事"),
        ];
        send(&desk, None, None, &rows).await;
        let number = Number::parse(NUMBERS[0]).expect("a number");
        let noted = Mutex::new(Vec::<Erasure>::new());
        let note = |one: &Erasure| {
            noted.lock().expect("a list").push(one.clone());
            Ok(())
        };
        let head = named(&desk, "head").await;
        for why in [" ", "因本人110101199003077758申请"] {
            let refused = persons::erase(&desk.office, &head, &number, why, note).await;
            assert!(matches!(refused, Err(Error::Request(_))));
        }
        // Who hands reports out erases nobody.
        let clerk = named(&desk, "window").await;
        let refused = persons::erase(&desk.office, &clerk, &number, "决定 1", note).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        assert!(noted.lock().expect("a list").is_empty());
        // Where the list cannot be written nothing is erased.
        let full = |_: &Erasure| Err(Error::inner("the list", "no room"));
        assert!(
            persons::erase(&desk.office, &head, &number, "决定 1", full)
                .await
                .is_err()
        );
        assert!(own(&desk, NUMBERS[0]).await.is_ok());
        // It was noted and then the program was killed: the store misses it, and a replay finishes it.
        let lost = |one: &Erasure| {
            noted.lock().expect("a list").push(one.clone());
            Err(Error::inner("killed", "here"))
        };
        assert!(
            persons::erase(&desk.office, &head, &number, "决定 1", lost)
                .await
                .is_err()
        );
        let list = noted.lock().expect("a list").clone();
        let text: String = list.iter().map(persons::line).collect();
        let list = persons::parse(&text).expect("a list");
        let (missed, unlisted) = persons::missed(&desk.office, &list)
            .await
            .expect("compared");
        assert_eq!((missed.len(), unlisted.len()), (1, 0));
        let replayed = persons::replay(&desk.office, &missed)
            .await
            .expect("replayed");
        assert_eq!((replayed.erased, replayed.nothing), (1, 0));
        assert!(matches!(own(&desk, NUMBERS[0]).await, Err(Error::NotFound)));
        assert!(own(&desk, NUMBERS[1]).await.is_ok());
        let again = persons::erase(&desk.office, &head, &number, "决定 2", |_| Ok(())).await;
        assert_eq!(again.expect("erased"), Erased::Before);
        // The supplier's next file does not bring the person back.
        desk.on("2026-05-09");
        assert_eq!(
            counts(&send(&desk, None, None, &rows).await),
            [0, 1, 0, 1, 0],
            "{}",
            desk.engine
        );
        let audit = audit(&desk.office.store).await.expect("an audit");
        assert_eq!((audit.erasures, audit.bare), (1, 1), "{audit:?}");
        whole(&desk).await;
    }
}

#[tokio::test]
async fn a_recall_takes_no_persons_facts_back_and_says_so() {
    for desk in open_desks().await {
        let rows = [row(NUMBERS[0], 1, "一般", "甲事"), firm(2)];
        let sent = send(&desk, None, None, &rows).await;
        let back = |what| Recall {
            what,
            reason: "误报".to_owned(),
            officer: "account:test".to_owned(),
        };
        for what in [What::Submission(sent.id), What::Row(sent.id, 2)] {
            let refused = recall(&desk.office, back(what)).await;
            assert!(matches!(refused, Err(Error::Request(_))), "{}", desk.engine);
        }
        let taken = recall(&desk.office, back(What::Row(sent.id, 3))).await;
        assert_eq!(taken.expect("recalled").counts.removed, 1);
        assert!(own(&desk, NUMBERS[0]).await.expect("held").contains("甲事"));
        whole(&desk).await;
    }
}

#[tokio::test]
async fn a_rotation_goes_on_where_it_stopped_and_the_old_key_can_go() {
    for mut desk in open_desks().await {
        send(
            &desk,
            None,
            None,
            &[
                row(NUMBERS[0], 1, "一般", "甲事"),
                row(NUMBERS[1], 2, "一般", "乙事"),
            ],
        )
        .await;
        let mut ring = seal::Ring::new([1; 32], [2; 32]);
        ring.add([3; 32]).expect("room");
        desk.office.persons = Some(Arc::new(ring.clone()));
        // Persons who come now are under the new key.
        send(&desk, None, None, &[row(NUMBERS[2], 3, "一般", "丙事")]).await;
        let done = Mutex::new(0);
        let step = |more| *done.lock().expect("a count") += more;
        let rotated = persons::rotate(&desk.office, &step).await.expect("rotated");
        assert_eq!((rotated.done, rotated.newest), (2, 3));
        assert_eq!(*done.lock().expect("a count"), 2);
        assert_eq!(
            persons::rotate(&desk.office, &step)
                .await
                .expect("again")
                .done,
            0
        );
        ring.retire(1).expect("old");
        desk.office.persons = Some(Arc::new(ring));
        for number in NUMBERS {
            assert!(own(&desk, number).await.is_ok(), "{}", desk.engine);
        }
        // Another ring fails closed: no report, and no row half written.
        assert!(persons::fits(&desk.office).await.expect("compared"));
        assert!(persons::needs_ring(&desk.office).await.expect("asked"));
        desk.office.persons = Some(Arc::new(seal::Ring::new([8; 32], [2; 32])));
        assert!(!persons::fits(&desk.office).await.expect("compared"));
        assert!(matches!(own(&desk, NUMBERS[0]).await, Err(Error::Store(_))));
        let request = Request {
            theme: "penalty".into(),
            supplier: Some(ORGAN.to_owned()),
            mode: None,
            date: None,
            file: File::bytes(
                "p.csv",
                format!("{HEAD}{}", row(NUMBERS[0], 7, "一般", "丁事")).into_bytes(),
            ),
            told: Told::default(),
        };
        assert!(
            ingest::submit(&desk.office, request, Arc::new(Quiet))
                .await
                .is_err()
        );
        whole(&desk).await;
    }
}

#[tokio::test]
async fn who_serves_more_than_the_pace_of_the_window_is_told_when_to_go_on() {
    let rails = "\n[[limits]]\nvalid_from = 2026-01-01\nofficer_minute = 4\nofficer_day = 7\nagency_minute = 100\nagency_day = 9\nstands_out_times = 3\nstands_out_peers = 4\nstands_out_looks = 30\n";
    for mut desk in desks(&catalog(&[("sharing.toml", rails)])).await {
        desk.office.persons = Some(Arc::new(seal::Ring::new([1; 32], [2; 32])));
        desk.on("2026-05-06");
        let (office, engine) = (&desk.office, desk.engine);
        let clerk = officer(&desk, "window", Role::CentreClerk, "credit-centre", None).await;
        let other = officer(&desk, "other", Role::CentreClerk, "credit-centre", None).await;
        let number = Number::parse(NUMBERS[0]).expect("a number");
        let asks = async |who: &Acting| {
            persons::own(office, who, &number, "窗-1", &Ask::default())
                .await
                .err()
        };
        let waits = |error: Option<Error>| match error {
            Some(Error::Limit { seconds, .. }) => seconds,
            other => panic!("{engine}: a pace: {other:?}"),
        };
        // Nobody is on file, and that is an answer, too: four at once, and one each fifteen seconds.
        for _ in 0..4 {
            assert!(matches!(asks(&clerk).await, Some(Error::NotFound)));
        }
        assert_eq!(waits(asks(&clerk).await), 16, "{engine}");
        // By no other of the window's doors either; but a withdrawal is never too soon.
        let told = persons::told(office, &clerk, &number, "窗-1", Lang::Zh).await;
        waits(told.err());
        let sms = exchange::notices::Channel::Sms;
        let set = persons::set_contact(office, &clerk, &number, sms, "", Lang::Zh).await;
        waits(set.err());
        let terms = crate::consents::AGREED.terms();
        let ask = exchange::consent::Ask {
            number: &number,
            seen: "窗-1",
            terms,
        };
        let given = exchange::consent::give(office, &clerk, &ask).await;
        waits(given.err());
        let gone = exchange::consent::withdraw_all(office, &clerk, &number).await;
        assert_eq!(gone.expect("withdrawn"), 0, "{engine}");
        // Another officer has the own pace; what was refused is no look.
        assert!(matches!(asks(&other).await, Some(Error::NotFound)));
        let looks = audit(&office.store).await.expect("an audit").looks;
        assert_eq!(looks, 5, "{engine}");
        desk.advance(15_000_000);
        let given = exchange::consent::give(office, &clerk, &ask).await;
        assert!(given.is_ok(), "{engine}");
        // The day's: seven of an officer, nine of the agency; and a new day begins anew.
        desk.advance(60_000_000);
        for _ in 0..2 {
            assert!(matches!(asks(&clerk).await, Some(Error::NotFound)));
        }
        assert!(waits(asks(&clerk).await) > 3_600, "{engine}: tomorrow");
        assert!(matches!(asks(&other).await, Some(Error::NotFound)));
        assert!(waits(asks(&other).await) > 3_600, "{engine}: the agency's");
        desk.on("2026-05-07");
        assert!(matches!(asks(&clerk).await, Some(Error::NotFound)));
        assert!(matches!(asks(&other).await, Some(Error::NotFound)));
    }
}
