//! The only reader of now.
