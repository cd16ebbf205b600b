//! Who is due what, in which words, and what became of it. The books and the post are traits: [`Ledger`] and [`Transport`].
//!
//! Delivery is level-triggered: one row per (incident, subscriber, channel) holds the last sequence number that the
//! reader's relay accepted; publishing only raises the incident's latest number (DELIVERY.md section 5).

mod notice;
mod subscriber;
mod token;
mod transport;

pub use notice::{Notice, NoticeId};
pub use subscriber::{Pace, Subscriber, SubscriberId, SubscriberState};
pub use token::{Purpose, Token, TokenKeys};
pub use transport::{Desk, Envelope, Job, JobKey, Outcome, Reply, Transport, TransportError};
