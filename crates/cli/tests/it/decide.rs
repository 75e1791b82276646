//! `gongxin decide`: an officer joins and parts subjects by code, and takes it back.

use crate::desk::Desk;
use crate::http::{Site, account};
use crate::sheets::{code, registrations};

const BY: [&str; 4] = ["--by", "clerk.test", "--reason", "同一住所"];

/// The clerk of the centre, whose account is in use.
fn clerk(desk: &Desk) {
    let site = Site::start(desk, &[]);
    account(desk, &site, "clerk.test", "centre-clerk", "credit-centre");
}

fn name_of(desk: &Desk, code: &str) -> String {
    desk.ends(0, &["subject", code, "--json"]).out
}

#[test]
fn a_decision_joins_is_listed_and_is_taken_back() {
    let desk = Desk::new();
    desk.write("r.csv", registrations(3));
    desk.ends(0, &["ingest", "--theme", "registration", "r.csv"]);
    clerk(&desk);
    let (one, other) = (code("91", 1), code("91", 2));
    let before = [name_of(&desk, &one), name_of(&desk, &other)];
    assert_ne!(before[0], before[1]);
    assert!(
        desk.ends(0, &["decide", "list"]).out.lines().count() == 1,
        "there are none yet"
    );

    let done = desk.ends(
        0,
        &[["decide", "same", &one, &other].as_slice(), &BY].concat(),
    );
    let number = done
        .out
        .split(|c: char| !c.is_ascii_hexdigit())
        .find(|word| word.len() == 32);
    let number = number.expect("the decision's number").to_owned();
    assert_eq!(name_of(&desk, &one), name_of(&desk, &other), "one subject");

    let against = desk.ends(
        3,
        &[["decide", "different", &other, &one].as_slice(), &BY].concat(),
    );
    assert!(
        against.err.contains(&number),
        "what stands against it is named: {}",
        against.err
    );
    let list = desk.ends(0, &["decide", "list"]).out;
    let line: Vec<&str> = list
        .lines()
        .next()
        .unwrap_or_default()
        .split('\t')
        .collect();
    assert_eq!(
        (line[0], line[1], line[2]),
        (number.as_str(), "same", "in force"),
        "{list}"
    );
    assert!(
        line[5].contains("account:") && line[6] == "同一住所",
        "{list}"
    );

    desk.ends(0, &[["decide", "undo", &number].as_slice(), &BY].concat());
    assert_eq!(
        [name_of(&desk, &one), name_of(&desk, &other)],
        before,
        "as it was"
    );
    assert!(desk.ends(0, &["decide", "list"]).out.contains("undone"));
    desk.ends(4, &[["decide", "undo", &number].as_slice(), &BY].concat());
}

#[test]
fn what_cannot_be_decided_says_so() {
    let desk = Desk::new();
    desk.write("r.csv", registrations(2));
    desk.ends(0, &["ingest", "--theme", "registration", "r.csv"]);
    let one = code("91", 1);
    let other = code("91", 2);
    let pair = [["decide", "same", &one, &other].as_slice(), &BY].concat();
    desk.ends(4, &pair);
    let reader = [
        "people",
        "add",
        "clerk.test",
        "--name",
        "甲某",
        "--role",
        "reader",
    ];
    let more = ["--agency", "samr", "--reason", "测试"];
    let said = desk.ends(0, &[reader.as_slice(), &more].concat()).out;
    desk.ends(3, &pair);
    Site::start(&desk, &[]).enrol(&said);
    desk.ends(3, &pair);
    let clerk = [
        "people",
        "appoint",
        "clerk.test",
        "--role",
        "centre-clerk",
        "--reason",
        "测试",
    ];
    desk.ends(0, &clerk);
    for (exit, pair) in [
        (3, [one.as_str(), &one]),
        (4, [&one, &code("91", 99)]),
        (3, [&one, "not a code"]),
    ] {
        desk.ends(
            exit,
            &[["decide", "same", pair[0], pair[1]].as_slice(), &BY].concat(),
        );
    }
    desk.ends(2, &["decide", "same", &one, &one, "--by", "clerk.test"]);
    desk.ends(
        3,
        &[
            "decide",
            "same",
            &one,
            &code("91", 2),
            "--by",
            "clerk.test",
            "--reason",
            " ",
        ],
    );
    desk.ends(2, &[["decide", "undo", "xyz"].as_slice(), &BY].concat());
}
