//! What was built, by its manifest.

use std::fs;
use std::path::Path;

use super::WriteError;
use super::manifest::{Hash, MANIFEST, Manifest, hash};

/// The files of a built site with the hash of each.
#[derive(Clone, Debug)]
pub struct Built(Vec<(String, Hash)>);

impl Built {
    /// What was built into a folder; `None` where nothing was.
    pub fn read(folder: &Path) -> Result<Option<Self>, WriteError> {
        let path = folder.join(MANIFEST);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(WriteError::Manifest { path, why: error.to_string() }),
        };
        Self::parse(&text).map(Some).map_err(|why| WriteError::Manifest { path, why })
    }

    /// What a manifest says; the error is a sentence.
    pub fn parse(manifest: &str) -> Result<Self, String> {
        Ok(Self(Manifest::parse(manifest)?.into_files()))
    }

    /// Paths, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(path, _)| path.as_str())
    }

    /// Whether a path belongs to the site.
    pub fn has(&self, path: &str) -> bool {
        self.at(path).is_some()
    }

    /// Whether these bytes are what was built for a path.
    pub fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        self.at(path).is_some_and(|at| self.0[at].1 == hash(bytes))
    }

    fn at(&self, path: &str) -> Option<usize> {
        self.0.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()
    }
}
