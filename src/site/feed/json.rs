//! JSON Feed 1.1.

use serde::Serialize;

use super::{Feed, second};

#[derive(Serialize)]
struct Document<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    feed_url: &'f str,
    language: &'f str,
    authors: [Author<'f>; 1],
    items: Vec<Item<'f>>,
}

#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
}

#[derive(Serialize)]
struct Item<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    content_html: &'f str,
    date_published: String,
    tags: &'f [String],
}

pub(super) fn write(feed: &Feed<'_>) -> String {
    let items = feed.entries.iter().map(|entry| Item {
        id: &entry.id,
        url: &entry.link,
        title: &entry.title,
        content_html: &entry.html,
        date_published: second(entry.at),
        tags: &entry.services,
    });
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: &feed.page,
        feed_url: &feed.address,
        language: &feed.lang,
        authors: [Author { name: &feed.author }],
        items: items.collect(),
    };
    serde_json::to_string(&document).expect("plain structs of strings always serialise") + "\n"
}
