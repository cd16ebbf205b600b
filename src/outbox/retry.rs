//! When a mail is tried again, and until when it is worth sending. Pure: the jitter comes from a seed.
//!
//! Not the five days of a general mail server: late incident mail does harm (DELIVERY section 5.6).

use jiff::{SignedDuration, Timestamp};

use super::UpdateKind;

/// Delays after the first, second, … attempt; the last one repeats. They fit greylisting.
const DELAYS: [SignedDuration; 6] = [
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(10),
    SignedDuration::from_mins(15),
];

/// How long a mail in doubt rests before it is sent again, byte for byte the same.
pub const DOUBT: SignedDuration = SignedDuration::from_mins(10);

/// How long a claim holds without a sign of life. Longer than the 10 minutes that a final dot may wait for its reply.
pub const LEASE: SignedDuration = SignedDuration::from_mins(15);

/// How long the present state is worth sending to a reader who came late, or at whose digest it is due.
pub const LATE: SignedDuration = SignedDuration::from_hours(4);

/// How long to wait after this many attempts (from 1), within ±20 %. The same seed gives the same jitter.
pub fn delay(attempt: u32, seed: u64) -> SignedDuration {
    let step = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX).min(DELAYS.len() - 1);
    let millis = DELAYS[step].as_millis() as i64;
    let jitter = i64::try_from(mix(seed, u64::from(attempt)) % 401).expect("below 401") - 200;
    SignedDuration::from_millis(millis + millis * jitter / 1000)
}

/// Until when a statement is worth mailing: a holding update until the next slot, an update 4 hours, the last words
/// a day.
pub fn expiry(kind: UpdateKind, published_at: Timestamp, next_slot: Option<Timestamp>) -> Timestamp {
    let after =
        |hours| published_at.saturating_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX);
    match kind {
        UpdateKind::Holding => next_slot.filter(|slot| *slot > published_at).unwrap_or_else(|| after(4)),
        UpdateKind::Opened | UpdateKind::Update | UpdateKind::Reopened | UpdateKind::Correction => after(4),
        UpdateKind::Resolved | UpdateKind::FollowUp | UpdateKind::Review => after(24),
    }
}

/// Spreads seeds evenly (splitmix64).
fn mix(seed: u64, step: u64) -> u64 {
    let mut z = seed.wrapping_add(step.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_to_a_quarter_of_an_hour_and_stay_there() {
        for (attempt, seconds) in
            [(1, 30), (2, 60), (3, 120), (4, 300), (5, 600), (6, 900), (7, 900), (9_999, 900)]
        {
            for seed in 0..200 {
                let got = delay(attempt, seed).as_millis();
                assert!((seconds * 800..=seconds * 1200).contains(&got), "attempt {attempt}: {got} ms");
            }
        }
    }

    #[test]
    fn readers_of_one_failing_domain_do_not_all_come_back_at_once() {
        let moments: std::collections::BTreeSet<_> = (0..1000).map(|seed| delay(3, seed)).collect();
        assert!(moments.len() > 300, "{} different moments", moments.len());
    }

    #[test]
    fn a_holding_update_is_worth_nothing_after_the_next_slot() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let expiry = |kind, slot| expiry(kind, at("2026-11-21T15:08:00Z"), slot);
        let slot = Some(at("2026-11-21T15:40:00Z"));
        assert_eq!(expiry(UpdateKind::Holding, slot), at("2026-11-21T15:40:00Z"));
        assert_eq!(expiry(UpdateKind::Holding, None), at("2026-11-21T19:08:00Z"));
        assert_eq!(expiry(UpdateKind::Update, slot), at("2026-11-21T19:08:00Z"));
        assert_eq!(expiry(UpdateKind::Resolved, slot), at("2026-11-22T15:08:00Z"));
    }
}
