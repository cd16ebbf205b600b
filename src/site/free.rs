//! Free pages, such as `/about/`: markdown under `content/pages`, in each language that it is written in.

use serde::Serialize;

use super::frame::{self, Place};
use super::index::Site;
use super::plan::{Pages, Planned, Writing};
use super::tongue::Passage;
use crate::diag::Finding;
use crate::prose::{Rendering, to_html};
use crate::theme::Html;

#[derive(Debug, Serialize)]
struct FreePage {
    title: Passage,
    /// That the page is not in the reader's language.
    original: Option<Html>,
    body: Passage,
}

pub(super) fn plan(site: &Site<'_>, pages: &mut Pages) {
    for (index, tongue) in site.tongues.iter().enumerate() {
        for (item, page) in site.view.pages.iter().enumerate() {
            let mut fingerprint = site.fingerprint(index);
            let text = page.said_in(tongue.lang);
            fingerprint.add(&page.slug).add(&text.lang).add(&text.source.text);
            pages.add(Planned {
                path: format!("{}{}/index.html", tongue.prefix, page.slug),
                fingerprint: fingerprint.finish(),
                tongue: index,
                item,
                writing: Writing::Page(write),
                source: Some(text.source.path.clone()),
            });
        }
    }
}

fn write(site: &Site<'_>, index: usize, item: usize) -> Result<Vec<u8>, Box<Finding>> {
    let (tongue, page) = (&site.tongues[index], &site.view.pages[item]);
    let text = page.said_in(tongue.lang);
    let lang = &text.lang;
    let rendering = Rendering { heading: 2, ..Rendering::default() };
    let body = Html::new(to_html(&text.source.text, text.body, &rendering));
    let model = FreePage {
        title: tongue.passage(Html::text(&text.title), lang, site.theme),
        original: (!tongue.wants(lang)).then(|| {
            let language = Html::text(&tongue.language(lang));
            tongue.say("page.original", &[("language", &language)])
        }),
        body: tongue.passage(body, lang, site.theme),
    };
    let title = format!("{} – {}", text.title, site.view.settings.name);
    let folder = format!("{}/", page.slug);
    frame::page(site, "page.html", &Place { tongue: index, folder: &folder, title }, &model)
}
