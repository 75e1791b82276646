//! The request: to the host that was listed, at an address that was judged, in bounded time and size.

use crate::address::is_public;
use crate::settings::{BadSettings, Source};
use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{self, Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

/// How long a file may take, all of it: 64 MiB at 5 Mbit/s is 107 s.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long a host may take to be reached.
const CONNECT: Duration = Duration::from_secs(10);
/// Characters of an `ETag` that are kept: real ones have some forty.
const TAG: usize = 200;

/// What a source answered.
#[derive(Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The file is the one that was fetched before.
    Same,
    /// A file.
    File {
        /// Its bytes.
        bytes: Vec<u8>,
        /// What its source calls this edition of it, to be asked by the next time.
        tag: Option<String>,
    },
}

impl fmt::Debug for Fetched {
    /// Prints how much came, and nothing of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fetched::Same => write!(f, "Same"),
            Fetched::File { bytes, .. } => write!(f, "File({} bytes)", bytes.len()),
        }
    }
}

/// Why nothing came. Neither address nor answer stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// The host has no address, or only such as are not public and are not listed as inside.
    #[error("the host has no address that may be asked")]
    Address,
    /// It sends elsewhere, which is not followed.
    #[error("the source sends elsewhere, which is not followed")]
    Redirect,
    /// It answered with another status.
    #[error("the source answers with status {0}")]
    Status(u16),
    /// The file is longer than allowed.
    #[error("the file is too long")]
    Long,
    /// It took too long.
    #[error("the source took too long")]
    Slow,
    /// The connection failed, or its certificate is not trusted.
    #[error("the source cannot be reached")]
    Unreached,
}

impl Lost {
    /// A short code, for lists and texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Lost::Address => "address",
            Lost::Redirect => "redirect",
            Lost::Status(_) => "status",
            Lost::Long => "long",
            Lost::Slow => "slow",
            Lost::Unreached => "unreached",
        }
    }
}

/// What one source is asked through.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    source: Source,
    most: u64,
    shut: Arc<AtomicBool>,
}

/// Names become addresses here, and those that may not be asked are left out; the connection is made to
/// what is left, so that a name cannot mean another place a moment later.
#[derive(Debug)]
struct Judge {
    inner: DefaultResolver,
    inside: bool,
    /// Nothing was left the last time.
    shut: Arc<AtomicBool>,
}

impl Resolver for Judge {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut left = self.empty();
        for address in found.iter() {
            if self.inside || is_public(address.ip()) {
                left.push(*address);
            }
        }
        if left.is_empty() {
            self.shut.store(true, Ordering::Relaxed);
            return Err(Error::HostNotFound);
        }
        Ok(left)
    }
}

impl Client {
    /// A client of one source, which takes files of so many bytes.
    ///
    /// # Errors
    /// For certificates that are none.
    pub fn of(source: &Source, most: u64) -> Result<Client, BadSettings> {
        let mut tls = TlsConfig::builder();
        if let Some(pem) = &source.roots {
            let found: Vec<Certificate<'static>> = parse_pem(pem)
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(one)) => Some(one),
                    _ => None,
                })
                .collect();
            if found.is_empty() {
                let code = &source.code;
                return Err(BadSettings(format!("`{code}`: no certificate in the file")));
            }
            tls = tls.root_certs(RootCerts::new_with_certs(&found));
        }
        let config = Agent::config_builder()
            .tls_config(tls.build())
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECT))
            // A redirect could lead anywhere, with the source's key.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // The machine's proxy would connect elsewhere than was judged.
            .proxy(None)
            .build();
        let shut = Arc::new(AtomicBool::new(false));
        let judge = Judge {
            inner: DefaultResolver::default(),
            inside: source.inside,
            shut: Arc::clone(&shut),
        };
        Ok(Client {
            agent: Agent::with_parts(config, DefaultConnector::new(), judge),
            source: source.clone(),
            most,
            shut,
        })
    }

    /// Fetches the file, unless it is the one that bears `tag`.
    ///
    /// # Errors
    /// [`Lost`], with nothing of what came.
    pub fn fetch(&self, tag: Option<&str>) -> Result<Fetched, Lost> {
        self.shut.store(false, Ordering::Relaxed);
        let mut request = http::Request::get(&self.source.url);
        if let Some(key) = &self.source.key {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        if let Some(tag) = tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        let request = request.body(()).map_err(|_| Lost::Unreached)?;
        let answer = self.agent.run(request).map_err(|error| self.lost(&error))?;
        let (parts, mut body) = answer.into_parts();
        match parts.status.as_u16() {
            200 => {}
            304 => return Ok(Fetched::Same),
            300..=399 => return Err(Lost::Redirect),
            status => return Err(Lost::Status(status)),
        }
        let told = parts.headers.get(header::ETAG);
        let told = told.and_then(|tag| tag.to_str().ok());
        let tag = told.filter(|tag| tag.len() <= TAG).map(str::to_owned);
        let bytes = body.with_config().limit(self.most).read_to_vec();
        let bytes = bytes.map_err(|error| self.lost(&error))?;
        Ok(Fetched::File { bytes, tag })
    }

    fn lost(&self, error: &Error) -> Lost {
        if self.shut.load(Ordering::Relaxed) {
            return Lost::Address;
        }
        match error {
            Error::HostNotFound => Lost::Address,
            Error::BodyExceedsLimit(_) => Lost::Long,
            Error::Timeout(_) => Lost::Slow,
            Error::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => Lost::Slow,
            _ => Lost::Unreached,
        }
    }
}
