//! What a file is, by its path.

use crate::config::is_language_tag;

/// What a path under the site's root holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    Services,
    Areas,
    People,
    Risks,
    /// `content/incidents/**/SLUG[.LANG].md`.
    Incident {
        slug: &'a str,
        lang: Option<&'a str>,
    },
    /// `content/maintenance/**/SLUG[.LANG].md`.
    Maintenance {
        slug: &'a str,
        lang: Option<&'a str>,
    },
    /// `content/pages/SLUG[.LANG].md`.
    Page {
        slug: &'a str,
        lang: Option<&'a str>,
    },
    /// Markdown or TOML in `content/` that nothing reads: most often a slip.
    Stray,
    /// Not for the reader: pictures, hidden files, `README.md`, `content/advice/`, everything outside `content/`.
    Other,
}

/// What the file at `path` (relative, `/` between parts) is.
pub fn place(path: &str) -> Place<'_> {
    let Some(inside) = path.strip_prefix("content/") else { return Place::Other };
    if inside.split('/').any(|part| part.starts_with('.')) || inside.starts_with("advice/") {
        return Place::Other;
    }
    match inside {
        "services.toml" => return Place::Services,
        "areas.toml" => return Place::Areas,
        "people.toml" => return Place::People,
        "risks.toml" => return Place::Risks,
        _ => {}
    }
    let (folder, rest) = inside.split_once('/').unwrap_or(("", inside));
    let name = rest.rsplit('/').next().unwrap_or(rest);
    if name == "README.md" {
        return Place::Other;
    }
    match (folder, name.strip_suffix(".md")) {
        ("incidents", Some(stem)) => {
            let (slug, lang) = split_language(stem);
            Place::Incident { slug, lang }
        }
        ("maintenance", Some(stem)) => {
            let (slug, lang) = split_language(stem);
            Place::Maintenance { slug, lang }
        }
        ("pages", Some(stem)) => {
            let (slug, lang) = split_language(stem);
            Place::Page { slug, lang }
        }
        _ if [".md", ".toml", ".markdown", ".mdown", ".md.txt"]
            .iter()
            .any(|end| name.to_lowercase().ends_with(end)) =>
        {
            Place::Stray
        }
        _ => Place::Other,
    }
}

/// `burst-main.fr` is the French of `burst-main`.
fn split_language(stem: &str) -> (&str, Option<&str>) {
    match stem.rsplit_once('.') {
        Some((slug, lang)) if is_language_tag(lang) => (slug, Some(lang)),
        _ => (stem, None),
    }
}

/// Whether a text is a slug: `[a-z0-9-]+`.
pub(super) fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// A slug as near to `text` as one can be.
pub(super) fn slug_for(text: &str) -> String {
    let plain: String =
        text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_say_what_files_are() {
        let incident = |slug, lang| Place::Incident { slug, lang };
        assert_eq!(place("content/incidents/a.md"), incident("a", None));
        assert_eq!(place("content/incidents/2026/a-b.fr.md"), incident("a-b", Some("fr")));
        assert_eq!(place("content/incidents/a.pt-BR.md"), incident("a", Some("pt-BR")));
        assert_eq!(place("content/incidents/v1.2.md"), incident("v1.2", None));
        assert_eq!(place("content/maintenance/a.md"), Place::Maintenance { slug: "a", lang: None });
        assert_eq!(place("content/pages/about.md"), Place::Page { slug: "about", lang: None });
        assert_eq!(place("content/pages/about.fr.md"), Place::Page { slug: "about", lang: Some("fr") });
        assert_eq!(place("content/services.toml"), Place::Services);
        assert_eq!(place("content/incident/a.md"), Place::Stray);
        assert_eq!(place("content/a.md"), Place::Stray);
        for other in [
            "content/advice/floods.md",
            "content/incidents/.a.md.swp",
            "content/incidents/map.png",
            "README.md",
        ] {
            assert_eq!(place(other), Place::Other, "{other}");
        }
    }
}
