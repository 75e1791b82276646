//! The file of an issued report: `{"report":TEXT,"signature":JWS}` in one form only, byte for byte.
//!
//! It is read without a parser until its signature was checked: the text beside the signature must be
//! the one that was signed. So there is no second member of one name, no other order, no white space
//! and nothing behind it that a reader could take for the report.

use crate::error::{Error, Result};
use credit::record::Instant;
use seal::sign::{Signer, Verifier};
use serde_json::{Value, json};

/// The name of the signed shape. A change that breaks readers takes the next number.
pub const SHAPE: &str = "gongxin.signed-report/1";
/// Most bytes of a file that is read: ten sections of 600,000 characters of three bytes, once as text
/// and once, a third longer, in the signature, come to 42 MB, which nobody ever printed; ordinary
/// reports have 70 kB, the longest known 3 MB.
pub const FILE_BYTES: usize = 24 << 20;

const BEGIN: &str = r#"{"report":"#;
const BETWEEN: &str = r#","signature":""#;
const END: &str = r#""}"#;

/// An issued report whose signature was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Signed {
    /// The number printed on it.
    pub number: String,
    /// The number to verify by, 32 hexadecimal digits.
    pub verify: String,
    /// The issue, as the journal names it: 32 hexadecimal digits.
    pub id: String,
    /// When it was issued.
    pub at: Instant,
    /// The report itself, in the shape of `docs/schemas/report-1.json`.
    pub report: Value,
    /// The signature: a compact JWS that holds the whole text.
    pub signature: String,
}

/// What an issue adds to its report.
pub(super) struct Stamp<'a> {
    /// The issue.
    pub(super) id: &'a str,
    /// The number to verify by.
    pub(super) verify: &'a str,
    /// When.
    pub(super) at: Instant,
}

/// Signs a report and gives its signature.
pub(super) fn sign(signer: &Signer, report: Value, stamp: &Stamp<'_>) -> String {
    let signed = json!({
        "shape": SHAPE,
        "issued": { "at": stamp.at.0, "id": stamp.id, "verify": stamp.verify },
        "report": report,
    });
    seal::envelope::sign(signer, &credit::canon::value(&signed))
}

/// The file of a signature of ours.
pub(super) fn write(signature: &str) -> Result<String> {
    let text = seal::envelope::unverified(signature).ok_or_else(damaged)?;
    Ok(format!("{BEGIN}{text}{BETWEEN}{signature}{END}"))
}

/// Reads what a signature of our own keeping holds.
pub(crate) fn kept(signature: &str) -> Result<Signed> {
    let text = seal::envelope::unverified(signature).ok_or_else(damaged)?;
    read(&text, signature).ok_or_else(damaged)
}

/// Checks a file with a key that the caller trusts, and gives what was signed.
///
/// # Errors
/// [`Error::Request`] when a byte of it differs from what was issued, the key is another, or it is no
/// such file; one error for all, since why a forgery failed helps only forgers.
pub fn verify(key: &Verifier, file: &[u8]) -> Result<Signed> {
    checked(key, file).ok_or_else(|| {
        Error::request(
            "这份文件不是本平台签发的报告，或签发后被改动过：签名与内容或公钥不符。请向持有人索取平台签发的原文件（JSON 或 PDF），不要转换或重新保存。",
            "This file is not a report as the platform issued it: its signature does not fit its content or the key. Ask the holder for the original file (JSON or PDF), neither converted nor saved anew.",
            "Этот файл не является отчётом в том виде, в каком его выдала платформа: подпись не соответствует содержанию или ключу. Попросите у владельца исходный файл (JSON или PDF), не преобразованный и не сохранённый заново.",
        )
    })
}

/// What a file holds, and whether that stood inside a PDF, whose pages are not proven by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// What was signed.
    pub signed: Signed,
    /// The file is a PDF with the signed file inside.
    pub in_pdf: bool,
}

/// Checks the signed file, or the one inside a PDF.
///
/// # Errors
/// As [`verify`].
pub fn open(key: &Verifier, bytes: &[u8]) -> Result<Opened> {
    let inside = super::pdf::attached(bytes);
    Ok(Opened {
        signed: verify(key, inside.as_deref().unwrap_or(bytes))?,
        in_pdf: inside.is_some(),
    })
}

fn checked(key: &Verifier, file: &[u8]) -> Option<Signed> {
    if file.len() > FILE_BYTES {
        return None;
    }
    let inside = std::str::from_utf8(file).ok()?;
    let inside = inside.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let (text, signature) = inside.rsplit_once(BETWEEN)?;
    let signed = seal::envelope::verify(key, signature).ok()?;
    if signed != text {
        return None;
    }
    read(&signed, signature)
}

fn read(text: &str, signature: &str) -> Option<Signed> {
    let mut signed: Value = serde_json::from_str(text).ok()?;
    if signed.get("shape")?.as_str()? != SHAPE {
        return None;
    }
    let issued = signed.get("issued")?;
    let at = issued.get("at")?.as_i64()?;
    let text = |name: &str| Some(issued.get(name)?.as_str()?.to_owned());
    let (id, verify) = (text("id")?, text("verify")?);
    let report = signed.get_mut("report")?.take();
    Some(Signed {
        number: report.get("number")?.as_str()?.to_owned(),
        verify,
        id,
        at: Instant(at),
        report,
        signature: signature.to_owned(),
    })
}

fn damaged() -> Error {
    Error::inner(
        "a kept report could not be read",
        "its signature has no text",
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    fn signer() -> Signer {
        Signer::from_seed([5; 32])
    }

    fn file() -> String {
        let report = json!({ "number": "20261122-A", "title": "报告" });
        let stamp = Stamp {
            id: &"cd".repeat(16),
            verify: &"ab".repeat(16),
            at: Instant(7),
        };
        write(&sign(&signer(), report, &stamp)).unwrap()
    }

    fn holds(file: impl AsRef<[u8]>) -> bool {
        verify(&signer().verifier(), file.as_ref()).is_ok()
    }

    #[test]
    fn what_was_issued_is_read_back() {
        let signed = verify(&signer().verifier(), file().as_bytes()).unwrap();
        assert_eq!(signed.number, "20261122-A");
        assert_eq!(signed.verify, "ab".repeat(16));
        assert_eq!(signed.at, Instant(7));
        assert_eq!(signed.report["title"], "报告");
        // The file is canonical JSON as a whole, too.
        let value: Value = serde_json::from_str(&file()).unwrap();
        assert_eq!(credit::canon::value(&value), file());
    }

    #[test]
    fn no_changed_byte_passes() {
        let file = file();
        for at in 0..file.len() {
            let mut bytes = file.clone().into_bytes();
            bytes[at] ^= 1;
            assert!(!holds(&bytes), "byte {at}");
            assert!(!holds(&file.as_bytes()[..at]), "cut at {at}");
        }
    }

    #[test]
    fn nothing_stands_beside_the_report() {
        let file = file();
        let with = |from: &str, to: &str| file.replacen(from, to, 1);
        for forged in [
            format!("{file}\n"),
            format!(" {file}"),
            format!("{file}{file}"),
            with(BEGIN, r#"{"report":{},"report":"#),
            with(BEGIN, r#"{"a":1,"report":"#),
            with(END, r#"","signature":"x"}"#),
            with(r#""title":"报告""#, r#""title":"报告","title":"另一份""#),
            with(r#""title":"报告""#, r#""title": "报告""#),
            with(r#""title":"报告""#, "\"title\":\"\\u62a5\\u544a\""),
        ] {
            assert!(!holds(&forged), "{forged}");
        }
        assert!(!holds(vec![b'{'; FILE_BYTES + 1]));
        assert!(!holds([0xff, 0xfe]));
    }

    #[test]
    fn other_keys_and_other_algorithms_are_refused() {
        let key = signer().verifier();
        let payload = file();
        let payload = &payload[BEGIN.len()..payload.find(BETWEEN).unwrap()];
        let body = URL_SAFE_NO_PAD.encode(payload);
        let with = |signature: &str| format!("{BEGIN}{payload}{BETWEEN}{signature}{END}");
        let other = Signer::from_seed([6; 32]);
        assert!(!holds(with(&seal::envelope::sign(&other, payload))));
        let own = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, key.kid()));
        let input = format!("{own}.{body}");
        assert!(holds(with(&format!(
            "{input}.{}",
            signer().sign(input.as_bytes()).to_text()
        ))));
        assert!(!holds(with(&format!(
            "{input}.{}",
            other.sign(input.as_bytes()).to_text()
        ))));
        for (header, mac) in [
            (r#"{"alg":"none"}"#.to_owned(), String::new()),
            (
                format!(r#"{{"alg":"none","kid":"{}"}}"#, key.kid()),
                String::new(),
            ),
            (
                format!(r#"{{"alg":"HS256","kid":"{}"}}"#, key.kid()),
                "mac".to_owned(),
            ),
            (
                format!(
                    r#"{{"alg":"EdDSA","jwk":{{"x":"{}"}}}}"#,
                    other.verifier().to_text()
                ),
                "own".to_owned(),
            ),
        ] {
            let input = format!("{}.{body}", URL_SAFE_NO_PAD.encode(header));
            let signature = match mac.as_str() {
                // The public key taken for the secret of a symmetric algorithm.
                "mac" => {
                    let secret = seal::SiteKey::from_bytes(key.to_bytes());
                    URL_SAFE_NO_PAD.encode(secret.keyed32("", &[input.as_bytes()]))
                }
                "own" => other.sign(input.as_bytes()).to_text(),
                _ => mac,
            };
            assert!(!holds(with(&format!("{input}.{signature}"))), "{input}");
        }
    }

    #[test]
    fn another_signed_text_is_no_report() {
        // A receipt carries the same key's signature.
        let text = r#"{"shape":"gongxin.receipt/1"}"#;
        let signature = seal::envelope::sign(&signer(), text);
        assert!(!holds(write(&signature).unwrap()));
    }
}
