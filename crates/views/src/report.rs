//! The public credit information report (公共信用信息报告标准 2022年版): a dossier, ordered, labelled
//! and dated. It counts nothing but its own lines, weighs nothing and leaves nothing out silently.

pub(crate) mod cover;
pub(crate) mod item;
pub mod json;
pub mod model;
pub mod proof;
pub(crate) mod section;

pub use json::{json, tree};
pub use model::Report;

use crate::text::notice;
use credit::catalog::Catalog;
use credit::lang::Lang;
use jiff::civil::Date;
use model::{Labelled, Notice, SHAPE, Versions};
use policy::Dossier;

/// What a reader asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportAsk {
    /// The language of the report.
    pub lang: Lang,
    /// Codes of the themes wanted; `None`: all. An unknown code finds nothing.
    pub themes: Option<Vec<String>>,
    /// First and last day of the documents wanted; `None`: the whole time. Registration is always in.
    pub period: Option<(Date, Date)>,
    /// The report's number, drawn by the caller.
    pub number: String,
}

/// Makes the report. Equal dossiers, catalogues and asks give equal reports.
#[must_use]
pub fn report(catalog: &Catalog, dossier: &Dossier, ask: &ReportAsk) -> Report {
    let lang = ask.lang;
    let purpose = dossier.purpose();
    Report {
        number: ask.number.clone(),
        lang,
        title: cover::title(dossier, lang),
        purpose: Labelled {
            code: purpose.code(),
            text: purpose.title(lang).to_owned(),
        },
        who: cover::who(dossier.subject(), lang),
        at: dossier.at(),
        cover: cover::lines(catalog, dossier, ask),
        notices: cover::notices(catalog, dossier, ask),
        sections: section::all(catalog, dossier, ask),
        rights: rights(lang),
        versions: Versions {
            shape: SHAPE,
            catalogue: catalog.digest.clone(),
            program: env!("CARGO_PKG_VERSION"),
        },
    }
}

/// How to object and how to repair: the same for every subject, so it says nothing about this one.
#[must_use]
pub fn rights(lang: Lang) -> Vec<Notice> {
    let paragraphs =
        |texts: &[&crate::text::Msg]| texts.iter().map(|text| text.get(lang).to_owned()).collect();
    vec![
        Notice {
            code: "object",
            title: notice::OBJECT_TITLE.get(lang).to_owned(),
            paragraphs: paragraphs(&[&notice::OBJECT, &notice::OBJECT_MEANWHILE]),
        },
        Notice {
            code: "repair",
            title: notice::REPAIR_TITLE.get(lang).to_owned(),
            paragraphs: paragraphs(&[&notice::REPAIR, &notice::REPAIR_FREE]),
        },
    ]
}
