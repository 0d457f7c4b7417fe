//! Our own accept loop. `axum::serve` sets no limit on how long a request's head may dribble in; hyper's needs a timer,
//! and here it has one.

use crate::base::problem::Result;
use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tower::Service as _;

/// How long requests in hand may take to end when the house closes.
const GRACE: Duration = Duration::from_secs(10);
/// Largest head of a request.
const LARGEST_HEAD: usize = 32 * 1024;
/// Connections at once; the next waits in the listener's queue.
const MOST_CONNECTIONS: usize = 15_000;

/// Serves until `stop`, then lets requests in hand end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    header_limit: Duration,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let places = std::sync::Arc::new(tokio::sync::Semaphore::new(MOST_CONNECTIONS));
    let (closing, _) = tokio::sync::watch::channel(false);
    // Every connection holds one end; when all are dropped, the last request has been answered.
    let (in_hand, mut all_done) = tokio::sync::mpsc::channel::<()>(1);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(cause) => {
                // Out of file descriptors, most likely: wait for some to be given back.
                tracing::warn!(%cause, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let Ok(place) = std::sync::Arc::clone(&places).acquire_owned().await else { break };
        let _ = stream.set_nodelay(true);
        let service = hyper::service::service_fn({
            let router = router.clone();
            move |request: hyper::Request<Incoming>| {
                let mut request: Request = request.map(axum::body::Body::new);
                request.extensions_mut().insert(From(from));
                router.clone().call(request)
            }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(header_limit)
            .max_buf_size(LARGEST_HEAD.max(64 * 1024))
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let (mut closes, in_hand) = (closing.subscribe(), in_hand.clone());
        tokio::spawn(async move {
            let _held = (place, in_hand);
            tokio::pin!(connection);
            // A peer that goes away in the middle is no news.
            tokio::select! {
                _ = connection.as_mut() => {}
                _ = closes.changed() => {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                }
            }
        });
    }
    drop((listener, in_hand));
    let _ = closing.send(true);
    tokio::select! {
        _ = all_done.recv() => {}
        () = tokio::time::sleep(GRACE) => tracing::info!("some requests were still in hand at the end"),
    }
    Ok(())
}

/// Where a connection comes from.
#[derive(Debug, Clone, Copy)]
pub struct From(pub SocketAddr);
