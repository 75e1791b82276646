//! The front page: one search box.

use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    f: &'a Frame,
    submissions: u64,
    facts: u64,
    themes: usize,
}

pub(crate) async fn get(State(site): State<Site>, reader: Reader) -> Response {
    let f = Frame::new(&reader);
    let held = match exchange::browse::held(&site.office).await {
        Ok(held) => held,
        Err(error) => return page::error(&reader, &error),
    };
    let home = Home {
        f: &f,
        submissions: held.submissions,
        facts: held.rows.accepted,
        themes: super::catalog::current(&site.office.catalog, site.office.today()).len(),
    };
    page::answer(StatusCode::OK, &f, &home)
}
