//! Subscribers: who wants to know what, how often, in which language.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Address, OwnHours};
use crate::text::{AreaId, ServiceId, Slug};

/// The row of a subscriber in the ledger; never used again for another person. Logs show this, never an address.
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
    pub follows: Follows,
    /// BCP 47; empty: the site's default.
    pub language: String,
    pub pace: Pace,
    pub hours: OwnHours,
    pub state: SubscriberState,
    pub confirmed_at: Option<Timestamp>,
    /// Raised to make every token of this person void.
    pub token_epoch: u32,
}

/// Single incidents that somebody follows, wherever they are and whatever they are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follows {
    /// In the order of their slugs.
    pub incidents: Vec<Slug>,
    /// Services and areas count for nothing.
    pub nothing_else: bool,
}

impl Follows {
    /// These and nothing else; none: as services and areas say.
    pub fn only(incidents: Vec<Slug>) -> Self {
        Self { nothing_else: !incidents.is_empty(), incidents }
    }
}

/// What someone asks for: a row of the roster, or a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUp {
    /// Empty: not given. One line without control characters.
    pub name: String,
    pub email: Address,
    /// None: all services.
    pub services: Vec<ServiceId>,
    /// None: everywhere.
    pub areas: Vec<AreaId>,
    pub follows: Follows,
    /// BCP 47; empty: the site's default.
    pub language: String,
    pub pace: Pace,
    pub hours: OwnHours,
}

/// Who says that someone wants to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// The operator, by import: counts as confirmed, but never brings back who left or was erased.
    Operator,
    /// The reader, on the page that a link in a mail opens: changes what they get, brings back nobody who left.
    Reader,
    /// Whoever typed an address into a form: nothing happens before the link in a mail is followed, and what is known
    /// about that address is neither shown nor changed.
    Form,
}

/// What came of a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedUp {
    Added(SubscriberId),
    Changed(SubscriberId),
    Unchanged(SubscriberId),
    /// Not brought back by an import; why.
    Barred(Bar),
}

/// What came of asking for mail in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A mail to the address is queued.
    Written,
    /// This address was written to less than [`ASK_AGAIN`] ago.
    TooSoon,
}

/// One address gets one mail in so long, however often somebody types it into the form.
pub const ASK_AGAIN: SignedDuration = SignedDuration::from_hours(24);
/// For so long the link in that mail confirms; then the address is dropped.
pub const CONFIRM_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Why an address is not mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bar {
    /// Unsubscribed.
    Left,
    /// A relay refused the address for good.
    Refused,
    /// Was erased; all that is left is a keyed hash of the address.
    Forgotten,
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

impl Pace {
    pub const ALL: [Self; 4] = [Self::All, Self::News, Self::Ends, Self::Digest];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::News => "news",
            Self::Ends => "ends",
            Self::Digest => "digest",
        }
    }
}

/// Whether a subscriber may be mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubscriberState {
    Unconfirmed,
    Confirmed,
    Left,
    /// A relay refused the address for good.
    Refused,
}

/// Which subscribers are looked for; every part that is set must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Part of a name or an address, in any case; empty: any.
    pub text: String,
    /// Would be told about this service.
    pub service: Option<ServiceId>,
    /// Would be told about one of these areas; none: any. See [`super::Audience::of`] for the areas of a postcode.
    pub areas: Vec<AreaId>,
}

/// Everything that we ever told one person.
#[derive(Clone, Debug)]
pub struct History {
    pub subscriber: Subscriber,
    /// Every mail that a relay accepted, oldest first.
    pub mails: Vec<Mailed>,
    /// Every mail that failed or is in doubt, oldest first.
    pub troubles: Vec<super::TroubleEntry>,
}

/// One accepted mail: it carried everything after `from_seq` up to `seq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailed {
    pub at: Timestamp,
    pub incident: Slug,
    pub from_seq: u64,
    pub seq: u64,
}
