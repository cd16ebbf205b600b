//! What readers answer to "did this tell you what you needed?"

use jiff::Timestamp;

use crate::text::Slug;
use crate::timeline::StatementId;

/// The longest words and the longest address that are kept, in characters.
pub const LONGEST_WORDS: usize = 1000;

/// One answer about one statement. Nothing in it says whose it is, unless the reader gave an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    pub at: Timestamp,
    pub incident: Slug,
    pub statement: StatementId,
    /// Whether it told the reader what they needed.
    pub helped: bool,
    /// Empty: none. No line ends or other controls.
    pub words: String,
    /// Where the reader wants an answer; empty: not given.
    pub contact: String,
}
