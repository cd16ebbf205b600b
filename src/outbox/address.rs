//! A mail address that may be put into an envelope.
//!
//! Stricter than RFC 5321: no quoted local parts, no address literals. Nobody signs up with one, and each is a way to
//! smuggle something into a header.

use std::fmt;

/// An address as written, its domain in A-labels. Holds no control character, blank, quote or comma.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// Reads one address; blanks around it do not count. The error says what is wrong, for a person.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let Some((local, domain)) = text.rsplit_once('@') else {
            return Err("has no @".to_owned());
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || !c.is_ascii();
        if let Some(odd) = local.chars().find(|c| !fits(*c) || c.is_control() || c.is_whitespace()) {
            return Err(format!("has {odd:?} before the @"));
        }
        if local.is_empty() || local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err("has an empty part before the @".to_owned());
        }
        let ascii =
            idna::domain_to_ascii_strict(domain).map_err(|_| format!("has no valid domain: {domain:?}"))?;
        let letters =
            ascii.rsplit('.').next().is_some_and(|top| top.contains(|c: char| c.is_ascii_alphabetic()));
        if !ascii.contains('.') || !letters {
            return Err(format!("has no valid domain: {domain:?}"));
        }
        if local.len() > 64 || local.len() + 1 + ascii.len() > 254 {
            return Err("is longer than an address can be".to_owned());
        }
        Ok(Self(format!("{local}@{ascii}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one mailbox have in common. Strictly, case may matter before the @; in practice it never
    /// does, and telling someone twice is worse.
    pub fn same(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Masked: a log never shows an address.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let domain = self.0.rsplit('@').next().unwrap_or_default();
        write!(f, "…@{domain}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_people_have() {
        for (text, address) in [
            (" ann@example.org ", "ann@example.org"),
            ("o'brien+city@Example.ORG", "o'brien+city@example.org"),
            ("info@bücher.example", "info@xn--bcher-kva.example"),
            ("用户@例子.中国", "用户@xn--fsqu00a.xn--fiqs8s"),
        ] {
            assert_eq!(Address::read(text).unwrap().as_str(), address);
        }
        assert_eq!(Address::read("Ann@example.org").unwrap().same(), "ann@example.org");
    }

    #[test]
    fn refuses_what_could_do_harm_and_says_why() {
        for (text, why) in [
            ("ann", "has no @"),
            ("@example.org", "has an empty part before the @"),
            ("a..b@example.org", "has an empty part before the @"),
            ("ann smith@example.org", "has ' ' before the @"),
            ("ann\r\nBcc: x@example.org", "has '\\r' before the @"),
            ("<ann@example.org>", "has '<' before the @"),
            ("ann@localhost", "has no valid domain: \"localhost\""),
            ("ann@[127.0.0.1]", "has no valid domain: \"[127.0.0.1]\""),
            ("ann@127.0.0.1", "has no valid domain: \"127.0.0.1\""),
            ("ann@example.org\n", ""),
        ] {
            assert_eq!(Address::read(text).err().unwrap_or_default(), why, "{text:?}");
        }
        assert!(Address::read(&format!("{}@example.org", "a".repeat(65))).is_err());
    }

    #[test]
    fn is_masked_in_logs() {
        assert_eq!(format!("{:?}", Address::read("ann@example.org").unwrap()), "…@example.org");
    }
}
