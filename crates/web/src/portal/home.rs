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
    suppliers: usize,
    themes: usize,
    /// The day of the newest submission; empty before the first.
    newest: String,
}

pub(crate) async fn get(State(site): State<Site>, reader: Reader) -> Response {
    let f = Frame::new(&reader);
    let held = match exchange::browse::held(&site.office).await {
        Ok(held) => held,
        Err(error) => return page::error(&reader, &error),
    };
    let newest = match exchange::supply::submissions(&site.office, None, None).await {
        Ok(page) => page.rows.first().map(|one| page::moment(one.received_at.0)),
        Err(error) => return page::error(&reader, &error),
    };
    let day = |moment: String| moment.chars().take_while(|c| *c != ' ').collect();
    let home = Home {
        f: &f,
        submissions: held.submissions,
        facts: held.rows.accepted,
        suppliers: site.office.catalog.suppliers.len(),
        newest: newest.map(day).unwrap_or_default(),
        themes: super::catalog::current(&site.office.catalog, site.office.today()).len(),
    };
    page::answer(StatusCode::OK, &f, &home)
}
