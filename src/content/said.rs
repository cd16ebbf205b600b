//! When the updates of a file were made, by moment and by clock: so that a correction can name one by its time alone.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::{Offset, TimeZone};

/// The times of all headings.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// Sorted.
    times: Vec<Timestamp>,
    /// Sorted times by hour and minute in the site's zone.
    by_clock: HashMap<(i8, i8), Vec<Timestamp>>,
    /// Sorted times by hour and minute in UTC.
    by_utc: HashMap<(i8, i8), Vec<Timestamp>>,
}

impl Said {
    /// Only a file that holds a correction asks; for any other, nothing is sorted.
    pub(super) fn of(times: impl Iterator<Item = Timestamp>, zone: &TimeZone) -> Self {
        let mut said = Self { times: times.collect(), ..Self::default() };
        said.times.sort_unstable();
        for at in said.times.iter().copied() {
            said.by_clock.entry(clock(at.to_zoned(zone.clone()).time())).or_default().push(at);
            said.by_utc.entry(clock(at.to_zoned(TimeZone::UTC).time())).or_default().push(at);
        }
        said
    }

    pub(super) fn contains(&self, at: Timestamp) -> bool {
        self.times.binary_search(&at).is_ok()
    }

    /// The updates before a moment whose clock showed this time, oldest first; two at most.
    pub(super) fn at_clock(&self, time: Time, offset: Option<Offset>, before: Timestamp) -> Vec<Timestamp> {
        let found = match offset {
            None => self.by_clock.get(&clock(time)),
            Some(offset) => self.by_utc.get(&clock(time.wrapping_sub(offset_span(offset)))),
        };
        found.into_iter().flatten().copied().take_while(|at| *at < before).take(2).collect()
    }
}

fn clock(time: Time) -> (i8, i8) {
    (time.hour(), time.minute())
}

fn offset_span(offset: Offset) -> jiff::SignedDuration {
    jiff::SignedDuration::from_secs(i64::from(offset.seconds()))
}
