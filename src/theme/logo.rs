//! The logo: a picture of the theme that stands beside the site's name on every page.

use std::sync::LazyLock;

use regex::Regex;

use super::Theme;
use crate::diag::Finding;
use crate::text::nearest;

/// How tall it is shown, in CSS pixels.
const TALL: f64 = 36.0;
/// In bytes. Every reader loads it, also on a bad line: what fits into the first round trip.
const LARGEST: usize = 14_000;

/// A picture as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logo<'t> {
    pub bytes: &'t [u8],
    /// In CSS pixels, so that nothing moves when the picture comes.
    pub width: u32,
    pub height: u32,
}

impl Theme {
    /// The picture of that name in the theme, or what is wrong with it; nothing where no name is given.
    pub fn logo(&self, name: &str) -> Result<Option<Logo<'_>>, Box<Finding>> {
        if name.is_empty() {
            return Ok(None);
        }
        let Some((path, bytes)) = self.picture(name) else {
            let help = match nearest(name, self.names()) {
                Some(near) => format!("Did you mean `logo = \"{near}\"`?"),
                None => "Put the file into the folder of the theme, `themes/NAME/`, and name the theme."
                    .to_owned(),
            };
            let message = format!("The theme has no file called `{name}`, so no logo is shown.");
            return Err(Box::new(Finding::error("theme-file", &"candor.toml".into(), 0..0, message, help)));
        };
        let judged = if name.ends_with(".svg") { drawing(bytes) } else { image(bytes) };
        let judged = judged.and_then(|ratio| match bytes.len() {
            size if size > LARGEST => Err((
                format!("it has {size} bytes, and every reader would load them"),
                "Make it smaller than 14 kB: it is shown 36 pixels tall.",
            )),
            _ => Ok(ratio),
        });
        match judged {
            // At most as wide as a small telephone.
            Ok(ratio) => Ok(Some(Logo {
                bytes,
                width: (TALL * ratio).clamp(1.0, 280.0).round() as u32,
                height: TALL as u32,
            })),
            Err((why, help)) => {
                let message = format!("`{name}` is not shown as the logo: {why}.");
                Err(Box::new(Finding::error("theme-file", &path, 0..0, message, help)))
            }
        }
    }
}

type Judged = Result<f64, (String, &'static str)>;

/// The ratio of an image's width to its height.
fn image(bytes: &[u8]) -> Judged {
    match imagesize::blob_size(bytes) {
        Ok(size) if size.width > 0 && size.height > 0 => Ok(size.width as f64 / size.height as f64),
        _ => Err((
            "it is no picture that browsers show".to_owned(),
            "Use an SVG, a PNG, a JPEG or a WebP file.",
        )),
    }
}

/// The same of a drawing, in which nothing may run and which may load nothing: someone can open it by itself.
fn drawing(bytes: &[u8]) -> Judged {
    static ACTS: LazyLock<Regex> = LazyLock::new(|| {
        let acts = r#"(?i)<(?:[\w.-]+:)?(?:script|foreignobject|iframe|object|embed|link|meta)\b|<!entity|<!attlist|<\?xml-stylesheet|\x1b|attributename\s*=\s*["'][^"']*(?:href|&)|javascript:|\son[a-z]+\s*=|@import|(href|src)\s*=\s*["']\s*[^#\s"']|url\(\s*["']?\s*[^#\s"')]"#;
        Regex::new(acts).expect("a constant pattern")
    });
    static BOX: LazyLock<Regex> = LazyLock::new(|| {
        let size = r#"(?is)<svg\b[^>]*\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']"#;
        Regex::new(size).expect("a constant pattern")
    });
    let text = String::from_utf8_lossy(bytes);
    if let Some(found) = ACTS.find(&text) {
        let why = format!("it holds `{}`, and a logo may run and load nothing", found.as_str().trim());
        return Err((
            why,
            "Save it as plain shapes and paths, without scripts, links and fonts from elsewhere.",
        ));
    }
    let size = BOX.captures(&text).and_then(|found| {
        let (width, height): (f64, f64) = (found[1].parse().ok()?, found[2].parse().ok()?);
        (width > 0.0 && height > 0.0).then_some(width / height)
    });
    size.ok_or_else(|| {
        ("it is no SVG with a `viewBox`".to_owned(), "Write `viewBox=\"0 0 WIDTH HEIGHT\"` in its `<svg>`.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 24\"><path d=\"M0 0h48\" fill=\"url(#a)\"/></svg>";
    /// One white pixel.
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc\xf8\x0f\0\0\x01\x01\0\x05\x18\xd8N\0\0\0\0IEND\xaeB`\x82";

    fn logo(name: &str, bytes: &[u8]) -> Result<(u32, u32), String> {
        let path = format!("themes/city/{name}");
        let theme = match std::str::from_utf8(bytes) {
            Ok(text) => Theme::new(&[Source::new(path, text)]).0,
            Err(_) => Theme::new(&[]).0.with_pictures([(path.into(), bytes.into())]),
        };
        let logo = theme.logo(name).map_err(|finding| finding.message.clone())?;
        Ok(logo.map(|logo| (logo.width, logo.height)).unwrap())
    }

    #[test]
    fn a_picture_keeps_its_place_before_it_is_there() {
        assert_eq!(logo("logo.svg", SVG.as_bytes()), Ok((72, 36)));
        assert_eq!(logo("img/crest.png", PNG), Ok((36, 36)));
        assert_eq!(Theme::new(&[]).0.logo(""), Ok(None));
    }

    #[test]
    fn what_acts_loads_or_is_no_picture_is_refused() {
        for spoilt in [
            SVG.replace("<path", "<script>go()</script><path"),
            SVG.replace("<path", "<path onload=\"go()\""),
            SVG.replace("<path", "<image href=\"https://track.example/x.png\"/><path"),
            SVG.replace("<path", "<a xlink:href=\"javascript:go()\"/><path"),
            SVG.replace("url(#a)", "url(https://track.example/x)"),
            SVG.replace("<path", "<foreignObject/><path"),
            SVG.replace("<path", "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">go()</s:script><path"),
            SVG.replace(
                "<path",
                "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\" srcdoc=\"&lt;b>\"/><path",
            ),
            SVG.replace("<path", "<animate attributeName=\"href\" to=\"java&#115;cript:go()\"/><path"),
            SVG.replace("<svg", "<!DOCTYPE svg [<!ATTLIST svg onload CDATA \"go()\">]><svg"),
            SVG.replace("<svg", "<?xml-stylesheet type=\"text/xsl\" href=\"#x\"?><svg"),
            SVG.replace("viewBox", "viewbocks"),
            SVG.replace("<path", &"<path/>".repeat(4000)),
        ] {
            let told = logo("logo.svg", spoilt.as_bytes()).unwrap_err();
            assert!(told.starts_with("`logo.svg` is not shown as the logo: it "), "{told}");
        }
        assert!(logo("logo.png", b"GIF? no").unwrap_err().contains("no picture that browsers show"));
        let finding =
            Theme::new(&[Source::new("themes/city/crest.svg", SVG)]).0.logo("crst.svg").unwrap_err();
        assert_eq!(finding.help, "Did you mean `logo = \"crest.svg\"`?");
        for name in ["../../candor.toml", "style.css", "front.html"] {
            assert!(Theme::new(&[]).0.logo(name).is_err(), "{name}");
        }
    }
}
