//! Years of cases under a simulated clock: many firms, many actors, moves lawful and not at every door.
//! What must come of each is reckoned beside the platform: no unlawful move succeeds, every deadline is the
//! oracle's, nothing is public past its end, what is undone is as it was, and the same seed is the same
//! history, on both engines.
//!
//! The size is small here; `cargo xtask soak --part years` runs it with ten thousand firms.

#[path = "../../../credit/tests/it/cases/oracle.rs"]
mod oracle;

mod firm;
mod look;
mod play;

use crate::cases::{Cast, ORGAN, cast_of, penalty_row, representative};
use crate::desk::{Desk, Quiet, catalog, desks};
use crate::snapshots::code;
use credit::case::Kind;
use credit::clock::Severity;
use credit::record::Instant;
use exchange::ingest::{self, File, Request, Told};
use exchange::people::{Actor, mandate};
use firm::{Firm, Seat, Version};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use oracle::Dice;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// The first day is after Order 36 came into force.
const BEGIN: Date = date(2026, 4, 7);
/// Three years.
const DAYS: i64 = 1_096;
const KINDS: [&str; 4] = ["objection", "repair", "shield", "appeal"];
/// A mandate is renewed before its year is over.
const RENEWED: i64 = 300;

/// What a run came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Deeds that had to succeed and did, by name.
    lawful: BTreeMap<String, u64>,
    /// Deeds that had to be refused and were.
    unlawful: u64,
    /// Reports and cases compared with the oracle.
    looks: u64,
    /// Facts that were hidden and read as before once they were shown again.
    undone: u64,
    /// SHA-256 over every deed and what came of it.
    digest: String,
}

impl Tally {
    /// What a long run puts into its log.
    fn print(&self, engine: &str) {
        let made: u64 = self.lawful.values().sum();
        println!(
            "years {engine} lawful={made} unlawful={} looks={} undone={}",
            self.unlawful, self.looks, self.undone
        );
        println!("{:?} {}", self.lawful, self.digest);
    }
}

struct World<'k> {
    desk: &'k Desk,
    kinds: Vec<&'k Kind>,
    firms: Vec<Firm<'k>>,
    /// The firms' representatives, a hundred firms each.
    people: Vec<Actor>,
    cast: Cast,
    dice: Dice,
    /// Firms with which something happened of late: most deeds go on with one of them.
    hot: VecDeque<usize>,
    today: Date,
    tally: Tally,
}

fn number(name: &str, otherwise: u64) -> u64 {
    let told = std::env::var(name).ok();
    told.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_years_of_cases_are_the_oracles_on_every_day() {
    let firms = number("GONGXIN_YEARS_FIRMS", 20);
    let deeds = number("GONGXIN_YEARS_DEEDS", 16);
    let seed = number("GONGXIN_YEARS_SEED", 0x5EED_0036);
    let mut desks = desks(&catalog(&[])).await;
    if desks.len() == 1 {
        // Without a second engine the first one runs twice.
        desks.extend(crate::desk::desks(&catalog(&[])).await);
    }
    let mut runs = Vec::new();
    for desk in &desks {
        let told = run(desk, (firms as u32, deeds), seed).await;
        told.print(desk.engine);
        runs.push(told);
    }
    assert_eq!(runs[0], runs[1], "the same seed is the same history");
    let made: u64 = runs[0].lawful.values().sum();
    assert!(made >= firms && runs[0].unlawful >= firms, "{:?}", runs[0]);
    assert!(runs[0].undone > 0, "{:?}", runs[0]);
}

/// Plays the years with so many firms, and so many deeds for each, spread over the days.
async fn run(desk: &Desk, (firms, deeds): (u32, u64), seed: u64) -> Tally {
    let catalog = Arc::clone(&desk.office.catalog);
    let mut world = begin(desk, &catalog, firms, seed).await;
    let deeds = i64::from(firms) * deeds as i64;
    for day in 0..DAYS {
        world.morning(day).await;
        for _ in deeds * day / DAYS..deeds * (day + 1) / DAYS {
            desk.advance(1_000_000);
            world.deed().await;
            world.look().await;
        }
    }
    for ix in 0..world.firms.len() {
        world.compare(ix).await;
    }
    world.tally
}

/// The firms, registered, each with a penalty of its own to come.
async fn begin<'k>(
    desk: &'k Desk,
    catalog: &'k credit::catalog::Catalog,
    count: u32,
    seed: u64,
) -> World<'k> {
    desk.on(&BEGIN.to_string());
    let mut dice = Dice(seed);
    let severities = [
        Severity::Ordinary,
        Severity::Ordinary,
        Severity::Serious,
        Severity::Minor,
    ];
    let firms: Vec<Firm<'_>> = (0..count)
        .map(|number| Firm {
            number,
            code: code(number),
            severity: severities[dice.below(4)],
            decided: BEGIN.saturating_add((dice.below(500) as i64).days()),
            taken: None,
            mandate: None,
            record: None,
            versions: Vec::new(),
            cases: Vec::new(),
            before: None,
        })
        .collect();
    let mut rows = "企业名称,统一社会信用代码,注册日期,经营范围\n".to_owned();
    for firm in &firms {
        rows += &format!(
            "云汀第{}号贸易有限公司,{},2001-02-03,贸易\n",
            firm.number, firm.code
        );
    }
    desk.take("registration", "r.csv", rows).await;
    let mut people = Vec::new();
    for ix in 0..=count / 100 {
        let first = code(ix * 100 % count);
        people.push(representative(desk, &first, &format!("rep.{ix}")).await.0);
    }
    let kind = |code| catalog.case_kind(code, "110000", BEGIN).expect("in force");
    World {
        desk,
        kinds: KINDS.map(kind).iter().map(|kind| &***kind).collect(),
        firms,
        people,
        cast: cast_of(desk, (&code(0), &code(1 % count))).await,
        dice,
        hot: VecDeque::new(),
        today: BEGIN,
        tally: Tally::default(),
    }
}

impl World<'_> {
    /// The next day: clocks run, and on the first of a month the penalties of the one before come in.
    async fn morning(&mut self, day: i64) {
        self.today = BEGIN.saturating_add(day.days());
        if day > 0 {
            let cases = self.firms.iter_mut().flat_map(|firm| &mut firm.cases);
            cases.for_each(|case| case.oracle.next_day());
        }
        self.desk.on(&self.today.to_string());
        if self.today.day() != 1 {
            return;
        }
        let (today, mut rows) = (self.today, String::new());
        let due = |firm: &&mut Firm<'_>| firm.taken.is_none() && firm.decided < today;
        for firm in self.firms.iter_mut().filter(due) {
            rows += &row(firm, "广告内容不实");
            firm.taken = Some(today);
            firm.versions.push(Version {
                at: self.desk.office.now(),
                removes: false,
            });
        }
        if !rows.is_empty() {
            let taken = ingest::submit(&self.desk.office, request(&rows), Arc::new(Quiet)).await;
            let counts = taken.expect("taken").counts;
            assert_eq!(counts.accepted, rows.lines().count() as u64);
        }
    }

    /// The representative of a firm, with a mandate in force.
    async fn mandate(&mut self, ix: usize) -> (Actor, String) {
        let (desk, today) = (self.desk, self.today);
        let person = ix / 100;
        let firm = &mut self.firms[ix];
        let fresh = |since: &Date| since.saturating_add(RENEWED.days()) > today;
        if let Some((_, id)) = firm.mandate.as_ref().filter(|(since, _)| fresh(since)) {
            return (self.people[person].clone(), id.clone());
        }
        let shown = mandate::Shown {
            subject: &firm.code,
            person: crate::cases::person(&format!("rep.{person}")),
            document: "resident-card",
            until: None,
        };
        let made = mandate::record(&desk.office, &shown, crate::cases::BY).await;
        let id = made.expect("recorded").id.to_string();
        firm.mandate = Some((today, id.clone()));
        (self.people[person].clone(), id)
    }

    /// Writes a deed into the history, and counts it.
    fn note(&mut self, (ix, seat): (usize, Seat), what: &str, made: bool, then: &str) {
        if made && !self.hot.contains(&ix) {
            self.hot.push_front(ix);
            self.hot.truncate(self.firms.len() / 20 + 1);
        }
        let told = format!(
            "{} {} {seat:?} {what} {made} {then}",
            self.tally.digest, self.today
        );
        self.tally.digest = seal::sha256(told.as_bytes()).to_string();
        if made {
            *self.tally.lawful.entry(what.to_owned()).or_default() += 1;
        } else {
            self.tally.unlawful += 1;
        }
    }

    fn now(&self) -> Instant {
        self.desk.office.now()
    }
}

fn row(firm: &Firm<'_>, done: &str) -> String {
    let severity = match firm.severity {
        Severity::Minor => "轻微",
        Severity::Ordinary => "一般",
        Severity::Serious => "严重",
    };
    let name = format!("云汀第{}号贸易有限公司", firm.number);
    penalty_row(
        (&name, &firm.code),
        firm.number,
        done,
        (&firm.decided.to_string(), severity),
    )
}

fn request(rows: &str) -> Request {
    Request {
        theme: "penalty".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes(
            "p.csv",
            format!("{}{rows}", crate::cases::HEAD).into_bytes(),
        ),
        told: Told {
            officer: Some("account:1".to_owned()),
            ..Told::default()
        },
    }
}
