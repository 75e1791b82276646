//! A natural person's consent at the service window: what is agreed to is ticked item by item, and the
//! person leaves with a number to show and a word to withdraw it by. Both are shown once.

use super::super::sharing::{Line, items as titles};
use super::super::supply::{Fault, fault_of, field, supplier_title, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::qr::Picture;
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use credit::consent::may_end;
use credit::people::Action;
use credit::subject::SubjectKind;
use exchange::Error;
use exchange::consent::{self, Ask, Given};
use exchange::persons::Number;
use exchange::report::standing::grouped;
use jiff::civil::Date;

type Fields = [(String, String)];

/// Something to choose or to tick.
struct Choice {
    code: String,
    title: String,
    chosen: bool,
}

/// A theme with the items that may be agreed to.
struct Theme {
    title: String,
    items: Vec<Choice>,
}

/// What the person takes home.
struct Slip {
    address: String,
    number: String,
    word: String,
    picture: Picture,
    lines: Vec<(&'static str, String)>,
    items: Vec<Line>,
}

#[derive(Template)]
#[template(path = "window/consent.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    /// Whether sealed storage is open.
    open: bool,
    faults: Vec<Fault>,
    fields: &'a Fields,
    agencies: Vec<Choice>,
    purposes: Vec<Choice>,
    themes: Vec<Theme>,
    longest: String,
    slip: Option<Slip>,
    withdrawn: String,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }

    /// What was typed, to be kept when something is wrong with it. The number is not.
    fn typed(&self, name: &str) -> &str {
        field(self.fields, name)
    }
}

/// What a page says besides its form.
#[derive(Default)]
struct Told {
    faults: Vec<Fault>,
    slip: Option<Slip>,
    withdrawn: Option<u64>,
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    match clerk.must(Action::PersonConsent) {
        Ok(()) => show(&site, &reader, &clerk, &[], Told::default()),
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if let Err(error) = clerk.must(Action::PersonConsent) {
        return page::error(&reader, &error);
    }
    let told = match given(&site, &clerk, &fields).await {
        Ok(given) => match slip(&site, &reader, &headers, &given) {
            Ok(slip) => Told {
                slip: Some(slip),
                ..Told::default()
            },
            Err(error) => return page::error(&reader, &error),
        },
        Err((name, error @ Error::Request(_))) => Told {
            faults: vec![Fault::new(name, error.message(reader.lang))],
            ..Told::default()
        },
        Err((_, error)) => return page::error(&reader, &error),
    };
    show(&site, &reader, &clerk, &fields, told)
}

/// Withdraws whatever the person agreed to, for who lost the paper.
pub(super) async fn post_withdraw(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    if let Err(error) = clerk.must(Action::PersonConsent) {
        return page::error(&reader, &error);
    }
    let made = async {
        let number = Number::parse(field(&fields, "withdraw"))?;
        consent::withdraw_all(&site.office, &clerk.actor.acting(), &number).await
    };
    let told = match made.await {
        Ok(count) => Told {
            withdrawn: Some(count),
            ..Told::default()
        },
        Err(error @ Error::Request(_)) => Told {
            faults: vec![Fault::new("withdraw", error.message(reader.lang))],
            ..Told::default()
        },
        Err(error) => return page::error(&reader, &error),
    };
    show(&site, &reader, &clerk, &[], told)
}

fn of(fields: &Fields, name: &str) -> Vec<String> {
    let own = fields.iter().filter(|(key, _)| key == name);
    own.map(|(_, value)| value.clone()).collect()
}

fn until(fields: &Fields) -> Option<Date> {
    field(fields, "until").parse().ok()
}

/// The consent, or what is wrong and at which field.
async fn given(
    site: &Site,
    clerk: &Clerk,
    fields: &Fields,
) -> Result<Given, (&'static str, Error)> {
    let office = &site.office;
    let number = Number::parse(field(fields, "number")).map_err(|error| ("number", error))?;
    let items = of(fields, "item").join(" ");
    let ask = Ask {
        number: &number,
        seen: field(fields, "seen"),
        agency: field(fields, "agency"),
        purpose: field(fields, "purpose"),
        items: &items,
        case: field(fields, "case"),
        once: field(fields, "once") == "1",
        until: until(fields),
    };
    let made = consent::give(office, &clerk.actor.acting(), &ask).await;
    let (today, longest) = (office.today(), consent::longest(office));
    made.map_err(|error| {
        let ends = until(fields).is_some_and(|day| may_end(today, day, longest));
        let at = match (items.is_empty(), ends) {
            (true, _) => "items",
            (false, false) => "until",
            (false, true) => "seen",
        };
        (at, error)
    })
}

fn slip(site: &Site, reader: &Reader, headers: &HeaderMap, given: &Given) -> Result<Slip, Error> {
    let host = site.address(headers);
    let number = grouped(&given.number);
    let link = match host.as_str() {
        "" => number.clone(),
        host => format!("{host}/consents/{}", given.number),
    };
    let f = Frame::new(reader);
    Ok(Slip {
        picture: Picture::of(&link)
            .map_err(|cause| Error::inner("a picture could not be made", cause))?,
        address: format!("{host}/consents"),
        word: grouped(&given.word),
        lines: super::super::consent::lines(site, &f, &given.consent),
        items: titles(
            &site.office.catalog,
            &given.consent.scope.items,
            reader.lang,
        ),
        number,
    })
}

fn show(site: &Site, reader: &Reader, clerk: &Clerk, fields: &Fields, told: Told) -> Response {
    let f = Frame::new(reader);
    let open = site.office.persons.is_some();
    let status = match told.faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = Page {
        open,
        clerk,
        // Where sealed storage is not open there is no form either, and the page says why.
        faults: if open { told.faults } else { Vec::new() },
        fields,
        agencies: agencies(site, &f, field(fields, "agency")),
        purposes: purposes(site, &f, field(fields, "purpose")),
        themes: themes(site, &f, &of(fields, "item")),
        longest: f
            .t
            .count("consent-longest", u64::from(consent::longest(&site.office))),
        slip: told.slip,
        withdrawn: told
            .withdrawn
            .map(|count| f.t.count("consent-withdrawn-count", count))
            .unwrap_or_default(),
        f: &f,
    };
    page::answer(status, &f, &page)
}

fn agencies(site: &Site, f: &Frame, chosen: &str) -> Vec<Choice> {
    let catalog = &site.office.catalog;
    let all = catalog.suppliers.iter();
    all.map(|one| Choice {
        code: one.code.clone(),
        title: supplier_title(catalog, &one.code, f.t.lang),
        chosen: one.code == chosen,
    })
    .collect()
}

/// Purposes of today that concern persons.
fn purposes(site: &Site, f: &Frame, chosen: &str) -> Vec<Choice> {
    let today = site.office.today();
    let all = site.office.catalog.purposes.iter();
    all.filter(|one| one.is_effective(today) && one.kinds.contains(&SubjectKind::NaturalPerson))
        .map(|one| Choice {
            code: one.code.clone(),
            title: one.title.get(f.t.lang).to_owned(),
            chosen: one.code == chosen,
        })
        .collect()
}

fn themes(site: &Site, f: &Frame, chosen: &[String]) -> Vec<Theme> {
    let (catalog, lang) = (&site.office.catalog, f.t.lang);
    let all = consent::items(&site.office);
    let of_theme = |code: &str| {
        let theme = catalog.theme(code, site.office.today());
        let own = all.pairs().filter(|(of, _)| *of == code);
        own.map(|(_, item)| {
            let found = theme.and_then(|theme| theme.items.get(theme.item(item)?));
            let pair = format!("{code}/{item}");
            Choice {
                title: found.map_or(item, |found| found.title.get(lang)).to_owned(),
                chosen: chosen.contains(&pair),
                code: pair,
            }
        })
        .collect()
    };
    all.themes()
        .map(|code| Theme {
            title: theme_title(catalog, code, lang),
            items: of_theme(code),
        })
        .collect()
}
