//! Transports: SMTP through a relay, the maildir that serves where no relay is set, and posts to channels.
//!
//! A transport only carries: what to say was composed in `outbox`, who is told next and what came of it is the
//! desk's. tokio runs in here and nowhere above: [`Transport::deliver`](crate::outbox::Transport::deliver) is an
//! ordinary blocking call.

mod ask;
#[cfg(test)]
mod books;
mod hooks;
mod maildir;
mod smtp;
#[cfg(test)]
mod web;

pub use hooks::{Hook, Hooks};
pub use maildir::Maildir;
pub use smtp::{Ceiling, Deadlines, Smtp};
