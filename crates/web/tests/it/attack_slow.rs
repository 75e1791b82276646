//! Clients that are slow on purpose, over real connections: they hold a seat for seconds, not for ever,
//! and nobody else waits for them.

use crate::site::TestSite;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

async fn serve(site: web::Site) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(web::serve(listener, site, std::future::pending()));
    address
}

/// Asks whether the process lives, over a connection of its own.
async fn lives(address: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return false;
    };
    let asked = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    if stream.write_all(asked).await.is_err() {
        return false;
    }
    let mut told = String::new();
    let read = timeout(Duration::from_secs(5), stream.read_to_string(&mut told)).await;
    read.is_ok_and(|read| read.is_ok()) && told.starts_with("HTTP/1.1 200")
}

/// Whether the other side closed: no more bytes, or an error.
async fn is_closed(stream: &mut TcpStream) -> bool {
    let mut byte = [0; 256];
    loop {
        match timeout(Duration::from_millis(50), stream.read(&mut byte)).await {
            Ok(Ok(0) | Err(_)) => return true,
            Ok(Ok(_)) => {}
            Err(_) => return false,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn heads_that_never_end_are_given_up() {
    let site = TestSite::new().await;
    let address = serve(site.site.clone().behind_tls()).await;
    let mut slow = Vec::new();
    for _ in 0..300 {
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        stream.write_all(b"GET /search?q=").await.expect("written");
        slow.push(stream);
    }
    assert!(lives(&address).await, "nobody waits for them");
    for _ in 0..4 {
        sleep(Duration::from_secs(4)).await;
        for stream in &mut slow {
            // A letter now and then does not give them more time.
            let _late = stream.write_all(b"a").await;
        }
    }
    sleep(Duration::from_secs(1)).await;
    for stream in &mut slow {
        assert!(is_closed(stream).await);
    }
    assert!(lives(&address).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_holds_its_share_of_connections() {
    let site = TestSite::new().await;
    let address = serve(site.site.clone()).await;
    let mut held = Vec::new();
    for _ in 0..140 {
        held.push(TcpStream::connect(&address).await.expect("a connection"));
    }
    sleep(Duration::from_millis(500)).await;
    let mut closed = 0;
    for stream in &mut held {
        closed += usize::from(is_closed(stream).await);
    }
    assert_eq!(closed, 12, "128 of one address");
    drop(held);
    sleep(Duration::from_millis(500)).await;
    assert!(lives(&address).await, "seats that were left are free");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_trickles_holds_nobody_up() {
    let site = TestSite::new().await;
    let address = serve(site.site.clone()).await;
    let mut slow = Vec::new();
    for _ in 0..60 {
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        let head = "POST /account/enter HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlogin=";
        stream.write_all(head.as_bytes()).await.expect("written");
        slow.push(stream);
    }
    for _ in 0..3 {
        assert!(lives(&address).await);
        for stream in &mut slow {
            let _late = stream.write_all(b"a").await;
        }
    }
    // Lengths that lie: more than may come, or two of them.
    for head in [
        "POST /account/enter HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /account/enter HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "POST /account/enter HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(&address).await.expect("a connection");
        stream.write_all(head.as_bytes()).await.expect("written");
        let mut told = Vec::new();
        let _ended = timeout(Duration::from_secs(2), stream.read_to_end(&mut told)).await;
        let told = String::from_utf8_lossy(&told).into_owned();
        assert!(
            !told.contains("gongxin_http"),
            "a smuggled request was answered: {told}"
        );
        assert!(!told.starts_with("HTTP/1.1 5"), "{told}");
    }
    assert!(lives(&address).await);
}
