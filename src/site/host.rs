//! Files that speak to hosts and crawlers: `robots.txt`, `security.txt`, `.nojekyll`, the logo.

use super::index::Site;
use super::plan::{Pages, Planned, Write, Writing};
use crate::theme::Logo;

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let fingerprint = site.fingerprint(0).finish();
    let mut add = |path: &str, write: Write| {
        let writing = Writing::Page(write);
        pages.add(Planned { path: path.to_owned(), fingerprint, tongue: 0, item: 0, writing, source: None });
    };
    // Nothing is hidden from anyone.
    add("robots.txt", |site, _, _| {
        let root = &site.view.settings.base_url;
        Ok(format!("User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n").into_bytes())
    });
    // Tells GitHub Pages to serve the files as they are.
    add(".nojekyll", |_, _, _| Ok(Vec::new()));
    if logo(site).is_some() {
        let writing: Write = |site, _, _| Ok(logo(site).map_or_else(Vec::new, |logo| logo.bytes.to_vec()));
        add(&site.view.settings.theme.logo, writing);
    }
    if let Some(text) = security(site) {
        let mut fingerprint = site.fingerprint(0);
        fingerprint.add(&text);
        pages.add(Planned {
            path: ".well-known/security.txt".to_owned(),
            fingerprint: fingerprint.finish(),
            tongue: 0,
            item: 0,
            writing: Writing::Page(|site, _, _| Ok(security(site).unwrap_or_default().into_bytes())),
            source: None,
        });
    }
}

/// The picture beside the site's name. What is wrong with one that is not shown, the build says.
pub(super) fn logo<'s>(site: &'s Site<'_>) -> Option<Logo<'s>> {
    site.theme.logo(&site.view.settings.theme.logo).ok().flatten()
}

/// Whom to tell of a weakness (RFC 9116), where there is an address. It must expire within a year; that moves once a
/// month, so that most builds leave the file alone.
fn security(site: &Site<'_>) -> Option<String> {
    let settings = site.view.settings;
    let mail = Some(&settings.contact.mail).filter(|mail| !mail.is_empty())?;
    let now = site.view.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let expires = now.first_of_month().checked_add(jiff::Span::new().months(10)).ok()?;
    Some(format!(
        "Contact: mailto:{mail}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: {}\n\
         Canonical: {}/.well-known/security.txt\n",
        settings.languages.join(", "),
        settings.base_url,
    ))
}

/// What a page may load: its own style, our one small script, and pictures from its own host. Nothing from elsewhere.
pub(super) fn policy(site: &Site<'_>) -> String {
    policy_with(site, "")
}

/// The same for a page that is not on the host of the site's pictures; `pictures` is that origin.
pub(super) fn policy_with(site: &Site<'_>, pictures: &str) -> String {
    let from = format!("'self' {pictures}");
    format!(
        "default-src 'none'; style-src '{}' '{}'; script-src '{}'; img-src {} data:; form-action 'self'; base-uri 'none'",
        site.style.hash,
        site.embed_style.hash,
        site.script.hash,
        from.trim_end()
    )
}
