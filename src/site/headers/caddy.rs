//! For Caddy. Its plain matchers end at a slash or hold a star at one end alone, so patterns become regular expressions.

use std::fmt::Write as _;

use super::{Rule, regex};

pub(super) fn write(rules: &[Rule]) -> String {
    let mut text = String::from(
        "# Headers and types of this site, for Caddy. In the block of the site:\n\
         #   root * /srv/status/public\n\
         #   import /srv/status/public/_caddy\n\
         #   file_server\n\
         # Written with every build; run `caddy reload` after a change of theme.\n",
    );
    for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| !rule.headers.is_empty()) {
        let _ = writeln!(text, "@candor{number} path_regexp {}", regex(&rule.pattern, ""));
        for (name, value) in &rule.headers {
            let _ = writeln!(text, "header @candor{number} {name} \"{value}\"");
        }
    }
    text
}
