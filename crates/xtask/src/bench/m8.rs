//! M8, its half of matching: names and codes matched over HTTP against 300,000 bodies on file. The
//! other half, signed exchanges between agencies, comes with the exchange itself.

use super::figures::{Row, Table};
use super::measure::{self, Bench, Ran};
use super::{input, postgres};
use std::fmt::Write as _;
use std::io;

/// Bodies on file.
const ROWS: u32 = 300_000;
/// Queries of one request.
const BATCH: u32 = 20;
/// Different requests, sent in turn: 400 × 20 queries, so that nothing is asked twice in a second.
const REQUESTS: u32 = 400;
/// Runs of each server; they take turns.
const RUNS: usize = 3;

/// What a query has of a body.
#[derive(Clone, Copy)]
enum Kind {
    /// Its name as registered.
    Name,
    /// Its name in traditional characters, full width, with spaces.
    Loose,
    /// Its code, with somebody's name.
    Code,
}

const KINDS: [(&str, Kind); 3] = [
    ("names as registered", Kind::Name),
    ("names in other characters", Kind::Loose),
    ("codes", Kind::Code),
];

/// Runs it.
///
/// # Errors
/// When a command fails, or a body is not found by its own name.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["--workspace", "--bin", "gongxin"])?;
    let wrk = bench.debian("wrk", "wrk")?;
    let file = bench.file("registrations.csv");
    input::registrations(&file, ROWS)?;
    let cluster = postgres::Cluster::start(&bench.work)?;
    let mut stores = vec![("SQLite", format!("sqlite:{}", bench.file("m8.db")))];
    if let Some(cluster) = &cluster {
        stores.push(("PostgreSQL", cluster.database("m8")?));
    }
    let mut ran = vec![Vec::new(); stores.len() * KINDS.len()];
    for (name, url) in &stores {
        ingest(bench, name, url, &file)?;
    }
    let scripts = KINDS.map(|(_, kind)| kind);
    for _ in 0..RUNS {
        for (store, (name, url)) in stores.iter().enumerate() {
            let port = measure::port()?;
            let words = super::m7::serve_words(bench, url, port);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let server = bench.serve(&words, port)?;
            for (at, kind) in scripts.iter().enumerate() {
                let script = write_script(bench, at, *kind)?;
                if let Some(slot) = ran.get_mut(store * KINDS.len() + at) {
                    slot.push(load(bench, &wrk, &script, &format!("{name}-{at}"), port)?);
                }
            }
            drop(server);
        }
    }
    Ok(table(&stores, &ran))
}

fn table(stores: &[(&str, String)], ran: &[Vec<Ran>]) -> Table {
    let mut rows = Vec::new();
    let mut notes = vec![
        format!(
            "{ROWS} bodies on file; batches of {BATCH} queries by POST /api/v1/match, wrk with 2 threads and 8 connections on the same two cores, 5 s a run; figures are queries, not requests"
        ),
        "the other half of M8, signed exchanges logged on both sides, comes with the exchange"
            .to_owned(),
    ];
    for (store, (name, _)) in stores.iter().enumerate() {
        for (at, (label, _)) in KINDS.iter().enumerate() {
            let runs = ran
                .get(store * KINDS.len() + at)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let rates = runs
                .iter()
                .filter_map(|ran| ran.number("Requests/sec:"))
                .map(|rate| rate * f64::from(BATCH))
                .collect();
            rows.push(Row::ours(&format!("gongxin on {name}, {label}"), rates));
            let tails: Vec<&str> = runs.iter().filter_map(|ran| tail(&ran.output)).collect();
            notes.push(format!(
                "{name}, {label}: p99 of a batch {}",
                tails.join(", ")
            ));
        }
    }
    Table {
        title: "matches of names and codes over HTTP".to_owned(),
        unit: "matches/s",
        goal: "1,000 matches/s against 300,000 names",
        rows,
        notes,
    }
}

/// The 99th percentile as wrk words it.
fn tail(output: &str) -> Option<&str> {
    output
        .lines()
        .find_map(|line| line.trim().strip_prefix("99%"))
        .map(str::trim)
}

fn ingest(bench: &mut Bench, name: &str, url: &str, file: &str) -> io::Result<()> {
    if name == "SQLite" && std::path::Path::new(&bench.file("m8.db")).is_file() {
        return Ok(());
    }
    let (program, data) = (bench.built("gongxin"), bench.file("data"));
    let base = [program.as_str(), "--data", &data, "--store", url];
    bench.run(
        &format!("migrate-{name}"),
        &[&base[..], &["migrate"]].concat(),
    )?;
    let words = [
        "ingest",
        "--theme",
        "registration",
        "--supplier",
        "samr",
        "--date",
        "2026-09-18",
        file,
    ];
    bench
        .run(&format!("ingest-{name}"), &[&base[..], &words].concat())
        .map(drop)
}

fn load(bench: &mut Bench, wrk: &str, script: &str, label: &str, port: u16) -> io::Result<Ran> {
    let address = format!("http://127.0.0.1:{port}");
    let words = [
        wrk,
        "-t2",
        "-c8",
        "-d5s",
        "--latency",
        "-s",
        script,
        &address,
    ];
    let ran = bench.run(label, &words)?;
    if ran.output.contains("Non-2xx") || !ran.output.contains("missed 0") {
        return Err(io::Error::other(format!(
            "{label} answered with errors:\n{}",
            ran.output
        )));
    }
    Ok(ran)
}

/// Requests in turn; answers in which fewer bodies are matched than were asked for are counted.
fn write_script(bench: &Bench, at: usize, kind: Kind) -> io::Result<String> {
    let mut bodies = String::new();
    for request in 0..REQUESTS {
        let mut queries = String::new();
        for query in 0..BATCH {
            let number = (request * BATCH + query) * (ROWS / (REQUESTS * BATCH));
            let properties = properties(kind, number);
            let between = if query == 0 { "" } else { "," };
            _ = write!(
                queries,
                r#"{between}"q{query}":{{"schema":"Company","properties":{{{properties}}}}}"#
            );
        }
        _ = writeln!(bodies, "[[{{\"queries\":{{{queries}}}}}]],");
    }
    let script = format!(
        "local bodies = {{{bodies}}}\nlocal at = 0\nmissed = 0\nlocal threads = {{}}\n\
         function setup(thread) table.insert(threads, thread) end\n\
         wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n\
         function request() at = at % #bodies + 1\n  return wrk.format(nil, '/api/v1/match?limit=1', nil, bodies[at]) end\n\
         function response(status, headers, body)\n  local _, found = body:gsub('\"match\":true', '')\n  if found < {BATCH} then missed = missed + 1 end\nend\n\
         function done() local all = 0\n  for _, thread in ipairs(threads) do all = all + thread:get('missed') end\n  print('missed ' .. all) end\n"
    );
    let path = bench.file(&format!("match-{at}.lua"));
    std::fs::write(&path, script)?;
    Ok(path)
}

/// What a query says of the n-th body of `input::registrations`.
fn properties(kind: Kind, number: u32) -> String {
    match kind {
        Kind::Name => format!(r#""name":["云汀第{number:07}商贸有限公司"]"#),
        Kind::Loose => {
            let wide = |sign: char| match sign {
                '0'..='9' => char::from_u32(sign as u32 + 0xFEE0).unwrap_or(sign),
                _ => sign,
            };
            let number: String = format!("{number:07}").chars().map(wide).collect();
            format!(r#""name":["雲汀 第{number} 商貿有限公司"]"#)
        }
        Kind::Code => format!(
            r#""name":["别的名字"],"uscCode":["{}"]"#,
            input::code(number)
        ),
    }
}
