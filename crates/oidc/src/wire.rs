//! Requests of the site to a provider: by TLS, without redirects, in bounded time and size.

use crate::error::Error;
use crate::settings::Settings;
use openidconnect::{HttpRequest, HttpResponse};
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, http};

/// How long one request may take, all of it.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of an answer: a set of a hundred keys is 100 kB; × 10 for room.
const ANSWER: u64 = 1 << 20;

/// What a provider is asked through.
#[derive(Clone)]
pub(crate) struct Wire(Agent);

/// Why a request was not answered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Lost {
    #[error("`{0}` is not reached by https")]
    Open(String),
    #[error(transparent)]
    Wire(#[from] ureq::Error),
    #[error(transparent)]
    Form(#[from] http::Error),
}

impl Wire {
    /// A wire to one provider.
    ///
    /// # Errors
    /// [`Error::Settings`] for certificates that are none.
    pub(crate) fn to(settings: &Settings) -> Result<Wire, Error> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &settings.roots {
            let found: Vec<Certificate<'static>> = parse_pem(pem)
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(one)) => Some(one),
                    _ => None,
                })
                .collect();
            if found.is_empty() {
                let code = &settings.code;
                return Err(Error::Settings(format!(
                    "`{code}`: no certificate in the file"
                )));
            }
            tls = tls.root_certs(RootCerts::new_with_certs(&found));
        }
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .timeout_global(Some(PATIENCE))
            // A redirect could lead anywhere, with the site's secret.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // What the provider is, the settings say; the machine's proxy is not asked.
            .proxy(None)
            .build();
        Ok(Wire(config.new_agent()))
    }

    /// Sends one request.
    pub(crate) fn send(&self, request: HttpRequest) -> Result<HttpResponse, Lost> {
        let at = request.uri().to_string();
        if !may_be_asked(&at) {
            return Err(Lost::Open(at));
        }
        let (parts, body) = request.into_parts();
        let answer = if body.is_empty() {
            self.0.run(http::Request::from_parts(parts, ()))?
        } else {
            self.0.run(http::Request::from_parts(parts, body))?
        };
        let (parts, mut body) = answer.into_parts();
        let bytes = body.with_config().limit(ANSWER).read_to_vec()?;
        Ok(HttpResponse::from_parts(parts, bytes))
    }
}

/// Whether an address may be asked: by TLS, or on this machine itself, where a provider that is
/// tried out or a proxy that speaks TLS may stand.
pub(crate) fn may_be_asked(url: &str) -> bool {
    if let Some(rest) = url.strip_prefix("https://") {
        return !rest.is_empty() && !rest.starts_with('/');
    }
    let Some(rest) = url.strip_prefix("http://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // An address with a name before the host is none that a provider has.
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) {
            name
        } else {
            host
        }
    });
    matches!(name, "127.0.0.1" | "[::1]" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::may_be_asked;

    #[test]
    fn only_tls_and_this_machine_are_asked() {
        for url in [
            "https://id.example.gov.cn",
            "https://id.example.gov.cn/realm/",
            "http://127.0.0.1:3000/x",
            "http://[::1]:3000",
            "http://localhost",
        ] {
            assert!(may_be_asked(url), "{url}");
        }
        for url in [
            "",
            "https://",
            "https:///x",
            "http://id.example.gov.cn",
            "http://127.0.0.1.example.org/",
            "http://localhost@example.org/",
            "http://localhost:80@example.org/",
            "http://127.0.0.1:3000.example.org/",
            "ftp://127.0.0.1",
            "file:///etc/passwd",
            "HTTP://127.0.0.1",
        ] {
            assert!(!may_be_asked(url), "{url}");
        }
    }
}
