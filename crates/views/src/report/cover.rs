//! Cover and explanation: whom the report is about, for which times, what it is and is not.

use super::ReportAsk;
use super::model::{Line, Who};
use crate::show;
use crate::text::{Msg, label, notice};
use credit::catalog::Catalog;
use credit::identifier::{Identifier, System};
use credit::lang::Lang;
use credit::record::{AsOf, Instant, Subject};
use credit::subject::SubjectKind;
use policy::{Dossier, Purpose};

/// The title, by kind of subject: the standard keeps reports on people apart.
pub(super) fn title(dossier: &Dossier, lang: Lang) -> String {
    let title = if dossier.subject().kind.is_organisation() {
        &label::TITLE_ORGANISATION
    } else {
        &label::TITLE_PERSON
    };
    title.get(lang).to_owned()
}

/// One printed line with a label of ours.
pub(super) fn line(code: &str, label: &Msg, lang: Lang, value: impl Into<String>) -> Line {
    Line {
        code: code.to_owned(),
        label: label.get(lang).to_owned(),
        value: value.into(),
    }
}

/// The subject as lines. A person's identifiers are never among them, whoever asks.
pub(crate) fn who(subject: &Subject, lang: Lang) -> Who {
    let identifiers: Vec<Line> = subject
        .identifiers
        .iter()
        .filter(|identifier| !identifier.is_personal())
        .map(|identifier| identifier_line(identifier, lang))
        .collect();
    let mut lines = vec![line("name", &label::NAME, lang, subject.name.as_str())];
    if !subject.other_names.is_empty() {
        let names = subject.other_names.join(label::LIST_JOIN.get(lang));
        lines.push(line("other-names", &label::OTHER_NAMES, lang, names));
    }
    lines.push(line(
        "kind",
        &label::KIND,
        lang,
        kind(subject.kind).get(lang),
    ));
    lines.extend(identifiers.iter().cloned());
    Who {
        id: subject.id,
        kind: subject.kind,
        name: subject.name.clone(),
        other_names: subject.other_names.clone(),
        identifiers,
        lines,
    }
}

fn identifier_line(identifier: &Identifier, lang: Lang) -> Line {
    let label = match identifier.system() {
        System::Uscc => &label::ID_USCC,
        System::OrgCode => &label::ID_ORG,
        System::RegNo => &label::ID_REG,
        System::TaxNo => &label::ID_TAX,
        System::Lei => &label::ID_LEI,
        _ => &label::ID_OTHER,
    };
    line(identifier.system().code(), label, lang, identifier.value())
}

/// The name of a kind of subject.
#[must_use]
pub(crate) fn kind(kind: SubjectKind) -> &'static Msg {
    match kind {
        SubjectKind::Enterprise => &label::KIND_ENTERPRISE,
        SubjectKind::SocialOrganisation => &label::KIND_SOCIAL,
        SubjectKind::PublicInstitution => &label::KIND_INSTITUTION,
        SubjectKind::GovernmentAgency => &label::KIND_AGENCY,
        SubjectKind::OtherOrganisation => &label::KIND_OTHER,
        SubjectKind::IndividualBusiness => &label::KIND_BUSINESS,
        SubjectKind::NaturalPerson => &label::KIND_PERSON,
    }
}

/// The cover's lines. All three times are always printed: a report never leaves its day open.
pub(super) fn lines(catalog: &Catalog, dossier: &Dossier, ask: &ReportAsk) -> Vec<Line> {
    let lang = ask.lang;
    let at = dossier.at();
    let themes = match &ask.themes {
        None => label::ALL_THEMES.get(lang).to_owned(),
        Some(codes) => theme_titles(catalog, codes, at, lang),
    };
    let period = match ask.period {
        None => label::ALL_TIME.get(lang).to_owned(),
        Some((from, to)) => label::FROM_TO.fill(
            lang,
            &[("from", &show::date(from)), ("to", &show::date(to))],
        ),
    };
    vec![
        line("number", &label::REPORT_NUMBER, lang, ask.number.as_str()),
        line(
            "purpose",
            &label::REPORT_PURPOSE,
            lang,
            dossier.purpose().title(lang),
        ),
        line("known", &label::KNOWN_AT, lang, known(at)),
        line("on", &label::STATE_ON, lang, show::date(at.on)),
        line("today", &label::SHOWN_ON, lang, show::date(at.today)),
        line("themes", &label::THEMES, lang, themes),
        line("period", &label::PERIOD, lang, period),
    ]
}

/// The instant of knowledge. A whole day is named by its date alone, whether it is over or not: a
/// report of today says nothing about its remaining hours. "Everything until now" is one of today.
fn known(at: AsOf) -> String {
    let next = Instant(at.known.0.saturating_add(1));
    match (show::day(at.known), show::day(next)) {
        (Some(day), Some(after)) if day == after => show::instant(at.known),
        (Some(day), _) => Some(show::date(day)),
        (None, _) => None,
    }
    .unwrap_or_else(|| show::date(at.today))
}

/// Titles of the chosen themes in the order asked; a code that is no theme is printed as asked.
fn theme_titles(catalog: &Catalog, codes: &[String], at: AsOf, lang: Lang) -> String {
    let titles: Vec<&str> = codes
        .iter()
        .map(|code| {
            let theme = catalog
                .theme(code, at.today)
                .or_else(|| catalog.edition(code, ""));
            theme.map_or(code.as_str(), |theme| theme.title.get(lang))
        })
        .collect();
    titles.join(label::LIST_JOIN.get(lang))
}

/// 报告说明, a paragraph each.
pub(super) fn notices(catalog: &Catalog, dossier: &Dossier, ask: &ReportAsk) -> Vec<String> {
    let lang = ask.lang;
    let at = dossier.at();
    let own = dossier.purpose() == Purpose::OwnReport;
    let plain = |text: &Msg| Some(text.get(lang).to_owned());
    let chosen = ask.themes.as_ref().map(|codes| {
        let titles = theme_titles(catalog, codes, at, lang);
        notice::CHOSEN_THEMES.fill(lang, &[("themes", &titles)])
    });
    let period = ask.period.map(|(from, to)| {
        notice::CHOSEN_PERIOD.fill(
            lang,
            &[("from", &show::date(from)), ("to", &show::date(to))],
        )
    });
    let unreadable = (dossier.unreadable() > 0)
        .then(|| notice::UNREADABLE.fill(lang, &[("count", &dossier.unreadable().to_string())]));
    [
        plain(&notice::ABOUT),
        plain(&notice::NEUTRAL),
        past_day(at, lang),
        own.then(|| notice::OWN_FILE.get(lang).to_owned()),
        chosen,
        period,
        plain(&notice::EMPTY_MEANS),
        plain(&notice::REDACTED),
        unreadable,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Printed when content or states are those of a day before today.
fn past_day(at: AsOf, lang: Lang) -> Option<String> {
    let content_is_past = show::day(at.known).is_some_and(|day| day < at.today);
    (content_is_past || at.on < at.today).then(|| {
        let values = [
            ("known", known(at)),
            ("on", show::date(at.on)),
            ("today", show::date(at.today)),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        notice::PAST_DAY.fill(lang, &values)
    })
}
