//! A notice as a mail: plain text to one person, the same bytes whenever it is asked for.

use super::compose::Stationery;
use super::head::{bounce_domain, sender};
use super::token::hash;
use super::{Address, Envelope, Notice, headers, quoted};

/// The mail of a notice. Bounces go to `notice` at the bounce domain: it names nobody.
pub fn notice(with: &Stationery<'_>, notice: &Notice) -> Envelope {
    let (name, from) = sender(with);
    let to = Address::read(&notice.to);
    let id_domain = headers::domain(&with.settings.id_domain);
    let mut message = String::new();
    message +=
        &to.as_ref().map_or_else(|_| "To: undisclosed-recipients:;\r\n".to_owned(), |to| headers::to("", to));
    message += &headers::from(&name, &from);
    message += &headers::subject(&notice.subject);
    message += &headers::date(notice.at, &with.settings.zone);
    message += &format!("Message-ID: <{}@{id_domain}>\r\n", hash(&format!("notice\n{}", notice.key)));
    message += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    let mut message = message.into_bytes();
    // A text that ends in the middle of a line would end in a soft one.
    quoted::encode(&format!("{}\n", notice.body.trim_end()), &mut message);
    Envelope { from: format!("notice@{}", bounce_domain(with)), to: notice.to.clone(), message }
}
