//! Tokens: what stands in a link instead of a person, so that a click needs no login and an envelope no address.
//!
//! 31 bytes, 42 characters of base64url: version, key id, purpose, subscriber, epoch, and HMAC-SHA-256 over these,
//! cut to 16 bytes. The purpose is under the MAC, so a token taken from an unsubscribe link opens nothing else.
//! A token does not expire by itself: whoever opens one compares its epoch with the subscriber's, and the age of an
//! unconfirmed sign-up is in the ledger. Nothing here reads a key from anywhere; the edge gives its bytes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::SubscriberId;

const VERSION: u8 = 1;
const SIGNED: usize = 15;
const MAC: usize = 16;

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Confirms a sign-up.
    Confirm = 1,
    /// Ends all mail to this reader (RFC 8058: a POST is enough).
    Unsubscribe = 2,
    /// Ends mail about the incident that the link names.
    Mute = 3,
    /// Opens the page where pace, services and areas are chosen.
    Preferences = 4,
    /// Envelope sender: tells whose mail bounced.
    Bounce = 5,
    /// Adds the incident that the link names to what a reader is told.
    Follow = 6,
}

impl Purpose {
    fn of(byte: u8) -> Option<Self> {
        [Self::Confirm, Self::Unsubscribe, Self::Mute, Self::Preferences, Self::Bounce, Self::Follow]
            .into_iter()
            .find(|purpose| *purpose as u8 == byte)
    }
}

/// Whom a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    pub purpose: Purpose,
    pub subscriber: SubscriberId,
    /// Good only while it equals the subscriber's `token_epoch`.
    pub epoch: u32,
}

/// The keys that make and open tokens: the first signs, all open.
#[derive(Clone)]
pub struct TokenKeys {
    keys: Vec<Key>,
}

#[derive(Clone)]
struct Key {
    id: u8,
    /// Keyed already, so that a token costs two blocks of SHA-256 and not four.
    mac: Hmac<Sha256>,
}

impl Key {
    fn new(secret: &[u8]) -> Self {
        let mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
        let id = Sha256::new().chain_update(b"candor token key id\n").chain_update(secret).finalize()[0];
        Self { id, mac }
    }

    fn sign(&self, bytes: &[u8]) -> [u8; 32] {
        self.mac.clone().chain_update(bytes).finalize().into_bytes().into()
    }
}

impl std::fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| key.id)).finish()
    }
}

impl TokenKeys {
    /// `secret` is as long as it is secret; 32 random bytes are right.
    pub fn new(secret: &[u8]) -> Self {
        Self { keys: vec![Key::new(secret)] }
    }

    /// Reads a key file: one secret a line, the newest first. `None` where no line holds anything.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let newest = Self::new(lines.next()?.as_bytes());
        Some(lines.fold(newest, |keys, line| keys.or(line.as_bytes())))
    }

    /// Also opens what an older secret made.
    #[must_use]
    pub fn or(mut self, old: &[u8]) -> Self {
        self.keys.push(Key::new(old));
        self
    }

    /// The token's text: 42 characters that are safe in URLs and in the local part of an address.
    pub fn seal(&self, token: Token) -> String {
        let key = &self.keys[0];
        let mut bytes = [0; SIGNED + MAC];
        bytes[0] = VERSION;
        bytes[1] = key.id;
        bytes[2] = token.purpose as u8;
        bytes[3..11].copy_from_slice(&token.subscriber.0.to_be_bytes());
        bytes[11..15].copy_from_slice(&token.epoch.to_be_bytes());
        let mac = key.sign(&bytes[..SIGNED]);
        bytes[SIGNED..].copy_from_slice(&mac[..MAC]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The token, if one of our keys made it for this purpose. Compared in constant time.
    pub fn open(&self, text: &str, purpose: Purpose) -> Option<Token> {
        // A longer text is not ours; refusing it here keeps a megabyte in a URL from being decoded.
        if text.len() != 42 {
            return None;
        }
        let bytes: [u8; SIGNED + MAC] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (signed, mac) = bytes.split_at(SIGNED);
        let [version, id, said, rest @ ..] = signed else { return None };
        let genuine = *version == VERSION
            && self
                .keys
                .iter()
                .filter(|key| key.id == *id)
                .any(|key| key.mac.clone().chain_update(signed).verify_truncated_left(mac).is_ok());
        if !genuine || Purpose::of(*said) != Some(purpose) {
            return None;
        }
        let (subscriber, epoch) = rest.split_at(8);
        Some(Token {
            purpose,
            subscriber: SubscriberId(i64::from_be_bytes(subscriber.try_into().ok()?)),
            epoch: u32::from_be_bytes(epoch.try_into().ok()?),
        })
    }

    /// A mark of the subscriber for Message-IDs: 24 hex digits that name nobody without the key. It does not change
    /// with the epoch, so a mail sent twice carries the same one.
    pub fn mark(&self, subscriber: SubscriberId) -> String {
        let mut bytes = *b"candor mark\n\0\0\0\0\0\0\0\0";
        bytes[12..].copy_from_slice(&subscriber.0.to_be_bytes());
        hex(&self.keys[0].sign(&bytes)[..12])
    }
}

/// A public, stable name for a text: 32 hex digits of its SHA-256.
pub(super) fn hash(text: &str) -> String {
    hex(&Sha256::digest(text)[..16])
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(purpose: Purpose, subscriber: i64, epoch: u32) -> Token {
        Token { purpose, subscriber: SubscriberId(subscriber), epoch }
    }

    #[test]
    fn a_token_for_one_purpose_opens_nothing_else() {
        let keys = TokenKeys::new(b"secret");
        let mute = keys.seal(token(Purpose::Mute, 7, 0));
        assert_eq!(keys.open(&mute, Purpose::Mute), Some(token(Purpose::Mute, 7, 0)));
        assert_eq!(keys.open(&mute, Purpose::Unsubscribe), None);
        assert_eq!(keys.open(&mute, Purpose::Confirm), None);
    }

    #[test]
    fn a_rotated_key_still_opens_what_it_made() {
        let old = TokenKeys::new(b"old");
        let sealed = old.seal(token(Purpose::Unsubscribe, 1, 2));
        let rotated = TokenKeys::read("new\n\nold\n").unwrap();
        assert!(rotated.open(&sealed, Purpose::Unsubscribe).is_some());
        assert_ne!(rotated.seal(token(Purpose::Unsubscribe, 1, 2)), sealed, "the first key signs");
        assert!(TokenKeys::new(b"new").open(&sealed, Purpose::Unsubscribe).is_none());
        assert!(TokenKeys::read(" \n").is_none());
    }

    #[test]
    fn it_fits_a_url_of_200_bytes_and_a_local_part_of_64() {
        let sealed = TokenKeys::new(b"k").seal(token(Purpose::Bounce, i64::MAX, u32::MAX));
        assert_eq!(sealed.len(), 42);
        assert!(sealed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    }

    #[test]
    fn the_mark_names_nobody_and_stays() {
        let keys = TokenKeys::new(b"k");
        assert_eq!(keys.mark(SubscriberId(1)), keys.mark(SubscriberId(1)));
        assert_ne!(keys.mark(SubscriberId(1)), keys.mark(SubscriberId(2)));
        assert_ne!(keys.mark(SubscriberId(1)), TokenKeys::new(b"l").mark(SubscriberId(1)));
    }

    proptest! {
        #[test]
        fn a_changed_token_never_opens(id in any::<i64>(), epoch in any::<u32>(), at in 0usize..42, to in "[A-Za-z0-9_-]") {
            let keys = TokenKeys::new(b"secret");
            let sealed = keys.seal(token(Purpose::Unsubscribe, id, epoch));
            prop_assert_eq!(keys.open(&sealed, Purpose::Unsubscribe), Some(token(Purpose::Unsubscribe, id, epoch)));
            let mut changed = sealed.clone();
            changed.replace_range(at..=at, &to);
            if changed != sealed {
                prop_assert_eq!(keys.open(&changed, Purpose::Unsubscribe), None);
            }
        }

        #[test]
        fn anything_else_is_refused_quietly(text in ".{0,80}") {
            prop_assert_eq!(TokenKeys::new(b"secret").open(&text, Purpose::Unsubscribe), None);
        }
    }
}
