//! Requests against a server on this machine, which is inside: only a host that is listed so is asked.

use fetch::{Client, Fetched, Lost, Settings, Source};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// A server that answers each request with the next of these, and tells what it was asked.
struct Server {
    at: String,
    asked: Arc<Mutex<Vec<String>>>,
}

fn server(answers: Vec<String>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = listener.local_addr().expect("an address").to_string();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&asked);
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a connection");
            let mut bytes = Vec::new();
            let mut buffer = [0; 1024];
            while !bytes.windows(4).any(|four| four == b"\r\n\r\n") {
                let read = stream.read(&mut buffer).expect("a request");
                if read == 0 {
                    break;
                }
                bytes.extend(&buffer[..read]);
            }
            told.lock()
                .expect("ours")
                .push(String::from_utf8_lossy(&bytes).into_owned());
            // Whoever has read enough hangs up.
            let _sent = stream.write_all(answer.as_bytes());
        }
    });
    Server { at, asked }
}

fn answer(status: &str, head: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{head}\r\n{body}"
    )
}

fn source(url: &str, host: &str, inside: bool) -> Source {
    let text = format!(
        "[[host]]\nname = \"{host}\"\ninside = {inside}\n[[source]]\ncode = \"one\"\nsupplier = \"samr\"\n\
        theme = \"registration\"\naccount = \"a.b\"\nurl = \"{url}\"\nevery_minutes = 5\nkey_file = \"key\"\n"
    );
    let read = Settings::parse(&text, |_| Ok(b"sesame".to_vec()));
    read.expect("settings").sources.remove(0)
}

fn client(at: &str, most: u64) -> Client {
    let source = source(&format!("http://{at}/r.csv"), at, true);
    Client::of(&source, most).expect("a client")
}

#[test]
fn a_file_comes_with_its_tag_and_is_asked_for_by_it() {
    let server = server(vec![
        answer("200 OK", "ETag: \"v1\"\r\n", "a,b\n1,2\n"),
        answer("304 Not Modified", "", ""),
    ]);
    let client = client(&server.at, 100);
    let first = client.fetch(None).expect("a file");
    let file = Fetched::File {
        bytes: b"a,b\n1,2\n".to_vec(),
        tag: Some("\"v1\"".to_owned()),
    };
    assert_eq!(first, file);
    assert!(!format!("{first:?} {client:?}").contains("sesame"));
    assert_eq!(client.fetch(Some("\"v1\"")), Ok(Fetched::Same));
    let asked = server.asked.lock().expect("ours").clone();
    let lower: Vec<String> = asked.iter().map(|one| one.to_lowercase()).collect();
    assert!(
        lower[0].contains("authorization: bearer sesame"),
        "{asked:?}"
    );
    assert!(!lower[0].contains("if-none-match"), "{asked:?}");
    assert!(lower[1].contains("if-none-match: \"v1\""), "{asked:?}");
}

#[test]
fn a_file_that_is_too_long_is_left_whether_it_says_so_or_not() {
    let long = "x".repeat(1_000);
    let endless = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{long}");
    let server = server(vec![answer("200 OK", "", &long), endless]);
    let client = client(&server.at, 999);
    assert_eq!(client.fetch(None), Err(Lost::Long));
    assert_eq!(client.fetch(None), Err(Lost::Long));
}

#[test]
fn no_redirect_is_followed_anywhere() {
    let server = server(vec![answer(
        "302 Found",
        "Location: http://127.0.0.1:1/secret\r\n",
        "",
    )]);
    let client = client(&server.at, 100);
    assert_eq!(client.fetch(None), Err(Lost::Redirect));
    assert_eq!(server.asked.lock().expect("ours").len(), 1);
}

#[test]
fn other_answers_and_no_answer_say_why() {
    let server = server(vec![
        answer("403 Forbidden", "", "no"),
        "nonsense".to_owned(),
    ]);
    let client = client(&server.at, 100);
    assert_eq!(client.fetch(None), Err(Lost::Status(403)));
    assert_eq!(client.fetch(None), Err(Lost::Unreached));
    let port = testkit::machine::free_port().expect("a port");
    let nobody = self::client(&format!("127.0.0.1:{port}"), 100);
    assert_eq!(nobody.fetch(None), Err(Lost::Unreached));
}

/// Server-side request forgery: a listed host whose name means an address inside is not asked.
#[test]
fn a_host_that_is_not_inside_leads_to_no_address_inside() {
    let server = server(vec![answer("200 OK", "", "secret")]);
    let port = server.at.rsplit(':').next().expect("a port").to_owned();
    for name in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "169.254.169.254",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
    ] {
        let host = format!("{name}:{port}");
        let source = source(&format!("https://{host}/"), &host, false);
        let client = Client::of(&source, 100).expect("a client");
        assert_eq!(client.fetch(None), Err(Lost::Address), "{name}");
    }
    assert!(server.asked.lock().expect("ours").is_empty(), "nobody came");
}
