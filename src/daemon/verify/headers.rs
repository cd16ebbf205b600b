//! Headers: what a host says beside a file against what the `_headers` file asks for.

use std::collections::BTreeMap;

use super::Fault;
use crate::http::Answer;
use crate::site::expected;

/// One header of one file that is not as it should be.
#[derive(Clone, Debug)]
pub(super) struct Unlike {
    path: String,
    name: String,
    wanted: String,
    got: Option<String>,
}

/// Types by the end of a name, for files that `_headers` leaves to the host.
const TYPES: [(&str, &[&str]); 6] = [
    (".html", &["text/html"]),
    (".svg", &["image/svg+xml"]),
    (".json", &["application/json", "application/feed+json"]),
    (".xml", &["application/xml", "text/xml", "application/cap+xml"]),
    (".txt", &["text/plain"]),
    (".webmanifest", &["application/manifest+json"]),
];

/// What the answer for a file lacks; `asked` is what was asked for, without a slash at its beginning.
pub(super) fn unlike(rules: &str, path: &str, asked: &str, answer: &Answer) -> Vec<Unlike> {
    if rules.is_empty() {
        return Vec::new();
    }
    let wanted = expected(rules, &format!("/{asked}"));
    let typed = wanted.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let mut found: Vec<Unlike> = wanted
        .into_iter()
        .filter_map(|(name, wanted)| {
            let got = answer.header(&name.to_ascii_lowercase());
            // Two rules may give one path the same value, which hosts join.
            let (once, got_plain) = (plain(&wanted), got.as_deref().map(plain));
            let same = got_plain.is_some_and(|got| got == once || got == format!("{once},{once}"));
            (!same).then(|| Unlike { path: path.to_owned(), name, wanted, got })
        })
        .collect();
    if let Some((_, types)) = TYPES.iter().find(|(end, _)| path.ends_with(end) && !typed) {
        let got = answer.header("content-type");
        let kind = got.as_deref().and_then(|got| got.split(';').next()).unwrap_or_default().trim();
        if !types.contains(&kind) {
            let wanted = types[0].to_owned();
            found.push(Unlike { path: path.to_owned(), name: "Content-Type".to_owned(), wanted, got });
        }
    }
    found
}

/// A value without what makes no difference: blanks and case.
fn plain(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The same difference of many files is told once.
pub(super) fn gathered(unlike: impl Iterator<Item = Unlike>) -> Vec<Fault> {
    let mut groups: BTreeMap<(String, String, Option<String>), Vec<String>> = BTreeMap::new();
    for Unlike { path, name, wanted, got } in unlike {
        groups.entry((name, wanted, got)).or_default().push(path);
    }
    let fault = |((name, wanted, got), paths)| Fault::Header { name, wanted, got, paths };
    groups.into_iter().map(fault).collect()
}
