//! RSS 2.0, for readers that know nothing else.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Feed, element};
use crate::prose::escaped;

pub(super) fn write(feed: &Feed<'_>) -> String {
    let mut xml = String::with_capacity(256 * 1024);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    xml.push_str("<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n");
    element(&mut xml, "title", &feed.title);
    element(&mut xml, "link", &feed.page);
    element(&mut xml, "description", &feed.title);
    element(&mut xml, "language", &feed.lang);
    element(&mut xml, "lastBuildDate", &rfc_822(feed.changed));
    let _ = writeln!(
        xml,
        "<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>",
        escaped(&feed.address)
    );
    for entry in feed.entries {
        xml.push_str("<item>\n");
        element(&mut xml, "title", &entry.title);
        element(&mut xml, "link", &entry.link);
        let _ = writeln!(xml, "<guid isPermaLink=\"false\">{}</guid>", escaped(&entry.id));
        element(&mut xml, "pubDate", &rfc_822(entry.at));
        for service in &entry.services {
            element(&mut xml, "category", service);
        }
        element(&mut xml, "description", &entry.html);
        xml.push_str("</item>\n");
    }
    xml.push_str("</channel>\n</rss>\n");
    xml
}

/// RFC 822 with a year of four digits, as RSS 2.0 asks.
fn rfc_822(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
