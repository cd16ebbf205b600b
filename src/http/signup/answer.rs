//! Answers: a page with strict headers.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::OnShow;

/// Sent with every answer: nothing is kept, framed, guessed at or told to other sites.
const STRICT: [(header::HeaderName, &str); 7] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// A page of the service.
pub(super) fn page(shown: &OnShow, status: StatusCode, html: Vec<u8>) -> Response {
    let policy = format!("{}; frame-ancestors 'none'", shown.served.policy());
    let policy = HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    let mut response = strict(status, "text/html; charset=utf-8", html);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// A line for machines.
pub(super) fn plain(status: StatusCode, text: impl Into<Body>) -> Response {
    strict(status, "text/plain; charset=utf-8", text)
}

/// A file to be kept.
pub(super) fn file(name: &'static str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = strict(StatusCode::OK, kind, bytes);
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    response
}

fn strict(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut response = (status, body.into()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    for (name, value) in STRICT {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
