//! 数据清单: every theme, narrowed by a word, a class or a supplier.

use super::words;
use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::catalog::{Catalog, Theme};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Ask {
    #[serde(default)]
    q: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    supplier: String,
}

struct Row {
    code: String,
    title: String,
    about: String,
    class: String,
    suppliers: String,
    public: bool,
    items: u64,
}

struct Choice {
    value: String,
    title: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "catalog.html")]
struct Page<'a> {
    f: &'a Frame,
    ask: &'a Ask,
    classes: Vec<Choice>,
    suppliers: Vec<Choice>,
    rows: Vec<Row>,
    digest: &'a str,
}

pub(crate) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let f = Frame::new(&reader);
    let catalog = &site.office.catalog;
    let themes = super::current(catalog, site.office.today());
    let rows = themes
        .iter()
        .filter(|theme| fits(catalog, theme, &ask, &f))
        .map(|theme| row(catalog, theme, &f))
        .collect();
    let mut classes: Vec<Choice> = Vec::new();
    for theme in &themes {
        let value = words::class(theme.class);
        if !classes.iter().any(|one| one.value == value) {
            let title = f.t.get(&format!("class-{value}"));
            classes.push(Choice {
                value: value.to_owned(),
                title,
                chosen: ask.class == value,
            });
        }
    }
    let suppliers = catalog.suppliers.iter().map(|supplier| Choice {
        value: supplier.code.clone(),
        title: supplier.title.get(reader.lang).to_owned(),
        chosen: ask.supplier == supplier.code,
    });
    let page = Page {
        f: &f,
        ask: &ask,
        classes,
        suppliers: suppliers.collect(),
        rows,
        digest: &catalog.digest,
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn fits(catalog: &Catalog, theme: &Theme, ask: &Ask, f: &Frame) -> bool {
    let word = credit::text::name_form(&ask.q);
    let texts = [
        theme.code.as_str(),
        theme.title.get(f.t.lang),
        &theme.title.zh,
        theme.about.get(f.t.lang),
    ];
    let items = theme.items.iter().map(|item| item.title.get(f.t.lang));
    let found = word.is_empty()
        || texts
            .into_iter()
            .chain(items)
            .any(|text| credit::text::name_form(text).contains(&word));
    let sends = theme.suppliers.contains(&ask.supplier)
        || (theme.any_authority && catalog.supplier(&ask.supplier).is_none());
    found
        && (ask.class.is_empty() || words::class(theme.class) == ask.class)
        && (ask.supplier.is_empty() || sends)
}

fn row(catalog: &Catalog, theme: &Theme, f: &Frame) -> Row {
    Row {
        code: theme.code.clone(),
        title: theme.title.get(f.t.lang).to_owned(),
        about: theme.about.get(f.t.lang).to_owned(),
        class: f.t.get(&format!("class-{}", words::class(theme.class))),
        suppliers: words::suppliers(catalog, theme, f),
        public: theme.public,
        items: theme.items.len() as u64,
    }
}
