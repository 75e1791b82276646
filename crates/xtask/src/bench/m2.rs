//! M2: are two names of organisations the same? Made-up pairs from fixed seeds, Chinese and Latin, beside
//! the two matchers of nomenklatura, each at the threshold that suits it best.

use super::figures::{Row, Table};
use super::measure::{Bench, Ran};
use std::io;

/// The peer from PyPI, pinned.
const NOMENKLATURA: &str = "nomenklatura==4.17.4";
/// Seeds; each makes a set of its own.
const SEEDS: [&str; 3] = ["11", "12", "13"];
/// Pairs of a set for us, and for the peers, which take a millisecond a pair and more.
const OURS: &str = "50000";
const THEIRS: &str = "1000";

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&[
        "-p",
        "resolve",
        "--example",
        "pairs",
        "--example",
        "m2_generate",
    ])?;
    let python = bench.python(&[NOMENKLATURA])?;
    let (generate, ours) = (
        bench.built("examples/m2_generate"),
        bench.built("examples/pairs"),
    );
    let peer = "docs/benchmarks/peers/m2/peer.py";
    let mut ran: [Vec<Ran>; 6] = Default::default();
    for seed in SEEDS {
        for (set, slot) in [("han", 0), ("latin", 3)] {
            let (large, small) = (
                bench.file(&format!("{set}-{seed}.tsv")),
                bench.file(&format!("{set}-{seed}-peer.tsv")),
            );
            bench.run(
                &format!("generate-{set}"),
                &[&generate, set, OURS, seed, &large],
            )?;
            bench.run(
                &format!("generate-{set}-peer"),
                &[&generate, set, THEIRS, seed, &small],
            )?;
            let commands: [(&str, Vec<&str>); 3] = [
                ("logic-v2", vec![&python, peer, "logic-v2", &small]),
                (
                    "regression-v1",
                    vec![&python, peer, "regression-v1", &small],
                ),
                ("gongxin", vec![&ours, &large]),
            ];
            for (at, (label, words)) in commands.iter().enumerate() {
                let one = bench.run(&format!("{label}-{set}"), words)?;
                if let Some(runs) = ran.get_mut(slot + at) {
                    runs.push(one);
                }
            }
        }
    }
    Ok(table(&ran))
}

fn figures(runs: &[Ran], key: &str) -> Vec<f64> {
    runs.iter()
        .map(|ran| ran.number(key).unwrap_or(f64::NAN))
        .collect()
}

fn table(ran: &[Vec<Ran>; 6]) -> Table {
    let f1 = |runs: &[Ran]| figures(runs, "\"f1\":");
    let [
        logic,
        regression,
        ours,
        logic_latin,
        regression_latin,
        ours_latin,
    ] = ran;
    let list = |runs: &[Ran], key: &str| {
        let all: Vec<String> = figures(runs, key)
            .iter()
            .map(|figure| format!("{figure}"))
            .collect();
        all.join(", ")
    };
    let said = |label: &str, runs: &[Ran]| {
        format!(
            "{label}: microseconds a pair {}; one other character of the trade name accepted: {}",
            list(runs, "\"microseconds\":"),
            list(runs, "\"one_character\":")
        )
    };
    Table {
        title: "are two names the same organisation's".to_owned(),
        unit: "F1",
        goal: "F1 at least 0.99 on Chinese names, Latin no worse than LogicV2; at most 0.01 of one-character changes accepted; at most 10 microseconds a pair",
        rows: vec![
            Row::peer("LogicV2, Chinese", f1(logic)),
            Row::peer("RegressionV1, Chinese", f1(regression)).against(0),
            Row::ours("gongxin, Chinese", f1(ours)).against(0),
            Row::peer("LogicV2, Latin", f1(logic_latin)),
            Row::peer("RegressionV1, Latin", f1(regression_latin)).against(3),
            Row::ours("gongxin, Latin", f1(ours_latin)).against(3),
        ],
        notes: vec![
            format!(
                "{NOMENKLATURA}; made-up names, half of the pairs same, seeds {}; {OURS} pairs for us, {THEIRS} of the same generator for the peers",
                SEEDS.join(", ")
            ),
            "LogicV2 in the better of two settings, each peer at the threshold of its best F1 on the very set; ours at the one it ships"
                .to_owned(),
            format!(
                "at 0.7, where their users start: LogicV2 {} Chinese and {} Latin, RegressionV1 {} and {}",
                list(logic, "\"at_070\":"),
                list(logic_latin, "\"at_070\":"),
                list(regression, "\"at_070\":"),
                list(regression_latin, "\"at_070\":")
            ),
            said("gongxin, Chinese", ours),
            said("gongxin, Latin", ours_latin),
            said("LogicV2, Chinese", logic),
            said("RegressionV1, Chinese", regression),
        ],
    }
}
