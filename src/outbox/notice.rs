//! Notices: mails to one person that no statement stands for, such as a reminder to the owner or the link that
//! confirms a sign-up. They go through the same desk with the same care: intent before the dot, retry until they expire.

use jiff::Timestamp;

/// The row of a notice in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoticeId(pub i64);

/// One mail to one person, in its final words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Says what it is about, such as `remind burst-main 2026-11-21T14:40:00Z dana-osei`: one key is queued once, ever.
    pub key: String,
    /// The recipient's address.
    pub to: String,
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// When it was queued; becomes the mail's Date.
    pub at: Timestamp,
    /// After this it is not worth sending.
    pub expires_at: Timestamp,
}

/// A notice and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeReport {
    pub notice: Notice,
    pub state: NoticeState,
    /// Of the last failing reply; 0: none.
    pub code: u16,
    /// What was last said about it.
    pub text: String,
}

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeState {
    Due,
    /// In a sender's hands.
    Sending,
    /// Tried again then.
    Waiting(Timestamp),
    Sent,
    /// No reply came to the dot; it is not sent again.
    PresumedSent,
    Expired,
    Refused,
}
