//! Attacks on the real program: files that are bombs or reach outside, cells that are formulas, a
//! catalogue older than the store, a clock that was moved, a checkpoint that shrank, a disk that is full.

use crate::desk::Desk;
use crate::http::{Site, account};
use crate::sheets::{code, penalties, penalty, registrations};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// What a spreadsheet would run.
const FORMULAS: [&str; 7] = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
];

#[test]
fn a_formula_leaves_in_no_file_of_rejects() {
    let desk = Desk::new();
    // The wrong date has the row rejected; the formula stands in another cell.
    let rows: Vec<Vec<String>> = FORMULAS
        .iter()
        .enumerate()
        .map(|(n, formula)| {
            let number = u32::try_from(n).unwrap() + 1;
            penalty(number, &[("CF_SY", formula), ("CF_JDRQ", "2026-13-77")])
        })
        .collect();
    desk.write("p.csv", penalties(&rows));
    for name in ["rejects.csv", "rejects.xlsx"] {
        let args = ["ingest", "--theme", "penalty", "p.csv", "--rejects", name];
        desk.ends(0, &args);
    }
    let text = desk.read("rejects.csv");
    assert!(text.contains("'=cmd"), "{text}");
    for line in text.lines() {
        for cell in line.split(',') {
            let cell = cell.trim_start_matches(['"', '\u{feff}']);
            let runs = cell.starts_with(['=', '+', '@', '\t', '\r']);
            assert!(!runs, "{cell} in {line}");
        }
    }
    // In the workbook they are texts: no cell has a formula element.
    let unpacked = Command::new("python3")
        .args(["-c", "import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(''.join(z.read(n).decode('utf8','ignore') for n in z.namelist() if 'sheet' in n and n.endswith('.xml')))"])
        .arg(desk.path("rejects.xlsx"))
        .output();
    match unpacked {
        Ok(unpacked) if unpacked.status.success() => {
            let sheets = String::from_utf8_lossy(&unpacked.stdout).into_owned();
            assert!(sheets.contains("<row"), "{sheets}");
            assert!(
                !sheets.contains("<f>=") && !sheets.contains("<f>cmd"),
                "a formula"
            );
        }
        _ => eprintln!("SKIPPED in part: no Python to open a workbook with"),
    }
}

#[test]
fn files_reach_nothing_outside_and_unpack_to_nothing_large() {
    let desk = Desk::new();
    let secret = desk.write("secret.txt", "the-secret-of-this-machine");
    let secret = secret.display();
    let dtd = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY e SYSTEM \"file://{secret}\"><!ENTITY % x SYSTEM \"http://127.0.0.1:9/x.dtd\"> %x;]><rows><row><企业名称>&e;有限公司</企业名称></row></rows>"
    );
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a \"hahahahaha\">");
    for (name, before) in ["b", "c", "d", "e", "f", "g", "h", "i"]
        .iter()
        .zip(["a", "b", "c", "d", "e", "f", "g", "h"])
    {
        laughs.push_str(&format!(
            "<!ENTITY {name} \"{}\">",
            format!("&{before};").repeat(10)
        ));
    }
    laughs.push_str("]><rows><row><企业名称>&i;</企业名称></row></rows>");
    for (name, text) in [("dtd.xml", dtd), ("laughs.xml", laughs)] {
        desk.write(name, text);
        let ran = desk.run(&[
            "ingest",
            "--theme",
            "registration",
            name,
            "--rejects",
            "r.csv",
        ]);
        assert!(matches!(ran.code, Some(0 | 3 | 5)), "{name}: {ran:?}");
        assert!(!ran.out.contains("accepted 1"), "{name}: {}", ran.out);
        let told = format!(
            "{}{}{}",
            ran.out,
            ran.err,
            std::fs::read_to_string(desk.path("r.csv")).unwrap_or_default()
        );
        assert!(!told.contains("the-secret"), "{name}: {told}");
        assert!(!told.contains(&"haha".repeat(20)), "{name}");
    }
    // A gigabyte of one line in a megabyte.
    let bomb = Command::new("sh")
        .args([
            "-c",
            "head -c 1000000000 /dev/zero | tr '\\0' 'a' | gzip -1 > bomb.csv.gz",
        ])
        .current_dir(desk.path(""))
        .status();
    if bomb.is_ok_and(|status| status.success()) {
        let start = std::time::Instant::now();
        desk.ends(3, &["ingest", "--theme", "registration", "bomb.csv.gz"]);
        assert!(start.elapsed().as_secs() < 30, "it was not read to its end");
    }
    // A workbook whose sheet unpacks to two thousand times its size.
    let made = Command::new("python3")
        .args(["-c", "import zipfile; z=zipfile.ZipFile('bomb.xlsx','w',zipfile.ZIP_DEFLATED); z.writestr('[Content_Types].xml','<Types/>'); z.writestr('xl/workbook.xml','<workbook/>'); z.writestr('xl/worksheets/sheet1.xml', b' '*400_000_000)"])
        .current_dir(desk.path(""))
        .status();
    if made.is_ok_and(|status| status.success()) {
        desk.ends(3, &["ingest", "--theme", "registration", "bomb.xlsx"]);
    }
}

/// A process that is ended with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves, and gives the address.
fn serve(mut command: Command) -> (Running, String) {
    let mut child = command.spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let mut lines = BufReader::new(out).lines();
    let line = lines.next().and_then(Result::ok).unwrap_or_default();
    let at = line.split("http://").nth(1).unwrap_or_default();
    let at = at
        .trim_end_matches(|c: char| !c.is_ascii_digit())
        .to_owned();
    assert!(!at.is_empty(), "{line}");
    (Running(child), at)
}

/// Status and body of a request.
fn ask(at: &str, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(at).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut told = String::new();
    stream.read_to_string(&mut told).unwrap();
    let status = told.get(9..12).and_then(|status| status.parse().ok());
    (status.unwrap_or(0), told)
}

fn get(at: &str, path: &str) -> (u16, String) {
    ask(
        at,
        &format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n"),
    )
}

#[test]
fn an_older_catalogue_than_the_stores_is_refused() {
    let desk = Desk::new();
    desk.write("p.csv", penalties(&[penalty(1, &[])]));
    desk.ends(
        0,
        &[
            "ingest",
            "--theme",
            "penalty",
            "--date",
            "2026-09-15",
            "p.csv",
        ],
    );
    // The shipped catalogue without the edition under which the row came in.
    let from = testkit::data::workspace().join("catalog");
    let to = desk.path("catalog");
    let copied = Command::new("cp").arg("-r").arg(&from).arg(&to).status();
    assert!(copied.unwrap().success());
    std::fs::remove_file(to.join("themes/penalty.toml")).unwrap();
    let code = code("91", 1);
    for command in [
        vec!["report", &code],
        vec!["serve", "--listen", "127.0.0.1:0"],
        vec!["ingest", "--theme", "registration", "p.csv"],
    ] {
        let args = [&["--catalog", "catalog"], command.as_slice()].concat();
        let ran = desk.ends(3, &args);
        assert!(ran.err.contains("older than the store"), "{ran:?}");
    }
    // With its own it goes on.
    desk.ends(0, &["report", &code, "--format", "json"]);
}

#[test]
fn a_clock_that_is_behind_the_store_is_refused() {
    let desk = Desk::new();
    desk.write("reg.csv", registrations(2));
    desk.ends(0, &["ingest", "--theme", "registration", "reg.csv"]);
    // A year ahead when it was written, or a year back now: the store cannot tell, and asks.
    let moved = Command::new("python3")
        .args(["-c", "import sqlite3; c=sqlite3.connect('data/gongxin.db'); c.execute('UPDATE submission SET received_at = received_at + 31536000000000'); c.commit()"])
        .current_dir(desk.path(""))
        .status();
    if !moved.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no Python with SQLite to move a time with");
        return;
    }
    let ran = desk.ends(3, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(ran.err.contains("clock"), "{ran:?}");
    let (_running, at) =
        serve(desk.command(&["serve", "--listen", "127.0.0.1:0", "--clock-is-right"]));
    assert_eq!(get(&at, "/healthz").0, 200);
}

#[test]
fn a_checkpoint_that_shrank_is_refused() {
    let desk = Desk::new();
    desk.write("a.csv", registrations(2));
    desk.ends(0, &["ingest", "--theme", "registration", "a.csv"]);
    desk.ends(0, &["journal", "run"]);
    desk.ends(0, &["journal", "export", "before"]);
    desk.write("b.csv", registrations(3));
    desk.ends(0, &["ingest", "--theme", "registration", "b.csv"]);
    desk.ends(0, &["journal", "run"]);
    desk.ends(0, &["journal", "export", "after"]);
    let key = desk.ends(0, &["journal", "key"]).out.trim().to_owned();
    let verify = |folder: &str, extends: &str, code: i32| {
        desk.ends(
            code,
            &["verify", "log", folder, "--key", &key, "--extends", extends],
        );
    };
    verify("after", "before/checkpoint", 0);
    verify("before", "after/checkpoint", 3);
}

/// Serves from a disk of its own that has hardly any room left, asks, and gives what was told.
#[test]
fn on_a_full_disk_what_must_be_written_down_is_not_read() {
    let desk = Desk::new();
    desk.write("reg.csv", registrations(3));
    desk.ends(0, &["ingest", "--theme", "registration", "reg.csv"]);
    let site = Site::start(&desk, &[]);
    account(&desk, &site, "clerk.test", "centre-clerk", "credit-centre");
    drop(site);
    let code = code("91", 1);
    let own = format!(
        "\"$0\" --data small/data report {code} --format json --own --by clerk.test --case 1"
    );
    let public = format!("\"$0\" --data small/data report {code} --format json");
    let script = format!(
        "mkdir small && mount -t tmpfs -o size=24m tmpfs small && cp -r data small/data && {public} > /dev/null \
         && {{ dd if=/dev/zero of=small/fill bs=4k 2>/dev/null; true; }} \
         && {public} > public.json; echo \"public $?\"; {own} > own.json; echo \"own $?\"; rm small/fill; {own} > again.json; echo \"again $?\""
    );
    let mut command = Command::new("unshare");
    command
        .args(["-r", "-m", "sh", "-c", &script])
        .arg(env!("CARGO_BIN_EXE_gongxin"))
        .current_dir(desk.path(""))
        .env("GONGXIN_LANG", "en")
        .stdin(Stdio::null());
    let ran = command.output().unwrap();
    let out = String::from_utf8_lossy(&ran.stdout).into_owned();
    let err = String::from_utf8_lossy(&ran.stderr).into_owned();
    if !out.contains("own ") {
        eprintln!("SKIPPED: a small disk cannot be mounted here: {err}");
        return;
    }
    // A look that cannot be written down is not had; nothing of the facts was given out.
    assert!(!out.contains("own 0"), "{out}{err}");
    assert_eq!(desk.read("own.json"), "", "sealed reads fail closed");
    // With no room at all SQLite cannot even share the file: then the store is not opened.
    let named = ["unavailable", "room", "cannot be opened"];
    assert!(named.iter().any(|said| err.contains(said)), "{err}");
    assert!(out.contains("again 0"), "with room again: {out}{err}");
}
