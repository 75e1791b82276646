//! An attached file is handed out to be kept, never to be opened in the page.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use credit::case::AttachedFile;

/// Answers with it.
pub(crate) fn answer(file: AttachedFile) -> Response {
    let kind = HeaderValue::from_str(&file.media);
    let kind = kind.unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let name = format!(
        "attachment; filename=\"file\"; filename*=UTF-8''{}",
        encoded(&file.name)
    );
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let policy = HeaderValue::from_static("sandbox; default-src 'none'");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, file.content).into_response()
}

/// A name as RFC 8187 writes it.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => {
                text.push(char::from(byte));
            }
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}
