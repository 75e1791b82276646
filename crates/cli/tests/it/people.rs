//! Nothing of a natural person is written anywhere: not to the store, rejects, receipts, the screen
//! or the log.

use crate::desk::{Desk, files_below};
use crate::sheets::{code, penalties, penalty};

const NAME: &str = "欧阳试甲";
const STREET: &str = "幸福里七巷";
/// The example printed in GB 11643 is not used, so that it cannot hide behind a shipped file.
const NUMBER: &str = "220102198503151237";

fn rows() -> Vec<Vec<String>> {
    let shop = format!("{NAME}小卖部");
    let (trader, mistyped) = (code("92", 3), code("92", 4).replace("MB", "MC"));
    let person = [
        ("CF_XDR_MC", NAME),
        ("CF_XDR_LB", "自然人"),
        ("CF_XDR_SHXYM", ""),
        ("CF_FRDB", ""),
        ("CF_XDR_ZJHM", NUMBER),
        ("CF_SY", STREET),
    ];
    let text = format!("负责人{NAME}，身份证号{NUMBER}，住{STREET}3号");
    vec![
        penalty(1, &[]),
        penalty(2, &person),
        penalty(3, &[("CF_XDR_MC", &shop), ("CF_XDR_SHXYM", &trader)]),
        penalty(4, &[("CF_XDR_MC", &shop), ("CF_XDR_SHXYM", &mistyped)]),
        penalty(5, &[("CF_SY", &text)]),
        penalty(6, &[("CF_XDR_ZJHM", NUMBER)]),
        penalty(7, &[("CF_XDR_SHXYM", NUMBER), ("CF_XDR_MC", NAME)]),
        penalty(8, &[("CF_WSH", NUMBER)]),
        penalty(9, &[("CF_JDRQ", NUMBER)]),
    ]
}

#[test]
fn no_canary_reaches_the_screen_the_receipt_the_rejects_or_the_data_folder() {
    let desk = Desk::new();
    desk.write("in/a.csv", penalties(&rows()));
    let args = ["--data", "out/data", "ingest", "--theme", "penalty", "-vv"];
    let more = ["--date", "2026-09-15", "in/a.csv"];
    std::fs::create_dir_all(desk.path("out")).unwrap();
    for (receipt, rejects) in [("out/r.json", "out/m.csv"), ("out/r2.json", "out/m.xlsx")] {
        let files = ["--receipt", receipt, "--rejects", rejects];
        let ran = desk.ends(0, &[args.as_slice(), &more, &files].concat());
        clean("standard output", ran.out.as_bytes());
        clean("standard error", ran.err.as_bytes());
    }
    for asked in [NUMBER, &code("92", 3)] {
        let ran = desk.ends(4, &["--data", "out/data", "subject", asked]);
        clean("an answer", ran.err.as_bytes());
        desk.ends(
            4,
            &["--data", "out/data", "report", asked, "--format", "json"],
        );
    }
    let written = files_below(&desk.path("out"));
    assert!(written.len() >= 5, "{written:?}");
    for (path, bytes) in written {
        clean(&path.display().to_string(), &bytes);
    }
}

#[test]
fn a_list_of_people_without_a_header_is_refused_without_repeating_it() {
    for lang in ["zh", "en", "ru"] {
        let desk = Desk::speaking(lang);
        desk.write(
            "a.csv",
            format!("{NAME},{NUMBER},{STREET}\n{NAME},{NUMBER},{STREET}\n"),
        );
        let ran = desk.ends(3, &["ingest", "--theme", "penalty", "-vv", "a.csv"]);
        clean("standard error", ran.err.as_bytes());
        for (path, bytes) in files_below(&desk.data()) {
            clean(&path.display().to_string(), &bytes);
        }
    }
}

#[test]
fn forbidden_kinds_of_data_are_refused_by_content_and_not_kept() {
    let desk = Desk::new();
    let canary = "当事人系回族，信仰伊斯兰教，金鱼胡同";
    desk.write("a.csv", penalties(&[penalty(1, &[("CF_SY", canary)])]));
    let args = ["ingest", "--theme", "penalty", "--date", "2026-09-15"];
    let ran = desk.ends(
        0,
        &[args.as_slice(), &["a.csv", "--rejects", "m.csv"]].concat(),
    );
    assert_eq!(ran.counts(), [0, 1, 0, 0, 0]);
    let rejects = desk.read("m.csv");
    assert!(
        rejects.contains("R02") && !rejects.contains("金鱼"),
        "{rejects}"
    );
    for (path, bytes) in files_below(&desk.data()) {
        assert!(!holds(&bytes, "金鱼"), "{}", path.display());
    }
}

#[track_caller]
fn clean(place: &str, bytes: &[u8]) {
    for canary in [NAME, STREET, NUMBER] {
        assert!(!holds(bytes, canary), "{canary} in {place}");
    }
}

fn holds(bytes: &[u8], canary: &str) -> bool {
    bytes
        .windows(canary.len())
        .any(|window| window == canary.as_bytes())
}
