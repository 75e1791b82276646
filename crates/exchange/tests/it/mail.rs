//! The small client against a real server of mail: `aiosmtpd` from PyPI, one pinned version. The Python is
//! the one that `GONGXIN_AIOSMTPD_PYTHON` names, or one in the folder of `GONGXIN_CACHE`; without either
//! the test says that it is skipped.

use credit::record::Instant;
use exchange::notices::smtp::{self, Mail};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PINNED: &str = "aiosmtpd==1.4.6";

/// A server that prints each mail it takes, parsed by Python's own reader of mail.
const SERVER: &str = r#"
import sys, email, email.policy
from aiosmtpd.controller import Controller
class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox " + address
        envelope.rcpt_tos.append(address)
        return "250 OK"
    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        for part in (envelope.mail_from, ",".join(envelope.rcpt_tos), str(mail["subject"]),
                     mail.get_content().strip(), ",".join(type(d).__name__ for d in mail.defects)):
            print(part, flush=True)
        return "250 2.0.0 OK queued as test-1"
controller = Controller(Handler(), hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
"#;

fn has(python: &Path) -> bool {
    let asked = Command::new(python)
        .args(["-c", "import aiosmtpd"])
        .stderr(Stdio::null())
        .status();
    asked.is_ok_and(|status| status.success())
}

fn python() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("GONGXIN_AIOSMTPD_PYTHON") {
        return Some(PathBuf::from(named)).filter(|python| has(python));
    }
    let folder = PathBuf::from(std::env::var_os("GONGXIN_CACHE")?).join("aiosmtpd");
    let python = folder.join("bin/python");
    if has(&python) {
        return Some(python);
    }
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(&folder)
        .status();
    let pip = ["-m", "pip", "install", "--quiet", PINNED];
    let installed =
        made.ok()?.success() && Command::new(&python).args(pip).status().ok()?.success();
    installed.then_some(python)
}

struct Server {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Server {
    fn start(python: &Path, port: u16) -> Server {
        let mut child = Command::new(python)
            .args(["-c", SERVER, &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut server = Server { child, lines };
        assert_eq!(server.line(), "ready");
        server
    }

    fn line(&mut self) -> String {
        self.lines.next().expect("a line").expect("text")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its input closes with it; what does not end by itself is ended.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

#[test]
fn a_real_server_takes_the_mail_and_reads_what_was_meant() {
    let Some(python) = python() else {
        eprintln!("SKIPPED: {PINNED}; set GONGXIN_CACHE or GONGXIN_AIOSMTPD_PYTHON");
        return;
    };
    let port = testkit::machine::free_port().expect("a port");
    let mut server = Server::start(&python, port);
    let (subject, text) = credit::notice::outside(credit::lang::Lang::Zh, "https://credit.example");
    let mail = |to: &str| Mail {
        relay: format!("127.0.0.1:{port}"),
        from: "credit@credit.example".to_owned(),
        to: to.to_owned(),
        subject: subject.clone(),
        text: text.clone(),
        id: "1.1".to_owned(),
        at: Instant(1_795_320_000_000_000),
    };
    let taken = smtp::send(&mail("officer@agency.example")).expect("taken");
    assert!(taken.contains("queued as test-1"), "{taken}");
    let read: Vec<String> = (0..5).map(|_| server.line()).collect();
    let meant = [
        "credit@credit.example",
        "officer@agency.example",
        subject.as_str(),
        text.as_str(),
        "",
    ];
    assert_eq!(read, meant, "sender, receiver, subject, text, no defects");
    let refused = smtp::send(&mail("nobody@agency.example")).expect_err("refused");
    let said = refused.to_string();
    assert!(said.contains("550") && !said.contains("nobody@"), "{said}");
    drop(server);
    assert!(
        smtp::send(&mail("officer@agency.example")).is_err(),
        "nobody is there"
    );
}
