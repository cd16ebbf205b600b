//! A file's bytes, in memory once.

use std::ops::Deref;
use std::sync::Arc;

/// What a file holds. Where that is UTF-8, as it nearly always is, the text that is read from it is this same memory.
/// Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Bytes {
    Text(Arc<str>),
    /// No UTF-8.
    Other(Arc<[u8]>),
}

impl Bytes {
    /// The text, where it is one.
    pub fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Other(_) => None,
        }
    }

    /// Whether two files hold the same; at once where they share their memory.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        std::ptr::eq(&**self, &**other) || self == other
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err(error) => Self::Other(error.into_bytes().into()),
        }
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err(_) => Self::Other(bytes.into()),
        }
    }
}

impl From<&str> for Bytes {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Bytes {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Arc<str>> for Bytes {
    fn from(text: Arc<str>) -> Self {
        Self::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::decode;
    use super::super::fixture::file;
    use super::*;

    #[test]
    fn the_text_that_is_read_is_the_same_memory() {
        let file = file("content/incidents/a.md", "+++\n");
        let source = decode(&file).unwrap();
        assert!(Arc::ptr_eq(&source.text, file.bytes.text().unwrap()));
    }

    #[test]
    fn what_is_no_text_is_kept_as_it_is() {
        let bytes = Bytes::from(vec![b'a', 0xff]);
        assert_eq!((bytes.text(), &*bytes), (None, &[b'a', 0xff][..]));
        assert_eq!(bytes, Bytes::from(&[b'a', 0xff][..]));
    }
}
