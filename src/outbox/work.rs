//! Work: what a sender is given to do.

use jiff::Timestamp;

use super::{Following, JobKey, Notice, NoticeId, PostClaim, Reader, SubscriberId, UpdateKind};
use crate::text::{AreaId, ServiceId, Slug};

/// What a sender takes on. Each sort may have a sender of its own: a link that confirms a sign-up does not wait behind
/// a city, and a chat room that hangs holds up nobody's mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Mails about incidents.
    Readers,
    /// Mails to one person.
    Notices,
    /// Messages to channels.
    Channels,
}

impl Work {
    pub const ALL: [Self; 3] = [Self::Notices, Self::Readers, Self::Channels];
}

/// One mail to be written and sent, claimed for one sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    Statement(StatementClaim),
    Notice(NoticeId, Notice),
    Post(PostClaim),
}

impl Claim {
    pub fn key(&self) -> JobKey {
        match self {
            Self::Statement(claim) => JobKey::Delivery {
                incident: claim.incident.clone(),
                subscriber: claim.subscriber,
                seq: claim.seq,
            },
            Self::Notice(id, _) => JobKey::Notice(*id),
            Self::Post(claim) => JobKey::Post {
                incident: claim.incident.clone(),
                channel: claim.channel.clone(),
                seq: claim.seq,
            },
        }
    }
}

/// A mail to a reader about an incident: everything said after `from_seq`, up to `seq`. The same numbers and reader
/// make the same bytes, however often it is claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementClaim {
    pub incident: Slug,
    /// 0: this reader was told nothing yet.
    pub from_seq: u64,
    pub seq: u64,
    /// Of the statement that `seq` numbers.
    pub kind: UpdateKind,
    /// Of the statement that `seq` numbers.
    pub published_at: Timestamp,
    pub subscriber: SubscriberId,
    pub email: String,
    pub name: String,
    /// What the reader asked to be told about; none: everything.
    pub services: Vec<ServiceId>,
    /// None: everywhere.
    pub areas: Vec<AreaId>,
    pub following: Following,
    /// BCP 47; empty: the site's default.
    pub language: String,
    pub token_epoch: u32,
}

impl<'a> From<&'a StatementClaim> for Reader<'a> {
    fn from(claim: &'a StatementClaim) -> Self {
        Self {
            subscriber: claim.subscriber,
            name: &claim.name,
            email: &claim.email,
            services: &claim.services,
            areas: &claim.areas,
            following: claim.following,
            token_epoch: claim.token_epoch,
        }
    }
}
