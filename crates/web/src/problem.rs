//! Errors over HTTP, built in one place: RFC 9457 problems for machines, pages for people.

use crate::text::Texts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::lang::Lang;
use serde::Serialize;
use utoipa::ToSchema;

/// Status and short type of an error.
pub(crate) fn kind(error: &exchange::Error) -> (StatusCode, &'static str) {
    match error {
        exchange::Error::Request(_) => (StatusCode::BAD_REQUEST, "request"),
        exchange::Error::File(_) => (StatusCode::UNPROCESSABLE_ENTITY, "file"),
        exchange::Error::NotFound => (StatusCode::NOT_FOUND, "not-found"),
        exchange::Error::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        exchange::Error::Refused(_) => (StatusCode::FORBIDDEN, "refused"),
        exchange::Error::Limit { .. } => (StatusCode::TOO_MANY_REQUESTS, "limit"),
        exchange::Error::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        exchange::Error::Permit(_) | exchange::Error::Inner { .. } => {
            (StatusCode::INTERNAL_SERVER_ERROR, "internal")
        }
    }
}

/// An error of the API.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    kind: &'static str,
    detail: String,
    lang: Lang,
    retry: Option<u64>,
    faults: Option<Box<serde_json::Value>>,
}

/// Seconds after which one may try again, where an error says so.
pub(crate) fn retry(error: &exchange::Error) -> Option<u64> {
    match error {
        exchange::Error::Limit { seconds, .. } => Some(*seconds),
        _ => None,
    }
}

/// An error as RFC 9457 has it (`application/problem+json`).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Wire<'a> {
    /// A stable address of the kind of error.
    #[serde(rename = "type")]
    kind: String,
    /// What it is, in the reader's language.
    title: String,
    /// The HTTP status.
    status: u16,
    /// How to go on, in the reader's language. Nothing of the inside and nothing personal.
    detail: &'a str,
    /// Of a row that was rejected: what is wrong, each as in the rejects of a submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    faults: Option<&'a serde_json::Value>,
}

impl Problem {
    /// The problem of a workflow's error, in the reader's language. Inner causes go to the log only.
    pub(crate) fn of(error: &exchange::Error, lang: Lang) -> Problem {
        let (status, kind) = kind(error);
        if status.is_server_error() {
            tracing::error!(error = ?error, "a request failed");
        }
        Problem {
            status,
            kind,
            detail: error.message(lang),
            lang,
            retry: retry(error),
            faults: None,
        }
    }

    /// A problem of a kind that has a text of its own: `problem-KIND-detail`.
    pub(crate) fn known(status: StatusCode, kind: &'static str, lang: Lang) -> Problem {
        let detail = Texts { lang }.get(&format!("problem-{kind}-detail"));
        Problem {
            status,
            kind,
            detail,
            lang,
            retry: None,
            faults: None,
        }
    }

    /// A problem with a status of its own, in Chinese until [`Problem::at`] says otherwise.
    pub(crate) fn new(
        status: StatusCode,
        kind: &'static str,
        detail: impl Into<String>,
    ) -> Problem {
        Problem {
            status,
            kind,
            detail: detail.into(),
            lang: Lang::default(),
            retry: None,
            faults: None,
        }
    }

    /// The same with what is wrong with a row.
    pub(crate) fn with_faults(mut self, faults: serde_json::Value) -> Problem {
        self.faults = Some(Box::new(faults));
        self
    }

    /// The same in the reader's language.
    pub(crate) fn at(mut self, lang: Lang) -> Problem {
        self.lang = lang;
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let wire = Wire {
            kind: format!("/problems/{}", self.kind),
            title: Texts { lang: self.lang }.get(&format!("problem-{}", self.kind)),
            status: self.status.as_u16(),
            detail: &self.detail,
            faults: self.faults.as_deref(),
        };
        let body = serde_json::to_string(&wire).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let lang = HeaderValue::from_static(self.lang.tag());
        let headers = [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_LANGUAGE, lang),
        ];
        let mut response = (self.status, headers, body).into_response();
        if let Some(seconds) = self.retry {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
