//! Who is due what, in which words, and what became of it. The books and the post are traits: [`Ledger`] and [`Transport`].
//!
//! Delivery is level-triggered: one row per (incident, subscriber, channel) holds the last sequence number that the
//! reader's relay accepted; publishing only raises the incident's latest number (DELIVERY.md section 5).

mod address;
mod audience;
mod bounce;
mod breaker;
mod channel;
mod compose;
mod confirmation;
mod delivery;
mod desk;
mod feedback;
pub mod forecast;
mod head;
mod headers;
mod heard;
mod known;
mod ledger;
mod letter;
mod lines;
#[cfg(test)]
mod mails;
mod news;
mod notice;
mod notice_mail;
mod own_hours;
mod personal;
mod plan;
mod post;
mod progress;
mod publication;
mod quoted;
mod reply;
pub mod retry;
pub mod returned;
mod roster;
#[cfg(test)]
mod sample;
mod scorecard;
pub mod staff;
mod subscriber;
mod token;
mod transport;
pub mod warm_up;
mod wording;
mod work;
mod wrap;

pub use address::Address;
pub use audience::Audience;
pub use bounce::{Bounce, bounce};
pub use channel::{ChannelAim, PostClaim, PostReport, PostState};
pub use compose::{Stationery, letter};
pub use confirmation::{CONFIRMATION, Wanted, about, confirmation, public_url};
pub use delivery::{Delivery, Halt, OwnerId, Phase, Situation, Trouble};
pub use desk::{Ask, Books, Composed, Composer, Moment, Tripped};
pub use feedback::{Feedback, LONGEST_WORDS};
pub use heard::{ONE_MAIL_IN, to_the_owner};
pub use ledger::{Buried, Ledger, LedgerError, Turn, Turned};
pub use letter::{Following, Letter, Reader};
pub use news::News;
pub use notice::{Notice, NoticeId, NoticeReport, NoticeState};
pub use notice_mail::notice;
pub use own_hours::OwnHours;
pub use plan::{Aims, BUCKETS, bucket, digest_gate, first_bucket};
pub use post::post;
pub use progress::{Doubt, DoubtState, Failure, FailureState, Progress, Suppressed, TroubleEntry};
pub use publication::{Numbered, Publication, Published, Telling, UpdateKind};
pub use reply::ReaderReply;
pub use returned::{Consequence, ReturnKind, Returned};
pub use roster::{RosterContext, RosterFault, RosterRow, read_roster, roster_heading, roster_line};
pub use scorecard::{Answers, Kept, Month, Scorecard, ServiceScore, scorecard};
pub use subscriber::{
    ASK_AGAIN, Asked, Bar, CONFIRM_WITHIN, Follows, History, Mailed, Pace, Search, SignUp, SignedUp,
    Subscriber, SubscriberId, SubscriberState, Via,
};
pub use token::{Purpose, Token, TokenKeys};
pub use transport::{Desk, Envelope, Job, JobKey, Outcome, Reply, Transport, TransportError};
pub use wording::language_for;
pub use work::{Claim, StatementClaim, Work};
