//! By TLS: a source with a certificate of its own is trusted by the file that names it, and else by nobody.

use fetch::{Client, Fetched, Lost, Settings};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _ended = self.0.wait();
    }
}

/// OpenSSL's server over a folder, where the machine has it.
fn server(folder: &Path, port: u16) -> Option<Server> {
    let openssl = testkit::machine::program(&["openssl"])?;
    std::fs::write(folder.join("own.cnf"), "subjectAltName=DNS:localhost\n").ok()?;
    let key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ];
    let root = [
        "-subj", "/CN=root", "-keyout", "root.key", "-out", "root.pem",
    ];
    let own = [
        "-subj",
        "/CN=localhost",
        "-keyout",
        "key.pem",
        "-out",
        "own.csr",
    ];
    let sign = [
        "x509", "-req", "-in", "own.csr", "-CA", "root.pem", "-CAkey", "root.key",
    ];
    let with = ["-CAcreateserial", "-extfile", "own.cnf", "-out", "cert.pem"];
    for words in [
        [["req", "-x509"].as_slice(), &key, &root].concat(),
        [["req", "-new"].as_slice(), &key, &own].concat(),
        [sign.as_slice(), &with].concat(),
    ] {
        let made = Command::new(&openssl)
            .args(words)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if !made.is_ok_and(|status| status.success()) {
            return None;
        }
    }
    let served = Command::new(&openssl)
        .args([
            "s_server", "-quiet", "-WWW", "-cert", "cert.pem", "-key", "key.pem",
        ])
        .args(["-accept", &port.to_string()])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let server = Server(served.ok()?);
    for _ in 0..100 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(server);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    None
}

#[test]
fn a_certificate_is_trusted_where_it_is_named_and_nowhere_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = testkit::machine::free_port().expect("a port");
    std::fs::write(folder.path().join("r.csv"), "a,b\n").expect("written");
    let Some(_server) = server(folder.path(), port) else {
        eprintln!("SKIPPED: TLS; needs openssl");
        return;
    };
    let host = format!("localhost:{port}");
    let settings = |roots: &str| {
        let text = format!(
            "[[host]]\nname = \"{host}\"\ninside = true\n[[source]]\ncode = \"one\"\nsupplier = \"s\"\n\
            theme = \"t\"\naccount = \"a\"\nurl = \"https://{host}/r.csv\"\nevery_minutes = 5\n{roots}"
        );
        let read = Settings::parse(&text, |name| std::fs::read(folder.path().join(name)));
        read.expect("settings").sources.remove(0)
    };
    let trusted = Client::of(&settings("roots_file = \"root.pem\"\n"), 100).expect("a client");
    let came = trusted.fetch(None).expect("a file");
    assert!(matches!(came, Fetched::File { bytes, .. } if bytes == b"a,b\n"));
    let strange = Client::of(&settings(""), 100).expect("a client");
    assert_eq!(strange.fetch(None), Err(Lost::Unreached));
    let none = Client::of(&settings("roots_file = \"r.csv\"\n"), 100);
    assert!(none.is_err(), "no certificate in the file");
}
