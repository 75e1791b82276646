//! The binary's own site, spoken to as a browser does, and accounts that are set up through it: a
//! password, a second factor, a session.

use crate::desk::Desk;
use hmac::{Hmac, KeyInit, Mac};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A site that ends with its test.
pub(crate) struct Site {
    child: Child,
    address: String,
    log: Option<JoinHandle<Vec<u8>>>,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the site answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The value of a header, all of them one a line.
    pub(crate) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let own = lines.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        own.map(|(_, value)| format!("{value}\n")).collect()
    }
}

impl Site {
    /// Serves the desk's data folder.
    pub(crate) fn start(desk: &Desk, more: &[&str]) -> Site {
        let args = ["serve", "--listen", "127.0.0.1:0"];
        Site::start_as(desk.command(&[&args, more].concat()))
    }

    /// Runs a command that serves.
    pub(crate) fn start_as(mut command: Command) -> Site {
        let mut child = command.spawn().unwrap();
        // What it logs is read all the time: a pipe that nobody reads fills up and stops it.
        let mut said = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut log = Vec::new();
            said.read_to_end(&mut log).unwrap();
            log
        });
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let Some(address) = line.split("http://").nth(1) else {
            let _ = child.kill();
            panic!("{line}{}", String::from_utf8_lossy(&log.join().unwrap()))
        };
        let address: String = address
            .chars()
            .take_while(|one| one.is_ascii_digit() || ".:".contains(*one))
            .collect();
        Site {
            address: address.trim_end_matches(['.', ':']).to_owned(),
            child,
            log: Some(log),
        }
    }

    /// Ends the site and gives what it logged.
    pub(crate) fn log(mut self) -> Vec<u8> {
        self.child.kill().unwrap();
        self.log.take().unwrap().join().unwrap()
    }

    pub(crate) fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send("GET", path, &format!("Cookie: {cookie}\r\n"), "")
    }

    /// Posts a form as a page of the site does.
    pub(crate) fn post(&self, path: &str, cookie: &str, pairs: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let head = format!(
            "Cookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        );
        self.send("POST", path, &head, &pairs.join("&"))
    }

    pub(crate) fn send(&self, method: &str, path: &str, head: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Language: en\r\nContent-Length: {}\r\n{head}\r\n{body}",
            self.address,
            body.len()
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Answer {
            status: status.unwrap_or_else(|| panic!("{text}")),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    /// Sets an invited account up through its link: password and second factor. Answers with the
    /// session's cookie.
    pub(crate) fn enrol(&self, said: &str) -> String {
        let link = said.split("/account/begin/").nth(1).unwrap();
        let link: String = link.chars().take_while(char::is_ascii_hexdigit).collect();
        let password = "paper+boat+bright+moon";
        let path = format!("/account/begin/{link}");
        let begun = self.post(&path, "", &[("password", password)]);
        assert_eq!(
            begun.header("location").trim(),
            "/account/enrol",
            "{begun:?}"
        );
        let half = session(&begun);
        let page = self.get("/account/enrol", &half);
        let typed = page.body.split("<dd class=\"code\">").nth(1).unwrap();
        let code = digits(typed.split('<').next().unwrap());
        let done = self.post("/account/enrol", &half, &[("code", &code)]);
        assert_eq!(done.status, 200, "{done:?}");
        session(&done)
    }
}

/// Invites a person by the command line and sets the account up on the site. Answers with the cookie.
pub(crate) fn account(desk: &Desk, site: &Site, login: &str, role: &str, agency: &str) -> String {
    let args = ["people", "add", login, "--name", "经办甲", "--role", role];
    let more = ["--agency", agency, "--reason", "测试"];
    let said = desk.ends(0, &[args.as_slice(), &more].concat()).out;
    site.enrol(&said)
}

fn session(answer: &Answer) -> String {
    let cookies = answer.header("set-cookie");
    let desk = cookies.lines().find(|line| line.starts_with("desk="));
    let desk = desk.and_then(|line| line.split(';').next());
    desk.unwrap_or_else(|| panic!("no session in {answer:?}"))
        .to_owned()
}

fn encoded(value: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let each = value.bytes().map(|byte| match plain(&byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    each.collect()
}

/// The six digits that an authenticator shows now, by RFC 6238.
fn digits(typed: &str) -> String {
    let mut bits = Vec::new();
    for letter in typed.bytes().filter(u8::is_ascii_alphanumeric) {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let value = alphabet.iter().position(|one| *one == letter).unwrap();
        bits.extend((0..5).rev().map(|bit| (value >> bit & 1) as u8));
    }
    let bytes = bits.chunks_exact(8);
    let secret: Vec<u8> = bytes
        .map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit))
        .collect();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&secret).unwrap();
    mac.update(&(now / 30).to_be_bytes());
    let sum = mac.finalize().into_bytes();
    let from = usize::from(sum[19] & 15);
    let word = u32::from_be_bytes(sum[from..from + 4].try_into().unwrap());
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}
