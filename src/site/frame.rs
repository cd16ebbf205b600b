//! What stands around every page: head, header, languages, footer.

use serde::Serialize;
use tera::{Context, Value};

use super::facts::{Link, dialled};
use super::host;
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
    logo: Option<Picture<'a>>,
    phone: &'a str,
    tel: String,
    mail: &'a str,
    hours: Html,
    place: Html,
    callback: bool,
    zone: Html,
    footer: Html,
    preview: bool,
    /// Whether there are areas to look for.
    places: bool,
    base: &'a str,
    pages: Vec<Link>,
}

/// The logo. Its words are empty where the name beside it says enough.
#[derive(Debug, Serialize)]
struct Picture<'a> {
    file: &'a str,
    alt: &'a str,
    width: u32,
    height: u32,
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
    /// That of the site's default language.
    default: bool,
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
        logo: host::logo(site).map(|logo| Picture {
            file: &settings.theme.logo,
            alt: settings.theme.logo_alt.said_in(tongue.lang),
            width: logo.width,
            height: logo.height,
        }),
        phone: &contact.phone,
        tel: dialled(&contact.phone),
        mail: &contact.mail,
        hours: tongue.label(&contact.hours),
        place: tongue.label(&contact.place),
        callback: contact.callback,
        zone: zone(site, tongue),
        footer: tongue.label(&settings.theme.footer),
        preview: site.view.preview,
        places: !site.view.registers.areas.is_empty(),
        base: &settings.base_url,
        pages: (site.view.pages.iter())
            .map(|page| {
                let text = page.said_in(tongue.lang);
                let title = tongue.marked(&text.title, &text.lang, site.theme);
                Link { name: title, href: format!("{}/", page.slug) }
            })
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
            default: other.prefix.is_empty(),
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

/// Names the zone once: "All times are Winnipeg time".
fn zone(site: &Site<'_>, tongue: &Tongue<'_>) -> Html {
    let name = site.view.settings.zone.iana_name().unwrap_or("UTC");
    let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let key = if matches!(name, "UTC" | "Etc/UTC") { "page.zone_utc" } else { "page.zone" };
    tongue.say(key, &[("zone", &Html::text(&place))])
}
