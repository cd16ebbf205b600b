//! Pages that are served, not built: those of the sign-up service, in the frame and the languages of the site.
//!
//! Everything in the frame leads back to the site: by path where both are one origin, so that a copy works anywhere,
//! else by the site's full address.

use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use serde::Serialize;
use tera::{Context, Value};

use super::index::Site;
use super::order::Order;
use super::{View, frame, host, tongue};
use crate::config::Settings;
use crate::content::{Page, Registers};
use crate::text::{Label, same_language};
use crate::theme::{Html, Strings, Theme};
use crate::timeline::Record;

/// The frame in every language of the site.
#[derive(Debug)]
pub struct Served {
    theme: Arc<Theme>,
    editions: Vec<Edition>,
    root: String,
    policy: String,
}

/// The frame in one language.
#[derive(Debug)]
struct Edition {
    lang: String,
    prefix: String,
    strings: Arc<Strings>,
    site: Value,
    words: Value,
    /// See [`tongue::label`].
    marks: [String; 2],
}

/// A link to the same page in a language.
#[derive(Serialize)]
struct Switch<'a> {
    lang: &'a str,
    name: &'a str,
    href: String,
    current: bool,
}

impl Served {
    /// `public_url`: where the pages are served.
    pub fn new(
        settings: &Settings,
        registers: &Registers,
        pages: &[Page],
        theme: &Arc<Theme>,
        public_url: &str,
    ) -> Self {
        let record = Record::default();
        let view = View {
            settings,
            registers,
            pages,
            timelines: &[],
            unreadable: &[],
            record: &record,
            now: Timestamp::UNIX_EPOCH,
            preview: false,
            commit: "",
            set_aside: &[],
        };
        let (site, _) = Site::new(&view, theme, Order::default());
        let base = &settings.base_url;
        let one_origin = origin(public_url) == origin(base);
        let root = if one_origin { base.strip_prefix(origin(base)).unwrap_or_default() } else { base };
        let pictures = if one_origin { "" } else { origin(base) };
        let policy = host::policy_with(&site, pictures);
        let edition = |tongue: &tongue::Tongue<'_>| {
            let (shared, words) = frame::shared(&site, tongue, policy.clone());
            let strings = tongue.strings.clone();
            let (lang, prefix) = (tongue.lang.to_owned(), tongue.prefix.clone());
            Edition { lang, prefix, strings, site: shared, words, marks: tongue.marks.clone() }
        };
        let editions = site.tongues.iter().map(edition).collect();
        Self { editions, root: format!("{}/", root.trim_end_matches('/')), policy, theme: theme.clone() }
    }

    /// The nearest of the site's languages; its default where none is near.
    pub fn language(&self, wanted: &str) -> Option<&str> {
        let tags = || self.editions.iter().map(|edition| edition.lang.as_str());
        let exact = tags().find(|tag| tag.eq_ignore_ascii_case(wanted));
        exact.or_else(|| tags().find(|tag| !wanted.is_empty() && same_language(tag, wanted)))
    }

    /// The site's languages with what each calls itself.
    pub fn languages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.editions.iter().map(|edition| (edition.lang.as_str(), edition.strings.get("language.name")))
    }

    pub fn strings(&self, lang: &str) -> &Strings {
        &self.edition(lang).strings
    }

    /// A text of registers or settings in a language, marked where it is not translated.
    pub fn label(&self, lang: &str, label: &Label) -> Html {
        let edition = self.edition(lang);
        tongue::label(label, &edition.lang, &edition.marks)
    }

    /// The front page in a language.
    pub fn home(&self, lang: &str) -> String {
        format!("{}{}", self.root, self.edition(lang).prefix)
    }

    /// The page of an incident or of planned work.
    pub fn incident(&self, lang: &str, incident: &crate::content::Incident) -> String {
        format!("{}{}/{}/", self.home(lang), incident.folder(), incident.slug)
    }

    /// What a page may load; for the header of that name, without `frame-ancestors`.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// Renders a page. `switch`: the query of the same page, without its `lang`, where it can be had in another language
    /// by asking again. A theme whose template fails is passed over: an answer must come.
    pub fn page<M: Serialize>(
        &self,
        lang: &str,
        template: &str,
        title: &str,
        model: &M,
        switch: Option<&str>,
    ) -> Vec<u8> {
        static BUILT_IN: LazyLock<Theme> = LazyLock::new(|| Theme::new(&[]).0);
        let edition = self.edition(lang);
        let mut context = Context::new();
        context.insert_value("site", edition.site.clone());
        context.insert_value("s", edition.words.clone());
        context.insert("root", &self.root);
        context.insert("home", &self.home(lang));
        context.insert("editions", &self.switches(edition, switch));
        context.insert("title", title);
        context.insert("page", model);
        let page = self.theme.render(template, &context).or_else(|_| BUILT_IN.render(template, &context));
        page.unwrap_or_default()
    }

    fn switches<'a>(&'a self, current: &Edition, query: Option<&str>) -> Vec<Switch<'a>> {
        let Some(query) = query else { return Vec::new() };
        let and = if query.is_empty() { "" } else { "&" };
        let switch = |edition: &'a Edition| Switch {
            lang: &edition.lang,
            name: edition.strings.get("language.name"),
            href: format!("?{query}{and}lang={}", edition.lang),
            current: edition.lang == current.lang,
        };
        self.editions.iter().map(switch).collect()
    }

    fn edition(&self, lang: &str) -> &Edition {
        let found = self.language(lang).and_then(|lang| self.editions.iter().find(|one| one.lang == lang));
        found.or(self.editions.first()).expect("a site has a language: settings give one")
    }
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let after = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(after..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| after + at);
    url.get(..end).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_stands_before_the_path() {
        assert_eq!(origin("https://a.example:8443/x/y"), "https://a.example:8443");
        assert_eq!(origin("https://a.example"), "https://a.example");
        assert_eq!(origin(""), "");
    }
}
