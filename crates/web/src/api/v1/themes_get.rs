//! `GET /api/v1/themes`: the data list (数据清单).

use super::answer;
use crate::Site;
use crate::reader::Reader;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use credit::catalog::Theme;
use credit::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// The data list.
#[derive(Serialize, ToSchema)]
pub(super) struct Themes {
    /// Digest of the catalogue in force.
    catalogue: String,
    /// One edition of every theme: the one in force.
    themes: Vec<ThemeLine>,
}

/// A theme without its items.
#[derive(Serialize, ToSchema)]
pub(super) struct ThemeLine {
    /// Its code.
    code: String,
    /// Its edition.
    edition: String,
    /// Its title.
    title: String,
    /// What it is for and where its fields come from.
    about: String,
    /// First day on which this edition takes rows.
    #[schema(format = Date)]
    valid_from: String,
    /// Last day, if it has been replaced.
    #[schema(format = Date)]
    valid_to: Option<String>,
    /// Area code of the jurisdiction; `CN` for the nation.
    jurisdiction: String,
    /// Codes of its suppliers.
    suppliers: Vec<String>,
    /// Whether facts of organisations are public.
    public: bool,
}

pub(super) fn line(theme: &Theme, lang: Lang) -> ThemeLine {
    ThemeLine {
        code: theme.code.clone(),
        edition: theme.version.clone(),
        title: theme.title.get(lang).to_owned(),
        about: theme.about.get(lang).to_owned(),
        valid_from: theme.valid_from.to_string(),
        valid_to: theme.valid_to.map(|day| day.to_string()),
        jurisdiction: theme.jurisdiction.clone(),
        suppliers: theme.suppliers.clone(),
        public: theme.public,
    }
}

#[utoipa::path(get, path = "/api/v1/themes", operation_id = "list_themes", tag = "catalogue",
    responses((status = 200, description = "The data list", body = Themes)))]
pub(super) async fn list_themes(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    let catalog = &site.office.catalog;
    let current = crate::portal::current_themes(catalog, site.office.today());
    let themes = Themes {
        catalogue: catalog.digest.clone(),
        themes: current
            .into_iter()
            .map(|theme| line(theme, reader.lang))
            .collect(),
    };
    answer(&site, &headers, &reader, &themes)
}
