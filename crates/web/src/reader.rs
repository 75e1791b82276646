//! Who reads: the language, told in the address, else remembered, else of the browser.

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Uri};
use credit::lang::Lang;
use std::convert::Infallible;

/// The reader of a request.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// The language of the answer.
    pub(crate) lang: Lang,
    /// Told in this request's address: remembered by a cookie.
    pub(crate) told: bool,
    /// The larger, elder-friendly mode.
    pub(crate) large: bool,
    /// Path and query without `lang`, for the links that change the language.
    pub(crate) here: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Infallible> {
        Ok(Reader::of(&parts.uri, &parts.headers))
    }
}

impl Reader {
    /// The reader of an address and its headers.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Reader {
        let query = uri.query().unwrap_or_default();
        let told = value(query, '&', "lang").and_then(Lang::parse);
        let cookies = header(headers, COOKIE);
        let lang = told
            .or_else(|| value(cookies, ';', "lang").and_then(Lang::parse))
            .or_else(|| accepted(header(headers, ACCEPT_LANGUAGE)))
            .unwrap_or_default();
        let large =
            value(query, '&', "size").or_else(|| value(cookies, ';', "size")) == Some("large");
        Reader {
            lang,
            told: told.is_some(),
            large,
            here: here(uri.path(), query),
        }
    }
}

/// The text of a header; empty where there is none.
pub(crate) fn header(headers: &HeaderMap, name: HeaderName) -> &str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The value of a name in a query or a list of cookies.
pub(crate) fn value<'t>(text: &'t str, between: char, name: &str) -> Option<&'t str> {
    text.split(between)
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The first language of ours in `Accept-Language`; weights are in order in every browser.
fn accepted(list: &str) -> Option<Lang> {
    list.split(',')
        .take(16)
        .find_map(|entry| Lang::parse(entry.split(';').next()?.trim()))
}

fn here(path: &str, query: &str) -> String {
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang=") && !pair.starts_with("size="))
        .collect();
    let mut here = format!("{path}?");
    for pair in kept {
        here.push_str(pair);
        here.push('&');
    }
    here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_decides_when_nobody_told() {
        assert_eq!(accepted("de,ru;q=0.8,en;q=0.5"), Some(Lang::Ru));
        assert_eq!(accepted("zh-CN,zh;q=0.9"), Some(Lang::Zh));
        assert_eq!(accepted("de"), None);
    }

    #[test]
    fn links_keep_the_query_and_drop_the_language() {
        assert_eq!(here("/search", "q=ab&lang=ru"), "/search?q=ab&");
        assert_eq!(here("/", ""), "/?");
    }
}
