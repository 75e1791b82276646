//! How the program ends: exit codes and sentences, in three languages.

use crate::desk::Desk;
use crate::sheets::{code, registrations};

#[test]
fn a_wrong_command_line_ends_with_two() {
    let desk = Desk::new();
    desk.write("a.csv", registrations(1));
    for args in [
        &[][..],
        &["frobnicate"],
        &["ingest", "--theme", "registration"],
        &[
            "ingest",
            "--theme",
            "registration",
            "--date",
            "2026-13-01",
            "a.csv",
        ],
        &[
            "ingest",
            "--theme",
            "registration",
            "--mode",
            "all",
            "a.csv",
        ],
        &[
            "ingest",
            "--theme",
            "registration",
            "--delimiter",
            "ab",
            "a.csv",
        ],
        &["report", "X", "--format", "doc"],
        &["serve", "--listen", "999"],
        &["--lang", "xx", "catalog", "list"],
        &["--store", "mysql://x", "subject", "X"],
    ] {
        let ran = desk.ends(2, args);
        assert!(!ran.err.is_empty(), "{args:?}");
    }
}

#[test]
fn a_refused_request_ends_with_three_and_changes_nothing() {
    let desk = Desk::new();
    desk.write("a.csv", registrations(1));
    desk.write("empty.csv", "");
    desk.write("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let begin = ["ingest", "--theme"];
    for args in [
        &["nope", "a.csv"][..],
        &["registration", "--supplier", "zzz", "a.csv"],
        &["registration", "--date", "9999-01-01", "a.csv"],
        &["registration", "--encoding", "klingon", "a.csv"],
        &["registration", "absent.csv"],
        &["registration", "."],
        &["registration", "empty.csv"],
        &["registration", "picture.csv"],
    ] {
        let ran = desk.ends(3, &[begin.as_slice(), args].concat());
        assert!(ran.err.starts_with("gongxin: "), "{args:?}: {}", ran.err);
        assert_eq!(ran.counts(), [0; 5], "{args:?}");
    }
    desk.ends(4, &["subject", &code("91", 1)]);
}

#[test]
fn a_store_or_a_key_that_cannot_be_used_is_named() {
    let desk = Desk::new();
    desk.write("file", "x");
    desk.ends(3, &["--data", "file", "subject", "X"]);
    desk.write("key/site.key", "zz");
    assert!(
        desk.ends(3, &["--data", "key", "subject", "X"])
            .err
            .contains("site.key")
    );
    desk.write(
        "bad/gongxin.db",
        "this is no database, and it is long enough to be looked at",
    );
    let ran = desk.ends(1, &["--data", "bad", "subject", "X"]);
    assert!(ran.err.contains("because: "), "{}", ran.err);
    // A store that a process left empty is made anew, not refused.
    desk.write("half/gongxin.db", "");
    desk.ends(4, &["--data", "half", "subject", &code("91", 1)]);
}

#[test]
fn sentences_come_in_the_language_asked_for() {
    for (lang, nothing, waiting) in [
        ("zh", "没有找到", "没有待确认"),
        ("en", "Nothing was found", "No snapshot waits"),
        ("ru", "Ничего не найдено", "Ожидающих"),
    ] {
        let desk = Desk::speaking(lang);
        let ran = desk.ends(4, &["subject", &code("91", 1)]);
        assert!(ran.err.contains(nothing), "{}", ran.err);
        assert!(desk.ends(0, &["snapshots", "list"]).out.contains(waiting));
        desk.ends(0, &["migrate"]);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let desk = Desk::new();
    let mut child = desk.command(&["catalog", "export"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn a_mistyped_code_is_explained_in_the_language_asked_for() {
    for (lang, check, length) in [
        ("zh", "校验位不符", "输入了 17 位"),
        (
            "en",
            "check digit of these 18",
            "17 characters were entered",
        ),
        ("ru", "Контрольный знак этих 18", "Введено знаков: 17"),
    ] {
        let desk = Desk::speaking(lang);
        for command in ["subject", "report"] {
            let ran = desk.ends(3, &[command, "91990105MD0024050E"]);
            assert!(ran.err.contains(check), "{}", ran.err);
            let ran = desk.ends(3, &[command, "91990105MD0024050"]);
            assert!(ran.err.contains(length), "{}", ran.err);
            assert!(ran.err.contains("LEI"), "what to enter: {}", ran.err);
        }
        let backwards = [
            "report",
            "91990105MD0024050D",
            "--from",
            "2026-11-02",
            "--to",
            "2026-11-01",
        ];
        let ran = desk.run(&backwards);
        assert!(matches!(ran.code, Some(2 | 3)), "{ran:#?}");
        assert!(ran.err.contains("2026-11-02") && ran.err.contains("2026-11-01"));
    }
}
