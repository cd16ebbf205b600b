//! Style sheets and script as they stand in each page: without comments and blanks, in the site's colours.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::config::Colours;

/// Text to stand between `<style>` and `</style>`, or in a `<script>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    pub text: String,
    /// `sha256-…`: what a content security policy names to allow exactly this text.
    pub hash: String,
}

impl Inline {
    pub(super) fn style(source: &str, colours: &Colours) -> Self {
        Self::new(
            compact(source)
                .replace("ACCENT-LIGHT", &colours.accent.to_string())
                .replace("ACCENT-DARK", &colours.accent_dark.to_string())
                .replace("BOARD", &colours.board.to_string())
                .replace("LAMP", &colours.lamp.to_string()),
        )
    }

    /// Drops lines that are comments, and the blanks at the beginning of lines.
    pub(super) fn script(source: &str) -> Self {
        let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
        Self::new(lines.collect::<Vec<_>>().join("\n"))
    }

    fn new(text: String) -> Self {
        let hash = format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(&text)));
        Self { text, hash }
    }
}

/// Drops comments, line ends, and blanks around `{`, `}`, `;` and `,` and after `:`. Quoted text must not hold any of those
/// with blanks beside it; a style sheet has no need of that.
fn compact(source: &str) -> String {
    let mut css = String::with_capacity(source.len());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("/*") {
        css.push_str(before);
        rest = after.split_once("*/").map_or("", |(_comment, after)| after);
    }
    css.push_str(rest);
    let mut out = String::with_capacity(css.len());
    for word in css.split_whitespace() {
        let joined = out.ends_with(['{', '}', ';', ',', ':']) || word.starts_with(['{', '}', ';', ',']);
        if !out.is_empty() && !joined {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.replace(";}", "}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blanks_go_and_meaning_stays() {
        let source = "/* a */\np, main > a {\n  margin: 0 auto;\n  color: ACCENT-LIGHT;\n}\n";
        let style = Inline::style(source, &Colours::default());
        assert_eq!(style.text, "p,main > a{margin:0 auto;color:#0b5fa5}");
        assert_eq!(Inline::script("// Why.\n\tgo();\n").text, "go();");
    }
}
