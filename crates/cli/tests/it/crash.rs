//! A process that is killed in the middle, and processes that work at once.

use crate::desk::{Desk, Ran};
use crate::sheets::registrations;
use std::time::{Duration, Instant};

const ROWS: u32 = 30_000;
/// Each fiftieth code is wrong.
const WRONG: u64 = 600;

#[test]
fn a_killed_intake_is_taken_up_again_and_nothing_comes_twice() {
    let alone = time_alone();
    // Other work may end meanwhile, and then the whole takes a part of what was measured: who was
    // not met alive is waited for less, in a new folder.
    for divisor in [1, 4, 16, 64] {
        let desk = Desk::new();
        desk.write("big.csv", registrations(ROWS));
        if killed_and_taken_up(&desk, alone / divisor) {
            return;
        }
    }
    panic!("none of {alone:?} was left to kill");
}

/// Kills an intake at parts of a time and begins it again; whether any kill met a living process.
fn killed_and_taken_up(desk: &Desk, whole: Duration) -> bool {
    let args = [
        "ingest",
        "--theme",
        "registration",
        "--date",
        "2026-09-01",
        "big.csv",
    ];
    let good = u64::from(ROWS) - WRONG;
    let mut killed = 0;
    let mut ended = None;
    // Each time a part of the whole, together less than the whole.
    for part in [4, 3, 3] {
        let mut child = desk.command(&args).spawn().unwrap();
        std::thread::sleep(whole / part);
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        if output.status.success() {
            ended = Some(Ran::of(output));
            break;
        }
        killed += 1;
    }
    let ran = ended.unwrap_or_else(|| desk.ends(0, &args));
    assert_eq!(ran.counts(), [good, WRONG, 0, 0, 0]);
    // Other bytes with the same rows: each is on file once.
    desk.write("again.csv", registrations(ROWS) + "\n");
    let mut again = args;
    again[5] = "again.csv";
    assert_eq!(desk.ends(0, &again).counts(), [0, WRONG, 0, good, 0]);
    killed > 0
}

/// How long the same rows take where nobody kills: machines differ tenfold, and with what else they do.
fn time_alone() -> Duration {
    let desk = Desk::new();
    desk.write("big.csv", registrations(ROWS));
    let start = Instant::now();
    desk.ends(0, &["ingest", "--theme", "registration", "big.csv"]);
    start.elapsed()
}

#[test]
fn processes_that_begin_at_once_share_one_new_store() {
    let desk = Desk::new();
    desk.write("a.csv", registrations(500));
    let args = ["ingest", "--theme", "registration", "--date"];
    let children: Vec<_> = ["2026-09-01", "2026-09-02", "2026-09-03"]
        .iter()
        .map(|date| {
            let args = [args.as_slice(), &[*date, "a.csv"]].concat();
            desk.command(&args).spawn().unwrap()
        })
        .collect();
    let mut accepted = 0;
    for child in children {
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(0), "{ran:#?}");
        let [new, rejected, _, unchanged, _] = ran.counts();
        assert_eq!((new + unchanged, rejected), (490, 10));
        accepted += new;
    }
    assert_eq!(accepted, 490, "each record is new once");
}
