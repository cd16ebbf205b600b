//! What stops a command, told apart by whose turn it is.

use std::fmt;

/// A reason to stop, in words that say what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Usage or configuration: exit code 2.
    Configuration(String),
    /// Something outside failed (disk, git, relay, database): exit code 3.
    Outside(String),
}

impl Problem {
    pub fn configuration(message: impl fmt::Display) -> Self {
        Self::Configuration(message.to_string())
    }

    pub fn outside(message: impl fmt::Display) -> Self {
        Self::Outside(message.to_string())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(message) | Self::Outside(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Problem {}
