//! Files that speak to hosts and crawlers: `_headers`, `robots.txt`, `.nojekyll`, the logo.

use super::index::Site;
use super::plan::{Pages, Planned, Write, Writing};

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let fingerprint = site.fingerprint(0).finish();
    let mut add = |path: &str, write: Write| {
        let writing = Writing::Page(write);
        pages.add(Planned { path: path.to_owned(), fingerprint, tongue: 0, item: 0, writing, source: None });
    };
    add("_headers", |site, _, _| Ok(headers(site).into_bytes()));
    // Nothing is hidden from anyone.
    add("robots.txt", |_, _, _| Ok(b"User-agent: *\nAllow: /\n".to_vec()));
    // Tells GitHub Pages to serve the files as they are.
    add(".nojekyll", |_, _, _| Ok(Vec::new()));
    let logo = &site.view.settings.theme.logo;
    if let Some(source) = site.theme.file(logo) {
        let from = Some(source.path.clone());
        pages.add(Planned {
            path: logo.clone(),
            fingerprint,
            tongue: 0,
            item: 0,
            writing: Writing::Page(|site, _, _| {
                let logo = site.theme.file(&site.view.settings.theme.logo);
                Ok(logo.map_or_else(Vec::new, |source| source.text.as_bytes().to_vec()))
            }),
            source: from,
        });
    }
}

/// What a page may load: its own style and pictures from its own host. No script, nothing from elsewhere.
pub(super) fn policy(style_hash: &str) -> String {
    format!(
        "default-src 'none'; style-src '{style_hash}'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
    )
}

/// The format that static hosts share. A short cache: a page is news; stale copies outlive the origin by a day.
fn headers(site: &Site<'_>) -> String {
    format!(
        "/*\n  \
         Content-Security-Policy: {}; frame-ancestors 'none'\n  \
         X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: same-origin\n  \
         Cache-Control: public, max-age=30, stale-while-revalidate=60, stale-if-error=86400\n\
         /*.atom\n  Content-Type: application/atom+xml; charset=utf-8\n\
         /*.rss\n  Content-Type: application/rss+xml; charset=utf-8\n\
         /api/*\n  Access-Control-Allow-Origin: *\n\
         /api/candor/v1/record.jsonl\n  Content-Type: application/jsonl; charset=utf-8\n",
        policy(&site.style.hash)
    )
}
