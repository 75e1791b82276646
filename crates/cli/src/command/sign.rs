//! `gongxin sign`: the fields of a signed request (RFC 9421), for any program that sends requests:
//! `gongxin sign … | curl -H @- …`. Needs no platform, no store and no network.

use super::people::machine::content;
use crate::exit::{Exit, Failure};
use crate::{machine, out, text};
use credit::limits::{SIGNATURE_SECONDS, UPLOAD_BYTES};
use seal::Signer;
use seal::message::{Message, Terms};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A request that is to be signed.
#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// GET, POST …
    method: String,
    /// Its address, with what follows the question mark.
    url: String,
    /// File with the secret key, as `openssl genpkey -algorithm ed25519` writes it.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// File with what is sent.
    #[arg(long, value_name = "FILE")]
    content: Option<PathBuf>,
    /// Seconds that the signature is good for.
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: i64,
}

pub(super) fn run(ask: &Ask) -> Result<Exit, Failure> {
    let signer = Signer::from_file(&content(&ask.key)?)
        .map_err(|_| Failure::usage(text::SECRET_KEY, &[&ask.key.display().to_string()]))?;
    let address = || Failure::usage(text::SIGN_ADDRESS, &[]);
    let (scheme, authority, path, query) = parts(&ask.url).ok_or_else(address)?;
    let sent = ask.content.as_deref().map(bytes).transpose()?;
    let created = machine::now().0.div_euclid(1_000_000);
    let mut random = [0; 16];
    machine::entropy(&mut random);
    let nonce: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let message = Message {
        method: &ask.method.to_ascii_uppercase(),
        scheme,
        authority,
        path,
        query,
        fields: &[],
    };
    let terms = Terms {
        created,
        expires: created + ask.seconds.clamp(1, SIGNATURE_SECONDS),
        nonce: &nonce,
    };
    let fields = seal::message::sign(&message, sent.as_deref(), terms, &signer);
    let fields = fields.map_err(|_| address())?;
    if let Some(digest) = fields.digest {
        out::line(&format!("Content-Digest: {digest}"))?;
    }
    out::line(&format!("Signature-Input: {}", fields.input))?;
    out::line(&format!("Signature: {}", fields.signature))?;
    Ok(Exit::Done)
}

/// The parts of an address: scheme, authority, path, query. One with a person or a fragment, and one
/// that a program would rewrite before sending it, is none.
fn parts(url: &str) -> Option<(&str, &str, &str, Option<&str>)> {
    let (scheme, rest) = url.split_once("://")?;
    let sound = |byte: u8| byte.is_ascii_graphic() && !b"\"#<>\\^`{|}@".contains(&byte);
    if !matches!(scheme, "http" | "https") || !rest.bytes().all(sound) {
        return None;
    }
    let at = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(at);
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    let path = if path.is_empty() { "/" } else { path };
    (!authority.is_empty()).then_some((scheme, authority, path, query))
}

/// What is sent; one byte more than is taken shows that it is too long.
fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |cause| Failure::io(path, text::CANNOT_READ, cause);
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut sent = Vec::new();
    let limit = UPLOAD_BYTES as u64 + 1;
    file.take(limit).read_to_end(&mut sent).map_err(failed)?;
    if sent.len() > UPLOAD_BYTES {
        return Err(Failure::request(text::SIGN_LONG, &[]));
    }
    Ok(sent)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn an_address_is_taken_apart_as_it_is_sent() {
        let of = parts("https://credit.example:8443/api/v1/submissions?theme=penalty&name=a.csv");
        let (scheme, authority) = ("https", "credit.example:8443");
        let (path, query) = ("/api/v1/submissions", Some("theme=penalty&name=a.csv"));
        assert_eq!(of, Some((scheme, authority, path, query)));
        assert_eq!(parts("http://a"), Some(("http", "a", "/", None)));
        assert_eq!(parts("http://a?"), Some(("http", "a", "/", Some(""))));
        for none in [
            "a.example/x",
            "ftp://a/x",
            "https:///x",
            "https://me@a/x",
            "https://a/x#y",
            "https://a/征信",
            "https://a/x y",
            "https://a/x\r\nHost: b",
        ] {
            assert_eq!(parts(none), None, "{none}");
        }
    }
}
