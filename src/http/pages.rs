//! Files of a built site as answers.

use std::path::{Component, Path, PathBuf};

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

/// A file below `root`, a folder's `index.html`, or the site's 404 page.
pub(super) fn file(root: &Path, path: &str, version: u64) -> Response {
    let Some(mut found) = inside(root, path) else { return missing(root, version) };
    if found.is_dir() {
        if !path.is_empty() && !path.ends_with('/') {
            let name = path.rsplit('/').next().unwrap_or(path);
            return Redirect::permanent(&format!("{name}/")).into_response();
        }
        found.push("index.html");
    }
    match std::fs::read(&found) {
        Ok(bytes) => answer(&found, bytes, version),
        Err(_) => missing(root, version),
    }
}

/// A page with the reload script. Built pages forbid scripts by a meta tag, which is left out here: the file on disk
/// stays as the public gets it.
pub(super) fn html(page: String, version: u64) -> Response {
    let script = format!(
        "<script>(async()=>{{let v={version};for(;;)try{{const n=+await(await fetch('/_live?since='+v)).text();if(n>v)location.reload();v=n}}catch{{await new Promise(r=>setTimeout(r,1000))}}}})()</script>"
    );
    let page = without_policy(page);
    let page = match page.rfind("</body>") {
        Some(at) => format!("{}{script}{}", &page[..at], &page[at..]),
        None => page + &script,
    };
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page)
        .into_response()
}

fn without_policy(page: String) -> String {
    let Some(policy) = page.find("http-equiv=\"Content-Security-Policy\"") else { return page };
    let Some(start) = page[..policy].rfind("<meta") else { return page };
    let Some(end) = page[policy..].find('>') else { return page };
    format!("{}{}", &page[..start], &page[policy + end + 1..])
}

/// The path below `root`, percent-decoded; `None` where it would leave it.
fn inside(root: &Path, path: &str) -> Option<PathBuf> {
    let decoded = percent_decoded(path)?;
    let relative = Path::new(&decoded);
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    (plain && !decoded.contains('\0')).then(|| root.join(relative))
}

fn percent_decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn missing(root: &Path, version: u64) -> Response {
    let page = std::fs::read_to_string(root.join("404.html")).unwrap_or_else(|_| "Not found.\n".to_owned());
    let mut response = html(page, version);
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn answer(path: &Path, bytes: Vec<u8>, version: u64) -> Response {
    let kind = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => return html(String::from_utf8_lossy(&bytes).into_owned(), version),
        Some("atom") => "application/atom+xml; charset=utf-8",
        Some("json") => "application/json",
        Some("jsonl") => "application/jsonl; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("css") => "text/css; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        Some("ics") => "text/calendar; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, bytes).into_response()
}
