//! The catalogue's choices as keys of the message files.

use crate::page::Frame;
use credit::catalog::model::{Basis, Class, Exposure, ItemKind, Rank, SharingClass};
use credit::catalog::{Catalog, Theme};
use credit::clock::Span;

pub(super) fn class(class: Class) -> &'static str {
    match class {
        Class::Registration => "registration",
        Class::Permit => "permit",
        Class::Penalty => "penalty",
        Class::Judgment => "judgment",
        Class::Abnormal => "abnormal",
        Class::SeriousList => "serious-list",
        Class::Promise => "promise",
        Class::Evaluation => "evaluation",
        Class::Contract => "contract",
        Class::Honour => "honour",
        Class::Positive => "positive",
        Class::OtherNegative => "other-negative",
        Class::Other => "other",
    }
}

pub(super) fn sharing(class: SharingClass) -> &'static str {
    match class {
        SharingClass::Unconditional => "unconditional",
        SharingClass::Conditional => "conditional",
        SharingClass::NotShared => "not-shared",
    }
}

pub(super) fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Public => "public",
        Exposure::Government => "government",
        Exposure::Authorised => "authorised",
        Exposure::Own => "own",
    }
}

fn rank(rank: Rank) -> &'static str {
    match rank {
        Rank::Law => "law",
        Rank::AdministrativeRegulation => "administrative-regulation",
        Rank::CentralPolicy => "central-policy",
        Rank::LocalRegulation => "local-regulation",
        Rank::DepartmentalRule => "departmental-rule",
        Rank::Standard => "standard",
    }
}

/// A legal basis: title, article, rank, and whether it was read in its source.
pub(super) struct BasisLine {
    pub(super) law: String,
    pub(super) article: String,
    pub(super) rank: String,
    pub(super) verified: bool,
}

pub(super) fn basis(basis: &Basis, f: &Frame) -> BasisLine {
    BasisLine {
        law: basis.law.clone(),
        article: basis
            .article
            .as_deref()
            .map(|article| f.t.one("basis-article", "article", article))
            .unwrap_or_default(),
        rank: f.t.get(&format!("rank-{}", rank(basis.rank))),
        verified: basis.verified,
    }
}

/// A span of law in words; without one the fact itself decides.
pub(super) fn span(span: Option<Span>, f: &Frame) -> String {
    match span {
        None => f.t.get("span-none"),
        Some(Span::Days(count)) => f.t.count("span-days", u64::from(count)),
        Some(Span::Months(count)) => f.t.count("span-months", u64::from(count)),
        Some(Span::Years(count)) => f.t.count("span-years", u64::from(count)),
    }
}

/// The type of an item in words, with length, digits or code set.
pub(in crate::portal) fn kind(kind: &ItemKind, f: &Frame) -> String {
    match kind {
        ItemKind::Text(length) => f.t.count("type-text", u64::from(*length)),
        ItemKind::Date => f.t.get("type-date"),
        ItemKind::Integer => f.t.get("type-integer"),
        ItemKind::Decimal { scale, unit, .. } => match unit {
            Some(unit) => f.t.with(
                "type-decimal-unit",
                &[("count", (*scale).into()), ("unit", unit.as_str().into())],
            ),
            None => f.t.count("type-decimal", u64::from(*scale)),
        },
        ItemKind::Code { set, many } => {
            let title = set.title.get(f.t.lang);
            f.t.one(if *many { "type-codes" } else { "type-code" }, "set", title)
        }
        ItemKind::Identifier(Some(system)) => {
            f.t.one("type-identifier", "system", system.title(f.t.lang))
        }
        ItemKind::Identifier(None) => f.t.get("type-identifier-any"),
    }
}

/// Who may send a theme, as one line.
pub(super) fn suppliers(catalog: &Catalog, theme: &Theme, f: &Frame) -> String {
    let named = theme.suppliers.iter().map(|code| {
        catalog.supplier(code).map_or_else(
            || code.clone(),
            |supplier| supplier.title.get(f.t.lang).to_owned(),
        )
    });
    let any = theme.any_authority.then(|| f.t.get("supplier-any"));
    named.chain(any).collect::<Vec<_>>().join(" · ")
}
