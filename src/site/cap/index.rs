//! `/cap/index.atom`: the latest messages.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::super::feed::second;
use super::super::index::Site;
use super::super::statement::label;
use super::super::voice::Voice;
use super::message::time;
use super::{Message, cut, messages, path};
use crate::prose::escaped;
use crate::timeline::Words;

/// How many messages it lists.
const LISTED: usize = 50;

/// The latest messages, newest first, as an Atom feed whose entries lead to the files.
pub(super) fn index(site: &Site<'_>) -> String {
    let settings = site.view.settings;
    let root = &settings.base_url;
    let mut listed: Vec<Message<'_>> =
        site.order.shown.iter().flat_map(|shown| messages(site, shown)).collect();
    listed.retain(|message| message.statement.words != Words::Retracted);
    listed.sort_by(|a, b| {
        let key = |message: &Message<'_>| (message.statement.said_at(), message.statement.id.clone());
        key(b).cmp(&key(a))
    });
    listed.truncate(LISTED);
    let updated = listed.first().map_or(Timestamp::UNIX_EPOCH, |message| message.statement.said_at());
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    let name = escaped(&settings.name);
    let _ = writeln!(
        xml,
        "<id>tag:{},2026:cap</id>\n<title>{name}</title>\n<updated>{}</updated>\n<author><name>{name}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{root}/cap/index.atom\"/>\n<link href=\"{root}/\"/>",
        settings.id_domain,
        second(updated),
    );
    for message in &listed {
        let (statement, tongue) = (message.statement, &site.tongues[0]);
        let voice = Voice::new(site, tongue, message.shown.incident());
        let title = cut(&format!("{}: {}", label(&voice, statement.kind), voice.plain_title()));
        let _ = writeln!(
            xml,
            "<entry>\n<id>tag:{},2026:cap/{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<summary>{}</summary>\n\
             <link rel=\"alternate\" type=\"application/cap+xml\" href=\"{root}/{}\"/>\n</entry>",
            settings.id_domain,
            statement.id,
            escaped(&title),
            second(statement.said_at()),
            escaped(&format!(
                "{}, {}",
                message.event(site, tongue, message.is_over()),
                time(statement.said_at())
            )),
            path(statement),
        );
    }
    xml.push_str("</feed>\n");
    xml
}
