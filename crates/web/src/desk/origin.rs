//! A form that changes something must come from a page of this site.

use axum::http::{HeaderMap, header};

/// Whether a request comes from a page of this site. Browsers say so in `Sec-Fetch-Site`, older
/// ones in `Origin`; a request that says neither is refused.
pub(crate) fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin";
    }
    let host = text(header::HOST.as_str());
    let origin = text(header::ORIGIN.as_str()).and_then(|origin| origin.split_once("://"));
    matches!((origin, host), (Some((_, origin)), Some(host)) if origin == host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| {
                (
                    axum::http::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn only_pages_of_this_site_may_post() {
        let host = ("host", "credit.example:8080");
        assert!(same_origin(&headers(&[
            host,
            ("origin", "https://credit.example:8080")
        ])));
        assert!(same_origin(&headers(&[
            host,
            ("sec-fetch-site", "same-origin")
        ])));
        for refused in [
            vec![host],
            vec![host, ("origin", "null")],
            vec![host, ("origin", "https://evil.example")],
            vec![host, ("origin", "https://credit.example")],
            vec![
                host,
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://credit.example:8080"),
            ],
            vec![host, ("sec-fetch-site", "same-site")],
            vec![host, ("sec-fetch-site", "none")],
        ] {
            assert!(!same_origin(&headers(&refused)), "{refused:?}");
        }
    }
}
