//! Channels beside mail: a webhook, a room, a public account. The operator names them; each is brought up to the
//! latest statement by the same steps as a reader, and is never told twice.

use jiff::Timestamp;

use super::{Pace, UpdateKind};
use crate::text::Slug;

/// A channel that a publication goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelAim {
    /// As `candor.host.toml` names it.
    pub name: String,
    /// Everything, or no holding updates.
    pub pace: Pace,
    /// Told at once, while the public still waits.
    pub staff: bool,
}

/// A message to a channel, claimed for one sender: everything said after `from_seq`, up to `seq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostClaim {
    pub incident: Slug,
    pub channel: String,
    /// 0: nothing yet.
    pub from_seq: u64,
    pub seq: u64,
    pub kind: UpdateKind,
    pub published_at: Timestamp,
}

/// How far a channel has come with an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostReport {
    pub incident: Slug,
    pub channel: String,
    /// The last number that it took.
    pub seq: u64,
    /// The number it is to reach.
    pub target: u64,
    pub state: PostState,
    /// HTTP status of the last failure; 0: none.
    pub code: u16,
    /// What was last said.
    pub text: String,
}

/// What became of the message to a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostState {
    Told,
    Due,
    Sending,
    /// Tried again then.
    Waiting(Timestamp),
    /// Nobody knows whether it arrived; it is sent again then.
    InDoubt(Timestamp),
    Expired,
    /// The other side says that the channel is gone.
    Refused,
}
