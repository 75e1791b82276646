//! Connections: how many, how long, and how slow. A client that sends a letter a minute holds a seat for
//! seconds and one of many, instead of all of them for ever.

use axum::Router;
use axum::extract::connect_info::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time;
use tower::ServiceExt;

/// Connections at once. Each holds some 20 kB while it waits: 20 MB.
const CONNECTIONS: usize = 1_024;
/// Connections of one address, where addresses tell clients apart: a browser opens six, an office behind
/// one address some twenty browsers.
const OF_ONE: usize = 128;
/// How long the head of a request may take, from the first byte of a connection or after an answer.
const HEAD: Duration = Duration::from_secs(15);
/// How long a connection may last: the longest upload (120 s), with answers that a slow telephone reads,
/// several times over. Whoever has more to ask comes again.
const LIFE: Duration = Duration::from_secs(900);
/// Pause after a failure to accept, which is that of having no more file descriptors.
const PAUSE: Duration = Duration::from_millis(200);

/// Serves until `stop` resolves; requests under way are finished. `apart`: addresses tell clients apart.
pub(crate) async fn serve(
    listener: TcpListener,
    routes: Router,
    apart: bool,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    let guests = Arc::new(Guests::default());
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let seat = tokio::select! {
            () = &mut stop => break,
            seat = Arc::clone(&seats).acquire_owned() => seat,
        };
        // INVARIANT: the semaphore is never closed.
        let Ok(seat) = seat else { break };
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    time::sleep(PAUSE).await;
                    continue;
                }
            },
        };
        let Some(guest) = guests.enter(address.ip(), apart) else {
            // Too many of one address: the connection is closed before a byte is read.
            continue;
        };
        let conversation = converse(stream, address, routes.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _ended = time::timeout(LIFE, conversation).await;
            drop((seat, guest));
        });
    }
    graceful.shutdown().await;
    Ok(())
}

async fn converse(stream: TcpStream, address: SocketAddr, routes: Router, watcher: Watcher) {
    // Tries to sign in are counted by address.
    let routes = routes.map_request(move |request: Request<Incoming>| told(request, address));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let io = TokioIo::new(stream);
    let connection = builder.serve_connection(io, TowerToHyperService::new(routes));
    // A client that went away or was too slow is no defect of ours.
    let _ended = watcher.watch(connection).await;
}

/// Tells a request where it comes from.
fn told<B>(mut request: Request<B>, address: SocketAddr) -> Request<B> {
    request.extensions_mut().insert(ConnectInfo(address));
    request
}

/// Connections by address.
#[derive(Default)]
struct Guests(Mutex<HashMap<IpAddr, usize>>);

/// One of them; leaving is dropping it.
struct Guest(Arc<Guests>, Option<IpAddr>);

impl Guests {
    fn enter(self: &Arc<Guests>, address: IpAddr, apart: bool) -> Option<Guest> {
        if !apart {
            return Some(Guest(Arc::clone(self), None));
        }
        // INVARIANT: nothing between lock and unlock panics, so the lock is never poisoned.
        let mut held = self.0.lock().ok()?;
        let count = held.entry(address).or_default();
        if *count >= OF_ONE {
            return None;
        }
        *count += 1;
        Some(Guest(Arc::clone(self), Some(address)))
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let (Some(address), Ok(mut held)) = (self.1, self.0.0.lock()) else {
            return;
        };
        if let Some(count) = held.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                held.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_share_and_gives_it_back() {
        let guests = Arc::new(Guests::default());
        let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let held: Vec<Guest> = (0..OF_ONE)
            .filter_map(|_| guests.enter(one, true))
            .collect();
        assert_eq!(held.len(), OF_ONE);
        assert!(guests.enter(one, true).is_none());
        assert!(guests.enter(other, true).is_some());
        assert!(
            guests.enter(one, false).is_some(),
            "behind a proxy all are one"
        );
        drop(held);
        assert!(guests.enter(one, true).is_some());
        assert!(guests.0.lock().is_ok_and(|held| held.is_empty()));
    }
}
