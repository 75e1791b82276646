//! A receipt is checked offline: one that holds, one that was altered, another file, another key.

use crate::desk::Desk;
use crate::sheets::{penalties, penalty};

const VERIFY: [&str; 3] = ["receipt", "verify", "r.json"];

/// A folder in which two files were taken in under one list of receipts.
fn taken() -> Desk {
    let desk = Desk::new();
    desk.write("a.csv", penalties(&[penalty(1, &[]), penalty(2, &[])]));
    desk.write("b.csv", penalties(&[penalty(3, &[])]));
    let args = ["ingest", "--theme", "penalty", "--date", "2026-09-15"];
    let more = ["a.csv", "b.csv", "--receipt", "r.json"];
    desk.ends(0, &[args.as_slice(), more.as_slice()].concat());
    desk
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    VERIFY.iter().chain(more).copied().collect()
}

#[test]
fn a_receipt_that_holds_says_what_it_proves_and_what_not() {
    let desk = taken();
    let ran = desk.ends(0, &VERIFY);
    assert_eq!(ran.out.matches("  proven:").count(), 2, "{}", ran.out);
    assert!(ran.out.contains("accepted 2, rejected 0"), "{}", ran.out);
    assert!(ran.out.contains("not proven: which file"), "{}", ran.out);
    // The key travels alone; a folder without a platform is enough, and stays one.
    let key = desk.ends(0, &["receipt", "key"]).out;
    let key = key.trim();
    desk.write("key.txt", format!("{key}\n"));
    for given in [key, "key.txt"] {
        let more = ["--data", "nowhere", "--key", given];
        desk.ends(0, &with(&more));
    }
    assert!(!desk.path("nowhere").exists());
    // The signature alone is enough, with or without the list around it.
    let line = desk.read("r.json");
    let first: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    desk.write("alone.txt", first["signature"].as_str().unwrap());
    desk.ends(0, &["receipt", "verify", "alone.txt"]);
}

#[test]
fn an_altered_receipt_is_refused() {
    let desk = taken();
    let sound = desk.read("r.json");
    let changes: [(&str, &str); 4] = [
        ("\"accepted\":2", "\"accepted\":3"),
        ("\"signature\":\"", "\"signature\":\"A"),
        ("{\"accepted\"", "{\"accepted\":9,\"accepted\""),
        ("\"rows\":1,", "\"rows\": 1,"),
    ];
    for (from, to) in changes {
        let altered = sound.replacen(from, to, 1);
        assert_ne!(altered, sound, "{from}");
        desk.write("r.json", altered);
        let ran = desk.ends(3, &VERIFY);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{from}: {ran:?}");
    }
    for none in ["", "{}", "a receipt", "[1, 2]", "\u{feff}\n\n"] {
        desk.write("r.json", none);
        desk.ends(3, &VERIFY);
    }
    desk.ends(3, &["receipt", "verify", "missing.json"]);
}

#[test]
fn the_file_is_told_by_the_site_that_holds_its_key() {
    let desk = taken();
    for name in ["a.csv", "b.csv"] {
        let ran = desk.ends(0, &with(&["--file", name]));
        assert_eq!(ran.out.matches(&format!("bytes of {name}")).count(), 1);
        assert!(!ran.out.contains("which file"), "{}", ran.out);
    }
    desk.write("c.csv", penalties(&[penalty(4, &[])]));
    let ran = desk.ends(3, &with(&["--file", "c.csv"]));
    assert!(ran.err.contains("c.csv"), "{}", ran.err);
    // Who does not hold the site's key cannot tell, and is not told that it fits.
    let key = desk.ends(0, &["receipt", "key"]).out;
    let more = ["--data", "nowhere", "--key", key.trim(), "--file", "a.csv"];
    let ran = desk.ends(3, &with(&more));
    assert!(ran.err.contains("site.key"), "{}", ran.err);
}

#[test]
fn another_key_does_not_open_it() {
    let desk = taken();
    let other = taken();
    let key = other.ends(0, &["receipt", "key"]).out;
    desk.ends(3, &with(&["--key", key.trim()]));
    // A key may begin with a hyphen, and is no option then.
    let hyphen = "-2EQD3cehWnm6hdwrlICht89C27qQIo506LFaFICNII";
    desk.ends(3, &with(&["--key", hyphen]));
    for wrong in ["", "abc", "a.csv", "missing"] {
        desk.ends(2, &with(&["--key", wrong]));
    }
    let ran = desk.ends(3, &with(&["--data", "nowhere"]));
    assert!(ran.err.contains("--key"), "{}", ran.err);
}
