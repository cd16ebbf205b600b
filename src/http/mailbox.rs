//! The maildir as pages: what a subscriber would have received.

use std::fs;
use std::path::Path;

use crate::prose::escaped;
use mail_parser::{Message, MessageParser};

const STYLE: &str = "<meta charset=utf-8><meta name=viewport content='width=device-width'><style>\
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
pre{white-space:pre-wrap;font:inherit;border-inline-start:4px solid #8888;padding-inline-start:1rem}\
td,th{text-align:start;padding:.4rem 1rem .4rem 0;vertical-align:top}iframe{width:100%;height:40rem;border:1px solid #8888;background:#fff}</style>";

/// All mails, newest first.
pub(super) fn list(maildir: &Path) -> String {
    let mut mails: Vec<(i64, String, String)> = names(maildir)
        .into_iter()
        .filter_map(|name| {
            let bytes = fs::read(maildir.join("new").join(&name)).ok()?;
            let mail = MessageParser::default().parse(&bytes)?;
            let time = mail.date().map_or(0, mail_parser::DateTime::to_timestamp);
            let row = format!(
                "<tr><td>{}<td>{}<td><a href=\"{}\">{}</a>",
                escaped(&mail.date().map(mail_parser::DateTime::to_rfc822).unwrap_or_default()),
                escaped(&recipient(&mail)),
                escaped(&name),
                escaped(mail.subject().unwrap_or("(no subject)")),
            );
            Some((time, name, row))
        })
        .collect();
    mails.sort_by(|a, b| b.cmp(a));
    let rows: String = mails.iter().map(|(_, _, row)| row.as_str()).collect();
    let body = if rows.is_empty() {
        "<p>No mail yet. Mails appear here when a statement is published to subscribers.".to_owned()
    } else {
        format!("<table><thead><tr><th>Sent<th>To<th>Subject<tbody>{rows}</table>")
    };
    format!(
        "<!doctype html><html lang=en><head><title>Mail</title>{STYLE}</head><body><h1>Mail</h1><p>{} mails in the maildir. No relay is set, so nothing left this machine.</p>{body}</body></html>",
        mails.len()
    )
}

/// One mail: text part, then the HTML part as a mail program would show it; `None` where there is no such file.
pub(super) fn view(maildir: &Path, name: &str) -> Option<String> {
    let name = names(maildir).into_iter().find(|known| known == name)?;
    let bytes = fs::read(maildir.join("new").join(&name)).ok()?;
    let mail = MessageParser::default().parse(&bytes)?;
    let headers: String = mail
        .headers_raw()
        .map(|(key, value)| format!("<tr><th>{}<td>{}", escaped(key), escaped(value.trim())))
        .collect();
    Some(format!(
        "<!doctype html><html lang=en><head><title>{subject}</title>{STYLE}</head><body><p><a href='./'>All mail</a><h1>{subject}</h1><p>To {to}<h2>Text</h2><pre>{text}</pre><h2>HTML</h2><iframe sandbox title='HTML part' srcdoc=\"{html}\"></iframe><details><summary>Headers</summary><table>{headers}</table></details></body></html>",
        subject = escaped(mail.subject().unwrap_or("(no subject)")),
        to = escaped(&recipient(&mail)),
        text = escaped(&mail.body_text(0).unwrap_or_default()),
        html = escaped(&mail.body_html(0).unwrap_or_default()),
    ))
}

fn names(maildir: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(maildir.join("new")) else { return Vec::new() };
    entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

fn recipient(mail: &Message<'_>) -> String {
    mail.to().and_then(|to| to.first()).and_then(|to| to.address()).unwrap_or_default().to_owned()
}
