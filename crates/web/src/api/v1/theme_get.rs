//! `GET /api/v1/themes/{code}`: one theme with its bases and items.

use super::answer;
use super::themes_get::{ThemeLine, line};
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use credit::catalog::model::{Item, ItemKind, Required};
use serde::Serialize;
use utoipa::ToSchema;

/// A theme.
#[derive(Serialize, ToSchema)]
pub(super) struct ThemeWire {
    /// The theme in short.
    #[serde(flatten)]
    line: ThemeLine,
    /// Legal bases; never empty.
    bases: Vec<BasisWire>,
    /// Its items, in the order of the template.
    items: Vec<ItemWire>,
    /// What in the definition was not found in a source, in Chinese.
    unverified: Vec<String>,
    /// Digest of its file, which receipts name.
    digest: String,
}

/// A legal basis.
#[derive(Serialize, ToSchema)]
pub(super) struct BasisWire {
    /// Title or document number.
    law: String,
    /// Article, where one is named.
    article: Option<String>,
    /// Whether it was read in the law itself.
    verified: bool,
}

/// An item.
#[derive(Serialize, ToSchema)]
pub(super) struct ItemWire {
    /// Its code: also a column header that files may use.
    code: String,
    /// Its title.
    title: String,
    /// `text`, `date`, `integer`, `decimal`, `code` or `identifier`.
    kind: &'static str,
    /// `no`, `yes` or `when`.
    required: &'static str,
    /// Speaks of a person: never public.
    personal: bool,
}

fn item(item: &Item, lang: credit::lang::Lang) -> ItemWire {
    ItemWire {
        code: item.code.clone(),
        title: item.title.get(lang).to_owned(),
        kind: match item.kind {
            ItemKind::Text(_) => "text",
            ItemKind::Date => "date",
            ItemKind::Integer => "integer",
            ItemKind::Decimal { .. } => "decimal",
            ItemKind::Code { .. } => "code",
            ItemKind::Identifier(_) => "identifier",
        },
        required: match item.required {
            Required::No => "no",
            Required::Yes => "yes",
            Required::When(_) => "when",
        },
        personal: item.personal,
    }
}

#[utoipa::path(get, path = "/api/v1/themes/{code}", operation_id = "get_theme", tag = "catalogue",
    params(("code" = String, Path, description = "Code of the theme")),
    responses(
        (status = 200, description = "The edition in force", body = ThemeWire),
        (status = 404, description = "There is no such theme",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_theme(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let theme =
        crate::portal::theme_edition(&site.office.catalog, &code, None, site.office.today())
            .ok_or_else(|| Problem::of(&exchange::Error::NotFound, reader.lang))?;
    let bases = theme.bases.iter().map(|basis| BasisWire {
        law: basis.law.clone(),
        article: basis.article.clone(),
        verified: basis.verified,
    });
    let wire = ThemeWire {
        line: line(theme, reader.lang),
        bases: bases.collect(),
        items: theme
            .items
            .iter()
            .map(|one| item(one, reader.lang))
            .collect(),
        unverified: theme.unverified.clone(),
        digest: theme.digest.clone(),
    };
    Ok(answer(&site, &headers, &reader, &wire))
}
