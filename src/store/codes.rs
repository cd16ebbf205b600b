//! Numbers in the tables and what they mean. A number is never given another meaning.

use jiff::Timestamp;

use super::db::{FromSql, ToSql, Value};
use crate::outbox::{Bar, Halt, Pace, Phase, ReturnKind, SubscriberState, Trouble, UpdateKind};

/// A moment as Unix milliseconds.
#[derive(Clone, Copy)]
pub(super) struct Ms(pub(super) Timestamp);

impl ToSql for Ms {
    fn value(&self) -> Value<'_> {
        Value::Int(self.0.as_millisecond())
    }
}

impl FromSql for Ms {
    fn read(value: Value<'_>) -> Option<Self> {
        Timestamp::from_millisecond(i64::read(value)?).ok().map(Self)
    }
}

/// A count or a number of a statement. Databases' integers are signed; none of ours comes near the limit.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An enum that is kept as a number.
pub(super) struct Code<T>(pub(super) T);

macro_rules! codes {
    ($($name:ident { $($variant:ident = $number:literal),* $(,)? })*) => {$(
        impl ToSql for Code<$name> {
            fn value(&self) -> Value<'_> {
                Value::Int(match self.0 { $($name::$variant => $number),* })
            }
        }

        impl FromSql for Code<$name> {
            fn read(value: Value<'_>) -> Option<Self> {
                match value {
                    $(Value::Int($number) => Some(Self($name::$variant)),)*
                    _ => None,
                }
            }
        }
    )*};
}

codes! {
    Pace { All = 0, News = 1, Ends = 2, Digest = 3 }
    SubscriberState { Unconfirmed = 0, Confirmed = 1, Left = 2, Refused = 3 }
    Phase { Idle = 0, Claimed = 1, Dot = 2, InDoubt = 3, Waiting = 4, Expired = 5 }
    Halt { None = 0, Left = 1, Muted = 2, Refused = 3 }
    Trouble { Later = 0, Refused = 1, Policy = 2, NotSent = 3, InDoubt = 4, Expired = 5 }
    ReturnKind { Hard = 0, Soft = 1, Policy = 2, Complaint = 3 }
    Bar { Left = 0, Refused = 1, Forgotten = 2 }
    UpdateKind {
        Opened = 0, Update = 1, Holding = 2, Correction = 3, Resolved = 4, Reopened = 5, FollowUp = 6, Review = 7,
    }
}
