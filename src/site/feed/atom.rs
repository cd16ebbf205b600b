//! Atom (RFC 4287).

use std::fmt::Write as _;

use super::{Feed, element, second, text};

pub(super) fn write(feed: &Feed) -> String {
    let mut xml = String::with_capacity(256 * 1024);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", text(&feed.lang));
    element(&mut xml, "title", &feed.title);
    element(&mut xml, "id", &feed.id);
    element(&mut xml, "updated", &second(feed.changed));
    let _ = writeln!(xml, "<link rel=\"self\" href=\"{}\"/>", text(&feed.address));
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(&feed.page));
    let _ = writeln!(xml, "<author><name>{}</name></author>", text(&feed.author));
    for entry in &feed.entries {
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &entry.title);
        element(&mut xml, "id", &entry.id);
        element(&mut xml, "published", &second(entry.at));
        element(&mut xml, "updated", &second(entry.at));
        let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", text(&entry.link));
        for service in &entry.services {
            let _ = writeln!(xml, "<category term=\"{}\"/>", text(service));
        }
        let _ = writeln!(xml, "<content type=\"html\">{}</content>", text(&entry.html));
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}
