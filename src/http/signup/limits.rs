//! How much one network, and all together, may ask for.
//!
//! A request that was let through is not counted against anybody else. What counts is what changes something or writes a
//! mail; looking at pages is free.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::config::HttpSettings;

/// So many networks are remembered before those that did not ask lately are forgotten.
const REMEMBERED: usize = 50_000;

pub(super) struct Limits {
    network: DefaultKeyedRateLimiter<IpAddr>,
    all: DefaultDirectRateLimiter,
    clock: DefaultClock,
}

/// Too much; how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Later(pub(super) Duration);

impl Limits {
    pub(super) fn new(settings: &HttpSettings) -> Self {
        let hourly = |count: u32| Quota::per_hour(NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN));
        Self {
            network: RateLimiter::keyed(hourly(settings.per_network)),
            all: RateLimiter::direct(hourly(settings.per_hour)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts one request. `None`: the network is not known, as behind a proxy that does not tell it.
    pub(super) fn count(&self, network: Option<IpAddr>) -> Result<(), Later> {
        let now = self.clock.now();
        if let Some(network) = network {
            if self.network.len() > REMEMBERED {
                self.network.retain_recent();
            }
            self.network.check_key(&network).map_err(|until| Later(until.wait_time_from(now)))?;
        }
        self.all.check().map_err(|until| Later(until.wait_time_from(now)))
    }
}

/// What counts as one network: an IPv4 address, or the /64 that one IPv6 subscriber has.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_network_is_stopped_and_others_go_on() {
        let limits = Limits::new(&HttpSettings { per_network: 2, per_hour: 5, ..HttpSettings::default() });
        let (ann, bob) = (Some(ip("192.0.2.1")), Some(ip("192.0.2.2")));
        assert!(limits.count(ann).is_ok() && limits.count(ann).is_ok());
        let Later(wait) = limits.count(ann).unwrap_err();
        assert!(wait > Duration::from_secs(1700) && wait <= Duration::from_secs(1800), "{wait:?}");
        assert!(limits.count(bob).is_ok());
        assert!(limits.count(None).is_ok() && limits.count(None).is_ok());
        assert!(limits.count(None).is_err(), "all together");
    }

    #[test]
    fn a_subscriber_with_ipv6_is_one_network() {
        assert_eq!(network(ip("2001:db8:1:2:3::4")), network(ip("2001:db8:1:2:ffff::1")));
        assert_ne!(network(ip("2001:db8:1:2::")), network(ip("2001:db8:1:3::")));
        assert_eq!(network(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }
}
