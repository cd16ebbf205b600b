//! What watches the service: is it alive, can it answer, how much does it do.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::super::client::is_passed_on;
use super::super::{SignUpService, answer};
use crate::outbox::SubscriberId;

/// The process lives and answers.
pub(super) async fn healthz() -> Response {
    answer::plain(StatusCode::OK, "ok\n")
}

/// The site is read and the ledger answers.
pub(super) async fn readyz(State(service): State<Arc<SignUpService>>) -> Response {
    if service.counter.shown().is_none() {
        return answer::plain(StatusCode::SERVICE_UNAVAILABLE, "the site is not read yet\n");
    }
    match service.clerk.with(|ledger| ledger.subscriber(SubscriberId(0))).await {
        Some(_) => answer::plain(StatusCode::OK, "ready\n"),
        None => answer::plain(StatusCode::SERVICE_UNAVAILABLE, "the ledger does not answer\n"),
    }
}

/// For who watches this machine, not for the public: not answered through a proxy.
pub(super) async fn metrics(State(service): State<Arc<SignUpService>>, headers: HeaderMap) -> Response {
    if is_passed_on(&headers) {
        return answer::plain(StatusCode::NOT_FOUND, "not found\n");
    }
    answer::plain(StatusCode::OK, service.metrics.text())
}
