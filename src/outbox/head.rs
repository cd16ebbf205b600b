//! The head of a letter: headers that all its readers share, and the two parts put together.
//!
//! Each is there for a reason: `References` and `In-Reply-To` name a root that no mail ever had, so that all mails about
//! one incident are one thread in every reader, whichever came first; List-Unsubscribe-Post makes one click enough
//! (RFC 8058; only for https, as it demands); Auto-Submitted keeps holiday replies away (RFC 3834); Feedback-ID tells
//! the big receivers which mail a complaint was about. The Date is when the statement was published.

use super::compose::Stationery;
use super::confirmation::public_url;
use super::letter::{Frame, Kind, Letter, Piece, pieces};
use super::news::News;
use super::personal::Personal;
use super::token::hash;
use super::{Address, headers};
use crate::timeline::Statement;

/// What the headers are made from.
pub(super) struct Head<'a> {
    pub(super) with: &'a Stationery<'a>,
    pub(super) news: &'a News<'a>,
    pub(super) subject: &'a str,
    pub(super) language: &'a str,
    pub(super) personal: Personal,
    /// Who answers: the owner, and their own address.
    pub(super) reply: Option<(String, Address)>,
}

impl Head<'_> {
    /// The letter with these two parts, in which marks stand for holes.
    pub(super) fn letter(self, text: &str, html: &str) -> Letter {
        let Stationery { settings, keys, .. } = *self.with;
        let incident = &self.news.timeline.incident;
        let statement = hash(self.news.newest.id.as_str());
        // `=_` never occurs in quoted-printable, so no text can hold the boundary.
        let boundary = format!("=_{statement}");
        let public_url = public_url(self.with);
        Letter::new(Frame {
            headers: self.headers(&boundary, public_url.starts_with("https://")),
            statement,
            id_domain: headers::domain(&settings.id_domain),
            bounce_domain: bounce_domain(self.with),
            public_url: public_url.to_owned(),
            incident: incident.slug.clone(),
            keys: keys.clone(),
            personal: self.personal,
            body: body(&boundary, text, html),
        })
    }

    fn headers(&self, boundary: &str, one_click: bool) -> String {
        let Stationery { settings, mail, .. } = *self.with;
        let newest = self.news.newest;
        let id_domain = headers::domain(&settings.id_domain);
        let (name, address) = sender(self.with);
        let mut head = headers::from(&name, &address);
        let intake = headers::mailbox(&mail.replies).map(|(_, address)| address);
        let owner =
            self.reply.as_ref().map(|(name, own)| headers::reply_to(name, intake.as_ref().unwrap_or(own)));
        let other =
            || headers::mailbox(&mail.reply_to).map(|(name, address)| headers::reply_to(&name, &address));
        head += &owner.or_else(other).unwrap_or_default();
        head += &headers::subject(self.subject);
        head += &headers::date(newest.said_at(), &settings.zone);
        let root = format!("<{}@{id_domain}>", hash(&format!("thread\n{}", thread(self.news))));
        head += &format!("In-Reply-To: {root}\r\nReferences: {root}\r\n");
        head += &headers::list_id(&settings.name, &id_domain);
        if one_click {
            head += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
        }
        head += &format!(
            "Auto-Submitted: auto-generated\r\nFeedback-ID: {}:{}:updates:{}\r\n",
            newest.kind.word(),
            self.news.timeline.incident.slug,
            &hash(&id_domain)[..12],
        );
        head += &format!(
            "Content-Language: {}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"{boundary}\"\r\n",
            self.language,
        );
        head
    }
}

/// The slug under which the incident was first told: a later rename does not split the thread.
fn thread<'a>(news: &News<'a>) -> &'a str {
    let first = news.timeline.statements.first().map(|statement: &Statement| statement.id.as_str());
    first
        .and_then(|id| id.rsplit_once('/'))
        .map_or_else(|| news.timeline.incident.slug.as_str(), |(slug, _)| slug)
}

/// From whom: as configured, else the site itself.
pub(super) fn sender(with: &Stationery<'_>) -> (String, Address) {
    headers::mailbox(&with.mail.from).unwrap_or_else(|| {
        let address = format!("status@{}", headers::domain(&with.settings.id_domain));
        let nobody = || Address::read("status@status.invalid").expect("this is an address");
        (headers::one_line(&with.settings.name), Address::read(&address).unwrap_or_else(|_| nobody()))
    })
}

/// Where bounces go: the configured domain, else that of the sender.
pub(super) fn bounce_domain(with: &Stationery<'_>) -> String {
    let (_, sender) = sender(with);
    let own = sender.as_str().rsplit('@').next().unwrap_or_default().to_owned();
    if with.mail.bounce_domain.trim().is_empty() { own } else { headers::domain(&with.mail.bounce_domain) }
}

fn body(boundary: &str, text: &str, html: &str) -> Vec<Piece> {
    let part = |kind: &str| {
        let lines = format!(
            "--{boundary}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        );
        Piece::Bytes(lines.into_bytes())
    };
    let ended = |text: &str| format!("{}\n", text.trim_end());
    let mut body = vec![part("text/plain")];
    body.extend(pieces(&ended(text), Kind::Text));
    body.push(part("text/html"));
    body.extend(pieces(&ended(html), Kind::Html));
    body.push(Piece::Bytes(format!("--{boundary}--\r\n").into_bytes()));
    body
}
