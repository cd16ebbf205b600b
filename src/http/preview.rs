//! What `run` shows on this machine: the built site with live reload, the working copy, and the maildir.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use tokio::sync::watch;

use super::{mailbox, pages};
use crate::config::is_this_machine;

/// What to show.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The built site, at `/`.
    pub site: PathBuf,
    /// The working copy, built, at `/_preview/`.
    pub draft: PathBuf,
    /// The maildir, at `/_mail/`. Shown on loopback only: it holds addresses.
    pub mail: PathBuf,
}

struct Shared {
    preview: Preview,
    version: watch::Receiver<u64>,
    loopback: bool,
}

/// `version` goes up whenever open pages are to load again.
pub(super) fn router(preview: Preview, version: watch::Receiver<u64>, loopback: bool) -> Router {
    let shared = Arc::new(Shared { preview, version, loopback });
    Router::new()
        .route("/_live", get(live))
        .route("/_mail/", get(mail_list))
        .route("/_mail/{name}", get(mail_view))
        .route("/_preview", get(|| async { Redirect::permanent("/_preview/") }))
        .fallback(get(file))
        .layer(middleware::from_fn_with_state(shared.clone(), own_host_only))
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
        Some(is_this_machine(name))
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
