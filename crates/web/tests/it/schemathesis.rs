//! Another project's judge of APIs, schemathesis, reads the description and asks the running site thousands
//! of questions: no server error, and no answer that the description does not have.
//!
//! A pinned version from PyPI, installed into the folder that `GONGXIN_CACHE` names, or the program that
//! `GONGXIN_SCHEMATHESIS` names. Without either the test says so.

use crate::site::{ORDINARY, TestSite};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use tokio::net::TcpListener;

const PINNED: &str = "schemathesis==4.32.5";
/// Seconds of a run at most.
const TIME: &str = "45";
/// What is asked of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance";

fn program() -> Option<PathBuf> {
    let found = find();
    if found.is_none() {
        eprintln!(
            "SKIPPED: {PINNED}; set GONGXIN_CACHE to a folder where it may be installed, or \
             GONGXIN_SCHEMATHESIS to its program"
        );
    }
    found
}

fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("GONGXIN_SCHEMATHESIS") {
        return Some(PathBuf::from(named)).filter(|program| program.is_file());
    }
    let folder = PathBuf::from(std::env::var_os("GONGXIN_CACHE")?).join("schemathesis-4.32.5");
    let program = folder.join("bin/st");
    if program.is_file() {
        return Some(program);
    }
    let quiet = |command: &mut Command| {
        let ran = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
        ran.is_ok_and(|status| status.success())
    };
    let made = quiet(Command::new("python3").args(["-m", "venv"]).arg(&folder));
    let pip = ["-m", "pip", "install", "--quiet", PINNED];
    (made && quiet(Command::new(folder.join("bin/python")).args(pip))).then_some(program)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_outside_the_description() {
    let Some(program) = program() else {
        return;
    };
    let mut site = TestSite::new().await;
    // Without a Chinese font reports as PDF are unavailable, which is a server error to the judge.
    let typesetter = pdf::Typesetter::new(pdf::FontSource::System);
    let fonts = typesetter.is_ok();
    site.site.typesetter = typesetter.ok().map(Arc::new);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(web::serve(
        listener,
        site.site.clone(),
        std::future::pending(),
    ));
    let folder = tempfile::tempdir().expect("a folder");
    // The second run asks for what is there.
    let known = format!(
        "[parameters]\n\"path.code\" = \"{ORDINARY}\"\n\"path.id\" = \"{}\"\n",
        site.receipts[0].id
    );
    let without: &[&str] = if fonts {
        &[]
    } else {
        &["/api/v1/subjects/{code}/report.pdf"]
    };
    for (name, text) in [("any", ""), ("known", known.as_str())] {
        let config = folder.path().join(format!("{name}.toml"));
        std::fs::write(&config, text).expect("written");
        let mut command = Command::new(&program);
        command
            .arg("--config-file")
            .arg(&config)
            .arg("run")
            .arg(format!("http://{address}/api/v1/openapi.json"))
            .args(["--checks", CHECKS, "--phases", "coverage,fuzzing"])
            .args(["--max-examples", "20", "--max-time", TIME, "--seed", "1"])
            .args([
                "--no-color",
                "--continue-on-failure",
                "--request-timeout",
                "20",
            ])
            .args(["--suppress-health-check", "all"])
            .args(["-H", &format!("Authorization: Bearer {}", site.code)])
            .args(without.iter().flat_map(|path| ["--exclude-path", *path]))
            .current_dir(folder.path())
            .stdin(Stdio::null());
        let ran = tokio::task::spawn_blocking(move || command.output()).await;
        let ran = ran.expect("joins").expect("it runs");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        let cause = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{name}: {said}{cause}");
        assert!(
            said.contains("Tested: "),
            "{name}: nothing was asked: {said}"
        );
    }
}
