//! Rights 7 at the command line: whoever asks for a representative of an organisation on file is
//! answered as for a name that nobody bears, in the same time.

use crate::desk::{Desk, Ran};
use crate::sheets::code;
use std::time::{Duration, Instant};

/// Representatives of the bodies on file, and for each somebody of as many characters whom nobody
/// knows.
const PERSONS: [(&str, &str); 3] = [
    ("欧阳鹭洲", "司徒魃翀"),
    ("辛某", "彧霱"),
    ("Anna Petrowa", "Vera Quxilow"),
];

fn filled() -> Desk {
    let desk = Desk::new();
    let mut rows = String::from("企业名称,统一社会信用代码,注册日期,经营范围,法定代表人\n");
    for number in 1..=60 {
        let (person, _) = PERSONS[number as usize % PERSONS.len()];
        rows += &format!(
            "云汀第{number}商贸有限公司,{},2001-02-03,软件开发,{person}\n",
            code("91", number)
        );
    }
    desk.write("a.csv", rows);
    let taken = desk.ends(0, &["ingest", "--theme", "registration", "a.csv"]);
    assert_eq!(taken.counts()[0], 60);
    desk
}

/// How a run ended, with what was asked for put out of sight.
fn told(ran: &Ran, asked: &str) -> (Option<i32>, String, String) {
    let hide = |text: &str| text.replace(asked, "ASKED");
    (ran.code, hide(&ran.out), hide(&ran.err))
}

#[test]
fn invariant_07_the_command_line_finds_no_representative() {
    let desk = filled();
    for (person, nobody) in PERSONS {
        for command in [&["search"][..], &["subject"], &["report"]] {
            let known = desk.run(&[command, &[person]].concat());
            let unknown = desk.run(&[command, &[nobody]].concat());
            assert_ne!(known.code, Some(0), "{command:?} {person}: {known:?}");
            assert_eq!(
                told(&known, person),
                told(&unknown, nobody),
                "{command:?} {person}"
            );
        }
    }
    // What is there is found: the silence above is no accident.
    let found = desk.ends(0, &["search", "云汀第7商贸"]);
    assert!(found.out.contains(&code("91", 7)), "{}", found.out);
    for (person, _) in PERSONS {
        assert!(!found.out.contains(person), "{}", found.out);
    }
}

#[test]
fn invariant_07_and_in_the_same_time() {
    let desk = filled();
    let (person, nobody) = PERSONS[0];
    // Most of a run is the process itself. A busy machine may disturb one comparison; a leak would
    // show in each.
    let even = (0..4).any(|_| {
        let (known, unknown) = medians(&desk, person, nobody);
        known.abs_diff(unknown) <= known.max(unknown) / 4
    });
    assert!(even);
}

fn medians(desk: &Desk, person: &str, nobody: &str) -> (Duration, Duration) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        for (text, times) in [(person, &mut known), (nobody, &mut unknown)] {
            let begun = Instant::now();
            desk.run(&["search", text]);
            times.push(begun.elapsed());
        }
    }
    let middle = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    (middle(known), middle(unknown))
}
