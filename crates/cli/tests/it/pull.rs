//! `gongxin pull` and `serve --sources`: a supplier's own server on this machine, asked as its file of
//! sources says, by whoever follows the page on it.

use crate::desk::Desk;
use crate::http::Site;
use crate::sheets::{code, registrations};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The code of a source in a file of sources.
const NAME: &str = "samr-registration";

/// What a supplier's server gives: a file and its tag, or nothing but a failure.
type Given = Arc<Mutex<Option<(String, &'static str)>>>;

/// Starts a supplier's server; it ends with the test.
fn supplier(given: &Given) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap().to_string();
    let given = Arc::clone(given);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, &given);
        }
    });
    at
}

/// Answers who knows the key; with nothing but a line to whoever has the file of that tag.
fn answer(mut stream: TcpStream, given: &Given) {
    let (mut asked, mut buffer) = (Vec::new(), [0; 1024]);
    while !asked.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(read) if read > 0 => asked.extend(&buffer[..read]),
            _ => return,
        }
    }
    let asked = String::from_utf8_lossy(&asked).to_lowercase();
    let given = given.lock().unwrap();
    let (status, tag, body) = match &*given {
        _ if !asked.contains("authorization: bearer sesame") => ("401 Unauthorized", "", ""),
        None => ("500 Internal Server Error", "", ""),
        Some((_, tag)) if asked.contains(&format!("if-none-match: \"{tag}\"")) => {
            ("304 Not Modified", *tag, "")
        }
        Some((text, tag)) => ("200 OK", *tag, text.as_str()),
    };
    let _sent = write!(
        stream,
        "HTTP/1.1 {status}\r\nETag: \"{tag}\"\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

/// A desk with a machine's account, a key and a file of sources, as the page on pulling has it.
fn prepared(at: &str) -> Desk {
    let desk = Desk::new();
    let args = [
        "people",
        "add",
        "samr.gateway",
        "--machine",
        "--name",
        "Gateway",
    ];
    let more = [
        "--role",
        "machine-client",
        "--agency",
        "samr",
        "--reason",
        "x",
    ];
    desk.ends(0, &[args.as_slice(), &more].concat());
    private(&desk, "samr.key", "sesame");
    let sources = format!(
        "[[host]]\nname = \"{at}\"\ninside = true\n\n[[source]]\ncode = \"{NAME}\"\nsupplier = \"samr\"\n\
         theme = \"registration\"\naccount = \"samr.gateway\"\nurl = \"http://{at}/outgoing/registration.csv\"\n\
         every_minutes = 60\nkey_file = \"samr.key\"\n"
    );
    desk.write("sources.toml", sources);
    desk
}

/// A file that its owner alone reads.
fn private(desk: &Desk, name: &str, content: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = desk.write(name, content);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// What a line says of the source, and the rest of it.
fn said(out: &str) -> (String, String) {
    let parts: Vec<&str> = out.trim_end_matches('\n').split('\t').collect();
    assert_eq!((parts.len(), parts[0]), (3, NAME), "{out}");
    (parts[1].to_owned(), parts[2].to_owned())
}

#[test]
fn a_supplier_is_pulled_when_it_is_due_and_at_once_where_one_says_so() {
    let given: Given = Arc::new(Mutex::new(Some((registrations(2), "v1"))));
    let desk = prepared(&supplier(&given));
    let due = ["pull", "sources.toml"];
    let now = ["pull", "sources.toml", "--source", NAME];
    let (what, id) = said(&desk.ends(0, &due).out);
    assert_eq!((what.as_str(), id.len()), ("taken", 32));
    desk.ends(0, &["subject", &code("91", 2)]);
    desk.ends(4, &["subject", &code("91", 3)]);
    assert_eq!(said(&desk.ends(0, &due).out).0, "early");
    assert_eq!(said(&desk.ends(0, &now).out).0, "same", "by its tag");
    *given.lock().unwrap() = Some((registrations(2), "v2"));
    assert_eq!(said(&desk.ends(0, &now).out).0, "same", "by its digest");
    *given.lock().unwrap() = Some((registrations(3), "v3"));
    assert_eq!(said(&desk.ends(0, &now).out).0, "taken");
    desk.ends(0, &["subject", &code("91", 3)]);
    // What fails is said by a code, and no word of what came or of the key.
    *given.lock().unwrap() = None;
    let lost = desk.ends(5, &now);
    assert_eq!(said(&lost.out), ("failed".into(), "status".into()));
    *given.lock().unwrap() = Some(("甲,乙\n\"".to_owned(), "v4"));
    let bad = desk.ends(5, &now);
    assert_eq!(said(&bad.out), ("failed".into(), "file".into()));
    for ran in [&lost, &bad] {
        assert!(!ran.err.contains("sesame") && !ran.err.contains("甲"));
    }
    let unknown = desk.ends(2, &["pull", "sources.toml", "--source", "nobody"]);
    assert!(unknown.out.is_empty(), "{unknown:?}");
    // Without its account nothing is pulled.
    desk.ends(0, &["people", "suspend", "samr.gateway", "--reason", "x"]);
    *given.lock().unwrap() = Some((registrations(4), "v5"));
    let blocked = desk.ends(5, &now).out;
    assert_eq!(said(&blocked), ("failed".into(), "account".into()));
    desk.ends(4, &["subject", &code("91", 4)]);
}

#[test]
fn a_key_that_others_can_read_and_a_host_that_is_not_listed_are_refused() {
    use std::os::unix::fs::PermissionsExt;
    let given: Given = Arc::new(Mutex::new(Some((registrations(2), "v1"))));
    let desk = prepared(&supplier(&given));
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(desk.path("samr.key"), open).unwrap();
    let refused = desk.ends(3, &["pull", "sources.toml"]);
    assert!(refused.err.contains("samr.key"), "{refused:?}");
    private(&desk, "samr.key", "sesame");
    let listed = desk.read("sources.toml");
    let url = listed.replace("url = \"http://127.0.0.1", "url = \"http://localhost");
    let tls = listed.replace("inside = true", "inside = false");
    for wrong in [url, tls, "[[source]]\ncode = 1".to_owned()] {
        desk.write("wrong.toml", &wrong);
        let refused = desk.ends(3, &["pull", "wrong.toml"]);
        assert!(refused.out.is_empty() && !refused.err.is_empty(), "{wrong}");
    }
    desk.ends(4, &["subject", &code("91", 1)]);
}

#[test]
fn a_site_that_serves_pulls_what_is_due_meanwhile() {
    let given: Given = Arc::new(Mutex::new(Some((registrations(2), "v1"))));
    let desk = prepared(&supplier(&given));
    let site = Site::start(&desk, &["--sources", "sources.toml"]);
    let address = format!("/api/v1/subjects/{}", code("91", 2));
    let found = (0..240).any(|_| {
        std::thread::sleep(Duration::from_millis(250));
        site.get(&address, "").status == 200
    });
    assert!(found, "the first round pulls at once");
    // What the site has pulled is not pulled again beside it.
    assert_eq!(
        said(&desk.ends(0, &["pull", "sources.toml"]).out).0,
        "early"
    );
    let log = String::from_utf8_lossy(&site.log()).into_owned();
    assert!(!log.contains("sesame"), "{log}");
    // A file of sources that is not there stops it before it serves.
    let none = ["--listen", "127.0.0.1:0", "--sources", "none.toml"];
    let refused = desk.run(&[["serve"].as_slice(), &none].concat());
    assert!(refused.code.is_some_and(|code| code != 0), "{refused:?}");
}
