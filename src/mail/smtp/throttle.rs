//! How fast we send: never above the ceiling, slower at once when the relay pushes back, and up again little by little.
//!
//! One throttle stands before all connections of a relay. Several processes share a ceiling by each having its part of it.
//! Where mail to one person goes through the relay of a broadcast, both stand before one throttle, and a twentieth is kept
//! free: a link that confirms a sign-up does not wait behind a city.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::outbox::{Outcome, TransportError};

/// What is allowed now, in mails a second; 0: anything.
pub type Ceiling = Arc<dyn Fn() -> u32 + Send + Sync>;

/// The rate grows by this factor …
const GROWTH: f64 = 1.05;
/// … each so often.
const GROWS_EVERY: Duration = Duration::from_secs(10);
/// Ten connections that are pushed back at once are one push.
const ONE_PUSH: Duration = Duration::from_secs(1);
/// Mails a second below which nothing falls.
const SLOWEST: f64 = 0.1;

/// What of the rate a broadcast leaves to mail to one person.
const KEPT_FREE: f64 = 0.05;

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// One mail of many.
    Broadcast,
    /// Mail to one person.
    Personal,
}

/// Shared by all connections.
pub(super) struct Throttle {
    ceiling: Ceiling,
    /// Mails a second for some recipients' domains.
    domains: BTreeMap<String, u32>,
    buckets: Mutex<Buckets>,
    /// Whether mail to one person goes this way too.
    shared: AtomicBool,
}

struct Buckets {
    all: Bucket,
    broadcast: Bucket,
    domains: HashMap<String, Bucket>,
}

impl Throttle {
    pub(super) fn new(ceiling: Ceiling) -> Self {
        let now = Instant::now();
        let buckets = Buckets { all: Bucket::new(now), broadcast: Bucket::new(now), domains: HashMap::new() };
        Self {
            ceiling,
            domains: BTreeMap::new(),
            buckets: Mutex::new(buckets),
            shared: AtomicBool::new(false),
        }
    }

    /// Sends no more than so many a second to these domains.
    pub(super) fn sparing(mut self, domains: &BTreeMap<String, u32>) -> Self {
        self.domains.clone_from(domains);
        self
    }

    /// Whether any domain has a limit of its own.
    pub(super) fn spares_domains(&self) -> bool {
        !self.domains.is_empty()
    }

    /// From now on a broadcast leaves room for mail to one person.
    pub(super) fn keep_room(&self) {
        self.shared.store(true, Ordering::Relaxed);
    }

    /// Takes a place in the row; how long to wait until it is our turn. `domain`: the recipient's. Mail to one person counts
    /// for its domain and does not wait behind a broadcast to it.
    pub(super) fn take(&self, turn: Turn, domain: &str) -> Duration {
        let limit = limit((self.ceiling)());
        let leaves_room = turn == Turn::Broadcast && self.shared.load(Ordering::Relaxed);
        let own = self.domains.get(domain).map(|rate| f64::from(*rate));
        self.with(|buckets| {
            let now = Instant::now();
            let wait = buckets.take(now, limit, leaves_room);
            let Some(own) = own else { return wait };
            let bucket = buckets.domains.entry(domain.to_owned()).or_insert_with(|| Bucket::new(now));
            let domain = bucket.take(now, own);
            if turn == Turn::Broadcast { wait.max(domain) } else { wait }
        })
    }

    /// Slows down where an answer says so.
    pub(super) fn hear(&self, outcome: &Outcome) {
        if is_push_back(outcome) {
            let limit = limit((self.ceiling)());
            self.with(|buckets| buckets.all.push_back(Instant::now(), limit));
        }
    }

    /// Slows down where the relay turns a connection away for now. Where nothing was measured yet there is nothing to halve,
    /// and whoever called rests.
    pub(super) fn turned_away(&self, error: &TransportError) {
        if is_for_now(error) {
            let limit = limit((self.ceiling)());
            self.with(|buckets| {
                if buckets.all.measured >= 1.0 {
                    buckets.all.push_back(Instant::now(), limit);
                }
            });
        }
    }

    #[cfg(test)]
    pub(super) fn rate(&self) -> f64 {
        self.with(|buckets| buckets.all.rate)
    }

    fn with<T>(&self, work: impl FnOnce(&mut Buckets) -> T) -> T {
        work(&mut self.buckets.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Buckets {
    fn take(&mut self, now: Instant, limit: f64, leaves_room: bool) -> Duration {
        let all = self.all.take(now, limit);
        if !leaves_room {
            return all;
        }
        let share = self.all.rate.min(limit) * (1.0 - KEPT_FREE);
        all.max(self.broadcast.take(now, share))
    }
}

/// 421 or 454 instead of a greeting, or in answer to EHLO or AUTH.
fn is_for_now(error: &TransportError) -> bool {
    match error {
        TransportError::Refused { why, .. } => {
            why.split(": ").any(|words| words.starts_with("421 ") || words.starts_with("454 "))
        }
        TransportError::Unreachable { .. } | TransportError::Disk { .. } => false,
    }
}

/// The relay says that we are too fast, or that it is too busy (DELIVERY section 5.6).
fn is_push_back(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Later { code, text } | Outcome::Policy { code, text } => match code {
            421 | 454 => true,
            // 4.2.x is a mailbox that is full: one reader's trouble.
            452 => !text.starts_with("4.2."),
            450 | 451 => text.starts_with("4.7."),
            _ => false,
        },
        Outcome::NotSent { why } => why.contains("answered 421"),
        _ => false,
    }
}

struct Bucket {
    /// Mails a second that the relay is believed to take.
    rate: f64,
    /// Below nothing: so many have taken a place already.
    tokens: f64,
    filled: Instant,
    grown: Instant,
    pushed: Option<Instant>,
    /// Mails of the present second, and of the last whole one.
    second: Instant,
    counted: u32,
    measured: f64,
}

impl Bucket {
    fn new(now: Instant) -> Self {
        Self {
            rate: f64::INFINITY,
            tokens: 1.0,
            filled: now,
            grown: now,
            pushed: None,
            second: now,
            counted: 0,
            measured: 0.0,
        }
    }

    /// `limit`: mails a second at most.
    fn take(&mut self, now: Instant, limit: f64) -> Duration {
        self.count(now);
        self.grow(now);
        let rate = self.rate.min(limit);
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.filled = now;
        if rate.is_infinite() {
            self.tokens = 1.0;
            return Duration::ZERO;
        }
        // What was not used for a tenth of a second is lost: a pause is not made up for by a burst.
        self.tokens = (self.tokens + passed * rate).min((rate / 10.0).max(1.0)) - 1.0;
        if self.tokens >= 0.0 { Duration::ZERO } else { Duration::from_secs_f64(-self.tokens / rate) }
    }

    fn push_back(&mut self, now: Instant, limit: f64) {
        if self.pushed.is_some_and(|last| now.saturating_duration_since(last) < ONE_PUSH) {
            return;
        }
        self.count(now);
        let sent = self.measured.max(f64::from(self.counted)).max(1.0);
        self.rate = (self.rate.min(limit).min(sent) / 2.0).max(SLOWEST);
        (self.pushed, self.grown) = (Some(now), now);
    }

    fn grow(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.grown);
        let steps = passed.as_secs() / GROWS_EVERY.as_secs();
        if steps > 0 {
            self.rate *= GROWTH.powi(i32::try_from(steps).unwrap_or(i32::MAX).min(1000));
            self.grown = now;
        }
    }

    fn count(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.second).as_secs_f64();
        if passed >= 1.0 {
            self.measured = f64::from(self.counted) / passed;
            (self.second, self.counted) = (now, 0);
        }
        self.counted += 1;
    }
}

fn limit(ceiling: u32) -> f64 {
    if ceiling == 0 { f64::INFINITY } else { f64::from(ceiling) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes as many places as it can until `seconds` are over, on a clock that only waiting moves.
    fn sent(bucket: &mut Bucket, now: &mut Instant, ceiling: u32, seconds: u64) -> u32 {
        let end = *now + Duration::from_secs(seconds);
        let mut count = 0;
        loop {
            let wait = bucket.take(*now, limit(ceiling));
            *now += wait.max(Duration::from_micros(50));
            if *now >= end {
                return count;
            }
            count += 1;
        }
    }

    #[test]
    fn a_ceiling_is_a_ceiling_and_a_pause_is_no_burst() {
        let mut now = Instant::now();
        let mut bucket = Bucket::new(now);
        let first = sent(&mut bucket, &mut now, 50, 10);
        assert!((495..=506).contains(&first), "{first}");
        now += Duration::from_secs(3600);
        let after = sent(&mut bucket, &mut now, 50, 1);
        assert!(after <= 56, "{after}");
        assert!(sent(&mut bucket, &mut now, 0, 1) > 10_000, "no ceiling, no wait");
    }

    #[test]
    fn a_relay_that_pushes_back_halves_it_once_and_trust_grows_slowly() {
        let mut now = Instant::now();
        let mut bucket = Bucket::new(now);
        sent(&mut bucket, &mut now, 100, 5);
        for _ in 0..10 {
            bucket.push_back(now, 100.0);
        }
        let slower = sent(&mut bucket, &mut now, 100, 5);
        assert!((220..=275).contains(&slower), "{slower} in five seconds");
        now += Duration::from_secs(50);
        let later = sent(&mut bucket, &mut now, 100, 5);
        assert!(later > slower && later < 400, "{later}");
        now += Duration::from_secs(3600);
        let again = sent(&mut bucket, &mut now, 100, 5);
        assert!((490..=515).contains(&again), "{again}");
    }

    #[test]
    fn one_push_after_a_pause_does_not_bring_us_to_a_halt() {
        let mut now = Instant::now();
        let mut bucket = Bucket::new(now);
        sent(&mut bucket, &mut now, 50, 2);
        now += Duration::from_secs(3600);
        for _ in 0..10 {
            now += bucket.take(now, 50.0);
        }
        bucket.push_back(now, 50.0);
        assert!(bucket.rate >= 1.0, "{}", bucket.rate);
    }

    #[test]
    fn many_connections_wait_in_a_row() {
        let now = Instant::now();
        let mut bucket = Bucket::new(now);
        let waits: Vec<u128> = (0..5).map(|_| bucket.take(now, 2.0).as_millis()).collect();
        assert_eq!(waits, [0, 500, 1000, 1500, 2000]);
    }

    #[test]
    fn a_broadcast_leaves_a_twentieth_to_mail_to_one_person_and_that_may_have_all_of_it() {
        let start = Instant::now();
        let (all, broadcast) = (Bucket::new(start), Bucket::new(start));
        let mut buckets = Buckets { all, broadcast, domains: HashMap::new() };
        // Ten connections of a broadcast, each asking again as soon as it has sent; one mail to a person now and then.
        let mut free = [start; 10];
        let (mut personal, mut longest, mut count) = (start, Duration::ZERO, 0);
        while let Some(connection) = (0..10).min_by_key(|index| free[*index]) {
            let now = free[connection];
            if now >= start + Duration::from_secs(20) {
                break;
            }
            if now >= personal {
                longest = longest.max(buckets.take(now, 100.0, false));
                personal = now + Duration::from_millis(250);
            }
            free[connection] = now + buckets.take(now, 100.0, true).max(Duration::from_micros(50));
            count += 1;
        }
        assert!((1880..=1925).contains(&count), "{count}");
        assert!(longest < Duration::from_millis(200), "{longest:?}");
        // Nobody broadcasts: the whole ceiling is theirs.
        let end = start + Duration::from_secs(3600);
        let waits: Duration = (0..100).map(|_| buckets.take(end, 100.0, false)).max().unwrap();
        assert!(waits <= Duration::from_secs(1), "{waits:?}");
    }

    #[test]
    fn a_domain_with_a_limit_is_spared_and_no_other_waits_for_it() {
        let domains = BTreeMap::from([("slow.example".to_owned(), 2)]);
        let throttle = Throttle::new(Arc::new(|| 0)).sparing(&domains);
        let waits: Vec<u128> =
            (0..4).map(|_| throttle.take(Turn::Broadcast, "slow.example").as_millis()).collect();
        for (index, wait) in waits.iter().enumerate() {
            let due = 500 * index as u128;
            assert!((due.saturating_sub(100)..=due).contains(wait), "{waits:?}");
        }
        assert_eq!(throttle.take(Turn::Broadcast, "quick.example"), Duration::ZERO);
        assert_eq!(throttle.take(Turn::Personal, "slow.example"), Duration::ZERO);
        assert!(throttle.take(Turn::Broadcast, "slow.example") > Duration::from_secs(2), "it counted");
    }

    #[test]
    fn a_connection_that_is_turned_away_for_now_is_a_push_and_no_other() {
        let refused = |why: &str| TransportError::Refused { relay: "r:25".into(), why: why.into() };
        assert!(is_for_now(&refused("421 4.7.0 too many connections")));
        assert!(is_for_now(&refused("user name or password not accepted: 454 4.7.0 try later")));
        assert!(!is_for_now(&refused("554 5.7.1 go away, not 421 ")));
        let why = "421 was not said".to_owned();
        assert!(!is_for_now(&TransportError::Unreachable { relay: "r:25".into(), why }));
    }

    #[test]
    fn only_being_too_fast_is_a_push() {
        let later = |code, text: &str| is_push_back(&Outcome::Later { code, text: text.into() });
        assert!(later(452, "4.3.1 full") && later(421, "busy") && later(450, "4.7.1 slow down"));
        assert!(
            !later(450, "4.2.0 greylisted")
                && !later(451, "4.3.0 error")
                && !later(452, "4.2.2 mailbox full")
        );
        assert!(is_push_back(&Outcome::NotSent { why: "the relay answered 421 4.7.0 too many".into() }));
        assert!(!is_push_back(&Outcome::Refused { code: 550, text: "5.1.1".into() }));
    }
}
