//! Returned mail, taken in: from standard input, or from the maildir into which the mail server delivers it.

use std::fs;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;

use super::publisher::books;
use super::{Place, Problem, token_keys};
use crate::outbox::{
    Bounce, Consequence, Feedback, Ledger, ReaderReply, ReturnKind, Returned, TokenKeys, bounce,
};
use crate::text::Slug;
use crate::timeline::StatementId;

/// So much of one mail is read, in bytes.
const LONGEST: u64 = 1 << 20;
/// So many mails are taken from the maildir in one turn; the rest comes in the next.
const AT_ONCE: usize = 500;

/// What was made of returned mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenIn {
    /// Mails read.
    pub read: usize,
    /// Readers whose address is given up.
    pub suppressed: usize,
    /// Readers who complained and are unsubscribed.
    pub left: usize,
    /// Replies, which their incident's owner gets.
    pub replies: usize,
    /// Mails that say nothing about a reader.
    pub nothing: usize,
    /// What the first receiver said that refuses us; empty: none does.
    pub policy: String,
    /// Why the last one said nothing; empty: all did.
    pub why: &'static str,
}

/// Where mails are taken in.
pub(super) struct Intake<'a> {
    pub(super) keys: &'a TokenKeys,
    pub(super) ledger: &'a mut dyn Ledger,
    /// Of the ids of our mails.
    pub(super) id_domain: &'a str,
    pub(super) now: Timestamp,
}

impl Intake<'_> {
    fn take(&mut self, raw: &[u8], taken: &mut TakenIn) -> Result<(), Problem> {
        taken.read += 1;
        match bounce(raw, self.keys, self.now) {
            Bounce::Report(returned) => self.report(&returned, taken),
            Bounce::Reply(reply) => self.reply(reply, taken),
            Bounce::Nothing(why) => {
                taken.nothing += 1;
                taken.why = why;
                Ok(())
            }
        }
    }

    fn report(&mut self, returned: &Returned, taken: &mut TakenIn) -> Result<(), Problem> {
        match self.ledger.returned(returned).map_err(books)? {
            Consequence::Suppressed => taken.suppressed += 1,
            Consequence::Left => taken.left += 1,
            Consequence::Noted if returned.kind == ReturnKind::Policy && taken.policy.is_empty() => {
                taken.policy = format!("{} {}", returned.status, returned.text);
            }
            Consequence::Noted | Consequence::Known | Consequence::Nobody => {}
        }
        Ok(())
    }

    fn reply(&mut self, reply: ReaderReply, taken: &mut TakenIn) -> Result<(), Problem> {
        let Some((incident, statement)) = self.about(&reply)? else {
            taken.nothing += 1;
            taken.why = "it answers no statement of ours; look at it yourself";
            return Ok(());
        };
        let (at, words, contact) = (self.now, reply.words, reply.from);
        let said = Feedback { at, incident, statement, helped: None, words, contact };
        taken.replies += usize::from(self.ledger.replied(&reply.key, &said).map_err(books)?);
        Ok(())
    }

    /// Which statement a mail answers: one that it names, else the last that its writer was told.
    fn about(&mut self, reply: &ReaderReply) -> Result<Option<(Slug, StatementId)>, Problem> {
        let record = self.ledger.record().map_err(books)?;
        if let Some(about) = reply.about(&record, self.id_domain) {
            return Ok(Some(about));
        }
        let Some(reader) = reply.subscriber else { return Ok(None) };
        let history = self.ledger.history(reader).map_err(books)?;
        let Some(last) = history.and_then(|mut history| history.mails.pop()) else { return Ok(None) };
        let numbered = self.ledger.numbered(&last.incident).map_err(books)?;
        let told = numbered.into_iter().find(|one| one.seq == last.seq);
        Ok(told.map(|told| (last.incident, told.statement)))
    }
}

impl TakenIn {
    /// In words; empty where nothing was read.
    pub fn summary(&self) -> String {
        if self.read == 0 {
            return String::new();
        }
        let mut text = format!("{} returned mail{} read", self.read, if self.read == 1 { "" } else { "s" });
        let parts = [
            (self.suppressed, "given up"),
            (self.left, "unsubscribed after a complaint"),
            (self.replies, "written by readers, for the owner"),
            (self.nothing, "without a report about a reader"),
        ];
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            text.push_str(&format!(", {count} {what}"));
        }
        if !self.why.is_empty() {
            text.push_str(&format!(" ({})", self.why));
        }
        if !self.policy.is_empty() {
            text.push_str(&format!(
                ". A receiver refuses us, and nobody was unsubscribed for it: {}. `candor doctor` looks at what it may mean",
                self.policy
            ));
        }
        text.push('.');
        text
    }
}

/// Takes in one mail.
pub fn take_in(place: &Place, raw: &mut dyn Read, now: Timestamp) -> Result<TakenIn, Problem> {
    let keys = token_keys(place)?;
    let mut ledger = place.open_ledger()?;
    let mut mail = Vec::new();
    let read = raw.take(LONGEST).read_to_end(&mut mail);
    read.map_err(|error| Problem::outside(format!("the mail cannot be read: {error}")))?;
    let mut taken = TakenIn::default();
    let id_domain = &place.settings.id_domain;
    Intake { keys: &keys, ledger: &mut ledger, id_domain, now }.take(&mail, &mut taken)?;
    Ok(taken)
}

/// Takes in what is new in a maildir, and marks each mail as seen once it is in the books. A mail that cannot be read
/// holds up none behind it; the first of them is named.
pub(super) fn sweep(maildir: &Path, mut intake: Intake<'_>) -> Result<(TakenIn, Option<Problem>), Problem> {
    let failed = |path: &Path, error: std::io::Error| {
        Problem::outside(format!("returned mail in {} cannot be read: {error}", path.display()))
    };
    let new = maildir.join("new");
    let mut taken = TakenIn::default();
    let mut trouble = None;
    for entry in fs::read_dir(&new).map_err(|error| failed(&new, error))? {
        if taken.read == AT_ONCE {
            break;
        }
        let path = entry.map_err(|error| failed(&new, error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let mut mail = Vec::new();
        let read = fs::File::open(&path).and_then(|file| file.take(LONGEST).read_to_end(&mut mail));
        if let Err(error) = read {
            trouble.get_or_insert_with(|| failed(&path, error));
            continue;
        }
        intake.take(&mail, &mut taken)?;
        let seen = maildir.join("cur").join(format!("{}:2,S", name.split(':').next().unwrap_or(name)));
        fs::rename(&path, &seen).map_err(|error| failed(&seen, error))?;
    }
    Ok((taken, trouble))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_that_cannot_be_read_holds_up_none_behind_it() {
        let maildir = tempfile::tempdir().unwrap();
        for folder in ["new", "cur", "new/1.folder", "new/3.folder"] {
            fs::create_dir(maildir.path().join(folder)).unwrap();
        }
        fs::write(maildir.path().join("new/2.mail"), "From: a@b.example\n\nI am on holiday.\n").unwrap();
        let mut ledger = crate::store::Store::in_memory().unwrap();
        let now = "2026-11-25T14:00:00Z".parse().unwrap();
        let keys = TokenKeys::new(b"a key");
        let intake = Intake { keys: &keys, ledger: &mut ledger, id_domain: "status.town.example", now };
        let (taken, trouble) = sweep(maildir.path(), intake).unwrap();
        assert_eq!((taken.read, taken.nothing), (1, 1));
        assert!(trouble.unwrap().to_string().contains(".folder"));
        assert!(maildir.path().join("cur/2.mail:2,S").exists());
    }
}
