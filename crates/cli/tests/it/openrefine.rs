//! OpenRefine, unmodified, as Debian packs it, against the running program with the shipped sample
//! files: a table is reconciled, matched and extended by the commands that its pages send.
//!
//! The package weighs 130 MB with what it needs, so `cargo xtask test` does not install it; where it
//! is installed the test runs.

use crate::desk::Desk;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use testkit::http::{self, Answer, encoded, form};
use testkit::machine;

/// What Debian's package starts OpenRefine with; `/usr/bin/openrefine` stays before it as a process.
const LAUNCHER: &str = "/usr/share/openrefine/refine";
/// A virtual machine that starts on a busy machine takes half a minute.
const PATIENCE: Duration = Duration::from_secs(180);

/// Its name in the sample files, and its code.
const NAME: &str = "云汀栖航检测技术有限公司";
const CODE: &str = "91990105MD0024050D";
/// A representative of several bodies of the sample files.
const PERSON: &str = "辛某";

/// A process that is ended with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The site over the sample files, and where it listens.
fn site(desk: &Desk) -> (Running, String) {
    desk.ends(0, &["demo", "--no-serve"]);
    let mut command = desk.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    let out = child.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut line).unwrap();
    let at = line.split("http://").nth(1).expect(&line);
    let at = at.split(|one: char| one != '.' && one != ':' && !one.is_ascii_digit());
    let at = at.into_iter().next().unwrap_or_default().to_owned();
    (Running(child), at)
}

/// OpenRefine with an empty workspace, and without a browser.
struct Refine {
    at: String,
    token: String,
    project: String,
    _running: Running,
}

impl Refine {
    fn start(home: &Path) -> Refine {
        let port = machine::free_port().unwrap().to_string();
        let child = Command::new("bash")
            .arg(LAUNCHER)
            .args(["-i", "127.0.0.1", "-p", &port, "-m", "512M", "-d"])
            .arg(home.join("workspace"))
            .args(["-x", "refine.headless=true"])
            .env("HOME", home)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let running = Running(child);
        let at = format!("127.0.0.1:{port}");
        let begun = Instant::now();
        let token = loop {
            let asked = http::send(&at, "GET", "/command/core/get-csrf-token", "", b"");
            if let Ok(answer) = asked
                && let Ok(value) = serde_json::from_str::<Value>(&answer.body)
                && let Some(token) = value["token"].as_str()
            {
                break token.to_owned();
            }
            assert!(begun.elapsed() < PATIENCE, "OpenRefine does not start");
            std::thread::sleep(Duration::from_millis(200));
        };
        Refine {
            at,
            token,
            project: String::new(),
            _running: running,
        }
    }

    fn post(&self, command: &str, fields: &[(&str, &str)]) -> Answer {
        let path = format!("/command/core/{command}?project={}", self.project);
        let fields = [fields, &[("csrf_token", self.token.as_str())]].concat();
        let kind = "application/x-www-form-urlencoded; charset=UTF-8";
        let body = form(&fields);
        http::send(&self.at, "POST", &path, kind, body.as_bytes()).unwrap()
    }

    /// Sends a command that must go well.
    #[track_caller]
    fn command(&self, command: &str, fields: &[(&str, &str)]) -> Value {
        let answer = self.post(command, fields);
        let value: Value = serde_json::from_str(&answer.body).expect(&answer.body);
        assert!(
            ["ok", "pending"].contains(&value["code"].as_str().unwrap_or_default()),
            "{command}: {value}"
        );
        value
    }

    fn get(&self, command: &str, query: &str) -> Value {
        let path = format!("/command/core/{command}?project={}{query}", self.project);
        let answer = http::send(&self.at, "GET", &path, "", b"").unwrap();
        serde_json::from_str(&answer.body).expect(&answer.body)
    }

    /// Makes a project of a table.
    fn import(&mut self, table: &str) {
        let options = json!({"separator": ",", "headerLines": 1, "guessCellValueTypes": false});
        let mut body = String::new();
        for (name, value) in [
            ("project-name", "names"),
            ("format", "text/line-based/*sv"),
            ("options", &options.to_string()),
        ] {
            body += &format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
        }
        body += &format!(
            "--b\r\nContent-Disposition: form-data; name=\"project-file\"; filename=\"names.csv\"\r\n\
             Content-Type: text/csv; charset=utf-8\r\n\r\n{table}\r\n--b--\r\n"
        );
        let token = encoded(&self.token);
        let path = format!("/command/core/create-project-from-upload?csrf_token={token}");
        let kind = "multipart/form-data; boundary=b";
        let answer = http::send(&self.at, "POST", &path, kind, body.as_bytes()).unwrap();
        let project = answer.header("location").rsplit("project=").next();
        self.project = project.unwrap_or_default().to_owned();
        assert!(
            !self.project.is_empty() && self.project.bytes().all(|one| one.is_ascii_digit()),
            "{answer:?}"
        );
    }

    /// Waits until long-running processes are done.
    fn settle(&self) {
        let begun = Instant::now();
        loop {
            let running = self.get("get-processes", "");
            if running["processes"].as_array().is_some_and(Vec::is_empty) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{running}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Each row: its cells, and the reconciliations of all.
    fn rows(&self) -> (Vec<Value>, Value) {
        let page = self.get("get-rows", "&start=0&limit=50");
        let rows = page["rows"].as_array().cloned().unwrap_or_default();
        (rows, page["pool"]["recons"].clone())
    }
}

/// What the reconciliation of each row says: judgment, name of the match, names of candidates.
fn judged(refine: &Refine) -> Vec<(String, String, Vec<String>)> {
    let (rows, recons) = refine.rows();
    let one = |row: &Value| {
        let id = &row["cells"][0]["r"];
        let key = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let recon = &recons[&key];
        let names = recon["c"].as_array().into_iter().flatten();
        let names = names.filter_map(|one| one["name"].as_str().map(str::to_owned));
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&recon["j"]), text(&recon["m"]["id"]), names.collect())
    };
    rows.iter().map(one).collect()
}

#[test]
fn openrefine_reconciles_matches_and_extends() {
    if !Path::new(LAUNCHER).is_file() {
        eprintln!("SKIPPED: no OpenRefine; install the Debian package openrefine");
        return;
    }
    let desk = Desk::new();
    let (_site, at) = site(&desk);
    let service = format!("http://{at}/api/v1/reconcile");
    let manifest = http::send(&at, "GET", "/api/v1/reconcile", "", b"").unwrap();
    let manifest: Value = serde_json::from_str(&manifest.body).unwrap();
    let mut refine = Refine::start(&desk.path("refine"));
    // A name as registered, in other characters with a slip, somebody else's name beside a code, a
    // person, and nobody.
    refine.import(&format!(
        "名称,代码\n{NAME},\n雲汀棲航檢測技術有限公司,\n改了名的公司,{CODE}\n{PERSON},\n查无此单位股份有限公司,\n"
    ));
    let engine = json!({"facets": [], "mode": "row-based"}).to_string();
    let column = json!({"column": "代码", "property": {"id": "uscc", "name": "uscc"}});
    let config = json!({
        "mode": "standard-service", "service": service,
        "identifierSpace": manifest["identifierSpace"], "schemaSpace": manifest["schemaSpace"],
        "type": {"id": "enterprise", "name": "enterprise"},
        "autoMatch": true, "batchSize": 10, "columnDetails": [column], "limit": 0,
    });
    let config = config.to_string();
    refine.command(
        "reconcile",
        &[
            ("columnName", "名称"),
            ("config", &config),
            ("engine", &engine),
        ],
    );
    refine.settle();
    let judged = judged(&refine);
    assert_eq!(judged.len(), 5, "{judged:?}");
    let subject = judged[0].1.clone();
    assert_eq!(subject.len(), 32, "{judged:?}");
    for row in [0, 1, 2] {
        assert_eq!(judged[row].0, "matched", "{row}: {judged:?}");
        assert_eq!(judged[row].1, subject, "{row}: {judged:?}");
    }
    for row in [3, 4] {
        assert_eq!(judged[row].0, "none", "{row}: {judged:?}");
    }
    assert!(
        judged[3].2.is_empty(),
        "no candidate for a person: {judged:?}"
    );

    let extension = json!({"properties": [
        {"id": "uscc", "name": "uscc"}, {"id": "kind", "name": "kind"}, {"id": "other-names", "name": "other-names"},
    ]});
    let extension = extension.to_string();
    let preview = refine.command(
        "preview-extend-data",
        &[
            ("columnName", "名称"),
            ("rowIndices", "[0,1,4]"),
            ("extension", &extension),
        ],
    );
    assert!(preview.to_string().contains(CODE), "{preview}");
    let spaces = [&manifest["identifierSpace"], &manifest["schemaSpace"]];
    let spaces = spaces.map(|space| space.as_str().unwrap_or_default());
    refine.command(
        "extend-data",
        &[
            ("baseColumnName", "名称"),
            ("endpoint", &service),
            ("identifierSpace", spaces[0]),
            ("schemaSpace", spaces[1]),
            ("extension", &extension),
            ("columnInsertIndex", "1"),
            ("engine", &engine),
        ],
    );
    refine.settle();
    let (rows, recons) = refine.rows();
    for row in &rows[..3] {
        let text = row["cells"].to_string();
        assert!(text.contains(CODE), "{row}");
        assert!(
            text.contains("企业") || text.contains("enterprise"),
            "{row}"
        );
    }
    assert!(!rows[4]["cells"].to_string().contains(CODE));
    assert!(
        recons.to_string().contains("\"enterprise\""),
        "a kind is an entity of its own: {recons}"
    );
}
