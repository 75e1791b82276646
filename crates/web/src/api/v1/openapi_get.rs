//! `GET /api/v1/openapi.json`: the description, made from the code. A committed copy stands in
//! `docs/openapi-v1.json`; a test fails when the two differ.

use crate::Site;
use crate::reader::Reader;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Gongxin API",
        description = "Public credit information of organisations: look-up, reports, catalogue; \
                       submissions and corrections for suppliers; looks under grants for agencies. Natural persons and individual businesses are \
                       found nowhere here. Add `lang=zh|en|ru` to any address, or send \
                       `Accept-Language`. Errors are RFC 9457 problems; every answer carries \
                       `X-Request-Id`; reads carry an `ETag` and know `If-None-Match`."
    ),
    paths(
        super::index_get::get_index,
        get_openapi,
        super::subjects_get::list_subjects,
        super::subject_get::get_subject,
        super::report_get::get_report,
        super::report_pdf_get::get_report_pdf,
        super::report_post::issue_report,
        super::standing_get::get_standing,
        crate::api::matching::match_subjects,
        crate::api::reconcile::get::get,
        crate::api::reconcile::post::post,
        super::themes_get::list_themes,
        super::theme_get::get_theme,
        super::schema_get::get_theme_schema,
        super::template_get::get_theme_template,
        super::submissions_get::list_submissions,
        super::submissions_post::create_submission,
        super::submission_get::get_submission,
        super::rejects_get::list_rejects,
        super::grants_get::list_grants,
        super::grant_get::get_grant,
        super::grants_post::ask_for_grant,
        super::grant_moves_post::move_grant,
        super::look_audit_get::audit_looks,
        super::lookups_post::create_lookup,
        super::receipts_get::list_receipts,
        super::receipts_post::give_receipt,
        super::consents_post::present_consent,
        super::cases_post::load_cases,
        super::legal_cases_get::list_legal_cases,
        super::legal_case_get::get_legal_case,
        super::legal_moves_post::move_legal_case,
        super::legal_file_get::get_legal_file,
        super::my_get::list_mandates,
        super::my_facts_get::list_my_facts,
        super::my_looks_get::list_my_looks,
        super::my_cases_get::list_my_cases,
        super::my_cases_post::file_my_case,
        super::my_case_get::get_my_case,
        super::my_moves_post::move_my_case,
        super::my_file_get::get_my_file,
        super::recall_post::recall_submission,
        super::own_facts_post::read_own_facts,
        super::corrections_post::create_correction,
        super::nil_post::create_nil_report,
        super::due_get::list_due,
        super::undo_post::undo_recall,
    ),
    components(schemas(crate::problem::Wire)),
    modifiers(&Desk)
)]
struct Api;

/// The one scheme of security: the key of a machine.
struct Desk;

impl Modify for Desk {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "The key of a machine's account, shown once by `gongxin people key`; it ends by itself. \
                 Instead of it a request may be signed (RFC 9421, Ed25519): see docs/how-to-sign-a-request.md.",
            ))
            .build();
        openapi
            .components
            .get_or_insert_default()
            .add_security_scheme("desk", SecurityScheme::Http(scheme));
    }
}

/// The description of the API as pretty JSON with a closing newline.
#[must_use]
pub fn description() -> String {
    let mut api = Api::openapi();
    // Licence and contact of the package say nothing about a site's API.
    api.info.license = None;
    api.info.contact = None;
    let mut text = api.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

#[utoipa::path(get, path = "/api/v1/openapi.json", operation_id = "get_openapi", tag = "about",
    responses((status = 200, description = "This description", content_type = "application/json")))]
pub(super) async fn get_openapi(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    crate::etag::answer(
        &site,
        &headers,
        reader.lang,
        "application/json",
        description(),
    )
}
