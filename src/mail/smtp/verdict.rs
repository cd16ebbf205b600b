//! What a refusal means: come back later, never again to this address, or something is wrong with us.
//!
//! Only what is about the recipient may ever end a subscription. A relay that dislikes our sender, our words or our
//! reputation says so with the same 5xx; taking that for a dead address would unsubscribe a city in one bad hour
//! (DELIVERY sections 5.6 and 5.11). Codes: RFC 5321 section 4.2, RFC 3463, the IANA registry of enhanced codes.

use crate::outbox::Outcome;

/// Which of our words the relay refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Mail,
    Rcpt,
    Data,
    Dot,
}

/// A reply's code and text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) text: String,
}

impl Answer {
    /// The relay is closing the connection (RFC 5321 section 3.8).
    pub(super) fn closes(&self) -> bool {
        self.code == 421
    }

    /// The outcome of a mail that was refused with this 4xx or 5xx.
    pub(super) fn judge(self, phase: Phase) -> Outcome {
        let enhanced = enhanced(&self.text);
        let Self { code, text } = self;
        match about(phase, code, enhanced) {
            About::Us => Outcome::Policy { code, text },
            About::Reader if code >= 500 => Outcome::Refused { code, text },
            About::Reader | About::Moment => Outcome::Later { code, text },
        }
    }
}

enum About {
    Us,
    Reader,
    Moment,
}

fn about(phase: Phase, code: u16, enhanced: Option<(u16, u16)>) -> About {
    match (code, enhanced) {
        // Security or policy, whoever is meant: 5.7.515, 4.7.28, 5.7.26 and their kin.
        (_, Some((7, _))) | (530 | 534 | 535 | 538, _) => About::Us,
        (400..500, _) => About::Moment,
        // A full mailbox, a full or busy system: they pass.
        (_, Some((2, 2)) | Some((3, 0..=3))) => About::Moment,
        // Our sender address.
        (_, Some((1, 7 | 8))) => About::Us,
        (_, Some((1, _) | (2, _))) if phase != Phase::Mail => About::Reader,
        // The protocol or the content: ours.
        (_, Some((5 | 6, _)) | Some((3, _))) => About::Us,
        (500 | 502..=504, None) => About::Us,
        (552, None) if phase == Phase::Rcpt => About::Moment,
        _ if phase == Phase::Rcpt => About::Reader,
        // A refusal of MAIL cannot know the reader; one of DATA or the dot without a code about the mailbox is about the mail.
        _ => About::Us,
    }
}

/// Subject and detail of an enhanced code such as `5.1.1` at the start of a text.
fn enhanced(text: &str) -> Option<(u16, u16)> {
    let word = text.split_ascii_whitespace().next()?;
    let mut parts = word.splitn(3, '.');
    let class = parts.next()?;
    let (subject, detail) = (parts.next()?, parts.next()?.trim_end_matches([':', ',', ';']));
    matches!(class, "2" | "4" | "5").then_some(())?;
    Some((subject.parse().ok()?, detail.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(phase: Phase, code: u16, text: &str) -> &'static str {
        match (Answer { code, text: text.to_owned() }).judge(phase) {
            Outcome::Policy { .. } => "policy",
            Outcome::Refused { .. } => "refused",
            Outcome::Later { .. } => "later",
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_the_recipient_ends_a_subscription() {
        for (phase, code, text, expected) in [
            (Phase::Rcpt, 550, "5.1.1 no such user", "refused"),
            (Phase::Rcpt, 550, "User unknown", "refused"),
            (Phase::Rcpt, 501, "5.1.3 Bad recipient address syntax", "refused"),
            (Phase::Rcpt, 550, "5.2.1 mailbox disabled", "refused"),
            (Phase::Dot, 550, "5.1.1 no such user", "refused"),
            (Phase::Rcpt, 552, "5.2.2 mailbox full", "later"),
            (Phase::Rcpt, 552, "quota", "later"),
            (Phase::Rcpt, 452, "4.3.1 insufficient storage", "later"),
            (Phase::Rcpt, 450, "4.2.0 greylisted", "later"),
            (Phase::Rcpt, 421, "too busy", "later"),
            (Phase::Rcpt, 450, "4.7.1 greylisted by policy", "policy"),
            (Phase::Dot, 550, "5.7.515 Access denied, sender must authenticate", "policy"),
            (Phase::Dot, 550, "5.7.26 unauthenticated", "policy"),
            (Phase::Rcpt, 550, "5.7.1 blocked", "policy"),
            (Phase::Mail, 550, "5.1.1 odd", "policy"),
            (Phase::Mail, 553, "5.1.8 sender rejected", "policy"),
            (Phase::Mail, 530, "Authentication required", "policy"),
            (Phase::Dot, 554, "5.6.0 content", "policy"),
            (Phase::Dot, 554, "looks like spam", "policy"),
            (Phase::Dot, 552, "5.3.4 too big", "policy"),
            (Phase::Data, 554, "no", "policy"),
            (Phase::Rcpt, 503, "bad sequence", "policy"),
        ] {
            assert_eq!(judge(phase, code, text), expected, "{phase:?} {code} {text}");
        }
    }

    #[test]
    fn words_that_only_look_like_codes_are_none() {
        for text in ["", "5", "5.1", "1.2.3 x", "5.x.1", "10.0.0.1 blocked"] {
            assert_eq!(enhanced(text), None, "{text}");
        }
        assert_eq!(enhanced("5.1.1: no"), Some((1, 1)));
    }
}
