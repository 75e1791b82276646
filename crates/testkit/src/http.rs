//! Requests to programs under test: one a connection, in HTTP/1.0, so that an answer ends where the
//! connection does and comes in no pieces.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long a program may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// 200, 302, 404 …
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// As text; what is none is replaced.
    pub body: String,
}

impl Answer {
    /// The first header of a name, given in lower case; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

/// Sends one request to `HOST:PORT` and reads the whole answer.
///
/// # Errors
/// When nobody listens, or what comes back is no HTTP.
pub fn send(at: &str, method: &str, path: &str, kind: &str, body: &[u8]) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(at)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "{method} {path} HTTP/1.0\r\nHost: {at}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    read(&String::from_utf8_lossy(&bytes))
        .ok_or_else(|| io::Error::other(format!("{at} answered with no HTTP")))
}

fn read(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        Some((name.to_ascii_lowercase(), value.trim().to_owned()))
    });
    Some(Answer {
        status,
        headers: headers.collect(),
        body: body.to_owned(),
    })
}

/// A text as it stands in an address or a form: every byte escaped.
#[must_use]
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Fields as the body of a form.
#[must_use]
pub fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_and_what_is_none_is_not() {
        let text = "HTTP/1.1 302 Found\r\nLocation: /a?b\r\nX: \r\n\r\nbody\r\n\r\nmore";
        let answer =
            read(text).map(|one| (one.status, one.header("location").to_owned(), one.body));
        let expected = (302, "/a?b".to_owned(), "body\r\n\r\nmore".to_owned());
        assert_eq!(answer, Some(expected));
        assert!(read("").is_none() && read("HTTP/1.1 x\r\n\r\n").is_none());
    }

    #[test]
    fn a_form_escapes_what_would_end_a_field() {
        assert_eq!(
            form(&[("a", "&="), ("b", "司")]),
            "%61=%26%3D&%62=%E5%8F%B8"
        );
    }
}
