//! The sign-up service: asking for mail, confirming, choosing, leaving, one's own data, and what readers answer.
//!
//! GET changes nothing: mail scanners follow every link. A page has a button; the button posts. One click from a mail
//! program posts at once (RFC 8058). A token in the address is all that identifies a reader, so nothing is asked of them
//! and nobody can act for them by leading them to a page (no cookie, no session). Whoever types an address into the form
//! gets one answer, in one time, whatever is known about that address.

mod answer;
mod clerk;
mod client;
mod fields;
mod form;
mod limits;
mod metrics;
mod own;
mod pages;
mod routes;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use jiff::Timestamp;

use crate::config::{HttpSettings, MailSettings, Settings};
use crate::content::{Incident, Page, Registers};
use crate::outbox::{Ledger, Stationery, TokenKeys};
use crate::site::Served;
use crate::text::{Slug, nearest_in};
use crate::theme::Theme;
use crate::timeline::Timeline;
use clerk::Clerk;
use limits::Limits;
use metrics::Metrics;
pub(super) use routes::router;

/// What the pages speak of: the site as it was last published.
#[derive(Debug)]
pub struct OnShow {
    settings: Settings,
    registers: Registers,
    theme: Arc<Theme>,
    served: Served,
    timelines: HashMap<Slug, Arc<Timeline>>,
}

impl OnShow {
    /// `public_url`: where readers reach the service; empty: the site's own address. `timelines`: what may be followed
    /// and answered to.
    pub fn new(
        settings: Settings,
        registers: Registers,
        pages: &[Page],
        theme: Arc<Theme>,
        timelines: HashMap<Slug, Arc<Timeline>>,
        public_url: &str,
    ) -> Self {
        let url = if public_url.is_empty() { &settings.base_url } else { public_url };
        let served = Served::new(&settings, &registers, pages, &theme, url);
        Self { settings, registers, theme, served, timelines }
    }

    /// The title of an incident in a language, else as it was written.
    fn title<'a>(&self, incident: &'a Incident, lang: &str) -> &'a str {
        let translated = nearest_in(&incident.translations, lang, |other| &other.lang);
        &translated.and_then(|other| other.title.as_ref()).unwrap_or(&incident.title).value
    }
}

/// What the service is made of.
pub struct Equipment {
    pub mail: MailSettings,
    pub http: HttpSettings,
    pub keys: TokenKeys,
    /// A connection of its own: a reader waits for no broadcast.
    pub ledger: Box<dyn Ledger>,
    /// The clock of the daemon.
    pub now: Box<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The service, apart from the connections to it. Dropping the last one finishes what was begun.
pub struct SignUpService {
    counter: Arc<Counter>,
    clerk: Clerk,
    limits: Limits,
    metrics: Metrics,
}

/// What requests and clerk share.
struct Counter {
    mail: MailSettings,
    http: HttpSettings,
    keys: TokenKeys,
    now: Box<dyn Fn() -> Timestamp + Send + Sync>,
    shown: RwLock<Option<Arc<OnShow>>>,
    /// Rung when a mail was queued.
    bell: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

impl SignUpService {
    pub fn new(equipment: Equipment) -> std::io::Result<Self> {
        let Equipment { mail, http, keys, ledger, now } = equipment;
        let limits = Limits::new(&http);
        let counter =
            Arc::new(Counter { mail, http, keys, now, shown: RwLock::default(), bell: OnceLock::new() });
        let clerk = Clerk::start(ledger, counter.clone())?;
        Ok(Self { counter, clerk, limits, metrics: Metrics::default() })
    }

    /// Answers speak of this from now on.
    pub fn show(&self, shown: OnShow) {
        *self.counter.shown.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(shown));
    }

    /// Calls `ring` whenever a mail was queued. The first one stays.
    pub fn on_mail(&self, ring: Box<dyn Fn() + Send + Sync>) {
        let _ = self.counter.bell.set(ring);
    }
}

impl Counter {
    fn shown(&self) -> Option<Arc<OnShow>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn with<'a>(&'a self, shown: &'a OnShow) -> Stationery<'a> {
        Stationery {
            settings: &shown.settings,
            mail: &self.mail,
            http: &self.http,
            registers: &shown.registers,
            theme: &shown.theme,
            keys: &self.keys,
        }
    }

    fn ring(&self) {
        if let Some(ring) = self.bell.get() {
            ring();
        }
    }
}
