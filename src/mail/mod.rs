//! Transports: SMTP and the maildir.
