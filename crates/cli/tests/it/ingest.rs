//! Files in: the last line, repeats, rejects mended and sent again, snapshots that wait.

use crate::desk::Desk;
use crate::http::{Site, account};
use crate::sheets::{code, csv, penalties, penalty, registrations};

const SEPTEMBER: [&str; 6] = [
    "ingest",
    "--theme",
    "penalty",
    "--date",
    "2026-09-15",
    "--strict",
];

fn send(desk: &Desk, more: &[&str], ends: i32) -> crate::desk::Ran {
    let args: Vec<&str> = SEPTEMBER.iter().chain(more).copied().collect();
    desk.ends(ends, &args)
}

#[test]
fn a_repeat_changes_nothing_and_the_last_line_adds_up() {
    let desk = Desk::new();
    let rows = [
        penalty(1, &[]),
        penalty(2, &[]),
        penalty(3, &[("YZCD", "")]),
    ];
    desk.write("a.csv", penalties(&rows));
    let ran = send(&desk, &["a.csv", "--receipt", "r.json"], 5);
    assert_eq!(ran.counts(), [2, 0, 1, 0, 0]);
    let receipt: serde_json::Value = serde_json::from_str(desk.read("r.json").trim()).unwrap();
    assert_eq!(receipt["accepted"], 2);
    assert_eq!(receipt["rows"], 3);
    assert!(receipt["signature"].as_str().unwrap().split('.').count() == 3);
    let again = send(&desk, &["a.csv"], 5);
    assert_eq!(again.counts(), [0, 0, 1, 2, 0], "{}", again.out);
    // The same rows in other bytes.
    desk.write("b.csv", penalties(&rows) + "\r\n");
    assert_eq!(send(&desk, &["b.csv"], 5).counts(), [0, 0, 1, 2, 0]);
}

#[test]
fn rejected_rows_are_mended_and_sent_again_alone() {
    let desk = Desk::new();
    let rows = [
        penalty(1, &[]),
        penalty(2, &[("CF_JDRQ", "后天")]),
        penalty(3, &[("CF_NR_FK", "-1")]),
        penalty(4, &[("CF_SY", "")]),
    ];
    desk.write("a.csv", penalties(&rows));
    let ran = send(&desk, &["a.csv", "--rejects", "mend.csv"], 5);
    assert_eq!(ran.counts(), [1, 3, 0, 0, 0]);
    let rejects = desk.read("mend.csv");
    for said in ["后天", "I14", "CF-05", "I10", "〔row〕"] {
        assert!(rejects.contains(said), "{said}: {rejects}");
    }
    // Sent as it is, the same three come back.
    let same = send(&desk, &["mend.csv", "--rejects", "mend2.csv"], 5);
    assert_eq!(same.counts(), [0, 3, 0, 0, 0]);
    let mended = rejects
        .replace("后天", "2026-09-10")
        .replace("'-1", "1")
        .replace("虚假宣传,,《", "虚假宣传,发布不实广告,《");
    desk.write("mended.csv", mended);
    let ran = send(&desk, &["mended.csv"], 0);
    assert_eq!(ran.counts(), [3, 0, 0, 0, 0]);
    desk.ends(0, &["subject", &code("91", 4)]);
}

#[test]
fn every_delimiter_and_encoding_gives_the_same_records() {
    let desk = Desk::new();
    let header: Vec<String> = ["企业名称", "统一社会信用代码", "注册日期", "注册地址"]
        .map(str::to_owned)
        .into();
    let rows: Vec<Vec<String>> = (1..6)
        .map(|number| {
            vec![
                format!("云汀测试{number}号有限公司"),
                code("91", number),
                format!("2020-01-0{number}"),
                "云汀市“某”路,一号; 二层|西\t侧".to_owned(),
            ]
        })
        .collect();
    let comma = csv(&header, &rows, ",");
    let date = ["ingest", "--theme", "registration", "--date", "2026-09-01"];
    let send = |name: &str, bytes: &[u8]| {
        desk.write(name, bytes);
        let args: Vec<&str> = date.iter().chain(&[name]).copied().collect();
        desk.ends(0, &args).counts()
    };
    assert_eq!(send("comma.csv", comma.as_bytes()), [5, 0, 0, 0, 0]);
    for (name, between) in [("semicolon.csv", ";"), ("tab.txt", "\t"), ("pipe.csv", "|")] {
        let text = csv(&header, &rows, between);
        assert_eq!(send(name, text.as_bytes()), [0, 0, 0, 5, 0], "{name}");
    }
    let marked = [b"\xef\xbb\xbf".as_slice(), comma.as_bytes()].concat();
    assert_eq!(send("bom.csv", &marked), [0, 0, 0, 5, 0]);
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(comma.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(send("utf16.csv", &wide), [0, 0, 0, 5, 0]);
}

#[test]
fn an_absence_above_the_limit_waits_for_a_second_officer() {
    let desk = Desk::new();
    let list = |from: u32| {
        let mut text = String::from(
            "企业名称,统一社会信用代码,列入决定文书号,列入日期,列入经营异常名录原因,作出决定机关（列入）\n",
        );
        for number in from..=50 {
            let code = code("91", number);
            text.push_str(&format!(
                "云汀测试{number}号有限公司,{code},云异〔2026〕{number}号,2026-07-01,通过登记的住所无法取得联系,云汀市市场监督管理局\n"
            ));
        }
        text
    };
    desk.write("all.csv", list(1));
    desk.write("fewer.csv", list(11));
    let send = |date: &str, file: &str, ends: i32| {
        let args = [
            "ingest",
            "--theme",
            "abnormal",
            "--supplier",
            "samr",
            "--mode",
        ];
        let more = ["snapshot", "--strict", "--date", date, file];
        desk.ends(ends, &[args.as_slice(), more.as_slice()].concat())
    };
    assert_eq!(send("2026-09-01", "all.csv", 0).counts(), [50, 0, 0, 0, 0]);
    let waits = send("2026-09-02", "fewer.csv", 5);
    assert_eq!(waits.counts(), [0, 0, 0, 40, 0]);
    assert!(waits.out.contains("10 of 50"), "{}", waits.out);
    let listed = desk.ends(0, &["snapshots", "list"]).out;
    let id = listed.split('\t').next().unwrap();
    assert_eq!(id.len(), 32, "{listed}");
    let site = Site::start(&desk, &[]);
    account(&desk, &site, "second.samr", "second-officer", "samr");
    account(&desk, &site, "second.tax", "second-officer", "tax");
    drop(site);
    let who = ["--by", "second.samr"];
    desk.ends(
        2,
        &[&["snapshots", "confirm", "xyz"], who.as_slice()].concat(),
    );
    let unknown = "0".repeat(32);
    desk.ends(
        4,
        &[&["snapshots", "confirm", &unknown], who.as_slice()].concat(),
    );
    desk.ends(3, &["snapshots", "confirm", id, "--by", "second.tax"]);
    let confirm = [&["snapshots", "confirm", id], who.as_slice()].concat();
    assert!(desk.ends(0, &confirm).out.contains("10"));
    desk.ends(4, &confirm);
    assert!(!desk.ends(0, &["snapshots", "list"]).out.contains(id));
}

#[test]
fn what_cannot_be_written_afterwards_is_refused_before_anything_is_taken_in() {
    let desk = Desk::new();
    desk.write("a.csv", registrations(2));
    let args = ["ingest", "--theme", "registration", "a.csv"];
    for told in ["--receipt", "--rejects"] {
        let ran = desk.ends(3, &[args.as_slice(), &[told, "no/such/folder/x"]].concat());
        assert!(ran.err.contains("no/such/folder/x"), "{}", ran.err);
    }
    desk.ends(4, &["subject", &code("91", 1)]);
}

#[test]
fn files_before_the_one_that_is_refused_are_named_as_taken_in() {
    let desk = Desk::new();
    desk.write("a.csv", registrations(2));
    desk.write("b.csv", "颜色,大小\n红,大\n");
    let args = ["ingest", "--theme", "registration", "a.csv", "b.csv"];
    let ran = desk.ends(3, &args);
    assert_eq!(ran.counts(), [2, 0, 0, 0, 0]);
    assert!(
        ran.err.contains("b.csv") && ran.err.contains('1'),
        "{}",
        ran.err
    );
    desk.ends(0, &["subject", &code("91", 1)]);
}
