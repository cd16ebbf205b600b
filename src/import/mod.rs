//! Other tools' files to ours.
