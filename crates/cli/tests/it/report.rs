//! Reports: three formats, equal bytes, past days, the subject's own.

use crate::desk::Desk;
use crate::http::{Site, account};
use crate::sheets::{code, penalties, penalty, registrations};

fn filled() -> (Desk, String) {
    let desk = Desk::new();
    desk.write("reg.csv", registrations(3));
    desk.ends(0, &["ingest", "--theme", "registration", "reg.csv"]);
    desk.write("p.csv", penalties(&[penalty(1, &[])]));
    let args = [
        "ingest",
        "--theme",
        "penalty",
        "--date",
        "2026-09-15",
        "p.csv",
    ];
    desk.ends(0, &args);
    (desk, code("91", 1))
}

#[test]
fn a_report_in_each_format_is_made_twice_in_equal_bytes() {
    let (desk, code) = filled();
    let fonts = std::path::Path::new("/usr/share/fonts").exists();
    for (format, begins) in [("html", "<!doctype html"), ("json", "{"), ("pdf", "%PDF-")] {
        if format == "pdf" && desk.run(&["report", &code, "--format", "pdf"]).code == Some(3) {
            eprintln!("SKIPPED: no Chinese font on this machine (folder there: {fonts})");
            continue;
        }
        let args = ["report", &code, "--format", format];
        let (once, twice) = (desk.ends(0, &args).bytes, desk.ends(0, &args).bytes);
        assert!(once == twice, "{format}");
        let head = String::from_utf8_lossy(&once[..begins.len()]).to_lowercase();
        assert_eq!(head, begins.to_lowercase());
        desk.ends(0, &[args.as_slice(), &["-o", "file"]].concat());
        assert_eq!(std::fs::read(desk.path("file")).unwrap(), once);
    }
}

#[test]
fn a_report_has_ten_sections_and_keeps_to_themes_period_and_day() {
    let (desk, code) = filled();
    let entries = |more: &[&str]| {
        let args = [&["report", &code, "--format", "json"], more].concat();
        let report: serde_json::Value = serde_json::from_slice(&desk.ends(0, &args).bytes).unwrap();
        let sections = report["sections"].as_array().unwrap().clone();
        assert_eq!(sections.len(), 10);
        sections
            .iter()
            .map(|section| section["entries"].as_array().unwrap().len())
            .sum::<usize>()
    };
    assert_eq!(entries(&[]), 2);
    assert_eq!(entries(&["--themes", "penalty"]), 1);
    assert_eq!(entries(&["--themes", "penalty", "--from", "2026-09-11"]), 0);
    assert_eq!(entries(&["--themes", "penalty", "--to", "2026-09-10"]), 1);
    assert_eq!(entries(&["--as-of", "2026-01-01"]), 0);
    let exchanged = ["--from", "2026-02-01", "--to", "2026-01-01"];
    desk.ends(
        2,
        &[&["report", code.as_str()], exchanged.as_slice()].concat(),
    );
    desk.ends(3, &["report", &code, "--themes", "nope"]);
    desk.ends(3, &["report", &code, "--as-of", "9999-01-01"]);
    desk.ends(4, &["report", &crate::sheets::code("91", 77)]);
}

#[test]
fn an_own_report_needs_an_officer_who_may_and_a_case() {
    let (desk, code) = filled();
    let site = Site::start(&desk, &[]);
    account(&desk, &site, "clerk.test", "centre-clerk", "credit-centre");
    account(&desk, &site, "reader.test", "reader", "samr");
    let own = ["report", &code, "--format", "json", "--own"];
    desk.ends(2, &own);
    desk.ends(2, &[own.as_slice(), &["--by", "clerk.test"]].concat());
    for (exit, by, case) in [
        (3, "clerk.test", " "),
        (3, "reader.test", "2026-1"),
        (4, "nobody.test", "2026-1"),
    ] {
        for sign in [[].as_slice(), &["--sign"]] {
            let named = ["--by", by, "--case", case];
            desk.ends(exit, &[own.as_slice(), &named, sign].concat());
        }
    }
    let whole = [own.as_slice(), &["--by", "clerk.test", "--case", "2026-1"]].concat();
    let report: serde_json::Value = serde_json::from_slice(&desk.ends(0, &whole).bytes).unwrap();
    assert_eq!(report["purpose"]["code"], "own-report");
    // What is signed for the case is checked offline with the key alone.
    let signed = [whole.as_slice(), &["--sign", "-o", "own.signed.json"]].concat();
    desk.ends(0, &signed);
    let key = desk.ends(0, &["receipt", "key"]).out.trim().to_owned();
    let verify = ["verify", "report", "own.signed.json", "--key", &key];
    let said = desk.ends(0, &verify).out;
    assert!(
        said.contains("proven: the above") && said.contains(&code),
        "{said}"
    );
    desk.write(
        "other.json",
        desk.read("own.signed.json").replacen("2026", "2025", 1),
    );
    desk.ends(3, &["verify", "report", "other.json", "--key", &key]);
    // What goes to the platform above is written in the name of an account that may.
    let up = ["forward", "--theme", "penalty", "-o", "up.csv"];
    desk.ends(2, &up);
    desk.ends(3, &[up.as_slice(), &["--by", "reader.test"]].concat());
    assert!(!desk.path("up.csv").exists());
    desk.ends(0, &[up.as_slice(), &["--by", "clerk.test"]].concat());
    assert_eq!(desk.read("up.csv").lines().count(), 2);
    // Refused ones looked at nothing: two looks are written down, the signed one included.
    let audit = desk.ends(0, &["audit"]).out;
    assert!(
        audit.contains("2 looks") && audit.contains("1 issued report"),
        "{audit}"
    );
}
