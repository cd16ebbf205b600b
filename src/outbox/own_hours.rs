//! A reader's own clock: when they sleep, and when their daily mail comes.
//!
//! Quiet hours put mails off, they never drop one: what was said meanwhile is read in one mail at their end. They are
//! moments of the reader's day, worked out by the time zone database: an end that does not exist on that day moves
//! forward, one that exists twice is the first.

use jiff::civil::{Date, Time, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::Pace;

/// A daily mail goes out between these, or on the next day.
const DIGEST: (Time, Time) = (time(8, 0, 0, 0), time(12, 0, 0, 0));

/// The zone a reader lives in, and their quiet hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnHours {
    zone: String,
    quiet: String,
}

impl OwnHours {
    /// `zone` is a name such as `America/Winnipeg`; empty: the site's. `quiet` is `22:00-07:00`; empty: none. Quiet hours
    /// without a zone are those of `site`. The error says what is wrong, for a person.
    pub fn read(zone: &str, quiet: &str, site: &TimeZone) -> Result<Self, String> {
        let (zone, quiet) = (zone.trim(), quiet.trim());
        if !zone.is_empty() && TimeZone::get(zone).is_err() {
            return Err(format!("There is no time zone {zone:?}."));
        }
        if !quiet.is_empty() && hours(quiet).is_none() {
            return Err(format!("{quiet:?} are no hours of the day."));
        }
        let own = match site.iana_name() {
            Some(name) if zone.is_empty() && !quiet.is_empty() => name,
            _ if zone.is_empty() && !quiet.is_empty() => "UTC",
            _ => zone,
        };
        Ok(Self { zone: own.to_owned(), quiet: quiet.to_owned() })
    }

    /// What a store kept.
    pub fn kept(zone: String, quiet: String) -> Self {
        Self { zone, quiet }
    }

    /// A name of the time zone database; empty: the site's zone.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// `22:00-07:00`; empty: none.
    pub fn quiet(&self) -> &str {
        &self.quiet
    }

    /// Until when this reader gets nothing; `None`: they may be told now.
    pub fn rests_until(&self, pace: Pace, now: Timestamp) -> Option<Timestamp> {
        if self.zone.is_empty() {
            return None;
        }
        // A zone that this machine's database does not know any more must not silence anyone.
        let zone = TimeZone::get(&self.zone).ok()?;
        let quiet = hours(&self.quiet).and_then(|hours| quiet_end(hours, now, &zone));
        if pace != Pace::Digest {
            return quiet;
        }
        let (from, until) = DIGEST;
        let next = quiet_end((until, from), now, &zone);
        match (quiet, next) {
            (Some(quiet), Some(next)) => Some(quiet.max(next)),
            (quiet, next) => quiet.or(next),
        }
    }
}

/// From and to.
fn hours(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once('-')?;
    let read = |part: &str| Time::strptime("%H:%M", part.trim()).ok();
    let (from, to) = (read(from)?, read(to)?);
    (from != to).then_some((from, to))
}

/// The end of the quiet hours that `now` lies in. Compared as moments: on the night when clocks go back, an end at
/// 02:30 is over for good after the first 02:30.
fn quiet_end((from, to): (Time, Time), now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned(zone.clone()).date();
    let moment = |day: Date, time| zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().ok();
    [today.saturating_sub(1.day()), today].into_iter().find_map(|day| {
        let last = if from < to { day } else { day.saturating_add(1.day()) };
        let (start, end) = (moment(day, from)?, moment(last, to)?);
        (start <= now && now < end).then_some(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn rests(zone: &str, quiet: &str, pace: Pace, now: &str) -> Option<String> {
        let hours = OwnHours::read(zone, quiet, &TimeZone::UTC).unwrap();
        hours.rests_until(pace, at(now)).map(|until| until.to_string())
    }

    #[test]
    fn a_night_is_over_at_its_end_in_the_readers_own_place() {
        let winnipeg = |now| rests("America/Winnipeg", "22:00-07:00", Pace::All, now);
        assert_eq!(winnipeg("2026-11-22T03:59:00Z"), None);
        assert_eq!(winnipeg("2026-11-22T04:00:00Z").as_deref(), Some("2026-11-22T13:00:00Z"));
        assert_eq!(winnipeg("2026-11-22T12:59:00Z").as_deref(), Some("2026-11-22T13:00:00Z"));
        assert_eq!(winnipeg("2026-11-22T13:00:00Z"), None);
        assert_eq!(rests("", "", Pace::All, "2026-11-22T04:00:00Z"), None);
        // Without a zone, the site's.
        assert_eq!(
            rests("", "12:00-13:00", Pace::News, "2026-11-22T12:30:00Z").unwrap(),
            "2026-11-22T13:00:00Z"
        );
    }

    #[test]
    fn an_end_that_does_not_exist_moves_forward_and_one_that_comes_twice_is_the_first() {
        // London, 29 March 2026: 01:00 becomes 02:00. 25 October: 02:00 becomes 01:00.
        let london = |now| rests("Europe/London", "23:00-01:30", Pace::All, now);
        assert_eq!(london("2026-03-28T23:30:00Z").as_deref(), Some("2026-03-29T01:30:00Z"), "02:30 BST");
        assert_eq!(london("2026-10-24T23:30:00Z").as_deref(), Some("2026-10-25T00:30:00Z"), "01:30 BST");
        // 01:10 for the second time: the night is over.
        assert_eq!(london("2026-10-25T01:10:00Z"), None);
    }

    #[test]
    fn a_daily_mail_comes_in_the_morning_of_its_reader() {
        let tokyo = |now| rests("Asia/Tokyo", "", Pace::Digest, now);
        assert_eq!(tokyo("2026-11-21T23:00:00Z"), None, "08:00");
        assert_eq!(tokyo("2026-11-22T02:59:00Z"), None, "11:59");
        assert_eq!(tokyo("2026-11-22T03:00:00Z").as_deref(), Some("2026-11-22T23:00:00Z"));
        // Whoever sleeps longer gets it when they rise.
        assert_eq!(
            rests("Asia/Tokyo", "23:00-10:00", Pace::Digest, "2026-11-21T20:00:00Z").unwrap(),
            "2026-11-22T01:00:00Z"
        );
    }

    #[test]
    fn what_is_no_zone_and_no_hours_is_said() {
        let read = |zone, quiet| OwnHours::read(zone, quiet, &TimeZone::UTC).unwrap_err();
        assert_eq!(read("Europe/Lodnon", ""), "There is no time zone \"Europe/Lodnon\".");
        assert_eq!(read("", "22-7"), "\"22-7\" are no hours of the day.");
        assert_eq!(read("", "07:00-07:00"), "\"07:00-07:00\" are no hours of the day.");
    }

    proptest::proptest! {
        #[test]
        fn nobody_rests_for_more_than_a_day_and_waking_ends_it(minute in 0i64..4 * 365 * 24 * 60, from in 0i8..24, to in 0i8..24) {
            proptest::prop_assume!(from != to);
            let hours = OwnHours::read("Europe/London", &format!("{from:02}:00-{to:02}:30"), &TimeZone::UTC).unwrap();
            let now = Timestamp::from_second(1_700_000_000 + minute * 60).unwrap();
            for pace in Pace::ALL {
                if let Some(until) = hours.rests_until(pace, now) {
                    proptest::prop_assert!(until > now && until.duration_since(now).as_hours() <= 48);
                    if pace != Pace::Digest {
                        proptest::prop_assert!(until.duration_since(now).as_hours() < 25);
                        proptest::prop_assert_eq!(hours.rests_until(pace, until), None);
                    }
                }
            }
        }
    }
}
