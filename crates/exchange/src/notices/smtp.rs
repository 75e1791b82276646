//! One small mail to a relay (RFC 5321), which stands on this machine or in a private network and sends
//! on: it holds the queue, the encryption and the reputation that a client of two hundred lines cannot.
//! The relay's last answer is the proof that it took the mail.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use credit::record::Instant;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How long the relay may take for each answer.
const PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of one line of an answer (RFC 5321 4.5.3.1.5 has 512), and lines of one answer.
const LINE: u64 = 2_048;
const LINES: usize = 64;
/// Characters of a line of base64 (RFC 2045).
const WRAP: usize = 76;

/// A mail.
pub struct Mail {
    /// The relay, `HOST:PORT`.
    pub relay: String,
    /// The sender's mailbox.
    pub from: String,
    /// The receiver's mailbox; checked by `credit::notice::Channel::takes`.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The left side of its message id.
    pub id: String,
    /// Its date.
    pub at: Instant,
}

/// Hands a mail to the relay and gives its last answer. The receiver's address is in no error.
///
/// # Errors
/// When the relay is not reached, or says that it does not take the mail.
pub fn send(mail: &Mail) -> io::Result<String> {
    let answer = hand_over(mail);
    let hidden = |text: String| text.replace(&mail.to, "…");
    match answer {
        Ok(text) => Ok(hidden(text)),
        Err(cause) => Err(io::Error::new(cause.kind(), hidden(cause.to_string()))),
    }
}

fn hand_over(mail: &Mail) -> io::Result<String> {
    let place = mail.relay.to_socket_addrs()?.next();
    let place = place.ok_or_else(|| io::Error::other("the relay has no address"))?;
    let stream = TcpStream::connect_timeout(&place, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut talk = Talk {
        reader: BufReader::new(stream.try_clone()?),
        writer: stream,
    };
    talk.require(2)?;
    let domain = mail
        .from
        .rsplit('@')
        .next()
        .unwrap_or("localhost")
        .to_owned();
    talk.say(&format!("EHLO {domain}"), 2)?;
    talk.say(&format!("MAIL FROM:<{}>", mail.from), 2)?;
    talk.say(&format!("RCPT TO:<{}>", mail.to), 2)?;
    talk.say("DATA", 3)?;
    let taken = talk.say(&format!("{}\r\n.", content(mail, &domain)), 2)?;
    // The mail is the relay's from here on; a farewell that fails changes nothing.
    let _bye = talk.say("QUIT", 2);
    Ok(taken)
}

/// Header and body. The body is base64, so no line begins with a point.
fn content(mail: &Mail, domain: &str) -> String {
    let date = jiff::Timestamp::from_microsecond(mail.at.0)
        .map(|at| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
        .unwrap_or_default();
    let body = STANDARD.encode(mail.text.as_bytes());
    let lines: Vec<&str> = (0..body.len())
        .step_by(WRAP)
        .filter_map(|from| body.get(from..(from + WRAP).min(body.len())))
        .collect();
    [
        format!("Date: {date}"),
        format!("From: <{}>", mail.from),
        format!("To: <{}>", mail.to),
        format!("Message-ID: <{}@{domain}>", mail.id),
        format!("Subject: {}", words(&mail.subject)),
        "MIME-Version: 1.0".to_owned(),
        "Auto-Submitted: auto-generated".to_owned(),
        "Content-Type: text/plain; charset=utf-8".to_owned(),
        "Content-Transfer-Encoding: base64".to_owned(),
        String::new(),
        lines.join("\r\n"),
    ]
    .join("\r\n")
}

/// A header's text as encoded words (RFC 2047), each of at most 45 bytes and so below 75 characters.
fn words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut part = String::new();
    for sign in text.chars() {
        if part.len() + sign.len_utf8() > 45 {
            words.push(std::mem::take(&mut part));
        }
        part.push(sign);
    }
    words.push(part);
    let encoded = words
        .iter()
        .map(|part| format!("=?UTF-8?B?{}?=", STANDARD.encode(part)));
    encoded.collect::<Vec<_>>().join("\r\n ")
}

struct Talk {
    reader: BufReader<TcpStream>,
    writer: TcpStream,
}

impl Talk {
    fn say(&mut self, line: &str, class: u8) -> io::Result<String> {
        self.writer.write_all(line.as_bytes())?;
        self.writer.write_all(b"\r\n")?;
        self.require(class)
    }

    /// Reads an answer whose code is of a class (2: done, 3: go on); its last line.
    fn require(&mut self, class: u8) -> io::Result<String> {
        for _ in 0..LINES {
            let mut line = String::new();
            self.reader.by_ref().take(LINE).read_line(&mut line)?;
            let line = line.trim_end();
            let more = line.as_bytes().get(3) == Some(&b'-');
            if more {
                continue;
            }
            return if line.as_bytes().first() == Some(&(b'0' + class)) {
                Ok(line.to_owned())
            } else {
                Err(io::Error::other(line.to_owned()))
            };
        }
        Err(io::Error::other("the relay's answer does not end"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_in_any_script_is_encoded_in_short_words() {
        let encoded = words("公共信用信息平台：您有一条新消息，请登录后查看");
        for word in encoded.split("\r\n ") {
            assert!(word.len() <= 75 && word.starts_with("=?UTF-8?B?"), "{word}");
        }
    }

    #[test]
    fn no_line_of_the_body_begins_with_a_point_or_is_long() {
        let mail = Mail {
            relay: String::new(),
            from: "credit@example.cn".to_owned(),
            to: "a@b.example".to_owned(),
            subject: "s".to_owned(),
            text: ".\r\n..\r\n".repeat(40),
            id: "1".to_owned(),
            at: Instant(0),
        };
        let content = content(&mail, "example.cn");
        assert!(
            content
                .lines()
                .all(|line| line.len() <= 200 && !line.starts_with('.'))
        );
        assert!(content.starts_with("Date: Thu, 01 Jan 1970 00:00:00 +0000"));
    }
}
