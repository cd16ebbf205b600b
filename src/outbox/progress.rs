//! How the telling goes, as `candor delivery` and the console show it.

use jiff::Timestamp;

use super::{Bar, SubscriberId, Trouble, UpdateKind};
use crate::text::Slug;

/// How far the latest told statement of an incident has come. Every reader is counted once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub incident: Slug,
    pub seq: u64,
    pub kind: UpdateKind,
    pub published_at: Timestamp,
    pub expires_at: Timestamp,
    /// Readers who have what their pace asks for.
    pub told: u64,
    /// Readers who are due and not yet begun.
    pub due: u64,
    /// Readers whose mail is in a sender's hands.
    pub sending: u64,
    /// Readers who sleep, or wait for their daily mail.
    pub resting: u64,
    /// Readers whose mail failed and is tried again.
    pub waiting: u64,
    /// Readers whose mail is in doubt and is sent again.
    pub in_doubt: u64,
    /// Readers whom the latest statement did not reach while it was worth sending.
    pub expired: u64,
    /// Readers who left, muted the incident, or whose address was refused.
    pub halted: u64,
    /// Why sending is paused; empty: it is not.
    pub paused: String,
    /// Mails accepted that brought a reader to this statement, until for the first time none was for a minute.
    pub sent: u64,
    /// When the first and the last of them were; `None` before there is one.
    pub sent_between: Option<(Timestamp, Timestamp)>,
}

/// A reader who was not reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub incident: Slug,
    pub seq: u64,
    pub subscriber: SubscriberId,
    pub email: String,
    pub state: FailureState,
    /// Of the last trouble, with what was said; `None` where nothing was tried before it expired.
    pub last: Option<TroubleEntry>,
}

/// Whether there is still hope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureState {
    /// Tried again then.
    Waiting(Timestamp),
    /// Until something newer is published.
    Expired,
    /// For good.
    Refused,
}

/// One line of the log of attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TroubleEntry {
    pub at: Timestamp,
    pub incident: Slug,
    pub seq: u64,
    pub trouble: Trouble,
    /// SMTP code; 0: none.
    pub code: u16,
    pub text: String,
}

/// A mail whose dot was sent without a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub at: Timestamp,
    pub incident: Slug,
    pub seq: u64,
    pub subscriber: SubscriberId,
    /// Empty where the person was erased since.
    pub email: String,
    pub why: String,
    pub state: DoubtState,
}

/// What was made of a doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtState {
    /// Taken as sent; the next mail carries the same words again.
    PresumedSent,
    /// The same bytes go out again then.
    AgainAt(Timestamp),
    /// Somebody found out that it did not arrive: due again.
    DueAgain,
    /// The same bytes were sent again and accepted, or a late reply said that they had been.
    Accepted,
    /// A later mail was accepted that carries the same words.
    Covered,
}

/// An address that is never mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    pub at: Timestamp,
    pub why: Bar,
    /// What the relay said, if it was the relay.
    pub text: String,
    /// `None` where all that is left is a keyed hash.
    pub subscriber: Option<SubscriberId>,
    /// Empty where all that is left is a keyed hash.
    pub email: String,
}
