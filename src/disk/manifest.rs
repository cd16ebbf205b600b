//! The manifest: which files of an output folder Candor wrote, with the hash of each.
//!
//! It is how Candor knows what it may replace and remove, and what `candor verify` compares a host with.
//! It holds nothing that differs between two builds of the same input.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::text::hex;

/// SHA-256 of a file's bytes.
pub(super) type Hash = [u8; 32];

/// Name of the manifest in an output folder.
pub const MANIFEST: &str = ".candor-manifest.json";

/// Paths relative to the output folder, with the hash of what Candor wrote there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeMap<String, Hash>,
    /// What a build that did not come to its end meant to write: such a file may hold either.
    unfinished: BTreeMap<String, Hash>,
}

impl Manifest {
    /// Reads a manifest; the error is a sentence.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let hex: BTreeMap<String, String> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let files = hex
            .into_iter()
            .map(|(path, hash)| match from_hex(&hash) {
                Some(hash) => Ok((path, hash)),
                None => Err(format!("the hash of {path} is not 64 hexadecimal digits")),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { files, unfinished: BTreeMap::new() })
    }

    /// Takes in what a build means to write, before it moves the first file.
    pub(super) fn begin(&mut self, meant: Self) {
        self.unfinished.extend(meant.files);
    }

    /// The files, by path.
    pub(super) fn into_files(self) -> Vec<(String, Hash)> {
        self.files.into_iter().collect()
    }

    /// One line per file, by path, so that a diff shows what changed.
    pub(super) fn to_json(&self) -> String {
        let mut json = String::with_capacity(self.files.len() * 110 + 4);
        json.push('{');
        for (index, (path, hash)) in self.files.iter().enumerate() {
            json.push_str(if index == 0 { "\n" } else { ",\n" });
            json.push_str(&serde_json::Value::from(path.as_str()).to_string());
            json.push_str(": \"");
            json.push_str(&hex(hash));
            json.push('"');
        }
        json.push_str("\n}\n");
        json
    }

    /// Whether Candor wrote a file at this path.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.unfinished.contains_key(path)
    }

    /// Whether all that another says is said here.
    pub(super) fn holds(&self, other: &Self) -> bool {
        other.files.iter().all(|(path, hash)| self.files.get(path) == Some(hash))
    }

    /// Whether a file with this content at this path is Candor's.
    pub(super) fn wrote(&self, path: &str, hash: &Hash) -> bool {
        self.files.get(path) == Some(hash) || self.unfinished.get(path) == Some(hash)
    }

    pub(super) fn insert(&mut self, path: String, hash: Hash) {
        self.files.insert(path, hash);
    }

    pub(super) fn remove(&mut self, path: &str) {
        self.files.remove(path);
        self.unfinished.remove(path);
    }

    /// Known paths that are not among `current`, which is sorted.
    pub(super) fn beyond(&self, current: &[&str]) -> Vec<String> {
        let files = beyond(self.files.keys().map(String::as_str), current.iter().copied());
        let unfinished = beyond(self.unfinished.keys().map(String::as_str), current.iter().copied());
        let paths: BTreeSet<&str> = files.chain(unfinished).collect();
        paths.into_iter().map(str::to_owned).collect()
    }

    /// Those of `current`, which is sorted, that are not known.
    pub(super) fn lacks<'p>(&self, current: &[&'p str]) -> Vec<&'p str> {
        let new = beyond(current.iter().copied(), self.files.keys().map(String::as_str));
        new.filter(|path| !self.unfinished.contains_key(*path)).collect()
    }

    /// The build came to its end: what was meant is what is there.
    pub(super) fn finish(&mut self) {
        self.files.append(&mut self.unfinished);
    }
}

/// What of `these` is not among `those`; both in order, so one walk through both tells.
fn beyond<'a, 'b>(
    these: impl Iterator<Item = &'a str>,
    those: impl Iterator<Item = &'b str>,
) -> impl Iterator<Item = &'a str> {
    let mut those = those.peekable();
    these.filter(move |path| {
        while those.next_if(|other| *other < *path).is_some() {}
        those.peek() != Some(path)
    })
}

/// The hash of a file's bytes.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

fn from_hex(hex: &str) -> Option<Hash> {
    let mut hash = Hash::default();
    if hex.len() != 2 * hash.len() || !hex.is_ascii() {
        return None;
    }
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let mut manifest = Manifest::default();
        manifest.insert("b \"q\".html".to_owned(), hash(b"b"));
        manifest.insert("a/index.html".to_owned(), hash(b""));
        let json = manifest.to_json();
        assert!(json.contains(
            "\"a/index.html\": \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\n"
        ));
        assert_eq!(Manifest::parse(&json).unwrap(), manifest);
        assert!(Manifest::parse("{\"a\": \"12\"}").unwrap_err().contains("64 hexadecimal"));
    }

    #[test]
    fn a_build_cut_off_leaves_either_content_known() {
        let mut before = Manifest::default();
        before.insert("a".to_owned(), hash(b"old"));
        let mut meant = Manifest::default();
        meant.insert("a".to_owned(), hash(b"new"));
        meant.insert("b".to_owned(), hash(b"b"));
        let mut known = before;
        known.begin(meant);
        assert!(known.wrote("a", &hash(b"old")) && known.wrote("a", &hash(b"new")));
        assert!(known.knows("b") && !known.wrote("b", &hash(b"someone else's")));
        assert_eq!(known.beyond(&["a"]), ["b"]);
    }
}
