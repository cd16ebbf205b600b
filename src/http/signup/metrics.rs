//! Counts for Prometheus. They name no person, no address and no token.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Upper bounds in seconds.
const BOUNDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 10.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    /// The route as it is written, such as `/u/{token}`.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Event {
    what: &'static str,
}

pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    events: Family<Event, Counter>,
    seconds: Histogram,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("candor_signup");
        let (requests, events) = (Family::default(), Family::default());
        let seconds = Histogram::new(BOUNDS);
        registry.register("requests", "Requests answered", requests.clone());
        registry.register("events", "What came of requests", events.clone());
        registry.register("request_seconds", "From request to answer", seconds.clone());
        Self { registry, requests, events, seconds }
    }
}

impl Metrics {
    pub(super) fn answered(&self, route: &str, status: u16, took: Duration) {
        self.requests.get_or_create(&Request { route: route.to_owned(), status }).inc();
        self.seconds.observe(took.as_secs_f64());
    }

    pub(super) fn happened(&self, what: &'static str) {
        self.events.get_or_create(&Event { what }).inc();
    }

    /// The text that Prometheus reads.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
