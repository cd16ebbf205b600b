//! Header lines, and what may stand in them.
//!
//! Names and titles come from people and files: here they lose everything that could end a line, hide or reorder
//! text, or fill a screen. lettre encodes and folds them (RFC 2047, RFC 5322 section 2.2.3); header names are fixed.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lettre::message::header::{Header, Headers};
use lettre::message::{Mailbox, Mailboxes, header};

use super::Address;

/// The longest name or subject; past it, it is cut at a character.
const LONGEST: usize = 150;

/// The text on one line, without controls and characters that reorder or hide other text, at most 150 characters.
pub(super) fn one_line(text: &str) -> String {
    // Bounded before anything else: a megabyte of blanks is not worth reading.
    let shown = text.chars().take(10 * LONGEST).map(|c| if c.is_control() { ' ' } else { c });
    let shown: String = shown.filter(|c| !is_invisible(*c)).collect();
    let mut line = String::with_capacity(shown.len().min(4 * LONGEST));
    for word in shown.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    // Text that looks encoded already would be decoded by readers (RFC 2047 section 5).
    let line = line.replace("=?", "= ?");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// The text without controls and what reorders or hides other text.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !is_invisible(*c)).collect()
}

/// Marks of direction, zero-width characters but the joiners that scripts need, tags, private use.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// `From: Name <address>`.
pub(super) fn from(name: &str, address: &Address) -> String {
    line(header::From::from(mailboxes(name, address)))
}

/// `To: Name <address>`.
pub(super) fn to(name: &str, address: &Address) -> String {
    line(header::To::from(mailboxes(name, address)))
}

/// `Reply-To: Name <address>`.
pub(super) fn reply_to(name: &str, address: &Address) -> String {
    line(header::ReplyTo::from(mailboxes(name, address)))
}

/// `Subject: …`.
pub(super) fn subject(text: &str) -> String {
    line(header::Subject::from(one_line(text)))
}

/// `Date: …` as the site's clock shows it.
pub(super) fn date(moment: Timestamp, zone: &TimeZone) -> String {
    format!("Date: {}\r\n", moment.to_zoned(zone.clone()).strftime("%a, %d %b %Y %H:%M:%S %z"))
}

/// `List-Id: Name <id>` (RFC 2919), the name encoded as the display name of an address is.
pub(super) fn list_id(name: &str, domain: &str) -> String {
    let name = one_line(name);
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ');
    // A name that would need encoding is left out: the id is what matters, and few readers decode it.
    if plain {
        format!("List-Id: {name} <updates.{domain}>\r\n")
    } else {
        format!("List-Id: <updates.{domain}>\r\n")
    }
}

/// A domain in A-labels, fit for a Message-ID.
pub(super) fn domain(text: &str) -> String {
    idna::domain_to_ascii_strict(text.trim())
        .ok()
        .filter(|domain| !domain.is_empty())
        .unwrap_or_else(|| "invalid".into())
}

/// `Name <address>` as configuration and registers have it, taken apart.
pub(super) fn mailbox(text: &str) -> Option<(String, Address)> {
    let (name, address) = match text.rsplit_once('<') {
        Some((name, rest)) => (name.trim().trim_matches('"').trim(), rest.trim_end().strip_suffix('>')?),
        None => ("", text),
    };
    Some((one_line(name), Address::read(address).ok()?))
}

fn mailboxes(name: &str, address: &Address) -> Mailboxes {
    let name = one_line(name);
    let (local, domain) = address.as_str().rsplit_once('@').unwrap_or_default();
    // `Address` has been through a stricter gate than lettre's.
    let address = lettre::Address::new_dangerous(local, domain);
    Mailboxes::from(Mailbox::new((!name.is_empty()).then_some(name), address))
}

fn line(header: impl Header) -> String {
    let mut headers = Headers::new();
    headers.set(header);
    headers.to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ann() -> Address {
        Address::read("ann@example.org").unwrap()
    }

    #[test]
    fn names_are_written_as_mail_wants_them() {
        assert_eq!(to("Ann Smith", &ann()), "To: \"Ann Smith\" <ann@example.org>\r\n");
        assert_eq!(to("", &ann()), "To: ann@example.org\r\n");
        assert_eq!(to("Smith, Ann", &ann()), "To: =?utf-8?b?U21pdGgsIEFubg==?= <ann@example.org>\r\n");
        assert_eq!(to("Zoë", &ann()), "To: =?utf-8?b?Wm/Dqw==?= <ann@example.org>\r\n");
        assert_eq!(mailbox("\"City, status\" <s@x.org>").unwrap().0, "City, status");
        assert_eq!(mailbox("s@x.org").unwrap().1.as_str(), "s@x.org");
    }

    #[test]
    fn nothing_in_a_name_ends_the_header() {
        assert!(to("Ann\r\nBcc: x@example.org\0", &ann()).starts_with("To: =?utf-8?b?"));
        assert_eq!(one_line("Ann\r\nBcc: x@example.org\0"), "Ann Bcc: x@example.org");
        assert_eq!(one_line("=?utf-8?q?x?="), "= ?utf-8?q?x?=");
        assert_eq!(one_line("a\u{202e}b\u{200b}c\u{2028}d"), "abcd");
        assert_eq!(one_line(&" x".repeat(1 << 20)).chars().count(), LONGEST);
    }

    #[test]
    fn the_date_is_the_clock_of_the_place() {
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        let line = date("2026-11-21T20:10:00Z".parse().unwrap(), &zone);
        assert_eq!(line, "Date: Sat, 21 Nov 2026 14:10:00 -0600\r\n");
    }

    proptest! {
        #[test]
        fn a_header_is_one_header_whatever_the_name(name in any::<String>(), long in 0usize..3000) {
            let name = name.repeat(1 + long % 7) + &"é".repeat(long);
            for line in [to(&name, &ann()), subject(&name)] {
                prop_assert!(line.is_ascii() && line.ends_with("\r\n"));
                for (index, part) in line.trim_end_matches("\r\n").split("\r\n").enumerate() {
                    prop_assert!(part.len() <= 998 && !part.contains(['\r', '\n', '\0']));
                    prop_assert!(index == 0 || part.starts_with(' '), "{}", line);
                }
            }
        }
    }
}
