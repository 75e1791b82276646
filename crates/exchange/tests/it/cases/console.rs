//! The console on both engines: a search finds what its filters say and nothing that the reader may not know
//! of, a file holds the same rows, figures agree with a count by hand, and every look and file is written down.

use super::{Cast, FIRM, ORGAN, act, cast, officer, reason};
use crate::desk::{Desk, catalog, desks};
use credit::case::{CaseId, Need, Party};
use credit::lang::Lang;
use credit::people::Role;
use exchange::Error;
use exchange::cases::{self, Form, Found, Saying, Search, Sheet};
use exchange::people::Acting;
use std::collections::BTreeSet;

/// Opens an objection that some agency answers, about no fact.
async fn opened(desk: &Desk, supplier: &str) -> String {
    let office = &desk.office;
    let kind = office.catalog.case_kind("objection", "CN", office.today());
    let found = exchange::lookup::by_code(office, FIRM, Lang::Zh).await;
    let new = store::NewCase {
        id: CaseId(office.nonce()),
        subject: found.expect("a subject").who.id,
        record: None,
        theme: "penalty",
        supplier,
        area: "CN",
    };
    let first = store::NewMove {
        what: "file",
        by: Party::Subject,
        officer: "account:1",
        choice: Some("wrong"),
        brings: &[Need::Reason],
        body: "{}",
        salt: office.nonce(),
        version: None,
        files: &[],
        notices: &[],
        receivers: &[],
        at: office.now(),
    };
    let rules = store::CaseRules {
        kind: kind.expect("a kind"),
        themes: &[],
        calendar: &office.catalog.calendar,
    };
    let done = office.store.case_open(&new, &first, rules).await;
    assert_eq!(done.expect("opened"), store::CaseMoved::Done(1));
    new.id.to_string()
}

/// Every page of a search: the ids, newest first.
async fn all(desk: &Desk, who: &Acting, asked: &Search<'_>) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), None);
    for _ in 0..100 {
        let page = cases::search(&desk.office, who, asked, after.as_deref()).await;
        let page = page.expect("a page");
        assert!(page.rows.len() <= 50);
        ids.extend(page.rows.iter().map(id));
        after = page.next;
        if after.is_none() {
            return ids;
        }
    }
    panic!("the search has no end")
}

fn id(one: &Found) -> String {
    one.line.card.id.to_string()
}

/// The ids in the file of a search.
async fn file(desk: &Desk, who: &Acting, asked: &Search<'_>) -> Result<Vec<String>, Error> {
    let heads = ["=1+1".to_owned()];
    let sheet = Sheet {
        form: Form::Csv,
        heads: &heads,
        asked: "/cases/search",
        cells: &|one| vec![id(one)],
    };
    let bytes = cases::export(&desk.office, who, asked, &sheet).await?;
    let text = String::from_utf8(bytes).expect("UTF-8");
    let mut lines = text.lines().map(str::to_owned);
    assert_eq!(
        lines.next().as_deref(),
        Some("\u{feff}'=1+1"),
        "no formula leaves"
    );
    Ok(lines.collect())
}

/// Fifty-five objections of one agency and three of another; of the first agency's one was forwarded, one
/// refused.
async fn filled(desk: &Desk) -> (Cast, Vec<String>) {
    let cast = cast(desk).await;
    let mut ids = Vec::new();
    for nth in 0..58 {
        let supplier = if nth % 20 == 3 { "tax" } else { ORGAN };
        desk.advance(1);
        ids.push(opened(desk, supplier).await);
    }
    let moved = act_at(desk, &cast, &ids[0], "forward", Saying::default()).await;
    moved.expect("forwarded");
    let moved = act_at(desk, &cast, &ids[1], "refuse", reason("非本平台信息")).await;
    moved.expect("refused");
    (cast, ids)
}

async fn act_at(
    desk: &Desk,
    cast: &Cast,
    id: &str,
    what: &str,
    saying: Saying,
) -> Result<u32, Error> {
    act(desk, cast, &cast.centre, id, what, saying).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_finds_what_its_filters_say_and_its_file_the_same_rows() {
    for desk in desks(&catalog(&[])).await {
        let (cast, ids) = filled(&desk).await;
        let day = |text: &str| text.parse().ok();
        let newest: Vec<String> = ids.iter().rev().cloned().collect();
        let mine: Vec<String> = [43, 23, 3].map(|at: usize| ids[at].clone()).into();
        let asked = |change: &dyn Fn(&mut Search<'static>)| {
            let mut asked = Search::default();
            change(&mut asked);
            asked
        };
        let of = async |change: &dyn Fn(&mut Search<'static>)| {
            let asked = asked(change);
            let found = all(&desk, &cast.centre, &asked).await;
            let taken = file(&desk, &cast.centre, &asked).await.expect("a file");
            assert_eq!(found, taken, "{} {asked:?}", desk.engine);
            found
        };
        assert_eq!(of(&|_| ()).await, newest, "{}", desk.engine);
        assert_eq!(of(&|one| one.agency = "tax").await, mine);
        assert!(of(&|one| one.kind = "repair").await.is_empty());
        assert_eq!(of(&|one| one.state = "with-supplier").await, ids[..1]);
        assert_eq!(
            of(&|one| one.state = cases::OPEN).await,
            newest,
            "refused is no end"
        );
        assert!(of(&|one| one.state = cases::OVER).await.is_empty());
        assert_eq!(
            of(&|one| one.decided = (day("2026-05-25"), day("2026-05-25"))).await,
            ids[1..2]
        );
        assert!(
            of(&|one| one.decided = (day("2026-05-26"), None))
                .await
                .is_empty()
        );
        assert!(
            of(&|one| one.opened = (None, day("2026-05-24")))
                .await
                .is_empty()
        );
        assert_eq!(
            of(&|one| one.opened = (day("2026-05-25"), None)).await,
            newest
        );
        assert!(of(&|one| one.overdue = true).await.is_empty());
        desk.on("2026-06-03");
        let late = of(&|one| one.overdue = true).await;
        assert_eq!(late.len(), 57, "what was refused waits for nobody");
        // By its number, whoever types it in capitals.
        let number = ids[9].to_uppercase();
        let asked = Search {
            number: &number,
            ..Search::default()
        };
        assert_eq!(all(&desk, &cast.centre, &asked).await, [ids[9].clone()]);
        for wrong in ["abc", "x'--y", "%%%%"] {
            let asked = Search {
                number: wrong,
                ..Search::default()
            };
            let found = cases::search(&desk.office, &cast.centre, &asked, None).await;
            assert!(matches!(found, Err(Error::Request(_))), "{wrong}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agency_finds_its_own_cases_whatever_it_asks_for() {
    for desk in desks(&catalog(&[])).await {
        let (cast, ids) = filled(&desk).await;
        let own: BTreeSet<String> = [3, 23, 43].map(|at: usize| ids[at].clone()).into();
        let asked = Search::default();
        let found = all(&desk, &cast.stranger, &asked).await;
        assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), own);
        let taken = file(&desk, &cast.stranger, &asked).await.expect("a file");
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>(), own);
        let others = Search {
            number: &ids[0],
            ..Search::default()
        };
        assert!(all(&desk, &cast.stranger, &others).await.is_empty());
        let others = Search {
            agency: ORGAN,
            ..Search::default()
        };
        let found = cases::search(&desk.office, &cast.stranger, &others, None).await;
        assert!(matches!(found, Err(Error::Forbidden)));
        // Whoever reads takes nothing out.
        let reader = officer(&desk, "reads", Role::Reader, ORGAN).await;
        assert_eq!(all(&desk, &reader, &asked).await.len(), 55);
        let taken = file(&desk, &reader, &asked).await;
        assert!(matches!(taken, Err(Error::Forbidden)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_was_taken_out_is_written_down_and_an_audit_compares_it() {
    for (statement, wrong) in [
        (
            "UPDATE table_export SET asked = '/cases/search?kind=x'",
            "row-changed",
        ),
        ("UPDATE table_export SET row_count = 2", "row-changed"),
        ("DELETE FROM table_export", "row-gone"),
    ] {
        for desk in desks(&catalog(&[])).await {
            let cast = cast(&desk).await;
            opened(&desk, ORGAN).await;
            let taken = file(&desk, &cast.auditor, &Search::default()).await;
            assert_eq!(taken.expect("a file").len(), 1);
            crate::journal::run(&desk).await;
            let audit = async || {
                let audit = exchange::journal::audit(&desk.office.store).await;
                audit.expect("an audit")
            };
            let sound = audit().await;
            let counted = (sound.wrong, sound.exports, sound.export_events);
            assert_eq!(counted, (0, 1, 1), "{:?}", sound.findings);
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_looks_for_one_subjects_cases_names_the_matter_and_is_seen_by_the_subject() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = opened(&desk, ORGAN).await;
        let office = &desk.office;
        let find = async |who: &Acting, code: &str, matter: &str| {
            let found = cases::of_subject(office, who, code, matter).await?;
            Ok::<_, Error>(found.iter().map(self::id).collect::<Vec<_>>())
        };
        for who in [&cast.stranger, &cast.supplier, &cast.auditor] {
            let found = find(who, FIRM, "来电 7").await;
            assert!(matches!(found, Err(Error::Forbidden)));
        }
        for matter in ["", "11010519491231002X"] {
            let found = find(&cast.centre, FIRM, matter).await;
            assert!(matches!(found, Err(Error::Request(_))), "{matter}");
        }
        let person = find(&cast.centre, "11010519491231002X", "来电 7").await;
        assert!(matches!(person, Err(Error::NotFound)), "{person:?}");
        let found = find(&cast.centre, FIRM, "来电 7").await.expect("a list");
        assert_eq!(found, [id], "{}", desk.engine);
        let (actor, own) = &cast.subject;
        let looks = exchange::my::looks(office, actor, own, None, Lang::Zh).await;
        let looks = looks.expect("looks").rows;
        let mut told = looks.iter().filter(|one| one.look.case == "search:来电 7");
        assert!(
            told.next().is_some(),
            "the subject reads who looked, and why"
        );
        assert!(told.next().is_none(), "what was refused was no look");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_agree_with_a_count_by_hand() {
    for desk in desks(&catalog(&[])).await {
        let (cast, _) = filled(&desk).await;
        desk.on("2026-06-03");
        let term = (
            "2026-05-25".parse().expect("a day"),
            "2026-06-03".parse().expect("a day"),
        );
        let figures = cases::statistics(&desk.office, &cast.centre, "", term).await;
        let figures = figures.expect("figures");
        let agencies: Vec<(&str, &str, u64)> = figures
            .iter()
            .map(|one| (one.agency.as_str(), one.kind.as_str(), one.opened))
            .collect();
        assert_eq!(
            agencies,
            [(ORGAN, "objection", 55), ("tax", "objection", 3)],
            "{}",
            desk.engine
        );
        let own = &figures[0];
        // One was refused on the day on which it was opened; the one that was forwarded is late with the
        // agency, all others with the centre.
        assert_eq!((own.decided(), own.median()), (1, Some(0)));
        let outcomes: Vec<(&str, u64)> = own
            .outcomes
            .iter()
            .map(|(code, _, times)| (code.as_str(), *times))
            .collect();
        assert_eq!(outcomes, [("refused", 1)]);
        assert_eq!((own.missed, own.missed_above, own.overdue), (1, 53, 54));
        let strangers = cases::statistics(&desk.office, &cast.stranger, "", term).await;
        let strangers = strangers.expect("figures");
        assert_eq!(strangers, figures[1..], "an agency sees its own");
        let others = cases::statistics(&desk.office, &cast.stranger, ORGAN, term).await;
        assert!(matches!(others, Err(Error::Forbidden)));
        let before = (
            "2026-01-01".parse().expect("a day"),
            "2026-05-24".parse().expect("a day"),
        );
        let none = cases::statistics(&desk.office, &cast.centre, "", before).await;
        assert!(none.expect("figures").is_empty());
    }
}
