//! The seam between the books and the post.
//!
//! A transport pulls work when a connection is free, asks for permission just before the point of no return (for SMTP
//! the final dot of DATA), and reports what came of it. The desk keeps the books: it commits the intent before it says
//! yes, and it groups what arrives from all connections into one commit. Both sides are called from many connections
//! at once and never block: answers come through [`Reply`].

use std::sync::Arc;

use crate::text::Slug;

use super::{NoticeId, SubscriberId};

/// Takes one answer, once, from any thread.
pub type Reply<T> = Box<dyn FnOnce(T) + Send>;

/// What a job is for. Transports carry it and never look inside.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum JobKey {
    /// A reader's delivery, and the number that it would reach.
    Delivery { incident: Slug, subscriber: SubscriberId, seq: u64 },
    /// A mail to one person that no statement stands for: a confirmation, a reminder to the owner.
    Notice(NoticeId),
    /// A channel, and the number that it would reach.
    Post { incident: Slug, channel: String, seq: u64 },
}

/// One mail to one reader, not yet rendered: rendering happens on the connection that sends it.
#[derive(Clone)]
pub struct Job {
    pub key: JobKey,
    pub render: Arc<dyn Fn() -> Envelope + Send + Sync>,
}

/// A rendered mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The envelope sender; holds a token, not an address (VERP).
    pub from: String,
    pub to: String,
    /// The whole message, CRLF line ends, dots not yet stuffed. The same key gives the same bytes.
    pub message: Vec<u8>,
}

impl Envelope {
    /// The Message-ID without its brackets; `None` where the message has none.
    pub fn id(&self) -> Option<&str> {
        let lines = self.message.split(|&byte| byte == b'\n');
        let head = lines.take_while(|line| !matches!(line, [] | [b'\r']));
        let mut fields = head.filter_map(|line| std::str::from_utf8(line).ok());
        let id = fields.find_map(|line| line.strip_prefix("Message-ID:"))?;
        Some(id.trim().trim_matches(['<', '>']))
    }
}

/// What became of one mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The final reply was 250; its text often names the queue id.
    Accepted { reply: String },
    /// 4xx about this mail: again later.
    Later { code: u16, text: String },
    /// 5xx about the recipient: never again to this address.
    Refused { code: u16, text: String },
    /// 4xx or 5xx about us (5.7.x, 4.7.x): the relay's policy, not the reader's fault.
    Policy { code: u16, text: String },
    /// The dot was sent and no reply came: nobody knows.
    InDoubt { why: String },
    /// The connection failed before the dot: nothing was sent, the mail is due again at once or when the relay is back.
    NotSent { why: String },
    /// The desk said no at the dot (newer news, or the reader left), so the mail was taken back.
    TakenBack,
}

/// Who keeps the books while a transport works.
pub trait Desk: Send + Sync {
    /// The next job; `None` when there is none now.
    fn next(&self, reply: Reply<Option<Job>>);
    /// May the mail go? The intent is committed before `true` is answered, and with it or before it every result that the
    /// same caller has given.
    fn intend(&self, key: &JobKey, reply: Reply<bool>);
    /// What became of it. Answered when it is committed.
    fn settle(&self, key: &JobKey, outcome: Outcome, reply: Reply<()>);
}

/// A way to deliver mail.
pub trait Transport: Send + Sync {
    /// Works until the desk has no job left and every mail begun is settled, or until `stop` says to finish what has
    /// begun and start nothing more.
    fn deliver(&self, desk: Arc<dyn Desk>, stop: &(dyn Fn() -> bool + Sync)) -> Result<(), TransportError>;
}

/// Why a transport could not work at all. Jobs that it had pulled were settled as [`Outcome::NotSent`].
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    #[error("the relay {relay} cannot be reached: {why}")]
    Unreachable { relay: String, why: String },
    #[error("the relay {relay} refuses us: {why}")]
    Refused { relay: String, why: String },
    #[error("{path} cannot be written: {why}")]
    Disk { path: String, why: String },
}
