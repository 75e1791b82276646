//! `gongxin serve`: the site and the API.

use crate::args::Serve;
use crate::exit::{Exit, Failure};
use crate::home::is_private;
use crate::setup::Desk;
use crate::{out, text};
use std::path::Path;
use std::sync::Arc;

/// Between two times at which openings are settled: what a process that is killed leaves unsettled.
const SETTLES: std::time::Duration = std::time::Duration::from_secs(60);

pub(super) fn run(desk: Desk, ask: &Serve) -> Result<Exit, Failure> {
    let Desk {
        office,
        runtime,
        data,
        lang,
    } = desk;
    if !ask.clock_is_right {
        runtime
            .block_on(exchange::start::clock(&office))
            .map_err(|error| Failure::of(error, lang))?;
    }
    let names = exchange::search::Names::in_folder(&super::search::folder(&data));
    let nobody = runtime
        .block_on(exchange::people::list(&office, None))
        .map_err(|error| Failure::of(error, lang))?
        .rows
        .is_empty();
    let typesetter = match super::report::typesetter() {
        Ok(typesetter) => Some(Arc::new(typesetter)),
        Err(failure) => {
            tracing::warn!("PDF: {}", failure.message(lang));
            None
        }
    };
    let journal = runtime.block_on(ask.keeping.open(&office, &data));
    let journal = journal.map_err(|error| Failure::of(error, lang))?;
    let reached = ask.site.clone();
    let reached = reached.unwrap_or_else(|| format!("http://{}", ask.listen));
    let routes = ask.telling.routes(&reached)?;
    let sources = match &ask.sources {
        Some(file) => super::pull::sources(file)?,
        None => Vec::new(),
    };
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(ask.listen)
            .await
            .map_err(|cause| {
                let blanks = [ask.listen.to_string(), cause.to_string()];
                Failure::request(text::CANNOT_LISTEN, &blanks.each_ref().map(String::as_str))
            })?;
        let at = listener
            .local_addr()
            .map_err(|cause| Failure::inner(text::SERVER_ENDED, cause))?
            .to_string();
        out::line(&text::SERVES.say(lang, &[&at]))?;
        if nobody {
            out::line(&text::SERVES_NOBODY.say(lang, &[&at]))?;
        }
        // Ends with the server; what it had not written is read again next time.
        tokio::spawn(names.clone().keep(office.clone()));
        // What it had not written when it ended waits for the next one.
        tokio::spawn(journal.clone().keep(ask.keeping.interval()));
        beside(&office, ask, routes);
        super::pull::keep(&office, sources);
        let site = web::Site::new(office.clone(), typesetter)
            .with_names(names)
            .with_witnesses(ask.keeping.witnesses_needed);
        let site = entrance(site, ask)?;
        let served = web::serve(listener, site, stop()).await;
        settle(&office).await;
        if let Err(error) = journal.leave().await {
            tracing::warn!(error = ?error, "the turn of the journal was not given back");
        }
        served.map_err(|cause| Failure::inner(text::SERVER_ENDED, cause))
    })?;
    Ok(Exit::Done)
}

/// What goes on beside the server until it ends; what was not done by then waits for the next one.
fn beside(office: &exchange::Office, ask: &Serve, routes: exchange::notices::Routes) {
    if let Some(tsa) = ask.keeping.tsa.clone() {
        let every = std::time::Duration::from_secs(ask.keeping.tsa_interval);
        tokio::spawn(super::journal::keep_stamping(office.into(), tsa, every));
    }
    tokio::spawn(super::telling::keep(office.clone(), routes));
    let office = office.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(SETTLES).await;
            settle(&office).await;
        }
    });
}

/// Writes down what was opened since the last time; what could not be written waits.
async fn settle(office: &exchange::Office) {
    if let Err(error) = exchange::openings::settle(office).await {
        tracing::warn!(error = ?error, "openings could not be settled");
    }
}

/// The site as its readers reach it: by TLS or not, at which address, through which providers.
fn entrance(mut site: web::Site, ask: &Serve) -> Result<web::Site, Failure> {
    if ask.behind_tls {
        site = site.behind_tls();
    }
    if let Some(url) = &ask.site {
        let at = site.reached_at(url);
        site = at.ok_or_else(|| Failure::usage(text::SITE_ADDRESS, &[url]))?;
    }
    if let Some(file) = &ask.providers {
        site = site
            .with_providers(providers(file)?)
            .map_err(|cause| Failure::request(text::PROVIDERS, &[&cause.to_string()]))?;
    }
    Ok(site)
}

/// The providers of a file. Secrets and certificates that it names lie beside it; a secret that other
/// accounts of the machine can read is refused.
fn providers(file: &Path) -> Result<Vec<oidc::Settings>, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Failure::io(file, text::CANNOT_READ_UTF8, cause))?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let found = oidc::Settings::parse(&text, |name| std::fs::read(folder.join(name)))
        .map_err(|cause| Failure::request(text::PROVIDERS, &[&cause.to_string()]))?;
    for name in found.iter().filter_map(|one| one.secret_file.as_ref()) {
        let secret = folder.join(name);
        if !is_private(&secret) {
            return Err(Failure::request(
                text::KEY_OPEN,
                &[&secret.display().to_string()],
            ));
        }
    }
    Ok(found)
}

/// Resolves on Ctrl-C or a termination signal, so that requests under way are finished.
pub(super) async fn stop() {
    let interrupt = async {
        // A machine without signals serves until it is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                () = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => interrupt.await,
        }
    }
    #[cfg(not(unix))]
    interrupt.await;
}
