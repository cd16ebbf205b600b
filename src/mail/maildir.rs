//! A folder of mails, the default where no relay is set: nothing leaves the machine, and everything can be read.
//!
//! Each mail is written to `tmp/` and renamed into `new/`, so a reader never sees half of one. Its name comes from the
//! Message-ID, which is the same whenever the same statement goes to the same reader: a mail sent again after a crash
//! lands on itself. Nothing is forced to the disk: a mail here may be lost with the power, not with the process.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ask::ask;
use crate::outbox::{Desk, Envelope, Job, Outcome, Transport, TransportError};

/// Writes mails into a maildir.
#[derive(Clone, Debug)]
pub struct Maildir {
    path: PathBuf,
}

impl Maildir {
    /// `path` is made, with `cur`, `new` and `tmp`, when the first mail is delivered.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    fn prepare(&self) -> Result<(), TransportError> {
        for part in ["tmp", "new", "cur"] {
            let path = self.path.join(part);
            fs::create_dir_all(&path).map_err(|error| disk(&path, &error))?;
        }
        Ok(())
    }

    /// Writes the mail to `tmp/`; returns its file name.
    fn begin(&self, envelope: &Envelope) -> Result<String, TransportError> {
        let name = file_name(envelope);
        let path = self.path.join("tmp").join(&name);
        let mut bytes =
            format!("Return-Path: <{}>\r\nDelivered-To: {}\r\n", envelope.from, envelope.to).into_bytes();
        bytes.extend_from_slice(&envelope.message);
        fs::write(&path, bytes).map_err(|error| disk(&path, &error))?;
        Ok(name)
    }

    fn finish(&self, name: &str) -> Result<(), TransportError> {
        let path = self.path.join("new").join(name);
        fs::rename(self.path.join("tmp").join(name), &path).map_err(|error| disk(&path, &error))
    }

    fn deliver_one(&self, desk: &dyn Desk, job: &Job) -> Result<(), TransportError> {
        let settle = |outcome| ask(|reply| desk.settle(&job.key, outcome, reply)).unwrap_or(());
        let not_sent = |error: TransportError| {
            settle(Outcome::NotSent { why: error.to_string() });
            error
        };
        let name = self.begin(&(job.render)()).map_err(not_sent)?;
        if !ask(|reply| desk.intend(&job.key, reply)).unwrap_or(false) {
            // Left behind, it would only be clutter: the next mail to this reader has another name.
            let _ = fs::remove_file(self.path.join("tmp").join(&name));
            settle(Outcome::TakenBack);
            return Ok(());
        }
        self.finish(&name).map_err(not_sent)?;
        settle(Outcome::Accepted { reply: format!("new/{name}") });
        Ok(())
    }
}

impl Transport for Maildir {
    fn deliver(&self, desk: Arc<dyn Desk>, stop: &(dyn Fn() -> bool + Sync)) -> Result<(), TransportError> {
        self.prepare()?;
        while !stop() {
            let Some(job) = ask(|reply| desk.next(reply)).flatten() else { break };
            self.deliver_one(&*desk, &job)?;
        }
        Ok(())
    }
}

/// The Message-ID, fit for a file: at most 200 of letters, digits and `-_.@`.
fn file_name(envelope: &Envelope) -> String {
    let fit = |c: char| if c.is_ascii_alphanumeric() || "-_.@".contains(c) { c } else { '_' };
    // A leading dot would hide it.
    let id = envelope.id().unwrap_or("without-id").trim_start_matches('.');
    id.chars().map(fit).take(200).collect()
}

fn disk(path: &Path, error: &std::io::Error) -> TransportError {
    TransportError::Disk { path: path.display().to_string(), why: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::books::Books;

    fn mail(id: &str, body: &str) -> Envelope {
        Envelope {
            from: "b+T@example.org".into(),
            to: "ann@example.org".into(),
            message: format!("Subject: x\r\nMessage-ID: <{id}>\r\n\r\n{body}\r\n").into_bytes(),
        }
    }

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_mail_sent_again_lands_on_itself() {
        let dir = tempfile::tempdir().unwrap();
        let books = Arc::new(Books::with([mail("a.b@x", "one"), mail("c.d@x", "two"), mail("a.b@x", "one")]));
        Maildir::new(dir.path()).deliver(books.clone(), &|| false).unwrap();
        assert_eq!(names(&dir.path().join("new")), ["a.b@x", "c.d@x"]);
        assert!(names(&dir.path().join("tmp")).is_empty());
        let text = fs::read_to_string(dir.path().join("new/a.b@x")).unwrap();
        assert!(text.starts_with(
            "Return-Path: <b+T@example.org>\r\nDelivered-To: ann@example.org\r\nSubject: x\r\n"
        ));
        assert_eq!(books.outcomes().len(), 3);
    }

    #[test]
    fn what_the_desk_takes_back_is_not_written() {
        let dir = tempfile::tempdir().unwrap();
        let books = Arc::new(Books::with([mail("a@x", "one")]).refusing(|_| true));
        Maildir::new(dir.path()).deliver(books.clone(), &|| false).unwrap();
        assert!(names(&dir.path().join("new")).is_empty() && names(&dir.path().join("tmp")).is_empty());
        assert_eq!(books.outcomes(), [Outcome::TakenBack]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_said_and_the_mail_stays_due() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("mail"), "a file").unwrap();
        let books = Arc::new(Books::with([mail("a@x", "one")]));
        let error = Maildir::new(dir.path().join("mail")).deliver(books.clone(), &|| false).unwrap_err();
        assert!(matches!(error, TransportError::Disk { .. }), "{error}");
        assert_eq!(books.still_due(), 1);
    }

    #[test]
    fn no_message_id_can_leave_the_folder() {
        assert_eq!(file_name(&mail("../../etc/x@y", "")), "_.._etc_x@y");
        let headless = Envelope { message: b"\r\nMessage-ID: <in-the-body>".to_vec(), ..mail("x", "") };
        assert_eq!(file_name(&headless), "without-id");
    }
}
