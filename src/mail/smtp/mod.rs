//! Mail through a relay, on lettre's [`AsyncSmtpConnection`] over a stream of our own.
//!
//! lettre parses replies, speaks EHLO and AUTH, and checks addresses. Its `send`, its pool and its `message()` are not
//! used: `send` cannot say in which phase it failed and cannot pipeline, the pool hands on connections in an unknown
//! state, and `message()` writes the body and the final dot in one go, while [`Desk::intend`] must be answered between
//! the two. So the body and the dot are written on our hand of the stream ([`wire`]), and lettre reads the reply.
//!
//! Each connection pulls its own work: job, then connection if there is none, then the mail. Memory does not depend on
//! how many wait. A mail's result is settled while the next one is already under way, but always before the desk is
//! asked about the next dot, and the desk commits in that order: so at most one mail per connection can be in doubt after a
//! crash. Together with that question the next mail is asked for, and one commit answers both.
//!
//! Nothing is retried here. A relay that cannot be reached ends [`Transport::deliver`] with an error; how long to wait
//! before the next call is the caller's to decide, who knows the clock.
//!
//! [`AsyncSmtpConnection`]: lettre::transport::smtp::client::AsyncSmtpConnection
//! [`Desk::intend`]: crate::outbox::Desk::intend

mod deadlines;
mod dial;
mod envelope;
mod session;
mod throttle;
mod verdict;
mod wire;
mod work;

#[cfg(test)]
mod faults;
#[cfg(test)]
mod scripted;

pub use deadlines::Deadlines;
pub use throttle::Ceiling;

use std::collections::BTreeMap;
use std::sync::Arc;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use rustls::{ClientConfig, RootCertStore};

use crate::config::{MailSettings, Tls, domain_of, is_this_machine};
use crate::outbox::{Desk, Transport, TransportError};
use dial::Relay;
use throttle::{Throttle, Turn};

/// Sends through one relay.
#[derive(Clone)]
pub struct Smtp {
    relay: Arc<Relay>,
    connections: usize,
    throttle: Arc<Throttle>,
    turn: Turn,
    domains: BTreeMap<String, u32>,
}

impl Smtp {
    /// `password` is what [`MailSettings::password`] points at, read by the caller. The host's own certificates are trusted.
    pub fn new(settings: &MailSettings, password: &str) -> Result<Self, TransportError> {
        let mut roots = RootCertStore::empty();
        if settings.tls != Tls::None {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Self::trusting(settings, password, roots)
    }

    /// As [`Smtp::new`], trusting only these certificates.
    pub fn trusting(
        settings: &MailSettings,
        password: &str,
        roots: RootCertStore,
    ) -> Result<Self, TransportError> {
        let credentials = (!settings.username.is_empty())
            .then(|| Credentials::new(settings.username.clone(), password.to_owned()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let trust = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring speaks TLS 1.2 and 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let relay = Relay {
            host: settings.relay.clone(),
            port: settings.port,
            tls: settings.tls,
            credentials,
            hello: hello(settings),
            trust: Arc::new(trust),
            deadlines: Deadlines::default(),
        };
        if relay.tls == Tls::None && relay.credentials.is_some() && !is_this_machine(&relay.host) {
            return Err(relay.refused(
                "the password would cross the network in the clear; write smtps:// or smtp+starttls://",
            ));
        }
        Ok(Self {
            relay: Arc::new(relay),
            connections: settings.connections.max(1),
            throttle: Arc::new(Throttle::new(Arc::new(|| 0)).sparing(&settings.domains)),
            domains: settings.domains.clone(),
            turn: Turn::Broadcast,
        })
    }

    /// Sends no more than this allows, all connections together.
    #[must_use]
    pub fn limited_by(mut self, ceiling: Ceiling) -> Self {
        self.throttle = Arc::new(Throttle::new(ceiling).sparing(&self.domains));
        self
    }

    /// Carries mail to one person beside a broadcast through the same relay: one ceiling holds for both, and the broadcast
    /// leaves a twentieth of it.
    #[must_use]
    pub fn beside(mut self, broadcast: &Self) -> Self {
        broadcast.throttle.keep_room();
        (self.throttle, self.turn) = (broadcast.throttle.clone(), Turn::Personal);
        self
    }

    /// Looks whether the relay lets us in: connects, protects, greets, logs in, and leaves. What it offers, in words.
    pub fn probe(&self) -> Result<String, TransportError> {
        let failed =
            |error: std::io::Error| self.relay.unreachable(format!("no thread to ask with: {error}"));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        runtime.block_on(async {
            let session = self.relay.dial().await?;
            let offers = session.offers();
            session.close().await;
            let known =
                [(offers.pipelining, "PIPELINING"), (offers.smtputf8, "SMTPUTF8"), (offers.dsn, "DSN")];
            let named: Vec<&str> = known.into_iter().filter(|(has, _)| *has).map(|(_, name)| name).collect();
            Ok(if named.is_empty() { "nothing beyond the basics".to_owned() } else { named.join(", ") })
        })
    }

    /// Waits as long as this for the relay, instead of as long as RFC 5321 says.
    #[must_use]
    pub fn with_deadlines(mut self, deadlines: Deadlines) -> Self {
        Arc::make_mut(&mut self.relay).deadlines = deadlines;
        self
    }
}

impl Transport for Smtp {
    fn deliver(&self, desk: Arc<dyn Desk>, stop: &(dyn Fn() -> bool + Sync)) -> Result<(), TransportError> {
        work::deliver(&self.relay, (&self.throttle, self.turn), self.connections, &desk, stop)
    }
}

/// The name we greet with: the domain that bounces come back to, or that we send from.
fn hello(settings: &MailSettings) -> ClientId {
    let domain = match settings.bounce_domain.trim() {
        "" => domain_of(&settings.from),
        domain => domain.to_owned(),
    };
    match idna::domain_to_ascii_strict(&domain) {
        Ok(domain) if domain.contains('.') => ClientId::Domain(domain),
        _ => ClientId::default(),
    }
}
