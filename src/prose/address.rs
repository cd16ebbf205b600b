//! Addresses: bare ones in running text, which schemes are safe, and relative ones made absolute.

use std::borrow::Cow;
use std::ops::Range;

/// Schemes that a link may have; anything else is left out, its words stay.
const SAFE: [&str; 4] = ["http", "https", "mailto", "tel"];

/// The scheme in lower case, as a browser would see it; `None` for a relative address.
pub(super) fn scheme(target: &str) -> Option<String> {
    // Browsers drop line ends and tabs anywhere in an address and control characters around it.
    let seen: String = target.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let end = seen.find([':', '/', '?', '#'])?;
    seen[end..].starts_with(':').then(|| seen[..end].to_lowercase())
}

/// Whether a link to `target` may be rendered: http, https, mailto, tel, or relative.
pub fn is_safe(target: &str) -> bool {
    scheme(target).is_none_or(|scheme| SAFE.contains(&scheme.as_str()))
}

/// Whether a picture may be shown from `target`: http, https, or relative.
pub(super) fn is_safe_image(target: &str) -> bool {
    scheme(target).is_none_or(|scheme| SAFE[..2].contains(&scheme.as_str()))
}

/// `target` as seen from the page at `base` (absolute). Without a base, and where `target` is absolute, as it is.
/// RFC 3986 section 5.2, for http addresses.
pub(super) fn resolve<'a>(base: &str, target: &'a str) -> Cow<'a, str> {
    let Some(authority) = base.find("://").map(|at| at + 3) else { return Cow::Borrowed(target) };
    if scheme(target).is_some() {
        return Cow::Borrowed(target);
    }
    let base = base.split(['#', '?']).next().unwrap_or(base);
    let path = base[authority..].find('/').map_or(base.len(), |at| authority + at);
    let folder = base[path..].rfind('/').map_or(base.len(), |at| path + at);
    Cow::Owned(if target.starts_with("//") {
        format!("{}{target}", &base[..authority - 2])
    } else if target.starts_with('/') {
        format!("{}{target}", &base[..path])
    } else if target.is_empty() || target.starts_with(['#', '?']) {
        format!("{base}{target}")
    } else {
        let end = target.find(['#', '?']).unwrap_or(target.len());
        let joined = format!("{}/{}", &base[path..folder.max(path)], &target[..end]);
        format!("{}{}{}", &base[..path], without_dots(&joined), &target[end..])
    })
}

/// A path with its `.` and `..` parts worked out.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let last = path.split('/').count() - 1;
    for (index, part) in path.split('/').enumerate().skip(1) {
        match part {
            "." | ".." => {
                if part == ".." {
                    parts.pop();
                }
                if index == last {
                    parts.push("");
                }
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}

/// Addresses written without markup: `https://…`, `www.…` and `name@host`, without the punctuation around them.
pub(super) fn bare(text: &str) -> Vec<Range<usize>> {
    if !(text.contains("://") || text.contains("www.") || text.contains('@')) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    for token in text.split(char::is_whitespace) {
        let start = from;
        from += token.len() + text[from + token.len()..].chars().next().map_or(0, char::len_utf8);
        let inner = token.trim_start_matches(['(', '[', '<', '"', '\'']);
        let start = start + token.len() - inner.len();
        // What stands before a scheme, such as "see:https://", is not part of the address.
        let lead = ["https://", "http://"].iter().filter_map(|s| inner.find(s)).min().unwrap_or(0);
        let inner = trim_end(&inner[lead..]);
        if is_address(inner) {
            found.push(start + lead..start + lead + inner.len());
        }
    }
    found
}

/// Whether a bare address is one that a browser opens as it stands.
pub(super) fn opens(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

fn trim_end(token: &str) -> &str {
    let mut token = token;
    loop {
        let shorter = token.trim_end_matches(['.', ',', ';', ':', '!', '?', ']', '>', '"', '\'', '*', '_']);
        // A closing bracket belongs to the address only if it was opened there.
        let shorter = match shorter.strip_suffix(')') {
            Some(without) if shorter.matches(')').count() > shorter.matches('(').count() => without,
            _ => shorter,
        };
        if shorter.len() == token.len() {
            return token;
        }
        token = shorter;
    }
}

fn is_address(token: &str) -> bool {
    if let Some((scheme, rest)) = token.split_once("://") {
        return !rest.is_empty() && !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric());
    }
    if let Some(rest) = token.strip_prefix("www.") {
        return rest.contains('.');
    }
    token.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.contains('@')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_schemes_are_safe() {
        for safe in
            ["https://a.example", "mailto:a@b.example", "TEL:+12045550100", "../x/", "/a:b", "?a=b:c", "#x"]
        {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_ in
            ["javascript:alert(1)", " JavaScript:x", "java\tscript:x", "\u{1}data:text/html,x", "vbscript:x"]
        {
            assert!(!is_safe(unsafe_), "{unsafe_}");
        }
    }

    #[test]
    fn relative_addresses_are_seen_from_their_page() {
        let from = |target| resolve("https://city.example/status/incidents/main/?x#y", target).into_owned();
        assert_eq!(from("/advice/"), "https://city.example/advice/");
        assert_eq!(from("../valves/#now"), "https://city.example/status/incidents/valves/#now");
        assert_eq!(from("map.png"), "https://city.example/status/incidents/main/map.png");
        assert_eq!(from(".."), "https://city.example/status/incidents/");
        assert_eq!(from("#now"), "https://city.example/status/incidents/main/#now");
        assert_eq!(from("tel:123"), "tel:123");
        assert_eq!(resolve("https://city.example", "a"), "https://city.example/a");
        assert_eq!(resolve("", "a"), "a");
    }

    #[test]
    fn bare_addresses_leave_the_punctuation_around_them() {
        let text = "See (https://a.example/x_(y)), www.b.example. Or mail: help@c.example! At 3@4 nothing.";
        let found: Vec<_> = bare(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["https://a.example/x_(y)", "www.b.example", "help@c.example"]);
    }
}
