//! The only reader of now.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// The longest that anything sleeps before it looks at the clock again: the monotonic clock stands still while a
/// machine is suspended, so one long sleep would wake too late.
const NAP: Duration = Duration::from_secs(15);
/// How often a sleeper looks for a reason to wake.
const BLINK: Duration = Duration::from_millis(100);

/// Where now comes from.
#[derive(Debug)]
pub enum Clock {
    /// The machine's.
    System,
    /// One moment (`--at`).
    Fixed(Timestamp),
    /// Runs `speed` times as fast from a moment (`demo --speed`).
    Fast { from: Timestamp, started: Instant, speed: u32 },
    /// Jumps: sleeping until a moment sets it to that moment (`demo --until`). Seconds and nanoseconds since the epoch.
    Jumping { nanoseconds: AtomicI64 },
}

impl Clock {
    /// Runs `speed` times as fast from now on.
    pub fn fast(speed: u32) -> Self {
        Self::Fast { from: Timestamp::now(), started: Instant::now(), speed }
    }

    /// Starts now, and jumps instead of sleeping.
    pub fn jumping() -> Self {
        Self::Jumping { nanoseconds: AtomicI64::new(nanoseconds(Timestamp::now())) }
    }

    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(moment) => *moment,
            Self::Fast { from, started, speed } => {
                let passed = started.elapsed().saturating_mul(*speed);
                let passed = SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX);
                from.saturating_add(passed).unwrap_or(Timestamp::MAX)
            }
            Self::Jumping { nanoseconds } => moment(nanoseconds.load(Ordering::Relaxed)),
        }
    }

    /// Waits until `moment`, or until `wake` says so, and in any case no longer than a nap: the caller looks at the
    /// clock again. A fixed clock does not wait.
    pub fn sleep_until(&self, moment: Timestamp, wake: &dyn Fn() -> bool) {
        let speed = match self {
            Self::System => 1,
            Self::Fast { speed, .. } => *speed,
            Self::Fixed(_) => return,
            Self::Jumping { nanoseconds: at } => {
                at.fetch_max(nanoseconds(moment), Ordering::Relaxed);
                return;
            }
        };
        let started = Instant::now();
        while !wake() && started.elapsed() < NAP {
            let left =
                Duration::try_from(moment.duration_since(self.now())).unwrap_or(Duration::ZERO) / speed;
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(BLINK));
        }
    }
}

fn nanoseconds(moment: Timestamp) -> i64 {
    i64::try_from(moment.as_nanosecond()).unwrap_or(i64::MAX)
}

fn moment(nanoseconds: i64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(nanoseconds)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jumping_clock_only_goes_forward() {
        let clock = Clock::jumping();
        let later = clock.now() + SignedDuration::from_hours(3);
        clock.sleep_until(later, &|| false);
        assert_eq!(clock.now(), later);
        clock.sleep_until(later - SignedDuration::from_hours(1), &|| false);
        assert_eq!(clock.now(), later);
    }

    #[test]
    fn a_fast_clock_runs_ahead_of_the_wall() {
        let clock = Clock::fast(10_000);
        let start = clock.now();
        clock.sleep_until(start + SignedDuration::from_secs(60), &|| false);
        assert!(clock.now() >= start + SignedDuration::from_secs(60));
    }
}
