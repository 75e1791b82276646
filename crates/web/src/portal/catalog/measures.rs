//! 惩戒措施清单: every measure that this site knows, with its basis, whom it meets, who applies it, how
//! long it lasts, how it is lifted and what one may do against it. A measure that is not here may not be
//! applied; one of an edition that only demonstrates is said to be one.

use super::words::{self, BasisLine};
use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::measure::{Class, Edition, Measure, Term, Word};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    q: String,
    #[serde(default)]
    class: String,
}

/// A measure in words.
struct Row {
    code: String,
    title: String,
    class: String,
    whom: String,
    organs: String,
    acts: String,
    items: String,
    term: String,
    bases: Vec<BasisLine>,
    lift: String,
    remedy: String,
}

/// An edition with those of its measures that fit the question.
struct List<'a> {
    edition: &'a Edition,
    title: &'a str,
    until: String,
    rows: Vec<Row>,
}

struct Choice {
    value: &'static str,
    title: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "measures.html")]
struct Page<'a> {
    f: &'a Frame,
    ask: &'a Ask,
    classes: Vec<Choice>,
    lists: Vec<List<'a>>,
    found: u64,
}

pub(super) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let f = Frame::new(&reader);
    let today = site.office.today();
    let editions = site.office.catalog.measures.iter();
    let editions = editions.filter(|one| one.is_effective(today) && one.published_on <= today);
    let lists: Vec<List<'_>> = editions.map(|one| list(one, &ask, &f)).collect();
    let classes = ["I", "II", "III"].map(|value| Choice {
        value,
        title: f.t.get(&format!("measure-class-{value}")),
        chosen: ask.class == value,
    });
    let page = Page {
        f: &f,
        ask: &ask,
        classes: classes.into(),
        found: lists.iter().map(|list| list.rows.len() as u64).sum(),
        lists,
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn list<'a>(edition: &'a Edition, ask: &Ask, f: &Frame) -> List<'a> {
    let word = credit::text::name_form(&ask.q);
    let of_class = |one: &&Measure| ask.class.is_empty() || class(one.class) == ask.class;
    let rows = edition.measures.iter().filter(of_class);
    let rows = rows.map(|one| row(edition, one, f));
    let fits = |one: &Row| {
        let laws = one.bases.iter().map(|basis| basis.law.as_str());
        let texts = [&one.code, &one.title, &one.acts, &one.items, &one.organs];
        let mut texts = texts.into_iter().map(String::as_str).chain(laws);
        word.is_empty() || texts.any(|text| credit::text::name_form(text).contains(&word))
    };
    List {
        edition,
        title: edition.title.get(f.t.lang),
        until: edition
            .valid_to
            .map(|day| day.to_string())
            .unwrap_or_default(),
        rows: rows.filter(fits).collect(),
    }
}

fn row(edition: &Edition, measure: &Measure, f: &Frame) -> Row {
    let kinds = measure.kinds.iter();
    let kinds = kinds.map(|kind| f.t.get(&format!("kind-{}", kind.code())));
    let roles = measure.roles.iter().filter(|role| role.code() != "subject");
    let roles = roles.map(|role| f.t.get(&format!("measure-role-{}", role.code())));
    let acts = measure.grounds.iter().map(|on| on.act.as_str());
    let organs = measure.organs.iter().map(String::as_str);
    Row {
        code: measure.code.clone(),
        title: measure.title.get(f.t.lang).to_owned(),
        class: f.t.get(&format!("measure-class-{}", class(measure.class))),
        whom: kinds.chain(roles).collect::<Vec<_>>().join(" · "),
        organs: titles(&edition.words.organs, organs, f),
        acts: titles(&edition.words.acts, acts, f),
        items: titles(&edition.words.items, measure.items().into_iter(), f),
        term: term(measure.term, f),
        bases: measure
            .bases
            .iter()
            .map(|one| words::basis(&one.basis, f))
            .collect(),
        lift: measure.lift.get(f.t.lang).to_owned(),
        remedy: measure.remedy.get(f.t.lang).to_owned(),
    }
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Reducing => "I",
        Class::Managing => "II",
        Class::Informing => "III",
    }
}

/// Codes as their titles, in the reader's language.
fn titles<'a>(words: &[Word], codes: impl Iterator<Item = &'a str>, f: &Frame) -> String {
    let titles = codes.map(|code| {
        let known = words.iter().find(|word| word.code == code);
        known.map_or(code, |word| word.title.get(f.t.lang))
    });
    titles.collect::<Vec<_>>().join(" · ")
}

fn term(term: Term, f: &Frame) -> String {
    match term {
        Term::WhileInForce => f.t.get("measure-term-fact"),
        Term::ByOrder => f.t.get("measure-term-order"),
        Term::Fixed { min, max } if min == max => words::span(Some(max), f),
        Term::Fixed { min, max } => {
            let (min, max) = (words::span(Some(min), f), words::span(Some(max), f));
            format!("{min} – {max}")
        }
    }
}
