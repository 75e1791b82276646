//! `gongxin deferral`: who decides by the command line that the looks for a case are told later, by which law,
//! and for how long.

use crate::desk::Desk;
use crate::http::{Site, account};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

/// A day that is so many days from today, where the site stands.
fn day(days: i64) -> Date {
    // The civil time of China is eight hours ahead of UTC, all year.
    let zone = TimeZone::fixed(offset(8));
    let now = jiff::Timestamp::now().to_zoned(zone);
    now.date().checked_add(days.days()).unwrap()
}

fn decide<'a>(case: &'a str, law: &'a str, until: &'a str, by: &'a str) -> Vec<&'a str> {
    let what = ["deferral", "decide", "--case", case, "--law", law];
    let when = ["--until", until, "--reason", "调查期间不宜告知", "--by", by];
    [what.as_slice(), &when].concat()
}

#[test]
fn a_deferral_is_decided_by_a_law_for_a_case_by_who_may_and_is_listed() {
    let desk = Desk::new();
    let site = Site::start(&desk, &[]);
    account(&desk, &site, "decides.test", "sharing-officer", "finance");
    account(&desk, &site, "looks.test", "lookup-officer", "finance");
    account(&desk, &site, "audits.test", "auditor", "credit-centre");
    drop(site);
    let laws = desk.ends(0, &["deferral", "laws"]).out;
    let law: Vec<&str> = laws.lines().next().unwrap().split('\t').collect();
    let [law, days, kinds] = law[..] else {
        panic!("{laws}")
    };
    assert_eq!((days, kinds), ("180", "natural-person"));
    let list = ["deferral", "list", "--by", "audits.test"];
    let none = desk.ends(0, &list).out;
    assert!(!none.contains('\t'), "a sentence: {none}");
    let (until, longer) = (day(30).to_string(), day(181).to_string());
    let (later, past) = (day(60).to_string(), day(-1).to_string());
    // Not by who looks, not by another law, not for longer than the law says, not for a day that is over.
    for (args, code) in [
        (decide("案1", law, &until, "looks.test"), 3),
        (decide("案1", law, &until, "nobody.test"), 4),
        (decide("案1", "某法 1", &until, "decides.test"), 3),
        (decide("案1", law, &longer, "decides.test"), 3),
        (decide("案1", law, &past, "decides.test"), 3),
        (decide("", law, &until, "decides.test"), 3),
        (decide("案1", law, "soon", "decides.test"), 2),
    ] {
        let refused = desk.ends(code, &args);
        assert!(refused.out.is_empty(), "{args:?}: {refused:?}");
    }
    let done = desk
        .ends(0, &decide("案1", law, &until, "decides.test"))
        .out;
    assert_eq!(done, format!("finance\t案1\t{until}\n"));
    // Once a case: it is not made longer.
    let longer = desk.run(&decide("案1", law, &later, "decides.test"));
    assert!(!longer.out.contains(&later), "{longer:?}");
    let listed = desk.ends(0, &list).out;
    let rows: Vec<Vec<&str>> = listed
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 1, "{listed}");
    assert_eq!(rows[0][1..4], ["finance", "案1", until.as_str()]);
    assert_eq!(rows[0][5..], [law, "调查期间不宜告知"]);
    desk.ends(3, &["deferral", "list", "--by", "looks.test"]);
    // It stands in the journal, and an audit finds it as it was decided.
    desk.ends(0, &["journal", "run"]);
    desk.ends(0, &["audit"]);
}
