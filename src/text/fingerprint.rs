//! Equal fingerprints, equal things: what lets a rebuild skip what a change does not touch.
//!
//! A fingerprint lives in memory for as long as a process runs and is never written, so its values may differ between
//! versions.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::quality::{FixedState, FoldHasher};

/// A hash that is being gathered. Fast, because it is gathered for every incident there ever was; what it covers
/// comes from the operator, so nobody looks for two texts with one hash.
#[derive(Clone)]
pub struct Fingerprint(FoldHasher<'static>);

impl Default for Fingerprint {
    fn default() -> Self {
        Self(FixedState::default().build_hasher())
    }
}

impl Fingerprint {
    pub fn add<T: Hash + ?Sized>(&mut self, value: &T) -> &mut Self {
        value.hash(&mut self.0);
        self
    }

    pub fn finish(&self) -> u64 {
        self.0.finish()
    }
}
