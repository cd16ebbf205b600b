//! Subscribers: who wants to know what, how often, in which language.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::text::{AreaId, ServiceId};

/// The row of a subscriber in the ledger. Logs show this, never an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubscriberId(pub i64);

/// Someone who asked to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    pub id: SubscriberId,
    /// Empty: not given.
    pub name: String,
    /// As written, with the domain in A-labels.
    pub email: String,
    /// None: all services.
    pub services: Vec<ServiceId>,
    /// None: everywhere.
    pub areas: Vec<AreaId>,
    /// BCP 47; empty: the site's default.
    pub language: String,
    pub pace: Pace,
    pub state: SubscriberState,
    pub confirmed_at: Option<Timestamp>,
    /// Raised to make every token of this person void.
    pub token_epoch: u32,
}

/// How much a subscriber wants to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pace {
    /// Every statement.
    #[default]
    All,
    /// No holding updates.
    News,
    /// The first and the last.
    Ends,
    /// Once a day.
    Digest,
}

/// Whether a subscriber may be mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubscriberState {
    Unconfirmed,
    Confirmed,
    Left,
}
