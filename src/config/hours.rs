//! The hours of the day in which we speak.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// A daily window in the site's zone, such as 07:00-22:00. It may cross midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    Always,
    Daily { open: Time, close: Time },
}

impl Hours {
    pub fn always() -> Self {
        Self::Always
    }

    /// Reads `07:00-22:00`, `24 hours` or `always`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if matches!(text, "always" | "24 hours" | "00:00-24:00") {
            return Some(Self::Always);
        }
        let (open, close) = text.split_once('-')?;
        let time = |part: &str| Time::strptime("%H:%M", part.trim()).ok();
        let (open, close) = (time(open)?, time(close)?);
        Some(if open == close { Self::Always } else { Self::Daily { open, close } })
    }

    /// The moment itself where it lies within the hours (both ends belong), else the next opening.
    pub fn at_or_next_opening(&self, moment: Timestamp, zone: &TimeZone) -> Timestamp {
        let Self::Daily { open, close } = *self else { return moment };
        let local = moment.to_zoned(zone.clone()).datetime();
        let time = local.time();
        let inside = if open < close { open <= time && time <= close } else { time >= open || time <= close };
        if inside {
            return moment;
        }
        let day = if time < open { local.date() } else { local.date().saturating_add(1.day()) };
        // A nonexistent opening moves forward past the gap; an ambiguous one takes the first.
        zone.to_ambiguous_timestamp(day.to_datetime(open)).compatible().unwrap_or(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_outside_moves_to_the_next_opening() {
        let zone = TimeZone::get("Europe/London").unwrap();
        let hours = Hours::parse("07:00-22:00").unwrap();
        let at = |s: &str| s.parse::<Timestamp>().unwrap();
        assert_eq!(hours.at_or_next_opening(at("2026-11-21T21:59:00Z"), &zone), at("2026-11-21T21:59:00Z"));
        assert_eq!(hours.at_or_next_opening(at("2026-11-21T22:30:00Z"), &zone), at("2026-11-22T07:00:00Z"));
        assert_eq!(hours.at_or_next_opening(at("2026-11-22T03:00:00Z"), &zone), at("2026-11-22T07:00:00Z"));
        // 29 March 2026: clocks go forward at 01:00, so 07:00 is 06:00 UTC.
        assert_eq!(hours.at_or_next_opening(at("2026-03-28T23:00:00Z"), &zone), at("2026-03-29T06:00:00Z"));
    }
}
