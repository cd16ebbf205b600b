//! Routes and what stands around them: limits of size and time, measures, and who is asking in which language.

mod feedback;
mod following;
mod joining;
mod leaving;
mod machine;
mod preferences;
mod visit;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::SignUpService;

/// A form of ours is smaller, in bytes.
const BODY: usize = 16 * 1024;
/// From the end of a request's head to its answer; a body that comes slowly is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Everything that the service answers to.
pub(in crate::http) fn router(service: Arc<SignUpService>) -> Router {
    Router::new()
        .route("/subscribe", get(joining::form).post(joining::subscribe))
        .route("/c/{token}", get(joining::confirm_page).post(joining::confirm))
        .route("/u/{token}", get(leaving::unsubscribe_page).post(leaving::unsubscribe))
        .route("/m/{token}/{incident}", get(leaving::mute_page).post(leaving::mute))
        .route("/i/{token}/{incident}", get(following::page).post(following::follow))
        .route("/p/{token}", get(preferences::page).post(preferences::keep))
        .route("/p/{token}/data", get(preferences::data_page))
        .route("/p/{token}/export", post(preferences::export))
        .route("/p/{token}/erase", post(preferences::erase))
        .route("/f/{incident}/{stamp}", get(feedback::page).post(feedback::keep))
        .route("/healthz", get(machine::healthz))
        .route("/readyz", get(machine::readyz))
        .route("/metrics", get(machine::metrics))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(service.clone(), measure))
        .with_state(service)
}

async fn measure(
    State(service): State<Arc<SignUpService>>,
    path: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let response = next.run(request).await;
    let route = path.as_ref().map_or("", |path| path.as_str());
    service.metrics.answered(route, response.status().as_u16(), started.elapsed());
    response
}
