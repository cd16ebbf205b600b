//! The server: listens, serves each connection with limits, and ends without breaking off an answer.
//!
//! A connection whose request does not come is closed after some seconds, and so is one that is kept open for nothing, so
//! that slow clients hold no place that others need. The rest of the limits are the routes' own.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot, watch};
use tower::Service;

use super::preview::{self, Preview};
use super::signup::{self, SignUpService};

/// A request's head comes within this time, and a connection without one is closed after it.
const HEAD: Duration = Duration::from_secs(5);
/// A request's head is smaller, in bytes.
const HEAD_SIZE: usize = 16 * 1024;
/// So many connections at once; further ones wait in the kernel until one of these ends.
const CONNECTIONS: usize = 8192;
/// At the end, answers that are under way have so long.
const FINISH: Duration = Duration::from_secs(5);

/// What to serve, and where.
pub struct Serve {
    /// `ADDR:PORT`; port 0 takes a free one.
    pub listen: String,
    pub preview: Option<Preview>,
    pub signup: Option<Arc<SignUpService>>,
}

/// Whose request it is: the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// A running server. Dropping it finishes what is under way and stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    version: watch::Sender<u64>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    #[error(
        "cannot listen on {listen}: {source}. Another program may use that port: give another with --listen or under [http] listen"
    )]
    Listen { listen: String, source: std::io::Error },
    #[error("the server cannot start: {0}. Look whether this machine is out of memory, threads or files")]
    Start(std::io::Error),
}

/// Whether a server could listen on `ADDR:PORT` now; the error says why not.
pub fn free_to_listen(address: &str) -> Result<(), ServerError> {
    listen(address).map(drop)
}

fn listen(address: &str) -> Result<std::net::TcpListener, ServerError> {
    let taken = |source| ServerError::Listen { listen: address.to_owned(), source };
    std::net::TcpListener::bind(address).map_err(taken)
}

impl Server {
    /// Listens and serves on a thread of its own.
    pub fn start(serve: Serve) -> Result<Self, ServerError> {
        let listener = listen(&serve.listen)?;
        listener.set_nonblocking(true).map_err(ServerError::Start)?;
        let address = listener.local_addr().map_err(ServerError::Start)?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(ServerError::Start)?;
        let (version, changes) = watch::channel(0);
        let (stop, stopped) = oneshot::channel();
        let mut router = Router::new();
        if let Some(service) = serve.signup {
            router = router.merge(signup::router(service));
        }
        if let Some(preview) = serve.preview {
            router = router.merge(preview::router(preview, changes, address.ip().is_loopback()));
        }
        let serve = async move {
            if let Ok(listener) = TcpListener::from_std(listener) {
                accept(listener, router, stopped).await;
            }
        };
        let thread = std::thread::Builder::new()
            .name("server".to_owned())
            .spawn(move || runtime.block_on(serve))
            .map_err(ServerError::Start)?;
        Ok(Self { address, version, stop: Some(stop), thread: Some(thread) })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Tells open pages to load again.
    pub fn reload(&self) {
        self.version.send_modify(|version| *version += 1);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Answers the pages that wait for a change, which would hold the end back.
            self.reload();
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Serves until it is stopped, then until nothing is under way.
async fn accept(listener: TcpListener, router: Router, mut stopped: oneshot::Receiver<()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_header_size(HEAD_SIZE);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            _ = &mut stopped => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(_) => {
                // Out of files, or gone before it was accepted: neither is helped by trying at once.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Answers are one write each; waiting to fill a packet only delays them.
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let serve = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer.ip()));
            let request: Request = request.map(Body::new);
            router.clone().call(request)
        });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), serve));
        tokio::spawn(async move {
            // What breaks off is the client's affair.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(FINISH, graceful.shutdown()).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    fn get(address: SocketAddr, path: &str, host: &str) -> String {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn serves_the_site_and_nothing_outside_it() {
        let dir = tempfile::tempdir().unwrap();
        let site = dir.path().join("public");
        std::fs::create_dir_all(site.join("a")).unwrap();
        std::fs::write(site.join("a/index.html"), "<html><body>hello</body></html>").unwrap();
        std::fs::write(dir.path().join("secret"), "no").unwrap();
        let preview = Preview { site, draft: dir.path().join("draft"), mail: dir.path().join("mail") };
        let serve = Serve { listen: "127.0.0.1:0".to_owned(), preview: Some(preview), signup: None };
        let server = Server::start(serve).unwrap();
        let page = get(server.address(), "/a/", "localhost");
        assert!(page.contains("hello") && page.contains("/_live"), "{page}");
        assert!(get(server.address(), "/a", "localhost").starts_with("HTTP/1.1 308"));
        assert!(get(server.address(), "/../secret", "localhost").starts_with("HTTP/1.1 404"));
        assert!(get(server.address(), "/%2e%2e/secret", "localhost").starts_with("HTTP/1.1 404"));
        assert!(get(server.address(), "/a/", "evil.example").starts_with("HTTP/1.1 403"));
    }
}
