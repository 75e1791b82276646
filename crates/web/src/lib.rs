//! The only HTTP: the portals (pages that work without script) and `api/v1`.
//!
//! Handlers parse, call one workflow of `exchange`, and answer; they hold no rule and no SQL.
//! Every answer carries a request id; errors are RFC 9457 problems for machines and pages that say
//! how to go on for people.

pub mod api;
mod assets;
mod cursor;
mod desk;
mod door;
mod etag;
mod guard;
mod health;
pub mod issued;
pub mod journal;
mod kept;
pub mod page;
mod portal;
mod problem;
mod qr;
mod reader;
mod text;

use axum::Router;
use axum::http::{HeaderMap, header};
use axum::middleware;
use exchange::Office;
use std::future::Future;
use std::sync::Arc;
use tokio::net::TcpListener;

/// What the site serves from. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The workflows' desk.
    pub office: Office,
    /// Makes PDF reports; `None` where the machine has no Chinese font.
    pub typesetter: Option<Arc<pdf::Typesetter>>,
    desk: Arc<desk::Desk>,
    kept: Arc<kept::Kept>,
    names: Option<exchange::search::Names>,
    behind_tls: bool,
    witnesses: u64,
    limits: Arc<guard::Limits>,
    address: Option<Arc<Address>>,
    providers: desk::Providers,
}

/// Where people and machines reach the site.
#[derive(Debug)]
struct Address {
    scheme: &'static str,
    authority: String,
}

impl Address {
    fn parse(url: &str) -> Option<Address> {
        let (scheme, authority) = url.trim_end_matches('/').split_once("://")?;
        let scheme = ["https", "http"].into_iter().find(|one| *one == scheme)?;
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
        if authority.is_empty() || !authority.bytes().all(sound) {
            return None;
        }
        let authority = authority.to_ascii_lowercase();
        Some(Address { scheme, authority })
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// A site's address in the one form in which it is printed; `None` for what is none, as in
/// [`Site::reached_at`].
#[must_use]
pub fn address(url: &str) -> Option<String> {
    Address::parse(url).map(|address| address.to_string())
}

impl Site {
    /// A site whose desk opens to accounts and to nothing else.
    #[must_use]
    pub fn new(office: Office, typesetter: Option<Arc<pdf::Typesetter>>) -> Site {
        Site {
            office,
            typesetter,
            desk: Arc::default(),
            kept: Arc::default(),
            names: None,
            behind_tls: false,
            witnesses: 0,
            limits: Arc::default(),
            address: None,
            providers: desk::Providers::default(),
        }
    }

    /// The same site, which knows where it is reached: a signed request must be for that address, and
    /// one that was made for another site is worth nothing here. `None` for what is no address of
    /// the form `https://credit.example.gov.cn`.
    #[must_use]
    pub fn reached_at(self, url: &str) -> Option<Site> {
        let address = Some(Arc::new(Address::parse(url)?));
        Some(Site { address, ..self })
    }

    /// The same site, which people may enter through OpenID providers. They come back to the address
    /// of [`Site::reached_at`], which is told first.
    ///
    /// # Errors
    /// [`oidc::Error::Settings`] for settings that cannot be used, and without that address.
    pub fn with_providers(self, settings: Vec<oidc::Settings>) -> Result<Site, oidc::Error> {
        let Some(address) = &self.address else {
            let cause = "the site's own address is not known";
            return Err(oidc::Error::Settings(cause.to_owned()));
        };
        let at = format!("{}://{}", address.scheme, address.authority);
        let providers = desk::Providers::new(settings, &at)?;
        Ok(Site { providers, ..self })
    }

    /// The same site with an index of names, which forgives slips; whoever makes it keeps it up.
    #[must_use]
    pub fn with_names(self, names: exchange::search::Names) -> Site {
        Site {
            names: Some(names),
            ..self
        }
    }

    /// The same site, whose log shows only checkpoints that so many witnesses signed.
    #[must_use]
    pub fn with_witnesses(self, witnesses: u64) -> Site {
        Site { witnesses, ..self }
    }

    /// The address that stands on what is issued: where the site is reached, as it was told. A site that
    /// was not told is tried on one machine, and is reached there by a name of this machine; any other
    /// host is the reader's word, and whoever prints it on a genuine report leads its verifiers astray.
    fn address(&self, headers: &HeaderMap) -> String {
        if let Some(told) = &self.address {
            return told.to_string();
        }
        let host = reader::header(headers, header::HOST);
        let port = |rest: &str| {
            let digits = rest.strip_prefix(':').unwrap_or("0");
            (rest.is_empty() || rest.starts_with(':'))
                && !digits.is_empty()
                && digits.len() <= 5
                && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let here = ["localhost", "127.0.0.1", "[::1]"]
            .iter()
            .any(|name| host.strip_prefix(name).is_some_and(port));
        if here {
            format!("http://{host}")
        } else {
            String::new()
        }
    }

    /// The same site for a machine whose readers come by TLS, which a server before this one ends:
    /// cookies are `Secure` then, and browsers are told to come back by TLS only.
    #[must_use]
    pub fn behind_tls(self) -> Site {
        Site {
            behind_tls: true,
            ..self
        }
    }
}

/// All routes, with the guards that stand before each.
pub fn router(site: Site) -> Router {
    let metrics = Arc::new(guard::Metrics::default());
    let behind_tls = site.behind_tls;
    let routes = Router::new()
        .merge(portal::routes())
        .merge(api::routes())
        .merge(health::routes())
        .merge(assets::routes())
        .merge(journal::routes())
        .fallback(portal::missing::get)
        .layer(middleware::from_fn_with_state(
            site.clone(),
            desk::check_signature,
        ))
        .with_state(site);
    guard::around(routes, metrics, behind_tls)
}

/// Serves until `stop` resolves; requests under way are finished.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    // Behind TLS all connections come from the server before this one.
    let apart = !site.behind_tls;
    door::serve(listener, router(site), apart, stop).await
}
