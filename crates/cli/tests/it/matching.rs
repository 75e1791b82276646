//! `gongxin match`: pairs of names, and one table against another, from files as offices write them.

use crate::desk::{Desk, Ran};
use crate::sheets::code;

const LEFT: &str = "上海明远贸易有限公司";
const RIGHT: &str = "明远贸易（上海）有限公司";
const OTHER: &str = "上海明达贸易有限公司";

/// GB18030 bytes of the few characters used here.
fn gbk(text: &str) -> Vec<u8> {
    let table = [
        ('上', [0xC9, 0xCF]),
        ('海', [0xBA, 0xA3]),
        ('明', [0xC3, 0xF7]),
        ('远', [0xD4, 0xB6]),
        ('达', [0xB4, 0xEF]),
        ('贸', [0xC3, 0xB3]),
        ('易', [0xD2, 0xD7]),
        ('有', [0xD3, 0xD0]),
        ('限', [0xCF, 0xDE]),
        ('公', [0xB9, 0xAB]),
        ('司', [0xCB, 0xBE]),
        ('（', [0xA3, 0xA8]),
        ('）', [0xA3, 0xA9]),
    ];
    let mut bytes = Vec::new();
    for letter in text.chars() {
        match table.iter().find(|(known, _)| *known == letter) {
            Some((_, two)) => bytes.extend(two),
            None => bytes.push(u8::try_from(letter).expect("a character of the table")),
        }
    }
    bytes
}

/// Rows of an answer, cut at commas: for answers without quoted cells.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split(',').collect()).collect()
}

#[track_caller]
fn verdicts(ran: &Ran) -> Vec<String> {
    let rows = rows(&ran.out);
    let at = rows[0].iter().position(|title| *title == "same").unwrap();
    rows[1..].iter().map(|row| row[at].to_owned()).collect()
}

#[test]
fn pairs_gain_score_verdict_and_reason() {
    let desk = Desk::new();
    desk.write(
        "p.csv",
        format!("id,left,right\n7,{LEFT},{RIGHT}\n8,{LEFT},{OTHER}\n9,,\n"),
    );
    let ran = desk.ends(0, &["match", "--pairs", "p.csv"]);
    let lines = rows(&ran.out);
    assert_eq!(lines[0], ["id", "left", "right", "score", "same", "why"]);
    assert_eq!(lines[1][..3], ["7", LEFT, RIGHT]);
    assert_eq!(verdicts(&ran), ["true", "false", "true"]);
    for line in &lines[1..] {
        let score: f32 = line[3].parse().unwrap();
        assert!(
            (0.0..=1.0).contains(&score) && line[3].len() == 6,
            "{line:?}"
        );
    }
    assert!(ran.out.contains("trade name"), "{}", ran.out);
    assert!(ran.err.starts_with("3 pairs, 2 same, "), "{}", ran.err);
    desk.ends(0, &["match", "--pairs", "p.csv", "--out", "o.csv"]);
    assert_eq!(desk.read("o.csv"), ran.out);
    // The answer may take the place of the question; its own columns are made anew.
    desk.ends(0, &["match", "--pairs", "o.csv", "--out", "o.csv"]);
    assert_eq!(desk.read("o.csv"), ran.out);
}

#[test]
fn encodings_delimiters_and_marks_give_the_same_answer() {
    let desk = Desk::new();
    let table = |sign: &str| format!("left{sign}right\n{LEFT}{sign}{RIGHT}\n{LEFT}{sign}{OTHER}\n");
    let wide: Vec<u8> = format!("\u{FEFF}{}", table("\t"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let files: [(&str, Vec<u8>); 7] = [
        ("comma", table(",").into()),
        ("tab", table("\t").into()),
        ("semicolon", table(";").into()),
        ("bar", table("|").into()),
        (
            "mark",
            [b"\xEF\xBB\xBF".as_slice(), table(",").as_bytes()].concat(),
        ),
        ("gbk", gbk(&table(",").replace('\n', "\r\n"))),
        ("wide", wide),
    ];
    for (name, bytes) in files {
        desk.write(name, bytes);
        let ran = desk.ends(0, &["match", "--pairs", name]);
        assert_eq!(verdicts(&ran), ["true", "false"], "{name}: {}", ran.out);
        assert!(
            ran.out.starts_with("left,right,score"),
            "{name}: {}",
            ran.out
        );
    }
    let asked = [
        "match",
        "--pairs",
        "gbk",
        "--encoding",
        "gbk",
        "--delimiter",
        ",",
    ];
    assert_eq!(verdicts(&desk.ends(0, &asked)), ["true", "false"]);
    desk.write("odd", table("#"));
    let asked = ["match", "--pairs", "odd", "--delimiter", "#"];
    assert_eq!(verdicts(&desk.ends(0, &asked)), ["true", "false"]);
}

#[test]
fn what_is_no_table_of_pairs_is_refused_with_a_reason() {
    let desk = Desk::new();
    let huge = format!("left,right\n\"{LEFT}\n{}", "x,y\n".repeat(400_000));
    for (name, bytes, says) in [
        ("empty", Vec::new(), "no header"),
        ("mark", b"\xEF\xBB\xBF".to_vec(), "no header"),
        ("one", b"left\na\nb\n".to_vec(), "left and right"),
        ("titles", b"a,b\nx,y\n".to_vec(), "left and right"),
        (
            "twice",
            b"left,left,right\nx,y,z\n".to_vec(),
            "left and right",
        ),
        ("zero", b"left,right\nx,y\0\n".to_vec(), "zero bytes"),
        ("huge", huge.into_bytes(), "quotation mark"),
    ] {
        desk.write(name, bytes);
        let ran = desk.ends(3, &["match", "--pairs", name]);
        assert!(
            ran.err.contains(says) && ran.err.contains(name),
            "{name}: {}",
            ran.err
        );
        // Rows are written as they are read; before the first there is at most the header.
        assert!(ran.out.lines().count() <= 1, "{name}: {}", ran.out);
    }
    desk.write("p.csv", "left,right\nx,y\n");
    for (args, exit) in [
        (&["--pairs", "absent.csv"][..], 3),
        (&["--pairs", "."], 3),
        (&["--pairs", "p.csv", "--encoding", "klingon"], 3),
        (&["--pairs", "p.csv", "--out", "no/where.csv"], 3),
        (&["--pairs", "p.csv", "--delimiter", "ab"], 2),
        (&["p.csv"], 2),
        (&["--against", "p.csv"], 2),
        (&["--pairs", "p.csv", "p.csv", "--against", "p.csv"], 2),
        (&[], 2),
    ] {
        let ran = desk.ends(exit, &[&["match"], args].concat());
        assert!(!ran.err.is_empty(), "{args:?}");
    }
    // A header alone is a table of no pairs; cells that are not there are empty.
    desk.write("none", "left,right\n");
    assert_eq!(
        desk.ends(0, &["match", "--pairs", "none"]).out,
        "left,right,score,same,why\n"
    );
    desk.write(
        "short",
        format!("left,right\n{LEFT}\n{LEFT},{RIGHT},more\n"),
    );
    assert_eq!(
        verdicts(&desk.ends(0, &["match", "--pairs", "short"])),
        ["false", "true"]
    );
}

#[test]
fn quoted_cells_come_back_quoted() {
    let desk = Desk::new();
    desk.write(
        "p.csv",
        "note,left,right\n\"a, \"\"b\"\"\nc\",Acme Ltd,ACME Limited\n",
    );
    let ran = desk.ends(0, &["match", "--pairs", "p.csv"]);
    assert!(
        ran.out
            .contains("\"a, \"\"b\"\"\nc\",Acme Ltd,ACME Limited,"),
        "{}",
        ran.out
    );
    assert!(ran.err.starts_with("1 pairs, 1 same"), "{}", ran.err);
}

#[test]
fn a_row_finds_its_own_in_another_table_and_brings_its_values() {
    let desk = Desk::new();
    let (one, two) = (code("91", 1), code("91", 2));
    desk.write(
        "known.csv",
        format!("企业名称,统一社会信用代码,等级\n{LEFT},{one},A\n北京新华书店有限公司,{two},B\n"),
    );
    desk.write(
        "asked.csv",
        format!("序号,名称,代码\n1,{RIGHT},\n2,{OTHER},\n3,改了名的有限公司,{two}\n4,{LEFT},{two}\n5,上海明远贸易有线公司,{}\n", code("91", 3)),
    );
    let ran = desk.ends(0, &["match", "asked.csv", "--against", "known.csv"]);
    let lines = rows(&ran.out);
    assert_eq!(
        lines[0],
        [
            "序号",
            "名称",
            "代码",
            "match",
            "score",
            "same",
            "why",
            "match_企业名称",
            "match_统一社会信用代码",
            "match_等级"
        ]
    );
    assert_eq!(verdicts(&ran), ["true", "false", "true", "true", "false"]);
    let at = |row: usize| (lines[row][3], lines[row][7], lines[row][8], lines[row][9]);
    assert_eq!(at(1), ("1", LEFT, one.as_str(), "A"));
    assert_eq!(
        at(3),
        ("2", "北京新华书店有限公司", two.as_str(), "B"),
        "by code"
    );
    assert_eq!(at(4).0, "2", "a code outweighs a name");
    assert!(
        lines[5][6].contains('≠'),
        "two codes that differ: {:?}",
        lines[5]
    );
    assert!(ran.err.starts_with("5 pairs, 3 same"), "{}", ran.err);
    desk.ends(
        0,
        &[
            "match",
            "asked.csv",
            "--against",
            "known.csv",
            "-o",
            "o.csv",
        ],
    );
    assert_eq!(desk.read("o.csv"), ran.out);
}

#[test]
fn a_row_without_its_like_has_empty_cells_and_titles_that_clash_are_kept() {
    let desk = Desk::new();
    desk.write("known.csv", format!("name,same\n{LEFT},x\n"));
    desk.write(
        "asked.csv",
        format!("name,same,match\n乌鲁木齐天山糖酒有限公司,y,z\n{LEFT},y,z\n"),
    );
    let ran = desk.ends(0, &["match", "asked.csv", "--against", "known.csv"]);
    let lines = rows(&ran.out);
    assert_eq!(
        lines[0],
        [
            "name",
            "same_before",
            "match_before",
            "match",
            "score",
            "same",
            "why",
            "match_name",
            "match_same"
        ]
    );
    assert_eq!(lines[1][1..], ["y", "z", "", "0.0000", "false", "", "", ""]);
    assert_eq!(lines[2][7..], [LEFT, "x"]);
    for (file, against) in [("none.csv", "known.csv"), ("asked.csv", "none.csv")] {
        desk.write("none.csv", "name\n");
        let ran = desk.ends(3, &["match", file, "--against", against]);
        assert!(ran.err.contains("none.csv"), "{}", ran.err);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure_of_a_match() {
    let desk = Desk::new();
    let many = format!("left,right\n{}", format!("{LEFT},{RIGHT}\n").repeat(20_000));
    desk.write("p.csv", many);
    for args in [
        &["match", "--pairs", "p.csv"][..],
        &["match", "p.csv", "--against", "p.csv"],
    ] {
        let mut child = desk.command(args).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
}
