//! One small request to a witness. Plain HTTP/1.0, so that an answer is what comes until the
//! connection ends; a witness elsewhere is reached through a tunnel or a proxy that speaks TLS.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How long a witness may take to answer at all.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes of an answer: sixteen signature lines of the longest kind, and headers.
const ANSWER: u64 = 128 * 1024;

/// Posts a text to `http://HOST:PORT/PATH`; gives the status and the body.
///
/// # Errors
/// When the address is of another form, or nobody answers in time.
pub fn post(url: &str, body: &str) -> io::Result<(u16, String)> {
    let kind = [("Content-Type", "text/plain".to_owned())];
    post_with(url, body, &kind)
}

/// The same with headers of the caller's, whose values are printable ASCII.
///
/// # Errors
/// As [`post`], and for a header that would break its line.
pub fn post_with(url: &str, body: &str, headers: &[(&str, String)]) -> io::Result<(u16, String)> {
    let (status, answer) = ask(url, headers, body.as_bytes())?;
    let answer = String::from_utf8(answer).map_err(|_| not_http())?;
    Ok((status, answer))
}

/// The same of bytes of any kind.
///
/// # Errors
/// As [`post`].
pub fn post_bytes(url: &str, kind: &str, body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    ask(url, &[("Content-Type", kind.to_owned())], body)
}

fn ask(url: &str, headers: &[(&str, String)], body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    let bad = || {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "not an address http://HOST:PORT/…",
        )
    };
    let rest = url.strip_prefix("http://").ok_or_else(bad)?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let sound = |text: &str| text.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    let headed = headers
        .iter()
        .all(|(name, value)| plain(name) && sound(value));
    if host.is_empty() || !plain(host) || !plain(path) || !headed {
        return Err(bad());
    }
    let named = if host.contains(':') {
        host.to_owned()
    } else {
        format!("{host}:80")
    };
    let place = named.to_socket_addrs()?.next().ok_or_else(bad)?;
    let mut stream = TcpStream::connect_timeout(&place, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let length = body.len();
    let lines = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"));
    let lines: String = lines.collect();
    let head =
        format!("POST /{path} HTTP/1.0\r\nHost: {host}\r\n{lines}Content-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.take(ANSWER).read_to_end(&mut answer)?;
    parse(&answer).ok_or_else(not_http)
}

fn not_http() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer")
}

fn parse(answer: &[u8]) -> Option<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let status = head.strip_prefix("HTTP/1.")?.get(2..5)?.parse().ok()?;
    Some((status, answer.get(end + 4..)?.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::{parse, post};

    #[test]
    fn an_answer_has_a_status_and_a_body() {
        let answer = "HTTP/1.0 409 Conflict\r\nA: b\r\n\r\n12\n";
        assert_eq!(parse(answer.as_bytes()), Some((409, b"12\n".to_vec())));
        for broken in [
            "",
            "HTTP/1.1",
            "HTTP/1.1 x\r\n\r\n",
            "FTP/1.0 200\r\n\r\n",
            "HTTP/1.0 200 OK\r\n",
        ] {
            assert_eq!(parse(broken.as_bytes()), None, "{broken}");
        }
    }

    #[test]
    fn only_plain_addresses_are_asked() {
        for url in [
            "",
            "https://a",
            "http://",
            "http:///x",
            "http://a b/",
            "http://a/\r\nX: y",
            "file:///etc",
        ] {
            assert!(post(url, "").is_err(), "{url}");
        }
    }
}
