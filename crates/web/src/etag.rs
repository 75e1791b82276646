//! Answers that a reader may already have: an ETag over the bytes, 304 when it is named.

use crate::Site;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::lang::Lang;

/// A body with its tag, ready to be sent any number of times.
#[derive(Clone, Debug)]
pub(crate) struct Tagged {
    lang: Lang,
    kind: &'static str,
    tag: HeaderValue,
    body: Bytes,
}

impl Tagged {
    /// Tags a body of a kind.
    pub(crate) fn new(site: &Site, lang: Lang, kind: &'static str, body: Bytes) -> Tagged {
        let digest = site
            .office
            .site_key
            .keyed16("etag", &[lang.tag().as_bytes(), &body]);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        // Sixteen bytes in hexadecimal are always a header's text; the fallback matches nothing.
        let tag = HeaderValue::from_str(&format!("\"{hex}\""))
            .unwrap_or(HeaderValue::from_static("\"\""));
        Tagged {
            lang,
            kind,
            tag,
            body,
        }
    }

    /// Size of the body.
    pub(crate) fn bytes(&self) -> usize {
        self.body.len()
    }

    /// Answers with it, or with 304 when the reader's `If-None-Match` names it.
    pub(crate) fn answer(self, asked: &HeaderMap) -> Response {
        let known = asked
            .get(header::IF_NONE_MATCH)
            .and_then(|value| value.to_str().ok())
            .zip(self.tag.to_str().ok())
            .is_some_and(|(list, tag)| names(list, tag));
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::CONTENT_TYPE, self.kind)], self.body).into_response()
        };
        let headers = response.headers_mut();
        for (name, value) in [
            (header::ETAG, self.tag),
            (
                header::CONTENT_LANGUAGE,
                HeaderValue::from_static(self.lang.tag()),
            ),
            (
                header::VARY,
                HeaderValue::from_static("Accept-Language, Cookie"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        ] {
            headers.insert(name, value);
        }
        response
    }
}

/// Answers with a body of a kind, or with 304 when the reader's `If-None-Match` names it.
pub(crate) fn answer(
    site: &Site,
    asked: &HeaderMap,
    lang: Lang,
    kind: &'static str,
    body: impl Into<Bytes>,
) -> Response {
    Tagged::new(site, lang, kind, body.into()).answer(asked)
}

/// Whether a list of tags names ours; a front end that compresses may have made it weak.
fn names(list: &str, tag: &str) -> bool {
    list.split(',')
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn tags_are_compared_weakly() {
        assert!(names("\"a\", W/\"b\"", "\"b\""));
        assert!(names("*", "\"b\""));
        assert!(!names("\"a\"", "\"b\""));
        assert!(!names("b", "\"b\""));
    }
}
