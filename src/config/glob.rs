//! Patterns for paths.

use regex::Regex;

/// `*` and `?` within one path part, `**` across parts.
#[derive(Clone, Debug)]
pub struct Glob {
    written: String,
    /// `None`: longer than any path, so that it matches none.
    regex: Option<Regex>,
}

impl Glob {
    pub fn new(written: &str) -> Self {
        Self { written: written.to_owned(), regex: Regex::new(&pattern(written)).ok() }
    }

    pub fn matches(&self, path: &str) -> bool {
        self.regex.as_ref().is_some_and(|regex| regex.is_match(path))
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Glob {}

fn pattern(glob: &str) -> String {
    let mut pattern = String::from("^");
    let mut rest = glob;
    while let Some(char) = rest.chars().next() {
        let (taken, translated) = if rest.starts_with("**/") {
            (3, "(?:.*/)?".to_owned())
        } else if rest.starts_with("**") {
            (2, ".*".to_owned())
        } else {
            let translated = match char {
                '*' => "[^/]*".to_owned(),
                '?' => "[^/]".to_owned(),
                _ => regex::escape(&char.to_string()),
            };
            (char.len_utf8(), translated)
        };
        pattern.push_str(&translated);
        rest = &rest[taken..];
    }
    pattern.push('$');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_matches_parts_and_whole_paths() {
        let matches = |pattern: &str, path: &str| Glob::new(pattern).matches(path);
        assert!(matches("content/incidents/2019/**", "content/incidents/2019/old.md"));
        assert!(matches("content/incidents/2019/**", "content/incidents/2019/a/b.md"));
        assert!(!matches("content/incidents/2019/**", "content/incidents/2020/old.md"));
        assert!(matches("**/*.fr.md", "content/incidents/a.fr.md"));
        assert!(matches("content/*.md", "content/a+b.md"));
        assert!(!matches("content/*.md", "content/incidents/a.md"));
    }
}
