//! M7: a public look-up by code over HTTP with 32 connections, beside nginx with the same answers as
//! static files: a thousand subjects in turn, whose answers are kept, and a hundred thousand in random
//! order, more than are kept, so that nearly every answer is made anew from the store.

use super::figures::{Row, Table};
use super::measure::{self, Bench, Ran};
use super::{input, postgres};
use std::fmt::Write as _;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

/// Bodies that are looked up in turn: fewer than are kept.
const SUBJECTS: u32 = 1_000;
/// Bodies that are looked up in random order: far more than are kept.
const MANY: u32 = 100_000;
/// Registered bodies.
const ROWS: u32 = 200_000;
/// Runs of each server; they take turns.
const RUNS: usize = 3;
/// Where a subject is looked up.
const PATH: &str = "/api/v1/subjects/";

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["--workspace", "--bin", "gongxin"])?;
    let nginx = bench.debian("nginx", "nginx-light")?;
    let wrk = bench.debian("wrk", "wrk")?;
    let file = bench.file("registrations.csv");
    input::registrations(&file, ROWS)?;
    let in_turn = write_script(bench)?;
    let scripts = [in_turn.clone(), write_random(bench)?];
    let cluster = postgres::Cluster::start(&bench.work)?;
    let mut stores = vec![("SQLite", format!("sqlite:{}", bench.file("m7.db")))];
    if let Some(cluster) = &cluster {
        stores.push(("PostgreSQL", cluster.database("m7")?));
    }
    for (name, url) in &stores {
        ingest(bench, name, url, &file)?;
    }
    // Two of nginx, then two of each store: kept and made anew.
    let mut ran = vec![Vec::new(); 2 + 2 * stores.len()];
    for at in 0..RUNS {
        for (slots, (name, url)) in ran.split_at_mut(2).1.chunks_exact_mut(2).zip(&stores) {
            let port = measure::port()?;
            let server = bench.serve(
                &serve_words(bench, url, port)
                    .iter()
                    .map(String::as_str)
                    .collect::<Vec<_>>(),
                port,
            )?;
            if at == 0 && *name == "SQLite" {
                save_answers(bench, port)?;
            }
            for ((slot, script), kind) in slots.iter_mut().zip(&scripts).zip(["kept", "anew"]) {
                slot.push(load(bench, &wrk, script, &format!("{name}-{kind}"), port)?);
            }
            drop(server);
        }
        for (slot, workers) in ran.iter_mut().take(2).zip(["1", "2"]) {
            let port = measure::port()?;
            let config = write_nginx(bench, port, workers)?;
            let server = bench.serve(
                &[&nginx, "-c", &config, "-e", &bench.file("nginx.err")],
                port,
            )?;
            slot.push(load(
                bench,
                &wrk,
                &in_turn,
                &format!("nginx-{workers}"),
                port,
            )?);
            drop(server);
        }
    }
    Ok(table(&stores, &ran))
}

fn table(stores: &[(&str, String)], ran: &[Vec<Ran>]) -> Table {
    let rates = |at: usize| -> Vec<f64> {
        let runs = ran.get(at).map(Vec::as_slice).unwrap_or_default();
        runs.iter()
            .filter_map(|ran| ran.number("Requests/sec:"))
            .collect()
    };
    let mut rows = vec![
        Row::peer("nginx static, 1 worker", rates(0)),
        Row::peer("nginx static, 2 workers", rates(1)),
    ];
    let best =
        usize::from(rows.get(1).map_or(0.0, Row::median) > rows.first().map_or(0.0, Row::median));
    let mut notes = vec![
        format!(
            "{ROWS} subjects; wrk with 2 threads and 32 connections on the same two cores, 10 s a run"
        ),
        format!(
            "kept: {SUBJECTS} subjects in turn; made anew: {MANY} in random order, of which the last few thousand are kept; nginx serves the {SUBJECTS} of the first kind"
        ),
    ];
    let kinds = ["kept", "made anew"];
    let labels = stores
        .iter()
        .flat_map(|(name, _)| kinds.map(|kind| format!("gongxin on {name}, {kind}")));
    for (at, label) in labels.enumerate() {
        rows.push(Row::ours(&label, rates(at + 2)).against(best));
        let tails: Vec<&str> = ran
            .get(at + 2)
            .into_iter()
            .flatten()
            .filter_map(|ran| tail(&ran.output))
            .collect();
        notes.push(format!("{label}: p99 {}", tails.join(", ")));
    }
    Table {
        title: "public look-up by code".to_owned(),
        unit: "requests/s",
        goal: "half of nginx on SQLite, 30 % on PostgreSQL; p99 at most 10 ms",
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
    if name == "SQLite" && Path::new(&bench.file("m7.db")).is_file() {
        return Ok(());
    }
    let (program, data) = (bench.built("gongxin"), bench.file("data"));
    let words = [
        program.as_str(),
        "--data",
        &data,
        "--store",
        url,
        "ingest",
        "--theme",
        "registration",
        "--supplier",
        "samr",
        "--date",
        "2026-09-18",
        file,
    ];
    let migrate = [&words[..5], &["migrate"]].concat();
    bench.run(&format!("migrate-{name}"), &migrate)?;
    bench.run(&format!("ingest-{name}"), &words).map(drop)
}

pub(super) fn serve_words(bench: &Bench, url: &str, port: u16) -> Vec<String> {
    let (program, data) = (bench.built("gongxin"), bench.file("data"));
    let listen = format!("127.0.0.1:{port}");
    [
        program.as_str(),
        "--data",
        &data,
        "--store",
        url,
        "serve",
        "--listen",
        &listen,
    ]
    .map(str::to_owned)
    .to_vec()
}

fn load(bench: &mut Bench, wrk: &str, script: &str, label: &str, port: u16) -> io::Result<Ran> {
    let address = format!("http://127.0.0.1:{port}");
    let ran = bench.run(
        label,
        &[
            wrk,
            "-t2",
            "-c32",
            "-d10s",
            "--latency",
            "-s",
            script,
            &address,
        ],
    )?;
    if ran.output.contains("Non-2xx") {
        return Err(io::Error::other(format!(
            "{label} answered with errors:\n{}",
            ran.output
        )));
    }
    Ok(ran)
}

/// Requests for each subject in turn.
fn write_script(bench: &Bench) -> io::Result<String> {
    let mut codes = String::new();
    for number in 0..SUBJECTS {
        _ = write!(codes, "\"{}\",", input::code(number * (ROWS / SUBJECTS)));
    }
    let script = format!(
        "local codes = {{{codes}}}\nlocal at = 0\nrequest = function()\n  at = at % #codes + 1\n  return wrk.format(\"GET\", \"{PATH}\" .. codes[at])\nend\n"
    );
    let path = bench.file("look-up.lua");
    std::fs::write(&path, script)?;
    Ok(path)
}

/// Requests for many subjects in random order, each thread from a place of its own.
fn write_random(bench: &Bench) -> io::Result<String> {
    let mut codes = String::new();
    for number in 0..MANY {
        _ = writeln!(codes, "{}", input::code(number * (ROWS / MANY)));
    }
    let list = bench.file("codes.txt");
    std::fs::write(&list, codes)?;
    let script = format!(
        "local codes = {{}}\nfor line in io.lines(\"{list}\") do codes[#codes + 1] = line end\n\
         local threads = 0\nfunction setup(thread)\n  threads = threads + 1\n  thread:set(\"seed\", threads)\nend\n\
         function init()\n  math.randomseed(seed)\nend\n\
         request = function()\n  return wrk.format(\"GET\", \"{PATH}\" .. codes[math.random(#codes)])\nend\n"
    );
    let path = bench.file("look-up-random.lua");
    std::fs::write(&path, script)?;
    Ok(path)
}

fn write_nginx(bench: &Bench, port: u16, workers: &str) -> io::Result<String> {
    let work = bench.work.display();
    let config = format!(
        "user root;\ndaemon off;\nworker_processes {workers};\npid {work}/nginx.pid;\nevents {{ worker_connections 256; }}\n\
         http {{\n  access_log off;\n  sendfile on;\n  open_file_cache max=4000;\n  keepalive_requests 1000000;\n  \
         default_type application/json;\n  server {{ listen 127.0.0.1:{port}; root {work}/static; }}\n}}\n"
    );
    let path = bench.file("nginx.conf");
    std::fs::write(&path, config)?;
    Ok(path)
}

/// Saves our answers as the files that nginx serves, so that both send the same bytes.
fn save_answers(bench: &Bench, port: u16) -> io::Result<()> {
    let folder = format!("{}{PATH}", bench.file("static"));
    std::fs::create_dir_all(&folder)?;
    for number in 0..SUBJECTS {
        let code = input::code(number * (ROWS / SUBJECTS));
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
        write!(
            stream,
            "GET {PATH}{code} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let text = String::from_utf8_lossy(&answer);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        if !head.starts_with("HTTP/1.1 200") {
            return Err(io::Error::other(format!(
                "{PATH}{code} answered {}",
                head.lines().next().unwrap_or("nothing")
            )));
        }
        std::fs::write(format!("{folder}{code}"), body)?;
    }
    Ok(())
}
