//! Who is due what: the number that each pace is to reach, and the order in which readers are served.
//!
//! A reader is *due* while the last number that their relay accepted is below what their pace *wants*, and is then
//! brought to the pace's *target*: the newest that this pace is to read. So a late or slow reader never gets an old
//! statement first, and nobody is mailed for a statement that their pace leaves out.

use jiff::civil::time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{Pace, SubscriberId, UpdateKind};

/// Readers are spread over so many buckets; which of them is served first rotates with the number.
pub const BUCKETS: u64 = 32;

/// The bucket of a reader. Neighbours are apart, so that a list that came in by domain does not go out by domain.
pub fn bucket(subscriber: SubscriberId) -> u64 {
    // Knuth's multiplicative hash.
    (subscriber.0.unsigned_abs().wrapping_mul(2_654_435_761) >> 16) % BUCKETS
}

/// The latest told numbers of one incident; 0: nothing told yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aims {
    /// The latest statement told.
    pub all: u64,
    /// The latest that is no holding update.
    pub news: u64,
    /// The latest that opens, ends or reopens.
    pub ends: u64,
}

impl Aims {
    /// Takes in a told statement; `ended`: whether the incident was over before it.
    pub fn raise(&mut self, seq: u64, kind: UpdateKind, ended: bool) {
        self.all = seq;
        if kind != UpdateKind::Holding {
            self.news = seq;
        }
        if kind.is_end(ended) {
            self.ends = seq;
        }
    }

    /// Readers below this are due. `digest`: the latest number told before the last [`digest_gate`].
    pub fn wanted(&self, pace: Pace, digest: u64) -> u64 {
        match pace {
            Pace::All => self.all,
            Pace::News => self.news,
            Pace::Ends => self.ends,
            Pace::Digest => digest,
        }
    }

    /// The number that a mail at this pace carries its reader to. A holding update has nothing new to say to those
    /// who asked for news or ends only.
    pub fn target(&self, pace: Pace) -> u64 {
        match pace {
            Pace::All | Pace::Digest => self.all,
            Pace::News | Pace::Ends => self.news,
        }
    }
}

/// The last time it was 08:00 in the zone: a digest tells what was published before. A nonexistent 08:00 moves
/// forward, an ambiguous one takes the first.
pub fn digest_gate(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let today = now.to_zoned(zone.clone()).date();
    [today, today.saturating_sub(1.day())]
        .into_iter()
        .filter_map(|day| zone.to_ambiguous_timestamp(day.to_datetime(time(8, 0, 0, 0))).compatible().ok())
        .find(|gate| *gate <= now)
        .unwrap_or(now)
}

/// The bucket whose readers are served first for a number, so that nobody is always last.
pub fn first_bucket(seq: u64) -> u64 {
    // 11 is coprime to 32: the start visits every bucket.
    seq.wrapping_mul(11) % BUCKETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pace_hears_what_it_asked_for() {
        let mut aims = Aims::default();
        for (seq, kind) in [(1, UpdateKind::Opened), (2, UpdateKind::Update), (3, UpdateKind::Holding)] {
            aims.raise(seq, kind, false);
        }
        assert_eq!([Pace::All, Pace::News, Pace::Ends].map(|pace| aims.wanted(pace, 0)), [3, 2, 1]);
        // Who comes late and wants the ends only is told the newest news, not the first words.
        assert_eq!(aims.target(Pace::Ends), 2);
        aims.raise(4, UpdateKind::Resolved, false);
        aims.raise(5, UpdateKind::Correction, true);
        assert_eq!([Pace::All, Pace::News, Pace::Ends].map(|pace| aims.wanted(pace, 0)), [5, 5, 5]);
    }

    #[test]
    fn a_digest_opens_at_eight_on_the_clock_of_the_place() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let gate = |now: &str| digest_gate(now.parse().unwrap(), &zone).to_string();
        assert_eq!(gate("2026-11-21T06:59:59Z"), "2026-11-20T07:00:00Z");
        assert_eq!(gate("2026-11-21T07:00:00Z"), "2026-11-21T07:00:00Z");
        // The clocks went back at night: 08:00 is one hour later in UTC.
        assert_eq!(gate("2026-10-25T06:30:00Z"), "2026-10-24T06:00:00Z");
        assert_eq!(gate("2026-10-25T07:30:00Z"), "2026-10-25T07:00:00Z");
    }

    #[test]
    fn every_bucket_is_first_at_some_time() {
        let firsts: std::collections::BTreeSet<_> = (1..=BUCKETS).map(first_bucket).collect();
        assert_eq!(firsts.len() as u64, BUCKETS);
    }
}
