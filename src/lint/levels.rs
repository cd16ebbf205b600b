//! Levels as the site sets them: by rule, and by rule for some paths.

use std::collections::BTreeMap;

use regex::Regex;

use super::Rule;
use crate::config::LintSettings;
use crate::diag::{Finding, Level};

/// The site's levels with their globs ready for matching.
pub(super) struct Levels<'a> {
    site: &'a BTreeMap<String, Level>,
    paths: Vec<(Option<Regex>, &'a BTreeMap<String, Level>)>,
}

impl<'a> Levels<'a> {
    pub(super) fn new(settings: &'a LintSettings) -> Self {
        let paths = settings.paths.iter().map(|entry| (glob(&entry.glob), &entry.levels)).collect();
        Self { site: &settings.levels, paths }
    }

    /// The level that the site gives a rule in a file; `None`: its own.
    pub(super) fn of(&self, rule: &str, path: &str) -> Option<Level> {
        self.paths
            .iter()
            .rev()
            .filter(|(glob, _)| glob.as_ref().is_some_and(|glob| glob.is_match(path)))
            .find_map(|(_, levels)| levels.get(rule))
            .or_else(|| self.site.get(rule))
            .copied()
    }

    /// Whether a rule is off everywhere, so that it need not look.
    pub(super) fn is_off(&self, rule: &Rule) -> bool {
        let everywhere = self.site.get(rule.id).copied().unwrap_or(rule.level);
        let raised =
            self.paths.iter().filter_map(|(_, levels)| levels.get(rule.id)).any(|level| *level != Level::Off);
        everywhere == Level::Off && !raised
    }

    /// The finding at the site's level; `None` where the rule is off. `usual` is the rule's own level: a finding that
    /// the rule itself made milder stays as mild.
    pub(super) fn apply(&self, mut finding: Finding, usual: Level) -> Option<Finding> {
        if let Some(level) = self.of(&finding.rule, &finding.path) {
            finding.level = if finding.level == usual { level } else { level.min(finding.level) };
        }
        (finding.level != Level::Off).then_some(finding)
    }
}

/// `*` and `?` within one path part, `**` across parts.
fn glob(glob: &str) -> Option<Regex> {
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
    Regex::new(&pattern).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::LevelOverride;

    #[test]
    fn a_glob_matches_parts_and_whole_paths() {
        let matches = |pattern: &str, path: &str| glob(pattern).unwrap().is_match(path);
        assert!(matches("content/incidents/2019/**", "content/incidents/2019/old.md"));
        assert!(matches("content/incidents/2019/**", "content/incidents/2019/a/b.md"));
        assert!(!matches("content/incidents/2019/**", "content/incidents/2020/old.md"));
        assert!(matches("**/*.fr.md", "content/incidents/a.fr.md"));
        assert!(matches("content/*.md", "content/a+b.md"));
        assert!(!matches("content/*.md", "content/incidents/a.md"));
    }

    #[test]
    fn the_last_matching_path_wins_over_the_site() {
        let levels = |level| BTreeMap::from([("dead-link".to_owned(), level)]);
        let path = |glob: &str, level| LevelOverride { glob: glob.to_owned(), levels: levels(level) };
        let settings = LintSettings {
            levels: levels(Level::Error),
            paths: vec![path("content/**", Level::Warning), path("**/old.md", Level::Off)],
            rules_url: None,
        };
        let levels = Levels::new(&settings);
        assert_eq!(levels.of("dead-link", "content/old.md"), Some(Level::Off));
        assert_eq!(levels.of("dead-link", "content/new.md"), Some(Level::Warning));
        assert_eq!(levels.of("dead-link", "elsewhere.md"), Some(Level::Error));
        assert_eq!(levels.of("raw-html", "content/old.md"), None);
    }
}
