//! `gongxin recall`, `gongxin due` and corrections by `gongxin ingest`: each in the name of an account
//! that may itself, and each undone or refused in words.

use crate::desk::Desk;
use crate::http::{Site, account};
use crate::sheets::{code, registrations};

/// Two firms are on file, and two accounts in use: one sends for their agency, one only reads. Answers with
/// the id of the submission.
fn begun(desk: &Desk) -> String {
    desk.write("r.csv", registrations(2));
    let args = ["ingest", "--theme", "registration", "r.csv"];
    desk.ends(0, &[args.as_slice(), &["--receipt", "r.json"]].concat());
    let receipt: serde_json::Value = serde_json::from_str(&desk.read("r.json")).unwrap();
    let site = Site::start(desk, &[]);
    account(desk, &site, "sends.test", "supplier-officer", "samr");
    account(desk, &site, "reads.test", "reader", "samr");
    receipt["submission"].as_str().unwrap().to_owned()
}

fn recall<'a>(id: &'a str, by: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let args = ["recall", id, "--reason", "误报", "--by", by];
    [args.as_slice(), more].concat()
}

#[test]
fn a_file_is_taken_back_and_the_recall_undone_by_whoever_may() {
    let desk = Desk::new();
    let id = begun(&desk);
    let firm = code("91", 1);
    desk.ends(3, &recall(&id, "reads.test", &[]));
    desk.ends(4, &recall(&id, "nobody.test", &[]));
    desk.ends(2, &["recall", &id, "--reason", "误报"]);
    desk.ends(0, &["subject", &firm]);
    let done = desk.ends(0, &recall(&id, "sends.test", &[])).out;
    let undo = done
        .split(|sign: char| !sign.is_ascii_hexdigit())
        .find(|word| word.len() == 32)
        .unwrap();
    desk.ends(4, &["subject", &firm]);
    desk.ends(3, &recall(&id, "sends.test", &[]));
    desk.ends(0, &recall(undo, "sends.test", &["--undo"]));
    desk.ends(0, &["subject", &firm]);
    desk.ends(0, &recall(&id, "sends.test", &["--row", "2"]));
}

#[test]
fn a_fact_is_corrected_on_a_document_one_row_at_a_time() {
    let desk = Desk::new();
    begun(&desk);
    let sheet = registrations(1).replace("某路1号", "某路9号");
    desk.write("one.csv", &sheet);
    desk.write("two.csv", registrations(2));
    let correct = |file: &'static str, by: &'static str, document: &'static str| {
        let args = ["ingest", "--theme", "registration", file, "--supplier"];
        let why = ["samr", "--corrects", "登记变更", "--by", by, "--document"];
        [args.as_slice(), &why, &[document]].concat()
    };
    let paper = "更正决定书,云市监更〔2026〕1号,2026-01-05,云汀市市场监督管理局";
    desk.ends(3, &correct("one.csv", "reads.test", paper));
    desk.ends(2, &correct("one.csv", "sends.test", "更正决定书"));
    desk.ends(3, &correct("two.csv", "sends.test", paper));
    let done = desk.ends(0, &correct("one.csv", "sends.test", paper));
    assert_eq!(done.counts()[0], 1, "{done:?}");
}

#[test]
fn what_is_due_is_listed_and_an_empty_period_is_reported_by_whoever_may() {
    let desk = Desk::new();
    begun(&desk);
    let list = desk.ends(0, &["due", "list", "--supplier", "samr"]).out;
    assert_eq!(list, "", "sent today: nothing is owed yet");
    let nil = |by: &'static str| {
        let args = [
            "due",
            "nil",
            "--supplier",
            "samr",
            "--theme",
            "registration",
        ];
        let days = ["--from", "2099-01-05", "--to", "2099-01-05", "--by", by];
        [args.as_slice(), &days].concat()
    };
    let refused = desk.ends(3, &nil("sends.test")).err;
    assert!(refused.contains("2099-01-05"), "{refused}");
    desk.ends(3, &nil("reads.test"));
}
