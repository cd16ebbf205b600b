//! How planned work repeats: a subset of RRULE (RFC 5545, section 3.3.10), and the starts that it gives.
//!
//! Days are counted on the calendar of the site's zone, so work at 10pm stays at 10pm when the clocks change.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

/// A rule such as `FREQ=MONTHLY;BYDAY=1TU`, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    every: Every,
    /// Every how many days, weeks, months or years; at least 1.
    interval: i32,
    /// Weekdays; with a number, which of them in the month, from its end where that is negative.
    days: Vec<(Option<i8>, Weekday)>,
    /// Days of the month, from its end where negative.
    month_days: Vec<i8>,
    count: Option<usize>,
    until: Option<Until>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

/// The last moment at which a window may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Until {
    /// That day still counts.
    Day(Date),
    Moment(Timestamp),
}

/// How many periods in a row may be empty, such as a 31st in months without one, before the rule is taken to be over.
const EMPTY: usize = 100;

impl Repeat {
    /// Reads a rule. The error names the part that does not fit.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut every = None;
        let mut repeat = Self {
            every: Every::Day,
            interval: 1,
            days: Vec::new(),
            month_days: Vec::new(),
            count: None,
            until: None,
        };
        for part in text.split(';') {
            let wrong = || part.to_owned();
            let (key, value) = part.split_once('=').ok_or_else(wrong)?;
            match key {
                "FREQ" => every = Some(frequency(value).ok_or_else(wrong)?),
                "INTERVAL" => repeat.interval = number(value, 1..=1000).ok_or_else(wrong)?,
                "COUNT" => repeat.count = Some(number(value, 1..=10_000).ok_or_else(wrong)?),
                "UNTIL" => repeat.until = Some(until(value).ok_or_else(wrong)?),
                "BYDAY" => repeat.days = list(value, weekday).ok_or_else(wrong)?,
                "BYMONTHDAY" => repeat.month_days = list(value, month_day).ok_or_else(wrong)?,
                _ => return Err(wrong()),
            }
        }
        repeat.every = every.ok_or_else(|| "FREQ is missing".to_owned())?;
        let numbered = repeat.days.iter().any(|(which, _)| which.is_some());
        if numbered && repeat.every != Every::Month {
            return Err("a numbered weekday such as 1TU, which goes with FREQ=MONTHLY".to_owned());
        }
        if !repeat.month_days.is_empty() && repeat.every != Every::Month {
            return Err("BYMONTHDAY, which goes with FREQ=MONTHLY".to_owned());
        }
        if !repeat.days.is_empty() && repeat.every == Every::Year {
            return Err("BYDAY, which goes with DAILY, WEEKLY or MONTHLY".to_owned());
        }
        Ok(repeat)
    }

    /// When each window begins, the first one included, in order.
    pub fn starts<'a>(
        &'a self,
        first: Timestamp,
        zone: &'a TimeZone,
    ) -> impl Iterator<Item = Timestamp> + 'a {
        let begin = first.to_zoned(zone.clone()).datetime();
        let mut empty = 0;
        let periods = (0..).map_while(move |period| {
            let days = self.days_of(begin, period)?;
            empty = if days.is_empty() { empty + 1 } else { 0 };
            (empty < EMPTY).then_some(days)
        });
        let moments = periods.flatten().filter_map(move |day| {
            let at = day.to_datetime(begin.time()).to_zoned(zone.clone()).ok()?.timestamp();
            (day > begin.date()).then_some(at)
        });
        // The first window is the one that the file gives, whether or not the rule would.
        std::iter::once(first)
            .chain(moments)
            .take_while(move |at| match self.until {
                None => true,
                Some(Until::Moment(last)) => *at <= last,
                Some(Until::Day(last)) => at.to_zoned(zone.clone()).date() <= last,
            })
            .take(self.count.unwrap_or(usize::MAX))
    }

    /// The days of one period, in order; `None` past the end of the calendar.
    fn days_of(&self, begin: DateTime, period: i32) -> Option<Vec<Date>> {
        let first = begin.date();
        let step = self.interval.checked_mul(period)?;
        let ahead = |span: Span| first.checked_add(span).ok();
        match self.every {
            Every::Day => {
                let day = ahead(Span::new().try_days(step).ok()?)?;
                let fits = self.days.is_empty() || self.days.iter().any(|(_, of)| *of == day.weekday());
                Some(if fits { vec![day] } else { Vec::new() })
            }
            Every::Week => {
                let monday =
                    first.checked_sub(i64::from(first.weekday().to_monday_zero_offset()).days()).ok()?;
                let monday = monday.checked_add(Span::new().try_weeks(step).ok()?).ok()?;
                let mut days = Vec::new();
                for offset in 0..7 {
                    let day = monday.checked_add(i64::from(offset).days()).ok()?;
                    let same = day.weekday() == first.weekday();
                    let named = self.days.iter().any(|(_, of)| *of == day.weekday());
                    if if self.days.is_empty() { same } else { named } {
                        days.push(day);
                    }
                }
                Some(days)
            }
            Every::Month => {
                let month = first.first_of_month().checked_add(Span::new().try_months(step).ok()?).ok()?;
                Some(self.days_in(month, first.day()))
            }
            Every::Year => {
                let year = first.year().checked_add(i16::try_from(step).ok()?)?;
                Date::new(year, 1, 1).ok()?;
                // The 29th of February comes only in leap years.
                Some(Date::new(year, first.month(), first.day()).into_iter().collect())
            }
        }
    }

    /// The days that fit in the month that begins on `month`; `usual` where the rule names none.
    fn days_in(&self, month: Date, usual: i8) -> Vec<Date> {
        let length = month.days_in_month();
        (1..=length)
            .filter(|day| {
                let from_end = day - length - 1;
                let date_fits = self.month_days.iter().any(|of| of == day || *of == from_end);
                let weekday_fits = Date::new(month.year(), month.month(), *day).is_ok_and(|date| {
                    self.days.iter().any(|(which, of)| {
                        let nth = which.is_none_or(|n| n == (day - 1) / 7 + 1 || n == (day - length) / 7 - 1);
                        *of == date.weekday() && nth
                    })
                });
                match (self.month_days.is_empty(), self.days.is_empty()) {
                    (true, true) => *day == usual,
                    (true, false) => weekday_fits,
                    (false, true) => date_fits,
                    (false, false) => date_fits && weekday_fits,
                }
            })
            .filter_map(|day| Date::new(month.year(), month.month(), day).ok())
            .collect()
    }
}

fn frequency(text: &str) -> Option<Every> {
    Some(match text {
        "DAILY" => Every::Day,
        "WEEKLY" => Every::Week,
        "MONTHLY" => Every::Month,
        "YEARLY" => Every::Year,
        _ => return None,
    })
}

fn number<N: std::str::FromStr + PartialOrd>(text: &str, fits: std::ops::RangeInclusive<N>) -> Option<N> {
    text.parse().ok().filter(|number| fits.contains(number))
}

fn list<T>(text: &str, read: fn(&str) -> Option<T>) -> Option<Vec<T>> {
    text.split(',').map(read).collect()
}

fn month_day(text: &str) -> Option<i8> {
    number(text, -31..=31).filter(|day| *day != 0)
}

/// `TU`, `1TU`, `-1FR`.
fn weekday(text: &str) -> Option<(Option<i8>, Weekday)> {
    let (which, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = match name {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    if which.is_empty() {
        return Some((None, day));
    }
    number(which, -5..=5).filter(|n| *n != 0).map(|n| (Some(n), day))
}

/// `20270131` or `20270131T220000Z`.
fn until(text: &str) -> Option<Until> {
    if let Some(moment) = text.strip_suffix('Z') {
        let local = DateTime::strptime("%Y%m%dT%H%M%S", moment).ok()?;
        return Some(Until::Moment(local.to_zoned(TimeZone::UTC).ok()?.timestamp()));
    }
    Date::strptime("%Y%m%d", text).ok().map(Until::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(rule: &str, first: &str) -> Vec<String> {
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        let first: DateTime = first.parse().unwrap();
        let first = first.to_zoned(zone.clone()).unwrap().timestamp();
        let repeat = Repeat::parse(rule).unwrap();
        repeat
            .starts(first, &zone)
            .take(4)
            .map(|at| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
            .collect()
    }

    #[test]
    fn a_window_keeps_its_hour_when_the_clocks_change() {
        assert_eq!(
            starts("FREQ=MONTHLY;BYDAY=1TU", "2026-10-06T22:00"),
            ["2026-10-06 22:00", "2026-11-03 22:00", "2026-12-01 22:00", "2027-01-05 22:00"]
        );
    }

    #[test]
    fn each_part_of_a_rule_counts() {
        for (rule, first, expected) in [
            ("FREQ=DAILY;INTERVAL=2;COUNT=2", "2026-11-01T01:00", "2026-11-01, 2026-11-03"),
            ("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-05T01:00", "2026-11-05, 2026-11-09, 2026-11-12, 2026-11-16"),
            ("FREQ=WEEKLY;INTERVAL=2", "2026-11-05T01:00", "2026-11-05, 2026-11-19, 2026-12-03, 2026-12-17"),
            (
                "FREQ=MONTHLY;BYMONTHDAY=31",
                "2026-08-31T01:00",
                "2026-08-31, 2026-10-31, 2026-12-31, 2027-01-31",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=-1",
                "2027-01-31T01:00",
                "2027-01-31, 2027-02-28, 2027-03-31, 2027-04-30",
            ),
            ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231", "2026-11-27T01:00", "2026-11-27, 2026-12-25"),
            ("FREQ=YEARLY", "2028-02-29T01:00", "2028-02-29, 2032-02-29, 2036-02-29, 2040-02-29"),
            ("FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12", "2026-02-03T01:00", "2026-02-03"),
        ] {
            let days: Vec<String> = starts(rule, first).iter().map(|at| at[..10].to_owned()).collect();
            assert_eq!(days.join(", "), expected, "{rule}");
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (rule, wrong) in [
            ("monthly", "monthly"),
            ("INTERVAL=2", "FREQ is missing"),
            ("FREQ=MONTHLY;BYDAY=6TU", "BYDAY=6TU"),
            ("FREQ=HOURLY", "FREQ=HOURLY"),
            ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS=1"),
            ("FREQ=WEEKLY;BYDAY=1TU", "a numbered weekday such as 1TU, which goes with FREQ=MONTHLY"),
        ] {
            assert_eq!(Repeat::parse(rule), Err(wrong.to_owned()));
        }
    }
}
