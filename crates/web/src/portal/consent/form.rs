//! What the forms share by which a consent is given, at the window and by the person alone: what is agreed
//! to is chosen and ticked item by item, and number and word are shown once.

use super::super::sharing::{Line, items as titles};
use super::super::supply::{field, supplier_title, theme_title};
use super::lines;
use crate::Site;
use crate::page::Frame;
use crate::qr::Picture;
use axum::http::HeaderMap;
use credit::consent::may_end;
use credit::subject::SubjectKind;
use exchange::Error;
use exchange::consent::{self, Given, Terms};
use exchange::report::standing::grouped;
use jiff::civil::Date;

/// The fields of a form as they came.
pub(in crate::portal) type Fields = [(String, String)];

/// Something to choose or to tick.
pub(in crate::portal) struct Choice {
    /// Its code in the form.
    pub(in crate::portal) code: String,
    /// Its title in the reader's language.
    pub(in crate::portal) title: String,
    /// It was chosen before.
    pub(in crate::portal) chosen: bool,
}

/// A theme with the items that may be agreed to.
pub(in crate::portal) struct Theme {
    /// Its title.
    pub(in crate::portal) title: String,
    /// Its items.
    pub(in crate::portal) items: Vec<Choice>,
}

/// What may be chosen.
pub(in crate::portal) struct Choices {
    /// Agencies that may look.
    pub(in crate::portal) agencies: Vec<Choice>,
    /// Purposes of today that concern persons.
    pub(in crate::portal) purposes: Vec<Choice>,
    /// Themes that take persons.
    pub(in crate::portal) themes: Vec<Theme>,
    /// How long a consent may last, in a sentence.
    pub(in crate::portal) longest: String,
}

impl Choices {
    /// What may be chosen today, with what was chosen before.
    pub(in crate::portal) fn new(site: &Site, f: &Frame, fields: &Fields) -> Choices {
        let longest = u64::from(consent::longest(&site.office));
        Choices {
            agencies: agencies(site, f, field(fields, "agency")),
            purposes: purposes(site, f, field(fields, "purpose")),
            themes: themes(site, f, &ticked(fields)),
            longest: f.t.count("consent-longest", longest),
        }
    }
}

/// What the person shows, and what the person keeps.
pub(in crate::portal) struct Slip {
    /// Where the word withdraws.
    pub(in crate::portal) address: String,
    /// The number, in groups.
    pub(in crate::portal) number: String,
    /// The word, likewise.
    pub(in crate::portal) word: String,
    /// Picture of the number's address.
    pub(in crate::portal) picture: Picture,
    /// What is allowed, save its items: names of texts, and values.
    pub(in crate::portal) lines: Vec<(&'static str, String)>,
    /// The items.
    pub(in crate::portal) items: Vec<Line>,
}

impl Slip {
    /// The slip of a consent that was just given.
    ///
    /// # Errors
    /// [`Error::Inner`] where the picture could not be made.
    pub(in crate::portal) fn new(
        site: &Site,
        f: &Frame,
        headers: &HeaderMap,
        given: &Given,
    ) -> Result<Slip, Error> {
        let host = site.address(headers);
        let number = grouped(&given.number);
        let link = match host.as_str() {
            "" => number.clone(),
            host => format!("{host}/consents/{}", given.number),
        };
        let items = &given.consent.scope.items;
        Ok(Slip {
            picture: Picture::of(&link)
                .map_err(|cause| Error::inner("a picture could not be made", cause))?,
            address: format!("{host}/consents"),
            word: grouped(&given.word),
            lines: lines(site, f, &given.consent),
            items: titles(&site.office.catalog, items, f.t.lang),
            number,
        })
    }
}

/// The items that were ticked.
pub(in crate::portal) fn ticked(fields: &Fields) -> Vec<String> {
    let own = fields.iter().filter(|(key, _)| key == "item");
    own.map(|(_, value)| value.clone()).collect()
}

/// What is agreed to; `items` are those ticked, parted by spaces.
pub(in crate::portal) fn terms<'f>(fields: &'f Fields, items: &'f str) -> Terms<'f> {
    Terms {
        agency: field(fields, "agency"),
        purpose: field(fields, "purpose"),
        items,
        case: field(fields, "case"),
        once: field(fields, "once") == "1",
        until: until(fields),
    }
}

/// At which field a refusal is told; `rest` where it is neither the items nor the day.
pub(in crate::portal) fn at(site: &Site, fields: &Fields, rest: &'static str) -> &'static str {
    let office = &site.office;
    let (today, longest) = (office.today(), consent::longest(office));
    let ends = until(fields).is_some_and(|day| may_end(today, day, longest));
    match (ticked(fields).is_empty(), ends) {
        (true, _) => "items",
        (false, false) => "until",
        (false, true) => rest,
    }
}

fn until(fields: &Fields) -> Option<Date> {
    field(fields, "until").parse().ok()
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
