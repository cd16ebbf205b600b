//! A fresh sender starts small: receivers distrust a domain that mails a city on its first day.

use jiff::civil::Date;

/// The rate is halved so often on the first day.
const HALVINGS: u32 = 6;
/// Days until it doubles.
const STEP: i32 = 2;

/// Mails a second that are allowed on a day; 0: anything. From 1/64 of `rate` it doubles every two days, so that it is
/// reached after twelve.
pub fn allowed(rate: u32, since: Option<Date>, today: Date) -> u32 {
    let Some(since) = since.filter(|_| rate > 0) else { return rate };
    let days = (today - since).get_days().max(0);
    let doubled = u32::try_from(days / STEP).unwrap_or(HALVINGS).min(HALVINGS);
    (rate >> (HALVINGS - doubled)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn it_doubles_every_two_days_until_it_is_reached() {
        let on = |day| allowed(64, Some(date(2026, 11, 20)), date(2026, 11, day));
        assert_eq!([on(1), on(20), on(21), on(22), on(24), on(30)], [1, 1, 1, 2, 4, 32]);
        assert_eq!(allowed(64, Some(date(2026, 11, 20)), date(2027, 11, 20)), 64);
        assert_eq!(allowed(10, Some(date(2026, 11, 20)), date(2026, 11, 20)), 1, "never nothing");
        assert_eq!(allowed(0, Some(date(2026, 11, 20)), date(2026, 11, 20)), 0, "no ceiling was set");
        assert_eq!(allowed(50, None, date(2026, 11, 20)), 50);
    }
}
