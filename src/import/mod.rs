//! Other tools' files to ours. One module for each tool; what they share is how registers grow.

pub mod cstate;
mod register;
