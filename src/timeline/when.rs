//! How times are written for readers, in one place: `3:10pm`, `Monday 24 November at 9:30am`, `2 hours 5 minutes`.
//!
//! Pages, mails and composed statements all use it. Attributes for machines (`datetime=`, feeds) do not.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::words::{self, WhenWords, fill};

/// Writes times as readers in one zone say them, in one language.
#[derive(Clone, Copy, Debug)]
pub struct When<'a> {
    zone: &'a TimeZone,
    words: &'static WhenWords,
}

impl<'a> When<'a> {
    /// `language` is a BCP 47 tag; one that we have no words for is written in English.
    pub fn new(zone: &'a TimeZone, language: &str) -> Self {
        Self { zone, words: &words::of(language).when }
    }

    /// The time of day: `3:10pm`, `3pm`, `midday`. The first minute of a day is `12:00am`.
    pub fn time(&self, moment: Timestamp) -> String {
        let local = self.local(moment);
        let (hour, minute) = (local.hour(), local.minute());
        let named = match (hour, minute) {
            (0, 0) => self.words.midnight.as_ref(),
            (12, 0) => self.words.midday.as_ref(),
            _ => None,
        };
        if let Some(named) = named {
            return named.clone();
        }
        let half = if hour < 12 { &self.words.am } else { &self.words.pm };
        let h12 = if hour % 12 == 0 { 12 } else { hour % 12 };
        let pattern = if minute == 0 { &self.words.full_hour } else { &self.words.time };
        let (h12, h24, minute) = (h12.to_string(), hour.to_string(), format!("{minute:02}"));
        fill(pattern, &[("h12", &h12), ("h24", &h24), ("minute", &minute), ("half", half)])
    }

    /// The day: `Monday 24 November`.
    pub fn date(&self, moment: Timestamp) -> String {
        self.day(self.local(moment).date(), &self.words.date)
    }

    /// The day with its year: `Monday 24 November 2026`.
    pub fn date_with_year(&self, moment: Timestamp) -> String {
        self.day(self.local(moment).date(), &self.words.date_with_year)
    }

    /// The day, with its year where that is not the reader's.
    pub fn date_near(&self, moment: Timestamp, now: Timestamp) -> String {
        if self.local(moment).year() == self.local(now).year() {
            self.date(moment)
        } else {
            self.date_with_year(moment)
        }
    }

    /// Day and time: `Monday 24 November 2026 at 9:30am`.
    pub fn full(&self, moment: Timestamp) -> String {
        fill(&self.words.at, &[("date", &self.date_with_year(moment)), ("time", &self.time(moment))])
    }

    /// As little as is clear to someone who reads at `now`: the time on the same day, else the day too.
    pub fn near(&self, moment: Timestamp, now: Timestamp) -> String {
        let time = self.time(moment);
        if self.local(moment).date() == self.local(now).date() {
            return time;
        }
        fill(&self.words.at, &[("date", &self.date_near(moment, now)), ("time", &time)])
    }

    /// When something was said, for the middle of a sentence: `at 3:10pm`, `on Monday 24 November at 9:30am`.
    pub fn said(&self, moment: Timestamp, now: Timestamp) -> String {
        let today = self.local(moment).date() == self.local(now).date();
        let pattern = if today { &self.words.said_today } else { &self.words.said_on };
        fill(pattern, &[("date", &self.date_near(moment, now)), ("time", &self.time(moment))])
    }

    /// The month of a day, with its year: `November 2026`.
    pub fn month(&self, day: Date) -> String {
        self.day(day, &self.words.month_with_year)
    }

    /// Elapsed time in its two largest units: `40 minutes`, `5 hours 45 minutes`, `2 days 3 hours`.
    pub fn duration(&self, elapsed: SignedDuration) -> String {
        let minutes = elapsed.as_mins().unsigned_abs();
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let part = |count: u64, forms| self.words.count(forms, count);
        let larger = if days > 0 { (days, &self.words.days) } else { (hours, &self.words.hours) };
        let smaller = if days > 0 { (hours, &self.words.hours) } else { (rest, &self.words.minutes) };
        match (larger.0, smaller.0) {
            (0, _) => part(smaller.0, smaller.1),
            (_, 0) => part(larger.0, larger.1),
            _ => {
                let (larger, smaller) = (part(larger.0, larger.1), part(smaller.0, smaller.1));
                fill(&self.words.both, &[("larger", &larger), ("smaller", &smaller)])
            }
        }
    }

    /// `3:30pm, 4pm and 4:30pm`.
    pub fn list(&self, moments: &[Timestamp], now: Timestamp) -> String {
        let times: Vec<String> = moments.iter().map(|moment| self.near(*moment, now)).collect();
        match times.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => {
                fill(&self.words.and, &[("first", &others.join(&self.words.comma)), ("last", last)])
            }
            None => String::new(),
        }
    }

    fn day(&self, date: Date, pattern: &str) -> String {
        let pick = |names: &[String], index: i8| {
            usize::try_from(index).ok().and_then(|index| names.get(index)).cloned().unwrap_or_default()
        };
        let day = match date.day() {
            1 => self.words.first_of_month.clone(),
            day => day.to_string(),
        };
        fill(
            pattern,
            &[
                ("weekday", &pick(&self.words.weekdays, date.weekday().to_monday_zero_offset())),
                ("day", &day),
                ("month", &pick(&self.words.months, date.month() - 1)),
                ("year", &date.year().to_string()),
            ],
        )
    }

    fn local(&self, moment: Timestamp) -> Zoned {
        moment.to_zoned(self.zone.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_written_as_people_say_them() {
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        let when = When::new(&zone, "en");
        for (moment, time) in [
            ("2026-11-21T21:10:00Z", "3:10pm"),
            ("2026-11-21T21:00:00Z", "3pm"),
            ("2026-11-21T15:05:00Z", "9:05am"),
            ("2026-11-21T18:00:00Z", "midday"),
            ("2026-11-21T18:01:00Z", "12:01pm"),
            ("2026-11-21T06:00:00Z", "12:00am"),
            ("2026-11-21T06:30:00Z", "12:30am"),
        ] {
            assert_eq!(when.time(at(moment)), time);
        }
    }

    #[test]
    fn a_day_is_named_when_it_is_another_and_a_year_too() {
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        let when = When::new(&zone, "en");
        let now = at("2026-11-21T21:00:00Z");
        assert_eq!(when.near(at("2026-11-22T05:59:00Z"), now), "11:59pm");
        assert_eq!(when.near(at("2026-11-24T15:30:00Z"), now), "Tuesday 24 November at 9:30am");
        assert_eq!(when.near(at("2027-01-05T15:30:00Z"), now), "Tuesday 5 January 2027 at 9:30am");
        let french = When::new(&zone, "fr-CA");
        assert_eq!(french.near(at("2026-12-01T15:30:00Z"), now), "mardi 1er décembre à 9\u{a0}h\u{a0}30");
    }

    #[test]
    fn each_language_writes_times_in_its_own_way() {
        let zone = TimeZone::get("America/Winnipeg").unwrap();
        let now = at("2026-11-21T21:00:00Z");
        let (today, other) = (at("2026-11-21T21:10:00Z"), at("2026-11-24T15:00:00Z"));
        for (lang, near, said) in [
            ("es", "martes 24 de noviembre, 9:00", "el martes 24 de noviembre, a las 9:00"),
            ("de", "Dienstag, 24. November, 9 Uhr", "am Dienstag, 24. November um 9 Uhr"),
            ("cy", "dydd Mawrth 24 Tachwedd am 9am", "ddydd Mawrth 24 Tachwedd am 9am"),
            ("ar", "الثلاثاء 24 نوفمبر، الساعة 9 صباحًا", "يوم الثلاثاء 24 نوفمبر، الساعة 9 صباحًا"),
        ] {
            let when = When::new(&zone, lang);
            assert_eq!((&*when.near(other, now), &*when.said(other, now)), (near, said));
        }
        let times = ["es", "de", "cy", "ar", "fr"].map(|lang| When::new(&zone, lang).time(today));
        assert_eq!(times, ["15:10", "15:10 Uhr", "3:10pm", "الساعة 3:10 مساءً", "15\u{a0}h\u{a0}10"]);
        let length = |lang, minutes| When::new(&zone, lang).duration(SignedDuration::from_mins(minutes));
        assert_eq!(length("cy", 2 * 1440 + 60), "2 ddiwrnod 1 awr");
        assert_eq!(length("ar", 2 * 1440 + 180), "يومان و3 ساعات");
        assert_eq!(length("fr", 0), "0 minute");
        assert_eq!(length("es", 61), "1 hora y 1 minuto");
        assert_eq!(When::new(&zone, "es").month(jiff::civil::date(2026, 11, 1)), "noviembre de 2026");
    }

    #[test]
    fn durations_have_two_units() {
        let zone = TimeZone::UTC;
        let when = When::new(&zone, "en");
        for (minutes, text) in [
            (0, "0 minutes"),
            (1, "1 minute"),
            (60, "1 hour"),
            (345, "5 hours 45 minutes"),
            (1500, "1 day 1 hour"),
            (2880, "2 days"),
        ] {
            assert_eq!(when.duration(SignedDuration::from_mins(minutes)), text);
        }
    }
}
