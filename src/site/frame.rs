//! What stands around every page: head, header, languages, footer.

use serde::Serialize;
use tera::{Context, Value};

use super::facts::dialled;
use super::index::Site;
use super::tongue::Tongue;
use crate::diag::Finding;
use crate::theme::Html;

/// Where a page is and what it is called.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// Index of the language.
    pub(super) tongue: usize,
    /// Its folder below the language's root: empty for the front page, else `incidents/x/`.
    pub(super) folder: &'a str,
    /// Plain text, for the head.
    pub(super) title: String,
}

/// What the templates know of the site, in one language. Built once, shared by all pages.
#[derive(Debug, Serialize)]
struct Shared<'a> {
    name: &'a str,
    lang: &'a str,
    dir: &'a str,
    style: Html,
    embed_style: Html,
    script: Html,
    policy: String,
    logo: &'a str,
    phone: &'a str,
    tel: String,
    mail: &'a str,
    hours: &'a str,
    place: &'a str,
    callback: bool,
    zone: Html,
    footer: &'a str,
    preview: bool,
    /// Whether there are areas to look for.
    places: bool,
    base: &'a str,
    /// Attributes for texts of the registers and settings, which are in the site's default language; empty where that
    /// is the page's.
    own: Html,
    pages: Vec<FreeLink<'a>>,
}

#[derive(Debug, Serialize)]
struct FreeLink<'a> {
    title: &'a str,
    href: String,
}

/// The same page in a language of the site.
#[derive(Debug, Serialize)]
struct Edition<'a> {
    lang: &'a str,
    name: String,
    href: String,
    /// In full, as search engines want it.
    address: String,
    current: bool,
}

/// The values of one language that all its pages share.
pub(super) fn shared(site: &Site<'_>, tongue: &Tongue<'_>, policy: String) -> (Value, Value) {
    let settings = site.view.settings;
    let contact = &settings.contact;
    let shared = Shared {
        name: &settings.name,
        lang: &tongue.strings.lang,
        dir: tongue.strings.get("language.dir"),
        style: Html::new(&*site.style.text),
        embed_style: Html::new(&*site.embed_style.text),
        script: Html::new(&*site.script.text),
        policy,
        logo: site.theme.file(&settings.theme.logo).map_or("", |_| &settings.theme.logo),
        phone: &contact.phone,
        tel: dialled(&contact.phone),
        mail: &contact.mail,
        hours: &contact.hours,
        place: &contact.place,
        callback: contact.callback,
        zone: zone(site, tongue),
        footer: &settings.theme.footer,
        preview: site.view.preview,
        places: !site.view.registers.areas.is_empty(),
        base: &settings.base_url,
        own: own(site, tongue),
        pages: (site.view.pages.iter())
            .map(|page| FreeLink { title: &page.title, href: format!("{}/", page.slug) })
            .collect(),
    };
    (Value::from_serializable(&shared), Value::from_serializable(&tongue.strings.sections()))
}

/// Renders a page within the frame.
pub(super) fn page<M: Serialize>(
    site: &Site<'_>,
    template: &str,
    place: &Place<'_>,
    model: &M,
) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[place.tongue];
    let depth = |path: &str| path.matches('/').count();
    let up = depth(&tongue.prefix) + depth(place.folder);
    let root = if up == 0 { "./".to_owned() } else { "../".repeat(up) };
    fill(site, template, place, model, &root)
}

/// Renders a page with links that begin at `root`, which ends with a slash.
pub(super) fn fill<M: Serialize>(
    site: &Site<'_>,
    template: &str,
    place: &Place<'_>,
    model: &M,
    root: &str,
) -> Result<Vec<u8>, Box<Finding>> {
    let tongue = &site.tongues[place.tongue];
    let editions: Vec<Edition<'_>> = site
        .tongues
        .iter()
        .map(|other| Edition {
            lang: other.lang,
            name: other.strings.get("language.name").to_owned(),
            href: format!("{root}{}{}", other.prefix, place.folder),
            address: format!("{}/{}{}", site.view.settings.base_url, other.prefix, place.folder),
            current: other.lang == tongue.lang,
        })
        .collect();
    let (shared, strings) = &site.shared[place.tongue];
    let mut context = Context::new();
    context.insert_value("site", shared.clone());
    context.insert_value("s", strings.clone());
    context.insert("root", root);
    context.insert("home", &format!("{root}{}", tongue.prefix));
    context.insert("editions", &editions);
    context.insert("title", &place.title);
    context.insert("page", model);
    site.theme.render(template, &context)
}

/// Attributes for a text in the site's default language, on a page in another one.
pub(super) fn own(site: &Site<'_>, tongue: &Tongue<'_>) -> Html {
    let passage = tongue.passage(Html::default(), site.view.settings.default_language(), site.theme);
    match (passage.lang, passage.dir) {
        (Some(lang), Some(dir)) => {
            Html::new(format!(" lang=\"{}\" dir=\"{dir}\"", Html::text(&lang).as_str()))
        }
        _ => Html::default(),
    }
}

/// Names the zone once: "All times are Winnipeg time".
fn zone(site: &Site<'_>, tongue: &Tongue<'_>) -> Html {
    let name = site.view.settings.zone.iana_name().unwrap_or("UTC");
    let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let key = if matches!(name, "UTC" | "Etc/UTC") { "page.zone_utc" } else { "page.zone" };
    tongue.say(key, &[("zone", &Html::text(&place))])
}
