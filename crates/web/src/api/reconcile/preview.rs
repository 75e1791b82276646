//! `GET /api/v1/reconcile/preview/{id}`: a small page about a subject, to stand in a frame.

use crate::Site;
use crate::page;
use crate::problem::Problem;
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use exchange::matching::{self, Match};

#[derive(Template)]
#[template(path = "preview.html")]
struct Preview<'a> {
    f: &'a page::Frame,
    one: &'a Match,
    kind: &'static str,
    /// Titles and values of its codes.
    codes: Vec<(String, String)>,
}

/// Everybody may put this one page into a frame: it has no form and no script.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; \
                      base-uri 'none'; frame-ancestors *";

pub(super) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let found = matching::one(&site.office, &id).await;
    let found = found.map_err(|error| Problem::of(&error, reader.lang))?;
    let Some(one) = found else {
        return Err(Problem::known(
            StatusCode::NOT_FOUND,
            "not-found",
            reader.lang,
        ));
    };
    let f = page::Frame::new(&reader);
    let title = |code: &credit::identifier::Identifier| {
        f.t.get(&format!("reconcile-property-{}", code.system().code()))
    };
    let codes = one.identifiers.iter();
    let preview = Preview {
        codes: codes
            .map(|code| (title(code), code.value().to_owned()))
            .collect(),
        f: &f,
        kind: one.kind.title(reader.lang),
        one: &one,
    };
    let mut response = page::answer(StatusCode::OK, &f, &preview);
    let policy = HeaderValue::from_static(POLICY);
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
