//! The journal by the command line: what an operator publishes, what an outsider checks from files
//! alone, and the two processes that keep keys apart.

use crate::desk::Desk;
use crate::sheets::registrations;
use std::io::{BufRead, BufReader};
use std::process::Child;

/// A process that is ended with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a process and gives its first line.
fn start(desk: &Desk, args: &[&str]) -> (Running, String) {
    let mut child = desk.command(args).spawn().unwrap();
    let mut line = String::new();
    let out = child.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut line).unwrap();
    (Running(child), line)
}

fn take(desk: &Desk, file: &str, rows: u32, date: &str) {
    desk.write(file, registrations(rows));
    let receipt = format!("{file}.receipt");
    desk.ends(
        0,
        &[
            "ingest",
            "--theme",
            "registration",
            "--date",
            date,
            file,
            "--receipt",
            &receipt,
        ],
    );
}

fn key(desk: &Desk) -> String {
    desk.ends(0, &["journal", "key"]).out.trim().to_owned()
}

#[test]
fn what_is_published_is_checked_from_files_alone() {
    let desk = Desk::new();
    take(&desk, "a.csv", 40, "2026-09-01");
    desk.ends(3, &["journal", "export", "log"]);
    assert!(desk.ends(0, &["journal", "run"]).out.contains("2 events"));
    desk.ends(0, &["journal", "export", "log"]);
    let key = key(&desk);
    let signer = desk.ends(0, &["receipt", "key"]).out.trim().to_owned();
    let ran = desk.ends(0, &["verify", "log", "log", "--key", &key]);
    assert!(
        ran.out.contains("all 2 entries") && ran.out.contains("Not proven"),
        "{}",
        ran.out
    );
    let receipt = [
        "verify",
        "receipt",
        "a.csv.receipt",
        "--log",
        "log",
        "--key",
        &key,
        "--signer",
        &signer,
    ];
    assert!(desk.ends(0, &receipt).out.contains("receipt:"));
    // Later: the log has grown, and the old checkpoint shows that it only grew.
    std::fs::copy(desk.path("log/checkpoint"), desk.path("old")).unwrap();
    take(&desk, "b.csv", 90, "2026-09-02");
    desk.ends(0, &["journal", "run"]);
    desk.ends(0, &["journal", "export", "log"]);
    let grown = desk.ends(
        0,
        &["verify", "log", "log", "--key", &key, "--extends", "old"],
    );
    assert!(grown.out.contains("stand unchanged"), "{}", grown.out);
    let audit = desk.ends(0, &["audit"]);
    assert!(
        audit.out.contains("4 events") && audit.out.contains("2 receipts"),
        "{}",
        audit.out
    );
    // A proof travels by itself.
    let id = desk.read("b.csv.receipt");
    let id = id
        .split("\"submission\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    desk.ends(
        0,
        &["journal", "prove", &format!("receipt:{id}"), "-o", "proof"],
    );
    desk.ends(0, &["verify", "proof", "proof", "--key", &key]);
    desk.ends(4, &["journal", "prove", "receipt:none"]);
    // Another key, a changed file, a cut log, a receipt of another platform.
    let other = Desk::new();
    take(&other, "a.csv", 40, "2026-09-03");
    other.ends(0, &["journal", "run"]);
    let foreign = other.ends(0, &["journal", "key"]).out.trim().to_owned();
    desk.ends(3, &["verify", "log", "log", "--key", &foreign]);
    desk.ends(3, &["verify", "proof", "proof", "--key", &foreign]);
    desk.ends(2, &["verify", "log", "log", "--key", "nonsense"]);
    std::fs::copy(other.path("a.csv.receipt"), desk.path("foreign")).unwrap();
    desk.ends(
        3,
        &[
            "verify", "receipt", "foreign", "--log", "log", "--key", &key, "--signer", &signer,
        ],
    );
    let tile = desk.path("log/tile/entries/000.p/4");
    let mut body = std::fs::read(&tile).unwrap();
    body[20] ^= 1;
    std::fs::write(&tile, body).unwrap();
    let broken = desk.ends(3, &["verify", "log", "log", "--key", &key]);
    assert!(broken.err.contains("does not fit"), "{}", broken.err);
    std::fs::remove_file(&tile).unwrap();
    desk.ends(3, &["verify", "log", "log", "--key", &key]);
}

#[test]
fn a_witness_signs_what_the_log_shows() {
    let desk = Desk::new();
    take(&desk, "a.csv", 20, "2026-09-01");
    desk.ends(0, &["journal", "run"]);
    let log = key(&desk);
    let (_witness, said) = start(
        &desk,
        &[
            "witness",
            "--name",
            "w.example/1",
            "--log",
            &log,
            "--listen",
            "127.0.0.1:0",
        ],
    );
    let at = said
        .split("http://")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let public = said.rsplit(' ').next().unwrap().trim().to_owned();
    let asked = format!("{public}@http://{at}");
    desk.ends(3, &["journal", "export", "log", "--witnesses-needed", "1"]);
    desk.ends(
        0,
        &[
            "journal",
            "run",
            "--witness",
            &asked,
            "--witnesses-needed",
            "1",
        ],
    );
    take(&desk, "b.csv", 30, "2026-09-02");
    desk.ends(0, &["journal", "run", "--witness", &asked]);
    desk.ends(0, &["journal", "export", "log", "--witnesses-needed", "1"]);
    let ran = desk.ends(
        0,
        &["verify", "log", "log", "--key", &log, "--witness", &public],
    );
    assert!(
        ran.out.contains("1 trusted witnesses") && ran.out.contains("all 4 entries"),
        "{}",
        ran.out
    );
    desk.ends(3, &["journal", "run", "--witness", "nonsense"]);
    desk.ends(
        3,
        &[
            "journal",
            "run",
            "--witness",
            &asked,
            "--witnesses-needed",
            "2",
        ],
    );
}

#[cfg(unix)]
#[test]
fn a_signer_keeps_the_key_and_signs_no_second_history() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let (signer, said) = start(&desk, &["signer"]);
    let public = said.rsplit(' ').next().unwrap().trim().to_owned();
    take(&desk, "a.csv", 20, "2026-09-01");
    desk.ends(0, &["journal", "run", "--signer", "signer/socket"]);
    assert_eq!(key(&desk), public);
    assert!(
        !desk.data().join("log.key").exists(),
        "the platform has no key"
    );
    desk.ends(0, &["journal", "export", "log"]);
    desk.ends(0, &["verify", "log", "log", "--key", &public]);
    // The same key under another history: a new data folder, its own rows.
    std::fs::rename(desk.data(), desk.path("kept")).unwrap();
    take(&desk, "b.csv", 60, "2026-09-02");
    take(&desk, "c.csv", 70, "2026-09-03");
    desk.ends(1, &["journal", "run", "--signer", "signer/socket"]);
    desk.ends(3, &["journal", "export", "fork"]);
    drop(signer);
    desk.ends(3, &["journal", "run", "--signer", "signer/socket"]);
    // A key that others can read is refused.
    let path = desk.path("signer/log.key");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let open = desk.ends(3, &["signer"]);
    assert!(open.err.contains("chmod 600"), "{}", open.err);
}
