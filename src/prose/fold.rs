//! Unicode folding with offsets kept.
