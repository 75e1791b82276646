//! `gongxin serve`: the site and the API.

use crate::args::Serve;
use crate::exit::{Exit, Failure};
use crate::home::Home;
use crate::setup::Desk;
use std::sync::Arc;

pub(super) fn run(desk: Desk, ask: &Serve) -> Result<Exit, Failure> {
    let Desk {
        office,
        runtime,
        data,
        ..
    } = desk;
    let code = web::DeskCode::of(&Home::open(&data)?.desk_secret()?);
    let typesetter = match super::report::typesetter() {
        Ok(typesetter) => Some(Arc::new(typesetter)),
        Err(failure) => {
            tracing::warn!(?failure, "PDF reports are off");
            None
        }
    };
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(ask.listen)
            .await
            .map_err(|cause| {
                Failure::request(format!(
                    "cannot listen on {}: {cause}. Choose another with --listen.",
                    ask.listen
                ))
            })?;
        let at = listener
            .local_addr()
            .map_err(|cause| Failure::inner("the address is unknown", cause))?;
        println!("http://{at}/");
        println!(
            "Code of the suppliers' desk, http://{at}/supply : {}",
            code.shown()
        );
        web::serve(listener, web::Site::new(office, typesetter, &code), stop())
            .await
            .map_err(|cause| Failure::inner("the server ended", cause))
    })?;
    Ok(Exit::Done)
}

/// Resolves on Ctrl-C or a termination signal, so that requests under way are finished.
async fn stop() {
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
