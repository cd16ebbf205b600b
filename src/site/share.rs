//! Passing a page on, with links that any phone knows and no one else is told of.

use std::fmt::Write as _;

use serde::Serialize;

use super::index::Site;
use super::shown::Shown;
use super::tongue::Tongue;
use super::voice::Voice;

/// Ways to pass on the page of an incident.
#[derive(Debug, Serialize)]
pub(super) struct Share {
    /// The page's address in full.
    address: String,
    mail: String,
    sms: String,
}

impl Share {
    pub(super) fn of(site: &Site<'_>, tongue: &Tongue<'_>, shown: &Shown) -> Self {
        let address = format!("{}/{}{}", site.view.settings.base_url, tongue.prefix, shown.href);
        let title = Voice::new(site, tongue, shown.incident()).plain_title();
        let words = encoded(&format!("{title}: {address}"));
        Self {
            mail: format!("mailto:?subject={}&body={words}", encoded(title)),
            sms: format!("sms:?body={words}"),
            address,
        }
    }
}

/// Percent-encoding of all but unreserved characters (RFC 3986, section 2.3).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_has_a_meaning_in_an_address_is_encoded() {
        assert_eq!(super::encoded("a & é?"), "a%20%26%20%C3%A9%3F");
    }
}
