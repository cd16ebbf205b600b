//! `/oembed.json` (oembed.com): how another site shows the state, as a frame of `/embed/`.

use serde::Serialize;

use crate::site::api;
use crate::site::index::Site;
use crate::site::plan::{Pages, Planned, Writing};
use crate::theme::Html;

/// Of the frame, in pixels.
const WIDTH: u32 = 480;
const HEIGHT: u32 = 160;
/// How long another site may keep this, in seconds; the frame itself is always fresh.
const KEEP: u32 = 86_400;

#[derive(Serialize)]
struct Rich<'s> {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'s str,
    provider_name: &'s str,
    provider_url: &'s str,
    cache_age: u32,
    html: String,
    width: u32,
    height: u32,
}

pub(in crate::site) fn plan(site: &Site<'_>, pages: &mut Pages) {
    pages.add(Planned {
        path: "oembed.json".to_owned(),
        fingerprint: site.fingerprint(0).finish(),
        tongue: 0,
        item: 0,
        writing: Writing::Page(|site, _, _| {
            let settings = site.view.settings;
            let (root, name) = (Html::text(&settings.base_url), Html::text(&settings.name));
            api::json(&Rich {
                version: "1.0",
                kind: "rich",
                title: &settings.name,
                provider_name: &settings.name,
                provider_url: &settings.base_url,
                cache_age: KEEP,
                html: format!(
                    "<iframe src=\"{}/embed/\" title=\"{}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" style=\"border:0\" loading=\"lazy\"></iframe>",
                    root.as_str(),
                    name.as_str()
                ),
                width: WIDTH,
                height: HEIGHT,
            })
        }),
        source: None,
    });
}
