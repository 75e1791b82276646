//! Time evidence: an authority that OpenSSL plays stamps the journal's head; its token is kept, checked
//! offline, and OpenSSL agrees.

use crate::desk::Desk;
use crate::sheets::registrations;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

const CONFIG: &str = "\
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
";

fn openssl(folder: &Path, words: &[&str]) -> bool {
    let mut command = Command::new("openssl");
    let command = command.args(words).current_dir(folder).stdin(Stdio::null());
    let ran = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    ran.is_ok_and(|status| status.success())
}

/// Keys and certificates of an authority under a root, with OpenSSL; false where it is not installed.
fn authority(folder: &Path) -> bool {
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("tsa.cnf"), CONFIG).unwrap();
    std::fs::write(folder.join("serial"), "01\n").unwrap();
    let key = [
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
    ];
    let root = [
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=Root of the test",
        "-days",
        "3650",
    ];
    let own = [
        "-keyout",
        "tsa.key",
        "-out",
        "tsa.csr",
        "-subj",
        "/CN=Authority of the test",
    ];
    let sign = [
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
    ];
    let with = [
        "-days",
        "3650",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "cert",
        "-out",
        "tsa.pem",
    ];
    openssl(folder, &[["req", "-x509"].as_slice(), &key, &root].concat())
        && openssl(folder, &[["req", "-new"].as_slice(), &key, &own].concat())
        && openssl(folder, &[sign.as_slice(), &with].concat())
}

/// Answers requests as an authority does, one after another, until the test ends. Each file of `mangle`
/// stands in for one answer.
fn serve(folder: std::path::PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tsa", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut held = Vec::new();
            let body = loop {
                let mut part = [0; 4096];
                let read = stream.read(&mut part).unwrap();
                held.extend(&part[..read]);
                let end = held.windows(4).position(|four| four == b"\r\n\r\n");
                let Some(end) = end else { continue };
                let head = String::from_utf8_lossy(&held[..end]).into_owned();
                assert!(head.contains("application/timestamp-query"), "{head}");
                let length = head.split("Content-Length: ").nth(1).unwrap();
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                if held.len() >= end + 4 + length || read == 0 {
                    break held[end + 4..].to_vec();
                }
            };
            std::fs::write(folder.join("request.tsq"), body).unwrap();
            let reply = [
                "ts",
                "-reply",
                "-config",
                "tsa.cnf",
                "-queryfile",
                "request.tsq",
            ];
            let keys = [
                "-inkey",
                "tsa.key",
                "-signer",
                "tsa.pem",
                "-out",
                "answer.tsr",
            ];
            assert!(openssl(&folder, &[reply.as_slice(), &keys].concat()));
            let answer = std::fs::read(folder.join("answer.tsr")).unwrap();
            let head = format!(
                "HTTP/1.0 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\n\r\n",
                answer.len()
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&answer).unwrap();
        }
    });
    address
}

#[test]
fn a_head_is_stamped_kept_and_verified_offline() {
    let desk = Desk::new();
    let folder = desk.path("tsa");
    if !authority(&folder) {
        eprintln!("SKIPPED: no OpenSSL that makes an authority");
        return;
    }
    let tsa = serve(folder.clone());
    let stamp = ["journal", "stamp", "--tsa", &tsa, "--output", "stamps"];
    // Nothing to stamp before there is a head.
    desk.ends(0, &stamp);
    desk.write("reg.csv", registrations(3));
    desk.ends(0, &["ingest", "--theme", "registration", "reg.csv"]);
    desk.ends(0, &["journal", "run"]);
    let said = desk.ends(0, &stamp).out;
    assert!(said.contains("stamped"), "{said}");
    let said = desk.ends(0, &stamp).out;
    assert!(said.contains("no new head"), "{said}");
    let mut files: Vec<String> = std::fs::read_dir(desk.path("stamps"))
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    let [head, answer] = files.as_slice() else {
        panic!("{files:?}");
    };
    let (head, answer) = (format!("stamps/{head}"), format!("stamps/{answer}"));
    let verify = ["verify", "stamp", answer.as_str(), "--head", head.as_str()];
    let bare = desk.ends(0, &verify).out;
    assert!(bare.contains("not proven: which authority"), "{bare}");
    let whole = desk.ends(0, &[verify.as_slice(), &["--ca", "tsa/ca.pem"]].concat());
    assert!(whole.out.contains("checked by OpenSSL"), "{}", whole.out);
    // OpenSSL agrees by itself.
    let at = |name: &str| desk.path(name).display().to_string();
    let (answer_at, head_at) = (at(&answer), at(&head));
    let own = [
        "ts", "-verify", "-in", &answer_at, "-data", &head_at, "-CAfile", "ca.pem",
    ];
    assert!(openssl(&folder, &own));
    // Another head, another root, a changed and a cut stamp.
    let text = desk.read(&head);
    desk.write("other.head", text.replacen('\n', "x\n", 1));
    desk.ends(3, &["verify", "stamp", &answer, "--head", "other.head"]);
    let other = desk.path("other");
    assert!(authority(&other));
    desk.ends(3, &[verify.as_slice(), &["--ca", "other/ca.pem"]].concat());
    let bytes = std::fs::read(desk.path(&answer)).unwrap();
    let mut changed = bytes.clone();
    let last = changed.len() - 5;
    changed[last] ^= 1;
    std::fs::write(desk.path("changed.tsr"), &changed).unwrap();
    let forged = [
        "verify",
        "stamp",
        "changed.tsr",
        "--head",
        head.as_str(),
        "--ca",
        "tsa/ca.pem",
    ];
    desk.ends(3, &forged);
    std::fs::write(desk.path("cut.tsr"), &bytes[..bytes.len() / 2]).unwrap();
    desk.ends(3, &["verify", "stamp", "cut.tsr", "--head", &head]);
}

#[test]
fn an_answer_for_something_else_is_not_kept() {
    let desk = Desk::new();
    desk.write("reg.csv", registrations(1));
    desk.ends(0, &["ingest", "--theme", "registration", "reg.csv"]);
    desk.ends(0, &["journal", "run"]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let tsa = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _head = stream.read(&mut [0; 4096]);
            // A refusal: PKIStatusInfo { rejection }.
            stream
                .write_all(b"HTTP/1.0 200 OK\r\n\r\n\x30\x05\x30\x03\x02\x01\x02")
                .unwrap();
            // What was not read yet would make the end of the connection a reset, and the answer lost.
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            _ = std::io::copy(&mut stream, &mut std::io::sink());
        }
    });
    let ran = desk.ends(
        3,
        &["journal", "stamp", "--tsa", &tsa, "--output", "stamps"],
    );
    assert!(!desk.path("stamps").exists(), "{}", ran.out);
}
