//! Mail that came back, and what follows from it for the reader (DELIVERY section 5.11).

use jiff::{SignedDuration, Timestamp};

use super::SubscriberId;

/// So many soft returns …
pub const SOFT_LIMIT: usize = 3;
/// … over at least so long, with nothing delivered between, end a subscription.
pub const SOFT_SPAN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Why a mail came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReturnKind {
    /// The mailbox does not exist: never again to this address.
    Hard,
    /// Full, too big, not reachable for now.
    Soft,
    /// The receiver does not trust us: the operator's matter, never the reader's.
    Policy,
    /// The reader pressed "spam": all mail ends at once.
    Complaint,
}

impl ReturnKind {
    /// For people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hard => "no such mailbox",
            Self::Soft => "not reachable for now",
            Self::Policy => "the receiver refuses us",
            Self::Complaint => "marked as spam",
        }
    }
}

/// One report about one reader's mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// Names the report, so that it counts once however often it is read.
    pub report: String,
    pub subscriber: SubscriberId,
    pub kind: ReturnKind,
    /// Enhanced status such as `5.1.1`; empty: none.
    pub status: String,
    /// What the receiver said.
    pub text: String,
    pub at: Timestamp,
}

/// What came of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// This report was taken in before.
    Known,
    /// Nobody has this id any more.
    Nobody,
    /// Written down; the reader is told on.
    Noted,
    /// The address is never mailed again.
    Suppressed,
    /// The reader complained: unsubscribed.
    Left,
}

/// Whether the address is given up after soft returns at these moments (oldest first, the present one last).
pub fn is_given_up(soft: &[Timestamp]) -> bool {
    match soft {
        [first, .., last] => soft.len() >= SOFT_LIMIT && last.duration_since(*first) >= SOFT_SPAN,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_in_three_days_and_not_before() {
        let day = |day: i64| Timestamp::from_second(day * 86_400).unwrap();
        assert!(!is_given_up(&[]) && !is_given_up(&[day(0)]));
        assert!(!is_given_up(&[day(0), day(9)]));
        assert!(!is_given_up(&[day(0), day(1), day(2)]));
        assert!(is_given_up(&[day(0), day(1), day(3)]));
    }
}
