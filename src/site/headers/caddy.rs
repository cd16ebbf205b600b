//! For Caddy, whose matchers are a beginning, an end, or a whole path.

use std::fmt::Write as _;

use super::Rule;

pub(super) fn write(rules: &[Rule]) -> String {
    let mut text = String::from(
        "# Headers and types of this site, for Caddy. In the block of the site:\n\
         #   root * /srv/status/public\n\
         #   import /srv/status/public/_caddy\n\
         #   file_server\n\
         # Written with every build; run `caddy reload` after a change of theme.\n",
    );
    for rule in rules {
        let matcher = match rule.pattern.strip_prefix("/*") {
            Some("") => "*",
            Some(_) => &rule.pattern[1..],
            // A star within stands for one part there, at the end for all that follows.
            None => {
                rule.pattern.strip_suffix('/').filter(|begin| begin.ends_with('*')).unwrap_or(&rule.pattern)
            }
        };
        for (name, value) in &rule.headers {
            let _ = writeln!(text, "header {matcher} {name} \"{value}\"");
        }
    }
    text
}
