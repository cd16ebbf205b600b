//! Source texts and places in them.
//!
//! A [`Span`] is a byte range of the text as it was on disk and stays one until the last border: only
//! [`Positions`] turns bytes into lines, columns and UTF-16 units. This module knows no file format.

mod fingerprint;
mod hex;
mod id;
mod label;
mod nearest;
mod position;
mod source;

pub use fingerprint::Fingerprint;
pub use hex::hex;
pub use id::{AreaId, PersonId, ServiceId, Slug};
pub use label::{Label, nearest_in, same_language};
pub use nearest::nearest;
pub use position::{LineColumn, Positions, Unit};
pub use source::{Source, Span, Spanned};
