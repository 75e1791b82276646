//! The manifest: what the service can do, and where. Addresses in it are whole, made from the
//! address that the asker used.

use axum::http::{HeaderMap, header};
use credit::lang::Lang;
use serde_json::{Value, json};

use crate::text::Texts;

/// The manifest of a site.
pub(super) fn manifest(headers: &HeaderMap, lang: Lang) -> Value {
    let origin = origin(headers);
    let at = format!("{origin}/api/v1/reconcile");
    let suggest =
        |what: &str| json!({"service_url": at, "service_path": format!("/suggest/{what}")});
    json!({
        "versions": ["0.2"],
        "name": Texts { lang }.get("reconcile-name"),
        "identifierSpace": format!("{origin}/subjects/"),
        "schemaSpace": format!("{origin}/api/v1/openapi.json"),
        "documentation": format!("{origin}/about"),
        "serviceVersion": env!("CARGO_PKG_VERSION"),
        "logo": format!("{origin}/assets/icon.svg"),
        "view": {"url": format!("{origin}/subjects/{{{{id}}}}")},
        "preview": {"url": format!("{at}/preview/{{{{id}}}}"), "width": 420, "height": 180},
        "defaultTypes": super::types(lang).into_iter()
            .map(|(id, name)| json!({"id": id, "name": name})).collect::<Vec<_>>(),
        "suggest": {"entity": suggest("entity"), "type": suggest("type"), "property": suggest("property")},
        "extend": {
            "propose_properties": {"service_url": at, "service_path": "/properties"},
            "property_settings": [],
        },
    })
}

/// The address under which the asker reached the site. A host of other characters than a host has
/// is not repeated.
pub(super) fn origin(headers: &HeaderMap) -> String {
    let text = |name| {
        let value: Option<&axum::http::HeaderValue> = headers.get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let host = text(header::HOST);
    let sound = !host.is_empty()
        && host.len() <= 255
        && host
            .chars()
            .all(|one| one.is_ascii_alphanumeric() || ".:-[]".contains(one));
    let host = if sound { host } else { "localhost" };
    let forwarded = headers
        .get("x-forwarded-proto")
        .is_some_and(|value| value.as_bytes() == b"https");
    let scheme = if forwarded { "https" } else { "http" };
    format!("{scheme}://{host}")
}
