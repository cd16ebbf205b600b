//! Start, stop and routes.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use tokio::sync::{oneshot, watch};

use super::leave::{self, Answer, Leaving, Wish};
use super::{mailbox, pages};
use crate::text::Slug;

/// What to serve.
#[derive(Clone)]
pub struct Preview {
    /// `ADDR:PORT`; port 0 takes a free one.
    pub listen: String,
    /// The built site, at `/`.
    pub site: PathBuf,
    /// The working copy, built, at `/_preview/`.
    pub draft: PathBuf,
    /// The maildir, at `/_mail/`. Shown on loopback only: it holds addresses.
    pub mail: PathBuf,
    /// What the links in mails lead to; `None`: they lead nowhere.
    pub leaving: Option<Arc<Leaving>>,
}

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    version: watch::Sender<u64>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    #[error(
        "cannot listen on {listen}: {source}. Another program may use that port: give another with --listen or under [http] listen"
    )]
    Listen { listen: String, source: std::io::Error },
    #[error("the preview server cannot start: {0}")]
    Start(std::io::Error),
}

struct Shared {
    preview: Preview,
    version: watch::Receiver<u64>,
    loopback: bool,
}

/// Whether a server could listen on `ADDR:PORT` now; the error says why not.
pub fn free_to_listen(address: &str) -> Result<(), PreviewError> {
    listen(address).map(drop)
}

fn listen(address: &str) -> Result<std::net::TcpListener, PreviewError> {
    let taken = |source| PreviewError::Listen { listen: address.to_owned(), source };
    std::net::TcpListener::bind(address).map_err(taken)
}

impl Server {
    /// Listens and serves on a thread of its own.
    pub fn start(preview: Preview) -> Result<Self, PreviewError> {
        let listener = listen(&preview.listen)?;
        listener.set_nonblocking(true).map_err(PreviewError::Start)?;
        let address = listener.local_addr().map_err(PreviewError::Start)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(PreviewError::Start)?;
        let (version, changes) = watch::channel(0);
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::new(Shared { preview, version: changes, loopback: address.ip().is_loopback() });
        let serve = async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            // A browser's open reload request must not hold the program back, so the server is dropped, not drained.
            tokio::select! {
                _ = axum::serve(listener, router(shared)) => {}
                _ = stopped => {}
            }
        };
        let thread = std::thread::Builder::new()
            .name("preview".to_owned())
            .spawn(move || runtime.block_on(serve))
            .map_err(PreviewError::Start)?;
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
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/_live", get(live))
        .route("/_mail/", get(mail_list))
        .route("/_mail/{name}", get(mail_view))
        .route("/_preview", get(|| async { Redirect::permanent("/_preview/") }))
        .fallback(get(file))
        .layer(middleware::from_fn_with_state(shared.clone(), own_host_only))
        // The links in mails come from anywhere.
        .route("/u/{token}", get(leave_ask).post(leave_act))
        .route("/m/{token}/{incident}", get(leave_ask).post(leave_act))
        .route("/p/{token}", get(leave_ask).post(leave_act))
        .layer(DefaultBodyLimit::max(8 * 1024))
        .with_state(shared)
}

/// On loopback only requests that name this machine are answered, so that a foreign page cannot read mails by pointing
/// its own name at 127.0.0.1.
async fn own_host_only(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let named = |headers: &HeaderMap| {
        let host = headers.get(header::HOST)?.to_str().ok()?;
        let name = host
            .rsplit_once(':')
            .filter(|(_, port)| port.parse::<u16>().is_ok())
            .map_or(host, |(name, _)| name);
        let name = name.trim_start_matches('[').trim_end_matches(']');
        Some(name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()))
    };
    if shared.loopback && !named(request.headers()).unwrap_or(false) {
        return (StatusCode::FORBIDDEN, "This preview answers to localhost only.\n").into_response();
    }
    next.run(request).await
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

/// Answers with the version once it is newer than `since`, or after 25 s.
async fn live(State(shared): State<Arc<Shared>>, Query(Since { since }): Query<Since>) -> String {
    let mut version = shared.version.clone();
    let newer = version.wait_for(|version| *version > since);
    let _ = tokio::time::timeout(Duration::from_secs(25), newer).await;
    let now = *shared.version.borrow();
    now.to_string()
}

/// What a path from a mail asks for: token and wish.
fn wish(path: &str, form: &str) -> Option<(String, Wish)> {
    let mut parts = path.trim_start_matches('/').split('/');
    let (kind, token) = (parts.next()?, parts.next()?.to_owned());
    let wish = match kind {
        "u" => Wish::Unsubscribe,
        "m" => Wish::Mute(Slug::from(parts.next()?)),
        _ => Wish::Pace(leave::pace(form)),
    };
    Some((token, wish))
}

async fn leave_ask(State(shared): State<Arc<Shared>>, uri: Uri) -> Response {
    leave(&shared, uri.path(), String::new(), |leaving, token, wish| leaving.ask(token, wish)).await
}

async fn leave_act(State(shared): State<Arc<Shared>>, uri: Uri, form: Bytes) -> Response {
    let form = String::from_utf8_lossy(&form).into_owned();
    leave(&shared, uri.path(), form, |leaving, token, wish| leaving.act(token, wish)).await
}

/// Answers on a thread where waiting for the ledger holds nobody else up.
async fn leave(
    shared: &Shared,
    path: &str,
    form: String,
    answer: fn(&Leaving, &str, &Wish) -> Answer,
) -> Response {
    let Some((leaving, (token, wish))) = shared.preview.leaving.clone().zip(wish(path, &form)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let answered = tokio::task::spawn_blocking(move || answer(&leaving, &token, &wish)).await;
    let Ok(answer) = answered else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let status = if answer.found { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
        ),
    ];
    (status, headers, answer.page).into_response()
}

async fn file(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path();
    let version = *shared.version.borrow();
    match path.strip_prefix("/_preview/") {
        Some(_) if !shared.loopback => StatusCode::NOT_FOUND.into_response(),
        Some(rest) => pages::file(&shared.preview.draft, rest, version),
        None => pages::file(&shared.preview.site, path.trim_start_matches('/'), version),
    }
}

async fn mail_list(State(shared): State<Arc<Shared>>) -> Response {
    if !shared.loopback {
        return StatusCode::NOT_FOUND.into_response();
    }
    pages::html(mailbox::list(&shared.preview.mail), *shared.version.borrow())
}

async fn mail_view(State(shared): State<Arc<Shared>>, Path(name): Path<String>) -> Response {
    if !shared.loopback {
        return StatusCode::NOT_FOUND.into_response();
    }
    match mailbox::view(&shared.preview.mail, &name) {
        Some(page) => pages::html(page, *shared.version.borrow()),
        None => (StatusCode::NOT_FOUND, "No such mail.\n").into_response(),
    }
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
        let server = Server::start(Preview {
            listen: "127.0.0.1:0".to_owned(),
            site,
            draft: dir.path().join("draft"),
            mail: dir.path().join("mail"),
            leaving: None,
        })
        .unwrap();
        let page = get(server.address(), "/a/", "localhost");
        assert!(page.contains("hello") && page.contains("/_live"), "{page}");
        assert!(get(server.address(), "/a", "localhost").starts_with("HTTP/1.1 308"));
        assert!(get(server.address(), "/../secret", "localhost").starts_with("HTTP/1.1 404"));
        assert!(get(server.address(), "/%2e%2e/secret", "localhost").starts_with("HTTP/1.1 404"));
        assert!(get(server.address(), "/a/", "evil.example").starts_with("HTTP/1.1 403"));
    }
}
