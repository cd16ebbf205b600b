//! Atom (RFC 4287).

use std::fmt::Write as _;

use super::{Feed, element, second};
use crate::prose::escaped;

pub(super) fn write(feed: &Feed<'_>) -> String {
    let mut xml = String::with_capacity(256 * 1024);
    xml.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ =
        writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(&feed.lang));
    element(&mut xml, "title", &feed.title);
    element(&mut xml, "id", &feed.id);
    element(&mut xml, "updated", &second(feed.changed));
    let _ = writeln!(xml, "<link rel=\"self\" href=\"{}\"/>", escaped(&feed.address));
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&feed.page));
    let _ = writeln!(xml, "<author><name>{}</name></author>", escaped(&feed.author));
    for entry in feed.entries {
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &entry.title);
        element(&mut xml, "id", &entry.id);
        element(&mut xml, "published", &second(entry.at));
        element(&mut xml, "updated", &second(entry.at));
        let _ =
            writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escaped(&entry.link));
        for service in &entry.services {
            let _ = writeln!(xml, "<category term=\"{}\"/>", escaped(service));
        }
        let _ = writeln!(xml, "<content type=\"html\">{}</content>", escaped(&entry.html));
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}
