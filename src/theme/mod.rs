//! Templates, style and words of the pages: the built-in theme, compiled in from `themes/default`, and an overlay
//! whose files replace those of the same name.
//!
//! A theme lays out; it computes nothing. What a page says is decided in `site`, which hands over plain values and
//! [`Html`]. A broken overlay file is a finding, and the built-in one stands in for it, so that no slip in a template
//! takes the site down.

mod bounds;
mod fault;
mod ftl;
mod html;
mod logo;
mod phrase;
mod strings;
mod style;

pub use html::Html;
pub use logo::Logo;
pub use strings::Strings;
pub use style::Inline;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::Arc;

use include_dir::{Dir, File, include_dir};
use tera::{Context, Error, Kwargs, State, Tera, TeraResult};

use crate::config::Colours;
use crate::diag::Finding;
use crate::prose;
use crate::text::{Source, nearest};
use strings::Languages;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Files that stand within pages, and so are no files of the site.
const INLINE: [&str; 3] = [STYLE, EMBED_STYLE, SCRIPT];
const STYLE: &str = "style.css";
const EMBED_STYLE: &str = "embed.css";
const SCRIPT: &str = "page.js";

/// Everything that gives the site its looks.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// By name within the theme: what is not a template and not words.
    files: BTreeMap<String, Source>,
    /// Files that are no text, by name.
    pictures: BTreeMap<String, (Arc<str>, Arc<[u8]>)>,
    /// Templates by name, for the place in a finding.
    templates: BTreeMap<String, Source>,
    languages: Languages,
    fingerprint: u64,
}

impl Theme {
    /// The built-in theme with the overlay's files, whose paths are `themes/NAME/FILE`.
    pub fn new(overlay: &[Source]) -> (Self, Vec<Finding>) {
        let built_in = built_in();
        let mut files = built_in.clone();
        let mut findings = Vec::new();
        for source in overlay {
            let name = name_of(&source.path);
            findings.extend(unused(source, name, &built_in));
            files.insert(name.to_owned(), source.clone());
        }
        let mut hasher = DefaultHasher::new();
        for (name, source) in &files {
            (name, &source.text).hash(&mut hasher);
        }
        let languages = languages(&files, &built_in, &mut findings);
        let mut templates = files.clone();
        templates.retain(|name, _| is_template(name));
        files.retain(|name, _| !is_template(name) && words_of(name).is_none());
        let tera = compile(&mut templates, &built_in, &mut findings);
        let pictures = BTreeMap::new();
        (Self { tera, files, pictures, templates, languages, fingerprint: hasher.finish() }, findings)
    }

    /// With the overlay's files that are no text: path and bytes.
    pub fn with_pictures(mut self, pictures: impl IntoIterator<Item = (Arc<str>, Arc<[u8]>)>) -> Self {
        let mut hasher = DefaultHasher::new();
        self.fingerprint.hash(&mut hasher);
        for (path, bytes) in pictures {
            (&path, &bytes).hash(&mut hasher);
            self.pictures.insert(name_of(&path).to_owned(), (path, bytes));
        }
        self.fingerprint = hasher.finish();
        self
    }

    /// The words of the nearest language that the theme has.
    pub fn strings(&self, lang: &str) -> Arc<Strings> {
        self.languages.of(lang)
    }

    /// The style sheet of all pages, in the site's colours.
    pub fn style(&self, colours: &Colours) -> Inline {
        Inline::style(self.text(STYLE), colours)
    }

    /// The style sheet of the page that others embed.
    pub fn embed_style(&self, colours: &Colours) -> Inline {
        Inline::style(self.text(EMBED_STYLE), colours)
    }

    /// The script that pages may run and none needs.
    pub fn script(&self) -> Inline {
        Inline::script(self.text(SCRIPT))
    }

    fn text(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |source| &source.text)
    }

    /// Path and bytes of a file that is no template, no words and no part of every page.
    fn picture(&self, name: &str) -> Option<(Arc<str>, &[u8])> {
        let text = self.files.get(name).filter(|_| !INLINE.contains(&name));
        let text = text.map(|source| (source.path.clone(), source.text.as_bytes()));
        text.or_else(|| self.pictures.get(name).map(|(path, bytes)| (path.clone(), &**bytes)))
    }

    /// Of all that could be a picture.
    fn names(&self) -> impl Iterator<Item = &str> {
        let texts = self.files.keys().filter(|name| !INLINE.contains(&name.as_str()));
        texts.chain(self.pictures.keys()).map(String::as_str)
    }

    /// Fills a template. The finding names the template, the place, and what was available there.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Box<Finding>> {
        let mut page = bounds::Page::default();
        page.bytes.reserve(24 * 1024);
        match self.tera.render_to(template, context, &mut page) {
            Ok(()) => Ok(page.bytes),
            Err(_) if page.too_long => Err(Box::new(bounds::too_long(template, &self.templates))),
            Err(error) => Err(Box::new(fault::finding(&error, template, &self.templates))),
        }
    }

    /// Equal fingerprints, equal themes.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

fn built_in() -> BTreeMap<String, Source> {
    fn gather<'a>(dir: &'a Dir<'a>, found: &mut Vec<&'a File<'a>>) {
        found.extend(dir.files());
        for inner in dir.dirs() {
            gather(inner, found);
        }
    }
    let mut found = Vec::new();
    gather(&BUILT_IN, &mut found);
    let named = found.into_iter().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?)));
    named.map(|(name, text)| (name.to_owned(), Source::new(format!("themes/default/{name}"), text))).collect()
}

/// The name within the theme of `themes/NAME/FILE`.
fn name_of(path: &str) -> &str {
    let inside = path.strip_prefix("themes/").and_then(|path| path.split_once('/'));
    inside.map_or(path, |(_theme, name)| name)
}

fn is_template(name: &str) -> bool {
    name.ends_with(".html") || name.ends_with(".txt")
}

/// The language of `strings/LANG.ftl`.
fn words_of(name: &str) -> Option<&str> {
    name.strip_prefix("strings/")?.strip_suffix(".ftl")
}

/// An overlay file with a name that is nearly one of the theme's replaces nothing, which is surely not meant.
fn unused(source: &Source, name: &str, built_in: &BTreeMap<String, Source>) -> Option<Finding> {
    if built_in.contains_key(name) {
        return None;
    }
    let near = nearest(name, built_in.keys().map(String::as_str))?;
    // `strings/it.ftl` is near `strings/fr.ftl` and yet means a language of its own.
    if words_of(name).is_some() {
        return None;
    }
    Some(Finding::warning(
        "theme-file",
        &source.path,
        0..0,
        format!("The theme has no file called `{name}`, so this one replaces nothing."),
        format!("Did you mean `{near}`?"),
    ))
}

fn languages(
    files: &BTreeMap<String, Source>,
    built_in: &BTreeMap<String, Source>,
    findings: &mut Vec<Finding>,
) -> Languages {
    let plain = |lang: &str| built_in.get(&format!("strings/{lang}.ftl"));
    let english = Strings::read("en", plain("en"), None, None).0;
    let mut languages = Languages::default();
    for (name, source) in files {
        let Some(lang) = words_of(name) else { continue };
        let plain = plain(lang);
        let overlay = Some(source).filter(|source| plain.is_none_or(|plain| plain.path != source.path));
        let (mut strings, found) = Strings::read(lang, plain, overlay, Some(&english));
        findings.extend(found);
        strings.complete_from(&english);
        languages.insert(strings);
    }
    languages
}

/// Compiles all templates. Where an overlay's does not compile, the built-in one of that name takes its place.
fn compile(
    templates: &mut BTreeMap<String, Source>,
    built_in: &BTreeMap<String, Source>,
    findings: &mut Vec<Finding>,
) -> Tera {
    loop {
        let mut tera = engine();
        let result =
            tera.add_raw_templates(templates.iter().map(|(name, source)| (name.as_str(), &*source.text)));
        let (wrong, finding) = match result {
            Err(error) => {
                let wrong = fault::template(&error).map(str::to_owned);
                let finding = fault::finding(&error, wrong.as_deref().unwrap_or_default(), templates);
                (wrong, finding)
            }
            Ok(()) => match bounds::circle(templates) {
                None => return tera,
                Some((name, finding)) => (Some(name), finding),
            },
        };
        findings.push(finding);
        if !wrong.is_some_and(|name| restore(&name, templates, built_in)) {
            // The fault is between several files: leave the whole overlay aside.
            *templates = built_in.clone();
            templates.retain(|name, _| is_template(name));
            let mut tera = engine();
            tera.add_raw_templates(templates.iter().map(|(name, source)| (name.as_str(), &*source.text)))
                .expect("the built-in templates compile: a test holds it");
            return tera;
        }
    }
}

/// The engine, with a `range` that gives no more than a page has use for.
fn engine() -> Tera {
    let mut tera = Tera::default();
    tera.set_escape_fn(escape);
    tera.register_function("range", |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Vec<i64>> {
        let start = kwargs.get::<i64>("start")?.unwrap_or_default();
        let end = kwargs.must_get::<i64>("end")?;
        let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
        let step = usize::try_from(step).ok().filter(|step| *step > 0);
        let step = step.ok_or_else(|| Error::message("`step_by` of `range` is above 0"))?;
        if end.saturating_sub(start) > bounds::STEPS {
            return Err(Error::message(format!("`range` gives at most {} steps", bounds::STEPS)));
        }
        Ok((start..end).step_by(step).collect())
    });
    tera
}

/// Escapes a value as HTML, without the control characters that no page may hold.
fn escape(text: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let mut html = String::with_capacity(text.len() + 8);
    prose::escape(text, &mut html);
    // An attribute of an overlay may stand in single quotes.
    for (index, piece) in html.split('\'').enumerate() {
        if index > 0 {
            out.write_all(b"&#39;")?;
        }
        out.write_all(piece.as_bytes())?;
    }
    Ok(())
}

/// Puts the built-in template back in place of an overlay's, or takes away one that only the overlay has.
/// False: it is the built-in one already.
fn restore(
    name: &str,
    templates: &mut BTreeMap<String, Source>,
    built_in: &BTreeMap<String, Source>,
) -> bool {
    match (built_in.get(name), templates.get(name)) {
        (Some(plain), Some(current)) if plain.path == current.path => false,
        (Some(plain), Some(_)) => {
            templates.insert(name.to_owned(), plain.clone());
            true
        }
        (None, Some(_)) => templates.remove(name).is_some(),
        (_, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay(name: &str, text: &str) -> Vec<Source> {
        vec![Source::new(format!("themes/city/{name}"), text)]
    }

    #[test]
    fn the_built_in_theme_has_no_fault() {
        let (theme, findings) = Theme::new(&[]);
        assert_eq!(findings, []);
        assert_eq!(theme.strings("fr").get("language.name"), "Français");
    }

    #[test]
    fn a_broken_template_is_a_finding_and_the_built_in_one_stands_in() {
        let (theme, findings) = Theme::new(&overlay("404.html", "<p>\n{{ page.title }\n"));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(&*findings[0].path, "themes/city/404.html");
        assert!(theme.templates["404.html"].path.starts_with("themes/default/"));
    }

    #[test]
    fn a_value_that_is_not_there_is_a_finding_with_what_is() {
        let (theme, _) = Theme::new(&overlay("404.html", "<p>\n{{ page.titel }}\n"));
        let mut context = Context::new();
        context.insert("page", &BTreeMap::from([("title", "x"), ("lead", "y")]));
        let finding = theme.render("404.html", &context).unwrap_err();
        assert_eq!(&*finding.path, "themes/city/404.html");
        assert_eq!(finding.text, "titel");
        assert_eq!(finding.message, "Field `titel` is not defined. Available fields: lead, title");
    }

    #[test]
    fn a_template_that_would_never_end_is_refused_and_the_built_in_one_stands_in() {
        let (theme, findings) = Theme::new(&overlay("404.html", "{% extends \"404.html\" %}"));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(theme.templates["404.html"].path.starts_with("themes/default/"));
        let loops = "{% component walk(of) %}{{ <run of={of}/> }}{% endcomponent %}\n\
                     {% component run(of) %}{{ <walk of={of}/> }}{% endcomponent %}\n";
        let (theme, findings) = Theme::new(&overlay("ours.html", loops));
        assert_eq!(&*findings[0].path, "themes/city/ours.html");
        assert_eq!(
            findings[0].message,
            "The component `run` calls `walk`, which leads back to `run`: it would never end."
        );
        assert!(!theme.templates.contains_key("ours.html"));
    }

    #[test]
    fn a_page_without_end_is_a_finding() {
        let many =
            "{% for a in range(end=1000) %}{% for b in range(end=1000) %}{{ page }}{% endfor %}{% endfor %}";
        let (theme, _) = Theme::new(&overlay("404.html", many));
        let mut context = Context::new();
        context.insert("page", "eighteen bytes long");
        let finding = theme.render("404.html", &context).unwrap_err();
        assert_eq!(finding.message, "A page made from this template grew past 16 megabytes.");
        let (theme, _) = Theme::new(&overlay("404.html", "{% for a in range(end=5000) %}{% endfor %}"));
        let finding = theme.render("404.html", &context).unwrap_err();
        assert!(finding.message.contains("at most 1000 steps"), "{}", finding.message);
    }

    #[test]
    fn a_template_reaches_no_file_outside_of_the_theme() {
        for text in ["{% include \"../../../candor.host.toml\" %}", "{% extends \"/etc/passwd\" %}"] {
            let (theme, findings) = Theme::new(&overlay("404.html", text));
            assert_eq!(findings.len(), 1, "{text}: {findings:?}");
            assert!(theme.templates["404.html"].path.starts_with("themes/default/"));
        }
        let (theme, _) = Theme::new(&overlay("../../secret.svg", "x"));
        assert!(theme.picture("../../../etc/passwd").is_none());
    }

    #[test]
    fn a_file_with_a_slip_in_its_name_is_found() {
        let (_, findings) = Theme::new(&overlay("incidnet.html", "x"));
        assert_eq!(findings[0].help, "Did you mean `incident.html`?");
    }
}
