//! Response headers, once as rules and written for each kind of host: `_headers` (Netlify, Cloudflare Pages and others),
//! `_nginx.conf` and `_caddy` (to be included into a server's configuration).
//!
//! They are written with every build because the policy names the hash of the style, which a theme changes. No word of
//! the content goes into them: whoever can push to the content must not be able to configure a server.

mod caddy;
mod nginx;

use std::fmt::Write as _;

use super::host::policy;
use super::index::Site;
use super::plan::{Pages, Planned, Writing};

/// The file that hosts of static sites read; also what `candor verify` expects of any host.
pub const HEADERS: &str = "_headers";
/// For whoever runs a server of their own.
const NGINX: &str = "_nginx.conf";
const CADDY: &str = "_caddy";

/// Files that speak to a host and that it may keep to itself.
pub const FOR_HOSTS: [&str; 4] = [HEADERS, NGINX, CADDY, ".nojekyll"];

/// The root of any language but the default one.
const LANGUAGE: &str = "/:lang/";

/// Folders of pages, below a language's root. `embed/` is not here: other sites may frame it.
const FOLDERS: [&str; 11] = [
    "incidents",
    "maintenance",
    "services",
    "areas",
    "history",
    "record",
    "learned",
    "quality",
    "subscribe",
    "text",
    "print",
];

/// Files that hosts give a wrong type, or none.
const TYPES: [(&str, &str); 6] = [
    ("/cap/*.xml", "application/cap+xml; charset=utf-8"),
    ("/*.atom", "application/atom+xml; charset=utf-8"),
    ("/*.rss", "application/rss+xml; charset=utf-8"),
    ("/*.ics", "text/calendar; charset=utf-8"),
    ("/*feed.json", "application/feed+json; charset=utf-8"),
    ("/api/candor/v1/record.jsonl", "application/jsonl; charset=utf-8"),
];

/// What other sites' scripts may read.
const OPEN: [&str; 5] = ["/api/*", "/cap/*", "/*feed.json", "/*badge.json", "/oembed.json"];

/// Headers of the paths that a pattern matches. Hosts join what two rules say: one path gets no header with two values, but
/// perhaps one value twice.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    /// Begins with a slash; `*` stands for any text, slashes too, and `:name` for what is between two slashes.
    pattern: String,
    headers: Vec<(&'static str, String)>,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    let fingerprint = site.fingerprint(0).finish();
    for (item, path) in [HEADERS, NGINX, CADDY].into_iter().enumerate() {
        pages.add(Planned {
            path: path.to_owned(),
            fingerprint,
            tongue: 0,
            item,
            writing: Writing::Page(|site, _, item| {
                let write = [netlify, nginx::write, caddy::write][item];
                Ok(write(&rules(site)).into_bytes())
            }),
            source: None,
        });
    }
}

/// A short cache: a page is news; stale copies outlive the origin by a day.
fn rules(site: &Site<'_>) -> Vec<Rule> {
    let rule =
        |pattern: &str, headers: Vec<(&'static str, String)>| Rule { pattern: pattern.to_owned(), headers };
    let mut rules = vec![rule(
        "/*",
        vec![
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Referrer-Policy", "same-origin".to_owned()),
            (
                "Cache-Control",
                "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400".to_owned(),
            ),
        ],
    )];
    let policy = format!("{}; frame-ancestors 'none'", policy(site));
    let own = site.view.pages.iter().map(|page| page.slug.as_str());
    let folders: Vec<&str> = FOLDERS.into_iter().chain(own).collect();
    // Hosts read a hundred rules, so the folders of all other languages share theirs.
    let roots = if site.tongues.len() > 1 { vec!["/", LANGUAGE] } else { vec!["/"] };
    let fronts = site.tongues.iter().map(|tongue| format!("/{}", tongue.prefix));
    let within = roots.iter().flat_map(|root| folders.iter().map(move |folder| format!("{root}{folder}*/")));
    for pattern in fronts.chain(within) {
        rules.push(rule(&pattern, vec![("Content-Security-Policy", policy.clone())]));
    }
    rules.push(rule("/404.html", vec![("Content-Security-Policy", policy)]));
    let logo = &site.view.settings.theme.logo;
    if logo.ends_with(".svg") {
        // Somebody may open it by itself.
        let nothing = "default-src 'none'; style-src 'unsafe-inline'; sandbox".to_owned();
        rules.push(rule(&format!("/{logo}"), vec![("Content-Security-Policy", nothing)]));
    }
    rules.extend(TYPES.map(|(pattern, of)| rule(pattern, vec![("Content-Type", of.to_owned())])));
    rules.extend(OPEN.map(|pattern| rule(pattern, vec![("Access-Control-Allow-Origin", "*".to_owned())])));
    // Two rules meet here, and a server that takes one block alone must find one for both.
    rules.push(rule("/cap/index.atom", Vec::new()));
    rules
}

fn netlify(rules: &[Rule]) -> String {
    let mut text = String::new();
    for rule in rules.iter().filter(|rule| !rule.headers.is_empty()) {
        let _ = writeln!(text, "{}", rule.pattern);
        for (name, value) in &rule.headers {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
    text
}

/// The headers that a `_headers` file gives a path, which begins with a slash. Names as written.
pub fn expected(file: &str, path: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut applies = false;
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        if !line.starts_with([' ', '\t']) {
            applies = matches(line.trim(), path);
        } else if let Some((name, value)) = line.split_once(':').filter(|_| applies) {
            let header = (name.trim().to_owned(), value.trim().to_owned());
            if !found.contains(&header) {
                found.push(header);
            }
        }
    }
    found
}

/// Whether a path fits a pattern.
fn matches(pattern: &str, path: &str) -> bool {
    let Some(at) = pattern.find(['*', ':']) else { return pattern == path };
    let (before, hole) = pattern.split_at(at);
    let Some(rest) = path.strip_prefix(before) else { return false };
    if let Some(after) = hole.strip_prefix('*') {
        return rest
            .char_indices()
            .map(|(at, _)| at)
            .chain([rest.len()])
            .any(|at| matches(after, &rest[at..]));
    }
    let part = rest.find('/').unwrap_or(rest.len());
    part > 0
        && matches(hole.trim_start_matches(|c: char| c == ':' || c.is_ascii_alphanumeric()), &rest[part..])
}

/// A pattern as a regular expression for a whole path; `end` may follow it.
fn regex(pattern: &str, end: &str) -> String {
    let plain = pattern.replace('.', r"\.").replace('*', ".*");
    format!("^{}{end}$", plain.replace(LANGUAGE, "/[^/]+/"))
}

/// Every rule but the one for all, the narrowest first, with all headers of the paths that it matches: for servers that
/// take one block alone.
fn whole(rules: &[Rule]) -> Vec<Rule> {
    let sample = |pattern: &str| pattern.replace('*', "x").replace(LANGUAGE, "/x/");
    let mut whole: Vec<Rule> = rules
        .iter()
        .map(|rule| {
            let path = sample(&rule.pattern);
            let of = rules.iter().filter(|other| matches(&other.pattern, &path));
            Rule {
                pattern: rule.pattern.clone(),
                headers: of.flat_map(|rule| rule.headers.clone()).collect(),
            }
        })
        .collect();
    whole.sort_by_key(|rule| (rule.pattern.contains('*'), std::cmp::Reverse(rule.pattern.len())));
    whole.dedup_by(|a, b| a.pattern == b.pattern);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::town::Town;

    const SAID: &str = "## 2026-11-21 14:10 Investigating\n\nWe closed the road.\n";

    #[test]
    fn each_file_has_its_type_and_no_header_twice() {
        let mut town = Town::burst(SAID).awake_until("14:11");
        town.settings.languages =
            ["en", "fr", "es", "de", "cy", "ar", "it", "pt", "nl", "pl"].map(str::to_owned).to_vec();
        town.settings.theme.logo = "logo.svg".to_owned();
        let file = town.file("14:11", HEADERS);
        for (path, name, value) in [
            ("/", "Content-Security-Policy", "frame-ancestors 'none'"),
            ("/fr/", "Content-Security-Policy", "default-src 'none'"),
            ("/fr/incidents/burst/", "Content-Security-Policy", "default-src 'none'"),
            ("/services/buses/feed.atom", "Content-Type", "application/atom+xml; charset=utf-8"),
            ("/feed.json", "Content-Type", "application/feed+json; charset=utf-8"),
            ("/feed.json", "Access-Control-Allow-Origin", "*"),
            ("/calendar.ics", "Content-Type", "text/calendar; charset=utf-8"),
            ("/api/v2/summary.json", "Access-Control-Allow-Origin", "*"),
            ("/api/candor/v1/record.jsonl", "Content-Type", "application/jsonl; charset=utf-8"),
            ("/404.html", "Cache-Control", "public, max-age=30"),
            // A service whose name begins like a folder, below what looks like a language.
            ("/services/records/", "Content-Security-Policy", "default-src 'none'"),
            ("/logo.svg", "Content-Security-Policy", "sandbox"),
        ] {
            let headers = expected(&file, path);
            let of: Vec<_> = headers.iter().filter(|(known, _)| known == name).collect();
            assert_eq!(of.len(), 1, "{name} of {path}: {headers:?}");
            assert!(of[0].1.contains(value), "{of:?}");
        }
        for (path, _) in town.outputs("14:11") {
            let mut names: Vec<_> =
                expected(&file, &format!("/{path}")).into_iter().map(|(n, _)| n).collect();
            let count = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), count, "{path}");
        }
        // Other sites may frame it.
        for path in ["/embed/", "/fr/embed/"] {
            assert!(
                !expected(&file, path).iter().any(|(name, _)| name == "Content-Security-Policy"),
                "{path}"
            );
        }
        assert!(
            file.lines().filter(|line| line.starts_with('/')).count() < 100,
            "Cloudflare reads a hundred rules, and there are {} with ten languages",
            file.lines().filter(|line| line.starts_with('/')).count()
        );
    }

    #[test]
    fn a_pattern_matches_as_hosts_do() {
        for (pattern, path, fits) in [
            ("/*", "/a/b", true),
            ("/", "/a", false),
            ("/*.atom", "/services/x/feed.atom", true),
            ("/*.atom", "/feed.atom.html", false),
            ("/history*/", "/history/2026/11/", true),
            ("/services*/", "/services/buses/feed.atom", false),
            ("/api/*", "/app", false),
            ("/:lang/history*/", "/fr/history/2026/11/", true),
            ("/:lang/history*/", "/history/2026/11/", false),
            ("/:lang/history*/", "//history/", false),
        ] {
            assert_eq!(matches(pattern, path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn servers_of_ones_own_get_whole_blocks() {
        let town = Town::burst(SAID).awake_until("14:11");
        let nginx = town.file("14:11", NGINX);
        let atom = nginx.split("location ").find(|block| block.contains(r"\.atom$")).unwrap();
        for words in [
            "default_type \"application/atom+xml; charset=utf-8\";",
            "add_header X-Content-Type-Options \"nosniff\" always;",
        ] {
            assert!(atom.contains(words), "{words} is not in {atom}");
        }
        let index = nginx.split("location ").find(|block| block.contains(r"/cap/index\.atom$")).unwrap();
        assert!(
            index.contains("application/atom+xml") && index.contains("Access-Control-Allow-Origin"),
            "{index}"
        );
        let caddy = town.file("14:11", CADDY);
        let atom = caddy.split("path_regexp ").find(|block| block.starts_with(r"^/.*\.atom$")).unwrap();
        assert!(atom.contains("Content-Type \"application/atom+xml; charset=utf-8\""), "{caddy}");
    }
}
