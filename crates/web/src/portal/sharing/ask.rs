//! Asking for a grant: first of which theme of whom, then which items and for what. One theme a page;
//! the interface and the command line take several at once.

use super::Choice;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{field, supplier_title, theme_title};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::catalog::{Exposure, Theme};
use credit::grant::EVERY_SUPPLIER;
use credit::people::Action;
use credit::subject::SubjectKind;
use exchange::Error;
use exchange::sharing::{self, NewAsk};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    theme: String,
}

#[derive(Template)]
#[template(path = "sharing/ask.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    refusal: String,
    theme: String,
    class: String,
    themes: Vec<Choice>,
    suppliers: Vec<Choice>,
    items: Vec<Choice>,
    purposes: Vec<Choice>,
    kinds: Vec<Choice>,
    fields: &'a [(String, String)],
}

impl Page<'_> {
    /// What was sent for a field, to be shown again.
    fn sent(&self, name: &str) -> &str {
        field(self.fields, name)
    }
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    if !clerk.can(Action::GrantAsk.code()) {
        return page::error(&reader, &Error::Forbidden);
    }
    let fields = [("theme".to_owned(), ask.theme)];
    show(&site, &reader, &clerk, &fields, String::new())
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let who = clerk.actor.acting();
    let agency = Some(field(&fields, "agency"));
    match sharing::ask(&site.office, &who, agency, &new(&fields)).await {
        Ok((id, _)) => Redirect::to(&format!("/sharing/grants/{id}")).into_response(),
        Err(Error::Request(text)) => {
            let refusal = text.get(reader.lang).to_owned();
            show(&site, &reader, &clerk, &fields, refusal)
        }
        Err(error) => page::error(&reader, &error),
    }
}

fn of(fields: &[(String, String)], name: &str) -> Vec<String> {
    let own = fields.iter().filter(|(key, _)| key == name);
    own.map(|(_, value)| value.clone()).collect()
}

fn new(fields: &[(String, String)]) -> NewAsk {
    let text = |name: &str| field(fields, name).to_owned();
    let words = |name: &str| -> Vec<String> {
        let list = field(fields, name).split([',', '，', ';', '；', '\n', '\r']);
        list.map(str::to_owned).collect()
    };
    let number = |name: &str| field(fields, name).parse().unwrap_or(0);
    NewAsk {
        supplier: text("supplier"),
        items: of(fields, "item").join(" "),
        purposes: of(fields, "purpose"),
        kinds: of(fields, "kind"),
        basis: text("basis"),
        power: text("power"),
        impact: text("impact"),
        units: words("units"),
        areas: words("areas"),
        from: None,
        until: field(fields, "until").parse().ok(),
        per_day: number("per_day"),
        in_all: number("in_all"),
        reason: text("reason"),
    }
}

fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    fields: &[(String, String)],
    refusal: String,
) -> Response {
    let f = Frame::new(reader);
    let lang = f.t.lang;
    let (catalog, today) = (&site.office.catalog, site.office.today());
    let theme = catalog.theme(field(fields, "theme"), today);
    let chosen = |name: &str, code: &str| {
        fields
            .iter()
            .any(|(key, value)| key == name && value == code)
    };
    let purposes = catalog
        .purposes
        .iter()
        .filter(|one| one.is_effective(today));
    let status = match refusal.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Page {
        clerk,
        refusal,
        theme: theme.map(|theme| theme.code.clone()).unwrap_or_default(),
        class: theme.map(|theme| class(theme, &f)).unwrap_or_default(),
        themes: themes(site, &f, field(fields, "theme")),
        suppliers: theme
            .map(|theme| suppliers(site, theme, &f))
            .unwrap_or_default(),
        items: theme
            .map(|theme| items(theme, &f, |code| chosen("item", code)))
            .unwrap_or_default(),
        purposes: purposes
            .map(|one| Choice {
                title: one.title.get(lang).to_owned(),
                chosen: chosen("purpose", &one.code),
                code: one.code.clone(),
            })
            .collect(),
        kinds: SubjectKind::ALL
            .iter()
            .map(|kind| Choice {
                title: kind.title(lang).to_owned(),
                chosen: chosen("kind", kind.code()),
                code: kind.code().to_owned(),
            })
            .collect(),
        fields,
        f: &f,
    };
    page::answer(status, &f, &page)
}

fn class(theme: &Theme, f: &Frame) -> String {
    use credit::catalog::SharingClass;
    f.t.get(match theme.sharing.class {
        SharingClass::Unconditional => "sharing-class-unconditional",
        SharingClass::Conditional => "sharing-class-conditional",
        SharingClass::NotShared => "sharing-class-not",
    })
}

fn themes(site: &Site, f: &Frame, chosen: &str) -> Vec<Choice> {
    let (catalog, today) = (&site.office.catalog, site.office.today());
    let themes = catalog.themes.iter();
    let themes = themes.filter(|theme| theme.is_effective(today));
    themes
        .map(|theme| Choice {
            title: theme_title(catalog, &theme.code, f.t.lang),
            chosen: theme.code == chosen,
            code: theme.code.clone(),
        })
        .collect()
}

fn suppliers(site: &Site, theme: &Theme, f: &Frame) -> Vec<Choice> {
    let every = Choice {
        code: EVERY_SUPPLIER.to_owned(),
        title: f.t.get("sharing-every"),
        chosen: false,
    };
    let own = theme.suppliers.iter().map(|code| Choice {
        code: code.clone(),
        title: supplier_title(&site.office.catalog, code, f.t.lang),
        chosen: false,
    });
    own.chain([every]).collect()
}

/// Items that a supplier can grant: those for the public and for government.
fn items(theme: &Theme, f: &Frame, chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
    let items = theme.items.iter();
    let items = items.filter(|item| item.exposure <= Exposure::Government);
    items
        .map(|item| {
            let code = format!("{}/{}", theme.code, item.code);
            Choice {
                title: item.title.get(f.t.lang).to_owned(),
                chosen: chosen(&code),
                code,
            }
        })
        .collect()
}
