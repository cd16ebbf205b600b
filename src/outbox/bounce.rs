//! Reading a mail that came back: whose mail it was, and why (RFC 3464, RFC 5965).
//!
//! Whose: the token in the address to which it came back, which stands even in reports that hold nothing of the
//! original. Why: the fields that machines write for machines. What people are shown is never read for a reason, so a
//! holiday reply that quotes "user unknown" ends no subscription. What no machine wrote is a reply.

use std::borrow::Cow;

use jiff::Timestamp;
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders};

use super::reply::{ReaderReply, reply};
use super::token::hash;
use super::{Purpose, ReturnKind, Returned, SubscriberId, TokenKeys};

/// A report is not larger; of a larger one the beginning is read.
const LONGEST: usize = 1 << 20;
/// Characters of a receiver's words that are kept.
const WORDS: usize = 300;
/// Length of a token's text.
const TOKEN: usize = 42;

/// What a mail in the mailbox for returned mail is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bounce {
    Report(Returned),
    /// A person answered.
    Reply(ReaderReply),
    /// Not a report that says anything about a reader, and why not.
    Nothing(&'static str),
}

/// Reads one whole mail. `now` becomes the time of the report: its own is whatever the sender wrote.
pub fn bounce(raw: &[u8], keys: &TokenKeys, now: Timestamp) -> Bounce {
    let raw = &raw[..raw.len().min(LONGEST)];
    let Some(mail) = MessageParser::default().parse(raw) else {
        return Bounce::Nothing("it cannot be read as a mail");
    };
    let part = |subtypes: &[&str]| {
        mail.parts.iter().find(|part| {
            let kind = part.content_type().map(|kind| (kind.ctype(), kind.subtype().unwrap_or_default()));
            kind.is_some_and(|(main, sub)| {
                main.eq_ignore_ascii_case("message")
                    && subtypes.iter().any(|known| sub.eq_ignore_ascii_case(known))
            })
        })
    };
    let reason = if let Some(part) = part(&["feedback-report"]) {
        complaint(part)
    } else if let Some(part) = part(&["delivery-status", "global-delivery-status"]) {
        failure(part)
    } else if is_by_a_machine(&mail) {
        Err("it holds no report that a program can read; look at it yourself")
    } else if is_automatic(&mail) {
        Err("it is an automatic reply")
    } else {
        let key = hash(&mail.message_id().map_or(String::from_utf8_lossy(raw), |id| id.into()));
        return match reply(&mail, format!("reply {key}"), whose(raw, &mail, keys)) {
            Ok(reply) => Bounce::Reply(reply),
            Err(why) => Bounce::Nothing(why),
        };
    };
    let Reason { kind, status, text } = match reason {
        Ok(reason) => reason,
        Err(why) => return Bounce::Nothing(why),
    };
    let Some(subscriber) = whose(raw, &mail, keys) else {
        return Bounce::Nothing("it names no reader of ours");
    };
    let report = match mail.message_id() {
        Some(id) => hash(&format!("report\n{id}\n{}", subscriber.0)),
        None => hash(&String::from_utf8_lossy(raw)),
    };
    Bounce::Report(Returned { report, subscriber, kind, status, text, at: now })
}

/// Why a mail came back.
struct Reason {
    kind: ReturnKind,
    status: String,
    text: String,
}

/// RFC 5965.
fn complaint(part: &MessagePart<'_>) -> Result<Reason, &'static str> {
    let text = String::from_utf8_lossy(part.contents());
    let fields = groups(&text).into_iter().next().unwrap_or_default();
    let kind = field(&fields, "feedback-type").unwrap_or_default().to_ascii_lowercase();
    match kind.as_str() {
        "not-spam" => Err("its reader says that our mail is no spam"),
        "auth-failure" => Err("it is about signatures, not about a reader"),
        _ => Ok(Reason {
            kind: ReturnKind::Complaint,
            status: String::new(),
            text: clipped(field(&fields, "user-agent").unwrap_or(&kind)),
        }),
    }
}

/// RFC 3464. A VERP address is one reader's, so the first recipient that failed is theirs.
fn failure(part: &MessagePart<'_>) -> Result<Reason, &'static str> {
    let text = String::from_utf8_lossy(part.contents());
    let groups = groups(&text);
    let recipients = || groups.iter().filter(|fields| field(fields, "action").is_some());
    let action = |fields: &&Fields<'_>, word: &str| {
        field(fields, "action").is_some_and(|action| first_word(action).eq_ignore_ascii_case(word))
    };
    let Some(fields) = recipients().find(|fields| action(fields, "failed")) else {
        return Err(match recipients().next() {
            Some(fields) if action(&fields, "delayed") => "it is late, and still tried",
            Some(_) => "it says that the mail arrived",
            None => "its report names no recipient",
        });
    };
    let diagnostic = field(fields, "diagnostic-code").unwrap_or_default();
    let words = diagnostic.split_once(';').map_or(diagnostic, |(_, words)| words).trim();
    let status = field(fields, "status").map(first_word).filter(|status| code(status).is_some());
    // A status of x.0.0 says nothing; then the receiver's own words may begin with a better one.
    let status = match status.and_then(code) {
        Some((_, 0, 0)) | None => words.split([' ', '-']).find(|word| code(word).is_some()).or(status),
        Some(_) => status,
    };
    let status = status.unwrap_or_default();
    Ok(Reason { kind: kind(status), status: status.to_owned(), text: clipped(words) })
}

/// What a status (RFC 3463) says about the reader. Only what names the mailbox is hard.
fn kind(status: &str) -> ReturnKind {
    match code(status) {
        Some((5, 1, 1 | 2 | 3 | 6 | 10) | (5, 2, 1)) => ReturnKind::Hard,
        // Our sender, our words, our good name.
        Some((_, 7, _) | (_, 1, 7 | 8) | (5, 5 | 6, _)) => ReturnKind::Policy,
        _ => ReturnKind::Soft,
    }
}

/// Class, subject and detail of `5.1.1`.
fn code(text: &str) -> Option<(u16, u16, u16)> {
    let mut parts = text.trim_start_matches('#').trim_end_matches([':', ',', ';', ')']).splitn(3, '.');
    let mut next = || parts.next()?.parse().ok();
    let code = (next()?, next()?, next()?);
    matches!(code.0, 2 | 4 | 5).then_some(code)
}

/// Field names in lower case, and their values on one line.
type Fields<'a> = Vec<(String, Cow<'a, str>)>;

/// The groups of a report's fields, parted by empty lines.
fn groups(text: &str) -> Vec<Fields<'_>> {
    let mut groups: Vec<Fields<'_>> = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        let group = groups.last_mut().expect("there is always one");
        if line.is_empty() {
            if !group.is_empty() {
                groups.push(Vec::new());
            }
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = group.last_mut() {
                value.to_mut().push(' ');
                value.to_mut().push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            group.push((name.trim().to_ascii_lowercase(), Cow::Borrowed(value.trim())));
        }
    }
    groups
}

fn field<'a>(fields: &'a Fields<'_>, name: &str) -> Option<&'a str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
}

fn first_word(text: &str) -> &str {
    text.split([' ', '\t', '(']).next().unwrap_or_default()
}

/// A report in words alone: from a mail server, or as `multipart/report`.
fn is_by_a_machine(mail: &Message<'_>) -> bool {
    let from = mail.from().and_then(|from| from.first()).and_then(|from| from.address()).unwrap_or_default();
    let local = from.split('@').next().unwrap_or_default().to_ascii_lowercase();
    let report = mail
        .content_type()
        .is_some_and(|kind| kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("report")));
    report || matches!(local.as_str(), "mailer-daemon" | "postmaster")
}

/// RFC 3834, and what was usual before it; the null sender too.
fn is_automatic(mail: &Message<'_>) -> bool {
    let text = |name: &str| match mail.header(name) {
        Some(HeaderValue::Text(text)) => text.to_ascii_lowercase(),
        _ => String::new(),
    };
    let submitted = text("Auto-Submitted");
    let precedence = text("Precedence");
    let null_sender = mail.header_raw("Return-Path").is_some_and(|path| path.trim() == "<>");
    null_sender
        || (!submitted.is_empty() && submitted != "no")
        || matches!(precedence.as_str(), "auto_reply" | "bulk" | "junk" | "list")
        || ["X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"]
            .iter()
            .any(|name| mail.header(*name).is_some())
}

/// Whose mail it was: by the first token of ours, in the report or in what it returns.
fn whose(raw: &[u8], mail: &Message<'_>, keys: &TokenKeys) -> Option<SubscriberId> {
    let texts = std::iter::once(raw).chain(mail.parts.iter().map(MessagePart::contents));
    texts.into_iter().find_map(|text| token(text, keys))
}

fn token(text: &[u8], keys: &TokenKeys) -> Option<SubscriberId> {
    let is_ours = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let mut at = 0;
    while at < text.len() {
        let run = text[at..].iter().take_while(|byte| is_ours(byte)).count();
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        // `b+TOKEN@…` in an envelope, `/u/TOKEN` in List-Unsubscribe.
        if run == TOKEN && matches!(before, Some(b'+' | b'/')) {
            let sealed = std::str::from_utf8(&text[at..at + run]).unwrap_or_default();
            let opened = [Purpose::Bounce, Purpose::Unsubscribe]
                .iter()
                .find_map(|purpose| keys.open(sealed, *purpose));
            if let Some(token) = opened {
                return Some(token.subscriber);
            }
        }
        at += run + 1;
    }
    None
}

/// One line without controls.
fn clipped(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(WORDS).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Token;
    use super::*;

    fn keys() -> TokenKeys {
        TokenKeys::new(b"secret")
    }

    fn sealed(purpose: Purpose) -> String {
        keys().seal(Token { purpose, subscriber: SubscriberId(4711), epoch: 0 })
    }

    /// A sample with the reader's tokens put in.
    fn filled(sample: &str) -> String {
        sample.replace("@BOUNCE@", &sealed(Purpose::Bounce)).replace("@LEAVE@", &sealed(Purpose::Unsubscribe))
    }

    /// `hard 5.1.1: words`, or why it is nothing.
    fn read(mail: &str) -> String {
        match bounce(mail.as_bytes(), &keys(), Timestamp::UNIX_EPOCH) {
            Bounce::Nothing(why) => why.to_owned(),
            Bounce::Reply(reply) => format!("reply of {}: {}", reply.from, reply.words).to_lowercase(),
            Bounce::Report(Returned { subscriber, kind, status, text, .. }) => {
                assert_eq!(subscriber, SubscriberId(4711));
                format!("{kind:?} {status}: {text}").to_lowercase()
            }
        }
    }

    /// Each sample's first line says what it is: `Expect: hard 5.1.1: words`.
    #[test]
    fn every_sample_is_what_it_says() {
        let mut seen = 0;
        for entry in std::fs::read_dir("tests/bounces").unwrap() {
            let path = entry.unwrap().path();
            let sample = std::fs::read_to_string(&path).unwrap();
            let (expected, mail) = sample.split_once('\n').unwrap();
            let expected = expected.strip_prefix("Expect: ").unwrap();
            for mail in [filled(mail), filled(mail).replace('\n', "\r\n")] {
                assert!(read(&mail).starts_with(expected), "{}: {}", path.display(), read(&mail));
            }
            seen += 1;
        }
        assert!(seen >= 20, "{seen} samples");
    }

    #[test]
    fn a_report_counts_once_and_about_whom_it_is() {
        let sample = std::fs::read_to_string("tests/bounces/hard-postfix.eml").unwrap();
        let report = |mail: &str| match bounce(mail.as_bytes(), &keys(), Timestamp::UNIX_EPOCH) {
            Bounce::Report(returned) => returned.report,
            other => panic!("{other:?}"),
        };
        let mail = filled(&sample);
        assert_eq!(report(&mail), report(&format!("Received: by another way\n{mail}")));
        // Somebody else's key made this token.
        let other = TokenKeys::new(b"other");
        let token = Token { purpose: Purpose::Bounce, subscriber: SubscriberId(4711), epoch: 0 };
        let forged = sample.replace("@BOUNCE@", &other.seal(token)).replace("@LEAVE@", &other.seal(token));
        assert_eq!(read(&forged), "it names no reader of ours");
    }

    #[test]
    fn a_megabyte_of_anything_is_read_in_time() {
        let started = std::time::Instant::now();
        for piece in ["b+", "/u/x", "\n\n", ": ", "--=_\n", "Action: failed\n"] {
            let body = piece.repeat((2 << 20) / piece.len());
            let mail = format!("Content-Type: message/delivery-status\n\n{body}");
            read(&mail);
        }
        assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    }

    proptest! {
        #[test]
        fn whatever_comes_nothing_breaks(raw in proptest::collection::vec(any::<u8>(), 0..400), cut in 0usize..3000) {
            bounce(&raw, &keys(), Timestamp::UNIX_EPOCH);
            let sample = std::fs::read_to_string("tests/bounces/hard-postfix.eml").unwrap();
            let mail = filled(&sample).into_bytes();
            bounce(&mail[..cut.min(mail.len())], &keys(), Timestamp::UNIX_EPOCH);
        }
    }
}
