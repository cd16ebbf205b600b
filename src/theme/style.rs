//! The style sheet as it stands in each page: without comments and blanks, with the site's accent colour.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::colour::Colour;

/// A style sheet to stand between `<style>` and `</style>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    pub css: String,
    /// `sha256-…`: what a content security policy names to allow exactly this style.
    pub hash: String,
}

/// The panels of the built-in theme: of its backgrounds the ones on which the accent is hardest to read.
const PAPER: Colour = Colour { red: 0xf3, green: 0xf5, blue: 0xf6 };
const NIGHT: Colour = Colour { red: 0x1a, green: 0x24, blue: 0x2b };

impl Style {
    /// The accent is darkened for light pages and lightened for dark ones until it is readable there (WCAG 1.4.3).
    pub(super) fn new(source: &str, accent: &str) -> Self {
        let accent = Colour::parse(accent).unwrap_or(Colour { red: 0x0b, green: 0x5f, blue: 0xa5 });
        let css = compact(source)
            .replace("ACCENT-LIGHT", &accent.readable_on(PAPER).to_string())
            .replace("ACCENT-DARK", &accent.readable_on(NIGHT).to_string());
        let hash = format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(&css)));
        Self { css, hash }
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
        assert_eq!(Style::new(source, "#0b5fa5").css, "p,main > a{margin:0 auto;color:#0b5fa5}");
    }

    #[test]
    fn a_pale_accent_is_made_readable() {
        let css = Style::new("ACCENT-LIGHT ACCENT-DARK", "#ffe600").css;
        let (light, dark) = css.split_once(' ').unwrap();
        assert_ne!(light, "#ffe600");
        assert_eq!(dark, "#ffe600");
    }
}
