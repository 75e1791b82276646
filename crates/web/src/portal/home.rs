//! The front page: one search box, and what the site holds.

use super::announcements::list::{self, Item};
use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use credit::lang::Lang;
use exchange::announcements::{ON_FRONT, in_force};

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    f: &'a Frame,
    subjects: String,
    records: String,
    suppliers: usize,
    themes: usize,
    /// The day of the newest submission; empty before the first.
    newest: String,
    announcements: Vec<Item>,
}

pub(crate) async fn get(State(site): State<Site>, reader: Reader) -> Response {
    let f = Frame::new(&reader);
    let held = match exchange::browse::figures(&site.office).await {
        Ok(held) => held,
        Err(error) => return page::error(&reader, &error),
    };
    let announced = match in_force(&site.office, None, ON_FRONT).await {
        Ok(page) => page.rows,
        Err(error) => return page::error(&reader, &error),
    };
    let newest = held.newest.map(exchange::office::date_of);
    let home = Home {
        f: &f,
        subjects: grouped(held.subjects, f.t.lang),
        records: grouped(held.records, f.t.lang),
        suppliers: site.office.catalog.suppliers.len(),
        newest: newest.map(|day| day.to_string()).unwrap_or_default(),
        announcements: announced.iter().map(|one| list::item(one, &f)).collect(),
        themes: super::catalog::current(&site.office.catalog, site.office.today()).len(),
    };
    page::answer(StatusCode::OK, &f, &home)
}

/// A number as its reader writes it: 1,234,567 in Chinese and English; in Russian with spaces that
/// do not break, from five digits on.
fn grouped(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let (between, from) = match lang {
        Lang::Zh | Lang::En => (',', 4),
        Lang::Ru => ('\u{a0}', 5),
    };
    if digits.len() < from {
        return digits;
    }
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(between);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_reader_writes_them() {
        for (number, zh, ru) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_000, "1,000", "1000"),
            (12_345, "12,345", "12\u{a0}345"),
            (540_000_000, "540,000,000", "540\u{a0}000\u{a0}000"),
        ] {
            assert_eq!(grouped(number, Lang::Zh), zh);
            assert_eq!(grouped(number, Lang::En), zh);
            assert_eq!(grouped(number, Lang::Ru), ru);
        }
    }
}
