//! How long we wait for the relay in each phase.
//!
//! Most duplicates in the field come from short timeouts after the dot: the relay has the mail and is busy storing it.
//! The defaults are those of RFC 5321 section 4.5.3.2. lettre's own `timeout` covers nothing but connecting.

use std::time::Duration;

/// Limits by phase.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// TCP, and again the TLS handshake.
    pub connect: Duration,
    /// Greeting, EHLO and AUTH together.
    pub greeting: Duration,
    /// The reply to MAIL, RCPT or RSET.
    pub command: Duration,
    /// The reply to DATA.
    pub data: Duration,
    /// One block of the body.
    pub block: Duration,
    /// The reply to the final dot.
    pub dot: Duration,
    /// How long a connection may stay open between two mails.
    pub idle: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            greeting: Duration::from_secs(300),
            command: Duration::from_secs(300),
            data: Duration::from_secs(120),
            block: Duration::from_secs(180),
            dot: Duration::from_secs(600),
            idle: Duration::from_secs(30),
        }
    }
}

/// The result of `work`; `None` where it took longer. Whoever cuts work short this way drops the connection: what
/// the relay is about to answer would be taken as the reply to the next command.
pub(super) async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(limit, work).await.ok()
}
