//! Look-up by code or name. A whole code leads straight to its subject.

use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use exchange::{lookup, search};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

struct Hit {
    id: String,
    /// The name in pieces: text, and whether it is what was asked for.
    name: Vec<(String, bool)>,
    code: String,
    kind: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct Search<'a> {
    f: &'a Frame,
    query: &'a str,
    problem: String,
    hits: Vec<Hit>,
    near: Vec<Hit>,
    next: String,
    rebuilding: bool,
}

pub(crate) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let query = ask.q.trim();
    if query.is_empty() {
        // The address without a question: the search box stands on the front page.
        return Redirect::to("/").into_response();
    }
    // A person's number is neither looked up nor said back, not even in a link.
    if !credit::content::personal_numbers(query).is_empty() {
        let reader = Reader {
            here: "/search?".to_owned(),
            ..reader
        };
        let text = Frame::new(&reader).t.get("search-personal");
        return show(&reader, "", text, None);
    }
    if looks_like_a_code(query) {
        return by_code(&site, &reader, query).await;
    }
    let after = crate::cursor::after(ask.after.as_deref());
    match search::by_name(&site.office, site.names.as_ref(), query, after.as_deref()).await {
        Ok(names) => show(&reader, query, String::new(), Some(names)),
        Err(error @ exchange::Error::Request(_)) => {
            show(&reader, query, error.message(reader.lang), None)
        }
        Err(error) => page::error(&reader, &error),
    }
}

/// The whole look-up, not the index alone: whom the public may not see is not found here.
async fn by_code(site: &Site, reader: &Reader, query: &str) -> Response {
    match lookup::by_code(&site.office, query, reader.lang).await {
        Ok(found) => Redirect::to(&format!("/subjects/{}", found.who.id)).into_response(),
        Err(exchange::Error::NotFound) => show(reader, query, String::new(), None),
        Err(error @ exchange::Error::Request(_)) => {
            show(reader, query, error.message(reader.lang), None)
        }
        Err(error) => page::error(reader, &error),
    }
}

/// Digits and Latin letters alone, about as long as the codes are: a code, whole or mistyped.
fn looks_like_a_code(text: &str) -> bool {
    let form = credit::text::tidy(text);
    let letters = form.chars().filter(|c| !matches!(c, ' ' | '-')).count();
    (8..=24).contains(&letters)
        && form
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'))
        && form.chars().filter(char::is_ascii_digit).count() >= 6
}

fn show(reader: &Reader, query: &str, problem: String, names: Option<search::Found>) -> Response {
    let f = Frame::new(reader);
    let status = if problem.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    let found = names.unwrap_or_default();
    let (hits, near) = found
        .hits
        .into_iter()
        .partition::<Vec<_>, _>(|one| one.kind.is_literal());
    let shown = |hits: Vec<search::FoundHit>| hits.iter().map(|one| hit(one, &f)).collect();
    let page = Search {
        f: &f,
        query,
        problem,
        hits: shown(hits),
        near: shown(near),
        next: crate::cursor::next(found.next.as_deref()),
        rebuilding: found.rebuilding,
    };
    page::answer(status, &f, &page)
}

/// A hit as the page shows it, with what matches marked.
fn hit(one: &search::FoundHit, f: &Frame) -> Hit {
    let code = one.hit.identifier.as_ref();
    Hit {
        id: one.hit.subject.to_string(),
        name: one.pieces(),
        code: code.map(|code| code.value().to_owned()).unwrap_or_default(),
        kind: f.t.get(&format!("kind-{}", one.hit.kind.code())),
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like_a_code;

    #[test]
    fn names_are_not_codes() {
        assert!(looks_like_a_code("91110000MA00000152"));
        assert!(looks_like_a_code(
            " ９１１１００００ＭＡ００００００１５２ "
        ));
        assert!(looks_like_a_code("12345678-9"));
        assert!(!looks_like_a_code("Acme Trading"));
        assert!(!looks_like_a_code("北京12345678"));
    }
}
