//! Transports: SMTP through a relay, and the maildir that serves where no relay is set.
//!
//! A transport only carries: what to say was composed in `outbox`, who is told next and what came of it is the
//! desk's. tokio runs in here and nowhere above: [`Transport::deliver`](crate::outbox::Transport::deliver) is an
//! ordinary blocking call.

#[cfg(test)]
mod books;
mod maildir;
mod smtp;

pub use maildir::Maildir;
pub use smtp::{Deadlines, Smtp};
