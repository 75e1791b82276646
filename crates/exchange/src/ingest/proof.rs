//! What a receipt proves, checked without the platform: its signature under a key that the reader
//! trusts, the root over its slices, and, for who holds the site's key, which file it was.

use super::file::File;
use crate::error::{Error, Result};
use serde_json::Value;

/// Bytes of a file of receipts: one is some 1 kB and 70 bytes a slice; a file of ten million rows
/// has 1,250 slices, which is 90 kB. 16 MiB hold the receipts of more files than a year has.
pub const RECEIPTS_BYTES: u64 = 16 << 20;

/// Checks the signature of a receipt and that its root follows from its slices. Gives the signed
/// JSON. It reads no store.
///
/// # Errors
/// [`Error::Request`] with what does not fit.
pub fn verify(key: &seal::sign::Verifier, signature: &str) -> Result<String> {
    let json = seal::envelope::verify(key, signature.trim()).map_err(|_| {
        Error::request(
            "签名与公钥不符：回执被改动过，或不是由持有该密钥的平台签发。",
            "The signature does not fit the key: the receipt was changed, or another platform issued it.",
            "Подпись не соответствует ключу: квитанция изменена или выдана другой платформой.",
        )
    })?;
    if is_whole(&json) {
        return Ok(json);
    }
    Err(Error::request(
        "回执中的总根与各批次的根不符。",
        "The root of the receipt does not follow from the roots of its slices.",
        "Корень квитанции не следует из корней её частей.",
    ))
}

/// Checks receipts as they are kept: one a line, each the signed JSON with its signature as the
/// last member, or the signature alone. What stands beside a signature must be what was signed,
/// byte for byte. Gives the signed texts in their order.
///
/// # Errors
/// [`Error::Request`] with what does not fit; also where there is no receipt at all.
pub fn verify_lines(key: &seal::sign::Verifier, text: &str) -> Result<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let signed = lines
        .map(|line| one(key, line))
        .collect::<Result<Vec<_>>>()?;
    if signed.is_empty() {
        return Err(no_receipt());
    }
    Ok(signed)
}

fn one(key: &seal::sign::Verifier, line: &str) -> Result<String> {
    if !line.starts_with('{') {
        // Three parts between points are an envelope; everything else is no receipt.
        return if line.split('.').count() == 3 {
            verify(key, line)
        } else {
            Err(no_receipt())
        };
    }
    let outer: Value = serde_json::from_str(line).map_err(|_| no_receipt())?;
    let signature = outer["signature"].as_str().ok_or_else(no_receipt)?;
    let json = verify(key, signature)?;
    let beside = json.strip_suffix('}').unwrap_or(&json);
    if line == format!("{beside},\"signature\":\"{signature}\"}}") {
        return Ok(json);
    }
    Err(Error::request(
        "签名旁的文字与所签内容不一致：回执被改动过，或被重新排版过。请用平台给出的原文件。",
        "The text beside the signature is not what was signed: it was changed or laid out anew. Use the file as the platform gave it.",
        "Текст рядом с подписью не тот, что подписан: его изменили или переформатировали. Возьмите файл в том виде, в каком его выдала платформа.",
    ))
}

fn no_receipt() -> Error {
    Error::request(
        "这里没有回执：每行应是一份以 signature 结尾的 JSON，或一段签名。",
        "There is no receipt here: a line is its JSON with the signature as the last member, or the signature alone.",
        "Здесь нет квитанции: строка — это JSON с подписью в конце или одна подпись.",
    )
}

/// Whether a file is the one that a signed receipt speaks of. Its digest there is keyed by the
/// site, so only who holds that key can tell.
///
/// # Errors
/// When the file cannot be read to its end.
pub fn speaks_of(key: &seal::SiteKey, signed: &str, file: &File) -> std::io::Result<bool> {
    let digest = salted(key, &file.digest()?).to_string();
    let body: Value = serde_json::from_str(signed).unwrap_or_default();
    Ok(body["file_digest"].as_str() == Some(digest.as_str()))
}

/// The file's digest under a key of the site: a receipt that leaks cannot be tried against guesses.
pub(super) fn salted(key: &seal::SiteKey, digest: &seal::Digest) -> seal::Digest {
    seal::Digest(key.keyed32("receipt/file", &[&digest.0]))
}

/// Whether a receipt's root follows from its slices.
fn is_whole(json: &str) -> bool {
    let body: Value = serde_json::from_str(json).unwrap_or_default();
    let roots: Option<Vec<[u8; 32]>> = body["slices"].as_array().and_then(|roots| {
        let root = |root: &Value| Some(seal::Digest::parse(root.as_str()?)?.0);
        roots.iter().map(root).collect()
    });
    roots.is_some_and(|roots| body["root"].as_str() == Some(over(&roots).to_string().as_str()))
}

/// One root over the roots of the slices.
pub(super) fn over(roots: &[[u8; 32]]) -> seal::Digest {
    let mut all = seal::merkle::Builder::new();
    for root in roots {
        all.append(seal::Digest(*root));
    }
    all.root()
}
