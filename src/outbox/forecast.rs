//! When the last reader will have it: worked out from how fast mails were accepted, never from what was hoped for.

use jiff::{SignedDuration, Timestamp};

use super::Progress;

/// Fewer mails than this say nothing about a rate.
const ENOUGH: u64 = 20;

/// How long the rest of a broadcast takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// Mails a second.
    pub rate: f64,
    pub last_at: Timestamp,
}

/// Mails a second of one broadcast; `None` where too few were sent to tell.
pub fn rate(progress: &Progress) -> Option<f64> {
    let (first, last) = progress.sent_between.filter(|_| progress.sent >= ENOUGH)?;
    // One commit carries many mails: a broadcast within a second counts as one of a second.
    let seconds = last.duration_since(first).as_secs_f64().max(1.0);
    Some(progress.sent as f64 / seconds)
}

/// When the last of those who are due now is told. `others`: earlier broadcasts, which speak where this one has hardly
/// begun; `ceiling`: mails a second at most, 0: none. `None` where nobody is due, it is paused, or no rate is known.
pub fn forecast(progress: &Progress, others: &[Progress], ceiling: u32, now: Timestamp) -> Option<Forecast> {
    let left = progress.due + progress.sending;
    if left == 0 || !progress.paused.is_empty() {
        return None;
    }
    let rate = pace(rate(progress).or_else(|| others.iter().find_map(rate)), ceiling)?;
    let last_at = now.saturating_add(whole(left, rate)).ok()?;
    Some(Forecast { rate, last_at })
}

/// Mails a second to reckon with: what was measured, below a ceiling of which 0 is none.
pub fn pace(measured: Option<f64>, ceiling: u32) -> Option<f64> {
    let ceiling = (ceiling > 0).then(|| f64::from(ceiling));
    match (measured, ceiling) {
        (Some(measured), Some(ceiling)) => Some(measured.min(ceiling)),
        (measured, ceiling) => measured.or(ceiling),
    }
}

/// How long so many mails take.
pub fn whole(mails: u64, rate: f64) -> SignedDuration {
    // Bounded: a rate near nothing is "some day", not an overflow.
    SignedDuration::from_secs((mails as f64 / rate).ceil().min(1e9) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::UpdateKind;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + second).unwrap()
    }

    fn progress(sent: u64, seconds: i64, due: u64) -> Progress {
        Progress {
            incident: "burst-main".into(),
            seq: 3,
            kind: UpdateKind::Update,
            published_at: at(0),
            expires_at: at(14_400),
            told: sent,
            due,
            sending: 0,
            resting: 0,
            waiting: 0,
            in_doubt: 0,
            expired: 0,
            halted: 0,
            paused: String::new(),
            sent,
            sent_between: (sent > 0).then(|| (at(0), at(seconds))),
        }
    }

    #[test]
    fn what_was_measured_counts_then_what_was_then_what_is_allowed() {
        let last = |this: &Progress, others: &[Progress], ceiling| {
            let found = forecast(this, others, ceiling, at(100))?;
            Some((found.rate, found.last_at.as_second() - at(100).as_second()))
        };
        assert_eq!(last(&progress(1000, 100, 500), &[], 0), Some((10.0, 50)));
        assert_eq!(last(&progress(1000, 100, 500), &[], 5), Some((5.0, 100)));
        assert_eq!(
            last(&progress(3, 1, 500), &[progress(0, 0, 0), progress(2000, 100, 0)], 0),
            Some((20.0, 25))
        );
        assert_eq!(last(&progress(0, 0, 500), &[], 50), Some((50.0, 10)));
        assert_eq!(last(&progress(0, 0, 500), &[], 0), None, "nothing is known");
        assert_eq!(last(&progress(1000, 100, 0), &[], 0), None, "nobody waits");
        let paused = Progress { paused: "by hand".into(), ..progress(1000, 100, 500) };
        assert_eq!(last(&paused, &[], 0), None);
    }

    #[test]
    fn a_city_within_a_second_is_no_endless_rate() {
        assert_eq!(rate(&progress(5000, 0, 0)), Some(5000.0));
        assert_eq!(whole(u64::MAX, 1e-9).as_secs(), 1_000_000_000);
    }
}
