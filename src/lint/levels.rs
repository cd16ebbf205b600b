//! Levels as the site sets them: by rule, and by rule for some paths.

use super::{Rule, rules};
use crate::config::LintSettings;
use crate::diag::{Finding, Level};

/// The site's levels.
pub(super) struct Levels<'a> {
    settings: &'a LintSettings,
}

impl<'a> Levels<'a> {
    pub(super) fn new(settings: &'a LintSettings) -> Self {
        Self { settings }
    }

    /// The level that the site gives a rule in a file; `None`: its own.
    pub(super) fn of(&self, rule: &str, path: &str) -> Option<Level> {
        let paths = self.settings.paths.iter().rev();
        paths
            .filter(|entry| entry.levels.contains_key(rule) && entry.glob.matches(path))
            .find_map(|entry| entry.levels.get(rule))
            .or_else(|| self.settings.levels.get(rule))
            .copied()
    }

    /// The rules that are not off everywhere: the others need not look.
    pub(super) fn on(&self) -> impl Iterator<Item = &'static Rule> {
        rules().iter().copied().filter(|rule| !self.is_off(rule))
    }

    fn is_off(&self, rule: &Rule) -> bool {
        let everywhere = self.settings.levels.get(rule.id).copied().unwrap_or(rule.level);
        let paths = self.settings.paths.iter();
        let raised = paths.filter_map(|entry| entry.levels.get(rule.id)).any(|level| *level != Level::Off);
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::{Glob, LevelOverride};

    #[test]
    fn the_last_matching_path_wins_over_the_site() {
        let levels = |level| BTreeMap::from([("dead-link".to_owned(), level)]);
        let path = |glob: &str, level| LevelOverride { glob: Glob::new(glob), levels: levels(level) };
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
