//! A web host that serves a folder as `_headers` says, or badly.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Response, StatusCode, Uri};

/// What a host adds to, or takes from, a file's response.
pub(crate) type Meddle = fn(&str, &mut Vec<(String, String)>);

/// Serves `folder` on a free port until the test process ends, and says where.
pub(crate) fn host(folder: PathBuf, meddle: Meddle) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let folder: Arc<Path> = folder.into();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let serve = move |uri: Uri| {
                let folder = folder.clone();
                async move { answer(&folder, uri.path(), meddle) }
            };
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, Router::new().fallback(serve)).await.unwrap();
        });
    });
    format!("http://{address}")
}

fn answer(folder: &Path, path: &str, meddle: Meddle) -> Response<Body> {
    let index = if path.ends_with('/') { "index.html" } else { "" };
    let file = format!("{path}{index}");
    let Ok(bytes) = fs::read(folder.join(file.trim_start_matches('/'))) else {
        return Response::builder().status(StatusCode::NOT_FOUND).body(Body::empty()).unwrap();
    };
    let rules = fs::read_to_string(folder.join("_headers")).unwrap_or_default();
    let mut headers = candor::site::expected(&rules, path);
    if !headers.iter().any(|(name, _)| name == "Content-Type") {
        let end = file.rsplit('.').next().unwrap();
        let kind = match end {
            "html" => "text/html; charset=utf-8",
            "svg" => "image/svg+xml",
            "json" => "application/json",
            "xml" => "application/xml",
            _ => "text/plain",
        };
        headers.push(("Content-Type".to_owned(), kind.to_owned()));
    }
    meddle(path, &mut headers);
    let mut response = Response::builder();
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(Body::from(bytes)).unwrap()
}
