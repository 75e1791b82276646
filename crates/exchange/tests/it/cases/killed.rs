//! A power cut in the middle of a repair, or of a recall: the process that makes the move is killed while one step of
//! it is under way, and then another. Each time nothing of it is there, and the same is made whole afterwards.

use super::receivers::{look, looks, named};
use super::repair::{applied, decided, file};
use super::{act, cast, marks, own, reason};
use crate::desk::{Desk, catalog, desks};
use credit::notice::{Addressee, NoticeKind};
use exchange::cases::{self, Saying};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Tells the child which store, which case and which day; without it it has nothing to do.
const TOLD: &str = "GONGXIN_TEST_CASE";
/// What the child says once it begins.
const NOW: &str = "the move begins";
/// Steps of the move: the first row, what is told, the queue, and whoever holds the fact.
const STEPS: [(&str, &str); 4] = [
    ("legal_move", "INSERT"),
    ("notice", "INSERT"),
    ("legal_queue", "DELETE"),
    ("legal_receiver", "INSERT"),
];

/// The child: makes the move.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Ok(told) = std::env::var(TOLD) else {
        return;
    };
    let parts: Vec<&str> = told.splitn(3, ' ').collect();
    let desk = Desk::over(parts[2], &catalog(&[])).await;
    desk.on(parts[1]);
    let supplier = named(&desk, "supplies").await;
    println!("\n{NOW}");
    std::io::stdout().flush().expect("said");
    if let Some(record) = parts[0].strip_prefix("recall:") {
        super::ended::recall_record(&desk, record).await;
        panic!("nobody stopped it");
    }
    let what = ("repair", 2);
    let made = cases::act(&desk.office, &supplier, parts[0], what, reason("已核实")).await;
    panic!("nobody stopped it: {made:?}");
}

/// Makes a step take longer than anybody waits.
fn stall(desk: &Desk, (table, deed): (&str, &str)) {
    if desk.engine == "postgres" {
        return desk.around(&format!(
            "CREATE OR REPLACE FUNCTION stall() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;
             CREATE TRIGGER stall AFTER {deed} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION stall()"
        ));
    }
    let all = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map(|name| format!("event {name}"));
    desk.around(&format!(
        "CREATE TRIGGER stall AFTER {deed} ON {table}
         BEGIN SELECT count(*) FROM {}; END",
        all.join(", ")
    ));
}

fn let_go(desk: &Desk, table: &str) {
    if desk.engine == "postgres" {
        desk.around(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event = 'PgSleep'",
        );
        return desk.around(&format!("DROP TRIGGER stall ON {table}"));
    }
    desk.around("DROP TRIGGER stall");
}

/// Lets another process make the move and kills it while it is under way.
fn killed(desk: &Desk, id: &str, day: &str) {
    let me = std::env::current_exe().expect("this program");
    let mut child = Command::new(me)
        .args(["--exact", "cases::killed::child", "--nocapture"])
        .env(TOLD, format!("{id} {day} {}", desk.url()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let said = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut lines = said.lines().map_while(Result::ok);
    assert!(lines.any(|line| line == NOW), "the child begins");
    // The step lasts for minutes: whenever the child is met, it has not ended.
    std::thread::sleep(Duration::from_millis(500));
    child.kill().expect("killed");
    assert!(!child.wait().expect("ended").success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_between_two_steps_of_a_repair_leaves_nothing_of_it() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let grant = looks(&desk, "finance", "penalty/CF_WSH", "F-1").await;
        let day = "2026-08-03";
        desk.on(day);
        let filing = applied(&decided(&desk, &cast).await);
        let id = file(&desk, &cast, filing).await.expect("filed");
        let accepted = act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "accept",
            Saying::default(),
        )
        .await;
        accepted.expect("accepted");
        let centre = named(&desk, "centre").await;
        let open = async || {
            let page = cases::receipts(&desk.office, &centre, ("", true), None).await;
            page.expect("a page").rows.len()
        };
        let queued = async || {
            let page = cases::queue(&desk.office, &centre, cases::Desk::default(), None).await;
            page.expect("a queue").rows.len()
        };
        let receiver = Addressee::Receiver("finance".to_owned());
        let told = async || {
            super::receivers::told(&desk, &receiver, NoticeKind::StopUse)
                .await
                .len()
        };
        let events = desk
            .office
            .store
            .events_log(0, 10_000)
            .await
            .expect("events")
            .len();
        for step in STEPS {
            stall(&desk, step);
            killed(&desk, &id, day);
            let_go(&desk, step.0);
            let steps = own(&desk, &cast, &id).await.file.history.steps.len();
            assert_eq!(
                (steps, open().await, told().await, queued().await),
                (2, 0, 0, 1),
                "{} {step:?}",
                desk.engine
            );
            assert!(
                marks(&desk, None).await.is_some(),
                "{} {step:?}",
                desk.engine
            );
        }
        let after = desk
            .office
            .store
            .events_log(0, 10_000)
            .await
            .expect("events")
            .len();
        assert_eq!(events, after, "no event of what did not happen");
        let made = act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "repair",
            reason("已核实"),
        )
        .await;
        assert_eq!(made.expect("repaired"), 3);
        assert_eq!(
            (open().await, told().await, queued().await),
            (1, 1, 0),
            "{}",
            desk.engine
        );
        assert_eq!(marks(&desk, None).await, None);
        let seen = look(&desk, "finance", grant, "F-2").await.expect("looked");
        assert!(seen.duty.facts.is_empty());
        crate::journal::run(&desk).await;
        let sound = exchange::journal::audit(&desk.office.store)
            .await
            .expect("an audit");
        assert_eq!(sound.wrong, 0, "{:?}", sound.findings);
    }
}

/// Steps of a fact that is taken back: its version, whoever holds it, the notice, and the slice's event.
const STEPS_OF_RECALL: [(&str, &str); 4] = [
    ("version", "INSERT"),
    ("legal_receiver", "INSERT"),
    ("notice", "INSERT"),
    ("slice", "INSERT"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_power_cut_between_two_steps_of_a_recall_leaves_nothing_of_it() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let grant = looks(&desk, "finance", "penalty/CF_WSH", "F-1").await;
        let record = super::record(&desk, &cast.subject).await;
        let centre = named(&desk, "centre").await;
        let receiver = Addressee::Receiver("finance".to_owned());
        let told = async || {
            let page = cases::receipts(&desk.office, &centre, ("", true), None).await;
            let notices = super::receivers::told(&desk, &receiver, NoticeKind::StopUse).await;
            (page.expect("a page").rows.len(), notices.len())
        };
        for step in STEPS_OF_RECALL {
            stall(&desk, step);
            killed(&desk, &format!("recall:{record}"), "2026-05-25");
            let_go(&desk, step.0);
            assert_eq!(told().await, (0, 0), "{} {step:?}", desk.engine);
            let stands = marks(&desk, None).await.is_some();
            assert!(stands, "{} {step:?}", desk.engine);
        }
        super::ended::recall_record(&desk, &record).await;
        assert_eq!(told().await, (1, 1), "{}", desk.engine);
        assert_eq!(marks(&desk, None).await, None, "{}", desk.engine);
        let seen = look(&desk, "finance", grant, "F-2").await.expect("looked");
        assert!(seen.duty.facts.is_empty());
        crate::journal::run(&desk).await;
        let audit = exchange::journal::audit(&desk.office.store).await;
        let audit = audit.expect("an audit");
        assert_eq!(audit.wrong, 0, "{:?}", audit.findings);
    }
}
