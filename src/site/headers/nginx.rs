//! For nginx. Of its locations one alone counts, and an `add_header` in it puts all outer ones out of force: so each
//! block is whole.

use std::fmt::Write as _;

use super::{Rule, regex, whole};

pub(super) fn write(rules: &[Rule]) -> String {
    let mut text = String::from(
        "# Headers and types of this site, for nginx. In the server block that serves this folder:\n\
         #   root /srv/status/public;\n\
         #   include /srv/status/public/_nginx.conf;\n\
         # Written with every build; run `nginx -s reload` after a change of theme.\n\
         index index.html;\n\
         error_page 404 /404.html;\n",
    );
    for rule in whole(rules) {
        // A folder's address is answered by its index, for which nginx looks for a location once more.
        let index = if rule.pattern.ends_with('/') { r"(index\.html)?" } else { "" };
        let location = match rule.pattern.as_str() {
            "/*" => "/".to_owned(),
            path => format!("~ \"{}\"", regex(path, index)),
        };
        block(&mut text, &location, &rule);
    }
    text
}

fn block(text: &mut String, location: &str, rule: &Rule) {
    let _ = writeln!(text, "location {location} {{");
    for (name, value) in &rule.headers {
        let _ = match *name {
            "Content-Type" => writeln!(text, "  types {{}} default_type \"{value}\";"),
            name => writeln!(text, "  add_header {name} \"{value}\" always;"),
        };
    }
    text.push_str("}\n");
}
