//! Work: what a sender is given to do.

use jiff::Timestamp;

use super::{JobKey, Notice, NoticeId, Reader, SubscriberId, UpdateKind};
use crate::text::Slug;

/// One mail to be written and sent, claimed for one sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    Statement(StatementClaim),
    Notice(NoticeId, Notice),
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
            token_epoch: claim.token_epoch,
        }
    }
}
