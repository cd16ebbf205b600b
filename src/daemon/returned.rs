//! Returned mail, taken in: from standard input, or from the maildir into which the mail server delivers it.

use std::fs;
use std::io::Read;
use std::path::Path;

use jiff::Timestamp;

use super::publisher::books;
use super::{Place, Problem, token_keys};
use crate::outbox::{Bounce, Consequence, Ledger, ReturnKind, TokenKeys, bounce};

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
    /// Mails that say nothing about a reader.
    pub nothing: usize,
    /// What the first receiver said that refuses us; empty: none does.
    pub policy: String,
    /// Why the last one said nothing; empty: all did.
    pub why: &'static str,
}

impl TakenIn {
    fn take(
        &mut self,
        raw: &[u8],
        keys: &TokenKeys,
        ledger: &mut dyn Ledger,
        now: Timestamp,
    ) -> Result<(), Problem> {
        self.read += 1;
        let returned = match bounce(raw, keys, now) {
            Bounce::Report(returned) => returned,
            Bounce::Nothing(why) => {
                self.nothing += 1;
                self.why = why;
                return Ok(());
            }
        };
        let consequence = ledger.returned(&returned).map_err(books)?;
        match consequence {
            Consequence::Suppressed => self.suppressed += 1,
            Consequence::Left => self.left += 1,
            Consequence::Noted if returned.kind == ReturnKind::Policy && self.policy.is_empty() => {
                self.policy = format!("{} {}", returned.status, returned.text);
            }
            Consequence::Noted | Consequence::Known | Consequence::Nobody => {}
        }
        Ok(())
    }

    /// In words; empty where nothing was read.
    pub fn summary(&self) -> String {
        if self.read == 0 {
            return String::new();
        }
        let mut text = format!("{} returned mail{} read", self.read, if self.read == 1 { "" } else { "s" });
        let parts = [
            (self.suppressed, "given up"),
            (self.left, "unsubscribed after a complaint"),
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
    taken.take(&mail, &keys, &mut ledger, now)?;
    Ok(taken)
}

/// Takes in what is new in a maildir, and marks each mail as seen once it is in the books. A mail that cannot be read
/// holds up none behind it; the first of them is named.
pub(super) fn sweep(
    maildir: &Path,
    keys: &TokenKeys,
    ledger: &mut dyn Ledger,
    now: Timestamp,
) -> Result<(TakenIn, Option<Problem>), Problem> {
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
        taken.take(&mail, keys, ledger, now)?;
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
        let (taken, trouble) = sweep(maildir.path(), &TokenKeys::new(b"a key"), &mut ledger, now).unwrap();
        assert_eq!((taken.read, taken.nothing), (1, 1));
        assert!(trouble.unwrap().to_string().contains(".folder"));
        assert!(maildir.path().join("cur/2.mail:2,S").exists());
    }
}
