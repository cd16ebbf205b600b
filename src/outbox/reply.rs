//! What somebody wrote in answer to one of our mails: who, what, and to which statement.
//!
//! Which statement: by the Message-ID that a mail program names when it answers, else by the root of the thread. Words of
//! ours that come back with the answer are left out.

use mail_parser::{HeaderValue, Message};

use super::token::hash;
use super::{Address, SubscriberId, headers};
use crate::text::Slug;
use crate::timeline::{LineKind, Record, StatementId};

/// Characters of an answer that are passed on, and the lines among them.
const LONGEST: usize = 4000;
const LINES: usize = 100;
/// Ids that are looked at; threads are long.
const IDS: usize = 50;

/// An answer by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderReply {
    /// Names the mail, so that it counts once however often it is read.
    pub key: String,
    /// Where an answer to it goes: `Cem <cem@example.org>`.
    pub from: String,
    /// Without what it quotes; lines end in `\n`. Empty: there are none that a program can read.
    pub words: String,
    /// To whose mail it came, where the address says so.
    pub subscriber: Option<SubscriberId>,
    /// Ids of the mails that it answers, the nearest first.
    answers: Vec<String>,
}

impl ReaderReply {
    /// The statement that it answers; `None`: it names none of ours. `id_domain`: that of our ids.
    pub fn about(&self, record: &Record, id_domain: &str) -> Option<(Slug, StatementId)> {
        let domain = headers::domain(id_domain);
        let ours = self.answers.iter().filter_map(|id| id.strip_suffix(&*domain)?.strip_suffix('@'));
        let statements = || record.lines().iter().filter(|line| matches!(line.kind, LineKind::Statement(_)));
        for id in ours {
            let of = match id.split_once('.') {
                Some((statement, _)) => statements().find(|line| hash(line.id.as_str()) == statement),
                None => statements().rfind(|line| {
                    let first = line.id.as_str().rsplit_once('/').map_or("", |(slug, _)| slug);
                    hash(&format!("thread\n{first}")) == id
                }),
            };
            if let Some(line) = of {
                return Some((line.incident.clone(), line.id.clone()));
            }
        }
        None
    }
}

/// Reads a mail that is no report and no automatic answer. An error: why nobody can be answered.
pub(super) fn reply(
    mail: &Message<'_>,
    key: String,
    subscriber: Option<SubscriberId>,
) -> Result<ReaderReply, &'static str> {
    let sender = mail.reply_to().or_else(|| mail.from()).and_then(|list| list.first());
    let sender = sender.ok_or("it does not say who wrote it; look at it yourself")?;
    let address = Address::read(sender.address().unwrap_or_default());
    let address = address.map_err(|_| "its address is none that can be answered; look at it yourself")?;
    let from = match headers::one_line(&sender.name().unwrap_or_default().replace(['<', '>'], " ")).as_str() {
        "" => address.as_str().to_owned(),
        name => format!("{name} <{}>", address.as_str()),
    };
    let ids = [mail.in_reply_to(), mail.references()].map(ids);
    let [nearest, mut thread] = ids;
    thread.reverse();
    let answers = nearest.into_iter().chain(thread).take(IDS).collect();
    Ok(ReaderReply { key, from, words: words(&mail.body_text(0).unwrap_or_default()), subscriber, answers })
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(id) => vec![id.to_string()],
        HeaderValue::TextList(list) => list.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// What was written, without what is quoted, the line that introduces it, and the signature.
fn words(text: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = headers::visible(line);
        let line = line.trim_end();
        if line == "--" || line.starts_with("-----Original Message-----") {
            break;
        }
        if line.trim_start().starts_with('>') {
            // "On Saturday, Town wrote:" above the first quoted line.
            while kept.last().is_some_and(|last| last.is_empty()) {
                kept.pop();
            }
            if kept.last().is_some_and(|last| last.ends_with(':')) {
                kept.pop();
            }
        } else if !(line.is_empty() && kept.last().is_none_or(String::is_empty)) {
            kept.push(line.to_owned());
        }
        if kept.len() > LINES {
            break;
        }
    }
    let words = kept.join("\n");
    words.trim().chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_left_out_and_what_is_said_stays() {
        let text = "When will it be back?\r\n\r\nOn Sat, Town wrote:\r\n> We closed the road.\r\n>\r\n> More\r\n\r\nIt smells\u{202e} too.\r\n-- \r\nCem\r\n";
        assert_eq!(words(text), "When will it be back?\n\nIt smells too.");
        assert_eq!(words("> only\n> quoted\n"), "");
        assert_eq!(words("One\n\n\n\nTwo\n"), "One\n\nTwo");
        assert!(words(&"long ".repeat(1 << 16)).chars().count() <= LONGEST);
        assert!(words(&"x\n".repeat(1 << 16)).lines().count() <= LINES + 1);
    }
}
